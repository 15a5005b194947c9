/**
 * Moments of a run that can be gone back to, kept in memory: each costs the pages that were written since the one before.
 * When there are many every second one is forgotten, so a long run has them further apart.
 */
import type { DirtyPages } from '#kernel';
import type { Machine } from '../machine.ts';
import type { Timeline, TimelineState } from './timeline.ts';

export interface Checkpoint {
  readonly step: bigint;
  readonly state: TimelineState;
}

const MOST = 64;

/** What else belongs to a moment, such as the content of disks. */
export interface Companion {
  save(): unknown;
  restore(state: unknown): void;
}

interface Kept extends Checkpoint {
  readonly companions: readonly unknown[];
}

export class Checkpoints {
  readonly #timeline: Timeline;
  readonly #companions: readonly Companion[];
  readonly #log: DirtyPages;
  #kept: Kept[] = [];
  /** Whose pages the next one shares. */
  #last: TimelineState | undefined;

  constructor(timeline: Timeline, machine: Machine, companions: readonly Companion[]) {
    this.#timeline = timeline;
    this.#companions = companions;
    this.#log = machine.dirtyLog.open();
  }

  /** In order of their steps. */
  get all(): readonly Checkpoint[] {
    return this.#kept;
  }

  /** Keeps the present moment, unless one of this step is kept. */
  take(): void {
    const { step } = this.#timeline;
    if (this.#kept.some((kept) => kept.step === step)) return;
    const written = new Set(this.#log.take());
    const state = this.#timeline.save(this.#last, this.#last === undefined ? undefined : written);
    this.#last = state;
    this.#kept.push({ step, state, companions: this.#companions.map((one) => one.save()) });
    this.#kept.sort((a, b) => (a.step < b.step ? -1 : 1));
    if (this.#kept.length > MOST) this.#thin();
  }

  /** The last one at or before a step. */
  before(step: bigint): Checkpoint | undefined {
    return this.#kept.findLast((kept) => kept.step <= step);
  }

  goTo(checkpoint: Checkpoint): void {
    const kept = checkpoint as Kept;
    this.#timeline.restore(kept.state);
    for (const [index, companion] of this.#companions.entries()) companion.restore(kept.companions[index]);
    this.#log.take();
    this.#last = kept.state;
  }

  /** The run was changed from here on: what was kept is of another one. */
  forget(): void {
    this.#kept = [];
    this.#last = undefined;
  }

  /** The first and the last stay. */
  #thin(): void {
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0 || index === this.#kept.length - 1);
  }
}
