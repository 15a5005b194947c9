/** What the rest of the kernel and the other rooms use of machine memory. */
export { GuestMap, type GuestMapHost, type GuestMapOptions, type Resolution } from './guest-map.ts';
export { MAX_MACHINE_BYTES, MachineMemory, poolPages } from './machine-memory.ts';
export { EntryBit } from './map-entry.ts';
export { type MapPlace, mapTableBytes } from './map-table.ts';
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
