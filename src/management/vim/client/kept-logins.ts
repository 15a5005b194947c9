/** The logins that "vmk --host" keeps: a file that its owner alone may read. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface KeptLogin {
  readonly cookie: string;
  /** SHA-256 of the certificate that was there at the login. */
  readonly fingerprint: string;
}

/** Below $XDG_STATE_HOME, else ~/.local/state. */
export function loginsPath(environment: Readonly<Record<string, string | undefined>>): string {
  const state = environment['XDG_STATE_HOME'];
  return join(state ? state : join(homedir(), '.local', 'state'), 'vmkernel', 'logins.json');
}

/** A file that cannot be read has no logins. */
export function readLogins(path: string): Record<string, KeptLogin> {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Partial<KeptLogin>>;
    const isWhole = ([, login]: [string, Partial<KeptLogin>]) =>
      typeof login?.cookie === 'string' && typeof login.fingerprint === 'string';
    return Object.fromEntries(Object.entries(kept).filter(isWhole)) as Record<string, KeptLogin>;
  } catch {
    return {};
  }
}

/** Keeps a login, or forgets it. */
export function keepLogin(path: string, host: string, login: KeptLogin | undefined): void {
  const { [host]: _, ...others } = readLogins(path);
  const next = login === undefined ? others : { ...others, [host]: login };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const written = `${path}.${process.pid}`;
  writeFileSync(written, `${JSON.stringify(next, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(written, path);
}
