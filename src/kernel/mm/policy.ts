/**
 * What each VM is owed of machine memory, and what is done when it runs short: pure functions over plain data.
 * Source: Waldspurger, Memory Resource Management in VMware ESX Server (OSDI 2002), §5 and §6.
 */
import { PAGE_BYTES } from '#riscv/size';

const PAGES_PER_GIB = 2 ** 30 / PAGE_BYTES;
const PERCENT = 100;

export type HostStateName = 'high' | 'clear' | 'soft' | 'hard' | 'low';
export type Mechanism = 'balloon' | 'compress' | 'swap';

export interface HostStateRow {
  readonly name: HostStateName;
  /** The state holds while at least so many percent of minFree are free; the first row that does is it. */
  readonly fromPercent: number;
  /** What takes pages from VMs that have more than they are owed. Pages are shared in every state. */
  readonly mechanisms: readonly Mechanism[];
  /** How many times as fast as usual pages are scanned for sharing. */
  readonly scanFactor: number;
}

// Source: VMware, vSphere Resource Management, "Memory Reclamation"; KB 2017642 (minFree and the states since 6.0).
// biome-ignore format: a table reads in columns
export const HOST_STATES: readonly HostStateRow[] = [
  { name: 'high',  fromPercent: 400, mechanisms: [],                              scanFactor: 1 },
  { name: 'clear', fromPercent: 100, mechanisms: [],                              scanFactor: 4 },
  { name: 'soft',  fromPercent: 64,  mechanisms: ['balloon'],                     scanFactor: 4 },
  { name: 'hard',  fromPercent: 32,  mechanisms: ['balloon', 'compress', 'swap'], scanFactor: 4 },
  { name: 'low',   fromPercent: 0,   mechanisms: ['balloon', 'compress', 'swap'], scanFactor: 1 },
];

/** Percent of a host's memory that is kept free: of the first 4 GiB, the next 8, the next 16, and the rest. */
const MIN_FREE_SCALE: readonly (readonly [gib: number, percent: number])[] = [
  [4, 6],
  [8, 4],
  [16, 2],
  [Infinity, 1],
];

/** Pages that should be free. @param percent a fixed part of the host; 0 takes the sliding scale. */
export function minFreePages(hostPages: number, percent = 0): number {
  if (percent > 0) return Math.ceil((hostPages * percent) / PERCENT);
  let left = hostPages;
  let sum = 0;
  for (const [gib, part] of MIN_FREE_SCALE) {
    const pages = Math.min(left, gib * PAGES_PER_GIB);
    sum += (pages * part) / PERCENT;
    left -= pages;
  }
  return Math.ceil(sum);
}

export function hostState(freePages: number, minFree: number): HostStateRow {
  const percent = (freePages * PERCENT) / minFree;
  return (HOST_STATES.find((row) => percent >= row.fromPercent) ?? HOST_STATES.at(-1)) as HostStateRow;
}

/** What a VM is given at power-on; pages. */
export interface MemoryAllocation {
  readonly sizePages: number;
  /** What it is sure to get. */
  readonly reservationPages: number;
  /** What it never gets more of; undefined: its size. */
  readonly limitPages?: number | undefined;
  readonly shares: number;
  /** What the host needs for it beside its memory. */
  readonly overheadPages: number;
}

/** Shares of a VM by its size. Source: vSphere Resource Management: 5, 10, 20 for each MB. */
export const SHARES_PER_MB = { low: 5, normal: 10, high: 20 } as const;

/** A VM as it is now. */
export interface MemoryDemand extends MemoryAllocation {
  /** Pages that it would have if nothing were taken from it: those it has and those in its balloon and stores. */
  readonly wantedPages: number;
  /** Pages that it uses, by the estimate of its working set. */
  readonly activePages: number;
}

/**
 * How many machine pages each VM is owed of `pages`, in the order given. Memory goes to the VM that has the most shares for
 * a page, ρ = S / (P·(f + k·(1 − f))), where idle pages cost k = 1/(1 − tax) as much as those in use; nobody gets less
 * than its reservation, or more than its limit or than it wants.
 */
export function memoryTargets(vms: readonly MemoryDemand[], pages: number, idleTaxPercent: number): number[] {
  const k = 1 / (1 - idleTaxPercent / PERCENT);
  const at = (price: number): number[] => vms.map((vm) => targetAt(vm, price, k));
  const sum = (targets: readonly number[]): number => targets.reduce((total, one) => total + one, 0);
  if (sum(at(0)) <= pages) return at(0).map(Math.floor);
  // What a page costs, in shares: the dearer it is, the less everybody gets.
  let [low, high] = [0, 1];
  while (sum(at(high)) > pages && high < 2 ** 60) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) > pages) low = middle;
    else high = middle;
  }
  return at(high).map(Math.floor);
}

/** What a VM gets when a page in use costs so many shares. */
function targetAt(vm: MemoryDemand, price: number, k: number): number {
  const most = Math.min(vm.wantedPages, vm.limitPages ?? vm.sizePages, vm.sizePages);
  const least = Math.min(vm.reservationPages, most);
  const worth = price === 0 ? Infinity : vm.shares / price;
  // P·(f + k·(1 − f)) is P while all of it is in use, and active + k·(P − active) above.
  const active = Math.min(vm.activePages, vm.wantedPages);
  const pages = worth <= active ? worth : active + (worth - active) / k;
  return Math.max(least, Math.min(most, pages));
}
