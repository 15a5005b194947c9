/** The interpreter as an engine: the core module with its JavaScript side, for one engine area. */
import type { IMPORTS } from '../core/core-functions.ts';
import type { CoreWriter } from '../core/kept-core.ts';
import {
  type CodeArea,
  codeArea,
  FETCH_BANK_STEP,
  FETCH_ENTRIES,
  FETCH_HOST,
  FETCH_OFFSET,
  MISS_KINDS,
  type Mode,
  TLB_ENTRY_SHIFT,
} from '../core/layout.ts';
import { Context } from '../hart/context.ts';
import { DeviceAnswer, type Engine, type ExitReason } from '../hart/exit.ts';
import { PAGE_SHIFT } from '../hart/page-map.ts';
import type { EngineProfile } from '../hart/profile.ts';
import { type AccessKindCode, type Stops, touches } from '../hart/stops.ts';
import type { AddedPage, HotPlace } from '../jit/region-table.ts';
import { memoryPages } from '../wasm/memory-pages.ts';
import { IMPORT_MODULE } from '../wasm/module-builder.ts';
import { type CommonPages, DecodedPages, type ExecutedAt } from './decoded-pages.ts';
import { EntryWriter } from './entry-writer.ts';
import { hasFusedMadd } from './fused-madd.ts';
import { clearJumps, forgetTargets, type JumpTarget, News } from './news.ts';
import { softFloatBridge } from './soft-float-bridge.ts';
import { forgetStores } from './store-entries.ts';
import { hasStoreOrder } from './store-order.ts';

export interface EngineOptions {
  /** Machine memory. */
  readonly memory: WebAssembly.Memory;
  /** Real time in ticks of the 10 MHz time base. */
  readonly clock: { ticks(): number };
  /** Zeroed machine memory for decoded code; see engineAreaBytes. */
  readonly area: { readonly base: number; readonly bytes: number };
  /** Number of this engine, from 1, among those that run on the same memory; absent: there is no other. */
  readonly owner?: number;
  /** Pages that many VMs have in common; absent: none is known to be. */
  readonly commons?: CommonPages | undefined;
}

/** What writes the core's module, or has it from an earlier start. */
export interface CoreSource {
  readonly writeCore: CoreWriter;
}

/** What translated code needs of the interpreter that enters it. */
export interface RegionSupport {
  /** Arrivals at a jump target after which it is hot. */
  readonly hotThreshold: number;
  /** Functions of regions, by the index that their slot names. */
  readonly table: WebAssembly.Table;
  /** A jump target became hot. `codeAt` gives the machine page of a virtual page where the fetch TLB knows it, else 0. */
  hot(where: HotPlace, codeAt: (page: bigint) => number): void;
  /** A machine page that has just been decoded is executed at a virtual page. */
  added(where: AddedPage): void;
  /** A machine page with translated code was written. */
  drop(machine: number): void;
  /** All decoded pages are gone. */
  dropAll(): void;
}

interface CoreExports {
  run(context: number, budget: number): ExitReason;
  flush(context: number, keepGlobal: number): void;
  fenceCode(context: number): void;
  codeWritten(machine: number, bytes: number): void;
  decode(decodedPage: number, entry: number): void;
  readonly fuelLeft: WebAssembly.Global;
  readonly regionSteps: WebAssembly.Global;
}

const PAGE_BYTES = 4096;

type CoreImports = Record<keyof typeof IMPORTS, (...args: number[]) => unknown>;

export class Interpreter implements Engine {
  readonly name = 'interpreter';
  devices: Engine['devices'];
  providePage: Engine['providePage'];
  readonly area: CodeArea;
  readonly pages: DecodedPages;
  /** Memory and functions that translated code imports. */
  readonly regionImports: WebAssembly.ModuleImports;
  readonly #entries: EntryWriter;
  readonly #memory: ArrayBufferLike;
  readonly #core: CoreExports;
  #stops: Stops | undefined;
  readonly #owner: number;
  readonly #news = new News();
  /** Machine pages that seem to hold code no more. */
  readonly #worn = new Set<number>();
  readonly #dropRegions: (machine: number) => void;
  /** The context whose run is under way, 0 between runs. */
  #running = 0;

  constructor(options: EngineOptions & CoreSource, regions?: RegionSupport) {
    const { memory } = options;
    const { buffer } = memory;
    this.#memory = buffer;
    this.#owner = options.owner ?? 1;
    this.#dropRegions = (machine) => regions?.drop(machine);
    this.area = codeArea(options.area.base, options.area.bytes, buffer.byteLength);
    const { bytes, handlers } = options.writeCore({
      area: this.area,
      owner: this.#owner,
      isShared: options.owner !== undefined,
      memoryPages: memoryPages(buffer),
      hasFusedMadd: hasFusedMadd(),
      hasStoreOrder: hasStoreOrder(),
      ...(regions ? { regions: { hotThreshold: regions.hotThreshold } } : {}),
    });
    const events = {
      emptied: () => this.#onEmptied(regions),
      changed: (machine: number) => regions?.drop(machine),
    };
    this.pages = new DecodedPages(memory, this.area, events, options.commons);
    this.#entries = new EntryWriter(buffer, this.area, handlers);
    const imports = this.#imports(options, regions);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      [IMPORT_MODULE]: { memory, ...(regions ? { table: regions.table } : {}), ...imports },
    });
    this.#core = instance.exports as unknown as CoreExports;
    this.regionImports = { memory, float: imports.float, ...instance.exports };
  }

  run(context: number, budget: number): ExitReason {
    if (this.#worn.size > 0) this.#releaseWorn();
    this.#tellNews(context);
    this.#running = context;
    const reason = this.#core.run(context, budget);
    this.#running = 0;
    this.#news.know(context);
    return reason;
  }

  fuelLeft(): number {
    return this.#core.fuelLeft.value as number;
  }

  /** Steps done in translated code since the start. */
  get regionSteps(): bigint {
    return this.#core.regionSteps.value as bigint;
  }

  profile(): EngineProfile {
    const misses = new BigUint64Array(this.#memory, this.area.misses, MISS_KINDS);
    const [load = 0n, store = 0n, fetch = 0n, block = 0n] = misses;
    return {
      ...{ regionSteps: this.regionSteps, misses: { load, store: store + block, fetch } },
      ...{ regions: 0, asked: 0, installed: 0, translated: 0, fromKept: 0, fromOthers: 0, dropped: 0 },
    };
  }

  flushTranslations(context: number): void {
    const state = new Context(this.#memory, context);
    state.set32('tlbHasLocal', 1);
    state.set32('tlbUsed', 0xffff_ffff);
    this.#core.flush(context, 0);
  }

  fenceCode(context: number): void {
    this.#core.fenceCode(context);
  }

  dropCode(machinePage: number): void {
    const machine = machinePage * PAGE_BYTES;
    if (this.#running !== 0) this.#core.codeWritten(machine, PAGE_BYTES);
    else if (this.pages.of(machine) !== 0) this.#takeAway(machine, (page) => this.pages.retire(page));
  }

  /** Between runs: the page has no decoded page any more, and all harts have to forget that it had one. */
  #takeAway(machine: number, how: (machine: number) => void): void {
    this.#dropRegions(machine);
    how(machine);
    this.#news.emptied();
  }

  /** Decodes from an entry on. */
  decodeLine(decodedPage: number, entry: number): void {
    this.#core.decode(decodedPage, entry);
  }

  setStops(stops: Stops | undefined): void {
    this.#stops = stops;
    const offsets = [...(stops?.breakpoints ?? [])].map((address) =>
      Number(address & BigInt(PAGE_BYTES - 2)),
    );
    this.pages.setBreaks(new Set(offsets));
    const isWatching = stops !== undefined && stops.watched.length > 0;
    new Uint32Array(this.#memory)[this.area.watching >>> 2] = isWatching ? 1 : 0;
    this.#news.emptied();
  }

  /** Translated code was dropped: no jump goes there any more. @param where all that it was; absent: all there is. */
  forgetJumps(where?: readonly JumpTarget[]): void {
    this.#news.jumps++;
    if (this.#running === 0) return;
    if (where) forgetTargets(this.#memory, this.#running, where);
    else clearJumps(this.#memory, this.#running);
  }

  /**
   * What became of code while another hart ran, or none. Each hart's caches are changed by who runs it only: it may have
   * gone to another engine, and then they are its.
   */
  #tellNews(context: number): void {
    if (new Context(this.#memory, context).get32('generation') !== this.#owner) return;
    const unknown = this.#news.unknownTo(context);
    if (unknown === undefined) return;
    if (unknown === 'all') return this.flushTranslations(context);
    for (const machine of unknown.pages) forgetStores(this.#memory, context, machine);
    if (unknown.jumps) clearJumps(this.#memory, context);
  }

  #imports({ clock }: EngineOptions, regions: RegionSupport | undefined): CoreImports {
    return {
      renewPage: (page) => this.pages.renew(page),
      learnForm: (word) => this.#entries.learnForm(word),
      decodeWord: (at, word) => this.#entries.decodeWord(at, word),
      decodeStraddle: (entry, word) => this.#entries.decodeStraddle(entry, word),
      flagBreak: (entry, offset) => this.pages.flagBreak(entry, offset),
      decodedPage: (machine, low, high) => {
        const address = joined(low & -PAGE_BYTES, high);
        const mode = this.#running === 0 ? 0 : modeOf(this.#memory, this.#running);
        const page = this.#addPage(machine, address | BigInt(mode));
        regions?.added({ decodedPage: page, address, mode });
        return page;
      },
      dropRegions: this.#dropRegions,
      pageWorn: (machine) => this.#worn.add((machine & -PAGE_BYTES) >>> 0),
      verifyCode: (page, map) => this.pages.verify(page, map),
      float: softFloatBridge(this.#memory),
      clock: () => clock.ticks(),
      device: (context) => this.devices?.(context) ?? DeviceAnswer.Leave,
      page: (page, write) => (this.providePage?.(page >>> 0, write !== 0) ? 1 : 0),
      breakpoint: (context, low, high) => {
        const pc = joined(low, high);
        return this.#stops?.breakpoints.has(pc) && this.#stops.atBreakpoint(context, pc) ? 1 : 0;
      },
      watchedAccess: (context, low, high, bytes, kind) => {
        const address = joined(low, high);
        const stops = this.#stops;
        if (stops === undefined || !touches(stops, address, bytes)) return 0;
        return stops.atAccess(context, address, bytes, kind as AccessKindCode) ? 1 : 0;
      },
      watchedPage: (low, high) => {
        const page = joined(low & -PAGE_BYTES, high);
        return this.#stops !== undefined && touches(this.#stops, page, PAGE_BYTES) ? 1 : 0;
      },
      hot: (context, entry, decodedPage, low, high) => {
        const address = joined(low, high);
        const mode = modeOf(this.#memory, context);
        // Only a decoded entry can say that a region begins there.
        this.decodeLine(decodedPage, entry);
        regions?.hot({ entry, decodedPage, address, mode }, (page) => this.#fetched(context, mode, page));
      },
    };
  }

  /** Pages that were written over from end to end, and not executed since, hold no code: stores there are quick again. */
  #releaseWorn(): void {
    for (const machine of this.#worn) {
      if (this.pages.of(machine) !== 0) this.#takeAway(machine, (page) => this.pages.remove(page));
    }
    this.#worn.clear();
  }

  /** Machine page of a virtual page's code, 0 when the fetch TLB does not hold it or it was not decoded. */
  #fetched(context: number, mode: Mode, page: bigint): number {
    const index = Number(BigInt.asUintN(32, page >> BigInt(PAGE_SHIFT))) & (FETCH_ENTRIES[mode] - 1);
    const at = context + FETCH_OFFSET + mode * FETCH_BANK_STEP + (index << TLB_ENTRY_SHIFT);
    const view = new DataView(this.#memory);
    if (view.getBigUint64(at, true) !== page) return 0;
    const machine = view.getUint32(at + FETCH_HOST, true);
    const decoded = this.pages.of(machine);
    if (decoded !== 0) this.pages.renew(decoded);
    return machine;
  }

  #addPage(machine: number, at: ExecutedAt): number {
    if (this.#running !== 0) forgetStores(this.#memory, this.#running, machine);
    this.#news.add(machine);
    return this.pages.add(machine, at);
  }

  #onEmptied(regions: RegionSupport | undefined): void {
    this.#news.emptied();
    if (this.#running !== 0) this.flushTranslations(this.#running);
    regions?.dropAll();
  }
}

const joined = (low: number, high: number): bigint =>
  BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));

const modeOf = (memory: ArrayBufferLike, context: number): Mode =>
  new Context(memory, context).get32('mode') as Mode;
