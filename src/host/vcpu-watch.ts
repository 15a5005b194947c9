/**
 * Looks for vCPUs that do not get on: they have a pCPU and do no step, or are ready and get none. Neither is a guest's doing, so
 * whoever runs the host is told, with what tells where to look.
 */
import { WorldState, type WorldTable } from '#kernel/machine';

/** A vCPU that did no step since the last look, though it could. */
export interface StuckVcpu {
  readonly vm: number;
  readonly vcpu: number;
  /** Milliseconds since the last look, and of these: it had a pCPU, it was ready for one. */
  readonly lookedMs: number;
  readonly ranMs: number;
  readonly readyMs: number;
}

interface Look {
  readonly vm: number;
  readonly vcpu: number;
  readonly atNs: number;
  readonly steps: number;
  readonly runNs: number;
  /** Ready, and neither stopped for a sibling nor by its limit. */
  readonly readyNs: number;
  /** It was told of, and did nothing since then. */
  isKnown: boolean;
}

const NS_PER_MS = 1e6;
/** Of the time between two looks: a vCPU that has run, or was ready, for so long did some step. */
const MOST = 0.9;
/** Two looks farther apart say nothing: the machine itself stood still meanwhile, or this thread. */
const FARTHEST_NS = 60_000 * NS_PER_MS;

export class VcpuWatch {
  readonly #worlds: WorldTable;
  readonly #nowNs: () => number;
  readonly #last = new Map<number, Look>();

  constructor(worlds: WorldTable, nowNs: () => number) {
    this.#worlds = worlds;
    this.#nowNs = nowNs;
  }

  /** Those that are stuck since the last look; each is told of once, until it gets on. */
  look(): StuckVcpu[] {
    const stuck: StuckVcpu[] = [];
    for (let world = 0, { end } = this.#worlds; world < end; world++) {
      const before = this.#last.get(world);
      const now = this.#see(world);
      if (now === undefined) this.#last.delete(world);
      else this.#last.set(world, now);
      if (now === undefined || before === undefined || !stoodStill(before, now)) continue;
      now.isKnown = before.isKnown;
      const lookedNs = now.atNs - before.atNs;
      const [ranNs, readyNs] = [now.runNs - before.runNs, now.readyNs - before.readyNs];
      if (now.isKnown || lookedNs > FARTHEST_NS || Math.max(ranNs, readyNs) <= MOST * lookedNs) continue;
      now.isKnown = true;
      const [lookedMs = 0, ranMs = 0, readyMs = 0] = [lookedNs, ranNs, readyNs].map((ns) => ns / NS_PER_MS);
      stuck.push({ vm: now.vm, vcpu: now.vcpu, lookedMs, ranMs, readyMs });
    }
    return stuck;
  }

  /** Undefined: there is no such world, or it stands still because somebody wants that. */
  #see(world: number): Look | undefined {
    const { columns } = this.#worlds;
    if (this.#worlds.state(world) === WorldState.free || columns.held[world] !== 0) return undefined;
    const atNs = this.#nowNs();
    const { run, ready, costop, limited } = this.#worlds.times(world, atNs);
    return {
      vm: columns.vm[world] as number,
      vcpu: columns.vcpu[world] as number,
      ...{ atNs, steps: columns.steps[world] as number, runNs: run, readyNs: ready - costop - limited },
      isKnown: false,
    };
  }
}

/** Whether it is the same vCPU, and has done nothing. */
function stoodStill(before: Look, now: Look): boolean {
  return before.vm === now.vm && before.vcpu === now.vcpu && before.steps === now.steps;
}
