/** Which worlds can be chosen: for each group a list of the children beneath which one is ready. */
import { NONE, NodeKind, ROOT, type SchedulerState } from './scheduler-state.ts';

export class ReadyList {
  readonly #state: SchedulerState;
  readonly #allPcpus: number;

  constructor(state: SchedulerState) {
    this.#state = state;
    this.#allPcpus = state.settings.pcpus >= 32 ? -1 : 2 ** state.settings.pcpus - 1;
  }

  /** Puts a world into its group's list, and the group into that of its own, and so on. */
  add(world: number): void {
    const { nodes, host } = this.#state;
    nodes.ready.set(world, 1);
    if (this.#isPinned(world)) host.pinned.add(0, 1);
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      const parent = nodes.parent.get(at);
      if (nodes.ready.get(at) === 1) this.#link(parent, at);
      nodes.ready.add(parent, 1);
    }
  }

  remove(world: number): void {
    const { nodes, host } = this.#state;
    nodes.ready.set(world, 0);
    if (this.#isPinned(world)) host.pinned.add(0, -1);
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      const parent = nodes.parent.get(at);
      if (nodes.ready.get(at) === 0) this.#unlink(parent, at);
      nodes.ready.add(parent, -1);
    }
  }

  /** Whether a world beneath the node is ready that the pCPU may run. */
  has(node: number, pcpu: number): boolean {
    const { nodes, host } = this.#state;
    if (nodes.ready.get(node) === 0) return false;
    if (host.pinned.get(0) === 0) return true;
    if (nodes.kind.get(node) === NodeKind.world) return (nodes.allowed.get(node) & (1 << pcpu)) !== 0;
    for (let child = nodes.firstReady.get(node); child !== NONE; child = nodes.nextReady.get(child)) {
      if (this.has(child, pcpu)) return true;
    }
    return false;
  }

  #isPinned(world: number): boolean {
    return (this.#state.nodes.allowed.get(world) & this.#allPcpus) !== this.#allPcpus;
  }

  #link(parent: number, node: number): void {
    const { firstReady, nextReady, previousReady } = this.#state.nodes;
    const next = firstReady.get(parent);
    nextReady.set(node, next);
    previousReady.set(node, NONE);
    if (next !== NONE) previousReady.set(next, node);
    firstReady.set(parent, node);
  }

  #unlink(parent: number, node: number): void {
    const { firstReady, nextReady, previousReady } = this.#state.nodes;
    const next = nextReady.get(node);
    const previous = previousReady.get(node);
    if (next !== NONE) previousReady.set(next, previous);
    if (previous === NONE) firstReady.set(parent, next);
    else nextReady.set(previous, next);
  }
}
