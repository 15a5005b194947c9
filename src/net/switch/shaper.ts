/**
 * Shapes what a port sends: on average so much, for a burst up to the peak. Two token buckets: a deep one that fills at the
 * average rate and holds a burst, and a shallow one at the peak rate. Time is handed in, in milliseconds.
 */
import type { ShapingPolicy } from './policy.ts';

/** The peak is kept over so long. */
const PEAK_WINDOW_MS = 5;
/** A frame longer than a bucket is deep goes when the bucket is full. */
const LEAST_PEAK_BYTES = 1514;
const BITS = 8;

interface Bucket {
  readonly bytesPerMs: number;
  readonly depth: number;
  tokens: number;
}

export class Shaper {
  readonly #buckets: readonly Bucket[];
  #lastMs: number;

  constructor({ averageKbps, peakKbps, burstKb }: Omit<ShapingPolicy, 'enabled'>, nowMs: number) {
    const peak = Math.max(peakKbps, averageKbps) / BITS;
    this.#buckets = [
      bucket(averageKbps / BITS, burstKb * 1024),
      bucket(peak, Math.max(LEAST_PEAK_BYTES, peak * PEAK_WINDOW_MS)),
    ];
    this.#lastMs = nowMs;
  }

  /** Takes what `bytes` cost and says 0, or says how long (milliseconds) they have to wait, and takes nothing. */
  take(bytes: number, nowMs: number): number {
    this.#fill(nowMs);
    let waitMs = 0;
    for (const { tokens, depth, bytesPerMs } of this.#buckets) {
      const missing = Math.min(bytes, depth) - tokens;
      if (missing > 1e-6) waitMs = Math.max(waitMs, missing / bytesPerMs);
    }
    if (waitMs === 0) for (const one of this.#buckets) one.tokens -= bytes;
    return waitMs;
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    for (const one of this.#buckets) {
      one.tokens = Math.min(one.depth, one.tokens + passedMs * one.bytesPerMs);
    }
  }
}

function bucket(bytesPerMs: number, depth: number): Bucket {
  return { bytesPerMs: Math.max(bytesPerMs, 1e-3), depth: Math.max(depth, LEAST_PEAK_BYTES), tokens: depth };
}
