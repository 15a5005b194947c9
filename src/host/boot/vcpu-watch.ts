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

/** Begins; returns what ends it. */
export function beginVcpuWatch({ cpus, loggerOf }: HostParts): () => void {
  const log = loggerOf('vmkernel');
  const watch = new VcpuWatch(cpus.worlds, () => cpus.resources.nowNs);
  /** Exits of each VM at the last look. */
  let before = new Map<number, Int32Array>();
  const look = (): void => {
    const stuck = watch.look();
    const now = new Map(cpus.vms.map((vm) => [vm.vm, exitsOf(cpus.memory.memory.buffer, vm)]));
    for (const one of stuck) {
      const vm = cpus.vms.find((candidate) => candidate.vm === one.vm);
      if (vm === undefined) continue;
      const exits = now.get(one.vm)?.map((count, reason) => count - (before.get(one.vm)?.[reason] ?? 0));
      log.warning(`${stuckText(vm.name, one)}; ${reasons([...(exits ?? [])])}; ${busyText(cpus, vm)}`);
    }
    before = now;
  };
  look();
  return everyRealTime(LOOK_MS, look);
}

function exitsOf(memory: ArrayBufferLike, { seat }: VmHandle): Int32Array {
  return seat ? countsOf(memory, seat.place).slice() : new Int32Array();
}

function stuckText(name: string, { vcpu, lookedMs, ranMs, readyMs }: StuckVcpu): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const times = `${seconds(ranMs)} on a pCPU, ${seconds(readyMs)} ready for one`;
  return `vCPU ${vcpu} of VM "${name}" has done nothing for ${seconds(lookedMs)} (${times})`;
}

function reasons(exits: readonly number[]): string {
  const texts = exitCounts({ exits }).map(({ name, count }) => `${name} ${count}`);
  return `the VM's exits meanwhile: ${texts.length === 0 ? 'none' : texts.join(', ')}`;
}

/** A page that stays locked stops each vCPU that needs it. */
function busyText({ memory }: HostParts['cpus'], { seat }: VmHandle): string {
  const busy = seat ? attachMap(memory, seat.place, {}).busyPages : [];
  const pages = busy.slice(0, MOST_PAGES).map((page) => `0x${page.toString(16)}`);
  return busy.length === 0
    ? 'no guest page is being changed'
    : `guest pages that are being changed: ${pages.join(', ')}${busy.length > MOST_PAGES ? ', …' : ''} (${busy.length})`;
}
