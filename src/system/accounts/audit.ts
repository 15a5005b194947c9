/** What is logged of logins and of changes to accounts, in ESXi's words. */
import type { Channel } from './channels.ts';
import type { FileProblem } from './files.ts';

/** One line for a log; `auth` lines are of logins, `hostd` lines of changes, `vobd` lines are events. */
export interface AuditLine {
  readonly log: 'auth' | 'hostd' | 'vobd';
  readonly level: 'info' | 'warning';
  readonly message: string;
  /** The event's id, when it is one. */
  readonly event?: string;
}

export type Audit = (line: AuditLine) => void;

/** Who did it, for a line. */
interface Login {
  readonly user: string;
  readonly remote: string;
  readonly channel: Channel;
}

const LOCAL = 'localhost';

const line = (
  log: AuditLine['log'],
  level: AuditLine['level'],
  message: string,
  event?: string,
): AuditLine => ({
  log,
  level,
  message,
  ...(event === undefined ? {} : { event }),
});

// biome-ignore format: a table reads in columns
export const AUDIT = {
  accepted:    (login: Login) => line('auth', 'info', `Accepted password for user ${at(login)} (${login.channel})`),
  rejected:    (login: Login) => line('auth', 'warning', `Rejected password for user ${at(login)} (${login.channel})`),
  noLogin:     (login: Login, why: string) => line('auth', 'warning', `Cannot login ${quoted(login.user)}@${quoted(login.remote) || LOCAL}: ${why} (${login.channel})`),
  locked:      (user: string, seconds: number, failures: number) => line('vobd', 'warning', `Remote access for ESXi local user account '${quoted(user)}' has been locked for ${seconds} seconds after ${failures} failed login attempts.`, 'esx.audit.account.locked'),
  isLocked:    (login: Login) => line('auth', 'warning', `Login of locked user ${at(login)} refused (${login.channel})`),
  unsupported: (user: string, scheme: string) => line('auth', 'warning', `The password hash of user ${quoted(user)} is of an unsupported kind: ${scheme}`),
  loggedOut:   (login: Login, calls: number) => line('hostd', 'info', `User ${quoted(login.user)}@${quoted(login.remote) || LOCAL} logged out (calls: ${calls}, channel: ${login.channel})`),
  changed:     (what: string, by: string) => line('hostd', 'info', `${what} (by ${quoted(by)})`),
  problem:     ({ path, line: at, reason }: FileProblem) => line('hostd', 'warning', `${path}${at === 0 ? '' : `:${at}`}: ${reason}`),
};

function at({ user, remote }: Login): string {
  return `${quoted(user)} from ${quoted(remote) || LOCAL}`;
}

const MAX_LENGTH = 64;

/** Names come from outside: they cannot break a line, and are cut. */
function quoted(text: string): string {
  const escaped = text
    .slice(0, MAX_LENGTH)
    .replace(
      /[\p{Cc}\p{Zl}\p{Zp}\\]/gu,
      (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
    );
  return text.length > MAX_LENGTH ? `${escaped}…` : escaped;
}
