// The commands on ramdisks and packages, on real ones.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HostFiles } from '#kernel';
import { ManualClock } from '#lib';
import {
  baseDescriptor,
  buildVib,
  chooseBank,
  firstImage,
  machineDisk,
  makeRoot,
  PACKAGE_BASE_FILES,
  PackageManager,
} from '#system';
import { run } from '../testing.ts';
import { ramdisksPort } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmkernel-esxcli-'));
after(() => rmSync(folder, { recursive: true }));

function host(name: string) {
  const home = { disk: machineDisk(), folder: join(folder, name) };
  const now = () => new Date('2026-11-26T01:02:03Z');
  const { bank } = chooseBank(home, firstImage('1.0', now()));
  const root = makeRoot(bank, { clock: new ManualClock(1n), baseFiles: [...PACKAGE_BASE_FILES] });
  const files = new HostFiles(root.vfs.view());
  const software = new PackageManager({
    ...{ home, bank, root, files, now },
    base: baseDescriptor('1.0'),
    inMaintenanceMode: () => false,
    onLiveChange: () => {},
    report: () => {},
  });
  return { files, esxcli: { software, ramdisks: ramdisksPort(root.ramdisks, root.layers) } };
}

function vib(version: string, liveInstall = true): Uint8Array {
  const bytes = buildVib({
    descriptor: { ...baseDescriptor(version), name: 'tool', acceptance: 'CommunitySupported', liveInstall },
    payloadName: 'files',
    entries: [
      {
        ...{ kind: 'file', path: 'opt/tool', mode: 0o755, uid: 0, gid: 0, mtimeSeconds: 0 },
        data: new TextEncoder().encode(version),
      },
    ],
  });
  assert.ok(typeof bytes !== 'string', String(bytes));
  return bytes;
}

test('esxcli system visorfs ramdisk: list as ESXi has it, add, remove', async () => {
  const { esxcli, files } = host('ramdisks');
  files.write('/tmp/x', new Uint8Array(10_000));
  const { output } = await run(esxcli, 'system visorfs ramdisk list');
  const lines = output.split('\n');
  assert.equal(
    lines[0]?.replaceAll(/ +/g, ' ').trim(),
    'Ramdisk Name System Include in Coredumps Reserved Maximum Used Peak Used Free Reserved Free Maximum Inodes Allocated Inodes Used Inodes Mount Point',
  );
  assert.match(
    output,
    /^tmp +false +false +2048 KiB +262144 KiB +12 KiB +12 KiB +99 % +99 % +8192 +32 +1 +\/tmp/m,
  );
  files.makeFolders('/scratch');
  const add = 'system visorfs ramdisk add -M 2 -m 1 -n own -p 0755 -t /scratch';
  assert.deepEqual(await run(esxcli, add), { output: '', error: '', status: 0 });
  assert.match((await run(esxcli, add)).error, /There is a ramdisk 'own' already/);
  assert.match((await run(esxcli, add.replace('-n own', '-n other'))).error, /Device or resource busy/);
  assert.match((await run(esxcli, add.replace('-M 2', '-M 0'))).error, /must not be below/);
  assert.match(
    (await run(esxcli, 'system visorfs ramdisk list')).output,
    /^own +false .* 2048 KiB .*\/scratch/m,
  );
  assert.equal((await run(esxcli, 'system visorfs ramdisk remove -t /scratch')).status, 0);
  assert.match((await run(esxcli, 'system visorfs ramdisk remove -t /etc')).error, /belongs to the system/);
  assert.match((await run(esxcli, 'system visorfs tardisk list')).output, /^base +true/m);
});

test('esxcli software: install, list, get, verify, update, remove', async () => {
  const { esxcli, files } = host('software');
  files.write('/tmp/tool.vib', vib('1.0-1'));
  const install = 'software vib install -v /tmp/tool.vib';
  assert.match((await run(esxcli, install)).error, /Cannot use package "\/tmp\/tool.vib": it is not signed/);
  assert.match((await run(esxcli, `${install}x`)).error, /Cannot read "\/tmp\/tool.vibx": No such file/);
  assert.equal(
    (await run(esxcli, `${install} --no-sig-check --dry-run`)).output,
    [
      'Installation Result',
      '   Message: Dryrun only, host not changed.',
      '   Reboot Required: false',
      '   VIBs Installed: VMkernel_bootbank_tool_1.0-1',
      '   VIBs Removed: ',
      '   VIBs Skipped: ',
      '',
    ].join('\n'),
  );
  assert.equal(files.exists('/opt/tool'), false);
  assert.equal((await run(esxcli, `${install} --no-sig-check`)).status, 0);
  assert.equal(files.readText('/opt/tool'), '1.0-1');
  assert.equal(
    (await run(esxcli, '--formatter=csv software vib list')).output,
    [
      'AcceptanceLevel,InstallDate,Name,Platforms,Vendor,Version,',
      'VMwareCertified,2026-11-26,vmkernel,host,VMkernel,1.0,',
      'CommunitySupported,2026-11-26,tool,host,VMkernel,1.0-1,',
      '',
    ].join('\n'),
  );
  assert.match((await run(esxcli, 'software vib get -n tool')).output, /^ {3}Live Install Allowed: true$/m);
  assert.match((await run(esxcli, 'software vib get -n none')).error, /No VIB matching 'none'/);
  assert.match((await run(esxcli, 'software vib signature verify')).output, /Failed: it is not signed/);
  assert.match((await run(esxcli, 'software profile get')).output, /^VMkernel-1.0-standard$/m);
  files.write('/tmp/tool.vib', vib('2.0', false));
  assert.match(
    (await run(esxcli, 'software vib update -v /tmp/tool.vib --no-sig-check')).output,
    /Reboot Required: true/,
  );
  assert.match((await run(esxcli, 'software vib list --rebooting-image')).output, /^tool +2.0/m);
  assert.match((await run(esxcli, 'software vib remove -n tool')).output, /Reboot Required: true/);
});

test('esxcli software acceptance: get and set; not above what is installed', async () => {
  const { esxcli, files } = host('acceptance');
  assert.equal((await run(esxcli, 'software acceptance get')).output, 'PartnerSupported\n');
  assert.equal(
    (await run(esxcli, 'software acceptance set --level=CommunitySupported')).output,
    "Host acceptance level changed to 'CommunitySupported'.\n",
  );
  files.write('/tmp/tool.vib', vib('1.0'));
  await run(esxcli, 'software vib install -v /tmp/tool.vib --no-sig-check');
  assert.match(
    (await run(esxcli, 'software acceptance set --level=PartnerSupported')).error,
    /"tool" is CommunitySupported, which is below PartnerSupported/,
  );
});
