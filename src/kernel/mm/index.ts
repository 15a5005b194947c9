/** What the rest of the kernel and the other rooms use of machine memory. */

export { type CachePlace, CompressionCache, type PagePacker } from './compression-cache.ts';
export { DirtyLog, DirtyPages } from './dirty-log.ts';
export { forkMap } from './fork.ts';
export { gatherPages } from './gather.ts';
export { GuestMap, type GuestMapOptions, type Resolution } from './guest-map.ts';
export { MAX_MACHINE_BYTES, MachineMemory, poolPages } from './machine-memory.ts';
export { EntryBit } from './map-entry.ts';
export { type MapPlace, mapTableBytes } from './map-table.ts';
export {
  type BalloonControl,
  type ManagedVm,
  MemoryManager,
  type MemoryManagerParts,
} from './memory-manager.ts';
export {
  defaultMemoryOptions,
  MEMORY_OPTIONS,
  type MemoryOptionKey,
  type MemoryOptions,
} from './memory-options.ts';
export {
  type MemoryPool,
  mib,
  POOL_MEMORY_SHARES,
  poolRefusal,
  type Reserved,
  ROOT_POOL,
  refusal as poolMemoryRefusal,
} from './memory-pools.ts';
export type { HostMemory, VmMemory } from './memory-statistics.ts';
export type { GuestMapHost } from './page-changer.ts';
export {
  nextState,
  type PageEvent,
  PageState,
  type PageStateCode,
  type PageStateName,
  RIGHTS,
  stateName,
  TRANSITIONS,
} from './page-states.ts';
export type { PageStore, PageStores, StoreProblem } from './page-store.ts';
export {
  HOST_STATES,
  type HostStateName,
  hostState,
  type MemoryAllocation,
  type MemoryDemand,
  memoryTargets,
  minFreePages,
  SHARES_PER_MB,
} from './policy.ts';
export { type Reclaimed, Reclaimer, type ReclaimMeans } from './reclaim.ts';
export { ScanRates } from './scan-rate.ts';
export { PageSharing, type ScanResult, type SharedVm, saltOf } from './sharing.ts';
export { WorkingSet } from './working-set.ts';
