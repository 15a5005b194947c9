/** Virtio network card: checksum and segmentation offload, mergeable buffers, queue pairs, control queue. Source: VIRTIO 1.3 §5.1. */
import type { MmioDevice } from '../bus.ts';
import { byteLength, gather, scatter, slice } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import type { Chain } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import type { NetAbilities, NetworkBackend, ReceivedFrame } from './net-backend.ts';
import { type ControlFeature, MAX_CONTROL_BYTES, type NetControlled, runControl } from './net-control.ts';
import { macBytes, NetFilter, type NetFilterStateV1 } from './net-filter.ts';
import { BUFFERS_AT, emitNetHeader, NET_HEADER_BYTES, parseNetHeader } from './net-header.ts';
import { HASHED_BYTES, NetSteering } from './net-steering.ts';
import type { Virtqueue } from './queue.ts';

export interface VirtioNetStateV1 {
  readonly version: 1;
  readonly filter: NetFilterStateV1;
  readonly pairs: number;
  /** Where flows were sent last; absent with one pair. */
  readonly steering?: Uint8Array;
  readonly isUp: boolean;
  readonly announces: boolean;
  readonly guestOffloads: bigint;
  /** See `becomeCopy`. */
  readonly othersMac?: number | undefined;
}

export interface VirtioNetOptions {
  readonly backend: NetworkBackend;
  /** Queue pairs on offer: 1 … 8. */
  readonly maxPairs?: number;
}

/** Frames and bytes since power-on; what was lost and why. */
export interface NetCounters {
  sentFrames: number;
  sentBytes: number;
  receivedFrames: number;
  receivedBytes: number;
  /** Frames that the driver described wrongly, or that were too short or long. */
  badFrames: number;
  /** Frames that the driver's filter did not want. */
  filteredFrames: number;
  /** Frames that no buffer of the driver was large enough for. */
  oversizedFrames: number;
}

// biome-ignore format: a table reads in columns
const FEATURE = {
  checksum: 1n << 0n, guestChecksum: 1n << 1n, ctrlGuestOffloads: 1n << 2n, mtu: 1n << 3n, mac: 1n << 5n,
  guestTso4: 1n << 7n, guestTso6: 1n << 8n, guestEcn: 1n << 9n, hostTso4: 1n << 11n, hostTso6: 1n << 12n, hostEcn: 1n << 13n,
  mergeableBuffers: 1n << 15n, status: 1n << 16n, ctrlQueue: 1n << 17n, ctrlReceive: 1n << 18n, ctrlVlan: 1n << 19n,
  ctrlReceiveExtra: 1n << 20n, announce: 1n << 21n, pairs: 1n << 22n, ctrlMac: 1n << 23n,
  guestUso4: 1n << 54n, guestUso6: 1n << 55n, hostUso: 1n << 56n, speed: 1n << 63n,
} as const;
const EVERY = Object.values(FEATURE).reduce((all, bit) => all | bit, 0n);
/** What the driver takes unfinished, which it may change later. */
const GUEST_OFFLOADS =
  FEATURE.guestChecksum |
  FEATURE.guestTso4 |
  FEATURE.guestTso6 |
  FEATURE.guestEcn |
  FEATURE.guestUso4 |
  FEATURE.guestUso6;

const NEEDS: Readonly<Record<ControlFeature, bigint>> = {
  receive: FEATURE.ctrlReceive,
  receiveExtra: FEATURE.ctrlReceiveExtra,
  vlan: FEATURE.ctrlVlan,
  mac: FEATURE.ctrlMac,
  announce: FEATURE.announce,
  pairs: FEATURE.pairs,
  offloads: FEATURE.ctrlGuestOffloads,
};

const STATUS = { linkUp: 1, announce: 2 } as const;
const QUEUE_SIZE = 256;
const CONTROL_QUEUE_SIZE = 64;
const CONFIG_BYTES = 20;
const ACK = { ok: 0, error: 1 } as const;
const ETHERNET_HEADER_BYTES = 14;
/** 64 KiB of IP, an Ethernet header, two VLAN tags. */
const MAX_FRAME_BYTES = 65_535 + 22;
/** Drivers without mergeable buffers give so much for each frame. */
const MAX_CHAIN_BYTES = 2 ** 17;
const SPEED_MBPS = 10_000;

export class VirtioNet implements VirtioDevice<VirtioNetStateV1>, NetControlled {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioNet>(CONFIG_BYTES, {
    mac:      { at: 0,  width: 1, count: 6, read: (device, byte) => macBytes(device.filter.state.mac)[byte] as number },
    status:   { at: 6,  width: 2, read: (device) => device.#status },
    maxPairs: { at: 8,  width: 2, read: (device) => device.maxPairs },
    mtu:      { at: 10, width: 2, read: (device) => device.#backend.mtuBytes },
    speed:    { at: 12, width: 4, read: () => SPEED_MBPS },
    duplex:   { at: 16, width: 1, read: () => 1 },
  });

  readonly name: string = 'net';
  readonly type = 1;
  readonly classCode = 0x02_00_00;
  readonly features: bigint;
  readonly queueSizes: readonly number[];
  readonly maxChainBytes = MAX_CHAIN_BYTES;
  readonly config: MmioDevice = VirtioNet.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly maxPairs: number;
  readonly counters: NetCounters;
  filter: NetFilter;
  pairs = 1;
  readonly #backend: NetworkBackend;
  readonly #steering = new NetSteering();
  #port: VirtioPort | undefined;
  #isUp: boolean;
  #announces = false;
  /** The address that another machine has, of which this one is a copy: the cable is out while the driver has it. */
  #othersMac: number | undefined;
  #guestOffloads = GUEST_OFFLOADS;
  /** Receive queues that got something since the driver was told. */
  #touched = 0;

  constructor({ backend, maxPairs = 1 }: VirtioNetOptions) {
    this.#backend = backend;
    this.maxPairs = maxPairs;
    this.#isUp = backend.isUp;
    this.filter = new NetFilter(backend.mac);
    this.features = maxPairs > 1 ? EVERY : EVERY & ~FEATURE.pairs;
    this.queueSizes = [...Array<number>(2 * maxPairs).fill(QUEUE_SIZE), CONTROL_QUEUE_SIZE];
    this.counters = {
      ...{ sentFrames: 0, sentBytes: 0, receivedFrames: 0, receivedBytes: 0 },
      ...{ badFrames: 0, filteredFrames: 0, oversizedFrames: 0 },
    };
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** What the driver takes unfinished. */
  get abilities(): NetAbilities {
    const taken = this.#negotiated & this.#guestOffloads;
    const has = (bits: bigint): boolean => (taken & bits) === bits;
    const checksum = has(FEATURE.guestChecksum);
    return {
      checksum,
      tcp4: checksum && has(FEATURE.guestTso4),
      tcp6: checksum && has(FEATURE.guestTso6),
      udp: checksum && has(FEATURE.guestUso4 | FEATURE.guestUso6),
    };
  }

  /** Plugs the cable in or out. */
  setLink(isUp: boolean): void {
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    this.#port?.configChanged();
  }

  /** Asks the driver to tell the network that it is here: the machine came from elsewhere. */
  announce(): void {
    if (!this.#has(FEATURE.announce) || this.#othersMac !== undefined) return;
    this.#announces = true;
    this.#port?.configChanged();
  }

  /**
   * The machine is a copy, and the address that its driver has is the other one's: nothing goes in or out until the driver
   * has taken another one, by a command or when it begins anew.
   */
  becomeCopy(): void {
    const { mac } = this.filter.state;
    if (mac === this.#backend.mac) return;
    this.#othersMac = mac;
    this.#port?.configChanged();
  }

  announced(): void {
    this.#announces = false;
  }

  setGuestOffloads(offloads: bigint): boolean {
    if ((offloads & ~(this.#negotiated & GUEST_OFFLOADS)) !== 0n) return false;
    this.#guestOffloads = offloads;
    return true;
  }

  notify(queue: number): void {
    if (queue === this.#controlQueue) this.#control();
    else if (queue % 2 === 1) this.#transmit(queue);
    else this.#backend.receiveReady();
  }

  /** The link has room again. */
  transmitReady(): void {
    for (let queue = 1; queue < 2 * this.pairs; queue += 2) {
      this.#port?.queue(queue).kick();
      this.#transmit(queue);
    }
  }

  /**
   * Gives a frame to the driver, as its `abilities` say. False: it has no buffer for it now, and
   * `NetworkBackend.receiveReady` tells when it may have. `endReceive` tells the driver.
   */
  receive(frame: ReceivedFrame): boolean {
    const { bytes } = frame;
    const isSane = bytes.length >= ETHERNET_HEADER_BYTES && bytes.length <= MAX_FRAME_BYTES;
    if (!isSane || !this.#isPlugged) {
      this.counters.badFrames++;
      return true;
    }
    if (!this.filter.accepts(bytes, this.#has(FEATURE.ctrlVlan))) {
      this.counters.filteredFrames++;
      return true;
    }
    const pair = this.#steering.queueOf(bytes, this.pairs);
    const queue = this.#port?.queue(2 * pair);
    // No driver: nobody hears it.
    if (!queue?.enabled) return true;
    queue.kick();
    const isTaken = this.#has(FEATURE.mergeableBuffers)
      ? this.#receiveMerged(queue, frame)
      : this.#receiveWhole(queue, frame);
    if (isTaken) this.#touched |= 1 << pair;
    return isTaken;
  }

  /** Interrupts the driver for what it has received, if it wants that. */
  endReceive(): void {
    for (let pair = 0; this.#touched !== 0; pair++, this.#touched >>>= 1) {
      if ((this.#touched & 1) !== 0) this.#port?.queue(2 * pair).signal();
    }
  }

  reset(): void {
    this.filter = new NetFilter(this.#backend.mac);
    this.pairs = 1;
    this.#announces = false;
    this.#othersMac = undefined;
    this.#guestOffloads = GUEST_OFFLOADS;
    this.#touched = 0;
    this.#steering.reset();
    this.#tellReception();
  }

  save(): VirtioNetStateV1 {
    return {
      ...({ version: 1, filter: this.filter.state, pairs: this.pairs } as const),
      ...(this.pairs > 1 && { steering: this.#steering.save() }),
      ...{ isUp: this.#isUp, announces: this.#announces },
      guestOffloads: this.#guestOffloads,
      othersMac: this.#othersMac,
    };
  }

  restore(state: VirtioNetStateV1): void {
    expectVersion(this.name, state, 1);
    this.filter.state = state.filter;
    this.pairs = Math.min(state.pairs, this.maxPairs);
    this.#isUp = state.isUp;
    this.#announces = state.announces;
    this.#guestOffloads = state.guestOffloads;
    this.#othersMac = state.othersMac;
    this.#steering.restore(state.steering);
    this.#tellReception();
  }

  #transmit(index: number): void {
    const queue = this.#port?.queue(index);
    if (queue === undefined) return;
    while (this.#backend.hasRoom()) {
      const chain = queue.pop();
      if (chain === undefined) break;
      this.#send(chain, index >>> 1);
      queue.push(chain, 0);
    }
    queue.signal();
  }

  #send({ readable }: Chain, pair: number): void {
    const length = byteLength(readable) - NET_HEADER_BYTES;
    const isSane = length >= ETHERNET_HEADER_BYTES && length <= MAX_FRAME_BYTES;
    const offloads = isSane ? parseNetHeader(gather(readable, NET_HEADER_BYTES), length) : undefined;
    if (offloads === undefined) {
      this.counters.badFrames++;
      return;
    }
    this.counters.sentFrames++;
    this.counters.sentBytes += length;
    if (!this.#isPlugged) return;
    const frame = slice(readable, NET_HEADER_BYTES, NET_HEADER_BYTES + length);
    if (this.pairs > 1) this.#steering.sent(gather(frame, HASHED_BYTES), pair);
    this.#backend.send(frame, length, offloads);
  }

  #receiveWhole(queue: Virtqueue, frame: ReceivedFrame): boolean {
    const chain = queue.pop();
    if (chain === undefined) return false;
    const total = NET_HEADER_BYTES + frame.bytes.length;
    if (byteLength(chain.writable) < total) {
      this.counters.oversizedFrames++;
      queue.putBack([chain]);
      return true;
    }
    scatter(chain.writable, emitNetHeader(frame));
    scatter(slice(chain.writable, NET_HEADER_BYTES, total), frame.bytes);
    queue.push(chain, total);
    this.#count(frame);
    return true;
  }

  /** Spreads a frame over as many buffers as it needs; all or none. */
  #receiveMerged(queue: Virtqueue, frame: ReceivedFrame): boolean {
    const total = NET_HEADER_BYTES + frame.bytes.length;
    const chains: Chain[] = [];
    let room = 0;
    while (room < total) {
      const chain = queue.pop();
      if (chain === undefined || (room === 0 && byteLength(chain.writable) < NET_HEADER_BYTES)) {
        if (chain !== undefined) {
          this.#port?.fail('a receive buffer has no room for the header');
          chains.push(chain);
        }
        queue.putBack(chains);
        return false;
      }
      chains.push(chain);
      room += byteLength(chain.writable);
    }
    const header = emitNetHeader(frame);
    header[BUFFERS_AT] = chains.length;
    header[BUFFERS_AT + 1] = chains.length >>> 8;
    this.#fill(queue, chains, header, frame.bytes);
    this.#count(frame);
    return true;
  }

  #fill(queue: Virtqueue, chains: readonly Chain[], header: Uint8Array, bytes: Uint8Array): void {
    let at = 0;
    const written = chains.map((chain, index) => {
      const before = index === 0 ? scatter(chain.writable, header) : 0;
      const room = before === 0 ? chain.writable : slice(chain.writable, before, Number.POSITIVE_INFINITY);
      const taken = scatter(room, bytes.subarray(at));
      at += taken;
      return before + taken;
    });
    queue.pushAll(chains, written);
  }

  #count({ bytes }: ReceivedFrame): void {
    this.counters.receivedFrames++;
    this.counters.receivedBytes += bytes.length;
  }

  #control(): void {
    const queue = this.#port?.queue(this.#controlQueue);
    for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) {
      const command = gather(chain.readable, MAX_CONTROL_BYTES);
      const isDone = runControl(this, command, (feature) => this.#has(NEEDS[feature]));
      const written = scatter(chain.writable, Uint8Array.of(isDone ? ACK.ok : ACK.error));
      queue?.push(chain, written);
      this.#tellReception();
      this.#plugIn();
    }
    queue?.signal();
  }

  /** A driver that has an address of its own may be on the network. */
  #plugIn(): void {
    if (this.#othersMac === undefined || this.#othersMac === this.filter.state.mac) return;
    this.#othersMac = undefined;
    this.#port?.configChanged();
  }

  get #isPlugged(): boolean {
    return this.#isUp && this.#othersMac === undefined;
  }

  #tellReception(): void {
    const { mac, modes } = this.filter.state;
    this.#backend.receptionChanged({ mac, isPromiscuous: modes.promiscuous });
  }

  /** Source: §5.1.2. */
  get #controlQueue(): number {
    return this.#has(FEATURE.pairs) ? 2 * this.maxPairs : 2;
  }

  get #status(): number {
    return (this.#isPlugged ? STATUS.linkUp : 0) | (this.#announces ? STATUS.announce : 0);
  }

  get #negotiated(): bigint {
    return this.#port?.features ?? 0n;
  }

  #has(feature: bigint): boolean {
    return (this.#negotiated & feature) !== 0n;
  }
}
