/** Split virtqueue, device side: takes chains from the available ring, gives them back in the used ring. Source: VIRTIO 1.3 §2.7. */
import { copyOf } from '#lib';
import { copyIn, type GuestMemory, loadU16, putU32, storeU16 } from '../dma.ts';
import { type Chain, readChain } from './chain.ts';
import { FEATURE } from './status.ts';

/** `paused`: finished chains are held back; `stopped`: they are dropped, for the driver has given up on them. */
export type QueueMode = 'running' | 'paused' | 'stopped';

/** What a queue needs of the transport. */
export interface QueueHost {
  readonly memory: GuestMemory;
  mode(): QueueMode;
  /** Features that the driver accepted. */
  features(): bigint;
  readonly maxChainBytes: number;
  /** Whether writable buffers are ranges that are not looked at; see chain.ts. */
  areRanges(): boolean;
  /** The driver broke a rule. */
  fail(reason: string): void;
  interrupt(): void;
  /** A chain that a stopped or disabled queue was waited for is back. */
  drained(): void;
}

export interface QueueStateV1 {
  /** Entries, as the driver wants it. */
  size: number;
  enabled: boolean;
  /** Descriptor table, driver area and device area, each as low and high 32 bits. */
  addressWords: number[];
  /** Next entry of the available ring to take; 16 bits, as the next two. */
  nextAvailable: number;
  /** Next entry of the used ring to fill. */
  nextUsed: number;
  /** `nextUsed` when the driver was last considered for an interrupt. */
  signalled: number;
  /** Heads of chains that the device was working on; they are taken again. */
  unfinished: number[];
  /** Chains finished while paused. */
  held: { head: number; written: number }[];
  /** Work came while the queue was paused: the device looks at it when it goes on. */
  owed: boolean;
}

const AVAILABLE = { flags: 0, index: 2, ring: 4 } as const;
const USED = { index: 2, ring: 4 } as const;
const NO_INTERRUPT = 1;

/** Name, bytes for `size` entries, and alignment of the three areas, in the order of `addressWords`. Source: §2.7. */
const AREAS: readonly { name: string; bytes: (size: number) => number; align: number }[] = [
  { name: 'descriptor table', bytes: (size) => 16 * size, align: 16 },
  { name: 'driver area', bytes: (size) => 6 + 2 * size, align: 2 },
  { name: 'device area', bytes: (size) => 6 + 8 * size, align: 4 },
];

/** Chains taken per kick and ring entry: one driver that never stops must not hold the host's thread. */
const ROUNDS_PER_KICK = 2;

export class Virtqueue {
  readonly maxSize: number;
  readonly #host: QueueHost;
  readonly #inFlight = new Map<number, Chain>();
  #state: QueueStateV1;
  #areas: readonly [descriptors: number, available: number, used: number] = [0, 0, 0];
  #budget = 0;
  #cutShort = false;

  constructor(maxSize: number, host: QueueHost) {
    this.maxSize = maxSize;
    this.#host = host;
    this.#state = powerOn(maxSize);
  }

  get enabled(): boolean {
    return this.#state.enabled;
  }

  /** Entries; settable until the queue is enabled. */
  get size(): number {
    return this.#state.size;
  }

  set size(value: number) {
    if (!this.#state.enabled) this.#state.size = value;
  }

  /** Whether chains are with the device. */
  get busy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Whether the last kick ended with work left, because there was too much for one turn. */
  get cutShort(): boolean {
    return this.#cutShort;
  }

  addressWord(index: number): number {
    return this.#state.addressWords[index] ?? 0;
  }

  setAddressWord(index: number, value: number): void {
    if (!this.#state.enabled) this.#state.addressWords[index] = value;
  }

  /** Starts with what the driver has set; fails the device when that makes no queue. */
  enable(): void {
    const wrong = this.#place();
    if (wrong !== undefined) this.#host.fail(wrong);
    else this.#state.enabled = true;
  }

  /** As after power-on. Chains that are with the device come back to nobody; `busy` says whether there are any. */
  disable(): void {
    this.#state = powerOn(this.maxSize);
    this.#cutShort = false;
  }

  /** Forgets the chains that are with the device. Preconditions: their buffers are used no more, or nobody cares. */
  abandon(): void {
    this.#inFlight.clear();
  }

  /** Whether the device has to look at the queue when it goes on after a pause; asked once. */
  takeOwed(): boolean {
    const owed = this.#state.owed || this.#state.unfinished.length > 0;
    this.#state.owed = false;
    return owed;
  }

  /** Work came that cannot be done while paused. */
  owe(): void {
    this.#state.owed = true;
  }

  /** Allows another round of work. */
  kick(): void {
    this.#budget = ROUNDS_PER_KICK * this.size;
    this.#cutShort = false;
  }

  /** The next chain the driver offers, if there is one and the queue may work. A broken rule fails the device. */
  pop(): Chain | undefined {
    if (!this.#mayWork()) return undefined;
    const head = this.#state.unfinished.shift() ?? this.#nextHead();
    if (head === undefined) return undefined;
    if (this.#inFlight.has(head)) return this.#fail(`descriptor ${head} was made available twice`);
    const chain = readChain(this.#host.memory, this.#table(), head);
    if ('fault' in chain) return this.#fail(chain.fault);
    this.#inFlight.set(head, chain);
    return chain;
  }

  #mayWork(): boolean {
    const mode = this.#host.mode();
    if (this.#state.enabled && mode === 'paused') this.#state.owed = true;
    return this.#state.enabled && mode === 'running';
  }

  /** Gives a chain back with `written` bytes in its writable part. A chain from before a reset is dropped. */
  push(chain: Chain, written: number): void {
    if (this.#inFlight.get(chain.head) !== chain) return;
    this.#inFlight.delete(chain.head);
    const mode = this.#host.mode();
    if (!this.#state.enabled || mode === 'stopped') this.#host.drained();
    else if (mode === 'paused') this.#state.held.push({ head: chain.head, written });
    else this.#publish(chain.head, written);
  }

  /** Gives several chains back in one go: the driver sees all of them or none. */
  pushAll(chains: readonly Chain[], written: readonly number[]): void {
    if (this.#host.mode() !== 'running' || chains.some((chain) => this.#inFlight.get(chain.head) !== chain)) {
      for (const [i, chain] of chains.entries()) this.push(chain, written[i] as number);
      return;
    }
    for (const [i, { head }] of chains.entries()) {
      this.#inFlight.delete(head);
      if (!this.#putUsed(i, head, written[i] as number)) return;
    }
    this.#advance(chains.length);
  }

  /** Chains that were popped and not used are the next ones again. Preconditions: popped last, in this order. */
  putBack(chains: readonly Chain[]): void {
    const heads = chains.map(({ head }) => head).filter((head) => this.#inFlight.delete(head));
    this.#state.unfinished.unshift(...heads);
    if (!this.#state.enabled) this.#host.drained();
  }

  /** Interrupts the driver if it wants that for what was pushed since the last time. */
  signal(): void {
    const { enabled, nextUsed, signalled } = this.#state;
    if (!enabled || nextUsed === signalled || this.#host.mode() !== 'running') return;
    this.#state.signalled = nextUsed;
    if (this.#wantsInterrupt(signalled, nextUsed)) this.#host.interrupt();
  }

  /** Publishes what was finished while paused. */
  release(): void {
    for (const { head, written } of this.#state.held.splice(0)) this.#publish(head, written);
    this.signal();
  }

  save(): QueueStateV1 {
    const state = copyOf(this.#state);
    state.unfinished.push(...this.#inFlight.keys());
    return state;
  }

  /** Fails the device when an enabled queue of the state does not fit its memory. */
  restore(state: QueueStateV1): void {
    this.#inFlight.clear();
    this.#state = { ...copyOf(state), enabled: false };
    if (state.enabled) this.enable();
  }

  #table(): Parameters<typeof readChain>[1] {
    return {
      address: this.#areas[0],
      size: this.size,
      indirectAllowed: this.#has(FEATURE.indirectDescriptors),
      maxChainBytes: this.#host.maxChainBytes,
      areRanges: this.#host.areRanges(),
    };
  }

  /** Checks size and areas; what is wrong with them, or `undefined`. */
  #place(): string | undefined {
    const { size, addressWords } = this.#state;
    if (size < 1 || size > this.maxSize || (size & (size - 1)) !== 0) return `queue size ${size}`;
    const areas = AREAS.map((_, i) => (addressWords[2 * i + 1] ?? 0) * 2 ** 32 + (addressWords[2 * i] ?? 0));
    for (const [i, { name, bytes, align }] of AREAS.entries()) {
      const address = areas[i] ?? 0;
      const length = bytes(size);
      const fits = Number.isSafeInteger(address + length) && address % align === 0;
      if (!fits || this.#host.memory.views(address, length, i === 2) === undefined) {
        return `${name} at 0x${address.toString(16)} is misaligned or outside RAM`;
      }
    }
    this.#areas = [areas[0] ?? 0, areas[1] ?? 0, areas[2] ?? 0];
    return undefined;
  }

  /** The next entry of the available ring. With EVENT_IDX an empty ring asks for a kick, and is looked at again. */
  #nextHead(): number | undefined {
    let ahead = this.#ahead();
    if (ahead === 0 && this.#has(FEATURE.eventIndex)) {
      if (!storeU16(this.#host.memory, this.#availableEvent, this.#state.nextAvailable)) return this.#lost();
      ahead = this.#ahead();
    }
    if (ahead === undefined) return this.#lost();
    if (ahead > this.size)
      return this.#fail(`available ring is ${ahead} entries ahead of a queue of ${this.size}`);
    if (ahead === 0) return undefined;
    if (this.#budget === 0) {
      this.#cutShort = true;
      return undefined;
    }
    return this.#takeHead();
  }

  #takeHead(): number | undefined {
    const at = this.#areas[1] + AVAILABLE.ring + 2 * (this.#state.nextAvailable % this.size);
    const head = loadU16(this.#host.memory, at);
    if (head === undefined) return this.#lost();
    this.#budget--;
    this.#state.nextAvailable = (this.#state.nextAvailable + 1) & 0xffff;
    return head;
  }

  /** Entries of the available ring that were not taken yet. */
  #ahead(): number | undefined {
    const index = loadU16(this.#host.memory, this.#areas[1] + AVAILABLE.index);
    return index === undefined ? undefined : (index - this.#state.nextAvailable) & 0xffff;
  }

  #publish(head: number, written: number): void {
    if (this.#putUsed(0, head, written)) this.#advance(1);
  }

  /** Fills the used entry `ahead` of the next one. */
  #putUsed(ahead: number, head: number, written: number): boolean {
    const index = (this.#state.nextUsed + ahead) & 0xffff;
    const at = this.#areas[2] + USED.ring + 8 * (index % this.size);
    const element = new Uint8Array(8);
    putU32(element, 0, head);
    putU32(element, 4, written);
    if (copyIn(this.#host.memory, at, element)) return true;
    this.#lost();
    return false;
  }

  #advance(count: number): void {
    const next = (this.#state.nextUsed + count) & 0xffff;
    if (storeU16(this.#host.memory, this.#areas[2] + USED.index, next)) this.#state.nextUsed = next;
    else this.#lost();
  }

  /** Source: §2.7.7.2 (used_event, or the flag without EVENT_IDX). */
  #wantsInterrupt(from: number, to: number): boolean {
    const { memory } = this.#host;
    if (this.#has(FEATURE.eventIndex)) {
      const event = loadU16(memory, this.#areas[1] + AVAILABLE.ring + 2 * this.size) ?? 0;
      return ((to - event - 1) & 0xffff) < ((to - from) & 0xffff);
    }
    return ((loadU16(memory, this.#areas[1] + AVAILABLE.flags) ?? 0) & NO_INTERRUPT) === 0;
  }

  get #availableEvent(): number {
    return this.#areas[2] + USED.ring + 8 * this.size;
  }

  #has(feature: bigint): boolean {
    return (this.#host.features() & feature) !== 0n;
  }

  #lost(): undefined {
    return this.#fail('ring is no longer in RAM');
  }

  #fail(reason: string): undefined {
    this.#host.fail(reason);
  }
}

function powerOn(maxSize: number): QueueStateV1 {
  return {
    size: maxSize,
    enabled: false,
    addressWords: [0, 0, 0, 0, 0, 0],
    nextAvailable: 0,
    nextUsed: 0,
    signalled: 0,
    unfinished: [],
    held: [],
    owed: false,
  };
}
