/** The door of host: what joins everything to a running host. */
export { CpuResources } from './cpu-resources.ts';
export { type CpuPlace, Cpus } from './cpus.ts';
export { Host } from './host.ts';
export {
  HostMemoryManager,
  type HostMemoryOptions,
  topMemory,
  type VmMemoryConfig,
  type VmPart,
} from './host-memory.ts';
export { runInLab } from './lab/run-lab.ts';
export { systemCrypt } from './system-crypt.ts';
export { type TopParts, topSource } from './top-source.ts';
export { bringUp } from './up.ts';
export type { VmHandle } from './vm-handle.ts';
