/**
 * Relaxed co-scheduling: of the vCPUs of a VM that want to run, those that lead a waiting one by too many steps stand
 * still until it runs or has caught up. Idle ones neither lead nor are waited for.
 */
import { NONE, type SchedulerState, Standing } from './scheduler-state.ts';

/** A vCPU that stood still goes on when it leads by less than this part of the allowed skew. */
const GO_ON_PART = 0.5;
/** How fast the pace of a VM's fastest vCPU is forgotten. */
const PACE_DECAY = 0.999;
const LONGEST_TURN_NS = 2_000_000;

/** Told when a world has to stand still, or may go on. */
export type AheadListener = (world: number) => void;

export class CoScheduling {
  readonly #state: SchedulerState;
  readonly #changed: AheadListener;

  constructor(state: SchedulerState, changed: AheadListener) {
    this.#state = state;
    this.#changed = changed;
  }

  /** A world ran for `ns` up to now. */
  ran(world: number, ns: number, steps: number): void {
    const { nodes } = this.#state;
    const vm = nodes.parent.get(world);
    if (nodes.vcpus.get(vm) < 2 || ns <= 0) return;
    // Slow code is not taken for waiting: a run counts as the fastest sibling would have run. A run much longer than a
    // turn is one in which the machine did something else.
    const pace = Math.max(steps / ns, nodes.pace.get(vm) * PACE_DECAY);
    nodes.pace.set(vm, pace);
    nodes.lead.add(world, Math.max(steps, pace * Math.min(ns, LONGEST_TURN_NS)));
    this.#judge(vm);
  }

  /** A world woke up: it is as far as the slowest, so that nobody is stopped for its sleep. */
  woke(world: number): void {
    this.#state.nodes.lead.set(world, 0);
  }

  /** A world fell asleep: nobody has to wait for it. */
  slept(world: number): void {
    const { nodes } = this.#state;
    const vm = nodes.parent.get(world);
    if (nodes.vcpus.get(vm) < 2) return;
    this.#set(world, false);
    this.#judge(vm);
  }

  /** The slowest of those that want to run leads by nothing; who leads one that waits by too much stands still. */
  #judge(vm: number): void {
    const { nodes, settings } = this.#state;
    const most = settings.skewQuanta * settings.quantumNs * nodes.pace.get(vm);
    const least = this.#leastLead(vm, () => true);
    const waiting = this.#leastLead(vm, (world) => nodes.standing.get(world) === Standing.ready) - least;
    this.#state.forEachChild(vm, (sibling) => {
      if (nodes.wanting.get(sibling) === 0) return;
      const lead = nodes.lead.get(sibling) - least;
      nodes.lead.set(sibling, lead);
      if (lead - waiting > most) this.#set(sibling, true);
      else if (!(lead - waiting > most * GO_ON_PART)) this.#set(sibling, false);
    });
  }

  /** Infinity when it counts for none of them. */
  #leastLead(vm: number, counts: (world: number) => boolean): number {
    const { nodes } = this.#state;
    let least = Infinity;
    for (let at = nodes.firstChild.get(vm); at !== NONE; at = nodes.nextSibling.get(at)) {
      if (nodes.wanting.get(at) === 1 && counts(at)) least = Math.min(least, nodes.lead.get(at));
    }
    return least;
  }

  #set(world: number, isAhead: boolean): void {
    const { nodes } = this.#state;
    if ((nodes.isAhead.get(world) === 1) === isAhead) return;
    nodes.isAhead.set(world, isAhead ? 1 : 0);
    this.#changed(world);
  }
}
