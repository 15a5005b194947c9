// An overlay over a disk in memory: what was written is read back, the disk below stays, and it can go back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockBackend, BlockRequest, BlockStatus } from '#devices';
import { SeededRandom } from '#lib';
import { OverlayDisk } from './overlay-disk.ts';

const SIZE = 64 * 512 + 4096 * 3;

function memoryDisk(bytes: Uint8Array): BlockBackend {
  return {
    ...{ sizeBytes: bytes.length, readOnly: true, id: 'disk' },
    submit(request, done) {
      if (request.kind !== 'read') return done('ioerr');
      let at = request.offset;
      for (const buffer of request.buffers) {
        buffer.set(bytes.subarray(at, at + buffer.length));
        at += buffer.length;
      }
      done('ok');
    },
  };
}

function ask(disk: OverlayDisk, request: BlockRequest): BlockStatus {
  let status: BlockStatus | undefined;
  disk.submit(request, (answer) => (status = answer));
  return status ?? assert.fail('not done');
}

test('OverlayDisk: random reads, writes and discards are as on an array; the base stays; it goes back', () => {
  const random = new SeededRandom(5);
  const base = new Uint8Array(SIZE);
  random.fill(base);
  const before = base.slice();
  const model = base.slice();
  const disk = new OverlayDisk(memoryDisk(base), { readOnly: false }, () => assert.fail());
  let saved = { state: disk.save(), model: model.slice() };
  for (let i = 0; i < 400; i++) {
    const sectors = 1 + random.below(20);
    const offset = random.below(SIZE / 512 - sectors) * 512;
    const length = sectors * 512;
    const kind = (['read', 'write', 'discard', 'write-zeroes'] as const)[random.below(4)] ?? 'read';
    if (kind === 'read' || kind === 'write') {
      const buffers = [new Uint8Array(length - 100), new Uint8Array(100)];
      if (kind === 'write') for (const buffer of buffers) random.fill(buffer);
      assert.equal(ask(disk, { kind, offset, buffers }), 'ok');
      const all = Buffer.concat(buffers);
      if (kind === 'write') model.set(all, offset);
      assert.ok(all.equals(model.subarray(offset, offset + length)));
    } else {
      assert.equal(ask(disk, { kind, offset, length }), 'ok');
      model.fill(0, offset, offset + length);
    }
    if (i === 200) saved = { state: disk.save(), model: model.slice() };
  }
  disk.restore(saved.state);
  const whole = new Uint8Array(SIZE);
  ask(disk, { kind: 'read', offset: 0, buffers: [whole] });
  assert.deepEqual(whole, saved.model);
  assert.deepEqual(base, before);
});
