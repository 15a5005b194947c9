/** The network of `vmk run`: one card at the inside of a NAT, without a switch, and ports of the host that lead to it. */
import type { RunConfig } from '#management';
import { DEFAULT_NAT_NETWORK, ipText, type LanePort, Nat } from '#net';
import type { Cpus, VmNetwork } from '../cpus.ts';
import type { NicConfig } from '../home-nics.ts';
import { nodeOutside } from './node-outside.ts';
import { SwitchPump } from './pump.ts';
import { realStackHost } from './stack-host.ts';

const GUEST_MAC = 0x52_54_00_12_34_56;
const GATEWAY_MAC = 0x02_00_00_00_00_02;

export class RunNetwork implements VmNetwork {
  readonly nics: readonly NicConfig[] = [{ mac: GUEST_MAC, mtuBytes: DEFAULT_NAT_NETWORK.mtu, isUp: true }];
  readonly #config: NonNullable<RunConfig['net']>;
  readonly #outside = nodeOutside();
  #nat: Nat | undefined;
  #pump: SwitchPump | undefined;

  constructor(config: NonNullable<RunConfig['net']>) {
    this.#config = config;
  }

  start({ lanes }: Cpus): void {
    if (lanes === undefined) return;
    this.#pump = new SwitchPump(lanes, () => Number.POSITIVE_INFINITY);
    this.#pump.start();
  }

  plug([link]: readonly LanePort[]): void {
    if (link !== undefined) this.#nat = new Nat({ link, mac: GATEWAY_MAC }, realStackHost(), this.#outside);
  }

  unplug(): void {
    this.#nat?.close();
    this.#nat = undefined;
  }

  /** Opens the ports, and tells of those that were left to the system. @throws HostError `port-unavailable` */
  async forward(tell: (line: string) => void): Promise<void> {
    // The only guest gets the first address.
    const guest = ipText(DEFAULT_NAT_NETWORK.firstGuest);
    for (const { protocol, address, port, guestPort } of this.#config.forwards) {
      const at = { address, port };
      const opened = await this.#nat?.forwards.add({ protocol, at, guest, port: guestPort });
      if (opened && port === 0)
        tell(`${protocol} port ${opened.at.port} leads to port ${guestPort} of the guest`);
    }
  }

  async close(): Promise<void> {
    this.unplug();
    await this.#pump?.stop();
    this.#outside.close();
  }
}
