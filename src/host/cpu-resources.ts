/** The CPU resources of a host, seen from the main thread: pools, admission when a VM is switched on, where time went. */
import {
  type CpuAllocation,
  DEFAULT_SETTINGS,
  FairScheduler,
  type HostAccounts,
  LoadAverage,
  MAIN_THREAD,
  ROOT,
  SchedulerState,
  type WorldTable,
} from '#kernel/machine';
import { HostError } from '#lib';
import type { HostClock } from './host-clock.ts';

const ROOT_NAME = 'Resources';
/** Of all pCPUs: what VMs may reserve; the rest is the host's own. */
const RESERVABLE_PART = 0.9;

export class CpuResources {
  readonly state: SchedulerState;
  readonly scheduler: FairScheduler;
  readonly #clock: HostClock;
  readonly #names = new Map<number, string>([[ROOT, ROOT_NAME]]);
  readonly #load: LoadAverage;

  constructor(worlds: WorldTable, pcpus: number, clock: HostClock) {
    this.state = new SchedulerState({ ...DEFAULT_SETTINGS, pcpus, reservablePcpus: RESERVABLE_PART * pcpus });
    this.scheduler = new FairScheduler(worlds, this.state, MAIN_THREAD);
    this.#clock = clock;
    this.#load = new LoadAverage(0, clock.nowNs());
  }

  /** A new pool. @throws HostError `cpu-admission` */
  addPool(name: string, parent: number, allocation: CpuAllocation): number {
    this.#admit(parent, { name: `pool "${name}"`, allocation });
    return this.#named(name, this.scheduler.addPool(parent, allocation, this.#clock.nowNs()));
  }

  /** A group for a VM that is being switched on. @throws HostError `cpu-admission` */
  switchOn(name: string, vcpus: number, pool: number, allocation: CpuAllocation): number {
    this.#admit(pool, { name: `VM "${name}"`, vcpus, allocation });
    return this.#named(name, this.scheduler.addVm(pool, vcpus, allocation, this.#clock.nowNs()));
  }

  /** The VM is off, or the pool empty. */
  switchOff(group: number): void {
    this.scheduler.remove(group, this.#clock.nowNs());
    this.#names.delete(group);
  }

  /** Gives a pool, or a VM that runs, another allocation, and maybe a name. @throws HostError `cpu-admission` */
  configure(group: number, allocation: CpuAllocation, name = this.nameOf(group)): void {
    const demand = { name: `"${this.nameOf(group)}"`, allocation };
    const answer = this.scheduler.admitChange(group, demand, (pool) => this.nameOf(pool));
    if (!answer.ok) throw new HostError('cpu-admission', { reason: answer.reason });
    this.scheduler.configure(group, allocation, this.#clock.nowNs());
    this.#names.set(group, name);
  }

  /** Puts a VM that runs into a pool, with another allocation. @throws HostError `cpu-admission`: then it is where it was */
  move(group: number, pool: number, allocation: CpuAllocation): void {
    const demand = { name: `VM "${this.nameOf(group)}"`, allocation };
    const answer = this.scheduler.admitMove(group, pool, demand, (one) => this.nameOf(one));
    if (!answer.ok) throw new HostError('cpu-admission', { reason: answer.reason });
    this.scheduler.move(group, pool, this.#clock.nowNs());
    this.scheduler.configure(group, allocation, this.#clock.nowNs());
  }

  /** The pool that a VM or pool is in. */
  poolOf(group: number): number {
    return this.state.nodes.parent.get(group);
  }

  /** The host's time. */
  get nowNs(): number {
    return this.#clock.nowNs();
  }

  nameOf(group: number): string {
    return this.#names.get(group) ?? `group ${group}`;
  }

  /** All groups with their names. */
  get groups(): readonly (readonly [group: number, name: string])[] {
    return [...this.#names];
  }

  accounts(): HostAccounts & { readonly load: readonly [number, number, number] } {
    const accounts = this.scheduler.accounts(this.#clock.nowNs());
    return { ...accounts, load: this.#load.update(accounts.runnableNs, accounts.nowNs) };
  }

  #admit(pool: number, demand: Parameters<FairScheduler['admit']>[1]): void {
    const answer = this.scheduler.admit(pool, demand, (group) => this.nameOf(group));
    if (!answer.ok) throw new HostError('cpu-admission', { reason: answer.reason });
  }

  #named(name: string, group: number | undefined): number {
    if (group === undefined)
      throw new HostError('host-limit', { what: 'a group', reason: 'there are too many' });
    this.#names.set(group, name);
    return group;
  }
}
