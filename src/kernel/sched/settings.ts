/** What the CPU scheduler is set to: quantum, windows, skew; shares, reservation and limit of a VM or pool. */

const NS_PER_MS = 1_000_000;

/** The same in every thread of a host. */
export interface SchedulerSettings {
  /** 1 … 32. */
  readonly pcpus: number;
  /** What a pCPU is worth: reservations and limits are given in MHz. */
  readonly mhzPerPcpu: number;
  /** pCPUs that reservations may take in all; the rest is the host's own. */
  readonly reservablePcpus: number;
  /** The longest run of a world between two choices. */
  readonly quantumNs: number;
  /** The first run of a world that woke up. */
  readonly wakeNs: number;
  /** By how much a vCPU may lead a sibling that wants to run too: the steps that their VM's fastest makes in so many quanta. */
  readonly skewQuanta: number;
}

export const DEFAULT_SETTINGS: SchedulerSettings = {
  pcpus: 1,
  mhzPerPcpu: 2000,
  reservablePcpus: 1,
  quantumNs: 5 * NS_PER_MS,
  wakeNs: 1 * NS_PER_MS,
  skewQuanta: 4,
};

/** Limits are kept in every window of this length. */
export const WINDOW_NS = 500 * NS_PER_MS;
/** Of a window's allowance: what a group that was stopped gathers before it may go on. */
export const CHUNK_OF_WINDOW = 0.008;
/** Of a window's allowance: what a group that could not run may keep for later. */
export const BURST_OF_WINDOW = 0.018;
/** No run is shorter: a switch would cost more. */
export const LEAST_SLICE_NS = 20_000;
/** How long a reservation that was not met is remembered. */
export const OWED_WINDOW_NS = 50 * NS_PER_MS;
/** Quanta by which a group may lag behind its siblings in virtual time, and two more for each pCPU: nobody hoards more. */
export const LAG_QUANTA = 6;
/** Quanta by which it may be ahead. So much is paid back when a run took longer, as when the machine had other things to do. */
export const AHEAD_QUANTA = 100;
/** Of a quantum: by how much a world that ran on another pCPU last must be more deserving. */
export const MOVE_PENALTY_QUANTA = 0.5;

/** Shares as a level. Source: vSphere Resource Management 8.0, "Resource Allocation Shares". */
export const SHARE_LEVELS = { low: 500, normal: 1000, high: 2000 } as const;
/** A pool counts as a VM of four vCPUs. */
export const POOL_SHARE_LEVELS = { low: 2000, normal: 4000, high: 8000 } as const;
export type ShareLevel = keyof typeof SHARE_LEVELS;
export const MAX_SHARES = 1_000_000;

/** What a VM or a pool is owed. */
export interface CpuAllocation {
  /** A level, or a number in 1 … 1,000,000. */
  readonly shares: ShareLevel | number;
  readonly reservationMhz: number;
  /** Absent: no limit. */
  readonly limitMhz?: number;
  /** Pools: whether reservations inside may be taken from the parent when its own is used up. */
  readonly expandable?: boolean;
}

export const DEFAULT_ALLOCATION: CpuAllocation = { shares: 'normal', reservationMhz: 0 };
export const DEFAULT_POOL_ALLOCATION: CpuAllocation = { ...DEFAULT_ALLOCATION, expandable: true };
