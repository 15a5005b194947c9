/** What the hardware commands need of the host: true facts only, unknown ones undefined. */

export interface CpuFact {
  readonly id: number;
  readonly packageId?: number;
  readonly brand?: string;
  readonly coreSpeedHz?: number;
  readonly node?: number;
}

export interface HardwarePort {
  cpus(): readonly CpuFact[];
  cpuGlobal(): { readonly packages?: number; readonly cores?: number; readonly threads: number };
  memory(): { readonly physicalBytes: bigint; readonly numaNodes?: number };
}

export interface PlatformPort {
  platform(): {
    readonly uuid?: string;
    readonly productName?: string;
    readonly vendorName?: string;
    readonly serialNumber?: string;
  };
}
