/** The columns of the three screens, one row each: title, width, how important, sort key, name in CSV. */
import type { CpuRow, DiskRow, MemoryRow } from './rows.ts';

export interface TopColumn<R> {
  readonly title: string;
  readonly width: number;
  /** Narrow terminals leave out the highest first. */
  readonly rank: number;
  readonly value: (row: R) => number | string | undefined;
  readonly digits: number;
  /** The key that sorts by it, largest first. */
  readonly key?: string;
  /** As esxtop's batch mode calls it. */
  readonly counter?: string;
}

type Extra = { readonly key?: string; readonly counter?: string };

const columnOf =
  <R>() =>
  (title: string, width: number, rank: number, value: TopColumn<R>['value'], digits = 2, extra: Extra = {}) =>
    ({ title, width, rank, value, digits, ...extra }) satisfies TopColumn<R>;

const cpu = columnOf<CpuRow>();
const memory = columnOf<MemoryRow>();
const disk = columnOf<DiskRow>();

// biome-ignore format: a table reads in columns
export const CPU_COLUMNS: readonly TopColumn<CpuRow>[] = [
  cpu('ID',       5, 9, (row) => row.id, 0),
  cpu('GID',      4, 0, (row) => row.gid, 0, { key: 'N' }),
  cpu('NAME',   -14, 0, (row) => row.name),
  cpu('NWLD',     4, 0, (row) => row.nwld, 0, { counter: 'Members' }),
  cpu('%USED',    7, 0, (row) => row.used, 2, { key: 'U', counter: '% Used' }),
  cpu('%RUN',     7, 1, (row) => row.run, 2, { counter: '% Run' }),
  cpu('%SYS',     7, 7, (row) => row.sys, 2, { counter: '% System' }),
  cpu('%WAIT',    7, 3, (row) => row.wait, 2, { counter: '% Wait' }),
  cpu('%VMWAIT',  7, 8, (row) => row.vmwait, 2, { counter: '% VmWait' }),
  cpu('%RDY',     7, 0, (row) => row.rdy, 2, { key: 'R', counter: '% Ready' }),
  cpu('%IDLE',    7, 4, (row) => row.idle, 2, { counter: '% Idle' }),
  cpu('%CSTP',    7, 2, (row) => row.cstp, 2, { counter: '% CoStop' }),
  cpu('%MLMTD',   7, 2, (row) => row.mlmtd, 2, { counter: '% Max Limited' }),
];

// biome-ignore format: a table reads in columns
export const MEMORY_COLUMNS: readonly TopColumn<MemoryRow>[] = [
  memory('GID',      4, 0, (row) => row.gid, 0, { key: 'N' }),
  memory('NAME',   -14, 0, (row) => row.name),
  memory('MEMSZ',    7, 0, (row) => row.memsz, 0, { key: 'M', counter: 'Memory Size MBytes' }),
  memory('GRANT',    7, 1, (row) => row.grant, 1, { key: 'G', counter: 'Memory Granted Size MBytes' }),
  memory('CNSM',     7, 4, (row) => row.cnsm, 1, { counter: 'Memory Consumed Size MBytes' }),
  memory('SZTGT',    7, 3, (row) => row.sztgt, 1, { counter: 'Target Size MBytes' }),
  memory('TCHD',     7, 2, (row) => row.tchd, 1, { counter: 'Touched MBytes' }),
  memory('SHRD',     7, 2, (row) => row.shrd, 1, { counter: 'Shared MBytes' }),
  memory('SHRDSVD',  7, 2, (row) => row.shrdsvd, 1, { counter: 'Shared Saved MBytes' }),
  memory('ZERO',     7, 6, (row) => row.zero, 1, { counter: 'Zero MBytes' }),
  memory('MCTL?',    5, 8, (row) => row.mctl),
  memory('MCTLSZ',   7, 1, (row) => row.mctlsz, 1, { key: 'B', counter: 'Memctl MBytes' }),
  memory('MCTLTGT',  7, 7, (row) => row.mctltgt, 1, { counter: 'Memctl Target MBytes' }),
  memory('SWCUR',    7, 1, (row) => row.swcur, 1, { counter: 'Swapped MBytes' }),
  memory('SWR/s',    7, 5, (row) => row.swr, 2, { counter: 'Swap Read MBytes/sec' }),
  memory('SWW/s',    7, 5, (row) => row.sww, 2, { counter: 'Swap Written MBytes/sec' }),
  memory('CACHESZ',  7, 6, (row) => row.cachesz, 1, { counter: 'Compression Cache MBytes' }),
  memory('OVHD',     7, 8, (row) => row.ovhd, 1, { counter: 'Overhead MBytes' }),
];

// biome-ignore format: a table reads in columns
export const DISK_COLUMNS: readonly TopColumn<DiskRow>[] = [
  disk('GID',       4, 0, (row) => row.gid, 0, { key: 'N' }),
  disk('NAME',    -13, 0, (row) => row.name),
  disk('DISK',     -7, 0, (row) => row.disk),
  disk('CMDS/s',    8, 0, (row) => row.cmds, 2, { key: 'U', counter: 'Commands/sec' }),
  disk('READS/s',   8, 1, (row) => row.reads, 2, { key: 'r', counter: 'Reads/sec' }),
  disk('WRITES/s',  8, 1, (row) => row.writes, 2, { key: 'w', counter: 'Writes/sec' }),
  disk('MBREAD/s',  8, 2, (row) => row.mbread, 2, { key: 'R', counter: 'MBytes Read/sec' }),
  disk('MBWRTN/s',  8, 2, (row) => row.mbwrtn, 2, { key: 'T', counter: 'MBytes Written/sec' }),
  disk('LAT/ms',    7, 1, (row) => row.lat, 3, { counter: 'Average MilliSec/Command' }),
];

/** The rows, largest first by the column that `key` sorts; names and the group's number the other way. */
export function sortRows<R>(columns: readonly TopColumn<R>[], rows: readonly R[], key: string): readonly R[] {
  const column = columns.find((candidate) => candidate.key === key);
  if (column === undefined) return rows;
  const number = (row: R) => Number(column.value(row) ?? 0);
  return rows.toSorted((a, b) => (key === 'N' ? number(a) - number(b) : number(b) - number(a)));
}
