/** What disks did between two samples: all of a VM or of the host together, and each virtual disk by its place. */
import type { TopDisk } from '../top/sample.ts';
import { type Measured, one, sum } from './measured.ts';

const KIB = 1024;
const NS_PER_S = 1e9;

type Counted = 'commands' | 'reads' | 'writes' | 'bytesRead' | 'bytesWritten';
type Grown = Readonly<Record<Counted, number>>;

interface Row {
  readonly counter: number;
  readonly of: (grown: Grown) => number;
  /** Counted in the span, so many a second, or KiB a second. */
  readonly as: 'count' | 'rate' | 'kib-rate';
}

// biome-ignore format: a table reads in columns
const TOGETHER: readonly Row[] = [
  { counter: 131073, of: ({ bytesRead, bytesWritten }) => bytesRead + bytesWritten, as: 'kib-rate' }, // disk.usage.average
  { counter: 131076, of: ({ reads }) => reads,               as: 'count' },    // disk.numberRead.summation
  { counter: 131077, of: ({ writes }) => writes,             as: 'count' },    // disk.numberWrite.summation
  { counter: 131078, of: ({ bytesRead }) => bytesRead,       as: 'kib-rate' }, // disk.read.average
  { counter: 131079, of: ({ bytesWritten }) => bytesWritten, as: 'kib-rate' }, // disk.write.average
  { counter: 131080, of: ({ commands }) => commands,         as: 'count' },    // disk.commands.summation
  { counter: 131097, of: ({ reads }) => reads,               as: 'rate' },     // disk.numberReadAveraged.average
  { counter: 131098, of: ({ writes }) => writes,             as: 'rate' },     // disk.numberWriteAveraged.average
  { counter: 131099, of: ({ commands }) => commands,         as: 'rate' },     // disk.commandsAveraged.average
];
// biome-ignore format: a table reads in columns
const EACH: readonly Row[] = [
  { counter: 589824, of: ({ reads }) => reads,               as: 'rate' },     // virtualDisk.numberReadAveraged.average
  { counter: 589825, of: ({ writes }) => writes,             as: 'rate' },     // virtualDisk.numberWriteAveraged.average
  { counter: 589826, of: ({ bytesRead }) => bytesRead,       as: 'kib-rate' }, // virtualDisk.read.average
  { counter: 589827, of: ({ bytesWritten }) => bytesWritten, as: 'kib-rate' }, // virtualDisk.write.average
];

/** Of all disks that are given; of each by itself where they are one VM's. */
export function ofDisks(
  before: readonly TopDisk[],
  now: readonly TopDisk[],
  ns: number,
  areOfOne: boolean,
): Measured[] {
  if (now.length === 0) return [];
  const seconds = ns / NS_PER_S;
  const value = ({ of, as }: Row, grown: Grown) => {
    if (as === 'count') return of(grown);
    return of(grown) / seconds / (as === 'rate' ? 1 : KIB);
  };
  const all = now.map((disk) => ({ disk: disk.disk, grown: grownOf(before, disk) }));
  const total = (counted: Counted) => sum(all, ({ grown }) => grown[counted]);
  const together: Grown = {
    ...{ commands: total('commands'), reads: total('reads'), writes: total('writes') },
    ...{ bytesRead: total('bytesRead'), bytesWritten: total('bytesWritten') },
  };
  const each = areOfOne ? all : [];
  return [
    ...TOGETHER.map((row) => one(row.counter, value(row, together))),
    ...each.flatMap(({ disk, grown }) => EACH.map((row) => one(row.counter, value(row, grown), disk))),
  ];
}

/** One that was opened anew counts from nothing. */
function grownOf(before: readonly TopDisk[], now: TopDisk): Grown {
  const old = before.find(({ group, disk }) => group === now.group && disk === now.disk);
  const grown = (counted: Counted) => {
    const since = old?.[counted] ?? 0;
    return now[counted] < since ? now[counted] : now[counted] - since;
  };
  return {
    ...{ commands: grown('commands'), reads: grown('reads'), writes: grown('writes') },
    ...{ bytesRead: grown('bytesRead'), bytesWritten: grown('bytesWritten') },
  };
}
