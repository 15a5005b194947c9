// Tests of the tar reader, against archives that the machine's own tar writes, in chunks of awkward sizes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { readTar } from './tar.ts';

const LONG = `${'directory-with-a-long-name/'.repeat(6)}file`;
const FILES: Readonly<Record<string, string>> = {
  a: 'first',
  empty: '',
  [LONG]: 'x'.repeat(1500),
  z: 'last\n',
};
const folder = mkdtempSync(join(tmpdir(), 'vmkernel-tar-'));
after(() => rmSync(folder, { recursive: true }));
for (const [path, content] of Object.entries(FILES)) {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function archive(format: string): Uint8Array {
  const { stdout } = spawnSync('tar', [`--format=${format}`, '-cf', '-', '.'], { cwd: folder });
  return stdout;
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}

async function read(bytes: Uint8Array, chunk: number, wanted: (path: string) => boolean = () => true) {
  const found: Record<string, string> = {};
  for await (const { path, data } of readTar(inChunks(bytes, chunk), wanted)) {
    found[path] = new TextDecoder().decode(data);
  }
  return found;
}

for (const format of ['gnu', 'ustar', 'pax']) {
  test(`readTar: gives every file of a ${format} archive, whatever the chunks`, async () => {
    const bytes = archive(format);
    for (const chunk of [137, 512, 1 << 20]) assert.deepEqual(await read(bytes, chunk), FILES);
  });
}

test('readTar: gives only what is wanted', async () => {
  assert.deepEqual(Object.keys(await read(archive('gnu'), 999, (path) => path === LONG)), [LONG]);
});

test('readTar: names damage', async () => {
  const bytes = archive('gnu');
  await assert.rejects(read(bytes.subarray(0, 700), 512), /bytes are missing|checksum/);
  await assert.rejects(read(bytes.with(0, 0x41), 512), /wrong checksum/);
});
