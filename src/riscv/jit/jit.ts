/** The JIT as an engine: the interpreter, with regions of hot code translated to WebAssembly beside it. */
import { TIME_BASE_HZ } from '../hart/context.ts';
import type { Engine, ExitReason } from '../hart/exit.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import type { EngineProfile } from '../hart/profile.ts';
import type { Stops } from '../hart/stops.ts';
import { hasFusedMadd } from '../interpreter/fused-madd.ts';
import { type CoreSource, type EngineOptions, Interpreter } from '../interpreter/interpreter.ts';
import { hasStoreOrder } from '../interpreter/store-order.ts';
import { IMPORT_MODULE } from '../wasm/module-builder.ts';
import type { CompiledRegions, RegionCompiler } from './compiler.ts';
import { KeptContents } from './kept-contents.ts';
import type { KeptRegions } from './kept-regions.ts';
import { DROPPED_IMPORT, exportedAs, moduleImports } from './region-body.ts';
import { type AddedPage, type HotPlace, RegionTable } from './region-table.ts';
import { ScatteredPages } from './scattered-pages.ts';

export interface JitOptions extends EngineOptions {
  readonly compiler: RegionCompiler;
  /** Arrivals at a jump target after which its region is translated, 1..65535. */
  readonly hotThreshold?: number;
  /** So many ticks after the start of each machine an engine waits for as many arrivals again; 0 where `hotThreshold` is given, else 3 s. */
  readonly youngTicks?: number;
  /** Regions take in code that was never executed too: more is translated, for tests. */
  readonly translatesUnmet?: boolean;
  /** Regions that can be found again by their content; with more, all that are not in use are given up. */
  readonly keptRegions?: number;
}

/** A region costs about a millisecond to compile: as much as some hundred thousand interpreted instructions. */
const DEFAULT_HOT_THRESHOLD = 4000;
/** All threads of a boot want the same few cores: half of what is translated after the first arrivals never pays for it (0070, 0081). */
const YOUNG_TICKS = 3 * TIME_BASE_HZ;

export class Jit implements Engine {
  readonly name = 'jit';
  readonly #interpreter: Interpreter;
  readonly #compiler: RegionCompiler;
  readonly #regions: RegionTable;
  readonly #imports: WebAssembly.Imports;
  readonly #scattered: ScatteredPages;
  /** Pages that were met before it was known of which there is kept code. */
  #early: AddedPage[] | undefined;
  /** Where a region was wanted while the youngest machine was young; undefined once it is not. */
  #wantedOnce: Set<number> | undefined;
  readonly #clock: JitOptions['clock'];
  readonly #youngTicks: number;
  #youngUntil = 0;
  /** Pages with breakpoints. */
  #brokenPages: ReadonlySet<bigint> = new Set();

  constructor(options: JitOptions & CoreSource) {
    this.#compiler = options.compiler;
    this.#clock = options.clock;
    this.#youngTicks = options.youngTicks ?? (options.hotThreshold === undefined ? YOUNG_TICKS : 0);
    this.machineBegins();
    const table = RegionTable.makeTable();
    this.#interpreter = new Interpreter(options, {
      hotThreshold: options.hotThreshold ?? DEFAULT_HOT_THRESHOLD,
      table,
      hot: (where, codeAt) => this.#request(where, codeAt),
      added: (where) => this.#adopt(where),
      drop: (machine) => {
        const dropped = this.#regions.drop(machine);
        if (dropped.length > 0) this.#interpreter.forgetJumps(dropped);
      },
      dropAll: () => this.#regions.dropAll(),
    });
    const { area } = this.#interpreter;
    const own = { table, [DROPPED_IMPORT]: area.dropped };
    this.#imports = { [IMPORT_MODULE]: { ...this.#interpreter.regionImports, ...own } };
    this.#regions = new RegionTable(options.memory.buffer, area, table, options.keptRegions);
    this.#scattered = new ScatteredPages(options.memory.buffer, area.table);
    if (this.#compiler.hasKept) this.#early = [];
    this.#compiler.begin({
      hasFusedMadd: hasFusedMadd(),
      hasStoreOrder: hasStoreOrder(),
      isShared: options.owner !== undefined,
      profile: { codeTable: area.table, counters: area.counters },
      ...(options.translatesUnmet ? { translatesUnmet: true } : {}),
    });
  }

  /** Regions that can be entered now. */
  get regions(): number {
    return this.#regions.size;
  }

  /** Steps done in regions since the start; the others were interpreted. */
  get regionSteps(): bigint {
    return this.#interpreter.regionSteps;
  }

  profile(): EngineProfile {
    const { size, asked, installed, translated, fromKept, fromOthers } = this.#regions;
    return {
      ...this.#interpreter.profile(),
      ...{ regions: size, asked, installed, translated, fromKept, fromOthers, dropped: installed - size },
    };
  }

  get devices(): Engine['devices'] {
    return this.#interpreter.devices;
  }
  set devices(access) {
    this.#interpreter.devices = access;
  }

  get providePage(): Engine['providePage'] {
    return this.#interpreter.providePage;
  }
  set providePage(provide) {
    this.#interpreter.providePage = provide;
  }

  run(context: number, budget: number): ExitReason {
    this.#installCompiled();
    return this.#interpreter.run(context, budget);
  }

  takeScattered(context: number): readonly number[] {
    return this.#scattered.take(context);
  }

  fuelLeft(): number {
    return this.#interpreter.fuelLeft();
  }

  flushTranslations(context: number): void {
    this.#interpreter.flushTranslations(context);
  }

  fenceCode(context: number): void {
    this.#interpreter.fenceCode(context);
  }

  dropCode(machinePage: number): void {
    this.#interpreter.dropCode(machinePage);
  }

  /** Translated code asks about no breakpoint, so there is none near one. */
  setStops(stops: Stops | undefined): void {
    this.#brokenPages = new Set(
      [...(stops?.breakpoints ?? [])].map((address) => address & -BigInt(PAGE_BYTES)),
    );
    this.#regions.dropAll();
    this.#interpreter.forgetJumps();
    this.#interpreter.setStops(stops);
  }

  #request(where: HotPlace, codeAt: (page: bigint) => number): void {
    if (this.#isTooSoon(where)) return;
    const page = where.address & -BigInt(PAGE_BYTES);
    if (this.#isNearBreakpoint(page)) return;
    const [previous, next] = [-1n, 1n].map((step) =>
      codeAt(BigInt.asUintN(64, page + step * BigInt(PAGE_BYTES))),
    );
    const request = this.#regions.request(where, { previous: previous ?? 0, next: next ?? 0 });
    if (!request) return;
    if (!this.#compiler.submit(request)) this.#regions.withdraw(request);
    if (this.#compiler.isImmediate) this.#installCompiled();
  }

  machineBegins(): void {
    if (this.#youngTicks === 0) return;
    this.#youngUntil = this.#clock.ticks() + this.#youngTicks;
    this.#wantedOnce = new Set();
  }

  #isTooSoon({ entry }: HotPlace): boolean {
    const wanted = this.#wantedOnce;
    if (wanted === undefined) return false;
    if (this.#clock.ticks() >= this.#youngUntil) {
      this.#wantedOnce = undefined;
      return false;
    }
    if (wanted.has(entry)) return false;
    wanted.add(entry);
    return true;
  }

  /** What was translated of the same content before can be entered at once. */
  #adopt(where: AddedPage): void {
    if (this.#isNearBreakpoint(where.address)) return;
    this.#early?.push(where);
    const decode = (entry: number) => this.#interpreter.decodeLine(where.decodedPage, entry);
    const awaited = this.#regions.adopt(where, decode);
    if (awaited !== undefined) this.#compiler.met?.(awaited);
  }

  /** Whether a region that begins in this page may take in a breakpoint: it may have code of the pages beside it. */
  #isNearBreakpoint(page: bigint): boolean {
    if (this.#brokenPages.size === 0) return false;
    return [-1n, 0n, 1n].some((step) =>
      this.#brokenPages.has(BigInt.asUintN(64, page + step * BigInt(PAGE_BYTES))),
    );
  }

  #installCompiled(): void {
    for (const compiled of this.#compiler.take()) {
      if (!('module' in compiled)) this.#useKept(new KeptContents(compiled.contents));
      else if ('kept' in compiled) this.#addKept(compiled);
      else if ('shared' in compiled)
        this.#regions.addShared(compiled, (numbers) => this.#codeOf(compiled.module, numbers));
      else this.#install(compiled);
    }
  }

  #useKept(contents: KeptContents): void {
    this.#regions.useKept(contents);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const where of early) if (this.#regions.isAt(where)) this.#adopt(where);
  }

  #addKept({ module, contents, kept }: KeptRegions): void {
    const codeAt = this.#codeOf(module, contents);
    const regions = kept.map((place, at) => ({ ...place, code: codeAt(at) }));
    for (const where of this.#regions.addKept(regions)) this.#adopt(where);
  }

  #install({ module, contents, ids }: CompiledRegions): void {
    if (this.#regions.isFull) {
      this.#regions.dropAll();
      this.#interpreter.forgetJumps();
    }
    const codeAt = this.#codeOf(module, contents);
    for (const [at, id] of ids.entries()) this.#regions.install(id, codeAt(at));
  }

  /** The module's functions by their places. @param contents - numbers of what it imports numbers of */
  #codeOf(module: WebAssembly.Module, contents: readonly number[]): (place: number) => CallableFunction {
    const { exports } = new WebAssembly.Instance(module, moduleImports(this.#imports, contents));
    return (place) => exports[exportedAs(place)] as CallableFunction;
  }
}
