/** The lines above the table, as esxtop has them. */
import type { TopRows } from './rows.ts';

const MB = 2 ** 20;
const NS_PER_MINUTE = 60e9;
const MINUTES_PER_DAY = 24 * 60;
const LOW_PLACES = 2;

/** The first line of every screen. */
export function hostLine({ sample }: TopRows): string {
  const { host, worlds, wallMs } = sample;
  const time = new Date(wallMs).toISOString().slice(11, 19);
  const load = host.load.map((value) => value.toFixed(LOW_PLACES)).join(', ');
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const counts = [count(worlds.length, 'world'), count(host.vms, 'VM'), count(host.vcpus, 'vCPU')].join(', ');
  return `${time} up ${uptime(host.uptimeNs)}, ${counts}; load average: ${load}`;
}

export function cpuLines({ host }: TopRows): string[] {
  const each = host.pcpus.map((value) => value.toFixed(0).padStart(3));
  return [`PCPU USED(%): ${each.join(' ')}  AVG: ${host.average.toFixed(0).padStart(3)}`];
}

export function memoryLines({ sample, memory }: TopRows): string[] {
  const { total, kernel, free, state, overcommit } = sample.host.memory;
  const mb = (bytes: number) => (bytes / MB).toFixed(0).padStart(6);
  const other = total - kernel - free;
  const sum = (values: readonly (number | undefined)[]) =>
    values
      .reduce<number>((all, value) => all + (value ?? 0), 0)
      .toFixed(0)
      .padStart(6);
  return [
    `MEM overcommit avg: ${overcommit.map((value) => value.toFixed(LOW_PLACES)).join(', ')}${state === undefined ? '' : `; ${state} state`}`,
    `PMEM   /MB: ${mb(total)} total: ${mb(kernel)} vmk, ${mb(other)} other, ${mb(free)} free`,
    `PSHARE /MB: ${sum(memory.map((vm) => vm.shrd))} shared, ${sum(memory.map((vm) => vm.shrdsvd))} saving`,
    `SWAP   /MB: ${sum(memory.map((vm) => vm.swcur))} curr; MEMCTL/MB: ${sum(memory.map((vm) => vm.mctlsz))} curr; ZIP/MB: ${sum(memory.map((vm) => vm.cachesz))} zipped`,
  ];
}

export function diskLines({ disks }: TopRows): string[] {
  const sum = (field: 'cmds' | 'mbread' | 'mbwrtn') =>
    disks.reduce((all, disk) => all + disk[field], 0).toFixed(LOW_PLACES);
  return [`DISK: ${sum('cmds')} commands/s, ${sum('mbread')} MB read/s, ${sum('mbwrtn')} MB written/s`];
}

function uptime(ns: number): string {
  const minutes = Math.floor(ns / NS_PER_MINUTE);
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  const clock = `${Math.floor((minutes % MINUTES_PER_DAY) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return days === 0 ? clock : `${days} day${days === 1 ? '' : 's'} ${clock}`;
}
