/** How often the harts of a VM left their runs, and why: counted in machine memory, by all threads. */
import { Exit } from '#riscv/size';

const EXITS = Object.keys(Exit).length;
export const EXIT_COUNT_BYTES = EXITS * 4;

/** By reason. @param shared - see MachinePlace */
export function exitCounts(memory: ArrayBufferLike, { shared }: { readonly shared: number }): Int32Array {
  return new Int32Array(memory, shared, EXITS);
}

/** How often they met devices or called the SBI; it wraps around. */
export function deviceUses(counts: Int32Array): number {
  return (Atomics.load(counts, Exit.Device) + Atomics.load(counts, Exit.Sbi)) | 0;
}
