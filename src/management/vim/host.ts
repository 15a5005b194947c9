/** What the VIM API needs of the host: narrow parts that the host joins. */
import type { Clock, Logger } from '#lib';
import type { Networks } from '#net';
import type { Accounts, HostSettings } from '#system';
import type { LogReader } from '../calls/settings.ts';
import type { EsxcliHost } from '../esxcli/index.ts';
import type { Actors } from '../events/actor.ts';
import type { EventLog } from '../events/event-log.ts';
import type { History } from '../events/history-file.ts';
import type { PerfRecorder } from '../performance/recorder.ts';
import type { Pools } from '../vms/pools.ts';
import type { OwnNics } from './objects/network/virtual-nics.ts';
import type { After } from './properties/collector.ts';
import type { Machines } from './vm/vms-host.ts';

/** What the machine under the host is. */
export interface HostHardware {
  readonly vendor: string;
  readonly model: string;
  readonly cpuModel: string;
  readonly cpuMhz: number;
  /** The host's pCPUs. */
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** What the host uses now. */
export interface HostUse {
  readonly cpuMhz: number;
  readonly memoryBytes: number;
}

export interface HostFacts {
  /** Of the program. */
  readonly version: string;
  /** What the host was booted from. */
  readonly build: string;
  readonly uuid: string;
  /** Milliseconds since 1970, by the host's time. */
  readonly startedMs: () => number;
  readonly hardware: HostHardware;
  use(): HostUse;
}

/** A datastore, as it is now. */
export interface DatastoreFacts {
  readonly name: string;
  readonly uuid: string;
  /** `/vmfs/volumes/UUID`. */
  readonly path: string;
  readonly type: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
}

/** An interface of the machine that traffic of the host leaves by. */
export interface VimHost {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly after: After;
  readonly accounts: Accounts;
  readonly settings: HostSettings;
  readonly facts: HostFacts;
  datastores(): readonly DatastoreFacts[];
  readonly network: {
    readonly networks: Networks;
    /** Hears that they are others now. Returns what ends it. */
    onChange(listener: () => void): () => void;
  };
  /** Who does what it does now. */
  readonly actors: Actors;
  readonly events: EventLog;
  readonly taskHistory: History;
  /** The kernel's own interfaces; undefined for a host without. */
  readonly vmknics?: OwnNics;
  /** Undefined for a host that has none but the root. */
  readonly pools?: Pools;
  /** What it remembers of its performance; undefined for a host that counts nothing. */
  readonly performance?: Pick<PerfRecorder, 'of'>;
  /** Its VMs; undefined for a host that has none. */
  readonly machines?: Machines;
  /** What its esxcli works on; without it there are no commands. */
  readonly esxcli?: EsxcliHost;
  /** What it keeps of its configuration, packed; undefined for a host that keeps none. */
  readonly configuration?: () => Uint8Array;
  /** Its logs; undefined for a host that keeps none. */
  readonly logs?: LogReader;
  /** Ends the host, or starts it anew. */
  shutDown(how: 'stop' | 'reboot'): Promise<void>;
}
