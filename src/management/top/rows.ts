/** From two samples to rows: percentages and rates between them. */
import type { TopDisk, TopMemory, TopSample, TopWorld } from './sample.ts';

/** Percent of the time that passed; of several worlds: their sum. Absent: not measured. */
export interface CpuRow {
  readonly id: number;
  readonly gid: number;
  readonly name: string;
  readonly nwld: number;
  readonly used: number;
  readonly run: number;
  readonly sys: number | undefined;
  readonly wait: number;
  readonly vmwait: number;
  readonly rdy: number;
  readonly idle: number;
  readonly cstp: number;
  readonly mlmtd: number;
}

/** MB, and MB a second. */
export interface MemoryRow {
  readonly gid: number;
  readonly name: string;
  readonly memsz: number;
  readonly grant: number | undefined;
  readonly cnsm: number | undefined;
  readonly sztgt: number | undefined;
  readonly tchd: number | undefined;
  readonly shrd: number | undefined;
  readonly shrdsvd: number | undefined;
  readonly zero: number | undefined;
  readonly mctl: string | undefined;
  readonly mctlsz: number | undefined;
  readonly mctltgt: number | undefined;
  readonly swcur: number | undefined;
  readonly swr: number | undefined;
  readonly sww: number | undefined;
  readonly cachesz: number | undefined;
  readonly ovhd: number | undefined;
}

export interface DiskRow {
  readonly gid: number;
  readonly name: string;
  readonly disk: string;
  readonly cmds: number;
  readonly reads: number;
  readonly writes: number;
  readonly mbread: number;
  readonly mbwrtn: number;
  /** Milliseconds; 0 when there was no command. */
  readonly lat: number;
}

export interface HostRow {
  /** Percent of each pCPU, and of all. */
  readonly pcpus: readonly number[];
  readonly average: number;
}

/** Everything that is shown. */
export interface TopRows {
  readonly sample: TopSample;
  readonly host: HostRow;
  readonly groups: readonly CpuRow[];
  readonly worlds: readonly CpuRow[];
  readonly memory: readonly MemoryRow[];
  readonly disks: readonly DiskRow[];
}

const MB = 2 ** 20;
const NS_PER_SECOND = 1e9;
const NS_PER_MS = 1e6;

/** Rows for the time from `before` to `after`; without `before`: since each thing began. */
export function rowsBetween(before: TopSample | undefined, after: TopSample): TopRows {
  const passedNs = after.takenNs - (before?.takenNs ?? after.takenNs - after.host.uptimeNs);
  const seconds = passedNs / NS_PER_SECOND;
  const worlds = worldRows(before, after, passedNs);
  const pcpus = after.host.pcpuBusyNs.map((busy, i) =>
    percent(busy - (before?.host.pcpuBusyNs[i] ?? 0), passedNs),
  );
  return {
    sample: after,
    host: { pcpus, average: pcpus.reduce((a, b) => a + b, 0) / Math.max(1, pcpus.length) },
    groups: after.groups.map(({ id, name }) => groupRow(id, name, worlds)),
    worlds,
    memory: after.memory.map((vm) => {
      const then = before?.memory.find(({ group }) => group === vm.group);
      return memoryRow(then, vm, seconds);
    }),
    disks: after.disks.map((disk) => {
      const same = (other: TopDisk) => other.group === disk.group && other.disk === disk.disk;
      return diskRow(before?.disks.find(same), disk, seconds);
    }),
  };
}

function worldRows(before: TopSample | undefined, after: TopSample, passedNs: number): CpuRow[] {
  const earlier = new Map(before?.worlds.map((world) => [world.id, world]));
  return after.worlds.map((world) => {
    const then = earlier.get(world.id);
    // A row of the table may be another world's by now.
    const isSame = then !== undefined && then.name === world.name && ageNs(then) <= ageNs(world);
    // One that is younger than that: of the time since it was made, so that its states add up all the same.
    return isSame ? worldRow(then, world, passedNs) : worldRow(undefined, world, ageNs(world));
  });
}

const ageNs = ({ runNs, readyNs, costopNs, waitNs }: TopWorld): number => runNs + readyNs + costopNs + waitNs;

function worldRow(before: TopWorld | undefined, after: TopWorld, passedNs: number): CpuRow {
  const of = (field: 'runNs' | 'readyNs' | 'limitedNs' | 'costopNs' | 'waitNs' | 'idleNs') =>
    percent(after[field] - (before?.[field] ?? 0), passedNs);
  const { systemNs } = after;
  const sys = systemNs === undefined ? undefined : percent(systemNs - (before?.systemNs ?? 0), passedNs);
  const run = of('runNs');
  const wait = of('waitNs');
  const idle = of('idleNs');
  return {
    ...{ id: after.id, gid: after.group, name: after.name, nwld: 1 },
    ...{ used: run + (sys ?? 0), run, sys, wait, vmwait: Math.max(0, wait - idle) },
    ...{ rdy: of('readyNs'), idle, cstp: of('costopNs'), mlmtd: of('limitedNs') },
  };
}

function groupRow(id: number, name: string, worlds: readonly CpuRow[]): CpuRow {
  const inside = worlds.filter(({ gid }) => gid === id);
  const sum = (field: 'used' | 'run' | 'wait' | 'vmwait' | 'rdy' | 'idle' | 'cstp' | 'mlmtd') =>
    inside.reduce((all, world) => all + world[field], 0);
  const isMeasured = inside.some(({ sys }) => sys !== undefined);
  const sys = isMeasured ? inside.reduce((all, world) => all + (world.sys ?? 0), 0) : undefined;
  return {
    ...{ id, gid: id, name, nwld: inside.length, used: sum('used'), run: sum('run'), sys },
    ...{ wait: sum('wait'), vmwait: sum('vmwait'), rdy: sum('rdy'), idle: sum('idle') },
    ...{ cstp: sum('cstp'), mlmtd: sum('mlmtd') },
  };
}

function memoryRow(before: TopMemory | undefined, after: TopMemory, seconds: number): MemoryRow {
  const mb = (bytes: number | undefined) => (bytes === undefined ? undefined : bytes / MB);
  const rate = (field: 'swapRead' | 'swapWritten') => {
    const now = after[field];
    return now === undefined ? undefined : ratio((now - (before?.[field] ?? 0)) / MB, seconds);
  };
  return {
    ...{ gid: after.group, name: after.name, memsz: after.size / MB, grant: mb(after.granted) },
    ...{ cnsm: mb(after.consumed), sztgt: mb(after.target), tchd: mb(after.active) },
    ...{ shrd: mb(after.shared), shrdsvd: mb(after.sharedSaved), zero: mb(after.zero) },
    ...{ mctlsz: mb(after.balloon), mctltgt: mb(after.balloonTarget), swcur: mb(after.swapped) },
    ...{ swr: rate('swapRead'), sww: rate('swapWritten'), cachesz: mb(after.compressed) },
    ...{ mctl: mctl(after.isBallooned), ovhd: mb(after.overhead) },
  };
}

function mctl(isBallooned: boolean | undefined): string | undefined {
  return isBallooned === undefined ? undefined : isBallooned ? 'Y' : 'N';
}

function diskRow(before: TopDisk | undefined, after: TopDisk, seconds: number): DiskRow {
  const grown = (field: 'commands' | 'reads' | 'writes' | 'bytesRead' | 'bytesWritten' | 'latencyNs') =>
    after[field] - (before?.[field] ?? 0);
  const rate = (amount: number) => ratio(amount, seconds);
  return {
    ...{ gid: after.group, name: after.name, disk: after.disk, cmds: rate(grown('commands')) },
    ...{ reads: rate(grown('reads')), writes: rate(grown('writes')) },
    ...{ mbread: rate(grown('bytesRead') / MB), mbwrtn: rate(grown('bytesWritten') / MB) },
    lat: ratio(grown('latencyNs') / NS_PER_MS, grown('commands')),
  };
}

function percent(part: number, whole: number): number {
  return ratio(100 * part, whole);
}

/** 0 when nothing passed; a counter that began anew is no negative rate. */
function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.max(0, part / whole) : 0;
}
