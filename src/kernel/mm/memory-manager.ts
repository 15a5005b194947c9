/**
 * The memory manager of a host: looks from time to time at all VMs, shares their pages, and takes from those that have more
 * than they are owed when the host runs short. Time is handed in; one thread uses it.
 */
import type { GuestMap } from './guest-map.ts';
import type { MachineMemory } from './machine-memory.ts';
import type { MemoryOptions } from './memory-options.ts';
import { type HostMemory, pageCounts, type VmMemory } from './memory-statistics.ts';
import type { StoreProblem } from './page-store.ts';
import {
  type HostStateRow,
  hostState,
  type MemoryAllocation,
  type MemoryDemand,
  memoryTargets,
  minFreePages,
} from './policy.ts';
import { Reclaimer, type ReclaimMeans } from './reclaim.ts';
import { ScanRates } from './scan-rate.ts';
import { PageSharing, saltOf } from './sharing.ts';
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
  readonly allocation: MemoryAllocation;
  readonly balloon?: BalloonControl | undefined;
  /** Its compression cache and swap file, for the statistics. */
  readonly cache?: { readonly pages: number } | undefined;
  readonly swap?: { readonly reads: number; readonly writes: number } | undefined;
}

export interface MemoryManagerParts {
  readonly machine: MachineMemory;
  readonly options: MemoryOptions;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Clock of all cores together. */
  readonly ghz: number;
  /** Gives free machine pages back to the platform, if it can; see MachineMemory.trim. */
  readonly give?: ((address: number, bytes: number) => boolean) | undefined;
  /** A page of this VM could not be put away: its disk is full, or fails. */
  readonly onProblem?: (vm: string, problem: StoreProblem) => void;
}

interface Member extends ManagedVm {
  readonly scanNumber: number;
  readonly reclaimer: Reclaimer;
  readonly workingSet: WorkingSet;
  /** Pages it is owed, by the last look. */
  target: number;
  consumed: number;
}

const MS_PER_SECOND = 1000;
const PERCENT = 100;
/** Bounds of one look, so that it ends soon. */
const MAX_SCAN_PAGES = 4096;
const MAX_RECLAIM_PAGES = 4096;
const MAX_TRIM_PAGES = 16_384;
/** In so many looks the hand that takes rights has been everywhere. */
const AGE_LOOKS = 16;
/** Pages that are taken at once for a hart that waits for one. */
const URGENT_PAGES = 256;

export class MemoryManager {
  readonly #parts: MemoryManagerParts;
  readonly #sharing: PageSharing;
  readonly #rates = new ScanRates();
  readonly #vms = new Map<string, Member>();
  readonly #minFree: number;
  #lastMs: number | undefined;
  #sampledMs = 0;

  constructor(parts: MemoryManagerParts) {
    this.#parts = parts;
    this.#sharing = new PageSharing(parts.machine);
    this.#minFree = minFreePages(parts.machine.pages, parts.options.minFreePct);
  }

  get state(): HostStateRow {
    return hostState(this.#parts.machine.freePages, this.#minFree);
  }

  add(vm: ManagedVm): void {
    const { options, random } = this.#parts;
    const salt = saltOf(options.shareForceSalting, vm.salt, vm.identity);
    this.#vms.set(vm.name, {
      ...vm,
      scanNumber: this.#sharing.add({ map: vm.map, salt }),
      reclaimer: new Reclaimer(vm.map),
      workingSet: new WorkingSet(vm.map, random),
      target: vm.allocation.sizePages,
      consumed: 0,
    });
  }

  remove(name: string): void {
    const vm = this.#vms.get(name);
    if (vm === undefined) return;
    this.#sharing.remove(vm.scanNumber);
    this.#vms.delete(name);
  }

  /** Looks at the VMs and does what is due; to be called about every second, more often when memory is short. */
  tick(nowMs: number): HostStateRow {
    const elapsedMs = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    this.#sample(nowMs);
    this.#scan(elapsedMs);
    this.#setTargets();
    const { state } = this;
    this.#moveBalloons(state);
    this.#reclaim(state);
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

  #scan(elapsedMs: number): void {
    const { options, ghz } = this.#parts;
    const sizes = new Map([...this.#vms.values()].map((vm) => [vm.scanNumber, vm.map.layout.ramPages]));
    const due = this.#rates.due(elapsedMs * this.state.scanFactor, sizes, options, ghz);
    for (const [vm, pages] of due) if (pages > 0) this.#sharing.scan(vm, Math.min(pages, MAX_SCAN_PAGES));
  }

  /** What each VM has and is owed. */
  #setTargets(): void {
    const { machine, options } = this.#parts;
    const vms = [...this.#vms.values()];
    for (const vm of vms) vm.consumed = consumedPages(vm);
    const consumed = vms.reduce((sum, vm) => sum + vm.consumed, 0);
    const pages = Math.max(0, consumed + machine.freePages - this.#minFree);
    const targets = memoryTargets(vms.map(demandOf), pages, options.idleTax);
    for (const [i, vm] of vms.entries()) vm.target = targets[i] ?? vm.target;
  }

  /** Balloons grow only when the host is short, or the VM over its limit; they shrink whenever they may. */
  #moveBalloons(state: HostStateRow): void {
    const { ctlMaxPercent } = this.#parts.options;
    for (const { balloon, allocation, consumed, target, map } of this.#vms.values()) {
      if (balloon?.isDriven !== true) continue;
      const most = Math.floor((allocation.sizePages * ctlMaxPercent) / PERCENT);
      const wanted = Math.max(0, Math.min(most, map.count('ballooned') + consumed - target));
      const mayGrow = state.mechanisms.includes('balloon') || isOverLimit(allocation, consumed);
      if (wanted < balloon.target || mayGrow) balloon.setTarget(wanted);
    }
  }

  #reclaim(state: HostStateRow): void {
    const isShort = state.mechanisms.length > 0;
    const missing = Math.max(0, this.#minFree - this.#parts.machine.freePages);
    const fat = this.#fattest().filter(isOver);
    const over = fat.reduce((sum, vm) => sum + vm.consumed - vm.target, 0);
    for (const vm of fat) {
      if (isShort) vm.reclaimer.age(Math.ceil(vm.map.layout.ramPages / AGE_LOOKS));
      const ofVm = vm.consumed - vm.target;
      const isBallooned = vm.balloon?.isDriven === true;
      const isLimited = isOverLimit(vm.allocation, vm.consumed);
      // The balloon comes first; what it cannot do in time is done without it.
      if (!state.mechanisms.includes('swap') && isBallooned) continue;
      if (!isShort && !isLimited) continue;
      const share = isLimited ? ofVm : Math.ceil((missing * ofVm) / over);
      this.#take(vm, Math.min(share, ofVm, MAX_RECLAIM_PAGES));
    }
  }

  #take(vm: Member, pages: number): void {
    const isZipped = this.#parts.options.memZipEnable === 1;
    const means: readonly ReclaimMeans[] = isZipped ? ['compress', 'swap'] : ['swap'];
    const { problem } = vm.reclaimer.take(pages, means);
    if (problem === 'full' || problem === 'failed') this.#parts.onProblem?.(vm.name, problem);
  }

  /** Those that have the most beyond what they are owed first. */
  #fattest(): Member[] {
    return [...this.#vms.values()].toSorted((a, b) => b.consumed - b.target - (a.consumed - a.target));
  }

  #statisticsOf(vm: Member): VmMemory {
    const { map, balloon, cache, swap, allocation } = vm;
    const counts = pageCounts(map);
    return {
      name: vm.name,
      sizePages: allocation.sizePages,
      grantedPages: map.count('private') + map.count('shared') + map.count('zero'),
      consumedPages: consumedPages(vm),
      targetPages: vm.target,
      sharedPages: map.count('shared'),
      sharedSavedPages: Math.floor(map.count('shared') - counts.sharedParts),
      zeroPages: map.count('zero'),
      balloonPages: map.count('ballooned'),
      balloonTargetPages: balloon?.target ?? 0,
      isBallooned: balloon?.isDriven === true,
      swappedPages: map.count('swapped'),
      swapReads: swap?.reads ?? 0,
      swapWrites: swap?.writes ?? 0,
      compressedPages: map.count('compressed'),
      cachePages: cache?.pages ?? 0,
      activePages: activePages(vm),
      dirtyPages: counts.dirty,
      reservationPages: allocation.reservationPages,
      limitPages: allocation.limitPages,
      shares: allocation.shares,
    };
  }
}

const isOver = (vm: Member): boolean => vm.consumed > vm.target;

const isOverLimit = ({ limitPages }: MemoryAllocation, consumed: number): boolean =>
  limitPages !== undefined && consumed > limitPages;

/** Machine pages that stand behind it; of those it shares its part. */
function consumedPages({ map, cache }: Member): number {
  const parts = map.count('shared') === 0 ? 0 : pageCounts(map).sharedParts;
  return map.count('private') + Math.ceil(parts) + (cache?.pages ?? 0);
}

function demandOf(vm: Member): MemoryDemand {
  const { map, allocation, consumed } = vm;
  const taken = map.count('ballooned') + map.count('compressed') + map.count('swapped');
  return { ...allocation, wantedPages: consumed + taken, activePages: activePages(vm) };
}

function activePages({ map, workingSet }: Member): number {
  const all = map.count('private') + map.count('shared') + map.count('compressed') + map.count('swapped');
  return Math.round(workingSet.active * all);
}
