/** The lines that wait for a target: so many bytes at most; what does not fit is counted. */

/** A queue of frames. New ones are refused above the bound, so that what is lost lies in one piece. */
export class SendQueue {
  readonly #bytesMax: () => number;
  #frames: Uint8Array[] = [];
  #next = 0;
  #bytes = 0;
  #lost = 0;

  constructor(bytesMax: () => number) {
    this.#bytesMax = bytesMax;
  }

  get length(): number {
    return this.#frames.length - this.#next;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Lines that were refused since `takeLost`. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether a frame of so many bytes would fit. */
  fits(bytes: number): boolean {
    return this.#bytes + bytes <= this.#bytesMax();
  }

  /** False when it was refused, and counted. */
  push(frame: Uint8Array): boolean {
    if (!this.fits(frame.length)) {
      this.#lost++;
      return false;
    }
    this.#frames.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  shift(): Uint8Array | undefined {
    const frame = this.#frames[this.#next];
    if (frame === undefined) return undefined;
    this.#next++;
    this.#bytes -= frame.length;
    if (this.#next > 1024 && this.#next * 2 > this.#frames.length) this.#trim();
    return frame;
  }

  /** Puts frames back in front, in their order; they were taken from here and are never refused. */
  unshift(frames: readonly Uint8Array[]): void {
    this.#frames = [...frames, ...this.#frames.slice(this.#next)];
    this.#next = 0;
    for (const frame of frames) this.#bytes += frame.length;
  }

  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }

  #trim(): void {
    this.#frames = this.#frames.slice(this.#next);
    this.#next = 0;
  }
}
