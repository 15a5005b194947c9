// A process that writes a disk is killed at random moments: all that was flushed is there, and the disk is whole.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { checkDisk } from './check.ts';
import { createDisk } from './create.ts';
import { createDelta } from './delta.ts';
import { ask, noQemuImg, qemuImg, scratchFolder } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const root = scratchFolder('vmdk-crash');
const SIZE = 8 * 2 ** 20;
const BLOCK_BYTES = 4096;
const KILLS = 6;

interface Journal {
  /** The numbers that each block was given, in order. */
  readonly writes: Map<number, number[]>;
  flushed: number;
  last: number;
}

/** Runs the writer until it has said so many lines, and kills it. */
async function runAndKill(path: string, seed: number, lines: number, journal: Journal): Promise<void> {
  const child = join(import.meta.dirname, 'crash-child.ts');
  const writer = spawn(process.execPath, [child, path, String(seed), String(journal.last)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  writer.stdout.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > lines) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  for (const line of text.split('\n').slice(0, -1)) {
    const [kind, number, block] = [line[0], ...line.slice(2).split(' ').map(Number)] as [
      string,
      number,
      number,
    ];
    journal.last = Math.max(journal.last, number);
    if (kind === 'f') journal.flushed = number;
    else journal.writes.set(block, [...(journal.writes.get(block) ?? []), number]);
  }
  // What was written last may be there without being told.
  journal.last += 1000;
}

/** A block holds what was flushed last, or something whole that came after it. */
function verify(path: string, journal: Journal): void {
  const disk = new VmdkDisk({ path, readOnly: true });
  for (const [block, numbers] of journal.writes) {
    const bytes = new Uint8Array(BLOCK_BYTES);
    assert.equal(ask(disk, { kind: 'read', offset: block * BLOCK_BYTES, buffers: [bytes] }), 'ok');
    const view = new DataView(bytes.buffer);
    const found = view.getUint32(0);
    const acknowledged = numbers.findLast((number) => number <= journal.flushed) ?? 0;
    assert.ok(found >= acknowledged, `block ${block} has ${found}, and ${acknowledged} was flushed`);
    assert.equal(view.getUint32(BLOCK_BYTES - 4), found, `block ${block} is torn`);
    // What was not flushed may be gone, and does not come back by a later flush.
    journal.writes.set(block, [found]);
  }
  disk.close();
  assert.deepEqual(checkDisk(path).errors, []);
}

for (const kind of ['monolithicSparse', 'delta', 'thin'] as const) {
  test(`${kind}: a writer that is killed ${KILLS} times loses nothing that it flushed`, async () => {
    const base = join(root, `${kind}.vmdk`);
    createDisk({ path: base, sizeBytes: SIZE, format: kind === 'delta' ? 'thin' : kind });
    const path = kind === 'delta' ? join(root, 'delta-000001.vmdk') : base;
    if (kind === 'delta') createDelta(base, path);
    const journal: Journal = { writes: new Map(), flushed: 0, last: 0 };
    const random = new SeededRandom(17);
    for (let round = 0; round < KILLS; round++) {
      await runAndKill(path, round + 1, 20 + random.below(400), journal);
      verify(path, journal);
      if (kind === 'monolithicSparse' && noQemuImg === false) qemuImg('check', '-q', '-f', 'vmdk', path);
    }
  });
}
