// Tests of the package manager: what is installed, what is refused and leaves nothing behind, and what the next boot has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { bootFrom, type MemoryDisk, makeKey, makeVib, memoryDisk, trust } from '../boot/testing.ts';
import { writeBundle } from './bundle.ts';

const key = makeKey();
const COMMUNITY = { acceptance: 'CommunitySupported' } as const;

function rig() {
  const disk = memoryDisk();
  const host = bootFrom(disk);
  trust(host.files, key);
  const put = (name: string, bytes: Uint8Array) => {
    host.files.write(`/tmp/${name}`, bytes);
    return `/tmp/${name}`;
  };
  return { disk, ...host, put };
}

/** All that is in the banks and under /opt. */
function picture({ disk, files }: { disk: MemoryDisk; files: ReturnType<typeof rig>['files'] }): string {
  return JSON.stringify([[...disk.files.keys()].sort(), files.list('/opt'), files.list('/var/db/esximg')]);
}

test('install: a package that may is live at once, and there after the next boot', () => {
  const { disk, packages, files, put, log, keeper } = rig();
  const vib = makeVib(
    'tool',
    '1.0-2',
    key,
    {},
    { 'usr/lib/vmware/services/tool.json': '{}', 'etc/tool.conf': 'x' },
  );
  const result = packages.install([put('a.vib', vib)], 'install');
  assert.deepEqual(result, {
    message: 'Operation finished successfully.',
    rebootRequired: false,
    installed: ['Partner_bootbank_tool_1.0-2'],
    removed: [],
    skipped: [],
  });
  assert.equal(files.readText('/usr/lib/vmware/services/tool.json'), '{}');
  assert.ok(log.includes('live change'));
  assert.equal(packages.find('tool').signer, 'a partner');
  files.write('/etc/tool.conf', 'mine');
  keeper.stop();
  const next = bootFrom(disk);
  assert.equal(next.files.readText('/opt/tool/version'), '1.0-2');
  assert.equal(next.files.readText('/etc/tool.conf'), 'mine');
  assert.match(
    next.files.readText('/var/db/esximg/vibs/Partner_bootbank_tool_1.0-2.xml'),
    /<name>tool<\/name>/,
  );
  assert.equal(next.packages.find('tool').signer, 'a partner');
});

test('install, update, remove: same and older versions are skipped, the new one takes the place', () => {
  const { packages, files, put } = rig();
  const [one, two, ten] = ['1.2', '1.2.1', '1.10'].map((version) =>
    put(version, makeVib('tool', version, key)),
  );
  assert.ok(one !== undefined && two !== undefined && ten !== undefined);
  assert.deepEqual(packages.install([ten], 'update').skipped, ['Partner_bootbank_tool_1.10']);
  packages.install([two], 'install');
  assert.deepEqual(packages.install([one], 'update').skipped, ['Partner_bootbank_tool_1.2']);
  assert.equal(packages.install([two], 'install').message, 'Host is not changed.');
  const result = packages.install([ten], 'update');
  assert.deepEqual(
    [result.installed, result.removed],
    [['Partner_bootbank_tool_1.10'], ['Partner_bootbank_tool_1.2.1']],
  );
  assert.equal(files.readText('/opt/tool/version'), '1.10');
  assert.equal(packages.install([one], 'install').installed[0], 'Partner_bootbank_tool_1.2');
  assert.deepEqual(packages.remove(['tool']).removed, ['Partner_bootbank_tool_1.2']);
  assert.equal(files.exists('/opt/tool'), false);
  assert.throws(() => packages.remove(['tool']), /there is no package "tool"/);
  assert.throws(() => packages.remove(['vmkernel']), /is the program itself/);
});

test('install: what needs a reboot says so, and waits for it; a second one joins it', () => {
  const { disk, packages, files, put } = rig();
  const vib = (name: string) => put(name, makeVib(name, '1.0', key, { liveInstall: name !== 'kernel' }));
  assert.equal(packages.install([vib('kernel')], 'install').rebootRequired, true);
  assert.equal(files.exists('/opt/kernel'), false);
  assert.deepEqual(packages.image.packages, []);
  // It may be live, but it comes on top of what waits.
  assert.equal(packages.install([vib('tool')], 'install').rebootRequired, true);
  assert.deepEqual(
    packages.rebootImage?.packages.map(({ vib: { descriptor } }) => descriptor.name),
    ['kernel', 'tool'],
  );
  const next = bootFrom(disk);
  assert.deepEqual([next.files.exists('/opt/kernel'), next.files.exists('/opt/tool')], [true, true]);
  assert.equal(next.packages.rebootImage, undefined);
});

test('install: a dry run says what would be, and changes nothing', () => {
  const { disk, packages, files, put } = rig();
  const path = put('a.vib', makeVib('tool', '1.0', key, { liveInstall: false }));
  const before = picture({ disk, files });
  const result = packages.install([path], 'install', { dryRun: true });
  assert.deepEqual([result.message, result.rebootRequired], ['Dryrun only, host not changed.', true]);
  assert.deepEqual(result.installed, ['Partner_bootbank_tool_1.0']);
  assert.equal(picture({ disk, files }), before);
});

const stranger = makeKey();
// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [what: string, vib: Uint8Array, complaint: RegExp])[] = [
  ['unsigned',           makeVib('tool', '1.0'),                                              /it is not signed/],
  ['signed by a stranger', makeVib('tool', '1.0', stranger),                                  /the key [0-9a-f]{16} that signed it is not trusted/],
  ['above its key',      makeVib('tool', '1.0', key, { acceptance: 'VMwareCertified' }),      /key "a partner" signs no higher than PartnerSupported/],
  ['below the host',     makeVib('tool', '1.0', key, COMMUNITY),                              /it is CommunitySupported, and the host accepts PartnerSupported and better/],
  ['of a missing need',  makeVib('tool', '1.0', key, { depends: [{ name: 'lib', relation: '>=', version: '2.0' }] }), /package "tool" needs "lib >= 2.0"/],
  ['of a conflict',      makeVib('tool', '1.0', key, { conflicts: [{ name: 'vmkernel' }] }),  /cannot be with "vmkernel"/],
  ['for maintenance',    makeVib('tool', '1.0', key, { maintenanceMode: true }),              /must be in maintenance mode/],
  ['no archive',         new Uint8Array(100),                                                 /it is no ar archive/],
];

for (const [what, vib, complaint] of REFUSED) {
  test(`install: a package that is ${what} is refused and leaves nothing behind`, () => {
    const { disk, packages, files, put } = rig();
    const path = put('a.vib', vib);
    const before = picture({ disk, files });
    assert.throws(() => packages.install([path], 'install'), complaint);
    assert.equal(picture({ disk, files }), before);
  });
}

test('install: a package that is damaged anywhere is refused', () => {
  const { disk, packages, files, put } = rig();
  const whole = makeVib('tool', '1.0', key, {}, { 'opt/tool/big': 'text '.repeat(3000) });
  const before = picture({ disk, files });
  const random = new SeededRandom(31);
  let refused = 0;
  for (let i = 0; i < 600; i++) {
    const damaged = whole.slice(0, random.below(4) === 0 ? random.below(whole.length) : whole.length);
    const at = random.below(damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 + random.below(255));
    try {
      packages.install([put('a.vib', damaged)], 'install', { dryRun: true });
      // The times and owners of ar headers mean nothing.
      assert.ok(at < whole.length && isUnused(whole, at), `byte ${at}`);
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'package-refused', String(error));
      refused++;
    }
  }
  assert.ok(refused > 500);
  assert.equal(picture({ disk, files }), before);
});

/** Whether a byte lies in a header's time, owner, group or mode, or pads a member. */
function isUnused(vib: Uint8Array, at: number): boolean {
  const text = new TextDecoder('latin1').decode(vib);
  const starts = [...text.matchAll(/.{16}.{32}\d+ *`\n/g)].map((match) => match.index);
  return starts.some((start) => at >= start + 16 && at < start + 48) || text[at] === '\n';
}

test('noSignatureCheck takes what nobody signed', () => {
  const { packages, put } = rig();
  packages.install([put('a.vib', makeVib('tool', '1.0', undefined, COMMUNITY))], 'install', {
    noSignatureCheck: true,
  });
  assert.equal(packages.find('tool').signer, '');
  assert.throws(() => {
    packages.acceptanceLevel = 'PartnerSupported';
  }, /package "tool" is CommunitySupported, which is below PartnerSupported/);
  packages.acceptanceLevel = 'CommunitySupported';
  assert.equal(packages.acceptanceLevel, 'CommunitySupported');
});

test('profiles: a host becomes what the profile says, or takes what is newer', () => {
  const { packages, files, put } = rig();
  packages.install(
    [put('old', makeVib('old', '1.0', key)), put('tool', makeVib('tool', '1.0', key))],
    'install',
  );
  const bundle = writeBundle({
    name: 'standard',
    vendor: 'Partner',
    packages: [
      { name: 'vibs/tool.vib', bytes: makeVib('tool', '2.0', key) },
      { name: 'vibs/more.vib', bytes: makeVib('more', '1.0', key) },
    ],
  });
  const path = put('bundle.tgz', bundle);
  assert.throws(() => packages.installProfile(path, 'other', 'update'), /no profile "other", but "standard"/);
  assert.deepEqual(packages.installProfile(path, 'standard', 'update').installed, [
    'Partner_bootbank_tool_2.0',
  ]);
  const { installed, removed } = packages.installProfile(path, 'standard', 'replace');
  assert.deepEqual([installed, removed], [['Partner_bootbank_more_1.0'], ['Partner_bootbank_old_1.0']]);
  assert.equal(packages.image.name, 'standard');
  assert.deepEqual(
    files.list('/opt').map(({ name }) => name),
    ['more', 'tool'],
  );
});
