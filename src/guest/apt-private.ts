/** A private apt: the machine's mirrors, proxies and keys, but a state, a cache and sources of its own. */
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HostError } from '#lib';
import type { Run } from './process.ts';

/** What is fetched from, and for which architecture. */
export interface Distribution {
  /** As in the address: `trixie`. */
  readonly suite: string;
  readonly component: string;
  readonly architecture: string;
}

/** Debian's keys, where its package debian-archive-keyring puts them. */
const KEYRINGS = [
  '/usr/share/keyrings/debian-archive-keyring.gpg',
  '/usr/share/keyrings/debian-archive-keyring.pgp',
];

/** The suites that Debian's main archive has; other archives (security, third parties) name theirs otherwise. */
const DEBIAN_SUITE =
  /^(?:oldoldstable|oldstable|stable|testing|unstable|sid|experimental|buster|bullseye|bookworm|trixie|forky|duke)(?:-updates|-backports|-proposed-updates)?$/;

/** Settings of the machine that we take over: how to reach the mirrors. */
const TAKEN_OVER = /^Acquire::/;
const NOT_TAKEN_OVER = /^Acquire::(?:IndexTargets|Languages|AllowInsecure|AllowWeak|AllowDowngrade)/;

/**
 * The addresses of Debian mirrors among the machine's own apt sources, the likeliest first. apt reads its sources
 * itself, so that one-line and deb822 files, options and all address schemes mean here what they mean to apt; without
 * `--no-release-info` it would name only those whose lists were downloaded.
 */
export async function configuredMirrors(run: Run): Promise<string[]> {
  const targets = await run('apt-get', [
    'indextargets',
    '--no-release-info',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT)',
  ]);
  const mirrors = targets
    .split('\n')
    .map((line) => line.trim().split(' '))
    .filter(([, suite, component]) => component === 'main' && DEBIAN_SUITE.test(suite ?? ''))
    .map(([address]) => address ?? '');
  return [...new Set(mirrors)];
}

/** The file with Debian's archive keys. Throws HostError `guest-unavailable` when the machine has none. */
export async function debianKeyring(candidates: readonly string[] = KEYRINGS): Promise<string> {
  for (const path of candidates) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  const reason = `this machine has no keys to check Debian's signatures with (package debian-archive-keyring)`;
  throw new HostError('guest-unavailable', { reason });
}

/**
 * Lays out a private apt in `folder` and gives the environment under which apt's programs use it, and it only:
 * the machine's sources, lists, caches, hooks and package state are neither read nor written.
 */
export async function layOutApt(
  run: Run,
  folder: string,
  mirror: string,
  keyring: string,
  distribution: Distribution,
): Promise<Readonly<Record<string, string>>> {
  const { suite, component, architecture } = distribution;
  for (const path of ['state/lists/partial', 'cache/archives/partial']) {
    await mkdir(join(folder, path), { recursive: true });
  }
  await writeFile(join(folder, 'status'), '');
  await writeFile(
    join(folder, 'sources.list'),
    `deb [arch=${architecture} signed-by=${keyring}] ${mirror} ${suite} ${component}\n`,
  );
  await writeFile(join(folder, 'apt.conf'), await configuration(run, folder, architecture));
  return { APT_CONFIG: join(folder, 'apt.conf') };
}

async function configuration(run: Run, folder: string, architecture: string): Promise<string> {
  const machine = (await run('apt-config', ['dump'])).split('\n');
  const takenOver = machine.filter((line) => TAKEN_OVER.test(line) && !NOT_TAKEN_OVER.test(line));
  // biome-ignore format: a table reads in columns
  const own: readonly (readonly [name: string, value: string])[] = [
    ['APT::Architecture',                             architecture],
    ['APT::Architectures::',                          architecture],
    ['APT::Get::AllowUnauthenticated',                'false'],
    ['Acquire::AllowInsecureRepositories',            'false'],
    ['Acquire::AllowWeakRepositories',                'false'],
    ['Acquire::AllowDowngradeToInsecureRepositories', 'false'],
    ['Acquire::Languages',                            'none'],
    ['Dir::State',                                    join(folder, 'state')],
    ['Dir::State::Lists',                             join(folder, 'state/lists')],
    ['Dir::State::status',                            join(folder, 'status')],
    ['Dir::Cache',                                    join(folder, 'cache')],
    ['Dir::Etc::SourceList',                          join(folder, 'sources.list')],
    ['Dir::Etc::SourceParts',                         '/dev/null'],
    ['Dir::Etc::Preferences',                         '/dev/null'],
    ['Dir::Etc::PreferencesParts',                    '/dev/null'],
    // apt reads this file first, then these two: the machine's own settings and hooks stay out.
    ['Dir::Etc::Main',                                '/dev/null'],
    ['Dir::Etc::Parts',                               '/dev/null'],
  ];
  return [...takenOver, ...own.map(([name, value]) => `${name} "${value}";`), ''].join('\n');
}
