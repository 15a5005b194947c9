/** Fetches Debian packages of another architecture through apt, which checks their signatures. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { configuredMirrors, type Distribution, debianKeyring, layOutApt } from './apt-private.ts';
import type { Run } from './process.ts';
import type { Report } from './report.ts';

/** A package file on disk. */
export interface FetchedPackage {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** What `fetchPackages` works with. */
export interface AptTools {
  readonly run: Run;
  readonly report: Report;
  /** An empty folder that is ours; the packages are left in it. */
  readonly folder: string;
}

/**
 * Fetches the named packages; for one without files of its own that exists to depend on another (such as
 * `linux-image-riscv64`), that other one. Throws HostError `guest-unavailable`, which says why.
 */
export async function fetchPackages(
  names: readonly string[],
  distribution: Distribution,
  tools: AptTools,
): Promise<FetchedPackage[]> {
  const mirrors = await machineMirrors(tools.run);
  const keyring = await debianKeyring();
  const complaints = [];
  for (const mirror of mirrors) {
    try {
      return await fetchFrom(mirror, keyring, names, distribution, tools);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      complaints.push(`from ${mirror}: ${explain(String(error.details.reason))}`);
    }
  }
  throw new HostError('guest-unavailable', { reason: complaints.join('; ') });
}

async function machineMirrors(run: Run): Promise<string[]> {
  try {
    const mirrors = await configuredMirrors(run);
    if (mirrors.length > 0) return mirrors;
  } catch (cause) {
    const reason = `it comes through apt: ${reasonOf(cause)}`;
    throw new HostError('guest-unavailable', { reason }, { cause });
  }
  throw new HostError('guest-unavailable', { reason: "this machine's apt sources name no Debian mirror" });
}

async function fetchFrom(
  mirror: string,
  keyring: string,
  names: readonly string[],
  distribution: Distribution,
  { run, report, folder }: AptTools,
): Promise<FetchedPackage[]> {
  const env = await layOutApt(run, folder, mirror, keyring, distribution);
  report(`reading the package list of ${mirror}`);
  await run('apt-get', ['update', '-q', '-o', 'APT::Update::Error-Mode=any'], { env });
  const fetched = [];
  for (const name of names) {
    const { name: real, version } = await resolvePackage(run, env, name);
    report(`downloading ${real} ${version}`);
    const onStatus = (status: string) => report(`downloading ${real} ${version}`, downloadedFraction(status));
    const before = await debsIn(folder);
    await run('apt-get', ['download', '-q', '-o', 'APT::Status-Fd=3', real], { env, cwd: folder, onStatus });
    const [file] = (await debsIn(folder)).filter((path) => !before.includes(path));
    if (file === undefined)
      throw new HostError('command-failed', { command: `apt-get download ${real}`, reason: 'no file came' });
    fetched.push({ name: real, version, path: join(folder, file) });
  }
  return fetched;
}

/** The package to download for a name, followed through the one dependency of a package without content. */
async function resolvePackage(run: Run, env: Readonly<Record<string, string>>, name: string) {
  const control = parseControl(await run('apt-cache', ['show', '--no-all-versions', name], { env }));
  const depends = /^(linux-image-[^\s,|]+)(?: \([^)]*\))?$/.exec(control.Depends ?? '');
  if (depends?.[1] !== undefined) return { name: depends[1], version: control.Version ?? '' };
  return { name, version: control.Version ?? '' };
}

/** The fields of the first paragraph of a control file; continuation lines are left out. */
export function parseControl(text: string): Readonly<Record<string, string>> {
  const paragraph = text.split('\n\n')[0] ?? '';
  return Object.fromEntries(
    [...paragraph.matchAll(/^([^\s:]+): *(.*)$/gm)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
}

/** The last of apt's `dlstatus:INDEX:PERCENT:TEXT` lines as 0 … 1. Source: apt README.progress-reporting. */
export function downloadedFraction(status: string): number | undefined {
  const percent = [...status.matchAll(/^dlstatus:\d+:([\d.]+):/gm)].at(-1)?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}

async function debsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.deb'));
}

/** What apt means, for the failures that people meet. */
function explain(complaint: string): string {
  if (/NO_PUBKEY|not signed|Missing key/.test(complaint)) {
    return `this machine's debian-archive-keyring is too old to check its signatures; ${lastLine(complaint)}`;
  }
  return lastLine(complaint);
}

function lastLine(text: string): string {
  const errors = text.split('\n').filter((line) => line.startsWith('E: '));
  return (errors[0] ?? text.trim().split('\n').at(-1) ?? '').replace(/^E: /, '');
}
