/** Runs cases on an engine: sets memory up, answers its exits as a caller would, and reads the final state. */
import type { FieldName } from '../hart/context.ts';
import { Context } from '../hart/context.ts';
import type { Engine, ExitReason } from '../hart/exit.ts';
import { Exit } from '../hart/exit.ts';
import { MapFlag, PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import type { Case, ExitRecord, FinalState } from './case.ts';
import { CODE_PAGES, HANDLER, RAM_BASE, RAM_PAGES } from './case.ts';

/** An engine, and where in machine memory a case may put its things. */
export interface Machine {
  readonly engine: Engine;
  readonly memory: ArrayBufferLike;
  /** Machine addresses: the hart's context; a page map of RAM_PAGES entries; RAM_PAGES free pages, page-aligned. */
  readonly context: number;
  readonly map: number;
  readonly pages: number;
}

/** Fields that a case's outcome consists of; what the exits say stands in their records. */
// biome-ignore format: a list by kind
const OUTCOME: readonly FieldName[] = [
  'pc', 'mode', 'sstatus', 'fs', 'fcsr', 'sie', 'sip', 'stvec', 'scounteren', 'senvcfg', 'sscratch', 'sepc', 'scause',
  'stval', 'satp', 'stimecmp', 'stepsEnd', 'traps', 'trapsInRow', 'lastTrapPc', 'exitReady',
];
/** Fields that a case starts with: all others of the context stay as the engine left them. */
const RESET: readonly FieldName[] = [
  ...OUTCOME,
  ...(['timeMode', 'timeOffset', 'reservedAddress', 'reservedBytes', 'reservedValue', 'userWorld'] as const),
];
const JUMP_TO_SELF = 0x6f;
/** Exits after which no case goes on. */
const MAX_EXITS = 64;

/** The last page comes first in machine memory, so that neighbours in guest memory are none there. */
const placeOf = (page: number): number => (RAM_PAGES - 1 - page) * PAGE_BYTES;
const pageOf = (address: bigint): number => Number((address - RAM_BASE) >> BigInt(PAGE_SHIFT));

/** What RAM holds where a case says nothing: jumps to self, then the same noise each time. */
function baseline(): Uint8Array {
  const words = new Uint32Array((RAM_PAGES * PAGE_BYTES) / 4).fill(JUMP_TO_SELF);
  for (let i = (CODE_PAGES * PAGE_BYTES) / 4; i < words.length; i++)
    words[i] = Math.imul(i, 0x9e37_79b1) ^ (i << 7);
  return new Uint8Array(words.buffer);
}

export class Rig {
  readonly #machine: Machine;
  readonly #context: Context;
  readonly #ram: Uint8Array;
  readonly #map: DataView;
  readonly #baseline = baseline();

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#context = new Context(machine.memory, machine.context);
    this.#ram = new Uint8Array(machine.memory, machine.pages, RAM_PAGES * PAGE_BYTES);
    this.#map = new DataView(machine.memory, machine.map, RAM_PAGES * 4);
  }

  /**
   * Runs a case to its end.
   * @param slice steps that a call of `run` gets at most; where slices end must not matter.
   */
  run(one: Case, slice = one.budget): FinalState {
    const { engine, context } = this.#machine;
    this.#start(one);
    const exits: ExitRecord[] = [];
    let fuel = one.budget;
    let goesOn = true;
    while (goesOn && exits.length < MAX_EXITS) {
      const budget = Math.min(slice, fuel, this.#stepsToInterrupt(one, fuel));
      const reason = engine.run(context, budget);
      const left = engine.fuelLeft();
      fuel -= budget - left;
      const isSliceEnd = reason === Exit.Budget && left === 0 && fuel > 0;
      if (!isSliceEnd) exits.push(this.#record(reason, fuel));
      goesOn = this.#answer(reason) && fuel > 0;
    }
    return this.#final(exits);
  }

  /** Makes the interrupt pending when its time has come. @returns steps until then, or more than there are. */
  #stepsToInterrupt(one: Case, fuel: number): number {
    const steps = (one.interrupt?.after ?? Number.POSITIVE_INFINITY) - (one.budget - fuel);
    if (steps === 0) this.#context.set('sip', this.#context.get('sip') | (one.interrupt?.sip ?? 0n));
    return steps > 0 ? steps : Number.POSITIVE_INFINITY;
  }

  #start(one: Case): void {
    const { engine, context, map, pages } = this.#machine;
    this.#setMemory(one);
    for (let i = 0; i < 32; i++) {
      this.#context.setX(i, one.x?.[i] ?? 0n);
      this.#context.setF(i, one.f?.[i] ?? 0n);
    }
    for (const field of RESET) this.#context.set(field, one.fields[field] ?? 0n);
    this.#context.set('mode', one.fields.mode ?? 1n);
    this.#context.set('stvec', one.fields.stvec ?? HANDLER);
    this.#context.set32('mapBase', map);
    this.#context.set('ramFirstPage', RAM_BASE >> BigInt(PAGE_SHIFT));
    this.#context.set('ramPages', BigInt(RAM_PAGES));
    if (one.reservation) this.#reserve(one.reservation);
    engine.flushTranslations(context);
    for (let page = 0; page < RAM_PAGES; page++) engine.dropCode((pages + placeOf(page)) >>> PAGE_SHIFT);
  }

  #setMemory(one: Case): void {
    for (let page = 0; page < RAM_PAGES; page++) {
      const flags = one.map?.[page] ?? MapFlag.Present | MapFlag.Writable;
      this.#map.setUint32(page * 4, this.#machine.pages + placeOf(page) + flags, true);
      this.#ram.set(this.#baseline.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES), placeOf(page));
    }
    for (const { address, bytes } of one.memory) {
      bytes.forEach((byte, index) => {
        this.#ram[this.#place(address + BigInt(index))] = byte;
      });
    }
  }

  /** Offset in #ram of a guest-physical address. */
  #place(address: bigint): number {
    return placeOf(pageOf(address)) + Number(address & BigInt(PAGE_BYTES - 1));
  }

  #reserve({ address, bytes, value }: NonNullable<Case['reservation']>): void {
    this.#context.set32('reservedAddress', this.#machine.pages + this.#place(address));
    this.#context.set32('reservedBytes', bytes);
    this.#context.set('reservedValue', value);
  }

  #record(reason: ExitReason, fuelLeft: number): ExitRecord {
    const context = this.#context;
    const record = { reason, pc: context.get('pc'), fuelLeft };
    const place = { address: context.get('exitAddress'), write: context.get32('exitWrite') };
    if (reason === Exit.PageMiss) return { ...record, ...place };
    if (reason === Exit.Fault) {
      return { ...record, cause: context.get('faultCause'), address: context.get('faultAddress') };
    }
    if (reason !== Exit.Device) return record;
    const value = place.write ? { value: context.get('exitValue') } : {};
    return { ...record, ...place, bytes: context.get32('exitBytes'), ...value };
  }

  /** Does what the exit asks for. @returns whether the hart goes on. */
  #answer(reason: ExitReason): boolean {
    if (reason === Exit.Device) return this.#answerDevice();
    if (reason === Exit.PageMiss) return this.#answerPageMiss();
    return reason === Exit.Budget || reason === Exit.Sbi || reason === Exit.Syscall;
  }

  /** A device that answers with its own address in every byte lane. */
  #answerDevice(): boolean {
    const bits = this.#context.get32('exitBytes') * 8;
    if (!this.#context.get32('exitWrite')) {
      const answer = this.#context.get('exitAddress') * 0x0101_0101_0101_0181n;
      this.#context.set('exitValue', BigInt.asUintN(bits, answer));
    }
    this.#context.set32('exitReady', 1);
    return true;
  }

  #answerPageMiss(): boolean {
    const entry = pageOf(this.#context.get('exitAddress')) * 4;
    const flags = MapFlag.Present | MapFlag.Writable;
    this.#map.setUint32(entry, this.#map.getUint32(entry, true) | flags, true);
    return true;
  }

  #final(exits: readonly ExitRecord[]): FinalState {
    const ram = new Uint8Array(RAM_PAGES * PAGE_BYTES);
    for (let page = 0; page < RAM_PAGES; page++) {
      ram.set(this.#ram.subarray(placeOf(page), placeOf(page) + PAGE_BYTES), page * PAGE_BYTES);
    }
    return {
      exits,
      x: Array.from({ length: 32 }, (_, index) => this.#context.x(index)),
      f: Array.from({ length: 32 }, (_, index) => this.#context.f(index)),
      fields: Object.fromEntries(OUTCOME.map((field) => [field, this.#context.get(field)])),
      reservation: this.#reservation(),
      ram,
    };
  }

  #reservation(): string {
    const address = this.#context.get32('reservedAddress');
    if (address === 0) return 'none';
    const offset = address - this.#machine.pages;
    const page = RAM_PAGES - 1 - Math.floor(offset / PAGE_BYTES);
    const size = this.#context.get32('reservedBytes');
    return `page ${page} + ${offset % PAGE_BYTES}, ${size} bytes, ${this.#context.get('reservedValue')}`;
  }
}
