// What a disk is told to be: by its name and its content, so that a guest cannot make one of another kind of its own.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSource } from './image-source.ts';
import { growImage } from './maintain.ts';
import { openDisk } from './open-disk.ts';
import { ask, scratchFolder } from './vmdk/testing.ts';

const root = scratchFolder('kinds');
const SIZE = 2 ** 20;

test('openDisk: what a guest writes to a raw disk does not make it a VMDK that names files of the host', () => {
  const host = join(root, 'host.bin');
  writeFileSync(host, new Uint8Array(SIZE).fill(7));
  const descriptor = `# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW ${SIZE / 512} FLAT "host.bin" 0\n`;
  for (const [name, head] of [
    ['text.img', Buffer.from(descriptor.padEnd(1024, '\0'))],
    ['magic.raw', Buffer.from('KDMV'.padEnd(1024, '\x01'))],
  ] as const) {
    const path = join(root, name);
    writeFileSync(path, new Uint8Array(SIZE));
    const disk = openDisk({ path, readOnly: false, onError: () => {} });
    assert.equal(ask(disk, { kind: 'write', offset: 0, buffers: [new Uint8Array(head)] }), 'ok');
    disk.close();
    const refused = { code: 'disk-refused', message: /it begins as a VMDK does, whose name would end in/ };
    assert.throws(() => openDisk({ path, readOnly: true, onError: () => {} }), refused);
    assert.throws(() => openSource(path), refused);
    assert.throws(() => growImage(path, 2 * SIZE), refused);
    // Who takes it as all that there is of a disk reads no other file.
    assert.throws(() => openSource(path, { isAlone: true }), { code: 'disk-bad' });
  }
});

test('openDisk: a file that is called a VMDK and is none is refused', () => {
  const path = join(root, 'raw.vmdk');
  writeFileSync(path, new Uint8Array(SIZE));
  const refused = { code: 'disk-bad', message: /it is no VMDK/ };
  assert.throws(() => openDisk({ path, readOnly: false, onError: () => {} }), refused);
  assert.throws(() => openSource(path), refused);
});
