/** The network cards of a VM in a lab, on the switches of the host. */
import type { VmToRun } from '#management';
import { cable, type LinkEnd, MAX_FRAME_BYTES, type Plug, transportHeaderBytes } from '#net';
import { MAX_EVENT_FRAME_BYTES } from '#vmm';
import type { HostNetwork } from '../network/host-network.ts';
import type { FromLab, SentFrame } from './messages.ts';

export class LabNetwork {
  readonly #network: HostNetwork;
  readonly #vm: VmToRun;
  readonly #warn: (line: string) => void;
  readonly #cards: ({ readonly plug: Plug; readonly end: LinkEnd } | undefined)[] = [];

  constructor(network: HostNetwork, vm: VmToRun, warn: (line: string) => void) {
    this.#network = network;
    this.#vm = vm;
    this.#warn = warn;
  }

  /** @param receive - takes what comes for a card, by its number */
  plug(receive: (nic: number, frame: Uint8Array) => void): void {
    for (const [index, nic] of this.#vm.settings.nics.entries()) {
      const [link, end] = cable();
      const plug = this.#network.plugLink(this.#vm, nic, link, this.#warn);
      this.#cards[index] = plug && { plug, end };
      // What comes finished is short; a copy, for the thread that it goes to.
      end.onReceive(({ bytes }) => {
        if (bytes.length <= MAX_EVENT_FRAME_BYTES) receive(index, bytes.slice());
      });
    }
  }

  /** The guest has sent a frame. */
  sent({ nic, bytes, offloads }: SentFrame): void {
    const { checksum, gso } = offloads;
    if (bytes.length > MAX_FRAME_BYTES) return;
    const segments =
      checksum && gso
        ? {
            gso: {
              ...gso,
              headerLength: checksum.start + transportHeaderBytes(bytes, checksum.start, gso.type),
            },
          }
        : {};
    this.#cards[nic]?.end.send({ bytes, ...(checksum && { checksum }), ...segments });
  }

  listens({ nic, mac, isPromiscuous }: Extract<FromLab, { kind: 'reception' }>): void {
    const plug = this.#cards[nic]?.plug;
    plug?.net.setReception(plug.port, mac, isPromiscuous);
  }

  unplug(): void {
    for (const card of this.#cards.splice(0)) card?.plug.unplug();
  }
}
