// Harts on threads of their own over one RAM, for tests of what they see of one another.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CONTEXT_BYTES, engineAreaBytes } from '../core/layout.ts';
import type { EngineKind } from '../engine.ts';
import { Context } from '../hart/context.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Assembler } from '../isa/assembler.ts';
import type { ThreadStart } from './threads-worker.ts';

export const RAM = 0x8000_0000n;
const RAM_PAGES = 1024;
const WASM_PAGE_BYTES = 0x1_0000;
const pages = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;

export class Threads {
  readonly count: number;
  readonly #memory: WebAssembly.Memory;
  readonly #control = new Int32Array(new SharedArrayBuffer(12));
  readonly #contexts: readonly Context[];
  readonly #ram: number;
  readonly #map: number;
  readonly #workers: readonly Worker[];
  readonly #died: Promise<never>;

  constructor(kind: EngineKind, count: number) {
    this.count = count;
    this.#map = PAGE_BYTES + count * pages(CONTEXT_BYTES);
    this.#ram = this.#map + RAM_PAGES * 4;
    const areas = this.#ram + RAM_PAGES * PAGE_BYTES;
    const areaBytes = pages(engineAreaBytes(32 * 2 ** 20));
    const size = Math.ceil((areas + count * areaBytes) / WASM_PAGE_BYTES);
    this.#memory = new WebAssembly.Memory({ initial: size, maximum: size, shared: true });
    const { buffer } = this.#memory;
    const map = new Uint32Array(buffer, this.#map, RAM_PAGES);
    for (let page = 0; page < RAM_PAGES; page++) {
      map[page] = this.#ram + page * PAGE_BYTES + MapFlag.Present + MapFlag.Writable;
    }
    const places = Array.from({ length: count }, (_, i) => PAGE_BYTES + i * pages(CONTEXT_BYTES));
    this.#contexts = places.map((place) => new Context(buffer, place));
    this.#workers = places.map((context, i) => {
      const area = { base: areas + i * areaBytes, bytes: areaBytes };
      const control = this.#control.buffer;
      const workerData: ThreadStart = { kind, memory: this.#memory, area, context, owner: i + 1, control };
      return new Worker(new URL('./threads-worker.ts', import.meta.url), { workerData });
    });
    this.#died = Promise.race(
      this.#workers.map(async (worker) => Promise.reject((await once(worker, 'error'))[0])),
    );
    this.#died.catch(() => undefined);
  }

  /** Runs a program on each hart at once, each to its WFI; RAM is zeros at first but for the programs. */
  async run(programs: readonly ((asm: Assembler) => void)[]): Promise<void> {
    const ram = new Uint8Array(this.#memory.buffer, this.#ram, RAM_PAGES * PAGE_BYTES);
    ram.fill(0);
    for (const [i, write] of programs.entries()) {
      const entry = RAM + BigInt(i * PAGE_BYTES);
      const asm = new Assembler(entry);
      write(asm);
      asm.emit('wfi');
      ram.set(asm.finish(), i * PAGE_BYTES);
      this.#reset(this.#contexts[i] as Context, entry);
    }
    for (const context of this.#contexts.slice(programs.length)) this.#reset(context, RAM + 0x7000n);
    // An idle thread's program: WFI.
    new DataView(ram.buffer, ram.byteOffset).setUint32(0x7000, 0x1050_0073, true);
    Atomics.store(this.#control, 1, 0);
    Atomics.store(this.#control, 2, programs.length > availableParallelism() ? 1 : 0);
    Atomics.add(this.#control, 0, 1);
    Atomics.notify(this.#control, 0);
    await this.#allDone();
  }

  /** 32 bits at an offset in RAM. */
  read(offset: number): number {
    return new DataView(this.#memory.buffer).getUint32(this.#ram + offset, true);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #allDone(): Promise<void> {
    for (
      let done = Atomics.load(this.#control, 1);
      done < this.count;
      done = Atomics.load(this.#control, 1)
    ) {
      const { value } = Atomics.waitAsync(this.#control, 1, done);
      await Promise.race([value, this.#died]);
    }
  }

  #reset(context: Context, pc: bigint): void {
    for (let i = 0; i < 32; i++) context.setX(i, 0n);
    context.set('pc', pc);
    context.set32('mode', 1);
    context.set32('mapBase', this.#map);
    context.set('ramFirstPage', RAM >> BigInt(PAGE_SHIFT));
    context.set('ramPages', BigInt(RAM_PAGES));
    context.set32('timeMode', 1);
  }
}
