/** What performance is measured by: all that a host has counted up to a moment. */
import type { TopSample } from '../top/sample.ts';

/** A card of a VM or of the host; sums since it was plugged in, from its own side. */
export interface PerfNic {
  /** `4000` of a VM's first card, `vmnic0` of the host's. */
  readonly instance: string;
  readonly packetsRx: number;
  readonly packetsTx: number;
  readonly bytesRx: number;
  readonly bytesTx: number;
  readonly droppedRx: number;
  readonly droppedTx: number;
  readonly multicastRx: number;
  readonly multicastTx: number;
  readonly broadcastRx: number;
  readonly broadcastTx: number;
}

export interface PerfVm {
  /** Its managed object. */
  readonly entity: string;
  /** As it stands among the groups. */
  readonly name: string;
  /** The managed objects of the pools that it is in. */
  readonly pools: readonly string[];
  /** Milliseconds since 1970. */
  readonly bootMs: number;
  readonly nics: readonly PerfNic[];
}

export interface PerfSample {
  readonly top: TopSample;
  /** Those that run. */
  readonly vms: readonly PerfVm[];
  readonly uplinks: readonly PerfNic[];
  readonly cpuMhz: number;
}
