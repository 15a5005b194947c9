/** What of scheduling leaves the room. */
export { RoundRobin } from './round-robin.ts';
export type { Scheduler } from './scheduler.ts';
export {
  Hold,
  MAX_PCPUS,
  MAX_WORLDS,
  WORLD_TABLE_BYTES,
  WorldState,
  type WorldStateCode,
  WorldTable,
} from './world-table.ts';
