/** What of scheduling leaves the room. */
export {
  forgetWakes,
  type GroupStatus,
  groupStatus,
  type HostAccounts,
  readAccounts,
  type WakeLatency,
  type WorldAccount,
  wakeLatency,
} from './accounts.ts';
export type { Admission, Demand } from './admission.ts';
export { FairScheduler } from './fair-scheduler.ts';
export { MAIN_THREAD } from './host-lock.ts';
export { LoadAverage, RunningAverage } from './load-average.ts';
export type { Scheduler } from './scheduler.ts';
export { MAX_GROUPS, ROOT, SCHEDULER_BYTES, SchedulerState } from './scheduler-state.ts';
export {
  type CpuAllocation,
  DEFAULT_ALLOCATION,
  DEFAULT_POOL_ALLOCATION,
  DEFAULT_SETTINGS,
  POOL_SHARE_LEVELS,
  type SchedulerSettings,
  SHARE_LEVELS,
  type ShareLevel,
} from './settings.ts';
export {
  Hold,
  MAX_PCPUS,
  MAX_WORLDS,
  WORLD_TABLE_BYTES,
  WorldState,
  type WorldStateCode,
  WorldTable,
} from './world-table.ts';
