/** What form of an answer a client prefers, by its Accept header. Source: RFC 9110 §12.5.1. */

export const FORMS = { json: 'application/json', html: 'text/html', text: 'text/plain' } as const;
export type Form = keyof typeof FORMS;

/** The best of `offered`, the first of which is taken when the client does not care or wants none of them. */
export function preferred(accept: string | undefined, offered: readonly [Form, ...Form[]]): Form {
  if (accept === undefined) return offered[0];
  const wishes = accept.split(',').map(parseWish);
  let best = offered[0];
  let bestQuality = 0;
  for (const form of offered) {
    const quality = qualityOf(FORMS[form], wishes);
    if (quality > bestQuality) [best, bestQuality] = [form, quality];
  }
  return best;
}

interface Wish {
  readonly type: string;
  readonly quality: number;
}

function parseWish(text: string): Wish {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const value = quality === undefined ? 1 : Number(quality);
  return { type, quality: value >= 0 && value <= 1 ? value : 0 };
}

/** The most specific wish counts. */
function qualityOf(type: string, wishes: readonly Wish[]): number {
  const [group = ''] = type.split('/');
  for (const pattern of [type, `${group}/*`, '*/*']) {
    const wish = wishes.find((candidate) => candidate.type === pattern);
    if (wish !== undefined) return wish.quality;
  }
  return 0;
}
