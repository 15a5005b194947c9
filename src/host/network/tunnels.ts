/** The VXLAN tunnels of a host: uplinks over UDP sockets of the machine, which tunnels of different VNIs share. */
import { reasonOf, usageError } from '#lib';
import {
  checkedTunnels,
  type Networks,
  type Outside,
  type OutsideDatagrams,
  requireKept,
  type TunnelCounts,
  type TunnelEntry,
  type TunnelsConfig,
  VxlanTunnel,
} from '#net';

export interface TunnelsParts {
  readonly networks: Pick<Networks, 'addDevice' | 'removeDevice' | 'devices'>;
  readonly outside: Pick<Outside, 'bindDatagrams'>;
  readonly nowMs: () => number;
  /** The address of a new uplink. */
  readonly newMac: () => number;
  /** The configuration is another. */
  readonly keep: (config: TunnelsConfig) => void;
}

interface Socket {
  readonly datagrams: OutsideDatagrams;
  readonly tunnels: Map<number, VxlanTunnel>;
}

const SPEED_MBPS = 10_000;

export class Tunnels {
  readonly #parts: TunnelsParts;
  readonly #open = new Map<string, VxlanTunnel>();
  readonly #problems = new Map<string, string>();
  readonly #sockets = new Map<string, Promise<Socket>>();
  #config: TunnelsConfig;

  /** @param config - checked. */
  constructor(config: TunnelsConfig, parts: TunnelsParts) {
    this.#config = config;
    this.#parts = parts;
  }

  /** Opens what was kept. A port that is in use keeps nothing else from coming up. */
  async start(warn: (line: string) => void): Promise<void> {
    for (const entry of this.#config.tunnels) {
      try {
        await this.#begin(entry);
      } catch (error) {
        this.#problems.set(entry.name, reasonOf(error));
        warn(`tunnel ${entry.name}: ${reasonOf(error)}`);
      }
    }
  }

  /** Each with what went through, or why it is not open. */
  list(): readonly (TunnelEntry & {
    readonly counts: TunnelCounts | undefined;
    readonly problem: string | undefined;
  })[] {
    return this.#config.tunnels.map((entry) => {
      const counts = this.#open.get(entry.name)?.counts;
      return { ...entry, counts, problem: this.#problems.get(entry.name) };
    });
  }

  /** @throws HostError `usage`, `port-unavailable` */
  async add(entry: TunnelEntry): Promise<void> {
    if (this.#parts.networks.devices.some(({ name }) => name === entry.name))
      throw usageError(`there is an uplink "${entry.name}" already`);
    requireKept(() => checkedTunnels({ version: 1, tunnels: [...this.#config.tunnels, entry] }));
    await this.#begin(entry);
    this.#keep([...this.#config.tunnels, entry]);
  }

  /** @throws HostError `usage` while a switch uses it */
  async remove(name: string): Promise<void> {
    const entry = this.#config.tunnels.find((one) => one.name === name);
    if (entry === undefined) throw usageError(`there is no tunnel "${name}"`);
    this.#parts.networks.removeDevice(name);
    this.#keep(this.#config.tunnels.filter((one) => one !== entry));
    this.#problems.delete(name);
    if (!this.#open.delete(name)) return;
    const key = keyOf(entry);
    const socket = await this.#sockets.get(key);
    socket?.tunnels.delete(entry.vni);
    if (socket === undefined || socket.tunnels.size > 0) return;
    this.#sockets.delete(key);
    socket.datagrams.close();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.values()) (await socket).datagrams.close();
    this.#sockets.clear();
  }

  async #begin(entry: TunnelEntry): Promise<void> {
    const { networks, nowMs, newMac } = this.#parts;
    const { name, vni, peers } = entry;
    const socket = await this.#socketOf(entry);
    const tunnel = new VxlanTunnel({ vni, peers }, nowMs);
    tunnel.open(socket.datagrams);
    socket.tunnels.set(vni, tunnel);
    this.#open.set(name, tunnel);
    networks.addDevice({
      ...{ name, link: tunnel.link, mac: newMac(), driver: 'vxlan', speedMbps: SPEED_MBPS },
    });
  }

  async #socketOf(entry: TunnelEntry): Promise<Socket> {
    const key = keyOf(entry);
    const known = this.#sockets.get(key);
    if (known !== undefined) return known;
    const tunnels = new Map<number, VxlanTunnel>();
    const opened = this.#parts.outside
      .bindDatagrams(entry.at, {
        received(bytes, from) {
          // The tunnel of the VNI; what is of none is counted by the first.
          const vni = ((bytes[4] ?? 0) << 16) | ((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0);
          const [first] = tunnels.values();
          (tunnels.get(vni) ?? first)?.received(bytes, from);
        },
      })
      .then((datagrams) => ({ datagrams, tunnels }));
    this.#sockets.set(key, opened);
    opened.catch(() => this.#sockets.delete(key));
    return opened;
  }

  #keep(tunnels: readonly TunnelEntry[]): void {
    this.#config = { version: 1, tunnels };
    this.#parts.keep(this.#config);
  }
}

function keyOf({ at }: TunnelEntry): string {
  return `${at.address}:${at.port}`;
}
