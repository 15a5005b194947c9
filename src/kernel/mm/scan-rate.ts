/** How many pages are scanned for sharing in a span of time: bounds for each VM and for the host. */
import { PAGE_BYTES } from '#riscv/size';
import type { MemoryOptions } from './memory-options.ts';

const MB = 2 ** 20;
const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1000;

type ScanOptions = Pick<MemoryOptions, 'shareScanTime' | 'shareScanGHz' | 'shareRateMax'>;

/** Pages a millisecond of one VM with so many pages, without the host's bound. */
export function vmScanRate(options: ScanOptions, vmPages: number): number {
  if (options.shareScanTime === 0) return 0;
  const wanted = vmPages / (options.shareScanTime * MS_PER_MINUTE);
  return Math.min(wanted, options.shareRateMax / MS_PER_SECOND);
}

/** Pages a millisecond of all VMs. @param ghz - clock of all cores together. */
export function hostScanRate(options: ScanOptions, ghz: number): number {
  return (options.shareScanGHz * ghz * MB) / PAGE_BYTES / MS_PER_SECOND;
}

/** Gives each VM its pages for the time that went by, and keeps fractions for the next time. */
export class ScanRates {
  readonly #owed = new Map<number, number>();

  /** Pages to scan now, by VM. */
  due(
    elapsedMs: number,
    vms: ReadonlyMap<number, number>,
    options: ScanOptions,
    ghz: number,
  ): Map<number, number> {
    const rates = [...vms].map(([vm, pages]) => [vm, vmScanRate(options, pages)] as const);
    const wanted = rates.reduce((sum, [, rate]) => sum + rate, 0);
    const part = wanted === 0 ? 0 : Math.min(1, hostScanRate(options, ghz) / wanted);
    const due = new Map<number, number>();
    for (const [vm, rate] of rates) {
      const owed = (this.#owed.get(vm) ?? 0) + rate * part * elapsedMs;
      const pages = Math.floor(Math.min(owed, vms.get(vm) as number));
      this.#owed.set(vm, owed - Math.floor(owed));
      due.set(vm, pages);
    }
    for (const vm of this.#owed.keys()) if (!vms.has(vm)) this.#owed.delete(vm);
    return due;
  }
}
