/** One line for each request, as a host's proxy writes them. Nothing of it can make a second line. */
import type { Exchange } from './exchange.ts';

const AGENT_MAX = 120;
const TARGET_MAX = 400;
const UNCLEAN = /[^\x21\x23-\x7e]/;
const UNCLEANS = /[^\x21\x23-\x7e]/g;

/** What a line tells. */
export interface Access {
  readonly method: string | undefined;
  readonly shown: string;
  /** Undefined when nothing was answered. */
  readonly status: number | undefined;
  readonly isComplete: boolean;
  readonly sentBytes: string | number | undefined;
  readonly answeredBytes: number | undefined;
  readonly userName: string | undefined;
  readonly from: string;
  readonly protocol: string;
  readonly userAgent: string | undefined;
}

export function accessOf({ request, response, target, principal, ...rest }: Exchange): Access {
  return {
    ...{ method: request.method, shown: target.shown, from: rest.from, protocol: rest.protocol },
    status: response.headersSent ? response.statusCode : undefined,
    isComplete: response.writableFinished || response.writableEnded,
    ...{ sentBytes: request.headers['content-length'], answeredBytes: rest.answeredBytes },
    ...{ userName: principal?.userName, userAgent: request.headers['user-agent'] },
  };
}

/** `PUT /folder/a?dsName=b 201 1048576 0 35ms root 192.0.2.1:50412 TLSv1.3 "curl/8.0"`: bytes in and out, then who. */
export function accessLine(access: Access, tookMs: number): string {
  const { method = '-', shown, status = '-', isComplete, sentBytes, answeredBytes } = access;
  const brokenOff = isComplete ? '' : ' broken-off';
  const who = clean(access.userName ?? '-', AGENT_MAX);
  const agent = clean(access.userAgent ?? '-', AGENT_MAX);
  const bytes = `${number(sentBytes)} ${number(answeredBytes)}`;
  return `${method} ${clean(shown, TARGET_MAX) || '-'} ${status}${brokenOff} ${bytes} ${tookMs}ms ${who} ${access.from} ${access.protocol} "${agent}"`;
}

function number(value: string | number | undefined): string {
  return value === undefined ? '-' : clean(`${value}`, AGENT_MAX);
}

function clean(text: string, most: number): string {
  if (!UNCLEAN.test(text)) return text.slice(0, most);
  return text.replace(UNCLEANS, (character) => (character === ' ' ? '+' : '?')).slice(0, most);
}
