/** One line for each request, as a host's proxy writes them. Nothing of it can make a second line. */
import type { Exchange } from './exchange.ts';

const AGENT_MAX = 120;
const TARGET_MAX = 400;

/** `PUT /folder/a?dsName=b 201 1048576 0 35ms root 192.0.2.1:50412 TLSv1.3 "curl/8.0"`: bytes in and out, then who. */
export function accessLine(exchange: Exchange, tookMs: number): string {
  const { request, response, target, principal } = exchange;
  const complete = response.writableFinished || response.writableEnded;
  const words = [
    request.method ?? '-',
    clean(target.shown, TARGET_MAX) || '-',
    response.headersSent ? String(response.statusCode) : '-',
    ...(complete ? [] : ['broken-off']),
    number(request.headers['content-length']),
    number(exchange.answeredBytes),
    `${tookMs}ms`,
    clean(principal?.userName ?? '-', AGENT_MAX),
    exchange.from,
    exchange.protocol,
    `"${clean(request.headers['user-agent'] ?? '-', AGENT_MAX)}"`,
  ];
  return words.join(' ');
}

function number(value: string | number | undefined): string {
  return value === undefined ? '-' : clean(`${value}`, AGENT_MAX);
}

function clean(text: string, most: number): string {
  return text.replace(/[^\x21\x23-\x7e]/g, (character) => (character === ' ' ? '+' : '?')).slice(0, most);
}
