/** How many steps a run may take before the machine has to look at the clock again, in real time. */
import { TIMEBASE_HZ } from '#devices';

/** Ticks after which timers and inputs are looked at: 0.25 ms. */
const QUANTUM_TICKS = TIMEBASE_HZ / 4000;
const MIN_FUEL = 1000;
const MAX_FUEL = 1_000_000;
/** Runs shorter than this say little about speed. */
const MIN_SAMPLE_TICKS = 100;
/** Weight of the newest sample in the average. */
const WEIGHT = 0.25;
/** Until something is known: 20 million steps a second. */
const FIRST_GUESS = 2;

export class Pace {
  #stepsPerTick = FIRST_GUESS;

  /** Notes that a run of `steps` steps took `ticks`. */
  note(steps: number, ticks: number): void {
    if (ticks < MIN_SAMPLE_TICKS) {
      // Too fast for the clock to tell how fast: let the next run be longer.
      if (steps > 2 * MIN_SAMPLE_TICKS * this.#stepsPerTick) this.#stepsPerTick *= 1 + WEIGHT;
      return;
    }
    this.#stepsPerTick += WEIGHT * (steps / ticks - this.#stepsPerTick);
  }

  /** Steps to run when the next deadline is `ticksLeft` away. */
  fuel(ticksLeft: number): number {
    const steps = this.#stepsPerTick * Math.min(ticksLeft, QUANTUM_TICKS);
    return Math.floor(Math.min(MAX_FUEL, Math.max(MIN_FUEL, steps)));
  }
}
