/** Options of memory management: `Mem.*`. Source: ESXi 7.0, list of advanced options. */
import { integer, type OptionRow } from './option.ts';

// biome-ignore format: a table reads in columns
export const MEM_OPTIONS: readonly OptionRow[] = [
  integer('Mem.AllocGuestLargePage',     1,      0, 1,      'kept',    'Back guest memory with large pages'),
  integer('Mem.CtlMaxPercent',           65,     0, 99,     'kept',    'What the balloon may take at most, in percent of a VM\'s memory'),
  integer('Mem.IdleTax',                 75,     0, 99,     'kept',    'Tax on idle memory, in percent'),
  integer('Mem.IdleTaxType',             1,      0, 1,      'kept',    'Kind of idle tax: 0 flat, 1 variable'),
  integer('Mem.MemEagerZero',            0,      0, 1,      'kept',    'Zero pages as soon as they are freed'),
  integer('Mem.MemMinFreePct',           0,      0, 50,     'kept',    'Memory of the host kept free, in percent; 0: by its size'),
  integer('Mem.MemZipEnable',            1,      0, 1,      'kept',    'Compress pages before they are swapped'),
  integer('Mem.MemZipMaxAllocPct',       50,     5, 100,    'kept',    'Size of the compression cache at most, in percent of a VM\'s allocated memory'),
  integer('Mem.MemZipMaxPct',            10,     5, 100,    'kept',    'Size of the compression cache that is aimed at, in percent of a VM\'s memory'),
  integer('Mem.SampleActivePctMin',      1,      0, 10,     'kept',    'The least that sampling takes for active memory, in percent'),
  integer('Mem.SamplePeriod',            60,     0, 180,    'kept',    'Seconds of one sampling period; 0: no sampling'),
  integer('Mem.ShareForceSalting',       2,      0, 2,      'kept',    'Page sharing between VMs: 0 all, 1 those with one salt, 2 only where a salt is given'),
  integer('Mem.ShareRateMax',            1024,   0, 32_768, 'kept',    'Pages a second scanned for sharing at most, for each VM; 0: none'),
  integer('Mem.ShareScanGHz',            4,      0, 32,     'kept',    'MB a second scanned for sharing, for each GHz of the host; 0: none'),
  integer('Mem.ShareScanTime',           60,     10, 600,   'kept',    'Minutes in which all of a VM is scanned for sharing'),
  integer('Mem.VMOverheadGrowthLimit',   4_294_967_295, 0, 4_294_967_295, 'kept', 'MB by which the overhead of a VM may grow; 4294967295: any'),
];
