/** Batch mode: a line of CSV for each look, as esxtop writes it; and the same rows as JSON. */
import { CPU_COLUMNS, DISK_COLUMNS, MEMORY_COLUMNS, type TopColumn } from './columns.ts';
import type { TopRows } from './rows.ts';

/** Counters by their path, in order. */
type Counters = ReadonlyMap<string, string>;

const DIGITS = 2;

/** Makes lines; the columns are those of the first look, what is gone later stays empty. */
export class CsvWriter {
  #paths: readonly string[] | undefined;

  /** The next lines: the title line comes before the first one. */
  lines(rows: TopRows): string {
    const counters = countersOf(rows);
    const first = this.#paths === undefined;
    this.#paths ??= [...counters.keys()];
    const time = stamp(rows.sample.wallMs);
    const values = line([time, ...this.#paths.map((path) => counters.get(path) ?? '')]);
    return first ? line(['(PDH-CSV 4.0) (UTC)(0)', ...this.#paths]) + values : values;
  }
}

/** The rows with the names of their columns, for programs. */
export function jsonOf({ sample, host, groups, worlds, memory, disks }: TopRows): object {
  return {
    time: new Date(sample.wallMs).toISOString(),
    host: { ...sample.host, pcpuUsed: host.pcpus, pcpuUsedAverage: host.average },
    cpu: groups.map((group) => ({ ...group, worlds: worlds.filter(({ gid }) => gid === group.gid) })),
    memory,
    disk: disks,
  };
}

function countersOf(rows: TopRows): Counters {
  const { sample, host, groups, memory, disks } = rows;
  const counters = new Map<string, string>();
  const put = (path: string, value: number | string | undefined, digits = DIGITS) => {
    const text = typeof value === 'number' ? value.toFixed(digits) : (value ?? '');
    counters.set(`\\\\${sample.host.name}\\${path}`, text);
  };
  const averages = ['1 Minute Avg', '5 Minute Avg', '15 Minute Avg'];
  averages.forEach((name, i) => {
    put(`Physical Cpu Load\\Cpu Load (${name})`, sample.host.load[i]);
  });
  host.pcpus.forEach((used, i) => {
    put(`Physical Cpu(${i})\\% Util Time`, used);
  });
  put('Physical Cpu(_Total)\\% Util Time', host.average);
  averages.forEach((name, i) => {
    put(`Memory\\Memory Overcommit (${name})`, sample.host.memory.overcommit[i]);
  });
  const { total, kernel, free, state } = sample.host.memory;
  put('Memory\\Machine MBytes', total / 2 ** 20);
  put('Memory\\Kernel MBytes', kernel / 2 ** 20);
  put('Memory\\Free MBytes', free / 2 ** 20);
  put('Memory\\Memory State', state);
  const each = <R extends { gid: number; name: string }>(
    object: string,
    columns: readonly TopColumn<R>[],
    all: readonly R[],
    part: (row: R) => string,
  ) => {
    for (const row of all) {
      for (const { counter, value, digits } of columns) {
        if (counter !== undefined) put(`${object}(${row.gid}:${part(row)})\\${counter}`, value(row), digits);
      }
    }
  };
  each('Group Cpu', CPU_COLUMNS, groups, ({ name }) => name);
  each('Group Memory', MEMORY_COLUMNS, memory, ({ name }) => name);
  each('Virtual Disk', DISK_COLUMNS, disks, ({ name, disk }) => `${name}:${disk}`);
  return counters;
}

function line(values: readonly string[]): string {
  return `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`;
}

/** MM/DD/YYYY HH:MM:SS. */
function stamp(wallMs: number): string {
  const [date = '', time = ''] = new Date(wallMs).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
