/**
 * The memory manager of a host: looks from time to time at all VMs, shares their pages, and takes from those that have more
 * than they are owed when the host runs short. Time is handed in; one thread uses it.
 */
import type { GuestMap } from './guest-map.ts';
import { type MemoryPool, pooledTargets, ROOT_POOL } from './memory-pools.ts';
import { type HostMemory, sharedPartsOf, type VmMemory } from './memory-statistics.ts';
import type { StoreProblem } from './page-store.ts';
import {
  type HostStateRow,
  hostState,
  type MemoryAllocation,
  type MemoryDemand,
  minFreePages,
} from './policy.ts';
import { Reclaimer, type ReclaimMeans } from './reclaim.ts';
import { ShareScan, type ShareScanParts } from './share-scan.ts';
import { WorkingSet } from './working-set.ts';

/** A VM's balloon; pages. */
export interface BalloonControl {
  /** Whether the guest has a driver for it. */
  readonly isDriven: boolean;
  readonly target: number;
  readonly actual: number;
  setTarget(pages: number): void;
}

export interface ManagedVm {
  readonly name: string;
  /** What tells it from all others: VMs share pages with themselves only, unless the settings say otherwise. */
  readonly identity: string;
  /** `sched.mem.pshare.salt`. */
  readonly salt?: string | undefined;
  readonly map: GuestMap;
  /** `sched.mem.pshare.enable` is off. */
  readonly isUnshared?: boolean;
  /** `sched.mem.maxmemctl`; undefined: what the settings say. */
  readonly maxBalloonPages?: number | undefined;
  readonly allocation: MemoryAllocation;
  /** Its resource pool; absent: the root. */
  readonly pool?: number;
  readonly balloon?: BalloonControl | undefined;
  /** Nothing of it can be put away until somebody has answered what to do. */
  readonly isStuck?: () => boolean;
  /** Its compression cache and swap file, for the statistics. */
  readonly cache?: { readonly pages: number } | undefined;
  readonly swap?: { readonly reads: number; readonly writes: number } | undefined;
}

export interface MemoryManagerParts extends ShareScanParts {
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Gives free machine pages back to the platform, if it can; see MachineMemory.trim. */
  readonly give?: ((address: number, bytes: number) => boolean) | undefined;
  /** A page of this VM could not be put away: its disk is full, or fails. */
  readonly onProblem?: (vm: string, problem: StoreProblem) => void;
}

interface Member extends ManagedVm {
  allocation: MemoryAllocation;
  pool?: number;
  readonly scanNumber: number | undefined;
  readonly reclaimer: Reclaimer;
  readonly workingSet: WorkingSet;
  /** Pages it is owed, by the last look. */
  target: number;
  consumed: number;
  /** Its part of the pages that it shares: by the look at every page before so many looks, when it shared so many. */
  sharedParts: number;
  partsAge: number;
  partsOf: number;
  /** What its balloon had at the last look, and how many looks it has not grown for while it should. */
  ballooned: number;
  stillLooks: number;
}

/** What a look found of one VM, in pages. */
export interface VmLook {
  readonly name: string;
  readonly targetPages: number;
  readonly activePages: number;
  readonly sharedSavedPages: number;
  readonly cachePages: number;
}

const MS_PER_SECOND = 1000;
const PERCENT = 100;
/** Bounds of one look, so that it ends soon. */
const MAX_RECLAIM_PAGES = 4096;
const MAX_TRIM_PAGES = 16_384;
/** In so many looks the hand that takes rights has been everywhere. */
const AGE_LOOKS = 16;
/** Pages that are taken at once for a hart that waits for one. */
const URGENT_PAGES = 256;
/** Pages that are put away before others may do something with the VM. */
const TAKE_PAGES = 256;
/** Looks after which all pages of a VM that shares some are looked at again, and by how much of it sharing may change before. */
const PARTS_LOOKS = 32;
const PARTS_CHANGE = 1 / 8;
/** Looks in which a balloon that should grow may stand still. */
const STILL_LOOKS = 5;
/** Below this part of minFree nobody who is over its target gets a page; the last ones are for devices. */
const LOW_PART = 0.32;
const LAST_PART = 0.08;
const MAX_LAST_PAGES = 1024;

export class MemoryManager {
  readonly #parts: MemoryManagerParts;
  readonly #scan: ShareScan;
  readonly #vms = new Map<string, Member>();
  #pools: readonly MemoryPool[] = [];
  #lastMs: number | undefined;
  #sampledMs = 0;

  constructor(parts: MemoryManagerParts) {
    this.#parts = parts;
    this.#scan = new ShareScan(parts);
  }

  get #minFree(): number {
    return minFreePages(this.#parts.machine.pages, this.#parts.options.minFreePct);
  }

  get state(): HostStateRow {
    return hostState(this.#parts.machine.freePages, this.#minFree);
  }

  add(vm: ManagedVm): void {
    const { random } = this.#parts;
    this.#vms.set(vm.name, {
      ...vm,
      scanNumber: vm.isUnshared === true ? undefined : this.#scan.add(vm),
      reclaimer: new Reclaimer(vm.map),
      workingSet: new WorkingSet(vm.map, random),
      target: vm.allocation.sizePages,
      consumed: 0,
      ...{ sharedParts: 0, partsAge: 0, partsOf: 0, ballooned: 0, stillLooks: 0 },
    });
    vm.map.spare = this.#lastPages;
  }

  remove(name: string): void {
    const vm = this.#vms.get(name);
    if (vm === undefined) return;
    if (vm.scanNumber !== undefined) this.#scan.remove(vm.scanNumber);
    this.#vms.delete(name);
  }

  /** All resource pools but the root, from now on. */
  setPools(pools: readonly MemoryPool[]): void {
    this.#pools = pools;
  }

  /** What a VM is owed from now on, and in which pool; absent: the one that it is in. */
  allocate(name: string, allocation: MemoryAllocation, pool?: number): void {
    const vm = this.#vms.get(name);
    if (vm === undefined) return;
    vm.allocation = allocation;
    if (pool !== undefined) vm.pool = pool;
  }

  /** Looks at the VMs and does what is due; to be called about every second, more often when memory is short. */
  tick(nowMs: number): HostStateRow {
    const elapsedMs = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    this.#sample(nowMs);
    this.#scan.scan(elapsedMs, this.state.scanFactor);
    this.#setTargets();
    const { state } = this;
    this.#moveBalloons(state);
    this.#reclaim(state);
    this.#setSpare();
    const { give, machine } = this.#parts;
    if (give !== undefined) machine.trim(MAX_TRIM_PAGES, give);
    return state;
  }

  /** Frees pages for a hart or device that waits for one; false when nothing can be freed. */
  reclaimNow(pages = URGENT_PAGES): boolean {
    this.#setTargets();
    const before = this.#parts.machine.freePages;
    for (const vm of this.#fattest().filter(isOver)) {
      if (this.#parts.machine.freePages > before) break;
      this.#take(vm, pages);
    }
    return this.#parts.machine.freePages > before;
  }

  /** What the last look found. */
  get looks(): VmLook[] {
    return [...this.#vms.values()].map((vm) => ({
      name: vm.name,
      targetPages: vm.target,
      activePages: activePages(vm),
      sharedSavedPages: sharedSavedPages(vm),
      cachePages: cachePages(vm),
    }));
  }

  /** What `vmk top` shows. */
  statistics(): HostMemory {
    const { machine } = this.#parts;
    const vms = [...this.#vms.values()].map((vm) => this.#statisticsOf(vm));
    const sum = (of: (vm: VmMemory) => number) => vms.reduce((total, vm) => total + of(vm), 0);
    return {
      pages: machine.pages,
      freePages: machine.freePages,
      minFreePages: this.#minFree,
      state: this.state.name,
      sharedPages: sum((vm) => vm.sharedPages),
      sharedSavedPages: sum((vm) => vm.sharedSavedPages),
      zeroPages: sum((vm) => vm.zeroPages),
      balloonPages: sum((vm) => vm.balloonPages),
      swappedPages: sum((vm) => vm.swappedPages),
      compressedPages: sum((vm) => vm.compressedPages),
      vms,
    };
  }

  #sample(nowMs: number): void {
    const periodMs = this.#parts.options.samplePeriod * MS_PER_SECOND;
    if (periodMs === 0 || nowMs - this.#sampledMs < periodMs) return;
    this.#sampledMs = nowMs;
    for (const { workingSet } of this.#vms.values()) workingSet.next();
  }

  /** What each VM has and is owed. */
  #setTargets(): void {
    const { machine, options } = this.#parts;
    const vms = [...this.#vms.values()];
    for (const vm of vms) {
      countShared(vm);
      vm.consumed = consumedPages(vm);
      if (!isOver(vm)) vm.stillLooks = 0;
    }
    const consumed = vms.reduce((sum, vm) => sum + vm.consumed, 0);
    const pages = Math.max(0, consumed + machine.freePages - this.#minFree);
    const targets = pooledTargets(vms.map(demandOf), this.#pools, pages, options.idleTax);
    for (const [i, vm] of vms.entries()) vm.target = targets[i] ?? vm.target;
  }

  /** Balloons grow only when the host is short, or the VM over its limit; they shrink whenever they may. */
  #moveBalloons(state: HostStateRow): void {
    const { ctlMaxPercent } = this.#parts.options;
    for (const {
      balloon,
      allocation,
      consumed,
      target,
      map,
      maxBalloonPages = Infinity,
    } of this.#vms.values()) {
      if (balloon?.isDriven !== true) continue;
      const most = Math.min(maxBalloonPages, Math.floor((allocation.sizePages * ctlMaxPercent) / PERCENT));
      const wanted = Math.max(0, Math.min(most, map.count('ballooned') + consumed - target));
      const mayGrow = state.mechanisms.includes('balloon') || isOverLimit(allocation, consumed);
      if (wanted < balloon.target || mayGrow) balloon.setTarget(wanted);
    }
  }

  /** Who is over its target waits when the host is nearly out of pages; nobody but devices takes the last ones. */
  #setSpare(): void {
    const low = Math.ceil(this.#minFree * LOW_PART);
    for (const vm of this.#vms.values()) {
      vm.map.spare = isOver(vm) || isOverLimit(vm.allocation, vm.consumed) ? low : this.#lastPages;
    }
  }

  get #lastPages(): number {
    return Math.min(MAX_LAST_PAGES, Math.ceil(this.#minFree * LAST_PART));
  }

  #reclaim(state: HostStateRow): void {
    const isShort = state.mechanisms.length > 0;
    const missing = Math.max(0, this.#minFree - this.#parts.machine.freePages);
    const fat = this.#fattest().filter(isOver);
    const over = fat.reduce((sum, vm) => sum + vm.consumed - vm.target, 0);
    for (const vm of fat) {
      if (isShort) vm.reclaimer.age(Math.ceil(vm.map.layout.ramPages / AGE_LOOKS));
      const ofVm = vm.consumed - vm.target;
      const isBallooned = isBallooning(vm);
      const isLimited = isOverLimit(vm.allocation, vm.consumed);
      // The balloon comes first; what it cannot do in time is done without it.
      if (!state.mechanisms.includes('swap') && isBallooned) continue;
      if (!isShort && !isLimited) continue;
      const share = isLimited ? ofVm : Math.ceil((missing * ofVm) / over);
      this.#take(vm, Math.min(share, ofVm, MAX_RECLAIM_PAGES));
    }
  }

  #take(vm: Member, pages: number): void {
    if (vm.isStuck?.() === true) return;
    const isZipped = this.#parts.options.memZipEnable === 1;
    const means: readonly ReclaimMeans[] = isZipped ? ['compress', 'swap'] : ['swap'];
    for (let left = pages; left > 0; left -= TAKE_PAGES) {
      const { compressed, swapped, problem } = vm.reclaimer.take(Math.min(left, TAKE_PAGES), means);
      if (problem === 'full' || problem === 'failed') this.#parts.onProblem?.(vm.name, problem);
      if (compressed + swapped === 0) return;
    }
  }

  /** Those that have the most beyond what they are owed first. */
  #fattest(): Member[] {
    return [...this.#vms.values()].toSorted((a, b) => b.consumed - b.target - (a.consumed - a.target));
  }

  #statisticsOf(vm: Member): VmMemory {
    const { map, balloon, swap, allocation } = vm;
    countShared(vm, true);
    return {
      name: vm.name,
      sizePages: allocation.sizePages,
      grantedPages: map.count('private') + map.count('shared') + map.count('zero'),
      consumedPages: consumedPages(vm),
      targetPages: vm.target,
      sharedPages: map.count('shared'),
      sharedSavedPages: sharedSavedPages(vm),
      zeroPages: map.count('zero'),
      balloonPages: map.count('ballooned'),
      balloonTargetPages: balloon?.target ?? 0,
      isBallooned: balloon?.isDriven === true,
      swappedPages: map.count('swapped'),
      swapReads: swap?.reads ?? 0,
      swapWrites: swap?.writes ?? 0,
      compressedPages: map.count('compressed'),
      cachePages: cachePages(vm),
      activePages: activePages(vm),
      reservationPages: allocation.reservationPages,
      limitPages: allocation.limitPages,
      shares: allocation.shares,
      overheadPages: allocation.overheadPages,
    };
  }
}

/** Whether its balloon is at it: a guest that has nothing left to give is not waited for. */
function isBallooning(vm: Member): boolean {
  const { balloon } = vm;
  if (balloon?.isDriven !== true) return false;
  vm.stillLooks = balloon.actual > vm.ballooned ? 0 : vm.stillLooks + 1;
  vm.ballooned = balloon.actual;
  return vm.stillLooks < STILL_LOOKS;
}

const isOver = (vm: Member): boolean => vm.consumed > vm.target;

const isOverLimit = ({ limitPages }: MemoryAllocation, consumed: number): boolean =>
  limitPages !== undefined && consumed > limitPages;

/** Machine pages that stand behind it; of those it shares its part. */
function consumedPages(vm: Member): number {
  return vm.map.count('private') + Math.ceil(vm.sharedParts) + cachePages(vm);
}

/** Machine pages that sharing saves it. */
function sharedSavedPages({ map, sharedParts }: Member): number {
  return Math.max(0, Math.floor(map.count('shared') - sharedParts));
}

function cachePages({ map, cache }: Member): number {
  return map.count('compressed') === 0 ? 0 : (cache?.pages ?? 0);
}

/** Looks at all pages of a VM when what is known of its shared ones is old. */
function countShared(vm: Member, isAsked = false): void {
  const shared = vm.map.count('shared');
  const changed = Math.abs(shared - vm.partsOf);
  if (!isAsked && ++vm.partsAge < PARTS_LOOKS && changed <= vm.partsOf * PARTS_CHANGE) return;
  vm.partsAge = 0;
  vm.partsOf = shared;
  vm.sharedParts = shared === 0 ? 0 : sharedPartsOf(vm.map);
}

function demandOf(vm: Member): MemoryDemand & { readonly pool: number } {
  const { map, allocation, consumed } = vm;
  const taken = map.count('ballooned') + map.count('compressed') + map.count('swapped');
  return {
    ...allocation,
    pool: vm.pool ?? ROOT_POOL,
    wantedPages: consumed + taken,
    activePages: activePages(vm),
  };
}

function activePages({ map, workingSet }: Member): number {
  const all = map.count('private') + map.count('shared') + map.count('compressed') + map.count('swapped');
  return Math.round(workingSet.active * all);
}
