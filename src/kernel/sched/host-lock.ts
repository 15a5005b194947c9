/** One lock for the scheduler's state of a host: held for microseconds, by pCPUs and the main thread. */
import { assert } from '#lib';

/** Who it is that holds the lock when it is not a pCPU. */
export const MAIN_THREAD = 31;

const FREE = 0;
const HAS_WAITERS = 0x100;
const SPINS = 200;
/** Nobody sleeps longer without looking: a holder may have died. */
const LOOK_MS = 10;

export class HostLock {
  readonly #word: Int32Array;
  readonly #me: number;

  /** @param holder - pCPU, or MAIN_THREAD. */
  constructor(word: Int32Array, holder: number) {
    this.#word = word;
    this.#me = holder + 1;
  }

  enter(): void {
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.compareExchange(this.#word, 0, FREE, this.#me) === FREE) return;
    }
    this.#sleepUntilFree();
  }

  leave(): void {
    const held = Atomics.exchange(this.#word, 0, FREE);
    assert((held & ~HAS_WAITERS) === this.#me, 'lock: left by somebody else');
    if ((held & HAS_WAITERS) !== 0) Atomics.notify(this.#word, 0, 1);
  }

  /** Frees the lock if `holder` has it, whose thread has died. @returns whether it had. */
  break(holder: number): boolean {
    const held = Atomics.load(this.#word, 0);
    if ((held & ~HAS_WAITERS) !== holder + 1) return false;
    if (Atomics.compareExchange(this.#word, 0, held, FREE) !== held) return this.break(holder);
    Atomics.notify(this.#word, 0);
    return true;
  }

  /** Who has slept takes the lock as one with waiters: others may be sleeping still. */
  #sleepUntilFree(): void {
    for (;;) {
      const held = Atomics.load(this.#word, 0);
      if (held === FREE) {
        if (Atomics.compareExchange(this.#word, 0, FREE, this.#me | HAS_WAITERS) === FREE) return;
        continue;
      }
      const marked = held | HAS_WAITERS;
      if (held !== marked && Atomics.compareExchange(this.#word, 0, held, marked) !== held) continue;
      Atomics.wait(this.#word, 0, marked, LOOK_MS);
    }
  }
}
