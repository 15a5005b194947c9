/** Tests of pcapng: the blocks by their lengths, and tshark where there is one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { frameOf } from '../switch/testing.ts';
import { pcapngHeader, pcapngPacket } from './pcapng.ts';

const LENGTHS = [14, 60, 61, 62, 63, 1514, 70_000];
const AT = 1_700_000_000_123_456_789n;

const file = (): Uint8Array =>
  Buffer.concat([
    pcapngHeader('web.eth0'),
    ...LENGTHS.map((bytes, i) =>
      pcapngPacket(frameOf(2, 4, { bytes }).bytes, AT + BigInt(i), i % 2 ? 'in' : 'out'),
    ),
  ]);

test('pcapng: every block has its length before and behind it, in fours', () => {
  const bytes = file();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const types: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    assert.equal(length % 4, 0);
    assert.equal(view.getUint32(at + length - 4, true), length);
    types.push(view.getUint32(at, true));
    if (types.at(-1) === 6) {
      const kept = view.getUint32(at + 20, true);
      assert.equal(view.getUint32(at + 24, true), LENGTHS[types.length - 3]);
      assert.ok(kept <= 65_557 && 28 + kept <= length);
    }
    at += length;
  }
  assert.deepEqual(types, [0x0a0d0d0a, 1, ...LENGTHS.map(() => 6)]);
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

test('pcapng: tshark reads it', { skip: hasTshark ? false : 'no tshark on this machine' }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-pcapng-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'x.pcapng');
  writeFileSync(path, file());
  const fields = ['frame.len', 'frame.time_epoch', 'frame.interface_name', 'eth.src'].flatMap((field) => [
    '-e',
    field,
  ]);
  const { stdout, stderr, status } = spawnSync('tshark', ['-r', path, '-T', 'fields', ...fields], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  assert.deepEqual(
    rows.map(([length]) => Number(length)),
    LENGTHS,
  );
  assert.deepEqual(rows[0]?.slice(1), ['1700000000.123456789', 'web.eth0', '00:00:00:00:00:02']);
});
