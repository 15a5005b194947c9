// Packages of strangers: whatever they hold ends in one clear error, and nothing is left of them.
import assert from 'node:assert/strict';
import { createReadStream, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { exportVm } from './export-vm.ts';
import { importVm } from './import-vm.ts';
import { readDescriptor } from './read-descriptor.ts';
import { DISK_ITEM, descriptorOf, inPieces, manifestOf, member, tar } from './testing.ts';
import { DISK, FILE, makeVm, NOW_MS, quiet, scratch, strangers } from './testing-disks.ts';

const network = (name: string) => name;

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
    '# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 8 FLAT "passwd" 0\n',
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
    [whole(ovf({ disks: DISK().repeat(513) })), /it has more than 512 disks/],
    [whole(ovf({ files: FILE('../../etc/passwd', image.length) })), /cannot be the name of a file/],
    [whole(ovf({ files: FILE('https://example.com/d.vmdk', image.length) })), /is a URL/],
    [whole(ovf({ files: FILE('d.vmdk', image.length).repeat(2) })), /the file id "f1" comes twice/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:compression="lzma"') })), /compressed by "lzma"/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:compression="gzip"') })), /cannot be decompressed/],
    [whole(ovf({ files: FILE('d.vmdk', image.length, 'ovf:chunkSize="100"') })), /in chunks/],
    [whole(ovf({ hardware: DISK_ITEM('d9', 0) })), /is on disk "d9", which is not in the package/],
    [whole(ovf({ hardware: DISK_ITEM('d1', 0) + DISK_ITEM('d1', 1) })), /plugged in twice/],
    [
      whole(
        ovf({
          hardware: `<Item><rasd:Address>2</rasd:Address><rasd:InstanceID>5</rasd:InstanceID><rasd:ResourceType>5</rasd:ResourceType></Item>${DISK_ITEM('d1', 0).replace('Parent>3', 'Parent>5')}`,
        }),
      ),
      /there is no place for ".*" on ide2/,
    ],
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
      /"d.vmdk": it (?:is built on another disk|has a parentCID)/,
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

test('importVm: a file of a folder that cannot be read is named', async () => {
  const [folder, parent] = [scratch(), scratch()];
  const path = join(folder, 'b.ovf');
  const disk = { files: FILE('d.vmdk', 0), disks: DISK(), hardware: DISK_ITEM('d1', 0) };
  const descriptor = Buffer.from(descriptorOf(disk));
  writeFileSync(path, descriptor);
  writeFileSync(join(folder, 'd.vmdk'), '');
  const files = [
    ['b.ovf', descriptor],
    ['d.vmdk', Buffer.alloc(0)],
  ] as const;
  writeFileSync(join(folder, 'b.mf'), manifestOf(files));
  for (const name of ['d.vmdk', 'b.mf', 'b.ovf']) {
    rmSync(join(folder, name));
    // It can be opened and not be read, even by root.
    symlinkSync('/proc/self/mem', join(folder, name));
    await assert.rejects(importVm({ path, parent, network, ...quiet }), (error) => {
      assert.ok(error instanceof HostError && error.code === 'file-io', String(error));
      assert.equal(error.details.path, join(folder, name));
      return true;
    });
    assert.deepEqual(readdirSync(parent), []);
  }
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
