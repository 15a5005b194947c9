/** What "vmk top" asks a host for: counters that only grow, and states, all of one moment. */

/** A VM, a pool, or the host's own. */
export interface TopGroup {
  readonly id: number;
  readonly name: string;
}

/** Times are sums since the world was made: `runNs + readyNs + costopNs + waitNs` is all of it. */
export interface TopWorld {
  readonly id: number;
  readonly group: number;
  readonly name: string;
  readonly runNs: number;
  /** Ready, also while a limit is used up. */
  readonly readyNs: number;
  readonly limitedNs: number;
  readonly costopNs: number;
  readonly waitNs: number;
  /** Part of `waitNs`. */
  readonly idleNs: number;
  /** Time that the host's own threads worked for it; absent when that is not measured. */
  readonly systemNs?: number;
}

export const MEMORY_STATES = ['high', 'clear', 'soft', 'hard', 'low'] as const;

/** Memory of a VM in bytes; what is absent is not measured. */
export interface TopMemory {
  readonly group: number;
  readonly name: string;
  readonly size: number;
  readonly granted?: number;
  /** Machine memory behind it, and what it is owed of that. */
  readonly consumed?: number;
  readonly target?: number;
  readonly shared?: number;
  readonly sharedSaved?: number;
  readonly zero?: number;
  /** Whether the guest has a driver for its balloon. */
  readonly isBallooned?: boolean;
  readonly balloon?: number;
  readonly balloonTarget?: number;
  readonly swapped?: number;
  /** Sums since the VM was switched on. */
  readonly swapRead?: number;
  readonly swapWritten?: number;
  readonly compressed?: number;
  readonly active?: number;
  readonly overhead?: number;
}

/** A virtual disk; sums since it was opened. */
export interface TopDisk {
  readonly group: number;
  readonly name: string;
  readonly disk: string;
  readonly commands: number;
  readonly reads: number;
  readonly writes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Of all commands together. */
  readonly latencyNs: number;
}

export interface TopHost {
  readonly name: string;
  readonly uptimeNs: number;
  readonly vms: number;
  readonly vcpus: number;
  /** Over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number];
  /** Time that each pCPU has run worlds. */
  readonly pcpuBusyNs: readonly number[];
  readonly memory: {
    readonly total: number;
    readonly kernel: number;
    readonly free: number;
    /** Absent when nobody manages it. */
    readonly state?: (typeof MEMORY_STATES)[number];
    /** Memory of all VMs beyond what there is, as a part of it; over 1, 5 and 15 minutes. */
    readonly overcommit: readonly [number, number, number];
  };
}

export interface TopSample {
  /** On the host's clock, for rates. */
  readonly takenNs: number;
  /** Milliseconds since 1970. */
  readonly wallMs: number;
  readonly host: TopHost;
  readonly groups: readonly TopGroup[];
  readonly worlds: readonly TopWorld[];
  readonly memory: readonly TopMemory[];
  readonly disks: readonly TopDisk[];
}

/** Who knows it. */
export interface TopSource {
  sample(): TopSample;
}
