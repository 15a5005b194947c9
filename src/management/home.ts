/** Where a host keeps its things: the folder that `--home` names, and what lies in it. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface HomePaths {
  readonly home: string;
  /** The socket of the local API. */
  readonly socket: string;
  /** Locked by the host that is up. */
  readonly lock: string;
  /** Datastores, a folder each. */
  readonly volumes: string;
  /** What the host remembers that no bank keeps: events, tasks. */
  readonly osdata: string;
  readonly banks: readonly [bootbank: string, altbootbank: string];
}

/** @param home - `undefined`: what the environment says, else the user's own folder for data. */
export function homePaths(home: string | undefined, env: NodeJS.ProcessEnv = process.env): HomePaths {
  const folder = resolve(home ?? env['VMK_HOME'] ?? join(dataFolder(env), 'vmkernel'));
  const at = (...names: string[]) => join(folder, ...names);
  return {
    home: folder,
    socket: at('run', 'vmk.sock'),
    lock: at('run', 'lock'),
    volumes: at('volumes'),
    osdata: at('osdata'),
    banks: [at('bootbank'), at('altbootbank')],
  };
}

/** Source: XDG Base Directory Specification 0.8. */
function dataFolder(env: NodeJS.ProcessEnv): string {
  return env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
}
