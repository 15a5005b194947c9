/** The network cards of a VM at its home: between the devices and the lanes of their ports. */
import type { NetOffloads, NetReception, NetworkBackend, VirtioNet } from '#devices';
import { assert } from '#lib';
import type { Arena, GuestLane, LaneHost } from '#net';
import { late } from './late-rooms.ts';

/** A network card as the VM's home is told of it. */
export interface NicConfig {
  readonly mac: number;
  readonly mtuBytes: number;
  /** Whether its cable is plugged in at first. */
  readonly isUp: boolean;
}

/** What the pCPU gives. */
export interface NicsHost {
  readonly index: number;
  readonly network: Arena | undefined;
  readonly ring: LaneHost['ring'];
  readonly clock: { nowNs(): number };
}

/** The network cards of a VM, if it has any and there is a network. */
export function openNics(
  { index, network, ring, clock }: NicsHost,
  nics: readonly NicConfig[] = [],
  ports: readonly number[] = [],
): HomeNics | undefined {
  if (nics.length === 0 || network === undefined) return undefined;
  return new HomeNics(network, nics, ports, { pcpu: index, ring }, () => clock.nowNs());
}

/** A port's turn: others, and the harts, wait no longer than this. Between two looks at the clock so many frames go. */
const TURN_NS = 250_000;
const FRAMES_PER_LOOK = 8;

export class HomeNics {
  readonly #nics: readonly HomeNic[];
  readonly #arena: Arena;
  readonly #host: LaneHost;
  #seen = -1;

  constructor(
    arena: Arena,
    nics: readonly NicConfig[],
    ports: readonly number[],
    host: LaneHost,
    nowNs: () => number,
  ) {
    this.#arena = arena;
    this.#host = host;
    this.#nics = nics.map((nic, index) => {
      const port = ports[index];
      assert(port !== undefined, 'each NIC has a port');
      return new HomeNic(nic, new late.net.GuestLane(arena, port, host), nowNs);
    });
  }

  get backends(): readonly NetworkBackend[] {
    return this.#nics;
  }

  /** Whether something may have come since it was looked at last. */
  get hasNews(): boolean {
    return this.#arena.news(this.#host.pcpu) !== this.#seen;
  }

  /** Whether that is for one of these cards: others at home on the pCPU have the same news. */
  look(): boolean {
    this.#seen = this.#arena.news(this.#host.pcpu);
    return this.#nics.some(({ isCalled }) => isCalled);
  }

  /** Passes on what has come; what is too much for one turn has its turn soon. */
  attend(devices: readonly VirtioNet[]): void {
    let isMore = false;
    for (const [index, device] of devices.entries()) {
      const nic = this.#nics[index];
      if (nic?.attend(device)) isMore = true;
    }
    if (!isMore) return;
    this.#seen = -1;
    this.#host.ring(this.#host.pcpu);
  }
}

class HomeNic implements NetworkBackend {
  readonly mac: number;
  readonly mtuBytes: number;
  readonly isUp: boolean;
  readonly #lane: GuestLane;
  readonly #finished = late.net.finished;
  readonly #nowNs: () => number;
  /** The driver had no buffer: it will say when it has. */
  #isStuck = false;

  constructor({ mac, mtuBytes, isUp }: NicConfig, lane: GuestLane, nowNs: () => number) {
    this.mac = mac;
    this.mtuBytes = mtuBytes;
    this.isUp = isUp;
    this.#lane = lane;
    this.#nowNs = nowNs;
  }

  hasRoom(): boolean {
    return this.#lane.hasRoom();
  }

  send(views: readonly Uint8Array[], length: number, offloads: NetOffloads): void {
    this.#lane.send(views, { length, ...offloads });
  }

  receiveReady(): void {
    if (!this.#isStuck) return;
    this.#isStuck = false;
    this.#lane.remind();
  }

  receptionChanged({ mac, isPromiscuous }: NetReception): void {
    this.#lane.setReception(mac, isPromiscuous);
  }

  /** There is something to be done for it. */
  get isCalled(): boolean {
    return this.#lane.hasRoomAgain || (!this.#isStuck && this.#lane.hasFrames);
  }

  /** True: there is more than goes in a turn. */
  attend(device: VirtioNet): boolean {
    if (this.#lane.hasRoomAgain) {
      this.#lane.takeRoomAgain();
      device.transmitReady();
    }
    if (this.#isStuck) return false;
    const isMore = this.#deliver(device);
    device.endReceive();
    return isMore;
  }

  #deliver(device: VirtioNet): boolean {
    const { abilities } = device;
    const untilNs = this.#nowNs() + TURN_NS;
    for (let frames = 1; frames % FRAMES_PER_LOOK !== 0 || this.#nowNs() < untilNs; frames++) {
      const frame = this.#lane.peek();
      if (frame === undefined) return false;
      const { checksum } = abilities;
      const gso = frame.gso === undefined || abilities[frame.gso.type];
      let taken = 0;
      let refused = 0;
      this.#finished(frame, { checksum, gso }, (one) => {
        if (refused === 0 && device.receive(one)) taken++;
        else refused++;
      });
      if (refused > 0 && taken === 0) {
        this.#isStuck = true;
        return false;
      }
      // Of a long segment that had to be cut, what found no buffer is lost, as a network loses frames.
      this.#lane.drop(frame);
    }
    return true;
  }
}
