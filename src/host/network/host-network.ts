/** The networks of a host that is up: its switches on the main thread, and the network cards of its VMs on them. */
import { usageError } from '#lib';
import type { VmToRun } from '#management';
import {
  DEFAULT_MTU_BYTES,
  generatedMac,
  type LanePort,
  type LinkEnd,
  type NetworkConfig,
  Networks,
  nicName,
  type Plug,
  parseMac,
  type SwitchLanes,
  type UplinkDevice,
} from '#net';
import type { VmNic } from '#vmm';
import type { VmNetwork } from '../cpus.ts';
import type { NicConfig } from '../home-nics.ts';
import { Captures } from './captures.ts';
import { SwitchPump } from './pump.ts';

export interface HostNetworkParts {
  readonly lanes: SwitchLanes;
  readonly config: NetworkConfig;
  /** Keeps a configuration that has changed. */
  readonly keep: (config: NetworkConfig) => void;
  readonly wallNanoseconds: () => bigint;
}

export class HostNetwork {
  readonly networks: Networks;
  readonly captures: Captures;
  readonly #pump: SwitchPump;
  readonly #listeners = new Set<() => void>();

  constructor({ lanes, config, keep, wallNanoseconds }: HostNetworkParts) {
    const nowMs = (): number => performance.now();
    this.networks = new Networks(config, {
      nowMs,
      wake: () => lanes.arena.tellSwitch(),
      setExpress: (rows) => lanes.arena.setExpress(rows),
      changed: (changed) => {
        keep(changed);
        this.changed();
      },
    });
    this.captures = new Captures({ networks: this.networks, wallNanoseconds, nowMs });
    this.#pump = new SwitchPump(lanes, (ms) => this.networks.run(ms));
  }

  /** Tells who listens, when what was configured has been done. */
  changed(): void {
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** Hears that networks, or the kernel's own interfaces on them, are others now. Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(uplinks: readonly UplinkDevice[]): void {
    for (const uplink of uplinks) this.networks.addDevice(uplink);
    this.#pump.start();
  }

  async close(): Promise<void> {
    this.captures.close();
    await this.#pump.stop();
  }

  /** The port with that address, as it is named: `web.eth0`. */
  nicOf(mac: number): string | undefined {
    return this.networks.ports.find(({ port }) => port.mac === mac)?.port.station.name;
  }

  /** The cards of a VM, as its home is told of them. A card whose port group is not there has its cable out. */
  nicsOf({ settings }: VmToRun): NicConfig[] {
    return settings.nics.map((nic) => ({
      mac: macOf(nic, settings.uuid),
      mtuBytes: this.networks.hasGroup(nic.networkName)
        ? this.networks.switchOf(nic.networkName).mtuBytes
        : DEFAULT_MTU_BYTES,
      isUp: nic.startConnected && this.networks.hasGroup(nic.networkName),
    }));
  }

  /** Plugs the cards of a VM in, and out when it is gone. */
  networkOf(vm: VmToRun, warn: (line: string) => void): VmNetwork {
    const plugs: Plug[] = [];
    return {
      plug: (lanes) => {
        for (const [i, nic] of vm.settings.nics.entries()) {
          if (!this.networks.hasGroup(nic.networkName)) {
            warn(noGroup(nic));
          } else if (nic.startConnected) {
            plugs.push(this.#plug(vm, nic, lanes[i] as LanePort));
          }
        }
      },
      unplug: () => {
        for (const plug of plugs.splice(0)) plug.unplug();
      },
    };
  }

  #plug(vm: VmToRun, nic: VmNic, lane: LanePort): Plug {
    const plug = this.networks.connect({ ...stationOf(vm, nic), link: lane, lane }, nic.networkName);
    lane.onReception((mac, wantsAll) => plug.net.setReception(plug.port, mac, wantsAll));
    return plug;
  }

  /** Plugs a card in by a link on this thread; undefined: its cable is out. */
  plugLink(vm: VmToRun, nic: VmNic, link: LinkEnd, warn: (line: string) => void): Plug | undefined {
    if (!this.networks.hasGroup(nic.networkName)) warn(noGroup(nic));
    else if (nic.startConnected)
      return this.networks.connect({ ...stationOf(vm, nic), link }, nic.networkName);
    return undefined;
  }
}

function stationOf({ name, settings }: VmToRun, nic: VmNic) {
  return {
    name: nicName(name, nic.index),
    mac: macOf(nic, settings.uuid),
    traffic: 'virtualMachine' as const,
  };
}

function noGroup({ index, networkName }: VmNic): string {
  return `ethernet${index}: there is no port group "${networkName}"; its cable is out`;
}

function macOf({ address, index }: VmNic, uuid: string): number {
  if (address === '') return generatedMac(uuid, index);
  const mac = parseMac(address);
  if (mac === undefined) throw usageError(`"${address}" is no address`);
  return mac;
}
