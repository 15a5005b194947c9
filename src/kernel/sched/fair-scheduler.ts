/**
 * The scheduler of a host: the table of worlds says who would run, the policy who does. One lock guards the policy's
 * state; every pCPU has its own object over the same memory.
 */
import { type HostAccounts, readAccounts } from './accounts.ts';
import { type Admission, admit, admitChange, type Demand } from './admission.ts';
import { CpuPolicy } from './cpu-policy.ts';
import { HostLock } from './host-lock.ts';
import { PoolTree } from './pool-tree.ts';
import type { Scheduler } from './scheduler.ts';
import {
  MAX_GROUPS,
  NONE,
  NodeKind,
  nodeOf,
  ROOT,
  SchedulerState,
  Standing,
  type StandingCode,
  worldOf,
} from './scheduler-state.ts';
import type { CpuAllocation, SchedulerSettings } from './settings.ts';
import { WorldState, type WorldTable } from './world-table.ts';

export class FairScheduler implements Scheduler {
  readonly state: SchedulerState;
  readonly tree: PoolTree;
  readonly lock: HostLock;
  readonly #table: WorldTable;
  readonly #policy: CpuPolicy;

  /** @param holder - the pCPU whose object this is, or MAIN_THREAD. */
  constructor(table: WorldTable, state: SchedulerState, holder: number) {
    this.state = state;
    this.tree = new PoolTree(state);
    this.lock = new HostLock(state.lockWord, holder);
    this.#table = table;
    this.#policy = new CpuPolicy(state, (node, standing, atNs) => this.#mark(worldOf(node), standing, atNs));
  }

  /** A pCPU's scheduler over the state that the main thread has made. */
  static attach(
    table: WorldTable,
    { settings, scheduler }: { readonly settings: SchedulerSettings; readonly scheduler: SharedArrayBuffer },
    pcpu: number,
  ): FairScheduler {
    return new FairScheduler(table, new SchedulerState(settings, scheduler), pcpu);
  }

  pick(pcpu: number, nowNs: number): number {
    return this.#locked(nowNs, () => {
      this.#lookAtAll();
      for (;;) {
        const node = this.#policy.choose(pcpu);
        if (node === NONE) return -1;
        const world = worldOf(node);
        if (this.#table.exchange(world, WorldState.ready, WorldState.running, this.state.nowNs)) {
          this.#policy.start(node, pcpu);
          return world;
        }
        // Somebody else has changed it just now.
        this.#policy.sleep(node);
      }
    });
  }

  charge(world: number, ns: number, steps: number, nowNs: number): void {
    this.#locked(nowNs, () => {
      if (this.#standing(world) === Standing.running) this.#policy.charge(nodeOf(world), ns, steps);
    });
  }

  shouldYield(world: number, pcpu: number, nowNs: number): boolean {
    return this.#locked(nowNs, () => {
      this.#lookAtAll();
      if (this.#standing(world) !== Standing.running) return true;
      return this.#policy.shouldYield(nodeOf(world), pcpu);
    });
  }

  mayGiveWay(world: number): boolean {
    const { nodes } = this.state;
    return nodes.ready.get(nodes.parent.get(nodeOf(world))) > 0;
  }

  givesWay(world: number, pcpu: number, nowNs: number): boolean {
    return this.#locked(nowNs, () => {
      if (this.#standing(world) !== Standing.running) return true;
      return this.#policy.giveWay(nodeOf(world), pcpu);
    });
  }

  /** Time left of a running world's slice: a turn need not be longer. */
  sliceLeftNs(world: number): number {
    return this.#policy.sliceLeftNs(nodeOf(world));
  }

  woken(world: number, nowNs: number): void {
    this.#locked(nowNs, () => {
      if (this.#standing(world) === Standing.running) this.#policy.stop(nodeOf(world), false);
      this.#lookAt(world);
    });
  }

  nextChangeNs(_pcpu: number, nowNs: number): number {
    return this.#locked(nowNs, () => this.#policy.nextChangeNs());
  }

  /** A new pool in `parent` (ROOT for none); undefined when there are MAX_GROUPS. Admission is asked before. */
  addPool(parent: number, allocation: CpuAllocation, nowNs: number): number | undefined {
    return this.#locked(nowNs, () => found(this.tree.addPool(parent, allocation)));
  }

  /** A VM that is being switched on. Its worlds join it by their column `group`. */
  addVm(pool: number, vcpus: number, allocation: CpuAllocation, nowNs: number): number | undefined {
    return this.#locked(nowNs, () => found(this.tree.addVm(pool, vcpus, allocation)));
  }

  /** Sets what a pool or VM is owed from now on. */
  configure(group: number, allocation: CpuAllocation, nowNs: number): void {
    this.#locked(nowNs, () => {
      this.tree.configure(group, allocation);
      this.#policy.advance(nowNs);
    });
  }

  /** Puts a VM, which may run, into another pool. */
  move(vm: number, pool: number, nowNs: number): void {
    this.#locked(nowNs, () => {
      this.#lookAtAll();
      this.state.forEachChild(vm, (child) => {
        const standing = this.#standing(worldOf(child));
        // It leaves its slice soon, and is picked again in its new place.
        if (standing === Standing.running) this.#policy.stop(child, false);
        else if (standing !== Standing.asleep) this.#policy.sleep(child);
      });
      this.#policy.release(vm);
      this.tree.move(vm, pool);
      this.#lookAtAll();
    });
  }

  /** Whether a VM may be owed something in another pool than its own. */
  admitMove(vm: number, pool: number, demand: Demand, poolName: (group: number) => string): Admission {
    return this.#locked(0, () =>
      this.tree.without(vm, () => admit(this.state, this.tree, pool, demand, poolName)),
    );
  }

  /** Removes a pool with nothing inside, or a VM whose worlds have stopped. */
  remove(group: number, nowNs: number): void {
    this.#locked(nowNs, () => {
      this.#lookAtAll();
      this.state.forEachChild(group, (child) => {
        if (child < MAX_GROUPS) return;
        if (this.#standing(worldOf(child)) !== Standing.asleep) this.#policy.sleep(child);
        this.#detach(child);
      });
      this.#policy.release(group);
      this.tree.remove(group);
    });
  }

  /** Whether a VM or pool may be added to a pool. @param poolName - names pools for the reason */
  admit(pool: number, demand: Demand, poolName: (group: number) => string): Admission {
    return this.#locked(0, () => admit(this.state, this.tree, pool, demand, poolName));
  }

  /** Whether a VM or pool may be owed something else from now on. */
  admitChange(group: number, demand: Demand, poolName: (group: number) => string): Admission {
    return this.#locked(0, () => admitChange(this.state, this.tree, group, demand, poolName));
  }

  /** Where the time of all worlds went. */
  accounts(nowNs: number): HostAccounts {
    return this.#locked(nowNs, () => {
      this.#lookAtAll();
      return readAccounts(this.#table, this.state);
    });
  }

  #locked<T>(nowNs: number, work: () => T): T {
    this.lock.enter();
    try {
      this.#policy.advance(nowNs);
      return work();
    } finally {
      this.lock.leave();
    }
  }

  #standing(world: number): number {
    return this.state.standings[world] as number;
  }

  #lookAtAll(): void {
    const { end } = this.#table;
    const { state } = this.#table.columns;
    const { standings } = this.state;
    for (let world = 0; world < end; world++) {
      // Nearly all worlds sleep, and are passed over here. A plain read is enough: who changes a state tells of it after.
      const isAsleep = standings[world] === Standing.asleep;
      const is = state[world];
      if (!isAsleep || is === WorldState.ready || is === WorldState.free) this.#lookAt(world);
    }
  }

  /** Tells the policy what has become of a world. */
  #lookAt(world: number): void {
    const node = nodeOf(world);
    const is = this.#table.state(world);
    const standing = this.#standing(world);
    if (is === WorldState.changing || (is === WorldState.running && standing === Standing.running)) return;
    const { held, affinity, known } = this.#table.columns;
    const wants = is === WorldState.ready && held[world] === 0;
    if (!wants && standing === Standing.asleep) {
      if (is === WorldState.free && this.state.nodes.kind.get(node) !== NodeKind.free) this.#detach(node);
      return;
    }
    const allowed = (affinity[world] as number) & (known[world] as number);
    if (standing === Standing.running) {
      this.#policy.stop(node, wants);
    } else if (!wants) {
      this.#policy.sleep(node);
    } else if (standing === Standing.asleep) {
      this.#attach(world);
      // Its timer's time may have come before somebody looked.
      const { deadlineNs } = this.#table.columns;
      this.#policy.wake(node, allowed, Math.min(this.state.nowNs, deadlineNs[world] as number));
    }
    if (wants && this.state.nodes.allowed.get(node) !== allowed) this.#policy.allow(node, allowed);
  }

  /** Makes a world its group's, when it is not. */
  #attach(world: number): void {
    const { nodes } = this.state;
    const node = nodeOf(world);
    const group = this.#table.columns.group[world] as number;
    const isKnown = nodes.kind.get(node) === NodeKind.world;
    if (isKnown && nodes.parent.get(node) === group) return;
    if (isKnown) this.#detach(node);
    this.state.resetNode(node, NodeKind.world, group);
    // A world without a VM counts as a VM of one vCPU.
    if (group === ROOT) nodes.weight.set(node, WORLD_SHARES);
    this.tree.link(node);
  }

  #detach(node: number): void {
    this.tree.unlink(node);
    this.state.nodes.kind.set(node, NodeKind.free);
  }

  /** Notes in the table why a ready world stands still, and counts the time up to now as what it was. */
  #mark(world: number, standing: StandingCode, atNs: number): void {
    this.state.standings[world] = standing;
    const { costop, limited } = this.#table.columns;
    const isAhead = standing === Standing.ahead ? 1 : 0;
    const isLimited = standing === Standing.limited ? 1 : 0;
    if (costop[world] === isAhead && limited[world] === isLimited) return;
    this.#table.exchange(world, WorldState.ready, WorldState.ready, atNs);
    costop[world] = isAhead;
    limited[world] = isLimited;
  }
}

const WORLD_SHARES = 1000;

function found(group: number): number | undefined {
  return group === NONE ? undefined : group;
}
