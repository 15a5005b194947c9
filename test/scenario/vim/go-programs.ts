// Programs on Debian's govmomi, built where its packages are.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '#guest';

const PACKAGES = '/usr/share/gocode';
const hasGo = spawnSync('go', ['version']).status === 0;

/** Why there is none; false when there is one. */
export const noGo =
  !(hasGo && existsSync(join(PACKAGES, 'src/github.com/vmware/govmomi'))) &&
  'no golang-github-vmware-govmomi-dev';

/** Builds the program of that name to `path`. What was compiled before is found again. */
export async function buildGo(name: string, path: string): Promise<void> {
  const cache = join(cacheFolder(), 'peers', 'go');
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: PACKAGES, GOCACHE: cache };
  const sources = [name, 'session'].map((source) => join(import.meta.dirname, `${source}.go`));
  await promisify(execFile)('go', ['build', '-o', path, ...sources], { env });
}
