/**
 * A ring of frames in shared memory, each in one piece. One thread takes; many may put, one at a time by a lock that
 * nobody waits long for.
 */
import type { Frame, PartialChecksum, Segmentation } from '../frame.ts';

/** Words of a ring in its port's row. */
export const RingWord = { head: 0, tail: 1, lock: 2 } as const;

/** Before each frame: bytes of the record, of the frame, checksum, segmentation, who put it. */
const HEADER_WORDS = 8;
const HEADER_BYTES = 4 * HEADER_WORDS;
const Field = { record: 0, length: 1, checksum: 2, segments: 3, from: 4 } as const;
/** A record of no frame: the rest of the ring is left out. */
const SKIP = -1;
const NO_CHECKSUM = -1;
const GOOD = 1 << 24;
const LOCK_TRIES = 20_000;

const TYPES = ['tcp4', 'tcp6', 'udp'] as const;
/** Offset of the data offset in a TCP header, and the length of a UDP header. */
const TCP_OFFSET_AT = 12;
const UDP_HEADER_BYTES = 8;

/** What is said of a frame beside its bytes. */
export interface FrameNote {
  readonly length: number;
  readonly checksum?: PartialChecksum;
  readonly gso?: Pick<Segmentation, 'type' | 'size'>;
  readonly isChecksumGood?: boolean;
}

export function recordBytes(length: number): number {
  return HEADER_BYTES + ((length + 15) & ~15);
}

export class FrameRing {
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #fields: Int32Array;
  readonly #mask: number;
  /** Where the next record to take begins, as long as the taker holds it. */
  #taken = 0;

  /** @param words - the three RingWords; @param bytes - a power of two of them. */
  constructor(words: Int32Array, bytes: Uint8Array) {
    this.#words = words;
    this.#bytes = bytes;
    this.#fields = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    this.#mask = bytes.length - 1;
  }

  get sizeBytes(): number {
    return this.#bytes.length;
  }

  get usedBytes(): number {
    return (Atomics.load(this.#words, RingWord.head) - Atomics.load(this.#words, RingWord.tail)) >>> 0;
  }

  get isEmpty(): boolean {
    return Atomics.load(this.#words, RingWord.head) === Atomics.load(this.#words, RingWord.tail);
  }

  /** Takes the lock for thread `owner` (from 1); false when another has it for too long. */
  lock(owner: number): boolean {
    for (let i = 0; i < LOCK_TRIES; i++) {
      if (Atomics.compareExchange(this.#words, RingWord.lock, 0, owner) === 0) return true;
    }
    return false;
  }

  unlock(): void {
    Atomics.store(this.#words, RingWord.lock, 0);
  }

  /** A thread is dead: what it was writing is not there. */
  breakLock(owner: number): void {
    Atomics.compareExchange(this.#words, RingWord.lock, owner, 0);
  }

  /** Whether a frame of `length` bytes finds room. Preconditions: locked, or there is one who puts. */
  fits(length: number): boolean {
    const head = Atomics.load(this.#words, RingWord.head);
    const record = recordBytes(length);
    const toEnd = this.sizeBytes - (head & this.#mask);
    return this.usedBytes + record + (toEnd < record ? toEnd : 0) <= this.sizeBytes;
  }

  /**
   * Puts a frame, which is in pieces; whether there was none before. Preconditions: it fits; locked, or there is one
   * who puts.
   */
  put(views: readonly Uint8Array[], note: FrameNote, from: number): boolean {
    const before = Atomics.load(this.#words, RingWord.head);
    let head = before;
    const record = recordBytes(note.length);
    const toEnd = this.sizeBytes - (head & this.#mask);
    if (toEnd < record) {
      this.#fields[(head & this.#mask) >>> 2] = SKIP;
      head += toEnd;
    }
    const at = head & this.#mask;
    this.#describe(at >>> 2, record, note, from);
    let to = at + HEADER_BYTES;
    for (const view of views) {
      this.#bytes.set(view, to);
      to += view.length;
    }
    Atomics.store(this.#words, RingWord.head, (head + record) | 0);
    return Atomics.load(this.#words, RingWord.tail) === before;
  }

  /** The oldest frame, until `drop`; undefined when there is none. */
  peek(): (Frame & { readonly from: number }) | undefined {
    let tail = Atomics.load(this.#words, RingWord.tail);
    if (Atomics.load(this.#words, RingWord.head) === tail) return undefined;
    if (this.#fields[(tail & this.#mask) >>> 2] === SKIP) tail += this.sizeBytes - (tail & this.#mask);
    this.#taken = tail;
    return this.#read((tail & this.#mask) >>> 2);
  }

  /** Takes the frame that was peeked at last; the bytes of its record. */
  drop(): number {
    const record = this.#fields[(this.#taken & this.#mask) >>> 2] as number;
    Atomics.store(this.#words, RingWord.tail, (this.#taken + record) | 0);
    return record;
  }

  #describe(
    word: number,
    record: number,
    { length, checksum, gso, isChecksumGood }: FrameNote,
    from: number,
  ): void {
    this.#fields[word + Field.record] = record;
    this.#fields[word + Field.length] = length;
    this.#fields[word + Field.checksum] =
      checksum === undefined ? NO_CHECKSUM : checksum.start | (checksum.offset << 16);
    const segments = gso === undefined ? 0 : gso.size | ((1 + TYPES.indexOf(gso.type)) << 16);
    this.#fields[word + Field.segments] = segments | (isChecksumGood ? GOOD : 0);
    this.#fields[word + Field.from] = from;
  }

  #read(word: number): Frame & { readonly from: number } {
    const fields = this.#fields;
    const length = fields[word + Field.length] as number;
    const bytes = this.#bytes.subarray(4 * word + HEADER_BYTES, 4 * word + HEADER_BYTES + length);
    const from = fields[word + Field.from] as number;
    const packed = fields[word + Field.checksum] as number;
    const segments = fields[word + Field.segments] as number;
    if (packed === NO_CHECKSUM) return { bytes, from, isChecksumGood: (segments & GOOD) !== 0 };
    const checksum = { start: packed & 0xffff, offset: packed >>> 16 };
    const type = TYPES[((segments >>> 16) & 0xff) - 1];
    if (type === undefined) return { bytes, from, checksum, isChecksumGood: true };
    const headerLength = checksum.start + transportHeaderBytes(bytes, checksum.start, type);
    return {
      bytes,
      from,
      checksum,
      gso: { type, size: segments & 0xffff, headerLength },
      isChecksumGood: true,
    };
  }
}

/** What drivers say of header lengths is a hint; the packet itself is asked. */
export function transportHeaderBytes(bytes: Uint8Array, start: number, type: Segmentation['type']): number {
  return type === 'udp' ? UDP_HEADER_BYTES : ((bytes[start + TCP_OFFSET_AT] ?? 0) >>> 4) * 4;
}
