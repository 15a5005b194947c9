/**
 * The pool of decoded pages: makes room for machine pages that are executed, and keeps their copies.
 *
 * What was decoded of a page that is taken away is kept until its place is needed: another one that is executed at the same
 * virtual address, in the next VM with the same kernel, has little or nothing that differs.
 */
import type { CodeArea } from '../core/layout.ts';
import * as L from '../core/layout.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { COMPARED_BYTES, type PageCompare, pageCompare } from './page-compare.ts';

/** What becomes of decoded pages, for who keeps something that rests on them. */
export interface PageEvents {
  /** All were dropped to make room. */
  emptied(): void;
  /** Other bytes than before were found in a machine page. */
  changed(machine: number): void;
}

/** Machine pages that nobody may write, such as those that copies of a VM share. */
export interface CommonPages {
  /** While it stays the same, pages that were common when it was read have the bytes of then. Never 0. */
  readonly commonEpoch: number;
  isShared(machinePage: number): boolean;
}

/** Where a page is executed: the virtual page with the mode in bit 0. */
export type ExecutedAt = bigint;

export class DecodedPages {
  readonly #area: CodeArea;
  readonly #bytes: Uint8Array;
  readonly #half: Uint16Array;
  readonly #word: Int32Array;
  readonly #compareBytes: PageCompare;
  readonly #events: PageEvents;
  readonly #commons: CommonPages | undefined;
  /** By place: the epoch at which the page was common when it was compared, else 0. */
  readonly #commonAt: Int32Array;
  #used = 0;
  /** Places from here on were never used, and are zero as the area was. */
  #everUsed = 0;
  /** Places in use that hold no page any more. */
  #free: number[] = [];
  /** By place: where its page was first executed. */
  readonly #executedAt: ExecutedAt[] = [];
  /** Pages that were taken away, oldest first, by where they were executed. */
  readonly #retired = new Map<ExecutedAt, number>();
  /** Places in a page where a breakpoint may be. */
  #breaks: ReadonlySet<number> = new Set();

  constructor(machine: WebAssembly.Memory, area: CodeArea, events: PageEvents, commons?: CommonPages) {
    const memory = machine.buffer;
    this.#area = area;
    this.#compareBytes = pageCompare(machine);
    this.#bytes = new Uint8Array(memory);
    this.#half = new Uint16Array(memory);
    this.#word = new Int32Array(memory);
    this.#events = events;
    this.#commons = commons;
    this.#commonAt = new Int32Array(area.poolPages);
  }

  /** Decoded pages in use, and how many there is room for. */
  get used(): number {
    return this.#used - this.#free.length - this.#retired.size;
  }

  /** The decoded page of a machine page (its address), 0 when it has none. */
  of(machine: number): number {
    return this.#word[(this.#area.table >>> 2) + (machine >>> PAGE_SHIFT)] as number;
  }

  /** Makes the decoded page of a machine page that has none. @returns its address. */
  add(machine: number, at: ExecutedAt): number {
    const retired = this.#unretire(at);
    const page = retired ?? this.#emptyPlace();
    const place = this.#place(page);
    this.#commonAt[place] = 0;
    this.#executedAt[place] = at;
    this.#word[(page + L.DECODED_MACHINE_PAGE) >>> 2] = machine;
    if (retired === undefined) {
      const start = machine >>> 0;
      this.#bytes.copyWithin(page + L.DECODED_COPY, start, start + PAGE_BYTES);
      this.#word[(page + L.DECODED_STALE_FROM) >>> 2] = PAGE_BYTES;
    } else {
      this.#word[(page + L.DECODED_MAP) >>> 2] = 0;
      this.#word[(page + L.DECODED_WORN) >>> 2] = 0;
      this.#renew(page, 0, PAGE_BYTES);
    }
    this.#word[(page + L.DECODED_VERIFIED) >>> 2] = this.#word[this.#area.fences >>> 2] as number;
    this.#word[(this.#area.table >>> 2) + (machine >>> PAGE_SHIFT)] = page;
    return page;
  }

  /** A page in which nothing is decoded. */
  #emptyPlace(): number {
    if (this.#used === this.#area.poolPages && this.#free.length === 0) {
      const [oldest] = this.#retired.keys();
      if (oldest === undefined) this.empty();
      else this.#free.push(this.#unretire(oldest) as number);
    }
    const page = this.#free.pop() ?? this.#area.pool + this.#used++ * L.DECODED_PAGE_BYTES;
    const place = this.#place(page);
    if (place < this.#everUsed) this.#bytes.fill(0, page, page + L.DECODED_COPY);
    else this.#everUsed = place + 1;
    for (const slot of [L.END_SLOT, L.STRADDLE_SLOT + 2]) {
      this.#half[(page + slot * L.ENTRY_BYTES) >>> 1] = L.Special.PageEnd;
    }
    return page;
  }

  #unretire(at: ExecutedAt): number | undefined {
    const page = this.#retired.get(at);
    this.#retired.delete(at);
    return page;
  }

  /**
   * Drops the decoded page of a machine page that has one, between runs: no hart is in it. All have to forget where it was.
   */
  remove(machine: number): void {
    this.#free.push(this.#takeAway(machine));
  }

  /** The same, and what was decoded is kept. Preconditions: no translated code begins in it. */
  retire(machine: number): void {
    const page = this.#takeAway(machine);
    const at = this.#executedAt[this.#place(page)] as ExecutedAt;
    const other = this.#unretire(at);
    if (other !== undefined) this.#free.push(other);
    this.#retired.set(at, page);
  }

  #takeAway(machine: number): number {
    const page = this.of(machine);
    this.#word[(this.#area.table >>> 2) + (machine >>> PAGE_SHIFT)] = 0;
    return page;
  }

  /** Drops all decoded pages. */
  empty(): void {
    const table = this.#area.table >>> 2;
    for (let place = 0; place < this.#used; place++) {
      const page = this.#area.pool + place * L.DECODED_PAGE_BYTES;
      const machine = this.#word[(page + L.DECODED_MACHINE_PAGE) >>> 2] as number;
      this.#word[table + (machine >>> PAGE_SHIFT)] = 0;
    }
    this.#used = 0;
    this.#free = [];
    this.#retired.clear();
    this.#events.emptied();
  }

  /** Compares a page with memory, for a hart with this page map; what differs is decoded anew. */
  verify(page: number, map: number): void {
    this.#compare(page);
    this.#word[(page + L.DECODED_MAP) >>> 2] = map;
    this.#word[(page + L.DECODED_VERIFIED) >>> 2] = this.#word[this.#area.fences >>> 2] as number;
  }

  /** Not a page that was common when it was compared, and is so still: nobody can have written it, for whichever VM. */
  #compare(page: number): void {
    const place = this.#place(page);
    const epoch = this.#commons?.commonEpoch ?? 0;
    if (epoch !== 0 && this.#commonAt[place] === epoch) return;
    const machine = this.#word[(page + L.DECODED_MACHINE_PAGE) >>> 2] as number;
    const isCommon = this.#commons?.isShared(machine >>> PAGE_SHIFT) ?? false;
    this.#renew(page, 0, PAGE_BYTES);
    this.#commonAt[place] = isCommon ? epoch : 0;
  }

  #place(page: number): number {
    return (page - this.#area.pool) / L.DECODED_PAGE_BYTES;
  }

  /** Brings the copy up to date where the page was written; to be done before more of it is decoded or translated. */
  renew(page: number): void {
    const to = this.#word[(page + L.DECODED_STALE_TO) >>> 2] as number;
    if (to !== 0) this.#renew(page, this.#word[(page + L.DECODED_STALE_FROM) >>> 2] as number, to);
  }

  #renew(page: number, from: number, to: number): void {
    const machine = this.#word[(page + L.DECODED_MACHINE_PAGE) >>> 2] as number;
    const copy = page + L.DECODED_COPY;
    let differs = false;
    for (let block = from & -COMPARED_BYTES; ; block += COMPARED_BYTES) {
      block = this.#compareBytes(machine, copy, block);
      if (block >= to) break;
      differs = this.#renewBlock(page, machine, block) || differs;
    }
    this.#word[(page + L.DECODED_STALE_FROM) >>> 2] = PAGE_BYTES;
    this.#word[(page + L.DECODED_STALE_TO) >>> 2] = 0;
    if (differs) this.#events.changed(machine >>> 0);
  }

  /** Whether it differs still: another thread may be writing. */
  #renewBlock(page: number, machine: number, block: number): boolean {
    let differs = false;
    for (let offset = block; offset < block + COMPARED_BYTES; offset += 4) {
      const now = this.#word[(machine + offset) >>> 2] as number;
      const at = (page + L.DECODED_COPY + offset) >>> 2;
      if (this.#word[at] === now) continue;
      this.#word[at] = now;
      // An instruction may begin one halfword before.
      this.#undecode(page, Math.max(0, offset - 2), offset + 2);
      differs = true;
    }
    return differs;
  }

  /** Forgets what instructions became that begin at these offsets, [from, to], and entries before them that may do them as well. */
  #undecode(page: number, from: number, to: number): void {
    for (let slot = Math.max(0, from / 2 - L.PAIR_REACH); slot <= to / 2; slot++) {
      this.#half[(page + slot * L.ENTRY_BYTES) >>> 1] = L.Special.Undecoded;
    }
  }

  /** Entries at these offsets in any page are asked about before they are executed. */
  setBreaks(offsets: ReadonlySet<number>): void {
    const changed = new Set([...offsets, ...this.#breaks]);
    this.#breaks = offsets;
    this.#word[this.#area.breaking >>> 2] = offsets.size === 0 ? 0 : 1;
    for (let place = 0; place < this.#used; place++) {
      const page = this.#area.pool + place * L.DECODED_PAGE_BYTES;
      for (const offset of changed) this.#undecode(page, offset, offset);
    }
  }

  /** Flags an entry that was just written, if a breakpoint may be there. */
  flagBreak(entry: number, offset: number): void {
    if (!this.#breaks.has(offset)) return;
    this.#half[entry >>> 1] = (this.#half[entry >>> 1] as number) | L.BREAK_FLAG;
  }
}
