/** What calls work on: the parts of a running host, each as narrow as its callers need. */
import type { HeldLock, LockingHost } from '#storage';
import type { Autostart } from '../vms/autostart.ts';
import type { Inventory } from '../vms/inventory.ts';
import type { Pools } from '../vms/pools.ts';

/** A datastore in a list. */
export interface DatastoreRow {
  readonly name: string;
  readonly type: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
}

/** Where VMs live. */
export interface Datastores {
  /** The folder of a datastore, of the first one when none is named. @throws HostError */
  folder(name: string | undefined): string;
  list(): readonly DatastoreRow[];
  /** Requests a second that it is given, divided among the disks on it; 0: as many as it takes. */
  limit(name: string): number;
  setLimit(name: string, iops: number): void;
  /** Who uses which VM on it, and the hosts that have it. */
  holders(name: string): { readonly locks: readonly HeldLock[]; readonly hosts: readonly LockingHost[] };
  /** The path of `[datastore] folder/file`; other paths are themselves. @throws HostError */
  resolve(path: string): string;
}

/** Facts of a running host. */
export interface HostFacts {
  readonly version: string;
  readonly pid: number;
  readonly home: string;
  /** Milliseconds since 1970, by its own time. */
  readonly startedMs: number;
  readonly uptimeMs: number;
  readonly pcpus: number;
  readonly vms: number;
  readonly running: number;
}

/** A card of a VM on the networks of the host, with the guest's address there, where the host knows it. */
export interface NicAddress {
  /** `eth0` */
  readonly nic: string;
  readonly mac: string;
  readonly network: string;
  readonly address: string;
  /** What the guest calls itself. */
  readonly hostName: string;
}

export interface HostServices {
  readonly vms: Inventory;
  readonly pools: Pools;
  readonly datastores: Datastores;
  /** What becomes of VMs when the host comes up and ends. */
  readonly autostart: Pick<Autostart, 'state' | 'change'>;
  facts(): HostFacts;
  /** Cards of a VM that runs, and its guest's addresses. */
  readonly addresses?: (vm: string) => readonly NicAddress[];
  /** Saves the state of /etc into the boot bank. */
  readonly backup: () => void;
  /** Ends a thread of the host as a fault would, to see what comes after. @throws HostError */
  readonly crash: (what: 'pcpu' | 'memory', number: number) => Promise<void>;
  /** Ends the host, or starts it anew; resolves when the VMs have ended and all is saved. */
  readonly shutDown: (how: 'stop' | 'reboot') => Promise<void>;
}
