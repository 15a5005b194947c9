/** Scheduling in turns: who has been ready longest runs next, each for a quantum. */
import type { Scheduler } from './scheduler.ts';
import { WorldState, type WorldTable } from './world-table.ts';

/** A world runs so long when others wait. */
const QUANTUM_NS = 5_000_000;
/** A world that ran elsewhere last has to have waited this much longer: moving costs it what is cached for it. */
const MOVE_NS = 2_000_000;

export class RoundRobin implements Scheduler {
  readonly #table: WorldTable;

  constructor(table: WorldTable) {
    this.#table = table;
  }

  pick(pcpu: number, nowNs: number): number {
    for (;;) {
      const world = this.#oldest(pcpu);
      if (world < 0) return -1;
      if (this.#table.exchange(world, WorldState.ready, WorldState.running, nowNs)) return world;
    }
  }

  charge(): void {}

  shouldYield(world: number, pcpu: number, nowNs: number): boolean {
    const { sinceNs } = this.#table.columns;
    return nowNs - (sinceNs[world] as number) >= QUANTUM_NS && this.#oldest(pcpu) >= 0;
  }

  mayGiveWay(): boolean {
    return true;
  }

  /** Who has just run is ready for the shortest time, and comes last. */
  givesWay(_world: number, pcpu: number): boolean {
    return this.#oldest(pcpu) >= 0;
  }

  woken(): void {}

  nextChangeNs(): number {
    return Number.POSITIVE_INFINITY;
  }

  #oldest(pcpu: number): number {
    const { state, held, affinity, known, sinceNs, pcpu: last } = this.#table.columns;
    const bit = 1 << pcpu;
    let best = -1;
    let bestNs = Number.POSITIVE_INFINITY;
    for (let world = 0, { end } = this.#table; world < end; world++) {
      if (state[world] !== WorldState.ready || held[world] !== 0) continue;
      if (((affinity[world] as number) & (known[world] as number) & bit) === 0) continue;
      const ns = (sinceNs[world] as number) + (last[world] === pcpu ? 0 : MOVE_NS);
      if (ns >= bestNs) continue;
      best = world;
      bestNs = ns;
    }
    return best;
  }
}
