/** U-Boot for machines that boot from a disk of their own: fetched once, then taken from the cache. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from '#lib';
import { fetchPackages } from './apt.ts';
import { keptEntry } from './cache.ts';
import { readDeb } from './deb.ts';
import { DISTRIBUTION, type FetchedGuest } from './guest.ts';
import { runProgram } from './process.ts';
import type { Report } from './report.ts';

const PACKAGE = 'u-boot-qemu';
/** What S-mode runs: our SBI is below it. */
const WANTED = /^usr\/lib\/u-boot\/qemu-riscv64_smode\/u-boot\.bin$/;
const ENTRY = 'u-boot-trixie-riscv64-1';
const FILE = 'u-boot.bin';

/** The path of U-Boot. Throws HostError: `guest-unavailable` or `file-io`. */
export async function defaultFirmware(
  cache: string,
  report: Report,
  fetch: (report: Report) => Promise<FetchedGuest> = fetchFirmware,
): Promise<string> {
  const folder = join(cache, ENTRY);
  await keptEntry(folder, () => fetch(report));
  return join(folder, FILE);
}

async function fetchFirmware(report: Report): Promise<FetchedGuest> {
  const folder = await mkdtemp(join(tmpdir(), 'vmkernel-firmware-'));
  try {
    // apt does its downloading as the user _apt, who must get in.
    await chmod(folder, 0o755);
    const [fetched] = await fetchPackages([PACKAGE], DISTRIBUTION, { run: runProgram, report, folder });
    const [file] = fetched ? await readDeb(fetched.path, (path) => WANTED.test(path)) : [];
    if (fetched && file)
      return { packages: { [fetched.name]: fetched.version }, files: { [FILE]: file.data } };
    throw new HostError('guest-unavailable', { reason: `there is no U-Boot in the package ${PACKAGE}` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
