/** The door of kernel: machine memory, the page-state machine and each VM's page map. */
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
