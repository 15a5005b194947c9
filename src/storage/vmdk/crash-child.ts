// For crash.test.ts: writes a journal to a disk for ever, and says each time what of it is flushed. It is killed.
import { writeSync } from 'node:fs';
import { SeededRandom } from '#lib';
import { ask } from './testing.ts';
import { VmdkDisk } from './vmdk-disk.ts';

const [path = '', seed = '1', first = '0'] = process.argv.slice(2);
const BLOCK_BYTES = 4096;
const disk = new VmdkDisk({ path, readOnly: false });
const random = new SeededRandom(Number(seed));
const blocks = disk.sizeBytes / BLOCK_BYTES;
for (let number = Number(first) + 1; ; number++) {
  const block = random.below(blocks);
  const bytes = new Uint8Array(BLOCK_BYTES).fill(number % 251);
  new DataView(bytes.buffer).setUint32(0, number);
  new DataView(bytes.buffer).setUint32(BLOCK_BYTES - 4, number);
  ask(disk, { kind: 'write', offset: block * BLOCK_BYTES, buffers: [bytes] });
  writeSync(1, `w ${number} ${block}\n`);
  if (random.below(4) !== 0) continue;
  ask(disk, { kind: 'flush' });
  writeSync(1, `f ${number}\n`);
}
