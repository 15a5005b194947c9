/** The tree of resource pools, VMs and worlds: nodes are added, changed and removed; what is guaranteed follows. */
import { assert } from '#lib';
import { NONE, NodeKind, type NodeKindCode, type SchedulerState } from './scheduler-state.ts';
import { type CpuAllocation, POOL_SHARE_LEVELS, SHARE_LEVELS } from './settings.ts';

export class PoolTree {
  readonly #state: SchedulerState;

  constructor(state: SchedulerState) {
    this.#state = state;
  }

  /** A new pool; NONE when the table is full. */
  addPool(parent: number, allocation: CpuAllocation): number {
    const pool = this.#add(parent, NodeKind.pool);
    if (pool !== NONE) this.configure(pool, allocation);
    return pool;
  }

  /** A new VM without worlds; NONE when the table is full. */
  addVm(pool: number, vcpus: number, allocation: CpuAllocation): number {
    const vm = this.#add(pool, NodeKind.vm);
    if (vm === NONE) return NONE;
    this.#state.nodes.vcpus.set(vm, vcpus);
    this.configure(vm, allocation);
    return vm;
  }

  /** Sets what a pool or VM is owed. */
  configure(group: number, { shares, reservationMhz, limitMhz, expandable }: CpuAllocation): void {
    const { nodes, settings } = this.#state;
    const isPool = nodes.kind.get(group) === NodeKind.pool;
    const level = isPool ? 1 : nodes.vcpus.get(group);
    const table = isPool ? POOL_SHARE_LEVELS : SHARE_LEVELS;
    nodes.weight.set(group, typeof shares === 'number' ? shares : table[shares] * level);
    nodes.reservation.set(group, reservationMhz / settings.mhzPerPcpu);
    nodes.expandable.set(group, isPool && expandable !== false ? 1 : 0);
    nodes.limit.set(group, limitMhz === undefined ? Infinity : limitMhz / settings.mhzPerPcpu);
    this.#guarantee(group);
  }

  /** Puts a VM into another pool. Preconditions: none of its worlds wants to run. */
  move(vm: number, pool: number): void {
    const { nodes } = this.#state;
    const before = nodes.parent.get(vm);
    this.unlink(vm);
    nodes.parent.set(vm, pool);
    // It begins level with those that are there.
    nodes.virtualTime.set(vm, 0);
    this.link(vm);
    this.#guarantee(before);
    this.#guarantee(vm);
  }

  /** What `ask` answers while nothing is guaranteed to a VM or pool. */
  without<T>(group: number, ask: () => T): T {
    const { reservation } = this.#state.nodes;
    const before = reservation.get(group);
    reservation.set(group, 0);
    this.#guarantee(group);
    try {
      return ask();
    } finally {
      reservation.set(group, before);
      this.#guarantee(group);
    }
  }

  /** Removes a pool or VM that has nothing inside. */
  remove(group: number): void {
    const { nodes, host } = this.#state;
    assert(nodes.firstChild.get(group) === NONE, `scheduler: group ${group} has something inside`);
    assert(nodes.throttled.get(group) === 0, `scheduler: group ${group} is throttled`);
    const parent = nodes.parent.get(group);
    this.unlink(group);
    nodes.kind.set(group, NodeKind.free);
    nodes.nextSibling.set(group, host.firstFree.get(0));
    host.firstFree.set(0, group);
    this.#guarantee(parent);
  }

  /** Reservations of the group's children, in pCPUs. */
  reservedInside(group: number): number {
    let sum = 0;
    this.#state.forEachChild(group, (child) => {
      sum += this.#state.nodes.guaranteed.get(child);
    });
    return sum;
  }

  /** Makes a node its parent's first child. */
  link(node: number): void {
    const { nodes } = this.#state;
    const parent = nodes.parent.get(node);
    nodes.nextSibling.set(node, nodes.firstChild.get(parent));
    nodes.firstChild.set(parent, node);
  }

  unlink(node: number): void {
    const { firstChild, nextSibling, parent } = this.#state.nodes;
    const group = parent.get(node);
    const next = nextSibling.get(node);
    if (firstChild.get(group) === node) {
      firstChild.set(group, next);
      return;
    }
    let before = firstChild.get(group);
    while (nextSibling.get(before) !== node) before = nextSibling.get(before);
    nextSibling.set(before, next);
  }

  #add(parent: number, kind: NodeKindCode): number {
    const { host, nodes } = this.#state;
    const group = host.firstFree.get(0);
    if (group === NONE) return NONE;
    host.firstFree.set(0, nodes.nextSibling.get(group));
    this.#state.resetNode(group, kind, parent);
    this.link(group);
    return group;
  }

  /** What is guaranteed to a node is its reservation, or the sum of those inside it when that is more. */
  #guarantee(group: number): void {
    const { nodes } = this.#state;
    for (let at = group; at !== NONE; at = nodes.parent.get(at)) {
      nodes.guaranteed.set(at, Math.max(nodes.reservation.get(at), this.reservedInside(at)));
    }
  }
}
