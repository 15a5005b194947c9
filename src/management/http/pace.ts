/** Watches one transfer: ends it when the other end moves next to nothing while we wait for it. */
import type { Every } from './backends.ts';

export interface PaceOptions {
  readonly every: Every;
  readonly windowMs: number;
  /** What must be moved in a window. */
  readonly bytesMin: number;
  readonly tooSlow: () => void;
}

export class Pace {
  readonly #options: PaceOptions;
  readonly #cancel: () => void;
  #moved = 0;
  #rested = false;
  #resting = false;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#cancel = options.every(options.windowMs, () => this.#judge());
  }

  moved(bytes: number): void {
    this.#moved += bytes;
  }

  /** While we make the other end wait, it cannot be blamed. */
  set resting(resting: boolean) {
    this.#resting = resting;
    if (resting) this.#rested = true;
  }

  end(): void {
    this.#cancel();
  }

  #judge(): void {
    const slow = this.#moved < this.#options.bytesMin && !this.#rested;
    this.#moved = 0;
    this.#rested = this.#resting;
    if (!slow) return;
    this.end();
    this.#options.tooSlow();
  }
}
