// Packages: what is packed comes out again, and other programs' packages are read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { checkDisk, openSource } from '#storage';
import { readSettings, Vmx } from '#vmm';
import { exportVm } from './export-vm.ts';
import { importVm } from './import-vm.ts';
import { readDescriptor } from './read-descriptor.ts';
import { DISK_ITEM, descriptorOf, inPieces, manifestOf, tar } from './testing.ts';
import {
  contentOf,
  DISK,
  DISK_BYTES,
  FILE,
  makeVm,
  NOW_MS,
  quiet,
  scratch,
  strangers,
} from './testing-disks.ts';

const network = (name: string) => name;

for (const isOva of [true, false]) {
  test(`exportVm, importVm: a VM comes out of ${isOva ? 'an OVA' : 'a folder'} as it was packed`, async () => {
    const { vmx, resolve, contents } = makeVm();
    const target = scratch();
    const to = join(target, isOva ? 'web.ova' : 'web');
    const made = await exportVm({ vmx, name: 'web', resolve, to, isOva, nowMs: NOW_MS, ...quiet });
    assert.deepEqual(
      made.files.map(({ name }) => name),
      ['web.ovf', 'web-disk1.vmdk', 'web-disk2.vmdk', 'u-boot.bin'],
    );
    const parent = scratch();
    const given = isOva ? to : join(to, 'web.ovf');
    const { vmxPath, notes } = await importVm({ path: given, parent, name: 'again', network, ...quiet });
    assert.deepEqual(notes, []);
    assert.deepEqual(readdirSync(parent), ['again']);
    const folder = join(parent, 'again');
    assert.deepEqual(readdirSync(folder).toSorted(), [
      ...['again-flat.vmdk', 'again.vmdk', 'again.vmx', 'again_1-flat.vmdk', 'again_1.vmdk', 'u-boot.bin'],
    ]);
    for (const [i, name] of ['again.vmdk', 'again_1.vmdk'].entries()) {
      assert.ok(Buffer.from(contentOf(join(folder, name))).equals(contents[i] as Uint8Array), name);
      assert.deepEqual(checkDisk(join(folder, name)).errors, []);
    }
    assert.equal(readFileSync(join(folder, 'u-boot.bin'), 'utf8'), 'firmware');
    const again = Vmx.parse(readFileSync(vmxPath, 'utf8'));
    assert.ok(again instanceof Vmx);
    for (const key of [
      ...['annotation', 'guestOS', 'memSize', 'numvcpus', 'sched.mem.min', 'scsi0.virtualDev', 'firmware'],
      ...[
        'ethernet0.networkName',
        'ethernet0.virtualDev',
        'riscv.firmware',
        'riscv.append',
        'guestinfo.role',
      ],
    ])
      assert.equal(again.get(key), vmx.get(key), key);
    assert.equal(again.get('sched.cpu.shares'), '8000', 'high, of four vCPUs');
    assert.equal(again.get('sched.mem.shares'), '20480', 'high, of 1024 MiB');
    assert.equal(again.get('scsi0:3.fileName'), 'again_1.vmdk');
    assert.equal(again.get('displayName'), 'again');
    assert.notEqual(again.get('uuid.bios'), vmx.get('uuid.bios'));
    const settings = readSettings(again);
    assert.ok(!('reason' in settings) && settings.disks.length === 2 && settings.nics.length === 1);
  });
}

test('exportVm: tar and sha256sum agree with what is written, and its descriptor tells how long each file is', async () => {
  const { vmx, resolve } = makeVm();
  vmx.set('guestOS', 'rockylinux-64');
  const [target, out] = [scratch(), scratch()];
  const to = join(target, 'web.ova');
  await exportVm({ vmx, name: 'web', resolve, to, isOva: true, nowMs: NOW_MS, ...quiet });
  const listed = execFileSync('tar', ['tf', to], { encoding: 'utf8' });
  assert.equal(listed, 'web.ovf\nweb.mf\nweb-disk1.vmdk\nweb-disk2.vmdk\nu-boot.bin\n');
  execFileSync('tar', ['xf', to, '-C', out]);
  const sums = readFileSync(join(out, 'web.mf'), 'utf8').replace(/^SHA256\((.+)\)= (\w+)$/gm, '$2  $1');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet'], { cwd: out, input: sums });
  for (const name of ['web-disk1.vmdk', 'web-disk2.vmdk'])
    assert.deepEqual(checkDisk(join(out, name)).errors, []);
  const package_ = readDescriptor(readFileSync(join(out, 'web.ovf'), 'utf8'), 'web.ovf');
  assert.equal(package_.machine.osType, 'rockylinux_64Guest');
  for (const { href, sizeBytes } of package_.files) assert.equal(sizeBytes, statSync(join(out, href)).size);
});

test('exportVm, importVm: names that are longer than an archive can have are others in it', async () => {
  const { vmx, resolve, folder } = makeVm();
  const [name, booted] = ['界'.repeat(40), `${'k'.repeat(120)}.bin`];
  writeFileSync(join(folder, booted), 'firmware');
  vmx.set('riscv.firmware', booted);
  const [target, parent] = [scratch(), scratch()];
  const to = join(target, 'long.ova');
  await exportVm({ vmx, name, resolve, to, isOva: true, nowMs: NOW_MS, ...quiet });
  const listed = execFileSync('tar', ['tf', to], { encoding: 'utf8' });
  assert.equal(listed, 'vm.ovf\nvm.mf\nvm-disk1.vmdk\nvm-disk2.vmdk\nvm-file3.bin\n');
  const imported = await importVm({ path: to, parent, network, ...quiet });
  assert.equal(imported.name, name);
  assert.equal(readFileSync(join(parent, name, 'vm-file3.bin'), 'utf8'), 'firmware');
});

test('exportVm: what is booted and is no file is named, and what lies at the target stays', async () => {
  const { vmx, resolve, folder } = makeVm();
  const to = join(scratch(), 'x.ova');
  const pack = () => exportVm({ vmx, name: 'web', resolve, to, isOva: true, nowMs: NOW_MS, ...quiet });
  writeFileSync(to, 'mine');
  await assert.rejects(pack(), /there is one already/);
  assert.equal(readFileSync(to, 'utf8'), 'mine');
  rmSync(to);
  vmx.set('riscv.kernel', 'gone');
  await assert.rejects(pack(), /there is no such file/);
  execFileSync('mkfifo', [join(folder, 'gone')]);
  await assert.rejects(pack(), { code: 'file-not-regular' });
  assert.throws(() => statSync(to), { code: 'ENOENT' });
});

test('exportVm: broken off, or without a disk, it leaves nothing', async () => {
  const { vmx, resolve, folder } = makeVm();
  for (const isOva of [true, false]) {
    const target = scratch();
    const to = join(target, isOva ? 'web.ova' : 'web');
    const stop = new AbortController();
    const progress = () => stop.abort();
    await assert.rejects(
      exportVm({ vmx, name: 'web', resolve, to, isOva, nowMs: NOW_MS, progress, stop: stop.signal }),
    );
    assert.deepEqual(readdirSync(target), []);
  }
  rmSync(join(folder, 'web_1.vmdk'));
  const target = scratch();
  const to = join(target, 'x.ova');
  await assert.rejects(
    exportVm({ vmx, name: 'web', resolve, to, isOva: true, nowMs: NOW_MS, ...quiet }),
    /there is no such file/,
  );
  assert.deepEqual(readdirSync(target), []);
});

for (const [format, digest] of [
  ['streamOptimized', 'SHA1'],
  ['streamOptimized', 'SHA256'],
  ['monolithicSparse', 'SHA512'],
  ['raw', 'none'],
] as const) {
  test(`importVm: a package with a ${format} disk and a manifest by ${digest}, which may come last`, async () => {
    const { content, image } = await strangers(format);
    const descriptor = Buffer.from(
      descriptorOf({ files: FILE('d.vmdk', image.length), disks: DISK(), hardware: DISK_ITEM('d1', 1) }),
    );
    const files = [
      ['box.ovf', descriptor],
      ['d.vmdk', image],
    ] as const;
    const manifest = digest === 'none' ? [] : [['box.mf', manifestOf(files, digest)] as const];
    const ova = tar(...files, ...manifest);
    const parent = scratch();
    const { name } = await importVm({
      path: 'x.ova',
      input: inPieces(ova),
      parent,
      network: () => 'VM Network',
      ...quiet,
    });
    assert.equal(name, 'box');
    assert.ok(Buffer.from(contentOf(join(parent, 'box', 'box.vmdk'))).equals(content));
  });
}

test('importVm: a disk that is compressed by gzip, one that is empty, one that is larger than its image', async () => {
  const { content, image } = await strangers('streamOptimized');
  const packed = gzipSync(image);
  const files = FILE('d.vmdk.gz', packed.length, 'ovf:compression="gzip"');
  const disks = `${DISK('', DISK_BYTES * 2)}<Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="d2"/>`;
  const descriptor = descriptorOf({ files, disks, hardware: DISK_ITEM('d1', 0) + DISK_ITEM('d2', 7) });
  const parent = scratch();
  await importVm({
    path: 'x.ova',
    input: inPieces(tar(['b.ovf', Buffer.from(descriptor)], ['d.vmdk.gz', packed])),
    parent,
    network,
    ...quiet,
  });
  const first = contentOf(join(parent, 'box', 'box.vmdk'));
  assert.equal(first.length, DISK_BYTES * 2);
  assert.ok(Buffer.from(first.subarray(0, DISK_BYTES)).equals(content));
  assert.equal(openSource(join(parent, 'box', 'box_1.vmdk')).sizeBytes, 2 ** 30);
  const vmx = readFileSync(join(parent, 'box', 'box.vmx'), 'utf8');
  assert.match(vmx, /scsi0:1.fileName = "box_1.vmdk"/, 'unit 7 is the controller itself');
});
