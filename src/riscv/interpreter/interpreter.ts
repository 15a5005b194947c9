/** The interpreter as an engine: the core module with its JavaScript side, for one engine area. */
import { IMPORTS } from '../core/core-functions.ts';
import { writeCoreModule } from '../core/core-module.ts';
import { codeArea } from '../core/layout.ts';
import { Context } from '../hart/context.ts';
import type { Engine, ExitReason } from '../hart/exit.ts';
import { IMPORT_MODULE } from '../wasm/module-builder.ts';
import { DecodedPages } from './decoded-pages.ts';
import { hasFusedMadd } from './fused-madd.ts';
import { softFloatBridge } from './soft-float-bridge.ts';

export interface EngineOptions {
  /** Machine memory. */
  readonly memory: WebAssembly.Memory;
  /** Real time in ticks of the 10 MHz time base. */
  readonly clock: { ticks(): number };
  /** Zeroed machine memory for decoded code; see engineAreaBytes. */
  readonly area: { readonly base: number; readonly bytes: number };
}

interface CoreExports {
  run(context: number, budget: number): ExitReason;
  flush(context: number, keepGlobal: number): void;
  codeWritten(machine: number, bytes: number): void;
  readonly fuelLeft: WebAssembly.Global;
}

const WASM_PAGE_BYTES = 65_536;
const PAGE_BYTES = 4096;
/** The memory's own maximum cannot be asked for; a module may state any that is not below it. */
const MAXIMUM_WASM_PAGES = 65_536;

export class Interpreter implements Engine {
  readonly name = 'interpreter';
  readonly #memory: ArrayBufferLike;
  readonly #core: CoreExports;
  readonly #pages: DecodedPages;
  readonly #contexts = new Set<number>();

  constructor(options: EngineOptions) {
    const { buffer } = options.memory;
    this.#memory = buffer;
    const area = codeArea(options.area.base, options.area.bytes, buffer.byteLength);
    const memoryPages = { initial: buffer.byteLength / WASM_PAGE_BYTES, maximum: MAXIMUM_WASM_PAGES };
    const { bytes, handlers } = writeCoreModule({ area, memoryPages, hasFusedMadd: hasFusedMadd() });
    this.#pages = new DecodedPages(buffer, area, handlers, () => this.#flushAll());
    const imports: Record<keyof typeof IMPORTS, (...args: number[]) => unknown> = {
      decode: (page, from) => this.#pages.decodeLine(page as number, from as number),
      decodeStraddle: (page, word) => this.#pages.decodeStraddle(page as number, word as number),
      decodedPage: (machine) => this.#pages.add(machine as number),
      dropRegions: () => {},
      float: softFloatBridge(buffer) as (...args: number[]) => number,
      clock: () => options.clock.ticks(),
      hot: () => {},
    };
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module, { [IMPORT_MODULE]: { memory: options.memory, ...imports } });
    this.#core = instance.exports as unknown as CoreExports;
  }

  run(context: number, budget: number): ExitReason {
    this.#contexts.add(context);
    return this.#core.run(context, budget);
  }

  fuelLeft(): number {
    return this.#core.fuelLeft.value;
  }

  flushTranslations(context: number): void {
    new Context(this.#memory, context).set32('tlbHasLocal', 1);
    this.#core.flush(context, 0);
  }

  dropCode(machinePage: number): void {
    this.#core.codeWritten(machinePage, PAGE_BYTES);
  }

  #flushAll(): void {
    for (const context of this.#contexts) this.flushTranslations(context);
  }
}
