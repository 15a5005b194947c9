/** The default guest, Debian's riscv64 kernel with an initramfs of ours: fetched once, then taken from the cache. */
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatBytes } from '#lib';
import { fetchPackages } from './apt.ts';
import { type Files, keptEntry, writeOnce } from './cache.ts';
import { extractGuest } from './extract.ts';
import { writeDebianArchive, writeOwnArchive } from './initramfs.ts';
import { runProgram } from './process.ts';
import type { Report } from './report.ts';

/** The default guest on disk. */
export interface Guest {
  /** An uncompressed RISC-V Image. */
  readonly kernelPath: string;
  readonly initramfsPath: string;
  /** The packages it was made from: name to version. */
  readonly packages: Readonly<Record<string, string>>;
}

/** What is kept of the guest: made from packages only, so that a change of ours needs no download. */
export interface FetchedGuest {
  readonly packages: Readonly<Record<string, string>>;
  readonly files: Files;
}

/**
 * Words for its kernel's command line on a host of many: pressure statistics wake an idle guest every two seconds, and
 * can be switched off in no other way.
 */
export const QUIET_KERNEL = 'psi=0';

export const DISTRIBUTION = { suite: 'trixie', component: 'main', architecture: 'riscv64' };
const PACKAGES = ['linux-image-riscv64', 'busybox-static'];

/** The cache entry; its number changes when what is taken out of the packages changes. */
const ENTRY = 'debian-trixie-riscv64-4';
const KERNEL = 'vmlinux';
const DEBIAN_ARCHIVE = 'debian.cpio';

/**
 * The default guest, from the folder `cache` when it is there and sound, else fetched into it.
 * Throws HostError: `guest-unavailable` (says how to go on without it) or `file-io`.
 */
export async function defaultGuest(
  cache: string,
  report: Report,
  fetch: (report: Report) => Promise<FetchedGuest> = fetchGuest,
): Promise<Guest> {
  const folder = join(cache, ENTRY);
  const { manifest, files } = await keptEntry(folder, () => fetch(report));
  const initramfs = concatBytes([files[DEBIAN_ARCHIVE] as Uint8Array, writeOwnArchive()]);
  const hash = createHash('sha256').update(initramfs).digest('hex').slice(0, 16);
  const initramfsPath = join(cache, `initramfs-${hash}.cpio`);
  await writeOnce(initramfsPath, initramfs);
  return { kernelPath: join(folder, KERNEL), initramfsPath, packages: manifest.packages };
}

/** Fetches the guest's packages and takes out of them what it needs. Throws HostError. */
export async function fetchGuest(report: Report): Promise<FetchedGuest> {
  const folder = await mkdtemp(join(tmpdir(), 'vmkernel-guest-'));
  try {
    // apt does its downloading as the user _apt, who must get in.
    await chmod(folder, 0o755);
    const fetched = await fetchPackages(PACKAGES, DISTRIBUTION, { run: runProgram, report, folder });
    const [kernelDeb, busyboxDeb] = fetched.map(({ path }) => path) as [string, string];
    report('unpacking the kernel');
    const { kernel, ...parts } = await extractGuest(kernelDeb, busyboxDeb, folder);
    return {
      packages: Object.fromEntries(fetched.map(({ name, version }) => [name, version])),
      files: { [KERNEL]: kernel, [DEBIAN_ARCHIVE]: writeDebianArchive(parts) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
