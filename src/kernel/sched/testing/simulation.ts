/** A host without guests: pCPUs that follow the scheduler on a clock moved by hand, and worlds that compute and sleep. */
import type { WorldAccount } from '../accounts.ts';
import { FairScheduler } from '../fair-scheduler.ts';
import { ROOT, SchedulerState } from '../scheduler-state.ts';
import {
  type CpuAllocation,
  DEFAULT_ALLOCATION,
  DEFAULT_SETTINGS,
  type SchedulerSettings,
} from '../settings.ts';
import { WorldState, WorldTable } from '../world-table.ts';

export const MS = 1e6;
const TURN_NS = MS;

/** What a world does: computes for so long, sleeps for so long, again and again. */
export interface Workload {
  readonly computeNs: () => number;
  readonly sleepNs: () => number;
  /** Steps a ns. */
  readonly pace?: number;
  /** Bits of pCPUs. */
  readonly affinity?: number;
}

export const BUSY: Workload = { computeNs: () => Infinity, sleepNs: () => 0 };

interface World {
  readonly workload: Workload;
  computeLeftNs: number;
  wakesAtNs: number;
}

interface Pcpu {
  world: number;
  sinceNs: number;
  untilNs: number;
}

export class Simulation {
  readonly table = new WorldTable();
  readonly state: SchedulerState;
  readonly main: FairScheduler;
  nowNs = 0;
  readonly #schedulers: FairScheduler[];
  readonly #pcpus: Pcpu[];
  readonly #worlds = new Map<number, World>();
  readonly #samples: (() => void)[] = [];

  constructor(settings: Partial<SchedulerSettings> = {}) {
    const pcpus = settings.pcpus ?? 1;
    this.state = new SchedulerState({ ...DEFAULT_SETTINGS, reservablePcpus: pcpus, ...settings, pcpus });
    this.main = new FairScheduler(this.table, this.state, 31);
    this.#schedulers = Array.from({ length: pcpus }, (_, p) => {
      const state = new SchedulerState(this.state.settings, this.state.buffer);
      return new FairScheduler(new WorldTable(this.table.buffer), state, p);
    });
    this.#pcpus = Array.from({ length: pcpus }, () => ({ world: -1, sinceNs: 0, untilNs: 0 }));
  }

  pool(parent = ROOT, allocation: Partial<CpuAllocation> = {}): number {
    return this.main.addPool(parent, { ...DEFAULT_ALLOCATION, ...allocation }, this.nowNs) as number;
  }

  /** A VM with a world for each workload, switched on. */
  vm(workloads: readonly Workload[], allocation: Partial<CpuAllocation> = {}, pool: number = ROOT) {
    const group = this.main.addVm(
      pool,
      workloads.length,
      { ...DEFAULT_ALLOCATION, ...allocation },
      this.nowNs,
    ) as number;
    return { group, worlds: workloads.map((workload) => this.#world(group, workload)) };
  }

  /** Calls `sample` after each ms. */
  everyMs(sample: () => void): void {
    this.#samples.push(sample);
  }

  run(ns: number): void {
    const end = this.nowNs + ns;
    for (let nextSample = this.nowNs + MS; ; ) {
      const next = Math.min(nextSample, end, this.#nextEvent());
      this.nowNs = Math.max(this.nowNs, next);
      this.#wakeDue();
      this.#pcpus.forEach((_, p) => {
        this.#turn(p);
      });
      if (this.nowNs >= nextSample) {
        for (const sample of this.#samples) sample();
        nextSample += MS;
      }
      if (this.nowNs >= end) return;
    }
  }

  /** Time that the worlds of a VM have run, up to now. */
  runNs(worlds: readonly number[]): number {
    return worlds.reduce((sum, world) => sum + this.table.times(world, this.nowNs).run, 0);
  }

  /** The pCPU that runs a world; -1 for none. */
  pcpuOf(world: number): number {
    return this.#pcpus.findIndex((pcpu) => pcpu.world === world);
  }

  /** Where the time of a world went. */
  account(world: number): WorldAccount {
    const { worlds } = this.main.accounts(this.nowNs);
    return worlds.find((account) => account.world === world) as WorldAccount;
  }

  #world(group: number, workload: Workload): number {
    const world = this.table.add(this.nowNs);
    const { columns } = this.table;
    columns.group[world] = group;
    columns.known[world] = -1;
    columns.affinity[world] = workload.affinity ?? -1;
    this.#worlds.set(world, { workload, computeLeftNs: workload.computeNs(), wakesAtNs: Infinity });
    this.table.exchange(world, WorldState.stopped, WorldState.ready, this.nowNs);
    this.main.woken(world, this.nowNs);
    this.#poke();
    return world;
  }

  #nextEvent(): number {
    let next = Infinity;
    for (const { untilNs } of this.#pcpus) next = Math.min(next, untilNs);
    for (const { wakesAtNs } of this.#worlds.values()) next = Math.min(next, wakesAtNs);
    return next;
  }

  #wakeDue(): void {
    for (const [id, world] of this.#worlds) {
      if (world.wakesAtNs > this.nowNs) continue;
      world.wakesAtNs = Infinity;
      world.computeLeftNs = world.workload.computeNs();
      this.table.exchange(id, WorldState.waiting, WorldState.ready, this.nowNs);
      this.main.woken(id, this.nowNs);
      this.#poke();
    }
  }

  /** pCPUs without a world look again. */
  #poke(): void {
    for (const pcpu of this.#pcpus) if (pcpu.world < 0) pcpu.untilNs = this.nowNs;
  }

  #turn(p: number): void {
    const pcpu = this.#pcpus[p] as Pcpu;
    const scheduler = this.#schedulers[p] as FairScheduler;
    if (pcpu.untilNs > this.nowNs) return;
    if (pcpu.world >= 0) this.#endTurn(p, pcpu, scheduler);
    if (pcpu.world < 0) pcpu.world = scheduler.pick(p, this.nowNs);
    pcpu.sinceNs = this.nowNs;
    if (pcpu.world >= 0) this.table.columns.pcpu[pcpu.world] = p;
    if (pcpu.world < 0) {
      pcpu.untilNs = Math.max(this.nowNs + 1, scheduler.nextChangeNs(p, this.nowNs));
      return;
    }
    const { computeLeftNs } = this.#worlds.get(pcpu.world) as World;
    const left = scheduler.sliceLeftNs(pcpu.world);
    pcpu.untilNs = this.nowNs + Math.max(1, Math.min(TURN_NS, computeLeftNs, left > 0 ? left : Infinity));
  }

  #endTurn(p: number, pcpu: Pcpu, scheduler: FairScheduler): void {
    const id = pcpu.world;
    const world = this.#worlds.get(id) as World;
    const ns = this.nowNs - pcpu.sinceNs;
    world.computeLeftNs -= ns;
    scheduler.charge(id, ns, ns * (world.workload.pace ?? 1), this.nowNs);
    if (world.computeLeftNs <= 0) {
      world.wakesAtNs = this.nowNs + world.workload.sleepNs();
      this.table.exchange(id, WorldState.running, WorldState.waiting, this.nowNs);
      pcpu.world = -1;
    } else if (scheduler.shouldYield(id, p, this.nowNs)) {
      this.table.exchange(id, WorldState.running, WorldState.ready, this.nowNs);
      pcpu.world = -1;
      this.#poke();
    }
  }
}
