/** What `vmk top` shows, and what the VIM API counts by. */
import { RunningAverage } from '#kernel';
import type { TopSource } from '#management';
import { PAGE_BYTES } from '#riscv';
import { topMemory } from '../host-memory.ts';
import { topSource } from '../top-source.ts';
import type { HostParts } from './parts.ts';

/** What `vmk top` shows. */
export function hostTop({ cpus, clock, config, settings }: HostParts): TopSource {
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
    disks: () => [],
  });
}
