/**
 * Moves the pages of a chase together: where a loop follows pointers over pages that lie apart, each load waits for a look into
 * the TLB; where they follow one another in machine memory, one comparison asks for all of them (docs/decisions/0073).
 */
import { type GuestMap, gatherPages } from '#kernel/machine';
import type { Context, Engine } from '#riscv';
import type { TickClock } from './hart.ts';

/** Runs with a chase, as near to one another as that, in ticks (10 ms), after which its pages are worth a move: */
const RUNS = 16;
const RUNS_TICKS = 100_000;
/** as many as that, at least. */
const LEAST_PAGES = 8;
/** From one move to the next, in ticks (200 ms): one of 512 pages takes a millisecond. */
const REST_TICKS = 2_000_000;

export class Gathering {
  #runs = 0;
  #since = 0;
  #restsUntil = 0;

  /** After a run, in real time. Preconditions: no hart runs on this thread. */
  after(engine: Engine, context: Context, map: GuestMap, clock: TickClock): void {
    if (engine.takeScattered === undefined || context.get32('chaseTlb') === 0) return;
    const ticks = clock.ticks();
    if (ticks - this.#since > RUNS_TICKS) {
      this.#since = ticks;
      this.#runs = 0;
    }
    if (++this.#runs < RUNS || ticks < this.#restsUntil) return context.set32('chaseTlb', 0);
    this.#restsUntil = ticks + REST_TICKS;
    const pages = engine.takeScattered(context.address);
    if (pages.length < LEAST_PAGES) return;
    // Whoever had a reservation tries again.
    if (gatherPages(map, pages) > 0) context.set32('reservedAddress', 0);
  }
}
