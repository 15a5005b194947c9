/** Loads, stores and atomics of the reference: RAM at any alignment, devices aligned and through the caller. */
import { Cause } from '../hart/causes.ts';
import type { Context } from '../hart/context.ts';
import { Exit } from '../hart/exit.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { AccessKind, type AccessKindCode, type Stops, touches } from '../hart/stops.ts';
import type { AmoOperation, Bytes, CacheBlockOperation } from '../isa/semantics.ts';
import { CACHE_BLOCK_BYTES } from '../isa/zicbo.ts';
import { Leave, Trap } from './leave.ts';
import type { Access } from './mmu.ts';
import { Mmu } from './mmu.ts';

type Word = 4 | 8;

const signed = (bytes: Word, value: bigint): bigint => BigInt.asIntN(bytes * 8, value);
const unsigned = (bytes: number, value: bigint): bigint => BigInt.asUintN(bytes * 8, value);

/** The new value of memory, from the old one and the register. */
const AMO: Readonly<Record<AmoOperation, (old: bigint, value: bigint, bytes: Word) => bigint>> = {
  swap: (_old, value) => value,
  add: (old, value) => old + value,
  xor: (old, value) => old ^ value,
  and: (old, value) => old & value,
  or: (old, value) => old | value,
  min: (old, value, bytes) => (signed(bytes, old) < signed(bytes, value) ? old : value),
  max: (old, value, bytes) => (signed(bytes, old) > signed(bytes, value) ? old : value),
  minu: (old, value, bytes) => (unsigned(bytes, old) < unsigned(bytes, value) ? old : value),
  maxu: (old, value, bytes) => (unsigned(bytes, old) > unsigned(bytes, value) ? old : value),
};

/** A stretch of one page: where it is in machine memory. */
interface Part {
  readonly machine: number;
  readonly bytes: number;
}

export class MemoryAccess {
  readonly mmu: Mmu;
  readonly #context: Context;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #doubles: BigInt64Array;
  readonly #stops: Stops | undefined;

  constructor(memory: ArrayBufferLike, context: Context, stops?: Stops) {
    this.#stops = stops;
    this.mmu = new Mmu(memory, context);
    this.#context = context;
    this.#bytes = new Uint8Array(memory);
    this.#words = new Int32Array(memory);
    this.#doubles = new BigInt64Array(memory);
  }

  /** Two bytes of code. */
  fetch(address: bigint): number {
    const machine = this.#machine(address, 'execute');
    return (this.#bytes[machine] ?? 0) | ((this.#bytes[machine + 1] ?? 0) << 8);
  }

  /** Zero-extended. */
  load(address: bigint, bytes: Bytes): bigint {
    this.#ask(address, bytes, AccessKind.Read);
    const parts = this.#parts(address, bytes, 'read');
    return typeof parts === 'bigint' ? this.#deviceLoad(parts, bytes) : this.#read(parts);
  }

  /** All of it or, when a page may not be written, nothing. */
  store(address: bigint, bytes: Bytes, value: bigint): void {
    this.#ask(address, bytes, AccessKind.Write);
    const parts = this.#parts(address, bytes, 'write');
    if (typeof parts === 'bigint') this.#deviceStore(parts, bytes, unsigned(bytes, value));
    else this.#write(parts, value);
  }

  /** Sign-extended. */
  loadReserved(address: bigint, bytes: Word): bigint {
    if (address % BigInt(bytes) !== 0n) throw new Trap(Cause.LoadMisaligned, address);
    this.#ask(address, bytes, AccessKind.Read);
    // A page that moves because SC writes it would make that SC fail.
    const machine = this.#machine(address, 'read', true);
    const value = this.#atomicLoad(machine, bytes);
    this.#context.set32('reservedAddress', machine);
    this.#context.set32('reservedBytes', bytes);
    this.#context.set('reservedValue', value);
    return unsigned(8, value);
  }

  /** 0 for success, else 1; ends the reservation either way. */
  storeConditional(address: bigint, bytes: Word, value: bigint): bigint {
    const machine = this.#atomicPlace(address, bytes);
    const isReserved =
      this.#context.get32('reservedAddress') === machine && this.#context.get32('reservedBytes') === bytes;
    const expected = signed(bytes, this.#context.get('reservedValue'));
    this.#context.set32('reservedAddress', 0);
    return isReserved && this.#exchange(machine, bytes, expected, signed(bytes, value)) ? 0n : 1n;
  }

  /** The old value, sign-extended. */
  amo(operation: AmoOperation, address: bigint, bytes: Word, value: bigint): bigint {
    const machine = this.#atomicPlace(address, bytes);
    for (;;) {
      const old = this.#atomicLoad(machine, bytes);
      const wanted = signed(bytes, AMO[operation](old, value, bytes));
      if (this.#exchange(machine, bytes, old, wanted)) return unsigned(8, old);
    }
  }

  /** The block that holds the address. There are no caches: only zeroing changes anything. */
  cacheBlock(operation: CacheBlockOperation, address: bigint): void {
    if (operation !== 'zero') {
      this.#machine(address, 'manage');
      return;
    }
    const block = address & ~BigInt(CACHE_BLOCK_BYTES - 1);
    this.#ask(block, CACHE_BLOCK_BYTES, AccessKind.Write);
    const machine = this.#machine(block, 'write');
    this.#bytes.fill(0, machine, machine + CACHE_BLOCK_BYTES);
  }

  /** A debugger may want the run to end before the instruction. */
  #ask(address: bigint, bytes: number, kind: AccessKindCode): void {
    const stops = this.#stops;
    if (stops === undefined || !touches(stops, address, bytes)) return;
    if (stops.atAccess(this.#context.address, address, bytes, kind)) throw new Leave(Exit.Breakpoint);
  }

  #atomicPlace(address: bigint, bytes: Word): number {
    if (address % BigInt(bytes) !== 0n) throw new Trap(Cause.StoreMisaligned, address);
    this.#ask(address, bytes, AccessKind.ReadWrite);
    return this.#machine(address, 'write');
  }

  /** RAM or an access fault. */
  #machine(address: bigint, access: Access, isWritable = access === 'write'): number {
    const machine = this.mmu.ram(this.mmu.translate(address, access), isWritable);
    if (machine === undefined) throw this.mmu.accessFault(address, access);
    return machine;
  }

  /** The one or two stretches of RAM of an access, or the guest-physical address of a device. */
  #parts(address: bigint, bytes: number, access: 'read' | 'write'): readonly Part[] | bigint {
    const here = Math.min(bytes, PAGE_BYTES - Number(address & BigInt(PAGE_BYTES - 1)));
    if (here < bytes) {
      const first = { machine: this.#machine(address, access), bytes: here };
      const next = unsigned(8, address + BigInt(here));
      return [first, { machine: this.#machine(next, access), bytes: bytes - here }];
    }
    const physical = this.mmu.translate(address, access);
    const machine = this.mmu.ram(physical, access === 'write');
    if (machine !== undefined) return [{ machine, bytes }];
    if (address % BigInt(bytes) !== 0n) throw this.mmu.accessFault(address, access);
    return physical;
  }

  #read(parts: readonly Part[]): bigint {
    let value = 0n;
    let shift = 0n;
    for (const part of parts) {
      for (let i = 0; i < part.bytes; i++, shift += 8n) {
        value |= BigInt(this.#bytes[part.machine + i] ?? 0) << shift;
      }
    }
    return value;
  }

  #write(parts: readonly Part[], value: bigint): void {
    let rest = value;
    for (const part of parts) {
      for (let i = 0; i < part.bytes; i++, rest >>= 8n) {
        this.#bytes[part.machine + i] = Number(rest & 0xffn);
      }
    }
  }

  /** The first time the run ends; when it goes on, the caller has put the value there. */
  #deviceLoad(physical: bigint, bytes: number): bigint {
    if (this.#takeDeviceAccess()) return unsigned(bytes, this.#context.get('exitValue'));
    return this.#leaveForDevice(physical, bytes, 0, 0n);
  }

  #deviceStore(physical: bigint, bytes: number, value: bigint): void {
    if (!this.#takeDeviceAccess()) this.#leaveForDevice(physical, bytes, 1, value);
  }

  #takeDeviceAccess(): boolean {
    const isReady = this.#context.get32('exitReady') === 1;
    if (isReady) this.#context.set32('exitReady', 0);
    return isReady;
  }

  #leaveForDevice(physical: bigint, bytes: number, write: 0 | 1, value: bigint): never {
    this.#context.set('exitValue', value);
    this.#context.set('exitAddress', physical);
    this.#context.set32('exitBytes', bytes);
    this.#context.set32('exitWrite', write);
    throw new Leave(Exit.Device);
  }

  #atomicLoad(machine: number, bytes: Word): bigint {
    if (bytes === 4) return BigInt(Atomics.load(this.#words, machine >>> 2));
    return Atomics.load(this.#doubles, machine >>> 3);
  }

  #exchange(machine: number, bytes: Word, expected: bigint, value: bigint): boolean {
    if (bytes === 8)
      return Atomics.compareExchange(this.#doubles, machine >>> 3, expected, value) === expected;
    const old = Atomics.compareExchange(this.#words, machine >>> 2, Number(expected), Number(value));
    return old === Number(expected);
  }
}
