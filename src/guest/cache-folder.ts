/** The side door of guest: where this program keeps what it could fetch or make again. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder for this program. Source: XDG Base Directory Specification 0.8. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  // "If an implementation encounters a relative path it should consider the path invalid and ignore it."
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'vmkernel');
}
