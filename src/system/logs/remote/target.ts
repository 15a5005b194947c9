/** Where lines are sent to: the value of Syslog.global.logHost, parsed by ESXi's grammar. Source: ESXi 8.0, syslog options. */
import { isIPv4, isIPv6 } from 'node:net';

export const PROTOCOLS = ['udp', 'tcp', 'ssl'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
export const FORMATTERS = ['RFC_3164', 'RFC_5424'] as const;
export type Formatter = (typeof FORMATTERS)[number];
export const FRAMINGS = ['octet_counting', 'non_transparent'] as const;
export type Framing = (typeof FRAMINGS)[number];

export interface LogTarget {
  readonly protocol: Protocol;
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly formatter: Formatter;
  /** `none`: a datagram is its own frame. */
  readonly framing: Framing | 'none';
}

export type ParsedTargets =
  | { readonly kind: 'targets'; readonly targets: readonly LogTarget[] }
  | { readonly kind: 'wrong'; readonly reason: string };

/** ESXi's own words give 514 for udp, and 1514 for tcp and ssl. */
const DEFAULT_PORTS: Readonly<Record<Protocol, number>> = { udp: 514, tcp: 1514, ssl: 1514 };
const TARGETS_MAX = 16;
const TEXT_CHARACTERS_MAX = 4096;
const NAME =
  /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}))*\.?$/;

class Wrong extends Error {}

/** `udp://h:514,tcp://[::1]:1514,ssl://h?formatter=RFC_5424&framing=octet_counting`; blank: nowhere. */
export function parseLogHosts(text: string): ParsedTargets {
  try {
    if (text.length > TEXT_CHARACTERS_MAX)
      throw new Wrong(`it is longer than ${TEXT_CHARACTERS_MAX} characters`);
    if (text.trim() === '') return { kind: 'targets', targets: [] };
    const targets = text.split(',').map((part) => parseOne(part.trim()));
    if (targets.length > TARGETS_MAX) throw new Wrong(`more than ${TARGETS_MAX} remote hosts`);
    const seen = new Set<string>();
    for (const target of targets) {
      const name = `${target.protocol}://${target.host.toLowerCase()}:${target.port}`;
      if (seen.has(name)) throw new Wrong(`${name} stands there twice`);
      seen.add(name);
    }
    return { kind: 'targets', targets };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', reason: error.message };
    throw error;
  }
}

/** The target as it is written, with its port. */
export function targetText({ protocol, host, port }: LogTarget): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** All of it, so that parsing gives the same target again. */
export function fullTargetText(target: LogTarget): string {
  const framing = target.framing === 'none' ? '' : `&framing=${target.framing}`;
  return `${targetText(target)}?formatter=${target.formatter}${framing}`;
}

function parseOne(text: string): LogTarget {
  if (text === '') throw new Wrong('there is nothing between two commas');
  const [, scheme, rest] = /^([A-Za-z]+):\/\/(.*)$/s.exec(text) ?? [];
  // ESXi takes a bare host for udp.
  const protocol = (scheme ?? 'udp').toLowerCase() as Protocol;
  if (!PROTOCOLS.includes(protocol)) throw new Wrong(`"${scheme}" is none of ${PROTOCOLS.join(', ')}`);
  const body = scheme === undefined ? text : (rest as string);
  const question = body.indexOf('?');
  const place = question < 0 ? body : body.slice(0, question);
  const parameters = question < 0 ? {} : parseParameters(body.slice(question + 1));
  return { protocol, ...parsePlace(place, protocol), ...checked(protocol, parameters) };
}

function parsePlace(place: string, protocol: Protocol): { readonly host: string; readonly port: number } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(place) ?? [];
  if (bracketed === undefined && bare === undefined) {
    throw new Wrong(`"${place}" is not a host with a port; an IPv6 address stands in brackets`);
  }
  const host = bracketed ?? bare ?? '';
  if (bracketed !== undefined && (!isIPv6(host) || host.includes('%'))) {
    throw new Wrong(`"${host}" is not an IPv6 address`);
  }
  if (bracketed === undefined && !(isIPv4(host) || (NAME.test(host) && !/^[\d.]+$/.test(host)))) {
    throw new Wrong(`"${host}" is neither a host name nor an address`);
  }
  if (port === undefined) return { host, port: DEFAULT_PORTS[protocol] };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Wrong(`"${port}" is not a port in 1 … 65535`);
  }
  return { host, port: Number(port) };
}

const CHOICES: Readonly<Record<string, readonly string[]>> = { formatter: FORMATTERS, framing: FRAMINGS };

type Parameters = { formatter?: Formatter; framing?: Framing };

function parseParameters(text: string): Parameters {
  const found: Parameters = {};
  for (const pair of text.split('&')) {
    const [name = '', value = '', ...more] = pair.split('=');
    const choice = Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
    if (choice === undefined || more.length > 0)
      throw new Wrong(`"${pair}" is neither formatter=… nor framing=…`);
    if (Object.hasOwn(found, name)) throw new Wrong(`${name} stands there twice`);
    if (!choice.includes(value)) throw new Wrong(`${name} "${value}" is none of ${choice.join(', ')}`);
    Object.assign(found, { [name]: value });
  }
  return found;
}

/** Which goes with which. Source: ESXi 8.0, protocols, formats and framing of syslog messages. */
function checked(
  protocol: Protocol,
  { formatter = 'RFC_3164', framing }: Parameters,
): Pick<LogTarget, 'formatter' | 'framing'> {
  if (protocol === 'udp') {
    if (framing !== undefined) throw new Wrong('framing does not go with udp: a datagram is its own frame');
    return { formatter, framing: 'none' };
  }
  if (formatter === 'RFC_5424' && framing === 'non_transparent') {
    throw new Wrong('RFC_5424 goes with octet_counting only');
  }
  return { formatter, framing: framing ?? (formatter === 'RFC_5424' ? 'octet_counting' : 'non_transparent') };
}
