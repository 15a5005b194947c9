/**
 * Machine memory: one shared WebAssembly memory as a pool of 4 KiB pages, each known by its number (MPN). All that is
 * known of its pages stands in it, so that every thread that has the memory can attach to the pool.
 *
 * Pages that were never handed out are zero as the platform gives them; those that were freed are cleared when
 * they are handed out again. Page 0 is never used: address 0 means "none" everywhere.
 * Owner: kernel/mm; everybody else asks it for pages.
 */
import { alignUp, assert, HostError } from '#lib';
import { PAGE_BYTES } from '#riscv/size';
import { FrameTable, frameTableLayout } from './frame-table.ts';

/** Pages of 64 KiB that WebAssembly counts memory in. */
const WASM_PAGE_BYTES = 65_536;
/** What 32-bit addresses reach: 4 GiB. */
export const MAX_MACHINE_BYTES = 65_536 * WASM_PAGE_BYTES;

/** Page 1 begins with the head, the frame table follows. */
const HEAD_AT = PAGE_BYTES;
const HEAD_BYTES = 64;
const MAGIC = 0x4d_4d_4b_56;
const Head = { magic: 0, zeroPage: 1 } as const;

export class MachineMemory {
  /** Handed to the engine, which imports it. Its buffer never moves or grows. To be posted to other threads. */
  readonly memory: WebAssembly.Memory;
  /** The buffer as bytes: index = machine address. */
  readonly bytes: Uint8Array;
  /** Page that is full of zeros and stays so: it may be mapped for reading anywhere. */
  readonly zeroPage: number;
  /** Who uses which page: for those that share them. */
  readonly frames: FrameTable;
  readonly #pages: number;

  /**
   * @param bytes - size; rounded up to 64 KiB. The platform commits pages when they are touched.
   * @throws HostError `host-limit` above 4 GiB, or when the platform cannot reserve that much.
   */
  constructor(bytes: number | WebAssembly.Memory) {
    const isNew = typeof bytes === 'number';
    this.memory = isNew ? reserve(bytes) : bytes;
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.#pages = buffer.byteLength / PAGE_BYTES;
    this.frames = new FrameTable(buffer, HEAD_AT + HEAD_BYTES, this.#pages);
    const head = new Uint32Array(buffer, HEAD_AT, HEAD_BYTES / 4);
    if (isNew) format(head, this.frames, this.#pages);
    assert(head[Head.magic] === MAGIC, 'this memory is no machine memory');
    this.zeroPage = head[Head.zeroPage] as number;
  }

  /** The pool in a memory that another thread made. */
  static attach(memory: WebAssembly.Memory): MachineMemory {
    return new MachineMemory(memory);
  }

  get pages(): number {
    return this.#pages;
  }

  /** Pages that can still be handed out. */
  get freePages(): number {
    return this.frames.free;
  }

  /** A page full of zeros, or 0 when none is left. */
  allocatePage(): number {
    const mpn = this.frames.take();
    if (mpn !== 0) this.#clear(mpn);
    return mpn;
  }

  /** A page that the caller fills whole, or 0 when none is left. */
  allocateRaw(): number {
    const mpn = this.frames.take();
    if (mpn !== 0) this.frames.takeClean(mpn);
    return mpn;
  }

  /** The first of `count` neighbouring pages full of zeros, or 0 when there is no such run. */
  allocateRun(count: number): number {
    const first = this.frames.takeRun(count);
    if (first === 0) return 0;
    this.frames.takeCleanRun(first, count, (mpn) => this.#fill(mpn));
    return first;
  }

  /** As `allocateRun`, for a caller that fills them whole. */
  allocateRawRun(count: number): number {
    const first = this.frames.takeRun(count);
    if (first === 0) return 0;
    this.frames.takeCleanRun(first, count, () => {});
    return first;
  }

  /**
   * Machine address of a kernel table of `bytes`, page-aligned and full of zeros.
   * @throws HostError `host-limit` when machine memory is used up.
   */
  allocateTable(what: string, bytes: number): number {
    const first = this.allocateRun(tablePages(bytes));
    if (first === 0) {
      throw new HostError('host-limit', {
        what,
        reason: `machine memory is used up (${this.freePages} pages of 4 KiB left)`,
      });
    }
    return first * PAGE_BYTES;
  }

  /** Takes a table back. Preconditions: it was allocated with this size, nobody uses it any more. */
  freeTable(address: number, bytes: number): void {
    const first = address / PAGE_BYTES;
    for (let mpn = first; mpn < first + tablePages(bytes); mpn++) this.freePage(mpn);
  }

  /** Takes a page back. Preconditions: it was handed out, nobody uses it any more. */
  freePage(mpn: number): void {
    this.frames.release(mpn);
  }

  /**
   * Gives free pages that were used before back to the platform, at most `pages`; how many.
   * @param give gives bytes from a machine address on back, and says whether it did: then they read as zeros
   */
  trim(pages: number, give: (address: number, bytes: number) => boolean): number {
    const taken: number[] = [];
    this.frames.takeDirty(pages, (mpn) => taken.push(mpn));
    let given = 0;
    for (let from = 0; from < taken.length; ) {
      let to = from + 1;
      while (to < taken.length && taken[to] === (taken[from] as number) + to - from) to++;
      const isGiven = give((taken[from] as number) * PAGE_BYTES, (to - from) * PAGE_BYTES);
      for (const mpn of taken.slice(from, to)) {
        if (isGiven) this.frames.markClean(mpn);
        this.frames.release(mpn);
      }
      if (isGiven) given += to - from;
      from = to;
    }
    return given;
  }

  /** The bytes of a page. */
  page(mpn: number): Uint8Array {
    return this.bytes.subarray(mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES);
  }

  /** Some bytes, as devices take them by the hundred: `subarray` takes half as long again. Preconditions: they are there. */
  span(address: number, length: number): Uint8Array {
    return new Uint8Array(this.bytes.buffer, address, length);
  }

  #clear(mpn: number): void {
    if (!this.frames.takeClean(mpn)) this.#fill(mpn);
  }

  #fill(mpn: number): void {
    this.bytes.fill(0, mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES);
  }
}

const tablePages = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES);

/** Pages that the pool's own tables take, page 0 and the zero page among them. */
export function poolPages(pages: number): number {
  return 2 + tablePages(HEAD_BYTES + frameTableLayout(pages).words * 4);
}

function format(head: Uint32Array, frames: FrameTable, pages: number): void {
  const own = poolPages(pages);
  frames.format(own);
  head[Head.zeroPage] = own - 1;
  head[Head.magic] = MAGIC;
}

function reserve(bytes: number): WebAssembly.Memory {
  const size = alignUp(bytes, WASM_PAGE_BYTES);
  if (size > MAX_MACHINE_BYTES) throw tooMuch(bytes, 'one machine memory has at most 4 GiB');
  const wasmPages = size / WASM_PAGE_BYTES;
  try {
    const memory = new WebAssembly.Memory({ initial: 0, maximum: wasmPages, shared: true });
    // What it begins with counts as V8's own at once: it would begin to look for garbage, in a heap of 6 MB.
    memory.grow(wasmPages);
    return memory;
  } catch (cause) {
    throw tooMuch(size, String(cause));
  }
}

function tooMuch(bytes: number, reason: string): HostError {
  return new HostError('host-limit', { what: `${Math.ceil(bytes / 2 ** 20)} MiB of machine memory`, reason });
}
