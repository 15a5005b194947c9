/** Whom the host would set its clock by: servers and log level, in /etc/ntp.conf. Source: ntp.conf(5), as ESXi writes it. */
import { isIP } from 'node:net';
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { domainComplaint } from './names.ts';

export const NTP_PATH = '/etc/ntp.conf';
export const NTP_LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type NtpLogLevel = (typeof NTP_LOG_LEVELS)[number];

const SERVERS_MAX = 16;
const FIXED = ['restrict default nomodify notrap nopeer noquery', 'restrict 127.0.0.1', 'restrict -6 ::1'];
const DRIFT = 'driftfile /etc/ntp.drift';
const LEVEL_MARK = '# loglevel ';

export interface NtpState {
  readonly servers: readonly string[];
  readonly logLevel: NtpLogLevel;
}

export interface NtpParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
}

/** The file is the truth; lines of others stay. */
export class NtpSettings {
  readonly #parts: NtpParts;

  constructor(parts: NtpParts) {
    this.#parts = parts;
  }

  get state(): NtpState {
    return parseNtp(this.#parts.files.read(NTP_PATH) ?? '').state;
  }

  /** @throws HostError */
  set(change: Partial<NtpState>): void {
    const { state, others } = parseNtp(this.#parts.files.read(NTP_PATH) ?? '');
    const next = { ...state, ...change };
    check(next);
    const lines = [
      `${LEVEL_MARK}${next.logLevel}`,
      ...(others.length === 0 ? [...FIXED, DRIFT] : others),
      ...next.servers.map((server) => `server ${server} iburst`),
    ];
    this.#parts.files.replace(NTP_PATH, lines.map((line) => `${line}\n`).join(''));
    this.#parts.logger.info(`NTP servers: ${next.servers.join(', ') || 'none'}`);
  }
}

export function parseNtp(text: string): { readonly state: NtpState; readonly others: readonly string[] } {
  const servers: string[] = [];
  const others: string[] = [];
  let logLevel: NtpLogLevel = 'warning';
  for (const line of text.split('\n')) {
    const server = /^\s*server\s+(\S+)/.exec(line)?.[1];
    const level = line.startsWith(LEVEL_MARK) ? line.slice(LEVEL_MARK.length).trim() : undefined;
    if (server !== undefined) servers.push(server);
    else if (level !== undefined) logLevel = NTP_LOG_LEVELS.find((known) => known === level) ?? logLevel;
    else if (line.trim() !== '') others.push(line);
  }
  return { state: { servers, logLevel }, others };
}

function check({ servers, logLevel }: NtpState): void {
  for (const [index, server] of servers.entries()) {
    const reason = isIP(server) ? undefined : server === '' ? 'it is empty' : domainComplaint(server);
    if (reason !== undefined) throw refused('NTP server', server, reason);
    if (servers.indexOf(server) !== index) throw refused('NTP server', server, 'it stands there twice');
  }
  if (servers.length > SERVERS_MAX)
    throw refused('NTP servers', servers.join(','), `there are ${SERVERS_MAX} at most`);
  if (!NTP_LOG_LEVELS.includes(logLevel)) {
    throw refused('NTP log level', logLevel, `it is one of ${NTP_LOG_LEVELS.join(', ')}`);
  }
}

function refused(what: string, value: string, reason: string): HostError<'setting-refused'> {
  return new HostError('setting-refused', { what, value, reason });
}
