/** What the network commands need of the host. */
import type { Networks, Policies, Vmknic, Vmknics } from '#net';

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
  readonly uplinks: readonly string[];
  readonly policies: Policies;
  readonly groups: readonly GroupRow[];
}

export interface GroupRow {
  readonly name: string;
  readonly vlan: number;
  readonly clients: number;
  /** As it has them, or its switch. */
  readonly policies: Policies;
}

/** An interface of the kernel, with what it is joined to; netmask and broadcast are there when it has an address. */
export interface VmknicRow extends Vmknic {
  /** Empty: there is none with its port group. */
  readonly switch: string;
  readonly netmask?: string;
  readonly broadcast?: string;
  readonly gateway?: string;
}

export interface VmNetworksRow {
  readonly worldId: number;
  readonly name: string;
  readonly networks: readonly string[];
}

export interface VmPortRow {
  readonly portId: number;
  readonly switch: string;
  readonly portGroup: string;
  readonly mac: string;
  readonly address: string | undefined;
  readonly uplink: string | undefined;
}

/** What may be changed of switches and of the kernel's own interfaces, and what has to be known for that. */
export type SwitchChanges = Pick<
  Networks,
  | 'addSwitch'
  | 'removeSwitch'
  | 'setSwitch'
  | 'setPolicies'
  | 'addUplink'
  | 'removeUplink'
  | 'addGroup'
  | 'removeGroup'
  | 'setGroup'
>;
export type VmknicChanges = Pick<
  Vmknics,
  | 'nextName'
  | 'add'
  | 'remove'
  | 'set'
  | 'setService'
  | 'gatewayOf'
  | 'setGateway'
  | 'neighbours'
  | 'forgetNeighbour'
>;

export interface NetworkPort {
  nics(): readonly NicRow[];
  switches(): readonly StandardSwitchRow[];
  vmknics(): readonly VmknicRow[];
  readonly standard: SwitchChanges;
  readonly own: VmknicChanges;
  vms(): readonly VmNetworksRow[];
  /** Ports of a VM; of a number that is none's: none. */
  portsOf(worldId: number): readonly VmPortRow[];
}
