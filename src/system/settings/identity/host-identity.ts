/** What the host is called: its name and domain, in /etc/hostname and /etc/hosts. */
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { domainComplaint, hostComplaint } from './names.ts';

export const HOSTNAME_PATH = '/etc/hostname';
export const HOSTS_PATH = '/etc/hosts';

export interface HostNames {
  readonly host: string;
  /** Empty when it has none. */
  readonly domain: string;
}

export interface IdentityParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
  /** What it is called until somebody says otherwise. */
  readonly initial: HostNames;
}

const LOCAL_LINES = ['127.0.0.1 localhost.localdomain localhost', '::1 localhost.localdomain localhost'];
/** What stands behind the line that is ours; all others are the administrator's. */
const OURS = '# this host';

export class HostIdentity {
  readonly #parts: IdentityParts;
  readonly #listeners = new Set<(names: HostNames) => void>();
  #names: HostNames;

  constructor(parts: IdentityParts) {
    this.#parts = parts;
    this.#names = this.#read();
    if (parts.files.read(HOSTS_PATH) === undefined) this.#writeHosts(this.#names);
  }

  get names(): HostNames {
    return this.#names;
  }

  get fullName(): string {
    return fullName(this.#names);
  }

  /** @throws HostError */
  set(change: Partial<HostNames>): void {
    const names = { ...this.#names, ...change };
    const wrong = hostComplaint(names.host);
    if (wrong !== undefined)
      throw new HostError('setting-refused', { what: 'host name', value: names.host, reason: wrong });
    const wrongDomain = domainComplaint(names.domain);
    if (wrongDomain !== undefined) {
      throw new HostError('setting-refused', { what: 'domain', value: names.domain, reason: wrongDomain });
    }
    this.#parts.files.replace(HOSTNAME_PATH, `${fullName(names)}\n`);
    this.#writeHosts(names);
    this.#names = names;
    this.#parts.logger.info(`the host is called ${fullName(names)}`);
    for (const listener of this.#listeners) listener(names);
  }

  /** Returns what ends it. */
  onChange(listener: (names: HostNames) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #read(): HostNames {
    const text = this.#parts.files.read(HOSTNAME_PATH)?.trim();
    if (text === undefined || text === '') return this.#parts.initial;
    const dot = text.indexOf('.');
    const names =
      dot < 0 ? { host: text, domain: '' } : { host: text.slice(0, dot), domain: text.slice(dot + 1) };
    const wrong = hostComplaint(names.host) ?? domainComplaint(names.domain);
    if (wrong === undefined) return names;
    this.#parts.logger.warning(`${HOSTNAME_PATH}: ${wrong}`);
    return this.#parts.initial;
  }

  #writeHosts(names: HostNames): void {
    const others = (this.#parts.files.read(HOSTS_PATH) ?? LOCAL_LINES.join('\n'))
      .split('\n')
      .filter((line) => line !== '' && !line.endsWith(OURS));
    const aliases = names.domain === '' ? names.host : `${fullName(names)} ${names.host}`;
    this.#parts.files.replace(HOSTS_PATH, `${[...others, `127.0.1.1 ${aliases} ${OURS}`].join('\n')}\n`);
  }
}

function fullName({ host, domain }: HostNames): string {
  return domain === '' ? host : `${host}.${domain}`;
}
