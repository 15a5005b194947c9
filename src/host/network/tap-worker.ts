/** The thread that waits for the frames of a TAP device: a read of one waits, and Node has no other way to wait for it. */
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { foreignFunctions } from '#storage';

/** What the thread is given. */
export interface TapWork {
  readonly fd: number;
  readonly wakeFd: number;
}

/** Source: poll(2). */
const POLLIN = 1;
const POLLFD_BYTES = 8;
const FOREVER = -1;
const MAX_FRAME_BYTES = 65_536;
/** So many frames at most go in one message. */
const MOST_AT_ONCE = 64;
const NOW = 0;

const { fd, wakeFd } = workerData as TapWork;
const { dlopen, getRawPointer } = foreignFunctions();
const { poll } = dlopen(null, {
  poll: { arguments: ['pointer', 'uint64', 'int32'], return: 'int32' },
}).functions;
const request = new ArrayBuffer(2 * POLLFD_BYTES);
const fields = new DataView(request);
for (const [i, each] of [fd, wakeFd].entries()) {
  fields.setInt32(i * POLLFD_BYTES, each, true);
  fields.setInt16(i * POLLFD_BYTES + 4, POLLIN, true);
}
const buffer = new Uint8Array(MAX_FRAME_BYTES);

for (;;) {
  if (waits(FOREVER) === 'woken') break;
  const frames: Uint8Array[] = [];
  do {
    const length = readSync(fd, buffer);
    frames.push(buffer.slice(0, length));
  } while (frames.length < MOST_AT_ONCE && waits(NOW) === 'frame');
  parentPort?.postMessage(
    frames,
    frames.map(({ buffer: bytes }) => bytes as ArrayBuffer),
  );
}

/** What there is: a frame, a word that it is over, or nothing yet. */
function waits(milliseconds: number): 'frame' | 'woken' | 'nothing' {
  for (const i of [0, 1]) fields.setInt16(i * POLLFD_BYTES + 6, 0, true);
  poll(getRawPointer(request), 2n, milliseconds);
  if (fields.getInt16(POLLFD_BYTES + 6, true) !== 0) return 'woken';
  const events = fields.getInt16(6, true);
  if ((events & POLLIN) !== 0) return 'frame';
  // The device is gone: there is nothing to wait for any more.
  return events === 0 ? 'nothing' : 'woken';
}
