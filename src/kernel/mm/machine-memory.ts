/**
 * Machine memory: one shared WebAssembly memory as a pool of 4 KiB pages, each known by its number (MPN).
 *
 * Pages that were never handed out are zero as the platform gives them; those that were freed are cleared when
 * they are handed out again. Page 0 is never used: address 0 means "none" everywhere.
 * Owner: kernel/mm; everybody else asks it for pages.
 */
import { alignUp, HostError } from '#lib';
import { PAGE_BYTES } from '#riscv';

/** Pages of 64 KiB that WebAssembly counts memory in. */
const WASM_PAGE_BYTES = 65_536;
/** What 32-bit addresses reach: 4 GiB. */
export const MAX_MACHINE_BYTES = 65_536 * WASM_PAGE_BYTES;

export class MachineMemory {
  /** Handed to the engine, which imports it. Its buffer never moves or grows. */
  readonly memory: WebAssembly.Memory;
  /** The buffer as bytes: index = machine address. */
  readonly bytes: Uint8Array;
  readonly #pages: number;
  /** Freed pages, a stack. */
  readonly #free: Uint32Array;
  #freeCount = 0;
  /** Pages from here on were never handed out. */
  #fresh = 1;

  /**
   * @param bytes - size; rounded up to 64 KiB. The platform commits pages when they are touched.
   * @throws HostError `host-limit` above 4 GiB, or when the platform cannot reserve that much.
   */
  constructor(bytes: number) {
    const size = alignUp(bytes, WASM_PAGE_BYTES);
    if (size > MAX_MACHINE_BYTES) throw tooMuch(bytes, 'one machine memory has at most 4 GiB');
    this.memory = reserve(size / WASM_PAGE_BYTES);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.#pages = size / PAGE_BYTES;
    this.#free = new Uint32Array(this.#pages);
  }

  get pages(): number {
    return this.#pages;
  }

  /** Pages that can still be handed out. */
  get freePages(): number {
    return this.#freeCount + (this.#pages - this.#fresh);
  }

  /** A page full of zeros, or 0 when none is left. */
  allocatePage(): number {
    if (this.#freeCount > 0) {
      const mpn = this.#free[--this.#freeCount] as number;
      this.bytes.fill(0, mpn * PAGE_BYTES, (mpn + 1) * PAGE_BYTES);
      return mpn;
    }
    return this.#fresh < this.#pages ? this.#fresh++ : 0;
  }

  /** The first of `count` neighbouring pages full of zeros, or 0 when there is no such run. */
  allocateRun(count: number): number {
    if (count > this.#pages - this.#fresh) return 0;
    const first = this.#fresh;
    this.#fresh += count;
    return first;
  }

  /**
   * Machine address of a kernel table of `bytes`, page-aligned and full of zeros.
   * @throws HostError `host-limit` when machine memory is used up.
   */
  allocateTable(what: string, bytes: number): number {
    const first = this.allocateRun(Math.ceil(bytes / PAGE_BYTES));
    if (first === 0) {
      throw new HostError('host-limit', {
        what,
        reason: `machine memory is used up (${this.freePages} pages of 4 KiB left)`,
      });
    }
    return first * PAGE_BYTES;
  }

  /** Takes a page back. Preconditions: it was handed out, nobody uses it any more. */
  freePage(mpn: number): void {
    this.#free[this.#freeCount++] = mpn;
  }
}

function reserve(wasmPages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: wasmPages, maximum: wasmPages, shared: true });
  } catch (cause) {
    throw tooMuch(wasmPages * WASM_PAGE_BYTES, String(cause));
  }
}

function tooMuch(bytes: number, reason: string): HostError {
  return new HostError('host-limit', { what: `${Math.ceil(bytes / 2 ** 20)} MiB of machine memory`, reason });
}
