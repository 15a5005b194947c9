/** How much may be under way: the CUBIC congestion control. Source: RFC 9438; RFC 5681 §3.1 (slow start), RFC 6928 (first window). */

const C = 0.4;
const BETA = 0.7;
const RENO_ALPHA = (3 * (1 - BETA)) / (1 + BETA);
const FIRST_SEGMENTS = 10;
const LEAST_SEGMENTS = 2;

interface Epoch {
  readonly startMs: number;
  /** Where the window was before the last loss, in bytes. */
  readonly originBytes: number;
  /** Seconds until it is there again. */
  readonly k: number;
  /** What Reno's window would be. */
  renoBytes: number;
}

export class Cubic {
  windowBytes: number;
  thresholdBytes = Number.POSITIVE_INFINITY;
  #segmentBytes: number;
  #maxBytes = 0;
  #priorBytes = 0;
  #epoch: Epoch | undefined;

  constructor(segmentBytes: number) {
    this.#segmentBytes = segmentBytes;
    this.windowBytes = FIRST_SEGMENTS * segmentBytes;
  }

  /** The path takes smaller segments than was thought. */
  setSegmentBytes(bytes: number): void {
    this.#segmentBytes = bytes;
  }

  get isSlowStart(): boolean {
    return this.windowBytes < this.thresholdBytes;
  }

  /** New data was acknowledged while the window was in use; slow start grows by `growth` for each byte. */
  acknowledged(bytes: number, nowMs: number, roundTripMs: number, growth = 1): void {
    if (this.isSlowStart) {
      const room = this.thresholdBytes - this.windowBytes;
      this.windowBytes += Math.min(bytes * growth, room);
      if (bytes <= room) return;
      this.#avoid(bytes - room, nowMs, roundTripMs);
    } else this.#avoid(bytes, nowMs, roundTripMs);
  }

  /** The path is full, and nothing was lost yet. */
  leaveSlowStart(): void {
    this.thresholdBytes = Math.min(this.thresholdBytes, this.windowBytes);
  }

  /** A segment was lost, and others arrived. Source: RFC 9438 §4.6–4.7. */
  lost(nowMs: number): void {
    const { windowBytes } = this;
    // Fast convergence: who had to shrink again makes room for others.
    this.#maxBytes = windowBytes < this.#maxBytes ? (windowBytes * (1 + BETA)) / 2 : windowBytes;
    this.#priorBytes = windowBytes;
    this.thresholdBytes = Math.max(windowBytes * BETA, LEAST_SEGMENTS * this.#segmentBytes);
    this.windowBytes = this.thresholdBytes;
    this.#begin(nowMs);
  }

  /** Nothing arrived for a whole timeout. Source: RFC 5681 §3.1, RFC 9438 §4.8. */
  timedOut(flightBytes: number): void {
    this.#maxBytes = this.windowBytes;
    this.thresholdBytes = Math.max(flightBytes * BETA, LEAST_SEGMENTS * this.#segmentBytes);
    this.windowBytes = this.#segmentBytes;
    this.#epoch = undefined;
  }

  /** Nothing was sent for longer than a timeout: the path is not known any more. Source: RFC 5681 §4.1. */
  idled(): void {
    this.windowBytes = Math.min(this.windowBytes, FIRST_SEGMENTS * this.#segmentBytes);
    this.#epoch = undefined;
  }

  #begin(nowMs: number): void {
    const cwnd = this.windowBytes / this.#segmentBytes;
    const origin = Math.max(this.#maxBytes / this.#segmentBytes, cwnd);
    this.#epoch = {
      startMs: nowMs,
      originBytes: origin * this.#segmentBytes,
      k: Math.cbrt((origin - cwnd) / C),
      renoBytes: this.windowBytes,
    };
  }

  #avoid(bytes: number, nowMs: number, roundTripMs: number): void {
    if (this.#epoch === undefined) this.#begin(nowMs);
    const epoch = this.#epoch as Epoch;
    const segment = this.#segmentBytes;
    const seconds = (nowMs - epoch.startMs + roundTripMs) / 1000;
    const cubic = epoch.originBytes + C * (seconds - epoch.k) ** 3 * segment;
    const target = Math.min(Math.max(cubic, this.windowBytes), 1.5 * this.windowBytes);
    const alpha = epoch.renoBytes < this.#priorBytes ? RENO_ALPHA : 1;
    epoch.renoBytes += (alpha * segment * bytes) / this.windowBytes;
    const grown = this.windowBytes + ((target - this.windowBytes) * bytes) / this.windowBytes;
    this.windowBytes = Math.max(grown, epoch.renoBytes);
  }
}
