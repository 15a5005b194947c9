/** What the network commands need of the host. */

export interface NicRow {
  readonly name: string;
  readonly driver: string;
  readonly isAdminUp: boolean;
  readonly isLinkUp: boolean;
  readonly speedMbps: number;
  readonly mac: string;
  readonly mtuBytes: number;
}

export interface StandardSwitchRow {
  readonly name: string;
  readonly mtuBytes: number;
  readonly configuredPorts: number;
  readonly usedPorts: number;
  readonly isBeaconing: boolean;
  readonly uplinks: readonly string[];
  readonly groups: readonly { readonly name: string; readonly vlan: number; readonly clients: number }[];
}

export interface VmknicAddressRow {
  readonly name: string;
  /** Absent: it has none. */
  readonly address?: string;
  readonly netmask?: string;
  readonly broadcast?: string;
  readonly gateway?: string;
}

export interface VmNetworksRow {
  readonly worldId: number;
  readonly name: string;
  readonly networks: readonly string[];
}

export interface NetworkPort {
  nics(): readonly NicRow[];
  switches(): readonly StandardSwitchRow[];
  vmknics(): readonly VmknicAddressRow[];
  vms(): readonly VmNetworksRow[];
}
