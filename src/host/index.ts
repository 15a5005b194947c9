/** The door of host: what joins everything to a running host. */
import type { BringUp } from '#management';

export { CpuResources } from './cpu-resources.ts';
export { type CpuPlace, Cpus } from './cpus.ts';
export { Host } from './host.ts';
export {
  HostMemoryManager,
  type HostMemoryParts,
  topMemory,
  type VmMemoryConfig,
  type VmPart,
} from './host-memory.ts';
export { runInLab } from './lab/run-lab.ts';
export { systemCrypt } from './system-crypt.ts';

/** Loaded when a host is brought up: a single VM has no need of accounts, logs and ports. */
export const bringUp: BringUp = async (config, report) => (await import('./up.ts')).bringUp(config, report);
export type { VmHandle } from './vm-handle.ts';
