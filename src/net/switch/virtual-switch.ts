/**
 * A virtual switch: ports in port groups, uplinks, and the way of a frame between them. As on ESXi the switch does not learn:
 * it knows whose address each port has, so a frame for an address that no port has goes out, and never to a VM that it is not
 * for. Source: vSphere Networking, "vSphere Standard Switch", "Securing vSphere Standard Switches".
 */
import { assert } from '#lib';
import { writeBig16 } from '../checksum.ts';
import { ETHERNET_HEADER_BYTES, type Frame } from '../frame.ts';
import type { ExpressRow } from '../lanes/arena.ts';
import { TAKES_ALL } from '../port.ts';
import { BeaconProbe } from './beacon.ts';
import { BROADCAST, isMulticast, macAt, putMac } from './mac.ts';
import { mergedPolicies, type Policies, type PolicyOverrides } from './policy.ts';
import { type Drop, type Passing, type Station, SwitchPort } from './switch-port.ts';
import { Team } from './team.ts';
import { Uplink, type UplinkDevice } from './uplink.ts';

export interface PortGroup {
  readonly name: string;
  vlan: number;
  overrides: PolicyOverrides;
  readonly team: Team;
}

export interface SwitchHost {
  nowMs(): number;
  /** Something changed about who may send to whom past the switches. */
  expressChanged(): void;
  /** Something waits: `run` is wanted. */
  wake(): void;
}

/** Reverse ARP, by which switches outside learn where a VM is now. Source: RFC 903. */
const RARP_ETHERTYPE = 0x8035;
const RARP_BYTES = 60;
const NO_UPLINK: readonly Uplink[] = [];

export class VirtualSwitch {
  readonly name: string;
  /** Tells broadcast domains of different switches apart. */
  readonly index: number;
  readonly uplinks: Uplink[] = [];
  readonly groups = new Map<string, PortGroup>();
  readonly ports = new Map<number, SwitchPort>();
  readonly #host: SwitchHost;
  readonly #byMac = new Map<number, SwitchPort[]>();
  readonly #beacons: BeaconProbe;
  #policies: Policies;
  #mtuBytes: number;
  #lastId = 0;

  constructor(
    {
      name,
      index,
      policies,
      mtuBytes,
    }: { name: string; index: number; policies: Policies; mtuBytes: number },
    host: SwitchHost,
  ) {
    this.name = name;
    this.index = index;
    this.#policies = policies;
    this.#mtuBytes = mtuBytes;
    this.#host = host;
    this.#beacons = new BeaconProbe(index);
  }

  get policies(): Policies {
    return this.#policies;
  }

  get mtuBytes(): number {
    return this.#mtuBytes;
  }

  // Configuration

  setPolicies(policies: Policies): void {
    this.#policies = policies;
    this.#refresh();
  }

  setMtu(mtuBytes: number): void {
    this.#mtuBytes = mtuBytes;
    this.#refresh();
  }

  addGroup(name: string, vlan = 0, overrides: PolicyOverrides = {}): PortGroup {
    assert(!this.groups.has(name), 'port groups have different names');
    const policies = mergedPolicies(this.#policies, overrides);
    const group = { name, vlan, overrides, team: new Team(policies.teaming) };
    this.groups.set(name, group);
    this.#refresh();
    return group;
  }

  /** Changes what is given. Preconditions: the group is there. */
  changeGroup(name: string, change: Partial<Pick<PortGroup, 'vlan' | 'overrides'>>): void {
    Object.assign(this.group(name), change);
    this.#refresh();
  }

  /** Preconditions: no port is in it. */
  removeGroup(name: string): void {
    assert(!this.portsOf(name).length, 'the port group is not used');
    this.groups.delete(name);
  }

  group(name: string): PortGroup {
    const group = this.groups.get(name);
    assert(group !== undefined, 'the port group is there');
    return group;
  }

  portsOf(group: string): SwitchPort[] {
    return [...this.ports.values()].filter(({ portGroup }) => portGroup === group);
  }

  // Who is plugged in

  connect(station: Station, group: string): SwitchPort {
    const policies = mergedPolicies(this.#policies, this.group(group).overrides);
    const port = new SwitchPort(++this.#lastId, station, group, policies, () => this.#host.nowMs());
    this.ports.set(port.id, port);
    station.link.onReceive((frame) => this.#fromPort(port, frame), TAKES_ALL);
    this.#refresh();
    this.#notify(port);
    return port;
  }

  disconnect(port: SwitchPort): void {
    if (!this.ports.delete(port.id)) return;
    port.station.link.onReceive(() => {});
    port.station.lane?.setExpress(0, 0, 0);
    this.#refresh();
  }

  /** What the guest's NIC listens to now. */
  setReception(port: SwitchPort, mac: number, wantsAll: boolean): void {
    if (port.mac === mac && port.wantsAll === wantsAll) return;
    port.mac = mac;
    port.wantsAll = wantsAll;
    this.#refresh();
  }

  addUplink(device: UplinkDevice, id: number): Uplink {
    const uplink = new Uplink(
      id,
      device,
      () => this.#host.nowMs(),
      () => this.#host.wake(),
    );
    this.uplinks.push(uplink);
    device.link.onReceive((frame) => this.#fromUplink(uplink, frame), TAKES_ALL);
    this.#refresh();
    return uplink;
  }

  removeUplink(uplink: Uplink): void {
    const at = this.uplinks.indexOf(uplink);
    if (at < 0) return;
    this.uplinks.splice(at, 1);
    uplink.device.link.onReceive(() => {});
    this.#refresh();
  }

  /** The link of an uplink came or went. */
  setUplinkState(uplink: Uplink, isUp: boolean): void {
    uplink.isUp = isUp;
    this.#failover();
  }

  /** Does what is due by now: beacons, failover, what waits for uplinks. When (milliseconds) it is wanted again. */
  run(nowMs: number): number {
    const probed = this.#probed;
    for (const { uplink, bytes } of this.#beacons.tick(probed, nowMs)) {
      const sender = this.uplinks.find(({ id }) => id === uplink);
      sender?.send({ frame: { bytes }, vlan: 0 }, 'management');
    }
    if (probed.length > 0) this.#failover();
    const next = this.uplinks.map((uplink) => uplink.run(nowMs));
    return Math.min(...next, probed.length > 0 ? nowMs + this.#beacons.intervalMs : Number.POSITIVE_INFINITY);
  }

  /** Something changed that bears on a port's ways, such as a tap. */
  refresh(): void {
    this.#refresh();
  }

  /** Where frames may go past the switch. */
  express(): ExpressRow[] {
    return [...this.ports.values()].flatMap((port) => {
      const { lane } = port.station;
      const domain = this.#expressDomain(port);
      return lane === undefined || domain === 0 ? [] : [{ domain, mac: port.mac, port: lane.port }];
    });
  }

  // The way of a frame

  #fromPort(port: SwitchPort, frame: Frame): void {
    if (frame.bytes.length < ETHERNET_HEADER_BYTES) return drop(port, 'malformed');
    const passing = port.admit(frame);
    if (typeof passing === 'string') return drop(port, passing);
    const isKnown = this.#deliver(passing, port);
    if (!isKnown) this.#toUplink(port, passing);
  }

  #fromUplink(uplink: Uplink, frame: Frame): void {
    if (frame.bytes.length < ETHERNET_HEADER_BYTES) {
      uplink.counters.drops.malformed++;
      return;
    }
    if (!uplink.isUp) return;
    const passing = uplink.admit(frame);
    const { bytes } = passing.frame;
    if (this.#beacons.hear(uplink.id, bytes, this.#host.nowMs())) return;
    // What went out here and comes back by another uplink.
    if (this.#byMac.has(macAt(bytes, 6))) return;
    this.#deliver(passing, uplink);
  }

  /** To the ports that a frame is for; whether it is for one of them alone. */
  #deliver(passing: Passing, from: SwitchPort | Uplink): boolean {
    const { bytes } = passing.frame;
    const hears = (port: SwitchPort): boolean =>
      port !== from && port.isIn(passing.vlan) && !port.isBlocked && this.#isItsWay(port, from, bytes);
    if (isMulticast(bytes)) {
      for (const port of this.ports.values()) if (hears(port)) port.deliver(passing);
      return false;
    }
    const to = macAt(bytes, 0);
    const known = this.#byMac.get(to)?.filter(hears) ?? [];
    for (const port of known) port.deliver(passing);
    for (const port of this.#listeners) if (port.mac !== to && hears(port)) port.deliver(passing);
    return known.length > 0;
  }

  /**
   * Whether a port hears what comes by an uplink: by those of its team, and what is for many only by the one that it sends by,
   * for it comes by each of them. With hashes of addresses the other side sends it once.
   */
  #isItsWay(port: SwitchPort, from: SwitchPort | Uplink, bytes: Uint8Array): boolean {
    if (from instanceof SwitchPort) return true;
    const { team } = this.group(port.portGroup);
    if (!team.has(from.name)) return false;
    if (!isMulticast(bytes) || team.policy.loadBalancing === 'iphash') return true;
    return team.pick({ port: port.id, bytes: ownHeader(port) }) === from.name;
  }

  #toUplink(port: SwitchPort, passing: Passing): void {
    const uplink = this.#uplinkOf(port, passing.frame.bytes);
    port.lastUplink = uplink?.name;
    if (uplink === undefined) return drop(port, 'noUplink');
    if (!uplink.send(passing, port.station.traffic)) drop(port, 'noRoom');
  }

  #uplinkOf(port: SwitchPort, bytes: Uint8Array): Uplink | undefined {
    const name = this.group(port.portGroup).team.pick({ port: port.id, bytes });
    return this.uplinks.find((uplink) => uplink.name === name);
  }

  /** Ports that hear what is for others. */
  #listeners: readonly SwitchPort[] = [];

  // What follows from the configuration

  #refresh(): void {
    this.#byMac.clear();
    for (const group of this.groups.values()) {
      group.team.policy = mergedPolicies(this.#policies, group.overrides).teaming;
    }
    for (const port of this.ports.values()) {
      const { vlan, overrides } = this.group(port.portGroup);
      port.setPolicies(mergedPolicies(this.#policies, overrides), vlan, this.#mtuBytes);
      const same = this.#byMac.get(port.mac);
      if (same === undefined) this.#byMac.set(port.mac, [port]);
      else same.push(port);
    }
    this.#listeners = [...this.ports.values()].filter(({ isPromiscuous }) => isPromiscuous);
    for (const port of this.ports.values()) {
      port.station.lane?.setExpress(this.#expressDomain(port), port.mac, this.#mtuBytes);
    }
    this.#failover();
    this.#host.expressChanged();
    this.#host.wake();
  }

  /** 0: its frames go by the switch, as somebody hears them there. */
  #expressDomain(port: SwitchPort): number {
    const isHeard = this.#listeners.some((listener) => listener.isIn(port.vlan));
    const isAlone = (this.#byMac.get(port.mac)?.length ?? 0) === 1;
    return port.isExpress && isAlone && !isHeard ? this.index * 4096 + port.vlan + 1 : 0;
  }

  /** Uplinks that beacons are sent on: all, when a port group wants them. */
  get #probed(): readonly number[] {
    const wants = [...this.groups.values()].some(
      ({ team }) =>
        team.policy.failureDetection === 'beacon' &&
        team.policy.active.length + team.policy.standby.length > 1,
    );
    return (wants ? this.uplinks : NO_UPLINK).filter(({ isUp }) => isUp).map(({ id }) => id);
  }

  /** Looks at which uplinks work; who sends by another one now says so outside. */
  #failover(): void {
    const nowMs = this.#host.nowMs();
    const probed = this.#probed;
    for (const [name, { team }] of this.groups) {
      const works = (uplink: string): boolean => {
        const one = this.uplinks.find((other) => other.name === uplink);
        if (!one?.isUp) return false;
        return team.policy.failureDetection === 'link' || this.#beacons.works(one.id, probed, nowMs);
      };
      const before = this.portsOf(name).map((port) => this.#uplinkOf(port, ownHeader(port)));
      if (!team.update(works)) continue;
      for (const [i, port] of this.portsOf(name).entries()) {
        if (this.#uplinkOf(port, ownHeader(port)) !== before[i]) this.#notify(port);
      }
    }
  }

  /** Tells the switches outside where a port is. */
  #notify(port: SwitchPort): void {
    const { team } = this.group(port.portGroup);
    if (!team.policy.notifySwitches || port.isBlocked) return;
    const vlan = port.vlan === 4095 ? 0 : port.vlan;
    this.#uplinkOf(port, ownHeader(port))?.send(
      { frame: { bytes: reverseArp(port.mac) }, vlan },
      port.station.traffic,
    );
  }
}

function drop(port: SwitchPort, reason: Drop): void {
  port.counters.drops[reason]++;
}

/** As much of a frame of the port as policies look at. */
function ownHeader(port: SwitchPort): Uint8Array {
  const bytes = new Uint8Array(ETHERNET_HEADER_BYTES);
  putMac(bytes, 6, port.mac);
  return bytes;
}

function reverseArp(mac: number): Uint8Array {
  const bytes = new Uint8Array(RARP_BYTES);
  putMac(bytes, 0, BROADCAST);
  putMac(bytes, 6, mac);
  writeBig16(bytes, 12, RARP_ETHERTYPE);
  bytes.set([0, 1, 8, 0, 6, 4, 0, 3], 14);
  putMac(bytes, 22, mac);
  putMac(bytes, 32, mac);
  return bytes;
}
