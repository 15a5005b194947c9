/** Options of memory management: `Mem.*`; those with something behind them are the kernel's own table. Source: ESXi 7.0, list of advanced options. */
import { MEMORY_OPTIONS } from '#kernel';
import { integer, type OptionRow } from './option.ts';

/** How much is kept free is settled when the host comes up: what VMs may reserve depends on it. */
const AT_BOOT = MEMORY_OPTIONS.minFreePct.name;
const OF_KERNEL: readonly OptionRow[] = Object.values(MEMORY_OPTIONS).map(({ name, value, min, max, what }) =>
  integer(name, value, min, max, name === AT_BOOT ? 'restart' : 'now', what),
);

// biome-ignore format: a table reads in columns
const OTHERS: readonly OptionRow[] = [
  integer('Mem.AllocGuestLargePage',   1,             0, 1,             'kept', 'Back guest memory with large pages'),
  integer('Mem.IdleTaxType',           1,             0, 1,             'kept', 'Kind of idle tax: 0 flat, 1 variable'),
  integer('Mem.MemEagerZero',          0,             0, 1,             'kept', 'Zero pages as soon as they are freed'),
  integer('Mem.MemZipMaxAllocPct',     50,            5, 100,           'kept', 'Size of the compression cache at most, in percent of a VM\'s allocated memory'),
  integer('Mem.SampleActivePctMin',    1,             0, 10,            'kept', 'The least that sampling takes for active memory, in percent'),
  integer('Mem.VMOverheadGrowthLimit', 4_294_967_295, 0, 4_294_967_295, 'kept', 'MB by which the overhead of a VM may grow; 4294967295: any'),
];

export const MEM_OPTIONS: readonly OptionRow[] = [...OF_KERNEL, ...OTHERS];
