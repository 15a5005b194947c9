/**
 * The networks of a host: its switches as the configuration says, what is plugged into them, the uplinks that there are. Each
 * change is checked, carried out, and handed to whoever keeps the configuration.
 */
import { usageError } from '#lib';
import { requireKept } from './kept-config.ts';
import type { ExpressRow } from './lanes/arena.ts';
import {
  checkedNetworks,
  DEFAULT_MTU_BYTES,
  DEFAULT_PORTS,
  type GroupConfig,
  MTU,
  type NetworkConfig,
  type SwitchConfig,
  type UplinkConfig,
} from './network-config.ts';
import { TRAFFIC_TYPES, type TrafficAllocation, type TrafficType } from './switch/nioc.ts';
import { DEFAULT_POLICIES, mergedPolicies, type PolicyOverrides } from './switch/policy.ts';
import type { Station, SwitchPort } from './switch/switch-port.ts';
import type { Uplink, UplinkDevice } from './switch/uplink.ts';
import { VirtualSwitch } from './switch/virtual-switch.ts';

export interface NetworksHost {
  nowMs(): number;
  /** Something waits: `run` is wanted. */
  wake(): void;
  /** The ways past the switches are others. */
  setExpress(rows: readonly ExpressRow[]): void;
  /** The configuration is another. */
  changed(config: NetworkConfig): void;
}

/** A station in a port group: what plugging in gives. */
export interface Plug {
  readonly port: SwitchPort;
  readonly net: VirtualSwitch;
  /** Pulls it out; may be called again. */
  unplug(): void;
}

export class Networks {
  readonly switches = new Map<string, VirtualSwitch>();
  readonly #host: NetworksHost;
  readonly #devices = new Map<string, UplinkDevice>();
  #config: NetworkConfig;
  #lastIndex = 0;
  #lastUplink = 0;

  /** @param config - checked. */
  constructor(config: NetworkConfig, host: NetworksHost) {
    this.#host = host;
    this.#config = config;
    for (const one of config.switches) this.#make(one);
  }

  get config(): NetworkConfig {
    return this.#config;
  }

  /** Uplinks that there are, used or not. */
  get devices(): readonly UplinkDevice[] {
    return [...this.#devices.values()];
  }

  /** Does what is due by now; when (milliseconds) it is wanted again. */
  run(nowMs: number): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.switches.values()].map((net) => net.run(nowMs)));
  }

  // What is plugged in

  /** @throws HostError `usage` when there is no such port group */
  connect(station: Station, group: string): Plug {
    const net = this.switchOf(group);
    const port = net.connect(station, group);
    return { port, net, unplug: () => net.disconnect(port) };
  }

  /** All ports with who is there, as they are named: `web.eth0`, `vmk0`. */
  get ports(): readonly { readonly net: VirtualSwitch; readonly port: SwitchPort }[] {
    return [...this.switches.values()].flatMap((net) =>
      [...net.ports.values()].map((port) => ({ net, port })),
    );
  }

  get uplinks(): readonly { readonly net: VirtualSwitch; readonly uplink: Uplink }[] {
    return [...this.switches.values()].flatMap((net) => net.uplinks.map((uplink) => ({ net, uplink })));
  }

  hasGroup(group: string): boolean {
    return [...this.switches.values()].some(({ groups }) => groups.has(group));
  }

  /** The switch with that port group. @throws HostError `usage` */
  switchOf(group: string): VirtualSwitch {
    const found = [...this.switches.values()].find(({ groups }) => groups.has(group));
    if (found === undefined) throw usageError(`there is no port group "${group}"`);
    return found;
  }

  /** @throws HostError `usage` */
  switch(name: string): VirtualSwitch {
    const found = this.switches.get(name);
    if (found === undefined) throw usageError(`there is no virtual switch "${name}"`);
    return found;
  }

  /** A way out of the host is there: who is configured to use it does. */
  addDevice(device: UplinkDevice): void {
    this.#devices.set(device.name, device);
    for (const { name, uplinks } of this.#config.switches) {
      if (uplinks.includes(device.name)) this.#plugUplink(this.switch(name), device);
    }
  }

  /** A way out is there no more. @throws HostError `usage` when a switch uses it */
  removeDevice(name: string): void {
    const user = this.#config.switches.find(({ uplinks }) => uplinks.includes(name));
    if (user) throw usageError(`uplink "${name}" is used by virtual switch "${user.name}"`);
    this.#devices.delete(name);
  }

  // Changes

  addSwitch(name: string, ports = DEFAULT_PORTS): void {
    const made: SwitchConfig = {
      ...{ name, ports, mtuBytes: DEFAULT_MTU_BYTES, uplinks: [], policies: DEFAULT_POLICIES, groups: [] },
    };
    this.#change((switches) => {
      if (this.switches.has(name)) throw usageError(`there is a virtual switch "${name}" already`);
      return [...switches, made];
    });
    this.#make(made);
  }

  removeSwitch(name: string): void {
    const net = this.switch(name);
    if (net.ports.size > 0)
      throw usageError(`virtual switch "${name}" is in use by ${usersOf([...net.ports.values()])}`);
    this.#change((switches) => switches.filter((one) => one.name !== name));
    for (const uplink of [...net.uplinks]) net.removeUplink(uplink);
    this.switches.delete(name);
    this.#setExpress();
  }

  setSwitch(name: string, change: { readonly mtuBytes?: number; readonly ports?: number }): void {
    const net = this.switch(name);
    const { mtuBytes } = change;
    if (mtuBytes !== undefined && (mtuBytes < MTU.least || mtuBytes > MTU.most)) {
      throw usageError(`an MTU of ${mtuBytes} is not in ${MTU.least} … ${MTU.most}`);
    }
    this.#changeSwitch(name, (one) => ({ ...one, ...change }));
    if (mtuBytes !== undefined) net.setMtu(mtuBytes);
  }

  /** Changes policies of a switch. */
  setPolicies(name: string, change: PolicyOverrides): void {
    const net = this.switch(name);
    this.#checkTeam(net, change);
    this.#changeSwitch(name, (one) => ({ ...one, policies: mergedPolicies(one.policies, change) }));
    net.setPolicies(mergedPolicies(net.policies, change));
  }

  addUplink(name: string, uplink: string): void {
    const net = this.switch(name);
    const user = this.#config.switches.find(({ uplinks }) => uplinks.includes(uplink));
    if (user) throw usageError(`uplink "${uplink}" is used by virtual switch "${user.name}"`);
    const device = this.#devices.get(uplink);
    if (device === undefined) throw usageError(`there is no uplink "${uplink}"`);
    const teaming = { ...net.policies.teaming, active: [...net.policies.teaming.active, uplink] };
    this.#changeSwitch(name, (one) => ({
      ...one,
      uplinks: [...one.uplinks, uplink],
      policies: { ...one.policies, teaming },
    }));
    net.setPolicies({ ...net.policies, teaming });
    this.#plugUplink(net, device);
  }

  removeUplink(name: string, uplink: string): void {
    const net = this.switch(name);
    const without = (names: readonly string[]): readonly string[] => names.filter((one) => one !== uplink);
    if (!this.#switchConfig(name).uplinks.includes(uplink)) {
      throw usageError(`virtual switch "${name}" has no uplink "${uplink}"`);
    }
    const { teaming } = net.policies;
    const changed = { ...teaming, active: without(teaming.active), standby: without(teaming.standby) };
    this.#changeSwitch(name, (one) => ({
      ...one,
      uplinks: without(one.uplinks),
      policies: { ...one.policies, teaming: changed },
    }));
    net.setPolicies({ ...net.policies, teaming: changed });
    const plugged = net.uplinks.find((one) => one.name === uplink);
    if (plugged) net.removeUplink(plugged);
  }

  /** The administrator takes an uplink down, or up again. */
  setUplinkState(name: string, isUp: boolean): void {
    const { net, uplink } = this.#uplink(name);
    net.setUplinkState(uplink, isUp);
  }

  addGroup(name: string, group: string): void {
    const net = this.switch(name);
    if (this.hasGroup(group)) throw usageError(`there is a port group "${group}" already`);
    this.#changeSwitch(name, (one) => ({
      ...one,
      groups: [...one.groups, { name: group, vlan: 0, overrides: {} }],
    }));
    net.addGroup(group);
  }

  removeGroup(group: string): void {
    const net = this.switchOf(group);
    const users = net.portsOf(group);
    if (users.length > 0) throw usageError(`port group "${group}" is in use by ${usersOf(users)}`);
    this.#changeSwitch(net.name, (one) => ({
      ...one,
      groups: one.groups.filter(({ name }) => name !== group),
    }));
    net.removeGroup(group);
  }

  /** Changes VLAN or policies of a port group; `undefined` in the place of a policy: as the switch has it. */
  setGroup(
    group: string,
    change: {
      readonly vlan?: number;
      readonly overrides?: { readonly [K in keyof PolicyOverrides]: PolicyOverrides[K] | undefined };
    },
  ): void {
    const net = this.switchOf(group);
    const { vlan = net.group(group).vlan } = change;
    if (!Number.isInteger(vlan) || vlan < 0 || vlan > 4095)
      throw usageError(`VLAN ${vlan} is not in 0 … 4095`);
    const overrides: Record<string, object> = { ...net.group(group).overrides };
    for (const [policy, fields] of Object.entries(change.overrides ?? {})) {
      if (fields === undefined) delete overrides[policy];
      else overrides[policy] = { ...overrides[policy], ...fields };
    }
    this.#checkTeam(net, overrides);
    this.#changeSwitch(net.name, (one) => ({
      ...one,
      groups: one.groups.map(
        (other): GroupConfig => (other.name === group ? { ...other, vlan, overrides } : other),
      ),
    }));
    net.changeGroup(group, { vlan, overrides });
  }

  /** Network I/O control of an uplink: on or off, and what kinds of traffic are owed. */
  setControl(
    name: string,
    change: { readonly isControlled?: boolean; readonly allocations?: UplinkConfig['allocations'] },
  ): void {
    const { uplink } = this.#uplink(name);
    const before = this.#config.uplinks.find((one) => one.name === name);
    const { isControlled = before?.isControlled ?? false } = change;
    const allocations = { ...before?.allocations, ...change.allocations };
    const wasControlled = uplink.control !== undefined;
    uplink.setControl(true);
    for (const [type, allocation] of Object.entries(allocations)) {
      const problem = uplink.control?.setAllocation(type as TrafficType, allocation);
      if (problem === undefined) continue;
      uplink.setControl(wasControlled);
      throw usageError(`${type} on ${name}: ${problem}`);
    }
    uplink.setControl(isControlled);
    const others = this.#config.uplinks.filter((one) => one.name !== name);
    this.#keep({ ...this.#config, uplinks: [...others, { name, isControlled, allocations }] });
  }

  /** What kinds of traffic are owed on an uplink. @throws HostError `usage` */
  allocations(
    name: string,
  ): readonly { readonly type: TrafficType; readonly allocation: TrafficAllocation }[] {
    const { uplink } = this.#uplink(name);
    const given = this.#config.uplinks.find((one) => one.name === name)?.allocations ?? {};
    return TRAFFIC_TYPES.map((type) => ({
      type,
      allocation: uplink.control?.allocation(type) ??
        given[type] ?? { shares: type === 'virtualMachine' ? 100 : 50, reservationMbps: 0 },
    }));
  }

  #uplink(name: string): { net: VirtualSwitch; uplink: Uplink } {
    const found = this.uplinks.find(({ uplink }) => uplink.name === name);
    if (found === undefined) throw usageError(`no virtual switch uses an uplink "${name}"`);
    return found;
  }

  #make({ name, mtuBytes, policies, groups, uplinks }: SwitchConfig): void {
    const index = ++this.#lastIndex;
    const net = new VirtualSwitch(
      { name, index, policies, mtuBytes },
      {
        nowMs: () => this.#host.nowMs(),
        wake: () => this.#host.wake(),
        expressChanged: () => this.#setExpress(),
      },
    );
    this.switches.set(name, net);
    for (const group of groups) net.addGroup(group.name, group.vlan, group.overrides);
    for (const uplink of uplinks) {
      const device = this.#devices.get(uplink);
      if (device) this.#plugUplink(net, device);
    }
  }

  #plugUplink(net: VirtualSwitch, device: UplinkDevice): void {
    const uplink = net.addUplink(device, ++this.#lastUplink);
    const { isControlled = false, allocations = {} } =
      this.#config.uplinks.find(({ name }) => name === device.name) ?? {};
    if (!isControlled) return;
    uplink.setControl(true);
    for (const [type, allocation] of Object.entries(allocations)) {
      uplink.control?.setAllocation(type as TrafficType, allocation);
    }
  }

  #setExpress(): void {
    this.#host.setExpress([...this.switches.values()].flatMap((net) => net.express()));
  }

  /** A team is of uplinks of its switch. */
  #checkTeam(net: VirtualSwitch, { teaming }: PolicyOverrides): void {
    const own = this.#switchConfig(net.name).uplinks;
    const stranger = [...(teaming?.active ?? []), ...(teaming?.standby ?? [])].find(
      (name) => !own.includes(name),
    );
    if (stranger !== undefined) throw usageError(`virtual switch "${net.name}" has no uplink "${stranger}"`);
  }

  #switchConfig(name: string): SwitchConfig {
    return this.#config.switches.find((one) => one.name === name) as SwitchConfig;
  }

  #changeSwitch(name: string, change: (one: SwitchConfig) => SwitchConfig): void {
    this.#change((switches) => switches.map((one) => (one.name === name ? change(one) : one)));
  }

  #change(change: (switches: readonly SwitchConfig[]) => readonly SwitchConfig[]): void {
    this.#keep({ ...this.#config, switches: change(this.#config.switches) });
  }

  /** What could not be read again is not kept. */
  #keep(config: NetworkConfig): void {
    requireKept(() => checkedNetworks(config));
    this.#config = config;
    this.#host.changed(config);
  }
}

function usersOf(ports: readonly SwitchPort[]): string {
  return ports.map(({ station }) => station.name).join(', ');
}
