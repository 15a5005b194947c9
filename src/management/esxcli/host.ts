/** What esxcli needs of the host: narrow parts, each optional; commands whose parts are missing are absent. */
import type { AccountsPort, PermissionsPort } from './ports/accounts.ts';
import type { RamdisksPort, SoftwarePort } from './ports/files.ts';
import type { HardwarePort, PlatformPort } from './ports/hardware.ts';
import type { NetworkPort } from './ports/network.ts';
import type {
  DnsPort,
  FirewallPort,
  LogsPort,
  NtpPort,
  OptionsPort,
  ServicesPort,
} from './ports/settings.ts';
import type { DatastoresPort } from './ports/storage.ts';
import type {
  BootPort,
  ClockPort,
  IdentityPort,
  MaintenancePort,
  PowerPort,
  UptimePort,
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
  readonly uptime?: UptimePort;
  readonly boot?: BootPort;
  readonly maintenance?: MaintenancePort;
  readonly power?: PowerPort;
  readonly hardware?: HardwarePort;
  readonly platform?: PlatformPort;
  readonly datastores?: DatastoresPort;
  readonly network?: NetworkPort;
  readonly vms?: VmsPort;
  readonly ramdisks?: RamdisksPort;
  readonly software?: SoftwarePort;
  readonly options?: OptionsPort;
  readonly logs?: LogsPort;
  readonly firewall?: FirewallPort;
  readonly dns?: DnsPort;
  readonly ntp?: NtpPort;
  readonly services?: ServicesPort;
}

export type Port = keyof EsxcliHost;
