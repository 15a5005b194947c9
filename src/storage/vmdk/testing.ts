/** For tests of disks: a folder that goes away, random disks and what they must hold, Debian's qemu-img. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { BlockBackend, BlockRequest, BlockStatus } from '#devices';
import type { SeededRandom } from '#lib';

/** A folder for the tests of a file. */
export function scratchFolder(name: string): string {
  const root = mkdtempSync(join(tmpdir(), `vmkernel-${name}-test-`));
  after(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** Why tests against qemu-img are skipped here; false: they are not. */
export const noQemuImg: string | false =
  spawnSync('qemu-img', ['--version']).status === 0 ? false : 'there is no qemu-img (Debian: qemu-utils)';

/** Runs qemu-img; what it says goes into the failure. */
export function qemuImg(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('qemu-img', words, { encoding: 'utf8' });
  assert.equal(status, 0, `qemu-img ${words.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** A request that must be answered at once. */
export function ask(disk: BlockBackend, request: BlockRequest): BlockStatus {
  const statuses: BlockStatus[] = [];
  disk.submit(request, (status) => statuses.push(status));
  assert.equal(statuses.length, 1, 'completes exactly once');
  return statuses[0] as BlockStatus;
}

/** Does random things to a disk, and the same to a model of its content. */
export function scribble(disk: BlockBackend, model: Uint8Array, random: SeededRandom, count: number): void {
  const sectors = model.length / 512;
  for (let i = 0; i < count; i++) {
    const at = random.below(sectors);
    const length = Math.min(sectors - at, 1 + random.below(random.below(8) === 0 ? 2000 : 40)) * 512;
    const offset = at * 512;
    const what = random.below(16);
    if (what < 10) {
      const bytes = new Uint8Array(length);
      random.fill(bytes);
      if (what === 0) bytes.fill(0);
      const cut = random.below(length / 512) * 512;
      const buffers = [bytes.subarray(0, cut), bytes.subarray(cut)];
      assert.equal(ask(disk, { kind: 'write', offset, buffers }), 'ok');
      model.set(bytes, offset);
    } else if (what < 12) {
      const unmap = random.below(2) === 0;
      assert.equal(ask(disk, { kind: 'write-zeroes', offset, length, unmap }), 'ok');
      model.fill(0, offset, offset + length);
    } else if (what < 13) {
      assert.equal(ask(disk, { kind: 'discard', offset, length }), 'ok');
      const bytes = new Uint8Array(length);
      assert.equal(ask(disk, { kind: 'read', offset, buffers: [bytes] }), 'ok');
      model.set(bytes, offset);
    } else if (what < 14) {
      assert.equal(ask(disk, { kind: 'flush' }), 'ok');
    } else {
      const bytes = new Uint8Array(length);
      assert.equal(ask(disk, { kind: 'read', offset, buffers: [bytes] }), 'ok');
      assert.ok(
        Buffer.from(bytes).equals(model.subarray(offset, offset + length)),
        `read ${offset} … ${length}`,
      );
    }
  }
}

/** All bytes of a disk. */
export function contentOf(disk: BlockBackend): Uint8Array {
  const bytes = new Uint8Array(disk.sizeBytes);
  assert.equal(ask(disk, { kind: 'read', offset: 0, buffers: [bytes] }), 'ok');
  return bytes;
}
