/** Worlds that woke up and have not run since, in order: they come before shares, so that nobody waits for a long queue. */
import { NONE, type SchedulerState } from './scheduler-state.ts';

export class WakeQueue {
  readonly #state: SchedulerState;

  constructor(state: SchedulerState) {
    this.#state = state;
  }

  get isEmpty(): boolean {
    return this.#state.host.firstWoken.get(0) === NONE;
  }

  add(world: number): void {
    const { nodes, host } = this.#state;
    if (nodes.isWoken.get(world) === 1) return;
    nodes.isWoken.set(world, 1);
    nodes.nextWoken.set(world, NONE);
    const last = host.lastWoken.get(0);
    if (last === NONE) host.firstWoken.set(0, world);
    else nodes.nextWoken.set(last, world);
    host.lastWoken.set(0, world);
  }

  remove(world: number): void {
    const { nodes, host } = this.#state;
    if (nodes.isWoken.get(world) === 0) return;
    nodes.isWoken.set(world, 0);
    const next = nodes.nextWoken.get(world);
    let before = NONE;
    for (let at = host.firstWoken.get(0); at !== world; at = nodes.nextWoken.get(at)) before = at;
    if (before === NONE) host.firstWoken.set(0, next);
    else nodes.nextWoken.set(before, next);
    if (next === NONE) host.lastWoken.set(0, before);
  }

  /** The first that the pCPU may run and that `deserves` it; who does not, waits like everybody. */
  first(pcpu: number, deserves: (world: number) => boolean): number {
    const { nodes, host } = this.#state;
    for (let at = host.firstWoken.get(0); at !== NONE; ) {
      const next = nodes.nextWoken.get(at);
      if ((nodes.allowed.get(at) & (1 << pcpu)) !== 0) {
        if (deserves(at)) return at;
        this.remove(at);
      }
      at = next;
    }
    return NONE;
  }
}
