// What a guest's driver finds of a virtio disk, and does with it: a queue for each CPU, its serial number, discards that give
// space back, zeroes that are not sent, and a disk that becomes larger while it is in use.
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, defaultGuest, writeCpio, writeExecArchive } from '#guest';
import { openSource } from '#storage';
import { asm, load32, program, X } from '../../src/vmm/testing.ts';
import { dialogue, TestHost } from './host.ts';
import { writeElf } from './qemu-user/elf.ts';

const MIB = 2 ** 20;
const SIZE = 16 * MIB;
const GROWN = 24 * MIB;
const ADDRESS = 0x1_0000;
/** Source: linux/fs.h, the system call table of RISC-V Linux. */
const IOCTL = { discard: 0x1277, zeroOut: 0x127f } as const;
const CALL = { openat: 56, ioctl: 29, exit: 93 } as const;
const AT_FDCWD = -100;
const O_RDWR = 2;
const STAT_BLOCK_BYTES = 512;

/** A program that asks a block device to do something to a span of it; its status is 0 when that was done. */
function blockProgram(request: number, start: number, length: number): Uint8Array {
  const data = 256;
  const code = program(
    ...[
      asm.addi(X.a0, X.zero, AT_FDCWD),
      ...load32(X.a1, ADDRESS + data + 16),
      asm.addi(X.a2, X.zero, O_RDWR),
    ],
    ...[asm.addi(X.a7, X.zero, CALL.openat), asm.ecall],
    ...[...load32(X.a1, request), ...load32(X.a2, ADDRESS + data)],
    ...[asm.addi(X.a7, X.zero, CALL.ioctl), asm.ecall],
    ...[asm.addi(X.a7, X.zero, CALL.exit), asm.ecall],
  );
  const image = new Uint8Array(data + 32);
  image.set(code);
  const view = new DataView(image.buffer);
  view.setBigUint64(data, BigInt(start), true);
  view.setBigUint64(data + 8, BigInt(length), true);
  image.set(new TextEncoder().encode('/dev/vda'), data + 16);
  return writeElf(image, BigInt(ADDRESS), BigInt(ADDRESS));
}

/** The disk is full of the letter x; 4 … 8 MiB are discarded, 10 … 11 MiB made zeroes; later its last MiB is written. */
const SCRIPT = `
modprobe -q virtio_blk
echo "queues: $(ls /sys/block/vda/mq | wc -l), serial: $(cat /sys/block/vda/serial), sectors: $(cat /sys/block/vda/size)."
tr '\\0' x </dev/zero | head -c ${SIZE} >/tmp/x
dd if=/tmp/x of=/dev/vda bs=1M conv=fsync 2>/dev/null && echo "it is full."
read line
/discard && echo "discarded."
/zero && echo "made zeroes."
echo 3 >/proc/sys/vm/drop_caches
for at in 0 3 4 7 8 9 10 11 15; do
  dd if=/dev/vda bs=1M skip=$at count=1 2>/dev/null | tr -d '\\0' | wc -c
done | tr '\\n' ' '
echo "letters."
until [ "$(cat /sys/block/vda/size)" = ${GROWN / 512} ]; do :; done
head -c ${MIB} /tmp/x | dd of=/dev/vda bs=1M seek=${GROWN / MIB - 1} conv=fsync 2>/dev/null && echo "its new end is written."
`;

test('a virtio disk: queues, serial number, discard, write zeroes, growing while it is used', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  const programs = join(host.home, 'programs.cpio');
  const entries = [
    ['discard', blockProgram(IOCTL.discard, 4 * MIB, 4 * MIB)],
    ['zero', blockProgram(IOCTL.zeroOut, 10 * MIB, MIB)],
  ] as const;
  await host.up('--https', 'off', '--memory', '512M');
  writeFileSync(
    programs,
    writeCpio(entries.map(([path, data]) => ({ kind: 'file', path, permissions: 0o755, data }))),
  );
  const archive = join(host.home, 'exec.cpio');
  writeFileSync(archive, writeExecArchive(`exec </dev/console\n${SCRIPT}`, 'disk'));
  await host.client.call('vm.create', {
    ...{
      name: 'a',
      memoryMib: 192,
      vcpus: 2,
      kernel: kernelPath,
      initrds: [initramfsPath, programs, archive],
    },
    ...{ append: 'quiet loglevel=1', disks: [String(SIZE)], nets: [] },
  });
  await host.client.call('vm.start', { vm: 'a' });
  const file = join(host.home, 'volumes', 'datastore1', 'a', 'a-flat.vmdk');
  const used = () => statSync(file).blocks * STAT_BLOCK_BYTES;

  const found = await dialogue(host.client, 'a', [['it is full.']]);
  const [, queues, serial, sectors] = /queues: (\d+), serial: (\S*), sectors: (\d+)\./.exec(found) ?? [];
  assert.deepEqual([queues, sectors], ['2', String(SIZE / 512)]);
  assert.match(serial ?? '', /^[0-9a-f]{20}$/);
  const full = used();
  assert.ok(full >= SIZE);
  const said = await dialogue(host.client, 'a', [
    ['', 'go on\n'],
    ['discarded.'],
    ['made zeroes.'],
    ['letters.'],
  ]);
  const letters = /((?:\d+ )+)letters/.exec(said)?.[1]?.trim().split(' ').map(Number);
  assert.deepEqual(letters, [MIB, MIB, 0, 0, MIB, MIB, 0, MIB, MIB]);
  assert.ok(full - used() >= 4 * MIB, `${full} … ${used()}`);

  await host.ok('vm', 'grow-disk', 'a', '0', `${GROWN}`);
  await dialogue(host.client, 'a', [['its new end is written.']]);
  await host.end('SIGTERM');
  const disk = openSource(join(host.home, 'volumes', 'datastore1', 'a', 'a.vmdk'));
  const last = new Uint8Array(MIB);
  disk.read([last], GROWN - MIB);
  assert.equal(disk.sizeBytes, GROWN);
  assert.ok(last.every((byte) => byte === 'x'.charCodeAt(0)));
  disk.close();
});
