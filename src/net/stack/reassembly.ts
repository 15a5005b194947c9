/**
 * Puts fragments of IPv4 packets together again, within bounds.
 * Source: RFC 791 §3.2, RFC 815 (holes), RFC 1122 §3.3.2; fragments that overlap end the packet, as RFC 5722 §4 says
 * for IPv6: who sends them wants to be read in two ways.
 */
import type { Alarm, Alarms } from './alarms.ts';
import type { Ipv4Packet } from './wire/ipv4.ts';

interface Fragment {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Partial {
  /** By offset; they do not overlap. */
  readonly fragments: Fragment[];
  readonly deadlineMs: number;
  /** Of the whole payload; known once the last fragment is there. */
  totalBytes: number | undefined;
  heldBytes: number;
  /** The packet of the first fragment: its header is that of the whole. */
  first: Ipv4Packet | undefined;
  /** It broke a rule: what else comes of it is swallowed until the deadline. */
  isSpoiled: boolean;
}

export const LIMIT = { packets: 64, bytes: 4 * 2 ** 20, fragmentsEach: 1024, lifeMs: 30_000 } as const;

export class Reassembly {
  readonly #alarms: Alarms;
  readonly #expired: (first: Ipv4Packet) => void;
  /** Oldest first. */
  readonly #partials = new Map<string, Partial>();
  readonly #alarm: Alarm;
  #heldBytes = 0;

  /** `expired` hears of packets whose first fragment came and others did not. */
  constructor(alarms: Alarms, expired: (first: Ipv4Packet) => void) {
    this.#alarms = alarms;
    this.#expired = expired;
    this.#alarm = alarms.alarm(() => this.#expire());
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The whole packet, when this was the fragment that it lacked. */
  add(packet: Ipv4Packet): Ipv4Packet | undefined {
    const key = `${packet.source} ${packet.target} ${packet.protocol} ${packet.identification}`;
    const partial = this.#partials.get(key) ?? this.#open(key);
    // One without bytes says nothing.
    if (partial.isSpoiled || packet.payload.length === 0) return undefined;
    if (!this.#insert(partial, packet)) {
      this.#drop(partial);
      partial.isSpoiled = true;
      return undefined;
    }
    if (partial.totalBytes === undefined || partial.heldBytes < partial.totalBytes) return undefined;
    this.#partials.delete(key);
    this.#heldBytes -= partial.heldBytes;
    return whole(partial, partial.totalBytes);
  }

  #open(key: string): Partial {
    const deadlineMs = this.#alarms.now() + LIMIT.lifeMs;
    // biome-ignore format: one object
    const partial: Partial = { fragments: [], deadlineMs, totalBytes: undefined, heldBytes: 0, first: undefined, isSpoiled: false };
    this.#makeRoom();
    this.#partials.set(key, partial);
    if (!this.#alarm.isSet) this.#alarm.set(deadlineMs);
    return partial;
  }

  /** The oldest go when there are too many. */
  #makeRoom(): void {
    for (const [key, oldest] of this.#partials) {
      if (this.#partials.size < LIMIT.packets && this.#heldBytes < LIMIT.bytes) return;
      this.#partials.delete(key);
      this.#drop(oldest);
    }
  }

  /** Whether the fragment fits those that are there; a repeated one does. */
  #insert(partial: Partial, packet: Ipv4Packet): boolean {
    const { fragmentOffset: offset, moreFragments, payload } = packet;
    const end = offset + payload.length;
    // Only the last may have another length than a multiple of 8; none may be too long.
    if (moreFragments && payload.length % 8 !== 0) return false;
    const known = partial.totalBytes;
    if (known !== undefined && (end > known || (!moreFragments && end !== known))) return false;
    const at = partial.fragments.findIndex((fragment) => fragment.offset >= offset);
    const next = at < 0 ? undefined : partial.fragments[at];
    const before = partial.fragments[(at < 0 ? partial.fragments.length : at) - 1];
    if (next?.offset === offset && next.bytes.length === payload.length) return isSame(next.bytes, payload);
    if (next !== undefined && next.offset < end) return false;
    if (before !== undefined && before.offset + before.bytes.length > offset) return false;
    if (!moreFragments && next !== undefined) return false;
    if (partial.fragments.length >= LIMIT.fragmentsEach) return false;
    if (!moreFragments) partial.totalBytes = end;
    if (offset === 0) partial.first = { ...packet, header: packet.header.slice(), payload: payload.slice() };
    const fragment = { offset, bytes: offset === 0 ? (partial.first?.payload ?? payload) : payload.slice() };
    partial.fragments.splice(at < 0 ? partial.fragments.length : at, 0, fragment);
    partial.heldBytes += payload.length;
    this.#heldBytes += payload.length;
    return true;
  }

  #drop(partial: Partial): void {
    this.#heldBytes -= partial.heldBytes;
    partial.heldBytes = 0;
    partial.fragments.length = 0;
  }

  #expire(): void {
    const nowMs = this.#alarms.now();
    for (const [key, partial] of this.#partials) {
      if (partial.deadlineMs > nowMs) return this.#alarm.set(partial.deadlineMs);
      this.#partials.delete(key);
      this.#drop(partial);
      if (partial.first !== undefined && !partial.isSpoiled) this.#expired(partial.first);
    }
  }
}

function whole({ fragments, first }: Partial, totalBytes: number): Ipv4Packet | undefined {
  if (first === undefined) return undefined;
  const payload = new Uint8Array(totalBytes);
  for (const { offset, bytes } of fragments) payload.set(bytes, offset);
  return { ...first, moreFragments: false, fragmentOffset: 0, payload };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}
