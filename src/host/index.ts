/** The door of host: what joins everything to a running host. */
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
export { bringUp } from './up.ts';
