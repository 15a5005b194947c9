/** A hart with little RAM for tests of the engines: programs in, runs answered as a caller would, whole state out. */
import { CONTEXT_BYTES, codeArea, DECODED_PAGE_BYTES } from '../core/layout.ts';
import { createEngine, type EngineKind } from '../engine.ts';
import { Context, FIELDS, type FieldName, NOT_STATE, STATE_BYTES } from '../hart/context.ts';
import { type Engine, Exit, type ExitReason } from '../hart/exit.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { Assembler } from '../isa/assembler.ts';
import type { JitOptions } from '../jit/jit.ts';

export const RAM = 0x8000_0000n;
/** No device and no RAM is here. */
export const DEVICE = 0x1000_0000n;
export const RAM_PAGES = 64;
/** Byte that fills machine memory which no guest may read: no test value has it. */
export const CANARY = 0xc5;

const WASM_PAGE_BYTES = 0x1_0000;
const CONTEXT = 2 * PAGE_BYTES;
const CONTEXT_PLACE_BYTES = Math.ceil(CONTEXT_BYTES / PAGE_BYTES) * PAGE_BYTES;
const HARTS = 2;
const MAP = CONTEXT + HARTS * CONTEXT_PLACE_BYTES;
const PAGES = MAP + PAGE_BYTES;
const PAGES_BYTES = (2 * RAM_PAGES + 1) * PAGE_BYTES;
const AREA = PAGES + PAGES_BYTES;
/** Machine addresses from here on have their top bit set. */
const HIGH = 2 ** 31;
/** Every second page is canary, and the last guest page comes first: neighbours in the guest are none here. */
const pagePlace = (page: number): number => (2 * (RAM_PAGES - 1 - page) + 1) * PAGE_BYTES;
/** Neighbours are neighbours; canaries stand before and behind. */
const densePlace = (page: number): number => (page + 1) * PAGE_BYTES;

/** What two engines may leave differently: a fault's report is only there after a fault. */
const INTERNAL: ReadonlySet<FieldName> = new Set([...NOT_STATE, 'faultCause', 'faultAddress']);

export interface HartOptions
  extends Partial<
    Pick<
      JitOptions,
      'hotThreshold' | 'youngTicks' | 'clock' | 'compiler' | 'owner' | 'commons' | 'keptRegions'
    >
  > {
  /** How many decoded pages there is room for; few make the engine drop everything again and again. */
  readonly decodedPages?: number;
  /** Guest RAM lies in machine memory above 2 GiB. */
  readonly isHigh?: boolean;
  /** Pages lie in machine memory as they do in the guest. */
  readonly isDense?: boolean;
  /** What the engine keeps lies elsewhere in memory of the same size, as a second engine's does. */
  readonly isSecond?: boolean;
}

/** What happened at a return of run, in words; budgets that ran out are not told. */
export type Event = string;

export class TestHart {
  readonly kind: EngineKind;
  readonly engine: Engine;
  readonly memory: ArrayBufferLike;
  readonly events: Event[] = [];
  readonly #map: DataView;
  readonly #contexts: readonly Context[];
  #current = 0;
  /** Machine address of the pages of guest RAM, and of the canaries between. */
  readonly #pages: number;
  readonly #isDense: boolean;

  constructor(kind: EngineKind, options: HartOptions = {}) {
    const areaBytes =
      codeArea(0, 2 ** 30, options.isHigh ? 2 * HIGH : AREA).pool +
      ((options.decodedPages ?? 256) + 1) * DECODED_PAGE_BYTES -
      1;
    this.#pages = options.isHigh ? HIGH : PAGES;
    this.#isDense = options.isDense ?? false;
    const pages = Math.ceil(Math.max(AREA + areaBytes, this.#pages + PAGES_BYTES) / WASM_PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.kind = kind;
    this.memory = memory.buffer;
    new Uint8Array(this.memory, 0, AREA).fill(CANARY);
    new Uint8Array(this.memory, this.#pages, PAGES_BYTES).fill(CANARY);
    new Uint8Array(this.memory, CONTEXT, MAP - CONTEXT).fill(0);
    const later = options.isSecond ? DECODED_PAGE_BYTES : 0;
    const area = { base: AREA + later, bytes: areaBytes - later };
    this.engine = createEngine(kind, {
      hotThreshold: 1,
      translatesUnmet: true,
      ...options,
      memory,
      area,
      clock: options.clock ?? { ticks: () => 0 },
    });
    this.#contexts = Array.from(
      { length: HARTS },
      (_, hart) => new Context(this.memory, CONTEXT + hart * CONTEXT_PLACE_BYTES),
    );
    this.#map = new DataView(this.memory, MAP, RAM_PAGES * 4);
    this.reset();
  }

  /** Both harts: registers 0, S-mode, Bare, RAM of zeros that is all there, time from steps, floating point on. */
  reset(): void {
    this.engine.setStops(undefined);
    this.engine.devices = undefined;
    this.engine.providePage = undefined;
    for (let page = 0; page < RAM_PAGES; page++) {
      this.setMap(page, MapFlag.Present | MapFlag.Writable);
      new Uint8Array(this.memory, this.#machinePage(page), PAGE_BYTES).fill(0);
      this.engine.dropCode(this.#machinePage(page) >>> PAGE_SHIFT);
    }
    for (const context of this.#contexts) resetContext(this.memory, context);
    this.#current = 0;
    this.events.length = 0;
  }

  /** The hart that everything here is about. */
  get context(): Context {
    return this.#contexts[this.#current] as Context;
  }

  /** Goes on with the other hart of the same machine. */
  turnTo(hart: 0 | 1): this {
    this.#current = hart;
    return this;
  }

  /** Sets the rights of a guest page; the engine is not told. */
  setMap(page: number, flags: number): void {
    this.#map.setUint32(page * 4, this.#machinePage(page) + flags, true);
  }

  /** Writes as a device would: the engine hears of it afterwards. Within one page. */
  write(address: bigint, bytes: ArrayLike<number>): void {
    new Uint8Array(this.memory).set(bytes, this.#machine(address));
    this.engine.dropCode(this.machinePage(address));
  }

  /** Writes as another thread does: the engine hears nothing of it. Within one page. */
  writeUnheard(address: bigint, bytes: ArrayLike<number>): void {
    new Uint8Array(this.memory).set(bytes, this.#machine(address));
  }

  write64(address: bigint, value: bigint): void {
    this.write(address, new Uint8Array(new BigUint64Array([value]).buffer));
  }

  read64(address: bigint): bigint {
    return new DataView(this.memory).getBigUint64(this.#machine(address), true);
  }

  /** Puts a program into RAM. @param runsAt its virtual address, where that is not where it is put. */
  program(address: bigint, write: (asm: Assembler) => void, runsAt = address): void {
    const asm = new Assembler(runsAt);
    write(asm);
    const bytes = asm.finish();
    for (let done = 0; done < bytes.length; ) {
      const at = address + BigInt(done);
      const room = PAGE_BYTES - Number(at & BigInt(PAGE_BYTES - 1));
      this.write(at, bytes.subarray(done, done + room));
      done += room;
    }
  }

  /**
   * Runs until all steps are used, or an exit that nobody answers here: ECALL from S-mode, WFI, Fault.
   * Devices answer with their address; missing pages come.
   * @param slice steps of the next run, for runs in pieces.
   */
  run(steps: number, slice: (left: number) => number = (left) => left): ExitReason {
    for (let left = steps; left > 0; ) {
      const budget = Math.min(left, slice(left));
      const reason = this.engine.run(this.context.address, budget);
      left -= budget - this.engine.fuelLeft();
      if (reason === Exit.Budget) continue;
      this.events.push(this.#describe(reason));
      if (!this.#answer(reason)) return reason;
    }
    return Exit.Budget;
  }

  /** Number of the machine page behind an address in RAM. */
  machinePage(address: bigint): number {
    return this.#machine(address) >>> PAGE_SHIFT;
  }

  flush(): void {
    this.engine.flushTranslations(this.context.address);
  }

  /** All that a guest can see, and the events, as lines: what must be the same on every engine. */
  state(): string[] {
    const registers = (kind: 'x' | 'f') =>
      Array.from({ length: 32 }, (_, index) => `${kind}${index} ${hex(this.context[kind](index))}`);
    const fields = FIELDS.filter((name) => !INTERNAL.has(name)).map(
      (name) => `${name} ${hex(this.context.get(name))}`,
    );
    return [...this.events, ...registers('x'), ...registers('f'), ...fields, ...this.#pageHashes()];
  }

  /** @throws when a byte of machine memory changed that no guest may reach. */
  checkCanary(): void {
    const bytes = new Uint8Array(this.memory);
    const canaries = [
      0,
      PAGE_BYTES,
      ...(this.#isDense
        ? [this.#pages, this.#pages + (RAM_PAGES + 1) * PAGE_BYTES]
        : Array.from({ length: RAM_PAGES + 1 }, (_, i) => this.#pages + 2 * i * PAGE_BYTES)),
    ];
    for (const page of canaries) {
      const at = bytes.subarray(page, page + PAGE_BYTES).findIndex((byte) => byte !== CANARY);
      if (at >= 0) throw new Error(`machine memory at 0x${(page + at).toString(16)} was overwritten`);
    }
  }

  #machinePage(page: number): number {
    return this.#pages + (this.#isDense ? densePlace(page) : pagePlace(page));
  }

  #machine(address: bigint): number {
    const page = Number((address - RAM) >> BigInt(PAGE_SHIFT));
    if (page < 0 || page >= RAM_PAGES) throw new RangeError(`no RAM at 0x${address.toString(16)}`);
    return this.#machinePage(page) + Number(address & BigInt(PAGE_BYTES - 1));
  }

  #describe(reason: ExitReason): Event {
    const name = Object.entries(Exit).find(([, value]) => value === reason)?.[0] ?? String(reason);
    const at = `${name} pc ${hex(this.context.get('pc'))} steps ${this.context.get('stepsEnd')}`;
    const address = hex(this.context.get('exitAddress'));
    const isWrite = this.context.get32('exitWrite');
    if (reason === Exit.PageMiss) return `${at} ${isWrite ? 'write' : 'read'} ${address}`;
    if (reason === Exit.Fault) return `${at} cause ${this.context.get('faultCause')}`;
    if (reason !== Exit.Device) return at;
    const bytes = this.context.get32('exitBytes');
    return `${at} ${isWrite ? `store ${hex(this.context.get('exitValue'))} to` : 'load'} ${address} ${bytes} bytes`;
  }

  #answer(reason: ExitReason): boolean {
    const address = this.context.get('exitAddress');
    if (reason === Exit.PageMiss) {
      const page = Number((address - RAM) >> BigInt(PAGE_SHIFT));
      const flags = this.#map.getUint32(page * 4, true) & (PAGE_BYTES - 1);
      const wanted = this.context.get32('exitWrite') ? MapFlag.Present | MapFlag.Writable : MapFlag.Present;
      this.setMap(page, flags | wanted);
      return true;
    }
    if (reason !== Exit.Device) return false;
    const bits = this.context.get32('exitBytes') * 8;
    if (!this.context.get32('exitWrite'))
      this.context.set('exitValue', BigInt.asUintN(bits, address * 0x1_0001n));
    this.context.set32('exitReady', 1);
    return true;
  }

  #pageHashes(): string[] {
    return Array.from({ length: RAM_PAGES }, (_, page) => {
      let hash = 0;
      for (const word of new Int32Array(this.memory, this.#machinePage(page), PAGE_BYTES / 4)) {
        hash = Math.imul(hash ^ word, 0x0100_0193) + 0x9e37;
      }
      return `page ${page} hash ${(hash >>> 0).toString(16)}`;
    });
  }
}

function resetContext(memory: ArrayBufferLike, context: Context): void {
  new Uint8Array(memory, context.address, STATE_BYTES).fill(0);
  context.set32('mapBase', MAP);
  context.set('ramFirstPage', RAM >> BigInt(PAGE_SHIFT));
  context.set('ramPages', BigInt(RAM_PAGES));
  context.set32('mode', 1);
  context.set32('fs', 1);
  context.set32('timeMode', 1);
  context.set('pc', RAM);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;
