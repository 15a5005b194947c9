/** Chance of the operating system, for threads that have no other use for node:crypto: that takes 4 ms to load. */
import { openSync, readSync } from 'node:fs';

/** The same source. Source: random(4). */
const DEVICE = '/dev/urandom';

let device: number | undefined;

/** Fills all of it. @throws when the system has no such device */
export function fillRandom(bytes: Uint8Array): void {
  device ??= openSync(DEVICE, 'r');
  // Long reads may give less.
  for (let done = 0; done < bytes.length; ) done += readSync(device, bytes, done, bytes.length - done, null);
}
