// pyVmomi 8 of Debian trixie, as its package has it, for tests on a machine whose own release has an older one.
// Run by itself it fetches the package, through apt with a private state, into the user's cache.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from '#guest';
import { fetchPackages } from '../../../src/guest/apt.ts';
import { readDeb } from '../../../src/guest/deb.ts';
import { runProgram } from '../../../src/guest/process.ts';

const DISTRIBUTION = { suite: 'trixie', component: 'main', architecture: 'riscv64' };
const PACKAGE = 'python3-pyvmomi';
const ROOT = 'usr/lib/python3/dist-packages/';
const folder = join(cacheFolder(), 'peers', 'pyvmomi-8');

/** For PYTHONPATH; undefined while it has not been fetched. */
export const pyVmomi8 = (): string | undefined => (existsSync(folder) ? folder : undefined);

async function fetchIt(): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'vmkernel-peer-'));
  try {
    // apt does its downloading as the user _apt, who must get in.
    await chmod(work, 0o755);
    const [fetched] = await fetchPackages([PACKAGE], DISTRIBUTION, {
      run: runProgram,
      report: () => {},
      folder: work,
    });
    const files = await readDeb(fetched?.path ?? '', (path) => path.startsWith(ROOT));
    const part = `${folder}.part`;
    for (const { path, data } of files) {
      const target = join(part, path.slice(ROOT.length));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, data);
    }
    await rename(part, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (import.meta.main && !existsSync(folder)) await fetchIt();
