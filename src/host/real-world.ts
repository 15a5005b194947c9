/** The machine's own time and chance, as the rooms take them. */
import { randomFillSync } from 'node:crypto';
import type { Clock, Random } from '#lib';

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

export const realClock: Clock = {
  nowNanoseconds: () => process.hrtime.bigint(),
  wallNanoseconds: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
};

/** Chance that nobody can guess. */
export const secretRandom: Random = {
  nextU32: () => new DataView(randomBytes(4).buffer).getUint32(0),
  nextU64: () => new DataView(randomBytes(8).buffer).getBigUint64(0),
  below(bound) {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`bound ${bound} is not an integer in 1 … 2^32`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = secretRandom.nextU32();
      if (value < limit) return value % bound;
    }
  },
  fill: (bytes) => void randomFillSync(bytes),
};

export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return randomFillSync(new Uint8Array(count));
}

/** Calls back again and again until the answer is called; keeps no process alive. */
export function repeatRealTime(intervalMs: number, work: () => void): () => void {
  const timer = setInterval(work, intervalMs).unref();
  return () => clearInterval(timer);
}

/** Milliseconds since 1970 of a clock. */
export const wallMs = (clock: Pick<Clock, 'wallNanoseconds'>): number =>
  Number(clock.wallNanoseconds() / BigInt(NANOSECONDS_PER_MILLISECOND));
