/**
 * The policy of CPU scheduling as events on the state: a world wakes, is chosen, runs, is charged, stops. Who calls it
 * holds the host's lock and has told the time.
 */
import { CoScheduling } from './co-scheduling.ts';
import { FairShare } from './fair-share.ts';
import { Limits } from './limits.ts';
import { ReadyList } from './ready-list.ts';
import { NONE, NodeKind, ROOT, type SchedulerState, Standing, type StandingCode } from './scheduler-state.ts';
import { WakeQueue } from './wake-queue.ts';

/** A co-stopped world is looked at again after this time, when nothing else happens. */
const LOOK_AGAIN_NS = 1_000_000;

/** Told of each change of where a world stands, and since when. */
export type StandingListener = (world: number, standing: StandingCode, atNs: number) => void;

export class CpuPolicy {
  readonly #state: SchedulerState;
  readonly #moved: StandingListener;
  readonly #ready: ReadyList;
  readonly #fair: FairShare;
  readonly #limits: Limits;
  readonly #co: CoScheduling;
  readonly #wakes: WakeQueue;

  constructor(state: SchedulerState, moved: StandingListener) {
    this.#state = state;
    this.#moved = moved;
    this.#ready = new ReadyList(state);
    this.#fair = new FairShare(state, this.#ready);
    this.#limits = new Limits(state, (group, atNs) => this.#rejudgeAll(group, atNs));
    this.#co = new CoScheduling(state, (world) => this.#rejudge(world, state.nowNs));
    this.#wakes = new WakeQueue(state);
  }

  /** Moves the time on; it never goes back, whatever clocks of different threads say. */
  advance(nowNs: number): void {
    const { host, nodes } = this.#state;
    const before = this.#state.nowNs;
    if (nowNs > before) {
      host.runnableNs.add(0, (nowNs - before) * (nodes.ready.get(ROOT) + nodes.running.get(ROOT)));
      host.nowNs.set(0, nowNs);
    }
    this.#limits.settle();
  }

  /** A world that has slept wants to run. @param sinceNs - since when, which is what its wait is counted from */
  wake(world: number, allowed: number, sinceNs: number): void {
    const { nodes, nowNs } = this.#state;
    nodes.allowed.set(world, allowed);
    for (let at = world; at !== NONE; at = nodes.parent.get(at)) {
      if (nodes.wanting.get(at) === 0 && at !== ROOT) this.#fair.activate(at);
      nodes.wanting.add(at, 1);
    }
    this.#co.woke(world);
    nodes.wokenNs.set(world, sinceNs);
    this.#rejudge(world, nowNs);
    if (nodes.standing.get(world) === Standing.ready) this.#wakes.add(world);
  }

  /** A world that is not running does not want to run any more. */
  sleep(world: number): void {
    const { nodes, nowNs } = this.#state;
    this.#place(world, Standing.asleep, nowNs);
    for (let at = world; at !== NONE; at = nodes.parent.get(at)) {
      if (nodes.wanting.get(at) === 1 && at !== ROOT) this.#fair.deactivate(at);
      nodes.wanting.add(at, -1);
    }
    this.#co.slept(world);
  }

  /** The world that the pCPU should run; NONE when there is none for it. */
  choose(pcpu: number): number {
    if (!this.#wakes.isEmpty && !this.#fair.isLate()) {
      const woken = this.#wakes.first(pcpu, (world) => this.#fair.isDeserving(world));
      if (woken !== NONE) return woken;
    }
    return this.#fair.choose(pcpu);
  }

  /** The pCPU runs the world that was chosen. */
  start(world: number, pcpu: number): void {
    const { nodes, settings, nowNs } = this.#state;
    const isWoken = nodes.isWoken.get(world) === 1;
    nodes.gaveWayNs.set(world, 0);
    this.#countWake(world, nowNs);
    this.#place(world, Standing.running, nowNs);
    for (let at = world; at !== NONE; at = nodes.parent.get(at)) {
      nodes.running.add(at, 1);
      nodes.pcpu.set(at, pcpu);
    }
    this.#grant(world, isWoken ? settings.wakeNs : settings.quantumNs);
  }

  /** A running world has used this much more. */
  charge(world: number, ns: number, steps: number): void {
    const { nodes } = this.#state;
    nodes.sliceUsedNs.add(world, ns);
    for (let at = world; at !== NONE; at = nodes.parent.get(at)) nodes.usedNs.add(at, ns);
    this.#co.ran(world, ns, steps);
  }

  /** Whether a running world should make room; if not, and its slice is used up, it gets another. */
  shouldYield(world: number, pcpu: number): boolean {
    const { nodes, settings } = this.#state;
    if (nodes.isAhead.get(world) === 1) return true;
    const used = nodes.sliceUsedNs.get(world);
    if (used < nodes.sliceNs.get(world)) {
      return used >= settings.wakeNs && !this.#wakes.isEmpty && this.#ready.has(ROOT, pcpu);
    }
    if (this.#limits.isThrottled(world) || this.#ready.has(ROOT, pcpu)) return true;
    this.#settleSlice(world);
    if (this.#limits.isThrottled(world)) return true;
    this.#fair.renew(world);
    this.#grant(world, settings.quantumNs);
    return false;
  }

  /** A running world waits for a sibling: those that this pCPU may run come before it, the next time that one is chosen. */
  giveWay(world: number, pcpu: number): boolean {
    const { nodes } = this.#state;
    const isAnyReady = this.#ready.has(nodes.parent.get(world), pcpu);
    if (isAnyReady) nodes.gaveWayNs.set(world, this.#state.nowNs);
    return isAnyReady;
  }

  /** Time that is left of a running world's slice. */
  sliceLeftNs(world: number): number {
    const { nodes } = this.#state;
    return Math.max(0, nodes.sliceNs.get(world) - nodes.sliceUsedNs.get(world));
  }

  /** A running world stops, and still wants to run or does not. */
  stop(world: number, wantsMore: boolean): void {
    const { nodes, nowNs } = this.#state;
    for (let at = world; at !== NONE; at = nodes.parent.get(at)) nodes.running.add(at, -1);
    this.#settleSlice(world);
    this.#fair.bound(world);
    if (wantsMore) this.#place(world, this.#judged(world), nowNs);
    else this.sleep(world);
  }

  /** Who may run a world that is not running changes. */
  allow(world: number, allowed: number): void {
    const { nodes } = this.#state;
    const isReady = nodes.standing.get(world) === Standing.ready;
    if (isReady) this.#ready.remove(world);
    nodes.allowed.set(world, allowed);
    if (isReady) this.#ready.add(world);
  }

  /** A group is about to be removed. */
  release(group: number): void {
    this.#limits.release(group, this.#state.nowNs);
  }

  /** When a world that stands still may be ready again; Infinity for none. */
  nextChangeNs(): number {
    const { host, nowNs } = this.#state;
    const look = host.ahead.get(0) > 0 ? nowNs + LOOK_AGAIN_NS : Infinity;
    return Math.min(look, this.#limits.nextReleaseNs());
  }

  /** Use is noted when a slice is given, so that pCPUs that choose meanwhile know of it; what is left is given back. */
  #grant(world: number, wantedNs: number): void {
    const { nodes } = this.#state;
    const slice = this.#limits.slice(world, wantedNs);
    nodes.sliceNs.set(world, slice);
    nodes.sliceUsedNs.set(world, 0);
    this.#fair.use(world, slice);
    this.#limits.use(world, slice);
  }

  #settleSlice(world: number): void {
    const { nodes } = this.#state;
    const over = nodes.sliceUsedNs.get(world) - nodes.sliceNs.get(world);
    nodes.sliceNs.set(world, 0);
    nodes.sliceUsedNs.set(world, 0);
    this.#fair.use(world, over);
    this.#limits.use(world, over);
  }

  #countWake(world: number, nowNs: number): void {
    const { nodes } = this.#state;
    const since = nodes.wokenNs.get(world);
    if (since === 0) return;
    nodes.wokenNs.set(world, 0);
    nodes.wakes.add(world, 1);
    nodes.wakeNs.add(world, nowNs - since);
    nodes.longestWakeNs.set(world, Math.max(nodes.longestWakeNs.get(world), nowNs - since));
  }

  #judged(world: number): StandingCode {
    if (this.#limits.isThrottled(world)) return Standing.limited;
    return this.#state.nodes.isAhead.get(world) === 1 ? Standing.ahead : Standing.ready;
  }

  /** Where a world stands that wants to run and does not. */
  #rejudge(world: number, atNs: number): void {
    const { nodes } = this.#state;
    const before = nodes.standing.get(world);
    if (nodes.wanting.get(world) === 0 || before === Standing.running) return;
    const standing = this.#judged(world);
    this.#place(world, standing, atNs);
    // What it gathered while it stood still is lost if it waits in a long queue.
    if (before === Standing.limited && standing === Standing.ready) this.#wakes.add(world);
  }

  #rejudgeAll(group: number, atNs: number): void {
    const { nodes } = this.#state;
    if (nodes.wanting.get(group) === 0) return;
    if (nodes.kind.get(group) === NodeKind.world) this.#rejudge(group, atNs);
    else this.#state.forEachChild(group, (child) => this.#rejudgeAll(child, atNs));
  }

  #place(world: number, standing: StandingCode, atNs: number): void {
    const { nodes, host } = this.#state;
    const before = nodes.standing.get(world);
    if (before === standing) return;
    if (before === Standing.ready) {
      this.#ready.remove(world);
      this.#wakes.remove(world);
    }
    if (before === Standing.ahead) host.ahead.add(0, -1);
    nodes.standing.set(world, standing);
    nodes.standingNs.set(world, Math.max(atNs, nodes.standingNs.get(world)));
    if (standing === Standing.ready) this.#ready.add(world);
    if (standing === Standing.ahead) host.ahead.add(0, 1);
    this.#moved(world, standing, nodes.standingNs.get(world));
  }
}
