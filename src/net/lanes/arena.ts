/**
 * The shared memory of a host's switch ports: for each a ring to the switch and one from it, its counters, and the table
 * by which frames go from port to port without the switch. Made by the main thread, known to all pCPUs.
 */
import { FrameRing } from './frame-ring.ts';

/** The most ports that NICs of VMs may have at a time. */
export const MAX_LANES = 512;
/** From the guest: two frames of the longest kind find room at any time. */
const SEND_RING_BYTES = 2 ** 18;
/** To the guest: what TCP has under way, and room for others beside a flood. */
const RECEIVE_RING_BYTES = 2 ** 20;

/** Words of a port. `domain` is 0 while its frames must go by the switch. */
export const LaneWord = {
  send: 0,
  receive: 4,
  starved: 8,
  domain: 9,
  macHigh: 10,
  macLow: 11,
  home: 12,
  mtu: 13,
  isPresent: 14,
  /** How the guest listens: 1 when that is news, its address, whether it wants what is for others. */
  isListeningNews: 15,
  listenHigh: 16,
  listenLow: 17,
  listensToAll: 18,
} as const;
const LANE_WORDS = 32;

/** Numbers of a port in shared memory; each is written by one thread. */
export const LaneCounter = {
  /** Frames and bytes that went straight to another port. */
  expressFrames: 0,
  expressBytes: 1,
  /** Of those, what found no room there. */
  expressDropped: 2,
  receivedFrames: 3,
  receivedBytes: 4,
  receivedMulticast: 5,
  receivedBroadcast: 6,
} as const;
const COUNTERS = 8;

const HeadWord = { sequence: 0, bell: 1, isSleeping: 2 } as const;
const HEAD_WORDS = 16;
/** A word for each pCPU: counts what came for NICs at home there. */
const MAX_HOMES = 32;
/** Entries of the express table, a power of two, and words of each: domain, MAC high, low, port + 1. */
const EXPRESS_ENTRIES = 2048;
const EXPRESS_WORDS = 4;

const align = (bytes: number): number => (bytes + 63) & ~63;
const HOMES_AT = 4 * HEAD_WORDS;
const LANES_AT = align(HOMES_AT + 4 * MAX_HOMES);
const EXPRESS_AT = align(LANES_AT + 4 * LANE_WORDS * MAX_LANES);
const COUNTERS_AT = align(EXPRESS_AT + 4 * EXPRESS_WORDS * EXPRESS_ENTRIES);
const SHARES_AT = align(COUNTERS_AT + 8 * COUNTERS * MAX_LANES);
const RINGS_AT = 2 ** Math.ceil(Math.log2(SHARES_AT + 4 * MAX_LANES * (MAX_LANES + 1)));
const LANE_BYTES = SEND_RING_BYTES + RECEIVE_RING_BYTES;
/** Nearly all of it is never touched: the machine gives memory when a port is used. */
const ARENA_BYTES = RINGS_AT + MAX_LANES * LANE_BYTES;

/** Who puts frames into a receive ring that came through the switch. */
export const FROM_SWITCH = MAX_LANES;

/** Where a frame may go straight: the key is a broadcast domain and an address. */
export interface ExpressRow {
  readonly domain: number;
  readonly mac: number;
  readonly port: number;
}

export class Arena {
  readonly buffer: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #homes: Int32Array;
  readonly #words: Int32Array;
  readonly #express: Int32Array;
  readonly #counters: Float64Array;
  readonly #shares: Int32Array;
  readonly #rings = new Map<number, FrameRing>();

  constructor(buffer = new SharedArrayBuffer(ARENA_BYTES)) {
    this.buffer = buffer;
    this.#head = new Int32Array(buffer, 0, HEAD_WORDS);
    this.#homes = new Int32Array(buffer, HOMES_AT, MAX_HOMES);
    this.#words = new Int32Array(buffer, LANES_AT, LANE_WORDS * MAX_LANES);
    this.#express = new Int32Array(buffer, EXPRESS_AT, EXPRESS_WORDS * EXPRESS_ENTRIES);
    this.#counters = new Float64Array(buffer, COUNTERS_AT, COUNTERS * MAX_LANES);
    this.#shares = new Int32Array(buffer, SHARES_AT, MAX_LANES * (MAX_LANES + 1));
  }

  word(port: number, word: number): number {
    return Atomics.load(this.#words, port * LANE_WORDS + word);
  }

  setWord(port: number, word: number, value: number): void {
    Atomics.store(this.#words, port * LANE_WORDS + word, value);
  }

  /** Sets a word, and says what it was. */
  swapWord(port: number, word: number, value: number): number {
    return Atomics.exchange(this.#words, port * LANE_WORDS + word, value);
  }

  counter(port: number, counter: number): number {
    return this.#counters[port * COUNTERS + counter] as number;
  }

  /** Preconditions: this thread is the one that writes it. */
  count(port: number, counter: number, by = 1): void {
    const at = port * COUNTERS + counter;
    this.#counters[at] = (this.#counters[at] as number) + by;
  }

  sendRing(port: number): FrameRing {
    return this.#ring(2 * port, port, LaneWord.send, RINGS_AT + port * LANE_BYTES, SEND_RING_BYTES);
  }

  receiveRing(port: number): FrameRing {
    const at = RINGS_AT + port * LANE_BYTES + SEND_RING_BYTES;
    return this.#ring(2 * port + 1, port, LaneWord.receive, at, RECEIVE_RING_BYTES);
  }

  /** A port begins anew. Preconditions: nobody uses it. */
  clear(port: number): void {
    this.#words.fill(0, port * LANE_WORDS, (port + 1) * LANE_WORDS);
    this.#counters.fill(0, port * COUNTERS, (port + 1) * COUNTERS);
    this.#shares.fill(0, port * (MAX_LANES + 1), (port + 1) * (MAX_LANES + 1));
  }

  /** Bytes in the receive ring of `port` that came from `from`; `by` is added. */
  share(port: number, from: number, by = 0): number {
    return Atomics.add(this.#shares, port * (MAX_LANES + 1) + from, by) + by;
  }

  // News

  /** Something came for a NIC whose home is that pCPU. */
  tellHome(home: number): void {
    Atomics.add(this.#homes, home, 1);
  }

  /** Counts what came for NICs at home there. */
  news(home: number): number {
    return Atomics.load(this.#homes, home);
  }

  /** Something was sent that the switch has to deal with. */
  tellSwitch(): void {
    Atomics.add(this.#head, HeadWord.bell, 1);
    if (Atomics.load(this.#head, HeadWord.isSleeping) !== 0) Atomics.notify(this.#head, HeadWord.bell);
  }

  get bell(): number {
    return Atomics.load(this.#head, HeadWord.bell);
  }

  /** The word to wait on while nothing has rung since `bell` was read. To be told `awake` afterwards. */
  asleep(): Int32Array {
    Atomics.store(this.#head, HeadWord.isSleeping, 1);
    return this.#head.subarray(HeadWord.bell, HeadWord.bell + 1);
  }

  awake(): void {
    Atomics.store(this.#head, HeadWord.isSleeping, 0);
  }

  // Express

  /** Replaces the table. Preconditions: the main thread. */
  setExpress(rows: readonly ExpressRow[]): void {
    Atomics.add(this.#head, HeadWord.sequence, 1);
    this.#express.fill(0);
    for (const { domain, mac, port } of rows.slice(0, EXPRESS_ENTRIES / 2)) {
      const high = Math.floor(mac / 2 ** 32);
      const low = mac | 0;
      let at = slotOf(domain, high, low);
      while (this.#express[at + 3] !== 0) at = nextSlot(at);
      this.#express[at] = domain;
      this.#express[at + 1] = high;
      this.#express[at + 2] = low;
      Atomics.store(this.#express, at + 3, port + 1);
    }
    Atomics.add(this.#head, HeadWord.sequence, 1);
  }

  /** The port with that address; -1 when there is none, or the table is just being written. */
  express(domain: number, high: number, low: number): number {
    const sequence = Atomics.load(this.#head, HeadWord.sequence);
    if ((sequence & 1) !== 0) return -1;
    let found = -1;
    for (let at = slotOf(domain, high, low), left = EXPRESS_ENTRIES; left > 0; left--) {
      const port = Atomics.load(this.#express, at + 3);
      if (port === 0) break;
      if (this.#express[at + 2] === low && this.#express[at + 1] === high && this.#express[at] === domain) {
        found = port - 1;
        break;
      }
      at = nextSlot(at);
    }
    return Atomics.load(this.#head, HeadWord.sequence) === sequence ? found : -1;
  }

  #ring(key: number, port: number, word: number, at: number, bytes: number): FrameRing {
    let ring = this.#rings.get(key);
    if (ring === undefined) {
      const words = new Int32Array(this.buffer, LANES_AT + 4 * (port * LANE_WORDS + word), 4);
      ring = new FrameRing(words, new Uint8Array(this.buffer, at, bytes));
      this.#rings.set(key, ring);
    }
    return ring;
  }
}

function slotOf(domain: number, high: number, low: number): number {
  const hash = Math.imul(low ^ Math.imul(domain, 0x9e37_79b1) ^ (high << 7), 0x85eb_ca6b);
  return ((hash ^ (hash >>> 15)) & (EXPRESS_ENTRIES - 1)) * EXPRESS_WORDS;
}

function nextSlot(at: number): number {
  return (at + EXPRESS_WORDS) % (EXPRESS_ENTRIES * EXPRESS_WORDS);
}
