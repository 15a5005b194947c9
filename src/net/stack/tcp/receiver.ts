/**
 * The receiving half of a TCP connection: puts segments in order, says how much may come, and when to acknowledge.
 * Offsets count from the peer's SYN, which is 0. Source: RFC 9293 §3.8.6, §3.10.7.4; RFC 2018 §4; RFC 5681 §4.2.
 */
import type { Alarm, Alarms } from '../alarms.ts';
import { MAX_SACK_BLOCKS } from '../wire/tcp.ts';

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export interface ReceiverOptions {
  /** Bytes that wait for the reader, at most. */
  readonly capacityBytes: number;
  readonly delayedAckMs: number;
}

/** Pieces that wait for what is before them; those at the end go when there are more. */
const MAX_PIECES = 1024;

export class Receiver {
  /** The next offset that is expected. */
  nxt = 0;
  /** An acknowledgment has to go out now. */
  isAckDue = false;
  /** Full segments as the peer sends them. */
  segmentBytes: number;
  readonly #options: ReceiverOptions;
  readonly #alarms: Alarms;
  readonly #delayed: Alarm;
  readonly #ready: Uint8Array[] = [];
  #readyBytes = 0;
  /** Sorted, without overlap, beyond `nxt`. */
  readonly #pieces: Piece[] = [];
  /** Blocks of pieces, the one that changed last first. */
  #recent: number[] = [];
  #finOffset: number | undefined;
  /** First offset beyond what we said may come. It never goes back. */
  #edge = 0;
  #ackedOffset = 0;

  constructor(alarms: Alarms, options: ReceiverOptions, segmentBytes: number, ackNow: () => void) {
    this.#alarms = alarms;
    this.#options = options;
    this.segmentBytes = segmentBytes;
    this.#delayed = alarms.alarm(ackNow);
    this.#edge = options.capacityBytes;
  }

  get readableBytes(): number {
    return this.#readyBytes;
  }

  /** All bytes of the peer are here, and its FIN. */
  get isFinished(): boolean {
    return this.#finOffset !== undefined && this.nxt > this.#finOffset;
  }

  /** Whether a segment of `length` (SYN and FIN count) may be one of now. Source: RFC 9293 §3.10.7.4, first step. */
  isAcceptable(start: number, length: number): boolean {
    const window = this.#edge - this.nxt;
    if (length === 0) return window === 0 ? start === this.nxt : start >= this.nxt && start < this.#edge;
    return window > 0 && start < this.#edge && start + length > this.nxt;
  }

  /** The window to announce; announcing it makes it a promise. */
  announce(scale: number): number {
    const free = Math.max(0, this.#options.capacityBytes - this.#readyBytes);
    // Source: RFC 9293 §3.8.6.2.2: the edge moves when it moves by something.
    if (this.nxt + free - this.#edge >= Math.min(this.#options.capacityBytes / 2, this.segmentBytes)) {
      this.#edge = this.nxt + free;
    }
    const window = Math.min(Math.floor((this.#edge - this.nxt) / 2 ** scale), 0xffff);
    this.#edge = Math.min(this.#edge, this.nxt + window * 2 ** scale);
    this.acked();
    return window;
  }

  /** An acknowledgment goes out with whatever is sent. */
  acked(): void {
    this.#ackedOffset = this.nxt;
    this.isAckDue = false;
    this.#delayed.clear();
  }

  /** Takes the peer's SYN. */
  synchronize(): void {
    this.nxt = 1;
    this.#ackedOffset = 1;
    this.#edge = 1 + this.#options.capacityBytes;
  }

  /** Takes a segment's bytes, and its FIN behind them; whether anything new is there to be read. */
  take(start: number, payload: Uint8Array, isFin: boolean): boolean {
    if (isFin) this.#takeFin(start + payload.length);
    const before = this.nxt;
    const skip = Math.max(0, this.nxt - start);
    const end = Math.min(start + payload.length, this.#edge, this.#finOffset ?? Number.POSITIVE_INFINITY);
    const first = start + skip;
    if (end > first) {
      const bytes = payload.subarray(skip, end - start);
      if (first === this.nxt) this.#deliver(bytes.slice());
      else this.#keep(first, bytes);
    }
    if (payload.length > 0) this.#judgeAck(end <= first || this.nxt === before);
    if (this.nxt === this.#finOffset) {
      this.nxt++;
      this.isAckDue = true;
    }
    return this.nxt > before;
  }

  read(): Uint8Array | undefined {
    const chunk = this.#ready.shift();
    if (chunk !== undefined) this.#readyBytes -= chunk.length;
    return chunk;
  }

  /** Whether the reader made so much room that the peer has to know. */
  get isWindowUpdateDue(): boolean {
    const capacity = this.#options.capacityBytes;
    const gained = this.nxt + capacity - this.#readyBytes - this.#edge;
    const isShut = this.#edge - this.nxt < this.segmentBytes;
    return gained >= capacity / 4 || (isShut && gained >= Math.min(capacity / 2, this.segmentBytes));
  }

  /** Ranges beyond a gap, the latest first. */
  sackBlocks(max: number): (readonly [start: number, end: number])[] {
    const blocks: (readonly [number, number])[] = [];
    for (const offset of this.#recent) {
      const block = this.#blockAt(offset);
      if (block === undefined || blocks.some(([start]) => start === block[0])) continue;
      blocks.push(block);
      if (blocks.length === Math.min(max, MAX_SACK_BLOCKS)) break;
    }
    this.#recent = blocks.map(([start]) => start);
    return blocks;
  }

  get hasGap(): boolean {
    return this.#pieces.length > 0;
  }

  stop(): void {
    this.#delayed.clear();
    this.#pieces.length = 0;
  }

  /** A FIN that contradicts what is here already is not taken. */
  #takeFin(offset: number): void {
    const last = this.#pieces.at(-1);
    const isBeforeData = offset < this.nxt || (last !== undefined && last.start + last.bytes.length > offset);
    if (this.#finOffset === undefined && !isBeforeData) this.#finOffset = offset;
  }

  #deliver(bytes: Uint8Array): void {
    this.#push(bytes);
    while (this.#pieces.length > 0) {
      const { start, bytes: piece } = this.#pieces[0] as Piece;
      if (start > this.nxt) break;
      this.#pieces.shift();
      const fresh = piece.subarray(this.nxt - start);
      if (fresh.length > 0) this.#push(fresh);
      this.isAckDue = true;
    }
  }

  #push(bytes: Uint8Array): void {
    this.#ready.push(bytes);
    this.#readyBytes += bytes.length;
    this.nxt += bytes.length;
  }

  /** Keeps what comes after a gap; what is here already stays as it is. */
  #keep(start: number, bytes: Uint8Array): void {
    let at = this.#pieces.findIndex((piece) => piece.start + piece.bytes.length > start);
    if (at < 0) at = this.#pieces.length;
    let from = start;
    const end = start + bytes.length;
    while (from < end) {
      const next = this.#pieces[at];
      const until = next === undefined ? end : Math.min(end, Math.max(from, next.start));
      if (until > from && this.#pieces.length < MAX_PIECES) {
        this.#pieces.splice(at++, 0, { start: from, bytes: bytes.slice(from - start, until - start) });
      }
      if (next === undefined) break;
      from = Math.max(until, next.start + next.bytes.length);
      at++;
    }
    this.#recent = [start, ...this.#recent].slice(0, 8);
  }

  /** The block of pieces without a gap that holds `offset`. */
  #blockAt(offset: number): readonly [number, number] | undefined {
    let start = -1;
    let end = -1;
    for (const piece of this.#pieces) {
      if (piece.start !== end) {
        if (start >= 0 && offset >= start && offset < end) return [start, end];
        start = piece.start;
      }
      end = piece.start + piece.bytes.length;
    }
    return start >= 0 && offset >= start && offset < end ? [start, end] : undefined;
  }

  /** Every second segment is acknowledged at once, and every one that was not expected. */
  #judgeAck(isUnexpected: boolean): void {
    const unackedBytes = this.nxt - this.#ackedOffset;
    if (isUnexpected || this.hasGap || unackedBytes >= 2 * this.segmentBytes) this.isAckDue = true;
    else if (!this.#delayed.isSet) this.#delayed.set(this.#alarms.now() + this.#options.delayedAckMs);
  }
}
