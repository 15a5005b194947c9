/** What a request says of who sends it: session cookie, one-time ticket, or name and password. */
import type { IncomingMessage } from 'node:http';

export type Credentials =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'password'; readonly userName: string; readonly password: string };

/** Source: ESXi's names. */
export const SESSION_COOKIE = 'vmware_soap_session';
export const TICKET_COOKIE = 'vmware_cgi_ticket';
const TICKET_QUERY = 'ticket';

/** The target that a ticket is for: without the ticket itself. */
export function withoutTicket(url: string): string {
  const [path = '', query] = url.split(/\?(.*)/s);
  const rest = query?.split('&').filter((pair) => !pair.startsWith(`${TICKET_QUERY}=`));
  return rest === undefined || rest.length === 0 ? path : `${path}?${rest.join('&')}`;
}

/** All that the request offers, in the order in which they are tried: what was made for this request comes first. */
export function credentialsOf({ headers }: IncomingMessage, query: URLSearchParams): Credentials[] {
  const cookies = parseCookies(headers.cookie);
  const found: (Credentials | undefined)[] = [
    ...[cookies.get(TICKET_COOKIE), query.get(TICKET_QUERY)].map((ticket) =>
      ticket ? ({ kind: 'ticket', ticket } as const) : undefined,
    ),
    parseBasic(headers.authorization),
    cookies.get(SESSION_COOKIE) ? { kind: 'session', id: cookies.get(SESSION_COOKIE) ?? '' } : undefined,
  ];
  return found.filter((credentials) => credentials !== undefined);
}

/**
 * Cookies as clients send them: with or without quotes, sometimes with the attributes they were set with behind them.
 * Of two of one name the first counts.
 */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const mark = part.indexOf('=');
    if (mark < 0) continue;
    const name = part.slice(0, mark).trim();
    const value = part
      .slice(mark + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (name !== '' && !cookies.has(name)) cookies.set(name, value);
  }
  return cookies;
}

/** The one cookie of that name, as `parseCookies` finds it: most clients send no other. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const given = header ?? '';
  const value = given.startsWith(`${name}=`)
    ? PLAIN_VALUE.exec(given.slice(name.length + 1))?.[1]
    : undefined;
  return value ?? parseCookies(header).get(name);
}

const PLAIN_VALUE = /^"?([\w.-]+)"?$/;

/** Name and password of `Basic`; undefined for anything else. Source: RFC 7617 §2. */
export function parseBasic(header: string | undefined): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const mark = text.indexOf(':');
  if (mark <= 0 || text.includes('\0')) return undefined;
  return { kind: 'password', userName: text.slice(0, mark), password: text.slice(mark + 1) };
}
