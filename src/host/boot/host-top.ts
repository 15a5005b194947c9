/** What `vmk top` shows, and what the VIM API counts by. */
import { basename } from 'node:path';
import { RunningAverage } from '#kernel';
import type { TopDisk, TopSource } from '#management';
import { type Networks, vmOfNic } from '#net';
import { PAGE_BYTES } from '#riscv';
import { topMemory } from '../host-memory.ts';
import { late } from '../late-rooms.ts';
import { topSource } from '../top-source.ts';
import type { VmHandle } from '../vm-handle.ts';
import type { HostParts } from './parts.ts';

/** What `vmk top` shows. */
export function hostTop({ cpus, clock, config, settings, network }: HostParts): TopSource {
  const { hostMemory } = cpus;
  const overcommit = new RunningAverage(cpus.resources.nowNs);
  return topSource(cpus, {
    name: settings.identity.fullName,
    wallMs: () => Number(clock.wallNanoseconds() / 1_000_000n),
    memory: () => {
      const total = config.memoryBytes;
      const given = cpus.vms.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
      const kernel = total - cpus.memory.pages * PAGE_BYTES;
      const free = cpus.memory.freePages * PAGE_BYTES;
      return {
        total,
        kernel,
        free,
        ...(hostMemory && { state: hostMemory.statistics().state }),
        overcommit: overcommit.add(Math.max(0, given / total - 1), cpus.resources.nowNs),
      };
    },
    vmMemory: () =>
      cpus.vms.map(({ group, name, memoryBytes, part }) => {
        const memory = part?.statistics();
        return memory === undefined ? { group, name, size: memoryBytes } : topMemory(group, memory);
      }),
    disks: () => cpus.vms.flatMap(topDisks),
    switchMs: () => switchMs(network.networks),
  });
}

/** One way over the ports for all VMs: with hundreds of both, a way for each is felt. */
function switchMs({ ports }: Networks): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { port } of ports) {
    const vm = vmOfNic(port.station);
    if (vm === undefined) continue;
    found.set(vm, (found.get(vm) ?? 0) + (port.station.lane?.counters().switchMs ?? 0));
  }
  return found;
}

/** What the disks of a VM did, as far as it is counted. */
function topDisks({ group, name, disks }: VmHandle): TopDisk[] {
  return disks.flatMap(({ slot, path, counters }) => {
    if (counters === undefined) return [];
    const { reads, writes, flushes, discards, readBytes, writtenBytes, latencyNs } =
      late.storage.readDiskCounters(counters);
    const commands = reads + writes + flushes + discards;
    const bytes = { bytesRead: readBytes, bytesWritten: writtenBytes };
    return [{ group, name, disk: slot ?? basename(path), commands, reads, writes, ...bytes, latencyNs }];
  });
}
