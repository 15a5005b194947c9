/** What the VIM API needs of a host to make and run VMs: narrow parts that the host joins. */
import type { TopSource } from '../../top/sample.ts';
import type { Autostart } from '../../vms/autostart.ts';
import type { Inventory } from '../../vms/inventory.ts';
import type { UsageSampler } from './vm-usage.ts';

export interface Machines {
  readonly vms: Inventory;
  /** Undefined where VMs are not switched on with the host. */
  readonly autostart?: Autostart;
  /** The folder of the machine that has the datastores as folders. */
  readonly volumes: string;
  /** Where clients reach it: for URLs. */
  httpsPort(): number;
  /** What worlds and memory took, counted since they were made. */
  readonly usage: TopSource;
}

export interface VmsHost extends Machines {
  /** What VMs use. */
  readonly sampler: UsageSampler;
  /** Sees to it that a VM that is gone does not come back if the power is lost; nobody waits for it. */
  saveSoon(): void;
}
