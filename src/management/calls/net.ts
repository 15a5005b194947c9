/** Calls on the networks of a host: switches, port groups, uplinks, ports, captures. */
import { usageError } from '#lib';
import {
  FAILURE_DETECTION,
  formatMac,
  LOAD_BALANCING,
  type Networks,
  type PolicyOverrides,
  type PortCounters,
  type SwitchPort,
  TRAFFIC_TYPES,
  type TrafficAllocation,
} from '#net';
import { callsOn } from '../local/call.ts';
import { type Arguments, flag, integer, list, oneOf, optional, text } from '../local/fields.ts';
import { presentOrNothing } from '../present.ts';

/** A capture, as far as it has come. */
export interface CaptureRow {
  readonly id: number;
  readonly port: string;
  readonly path: string;
  readonly frames: number;
  readonly bytes: number;
  readonly ended?: string;
}

/** What these calls need of the host. */
export interface NetServices {
  readonly network: {
    readonly networks: Networks;
    readonly captures: {
      start(port: string, path: string, most: { readonly frames?: number | undefined }): CaptureRow;
      state(id: number): CaptureRow;
      stop(id: number): CaptureRow;
    };
  };
}

export interface SwitchRow {
  readonly name: string;
  readonly mtuBytes: number;
  readonly uplinks: readonly string[];
  readonly ports: number;
  readonly groups: readonly { readonly name: string; readonly vlan: number; readonly ports: number }[];
}

export interface PortRow {
  readonly id: number;
  readonly switch: string;
  readonly portGroup: string;
  readonly name: string;
  readonly mac: string;
  readonly vlan: number;
  readonly uplink: string;
  readonly framesIn: number;
  readonly bytesIn: number;
  readonly framesOut: number;
  readonly bytesOut: number;
  readonly dropped: number;
  readonly drops: PortCounters['drops'];
}

export interface UplinkRow {
  readonly name: string;
  readonly driver: string;
  readonly mac: string;
  readonly speedMbps: number;
  readonly switch: string;
  readonly isUp: boolean;
  readonly isControlled: boolean;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface AllocationRow extends TrafficAllocation {
  readonly type: string;
  readonly sentBytes: number;
  readonly dropped: number;
}

const call = callsOn<NetServices>();
const policies = {
  promiscuous: optional(flag()),
  macChange: optional(flag()),
  forgedTransmits: optional(flag()),
  shaping: optional(flag()),
  averageKbps: optional(integer(1, 1e9)),
  peakKbps: optional(integer(1, 1e9)),
  burstKb: optional(integer(1, 1e9)),
  loadBalancing: optional(oneOf(...LOAD_BALANCING)),
  failureDetection: optional(oneOf(...FAILURE_DETECTION)),
  notifySwitches: optional(flag()),
  failback: optional(flag()),
  active: optional(list(text())),
  standby: optional(list(text())),
};
const bySwitch = { switch: text() };
const byGroup = { group: text() };

// biome-ignore format: a table reads in columns
export const NET_CALLS = {
  'net.list':          call('virtual switches and their port groups', {}, ({ network }) => switches(network.networks)),
  'net.ports':         call('who is plugged in, and what went through', {}, ({ network }) => ports(network.networks)),
  'net.uplinks':       call('ways out of the host',                   {}, ({ network }) => uplinks(network.networks)),
  'net.switch.add':    call('makes a virtual switch',                 { ...bySwitch, ports: optional(integer(1, 4096)) }, ({ network: { networks } }, given) => networks.addSwitch(given.switch, given.ports)),
  'net.switch.remove': call('removes a virtual switch',               bySwitch, ({ network: { networks } }, given) => networks.removeSwitch(given.switch)),
  'net.switch.set':    call('changes a virtual switch',               { ...bySwitch, mtuBytes: optional(integer(1, 65_535)), ...policies }, setSwitch),
  'net.uplink.add':    call('gives a virtual switch an uplink',       { ...bySwitch, uplink: text() }, ({ network: { networks } }, given) => networks.addUplink(given.switch, given.uplink)),
  'net.uplink.remove': call('takes an uplink from a virtual switch',  { ...bySwitch, uplink: text() }, ({ network: { networks } }, given) => networks.removeUplink(given.switch, given.uplink)),
  'net.uplink.state':  call('takes an uplink down, or up again',      { uplink: text(), isUp: flag() }, ({ network: { networks } }, { uplink, isUp }) => networks.setUplinkState(uplink, isUp)),
  'net.group.add':     call('makes a port group',                     { ...bySwitch, ...byGroup, vlan: optional(integer(0, 4095)) }, addGroup),
  'net.group.remove':  call('removes a port group',                   byGroup, ({ network: { networks } }, { group }) => networks.removeGroup(group)),
  'net.group.set':     call('changes a port group',                   { ...byGroup, vlan: optional(integer(0, 4095)), inherit: optional(list(oneOf('security', 'shaping', 'teaming'))), ...policies }, setGroup),
  'net.nioc.list':     call('what kinds of traffic are owed of an uplink', { uplink: text() }, ({ network: { networks } }, { uplink }) => allocations(networks, uplink)),
  'net.nioc.set':      call('sets network I/O control of an uplink',  { uplink: text(), enabled: optional(flag()), type: optional(oneOf(...TRAFFIC_TYPES)), shares: optional(integer(1, 100)), reservationMbps: optional(integer(0, 1e6)), limitMbps: optional(integer(0, 1e6)) }, setControl),
  'net.capture.start': call('writes what goes through a port into a file', { port: text(), path: text(), frames: optional(integer(1, 2 ** 31)) }, ({ network: { captures } }, { port, path, frames }) => captures.start(port, path, { frames })),
  'net.capture.state': call('how far a capture is',                   { id: integer(1, 2 ** 31) }, ({ network: { captures } }, { id }) => captures.state(id)),
  'net.capture.stop':  call('ends a capture',                         { id: integer(1, 2 ** 31) }, ({ network: { captures } }, { id }) => captures.stop(id)),
};

function switches({ switches, config }: Networks): SwitchRow[] {
  return [...switches.values()].map((net) => ({
    ...{ name: net.name, mtuBytes: net.mtuBytes, ports: net.ports.size },
    uplinks: config.switches.find(({ name }) => name === net.name)?.uplinks ?? [],
    groups: [...net.groups.values()].map(({ name, vlan }) => ({
      name,
      vlan,
      ports: net.portsOf(name).length,
    })),
  }));
}

function ports({ ports }: Networks): PortRow[] {
  return ports.map(({ net, port }) => {
    const { framesIn, bytesIn, framesOut, bytesOut, drops, dropped } = traffic(port);
    return {
      ...{ id: port.id, switch: net.name, portGroup: port.portGroup, name: port.station.name },
      ...{ mac: formatMac(port.mac), vlan: port.vlan, uplink: port.lastUplink ?? '' },
      ...{ framesIn, bytesIn, framesOut, bytesOut, dropped, drops },
    };
  });
}

/** What went through a port: by the switch, and past it. */
export function traffic({ counters, station: { lane } }: SwitchPort): Omit<PortCounters, 'drops'> & {
  readonly drops: PortCounters['drops'];
  readonly dropped: number;
} {
  const past = lane?.counters();
  const drops = { ...counters.drops };
  drops.noRoom += past?.expressDropped ?? 0;
  return {
    ...counters,
    drops,
    dropped: Object.values(drops).reduce((sum, count) => sum + count, 0),
    framesIn: counters.framesIn + (past?.expressFrames ?? 0),
    bytesIn: counters.bytesIn + (past?.expressBytes ?? 0),
    framesOut: past?.receivedFrames ?? counters.framesOut,
    bytesOut: past?.receivedBytes ?? counters.bytesOut,
  };
}

function uplinks({ devices, uplinks }: Networks): UplinkRow[] {
  return devices.map(({ name, driver, mac, speedMbps }) => {
    const used = uplinks.find(({ uplink }) => uplink.name === name);
    return {
      ...{ name, driver, mac: formatMac(mac), speedMbps, switch: used?.net.name ?? '' },
      ...{ isUp: used?.uplink.isUp ?? true, isControlled: used?.uplink.control !== undefined },
      ...{ bytesIn: used?.uplink.counters.bytesIn ?? 0, bytesOut: used?.uplink.counters.bytesOut ?? 0 },
    };
  });
}

function allocations(networks: Networks, uplink: string): AllocationRow[] {
  const statistics = networks.uplinks.find((one) => one.uplink.name === uplink)?.uplink.control?.statistics;
  return networks.allocations(uplink).map(({ type, allocation }) => {
    const { sentBytes = 0, dropped = 0 } = statistics?.find((one) => one.type === type) ?? {};
    return { type, ...allocation, sentBytes, dropped };
  });
}

type Policies = Arguments<typeof policies>;

/** The policies in what was given. */
export function policyOverrides(given: Partial<Policies>): PolicyOverrides {
  const security = presentOrNothing({
    allowPromiscuous: given.promiscuous,
    allowMacChange: given.macChange,
    allowForgedTransmits: given.forgedTransmits,
  });
  const { averageKbps, peakKbps, burstKb } = given;
  const shaping = presentOrNothing({ enabled: given.shaping, averageKbps, peakKbps, burstKb });
  const { loadBalancing, failureDetection, notifySwitches, failback, active, standby } = given;
  const teaming = presentOrNothing({
    loadBalancing,
    failureDetection,
    notifySwitches,
    failback,
    active,
    standby,
  });
  return {
    ...(security && { security }),
    ...(shaping && { shaping }),
    ...(teaming && { teaming }),
  };
}

function setSwitch(
  { network: { networks } }: NetServices,
  given: Policies & { switch: string; mtuBytes: number | undefined },
): void {
  networks.switch(given.switch);
  if (given.mtuBytes !== undefined) networks.setSwitch(given.switch, { mtuBytes: given.mtuBytes });
  const change = policyOverrides(given);
  if (Object.keys(change).length > 0) networks.setPolicies(given.switch, change);
}

function addGroup(
  { network: { networks } }: NetServices,
  given: { switch: string; group: string; vlan: number | undefined },
): void {
  networks.addGroup(given.switch, given.group);
  if (given.vlan !== undefined) networks.setGroup(given.group, { vlan: given.vlan });
}

function setGroup(
  { network: { networks } }: NetServices,
  given: Policies & {
    group: string;
    vlan: number | undefined;
    inherit: readonly (keyof PolicyOverrides)[] | undefined;
  },
): void {
  const inherited = Object.fromEntries((given.inherit ?? []).map((policy) => [policy, undefined]));
  networks.setGroup(given.group, {
    ...(given.vlan !== undefined && { vlan: given.vlan }),
    overrides: { ...inherited, ...policyOverrides(given) },
  });
}

function setControl(
  { network: { networks } }: NetServices,
  given: {
    uplink: string;
    enabled: boolean | undefined;
    type: (typeof TRAFFIC_TYPES)[number] | undefined;
    shares: number | undefined;
    reservationMbps: number | undefined;
    limitMbps: number | undefined;
  },
): void {
  const { uplink, enabled, type, shares, reservationMbps, limitMbps } = given;
  const before = networks.allocations(uplink).find((one) => one.type === type)?.allocation;
  if (before === undefined && (shares ?? reservationMbps ?? limitMbps) !== undefined) {
    throw usageError('shares, reservation and limit are of a type of traffic');
  }
  // A limit of 0 takes it away.
  const { limitMbps: limitBefore, ...rest } = before ?? { shares: 50, reservationMbps: 0 };
  const limit = limitMbps === undefined ? limitBefore : limitMbps || undefined;
  const allocation = {
    ...rest,
    ...(shares !== undefined && { shares }),
    ...(reservationMbps !== undefined && { reservationMbps }),
    ...(limit !== undefined && { limitMbps: limit }),
  };
  networks.setControl(uplink, {
    ...(enabled !== undefined && { isControlled: enabled }),
    ...(type !== undefined && { allocations: { [type]: allocation } }),
  });
}
