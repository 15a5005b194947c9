/** Whom the host asks for names: servers and search domains, in /etc/resolv.conf. Source: resolv.conf(5). */
import { isIP, isIPv4, SocketAddress } from 'node:net';
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { domainComplaint } from './names.ts';

export const RESOLV_PATH = '/etc/resolv.conf';

const SERVERS_MAX = 3;
const DOMAINS_MAX = 6;

export interface DnsState {
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

export interface DnsParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
}

/** The file is the truth: each change reads it first, and lines of others stay. */
export class DnsSettings {
  readonly #parts: DnsParts;

  constructor(parts: DnsParts) {
    this.#parts = parts;
  }

  get state(): DnsState {
    return parseResolv(this.#parts.files.read(RESOLV_PATH) ?? '').state;
  }

  /** @throws HostError */
  addServer(text: string): void {
    const server = addressOf(text);
    this.#change('servers', SERVERS_MAX, 'DNS server', (list) => added(list, server, 'DNS server'));
  }

  /** @throws HostError */
  removeServer(text: string): void {
    const server = addressOf(text);
    this.#change('servers', SERVERS_MAX, 'DNS server', (list) => removed(list, server, 'DNS server'));
  }

  clearServers(): void {
    this.#change('servers', SERVERS_MAX, 'DNS server', () => []);
  }

  /** @throws HostError */
  addSearch(domain: string): void {
    const reason = domain === '' ? 'it is empty' : domainComplaint(domain);
    if (reason !== undefined) throw refused('search domain', domain, reason);
    this.#change('search', DOMAINS_MAX, 'search domain', (list) => added(list, domain, 'search domain'));
  }

  /** @throws HostError */
  removeSearch(domain: string): void {
    this.#change('search', DOMAINS_MAX, 'search domain', (list) => removed(list, domain, 'search domain'));
  }

  #change(
    name: keyof DnsState,
    most: number,
    what: string,
    change: (list: readonly string[]) => readonly string[],
  ): void {
    const { state, others } = parseResolv(this.#parts.files.read(RESOLV_PATH) ?? '');
    const list = change(state[name]);
    if (list.length > most) throw refused(what, list.at(-1) as string, `there are ${most} at most`);
    const next = { ...state, [name]: list };
    const lines = [
      ...others,
      ...(next.search.length === 0 ? [] : [`search ${next.search.join(' ')}`]),
      ...next.servers.map((server) => `nameserver ${server}`),
    ];
    this.#parts.files.replace(RESOLV_PATH, lines.map((line) => `${line}\n`).join(''));
    this.#parts.logger.info(`${what}s: ${list.join(', ') || 'none'}`);
  }
}

/** What of the lines is ours, and the others as they are. */
export function parseResolv(text: string): { readonly state: DnsState; readonly others: readonly string[] } {
  const servers: string[] = [];
  let search: string[] = [];
  const others: string[] = [];
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver' && rest[0] !== undefined && isIP(rest[0])) servers.push(rest[0]);
    else if (word === 'search')
      search = rest.filter((domain) => domain !== '' && domainComplaint(domain) === undefined);
    else if (line.trim() !== '') others.push(line);
  }
  return { state: { servers, search }, others };
}

function addressOf(text: string): string {
  if (!isIP(text) || text.includes('%')) throw refused('DNS server', text, 'it is not an IP address');
  return new SocketAddress({ address: text, family: isIPv4(text) ? 'ipv4' : 'ipv6' }).address;
}

function added(list: readonly string[], item: string, what: string): readonly string[] {
  if (list.includes(item)) throw refused(what, item, 'it is there already');
  return [...list, item];
}

function removed(list: readonly string[], item: string, what: string): readonly string[] {
  if (!list.includes(item)) throw refused(what, item, 'there is none like it to remove');
  return list.filter((entry) => entry !== item);
}

function refused(what: string, value: string, reason: string): HostError<'setting-refused'> {
  return new HostError('setting-refused', { what, value, reason });
}
