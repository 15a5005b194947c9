/** The door of kernel: machine memory, the page-state machine, each VM's page map, and the file system in memory. */
export * from './fs/index.ts';
export { GuestMap, type GuestMapOptions, type Resolution } from './mm/guest-map.ts';
export { MAX_MACHINE_BYTES, MachineMemory } from './mm/machine-memory.ts';
export {
  nextState,
  type PageEvent,
  PageState,
  type PageStateCode,
  type PageStateName,
  RIGHTS,
  stateName,
  TRANSITIONS,
} from './mm/page-states.ts';
