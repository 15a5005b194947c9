/** What esxcli needs of the host: narrow parts, each optional; commands whose parts are missing are absent. */
import type { AccountsPort, PermissionsPort } from './ports/accounts.ts';
import type { HardwarePort } from './ports/hardware.ts';
import type { DatastoresPort } from './ports/storage.ts';
import type {
  BootPort,
  ClockPort,
  IdentityPort,
  MaintenancePort,
  PowerPort,
  VersionPort,
} from './ports/system.ts';
import type { VmsPort } from './ports/vm.ts';

/** The parts, joined by the host. A new part is a line here and a file in `ports/`. */
export interface EsxcliHost {
  readonly accounts?: AccountsPort;
  readonly permissions?: PermissionsPort;
  readonly identity?: IdentityPort;
  readonly version?: VersionPort;
  readonly clock?: ClockPort;
  readonly boot?: BootPort;
  readonly maintenance?: MaintenancePort;
  readonly power?: PowerPort;
  readonly hardware?: HardwarePort;
  readonly datastores?: DatastoresPort;
  readonly vms?: VmsPort;
}

export type Port = keyof EsxcliHost;
