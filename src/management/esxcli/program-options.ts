/** The options of esxcli itself, which stand before the namespace. */
import { FORMATTER_NAMES, type FormatRequest, type FormatterName } from './format/formatters.ts';

/** Columns when nobody says how wide the screen is. */
export const DEFAULT_SCREEN_WIDTH = 110;

export type ProgramOptions =
  | {
      readonly kind: 'ok';
      readonly format: FormatRequest;
      readonly help: boolean;
      readonly screenWidth?: number;
      /** The namespace, the command and its options. */
      readonly rest: readonly string[];
    }
  | { readonly kind: 'wrong'; readonly message: string };

interface Draft {
  formatter?: FormatterName;
  fields?: readonly string[];
  showHeader?: boolean;
  screenWidth?: number;
  help: boolean;
}

/** Takes a value into the draft; answers what is wrong with it. */
type Take = (draft: Draft, value: string) => string | undefined;

const TAKES: Readonly<Record<string, Take>> = {
  formatter: (draft, value) => {
    const name = FORMATTER_NAMES.find((known) => known === value);
    if (name === undefined)
      return `Invalid formatter '${value}'. Available formatters: ${FORMATTER_NAMES.join(', ')}`;
    draft.formatter = name;
    return undefined;
  },
  'format-param': takeFormatParam,
  'screen-width': (draft, value) => {
    if (!/^\d{1,4}$/.test(value))
      return `While processing '--screen-width'. Argument type mismatch. Expecting integer value. Got '${value}'`;
    draft.screenWidth = Number(value);
    return undefined;
  },
};

/** Parses what stands before the namespace. */
export function programOptions(words: readonly string[]): ProgramOptions {
  const draft: Draft = { help: false };
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] as string;
    if (!word.startsWith('-')) break;
    if (word === '--help' || word === '-?') {
      draft.help = true;
      continue;
    }
    const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const take = name !== undefined && Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
    if (take === undefined) return { kind: 'wrong', message: `Invalid option ${word.split('=', 1)[0]}` };
    const value = inline ?? words[++i];
    if (value === undefined)
      return { kind: 'wrong', message: `While processing '--${name}'. Argument expected` };
    const wrong = take(draft, value);
    if (wrong !== undefined) return { kind: 'wrong', message: wrong };
  }
  const { help, screenWidth, ...format } = draft;
  return {
    kind: 'ok',
    format,
    help,
    ...(screenWidth === undefined ? {} : { screenWidth }),
    rest: words.slice(i),
  };
}

/** `fields=A,B`, also with `==` and in quotes as scripts write it; `show-header=false`. */
function takeFormatParam(draft: Draft, value: string): string | undefined {
  const [, name, text] = /^([a-z-]+)={1,2}"?([^"]*)"?$/.exec(value) ?? [];
  if (name === 'fields' && text !== undefined) draft.fields = text.split(',').map((field) => field.trim());
  else if (name === 'show-header' && (text === 'true' || text === 'false'))
    draft.showHeader = text === 'true';
  else return `Invalid format parameter '${value}'`;
  return undefined;
}
