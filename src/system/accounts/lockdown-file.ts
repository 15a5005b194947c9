/** The lockdown of a host as a JSON file. It is there only once lockdown was set: one that cannot be read locks. */
import { LOCKDOWN_MODES, type Lockdown, type LockdownMode } from './channels.ts';
import type { FileProblem } from './files.ts';

const VERSION = 1;

/** What the file says; DCUI.Access is an advanced option. */
export type StoredLockdown = Pick<Lockdown, 'mode' | 'exceptionUsers'>;

/** Reads it; without a file lockdown is disabled, with a bad one it is normal and nobody is an exception. */
export function parseLockdown(
  path: string,
  text: string | undefined,
): { readonly lockdown: StoredLockdown; readonly problem?: FileProblem } {
  if (text === undefined) return { lockdown: { mode: 'disabled', exceptionUsers: [] } };
  const lockdown = valid(text);
  if (typeof lockdown !== 'string') return { lockdown };
  const reason = `${lockdown}: lockdown mode is normal, without exception users`;
  return { lockdown: { mode: 'normal', exceptionUsers: [] }, problem: { path, line: 0, reason } };
}

export function printLockdown({ mode, exceptionUsers }: StoredLockdown): string {
  return `${JSON.stringify({ version: VERSION, mode, exceptionUsers }, undefined, 2)}\n`;
}

function valid(text: string): StoredLockdown | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is no JSON (${(error as Error).message})`;
  }
  const { version, mode, exceptionUsers } = { ...(value as object) } as Readonly<Record<string, unknown>>;
  if (version !== VERSION) return `it has no "version": ${VERSION}`;
  if (!isMode(mode)) return `its mode is none of ${LOCKDOWN_MODES.join(', ')}`;
  if (!Array.isArray(exceptionUsers) || exceptionUsers.some((user) => typeof user !== 'string')) {
    return 'its exceptionUsers are no list of names';
  }
  return { mode, exceptionUsers };
}

function isMode(value: unknown): value is LockdownMode {
  return LOCKDOWN_MODES.some((mode) => mode === value);
}
