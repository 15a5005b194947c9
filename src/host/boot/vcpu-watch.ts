/** The step of the boot from which on a host looks for vCPUs that do not get on, and writes them into vmkernel.log. */
import { everyRealTime } from '#management';
import { attachMap } from '#vmm';
import { exitCounts as countsOf } from '#vmm/size';
import { exitCounts } from '../stats.ts';
import { type StuckVcpu, VcpuWatch } from '../vcpu-watch.ts';
import type { VmHandle } from '../vm-handle.ts';
import type { HostParts } from './parts.ts';

const LOOK_MS = 10_000;
/** Guest pages that are named in a line. */
const MOST_PAGES = 4;

export function beginVcpuWatch(parts: HostParts): void {
  const { cpus } = parts;
  const log = parts.loggerOf('vmkernel');
  const watch = new VcpuWatch(cpus.worlds, () => cpus.resources.nowNs);
  /** Exits of each VM at the last look. */
  let before = new Map<number, Int32Array>();
  const look = (): void => {
    const stuck = watch.look();
    const now = new Map(cpus.vms.map((vm) => [vm.vm, exitsOf(cpus.memory.memory.buffer, vm)]));
    for (const one of stuck) {
      const vm = cpus.vms.find((candidate) => candidate.vm === one.vm);
      if (vm === undefined) continue;
      const exits =
        now.get(one.vm)?.map((count, reason) => count - (before.get(one.vm)?.[reason] ?? 0)) ?? [];
      const busy = vm.seat ? attachMap(cpus.memory, vm.seat.place, {}).busyPages : [];
      log.warning(stuckLine(vm.name, one, [...exits], busy));
    }
    before = now;
  };
  look();
  parts.endVcpuWatch = everyRealTime(LOOK_MS, look);
}

function exitsOf(memory: ArrayBufferLike, { seat }: VmHandle): Int32Array {
  return seat ? countsOf(memory, seat.place).slice() : new Int32Array();
}

/**
 * What the log says.
 * @param exits - of its VM, by reason, since the last look
 * @param busy - numbers of guest pages that somebody is changing: one that stays so stops each vCPU that needs it
 */
export function stuckLine(
  name: string,
  { vcpu, lookedMs, ranMs, readyMs }: StuckVcpu,
  exits: readonly number[],
  busy: readonly number[],
): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const reasons = exitCounts({ exits }).map(({ name: reason, count }) => `${reason} ${count}`);
  const pages = busy.slice(0, MOST_PAGES).map((page) => `0x${page.toString(16)}`);
  const more = busy.length > MOST_PAGES ? ', …' : '';
  const changed = `guest pages that are being changed: ${pages.join(', ')}${more} (${busy.length})`;
  return [
    `vCPU ${vcpu} of VM "${name}" has done nothing for ${seconds(lookedMs)} (${seconds(ranMs)} on a pCPU, ${seconds(readyMs)} ready for one)`,
    `the VM's exits meanwhile: ${reasons.join(', ') || 'none'}`,
    busy.length === 0 ? 'no guest page is being changed' : changed,
  ].join('; ');
}
