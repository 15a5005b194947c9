// Tests of fetching through apt: which mirrors, what the private state keeps out, and the errors. No network.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HostError } from '#lib';
import { downloadedFraction, fetchPackages, parseControl } from './apt.ts';
import { configuredMirrors, debianKeyring, layOutApt } from './apt-private.ts';
import { type Run, runProgram } from './process.ts';

const TRIXIE = { suite: 'trixie', component: 'main', architecture: 'riscv64' };
const folder = mkdtempSync(join(tmpdir(), 'vmkernel-apt-test-'));
after(() => rmSync(folder, { recursive: true }));
const noApt = existsSync('/usr/bin/apt-get') ? false : 'this machine has no apt';

/** A machine whose programs answer from a table: the first words that match win. */
function machine(answers: Readonly<Record<string, string | Error>>): Run & { readonly calls: string[] } {
  const calls: string[] = [];
  const run: Run = (command, commandArguments) => {
    const line = [command, ...commandArguments].join(' ');
    calls.push(line);
    const key = Object.keys(answers).find((start) => line.startsWith(start));
    const answer = key === undefined ? '' : (answers[key] ?? '');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return Object.assign(run, { calls });
}

const failed = (reason: string) => new HostError('command-failed', { command: 'apt-get update', reason });

test('configuredMirrors: takes Debian mirrors only, each once, whatever their scheme', async () => {
  const run = machine({
    'apt-get indextargets': [
      'http://deb.example/debian/ bookworm main',
      'http://deb.example/debian/ bookworm-updates main',
      'http://deb.example/debian-security/ bookworm-security main',
      'mirror+file:/etc/apt/mirrors/debian.list trixie main',
      'https://packages.example/ nodistro main',
      'http://archive.example/ubuntu/ noble main',
      'https://deb.example/debian/ sid contrib',
      '',
    ].join('\n'),
  });
  assert.deepEqual(await configuredMirrors(run), [
    'http://deb.example/debian/',
    'mirror+file:/etc/apt/mirrors/debian.list',
  ]);
});

test('layOutApt: apt then knows our one source and keeps the machine’s proxy, and nothing else of it', {
  skip: noApt,
}, async () => {
  const run: Run = async (command, commandArguments, options) =>
    command === 'apt-config' && options === undefined
      ? 'Acquire::http::Proxy "http://proxy.example:3128";\nAcquire::AllowInsecureRepositories "1";\nAPT::Update::Post-Invoke:: "touch /tmp/x";\n'
      : runProgram(command, commandArguments, options);
  const env = await layOutApt(run, folder, 'http://deb.example/debian', '/keys.gpg', TRIXIE);
  const targets = await runProgram(
    'apt-get',
    ['indextargets', '--no-release-info', '--format', '$(REPO_URI) $(RELEASE) $(ARCHITECTURE)'],
    { env },
  );
  assert.match(targets, /^(?:http:\/\/deb\.example\/debian\/ trixie (?:riscv64|all)\n)+$/);
  const settings = await runProgram('apt-config', ['dump'], { env });
  assert.match(settings, /Acquire::http::Proxy "http:\/\/proxy\.example:3128";/);
  assert.match(settings, /Acquire::AllowInsecureRepositories "false";/);
  assert.doesNotMatch(settings, /Post-Invoke/);
  assert.ok(settings.includes(`Dir::State::lists "${folder}/state/lists`), settings);
});

test('fetchPackages: follows the metapackage and downloads by name, under the private state', async () => {
  const own = mkdtempSync(join(folder, 'fetch-'));
  const answers = machine({
    'apt-get indextargets': 'http://deb.example/debian/ trixie main\n',
    'apt-cache show --no-all-versions linux-image-riscv64':
      'Package: linux-image-riscv64\nVersion: 6.12.1-1\nDepends: linux-image-6.12.1+deb13-riscv64 (= 6.12.1-1)\n\nPackage: other\n',
    'apt-cache show --no-all-versions busybox-static': 'Package: busybox-static\nVersion: 1:1.37\n',
  });
  const run: Run = (command, commandArguments, options) => {
    if (commandArguments[0] === 'download') {
      assert.equal(options?.cwd, own);
      assert.equal(options?.env?.APT_CONFIG, join(own, 'apt.conf'));
      options?.onStatus?.('dlstatus:1:50:Retrieving\n');
      writeFileSync(join(own, `${commandArguments.at(-1)}.deb`), '');
    }
    return answers(command, commandArguments, options);
  };
  const reports: (string | number | undefined)[][] = [];
  const report = (activity: string, fraction?: number) => void reports.push([activity, fraction]);
  const fetched = await fetchPackages(['linux-image-riscv64', 'busybox-static'], TRIXIE, {
    run,
    report,
    folder: own,
  });
  assert.deepEqual(fetched, [
    {
      name: 'linux-image-6.12.1+deb13-riscv64',
      version: '6.12.1-1',
      path: join(own, 'linux-image-6.12.1+deb13-riscv64.deb'),
    },
    { name: 'busybox-static', version: '1:1.37', path: join(own, 'busybox-static.deb') },
  ]);
  assert.ok(
    reports.some(([activity, fraction]) => String(activity).startsWith('downloading') && fraction === 0.5),
  );
  assert.match(
    readFileSync(join(own, 'sources.list'), 'utf8'),
    /^deb \[arch=riscv64 signed-by=.*\] http:\/\/deb\.example\/debian\/ trixie main$/m,
  );
});

const FAILURES: readonly (readonly [
  what: string,
  answers: Record<string, string | Error>,
  message: RegExp,
])[] = [
  ['no apt', { 'apt-get indextargets': failed('this machine has no apt-get') }, /has no apt-get/],
  ['no Debian mirror', { 'apt-get indextargets': 'http://u.example/ noble main' }, /name no Debian mirror/],
  [
    'keys too old',
    {
      'apt-get indextargets': 'http://d.example/ sid main',
      'apt-get update': failed(
        "W: GPG error: NO_PUBKEY 123\nE: The repository 'x trixie InRelease' is not signed.",
      ),
    },
    /keyring is too old.*is not signed/,
  ],
  [
    'no network',
    {
      'apt-get indextargets': 'http://d.example/ sid main',
      'apt-get update': failed('E: Failed to fetch http://d.example/  Temporary failure resolving'),
    },
    /from http:\/\/d\.example\/: Failed to fetch/,
  ],
];

for (const [what, answers, message] of FAILURES) {
  test(`fetchPackages: ${what} is said, with the way out`, async () => {
    const tools = { run: machine(answers), report: () => {}, folder: mkdtempSync(join(folder, 'fail-')) };
    await assert.rejects(fetchPackages(['x'], TRIXIE, tools), (error: HostError) => {
      assert.equal(error.code, 'guest-unavailable');
      assert.match(error.message, message);
      assert.match(error.hint, /--kernel FILE --initrd FILE/);
      return true;
    });
  });
}

test('fetchPackages: tries the next mirror when one fails', async () => {
  const run = machine({
    'apt-get indextargets': 'http://a.example/ sid main\nhttp://b.example/ sid main\n',
    'apt-get update': failed('E: down'),
  });
  const tools = { run, report: () => {}, folder: mkdtempSync(join(folder, 'next-')) };
  await assert.rejects(
    fetchPackages(['x'], TRIXIE, tools),
    /from http:\/\/a\.example\/: down; from http:\/\/b\.example\/: down/,
  );
});

test('debianKeyring: the first there is; none is an error that names the package', async () => {
  const here = join(folder, 'keys');
  writeFileSync(here, '');
  assert.equal(await debianKeyring([join(folder, 'absent'), here]), here);
  await assert.rejects(debianKeyring([join(folder, 'absent')]), /debian-archive-keyring/);
});

test('parseControl, downloadedFraction: read what apt says', () => {
  assert.deepEqual(parseControl('A: b\nDescription: c\n more: text\n\nA: d\n'), { A: 'b', Description: 'c' });
  assert.equal(downloadedFraction('dlstatus:1:10.5:x\ndlstatus:1:42:y\n'), 0.42);
  assert.equal(downloadedFraction('pmstatus:x'), undefined);
});
