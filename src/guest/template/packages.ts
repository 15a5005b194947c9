/** The packages that a Debian system on a disk is made of, fetched through apt. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { configuredMirrors, type Distribution, debianKeyring, layOutApt } from '../apt-private.ts';
import type { Run } from '../process.ts';
import type { Report } from '../report.ts';

export const TRIXIE: Distribution = { suite: 'trixie', component: 'main', architecture: 'riscv64' };

/** Beside all that is essential: what boots, what reaches the network, what a person at a console expects. */
// biome-ignore format: a list
export const PACKAGES = [
  '?essential', 'apt', 'systemd-sysv', 'udev', 'dbus', 'kmod', 'login', 'passwd', 'procps',
  'linux-image-riscv64', 'initramfs-tools', 'zstd', 'busybox', 'u-boot-menu', 'u-boot-qemu',
  'ifupdown', 'dhcpcd-base', 'netbase', 'iproute2', 'iputils-ping', 'systemd-timesyncd', 'ca-certificates',
  'debian-archive-keyring', 'e2fsprogs', 'less', 'nano',
];

export interface FetchedSystem {
  /** Paths of the packages. */
  readonly debs: readonly string[];
  /** Where they came from: for the system's own apt. */
  readonly mirror: string;
}

/** Fetches them with all that they depend on, and with `more`, into a folder of ours. @throws HostError */
export async function fetchSystem(
  folder: string,
  more: readonly string[],
  run: Run,
  report: Report,
): Promise<FetchedSystem> {
  const keyring = await debianKeyring();
  const complaints: string[] = [];
  for (const [index, mirror] of (await configuredMirrors(run)).entries()) {
    const apt = join(folder, `apt-${index}`);
    await mkdir(apt, { recursive: true });
    try {
      return { mirror, debs: await fetchFrom(apt, mirror, keyring, more, run, report) };
    } catch (error) {
      complaints.push(`from ${mirror}: ${reasonOf(error)}`);
    }
  }
  const reason = complaints.join('; ') || "this machine's apt sources name no Debian mirror";
  throw new HostError('guest-unavailable', { reason });
}

async function fetchFrom(
  apt: string,
  mirror: string,
  keyring: string,
  more: readonly string[],
  run: Run,
  report: Report,
): Promise<string[]> {
  const env = await layOutApt(run, apt, mirror, keyring, TRIXIE);
  report(`reading the package list of ${mirror}`);
  await run('apt-get', ['update', '-q', '-o', 'APT::Update::Error-Mode=any'], { env });
  const onStatus = (status: string) => report('downloading packages', fractionOf(status));
  report('downloading packages');
  const words = ['--download-only', '-y', '-q', '--no-install-recommends', '-o', 'APT::Status-Fd=3'];
  await run('apt-get', ['install', ...words, ...PACKAGES, ...more], { env, onStatus });
  const archives = join(apt, 'cache', 'archives');
  const names = (await readdir(archives)).filter((name) => name.endsWith('.deb'));
  return names.sort().map((name) => join(archives, name));
}

/** Source: apt README.progress-reporting. */
function fractionOf(status: string): number | undefined {
  const percent = [...status.matchAll(/^dlstatus:\d+:([\d.]+):/gm)].at(-1)?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}
