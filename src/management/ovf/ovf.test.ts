// Packages: what is packed comes out again, other programs' packages are read, and whatever a stranger packs ends in one clear error.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HostError, SeededRandom } from '#lib';
import { Chain, checkDisk, copyDisk, createDisk, openSource } from '#storage';
import { readSettings, Vmx } from '#vmm';
import { exportVm } from './export-vm.ts';
import { importVm } from './import-vm.ts';
import { readDescriptor } from './read-descriptor.ts';
import { DISK_ITEM, descriptorOf, inPieces, manifestOf, member, tar } from './testing.ts';

const root = mkdtempSync(join(tmpdir(), 'vmkernel-ovf-test-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const scratch = () => {
  const path = join(root, String(folders++));
  mkdirSync(path);
  return path;
};
const quiet = { progress: () => {}, stop: new AbortController().signal };
const NOW_MS = 1_700_000_000_000;
const DISK_BYTES = 3 * 2 ** 20 + 512 * 7;

/** A disk with some bytes on it, and those. */
function makeDisk(path: string, seed: number, sizeBytes = DISK_BYTES): Uint8Array {
  const random = new SeededRandom(seed);
  const content = new Uint8Array(sizeBytes);
  createDisk({ path, sizeBytes, format: 'thin' });
  const chain = Chain.open(path, { use: 'write' });
  for (let i = 0; i < 20; i++) {
    const bytes = new Uint8Array(512 * (1 + random.below(40)));
    random.fill(bytes);
    const at = 512 * random.below((sizeBytes - bytes.length) / 512);
    chain.write([bytes], at);
    content.set(bytes, at);
  }
  chain.flush();
  chain.close();
  return content;
}

function contentOf(path: string): Uint8Array {
  const source = openSource(path);
  const bytes = new Uint8Array(source.sizeBytes);
  source.read([bytes], 0);
  source.close();
  return bytes;
}

function makeVm() {
  const folder = scratch();
  const contents = ['web.vmdk', 'web_1.vmdk'].map((name, i) => makeDisk(join(folder, name), i));
  writeFileSync(join(folder, 'u-boot.bin'), 'firmware');
  const vmx = Vmx.of([
    ['displayName', 'web'],
    ['annotation', 'two lines\n<&"of text">'],
    ['guestOS', 'debian13-64'],
    ['memSize', '1024'],
    ['numvcpus', '4'],
    ['sched.cpu.shares', 'high'],
    ['sched.mem.min', '256'],
    ['scsi0.present', 'TRUE'],
    ['scsi0.virtualDev', 'pvscsi'],
    ['scsi0:0.fileName', 'web.vmdk'],
    ['scsi0:3.present', 'TRUE'],
    ['scsi0:3.fileName', 'web_1.vmdk'],
    ['ide1:0.present', 'TRUE'],
    ['ide1:0.deviceType', 'atapi-cdrom'],
    ['ethernet0.present', 'TRUE'],
    ['ethernet0.networkName', 'Büro & Co'],
    ['ethernet0.virtualDev', 'e1000e'],
    ['riscv.firmware', 'u-boot.bin'],
    ['riscv.append', 'a="b" c\td'],
    ['guestinfo.role', 'front|end'],
    ['uuid.bios', '56 4d 00 00 00 00 00 00-00 00 00 00 00 00 00 01'],
    ['firmware', 'efi'],
  ]);
  return { folder, vmx, contents, resolve: (name: string) => join(folder, name) };
}

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
    assert.equal(again.get('sched.cpu.shares'), '2000');
    assert.equal(again.get('scsi0:3.fileName'), 'again_1.vmdk');
    assert.equal(again.get('displayName'), 'again');
    assert.notEqual(again.get('uuid.bios'), vmx.get('uuid.bios'));
    const settings = readSettings(again);
    assert.ok(!('reason' in settings) && settings.disks.length === 2 && settings.nics.length === 1);
  });
}

test('exportVm: tar and sha256sum agree with what is written, and its descriptor tells how long each file is', async () => {
  const { vmx, resolve } = makeVm();
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
  for (const { href, sizeBytes } of package_.files) assert.equal(sizeBytes, statSync(join(out, href)).size);
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

/** What other programs make: a disk of theirs in a package of one disk. */
async function strangers(format: 'streamOptimized' | 'monolithicSparse' | 'raw') {
  const folder = scratch();
  const content = makeDisk(join(folder, 'a.vmdk'), 5);
  const image = join(folder, format === 'raw' ? 'b.img' : 'b.vmdk');
  await copyDisk({ from: join(folder, 'a.vmdk'), to: image, format });
  return { content, image: readFileSync(image) };
}

const FILE = (href: string, size: number | string, more = '') =>
  `<File ovf:href="${href}" ovf:id="f1" ovf:size="${size}" ${more}/>`;
const DISK = (more = '', capacity: number | string = DISK_BYTES) =>
  `<Disk ovf:capacity="${capacity}" ovf:diskId="d1" ovf:fileRef="f1" ${more}/>`;

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

test('importVm: whatever is wrong with a package is said in one line, and nothing is left', async () => {
  const { image } = await strangers('streamOptimized');
  const { image: raw } = await strangers('raw');
  const good = { files: FILE('d.vmdk', image.length), disks: DISK(), hardware: DISK_ITEM('d1', 0) };
  const ovf = (change: Parameters<typeof descriptorOf>[0]) =>
    Buffer.from(descriptorOf({ ...good, ...change }));
  const whole = (descriptor: Buffer) => tar(['b.ovf', descriptor], ['d.vmdk', image]);
  const child = Buffer.from(image);
  child.set(Buffer.from('parentCID=00000001'), child.indexOf('parentCID=ffffffff'));
  const secret = Buffer.from(
    '# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 8 FLAT "../../../etc/passwd" 0\n',
  );
  const extra = (key: string, value: string) => ({
    hardware: `${good.hardware}<vmw:ExtraConfig vmw:key="${key}" vmw:value="${value}"/>`,
  });
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [Buffer.alloc(0), /it ends before its end mark/],
    [Buffer.alloc(1024), /it is empty/],
    [Buffer.from('x'.repeat(2000)), /it is no tar archive: a header has no number/],
    [tar(['d.vmdk', image]), /begins with "d.vmdk", not with its descriptor/],
    [tar(['b.ovf', ovf({})]), /"d.vmdk" is not in it/],
    [tar(['b.ovf', ovf({})], ['d.vmdk', image], ['d.vmdk', image]), /"d.vmdk" comes twice/],
    [tar(['b.ovf', ovf({})], ['e.vmdk', image]), /does not have "e.vmdk"/],
    [tar(['b.ovf', ovf({})], ['../d.vmdk', image]), /"..\/d.vmdk" cannot be the name of a file/],
    [tar(['b.ovf', ovf({})], ['/etc/cron.d/x', image]), /cannot be the name of a file/],
    [
      Buffer.concat([
        member('b.ovf', ovf({})),
        member('d.vmdk', Buffer.alloc(0), 0, '2'),
        Buffer.alloc(1024),
      ]),
      /is no file in it/,
    ],
    [
      Buffer.concat([member('b.ovf', ovf({})), member('d.vmdk', image, 2 ** 32)]),
      /4294967296 bytes, and its descriptor says/,
    ],
    [
      Buffer.concat([
        member('b.ovf', ovf({ files: FILE('d.vmdk', 8 ** 11 - 1) })),
        member('d.vmdk', image, 8 ** 11 - 1),
      ]),
      /(?:there is room for|it ends within)/,
    ],
    [whole(ovf({})).subarray(0, 9000), /it ends within "d.vmdk"/],
    [Buffer.concat([member('b.ovf', ovf({}), 5 * 2 ** 20)]), /"b.ovf" has 5242880 bytes, more than 4 MiB/],
    [
      tar(
        ['b.ovf', ovf({})],
        [
          'b.mf',
          manifestOf([
            ['b.ovf', ovf({})],
            ['d.vmdk', Buffer.from('other')],
          ]),
        ],
        ['d.vmdk', image],
      ),
      /"d.vmdk" is not as it was packed: its SHA256 is/,
    ],
    [
      tar(['b.ovf', ovf({})], ['b.mf', manifestOf([['b.ovf', ovf({})]])], ['d.vmdk', image]),
      /its manifest does not have "d.vmdk"/,
    ],
    [
      tar(
        ['b.ovf', ovf({})],
        ['d.vmdk', image],
        [
          'b.mf',
          manifestOf([
            ['b.ovf', ovf({})],
            ['d.vmdk', image],
            ['e', image],
          ]),
        ],
      ),
      /its manifest has "e", which is not there/,
    ],
    [
      tar(['b.ovf', ovf({})], ['b.mf', Buffer.from('MD5(b.ovf)= 00\n')], ['d.vmdk', image]),
      /line 1 of the manifest/,
    ],
    [whole(ovf({ disks: DISK('', 512) })), /is a disk of \d+ bytes, and its descriptor says 512/],
    [whole(ovf({ disks: DISK('', 2 ** 60) })), /has the capacity/],
    [whole(ovf({ disks: DISK('', '${size}') })), /has the capacity "\$\{size\}"/],
    [whole(ovf({ disks: DISK('ovf:parentRef="d0"') })), /built on another one/],
    [whole(ovf({ disks: DISK().repeat(2) })), /the disk id "d1" comes twice/],
    [whole(ovf({ files: FILE('../../etc/passwd', image.length) })), /cannot be the name of a file/],
    [whole(ovf({ files: FILE('https://example.com/d.vmdk', image.length) })), /is a URL/],
    [whole(ovf({ files: FILE('d.vmdk', image.length).repeat(2) })), /the file id "f1" comes twice/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:compression="lzma"') })), /compressed by "lzma"/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:compression="gzip"') })), /cannot be decompressed/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:chunkSize="100"') })), /in chunks/],
    [whole(ovf({ hardware: DISK_ITEM('d9', 0) })), /is on disk "d9", which is not in the package/],
    [whole(ovf({ hardware: DISK_ITEM('d1', 0) + DISK_ITEM('d1', 1) })), /plugged in twice/],
    [
      whole(ovf({ hardware: DISK_ITEM('d1', 0).replace('Parent>3', 'Parent>77') })),
      /on controller "77", which is not there/,
    ],
    [
      whole(
        ovf({
          hardware:
            '<Item><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>-1</rasd:VirtualQuantity></Item>',
        }),
      ),
      /has the quantity "-1"/,
    ],
    [
      whole(
        ovf({
          hardware:
            '<Item><rasd:AllocationUnits>GigaBytes</rasd:AllocationUnits><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>640</rasd:VirtualQuantity></Item>',
        }),
      ),
      /cannot be had here: memSize: "655360"/,
    ],
    [
      whole(ovf({ hardware: '<Item><rasd:ResourceType>999</rasd:ResourceType></Item>' })),
      /\(type 999\) is not known here/,
    ],
    [
      whole(ovf({ more: '<FancySection><Info/></FancySection>' })),
      /<FancySection> is required, and not known here/,
    ],
    [whole(ovf({ more: '<VirtualSystem ovf:id="b"/>' })), /it has 2 machines/],
    [
      whole(ovf(extra('riscv.kernel', '/etc/shadow'))),
      /"riscv.kernel" is "\/etc\/shadow", which is no file of the package/,
    ],
    [whole(ovf(extra('a b', 'x'))), /has the key "a b"/],
    [whole(Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><Envelope/>')), /is no XML: a document type/],
    [whole(Buffer.from('<Envelope>'.repeat(100))), /nested too deeply/],
    [whole(Buffer.from('not xml')), /is no XML/],
    [
      tar(['b.ovf', ovf({ files: FILE('d.vmdk', child.length) })], ['d.vmdk', child]),
      /"d.vmdk": it is built on another disk/,
    ],
    [
      tar(['b.ovf', ovf({ files: FILE('d.vmdk', secret.length) })], ['d.vmdk', secret]),
      /"d.vmdk": it is a descriptor that names other files/,
    ],
    [
      tar(
        [
          'b.ovf',
          ovf({
            files: FILE('d.vmdk', raw.length),
            disks: DISK('ovf:format="http://www.vmware.com/specifications/vmdk.html#streamOptimized"'),
          }),
        ],
        ['d.vmdk', raw],
      ),
      /"d.vmdk" is no VMDK/,
    ],
  ];
  for (const [ova, message] of cases) {
    const parent = scratch();
    await assert.rejects(
      importVm({ path: 'x.ova', input: inPieces(ova), parent, network, ...quiet }),
      (error: unknown) => {
        assert.ok(error instanceof HostError, String((error as Error).stack));
        assert.match(error.message, message);
        return true;
      },
    );
    assert.deepEqual(readdirSync(parent), [], String(message));
  }
});

test('importVm: a tar archive without end is refused at its first stranger, not read on', async () => {
  const { image } = await strangers('streamOptimized');
  let taken = 0;
  // biome-ignore lint/suspicious/useAwait: a stream
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield member('b.ovf', Buffer.from(descriptorOf({ files: FILE('d.vmdk', image.length), disks: DISK() })));
    yield member('d.vmdk', image);
    for (;;) yield member(`x${taken++}`, new Uint8Array(512));
  }
  const parent = scratch();
  await assert.rejects(
    importVm({ path: 'x.ova', input: endless(), parent, network, ...quiet }),
    /does not have "x0"/,
  );
  assert.ok(taken < 3);
  assert.deepEqual(readdirSync(parent), []);
});

test('importVm: a name that is taken, one that is none, and a folder of a process that died', async () => {
  const { vmx, resolve } = makeVm();
  const target = scratch();
  const to = join(target, 'web.ova');
  await exportVm({ vmx, name: 'web', resolve, to, isOva: true, nowMs: NOW_MS, ...quiet });
  const parent = scratch();
  mkdirSync(join(parent, 'web'));
  mkdirSync(join(parent, '.import-4194304-00'), { recursive: true });
  mkdirSync(join(parent, `.import-${process.pid}-00`));
  const input = () => createReadStream(to);
  await assert.rejects(
    importVm({ path: to, parent, network, input: input(), ...quiet }),
    /There is a VM "web" already/,
  );
  await assert.rejects(
    importVm({ path: to, parent, name: '../x', network, input: input(), ...quiet }),
    /cannot be the name of a VM/,
  );
  assert.deepEqual(readdirSync(parent).toSorted(), [`.import-${process.pid}-00`, 'web']);
});

test('importVm: packages that chance has damaged are read or refused, and never anything else', async () => {
  const { image } = await strangers('streamOptimized');
  const descriptor = Buffer.from(
    descriptorOf({ files: FILE('d.vmdk', image.length), disks: DISK(), hardware: DISK_ITEM('d1', 0) }),
  );
  const files = [
    ['b.ovf', descriptor],
    ['d.vmdk', image],
  ] as const;
  const ova = tar(files[0], ['b.mf', manifestOf(files)], files[1]);
  const random = new SeededRandom(55);
  let refused = 0;
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(ova.subarray(0, random.below(4) === 0 ? random.below(ova.length) : ova.length));
    const end = random.below(2) === 0 ? bytes.length : Math.min(bytes.length, 6000);
    const changes = end === 0 ? 0 : random.below(6);
    for (let i = 0; i < changes; i++) bytes[random.below(end)] = random.below(256);
    const parent = scratch();
    try {
      await importVm({
        path: 'x.ova',
        input: inPieces(bytes, 1 + random.below(5000)),
        parent,
        network,
        ...quiet,
      });
    } catch (error) {
      assert.ok(error instanceof HostError, `round ${round}: ${String((error as Error).stack)}`);
      assert.deepEqual(readdirSync(parent), []);
      refused++;
    }
    rmSync(parent, { recursive: true });
  }
  assert.ok(refused > 15, `${refused} refused`);
});

test('readDescriptor: descriptors that chance has changed are read or refused', () => {
  const descriptor = descriptorOf({
    files: FILE('d.vmdk', 100),
    disks: DISK(),
    hardware: DISK_ITEM('d1', 0),
  });
  const words = [...new Set(descriptor.match(/[\w:]+|[<>"/=]/g))];
  const random = new SeededRandom(56);
  for (let round = 0; round < 600; round++) {
    let text = descriptor;
    for (let i = 0; i <= random.below(3); i++) {
      const at = random.below(text.length);
      const word = words[random.below(words.length)] as string;
      text = text.slice(0, at) + word + text.slice(at + random.below(12));
    }
    try {
      readDescriptor(text, 'x.ovf');
    } catch (error) {
      assert.ok(error instanceof HostError && error.code === 'ovf-bad', String((error as Error).stack));
    }
  }
});
