/**
 * The whole state of a hart as plain data in machine memory: one row a field, offsets in bytes from its start.
 *
 * Every field has a slot of 8 bytes, little-endian; fields said to be 32-bit use the low half, the high half is 0.
 * Owner: the engine while a run is under way, its caller between runs.
 */

/** Fields in the order they stand in memory, behind x0..x31, a sink for writes to x0, and f0..f31. */
const NAMES = [
  'pc',
  // What supervisor mode sees. Source: Privileged ISA 20241017 §10.
  'mode', // 32-bit: 0 U, 1 S
  'sstatus', // SIE, SPIE, SPP, SUM, MXR only; FS stands in fs
  'fs', // 32-bit: 0 off, 1 initial, 2 clean, 3 dirty
  'fcsr', // 32-bit: frm in bits 7:5, fflags in bits 4:0
  'sie',
  'sip',
  'stvec',
  'scounteren',
  'senvcfg',
  'sscratch',
  'sepc',
  'scause',
  'stval',
  'satp',
  'stimecmp',
  // Counting. steps = retired + traps; the run's fuel is a number of steps.
  'stepsEnd', // steps at which the fuel of this run is used up: steps = stepsEnd - fuel
  'traps', // traps taken, so retired = steps - traps
  'timeMode', // 32-bit: 0 time = clock + timeOffset, 1 time = (steps >> TIME_SHIFT) + timeOffset
  'timeOffset',
  'trapsInRow', // 32-bit: exceptions in S-mode at one pc without an SRET between
  'lastTrapPc',
  // Reservation of LR/SC: machine address (0 none), its size and the value seen.
  'reservedAddress', // 32-bit
  'reservedBytes', // 32-bit
  'reservedValue',
  // Guest-physical memory: page map (u32 an entry, see kernel/mm), first page number, pages.
  'mapBase', // 32-bit: machine address of the map
  'ramFirstPage',
  'ramPages',
  // What the engine tells its caller when run() returns; see exit.ts.
  'exit', // 32-bit
  'exitAddress', // guest-physical address of a device access or missing page
  'exitValue', // value to store, or the value loaded
  'exitBytes', // 32-bit: width of a device access
  'exitWrite', // 32-bit: 1 store, 0 load
  'exitReady', // 32-bit: 1 the caller has done the device access; the instruction runs again and takes it
  'faultCause',
  'faultAddress',
  // How this hart is used: 1 = user world, ECALL from U leaves the run (kernel/world) in place of a trap.
  'userWorld', // 32-bit
  'hartId',
  // Arguments and result of floating-point operations that leave the fast path.
  'floatA',
  'floatB',
  'floatC',
  'floatResult',
  // TLB bookkeeping: set when an S-mode entry is not global, when any comes from a page above 2 MiB.
  'tlbHasLocal', // 32-bit
  'tlbHasHuge', // 32-bit
  'tlbUsed', // 32-bit: a bit for each data bank, then one for each fetch TLB, that holds anything
  'generation', // 32-bit: the engine (its owner number) that fetch TLB and jump cache belong to; 0 none
  'codeFence', // 32-bit: that engine's fence count when this hart last fenced its code
  'soleWriter', // 32-bit: 1 while nobody writes this hart's memory but it and who tells its engine: fence.i has nothing to find
  'pauses', // 32-bit: so many hints that the hart waits in a loop, and the run ends; 0: it does not
  'mapEpoch', // 32-bit: the page map's epoch when translations were last flushed; see kernel/mm
  // Where a loop that chases pointers found pages too far apart to keep any (core/reach.ts).
  'chaseTlb', // 32-bit: machine address of the TLB's entries that it looked into; 0: there was none
  'chasePage', // the virtual address of one of these pages
] as const;

export type FieldName = (typeof NAMES)[number];

/**
 * Fields that say how an engine works inside or where things are in machine memory: they may differ between runs that
 * no guest can tell apart.
 */
export const NOT_STATE: ReadonlySet<FieldName> = new Set<FieldName>([
  ...([
    'mapBase',
    'mapEpoch',
    'pauses',
    'reservedAddress',
    'generation',
    'codeFence',
    'soleWriter',
    'tlbHasLocal',
    'tlbHasHuge',
    'tlbUsed',
    'chaseTlb',
    'chasePage',
  ] as const),
  ...(['exit', 'exitAddress', 'exitValue', 'exitBytes', 'exitWrite'] as const),
  ...(['floatA', 'floatB', 'floatC', 'floatResult'] as const),
]);

export const X_REGISTERS = 0;
/** Where writes to x0 go: x0's own slot always reads 0. */
export const X_SINK = 32 * 8;
export const F_REGISTERS = X_SINK + 8;
const FIELDS_AT = F_REGISTERS + 32 * 8;

export const FIELDS: readonly FieldName[] = NAMES;
const offsets = Object.fromEntries(NAMES.map((name, index) => [name, FIELDS_AT + index * 8])) as Record<
  FieldName,
  number
>;

/** Offset of a field in bytes from the start of the context. */
export function offsetOf(field: FieldName): number {
  return offsets[field];
}

/** Bytes of architectural and run state; caches that can be dropped (TLBs) follow behind. */
export const STATE_BYTES = FIELDS_AT + NAMES.length * 8;

/** In deterministic runs a tick of the 10 MHz time base lasts 2^TIME_SHIFT steps. */
export const TIME_SHIFT = 7n;
export const TIME_BASE_HZ = 10_000_000;

/** A hart's context seen from JavaScript. */
export class Context {
  readonly address: number;
  readonly #view: DataView;

  /** @param address machine address of the context, 16-byte aligned. */
  constructor(memory: ArrayBufferLike, address: number) {
    this.address = address;
    this.#view = new DataView(memory, address, STATE_BYTES);
  }

  get(field: FieldName): bigint {
    return this.#view.getBigUint64(offsets[field], true);
  }

  set(field: FieldName, value: bigint): void {
    this.#view.setBigUint64(offsets[field], BigInt.asUintN(64, value), true);
  }

  /** The low 32 bits of a field, unsigned. */
  get32(field: FieldName): number {
    return this.#view.getUint32(offsets[field], true);
  }

  /** Sets a 32-bit field (the high half becomes 0). */
  set32(field: FieldName, value: number): void {
    this.#view.setUint32(offsets[field], value, true);
    this.#view.setUint32(offsets[field] + 4, 0, true);
  }

  x(index: number): bigint {
    return this.#view.getBigUint64(X_REGISTERS + index * 8, true);
  }

  setX(index: number, value: bigint): void {
    if (index !== 0) this.#view.setBigUint64(X_REGISTERS + index * 8, BigInt.asUintN(64, value), true);
  }

  f(index: number): bigint {
    return this.#view.getBigUint64(F_REGISTERS + index * 8, true);
  }

  setF(index: number, value: bigint): void {
    this.#view.setBigUint64(F_REGISTERS + index * 8, BigInt.asUintN(64, value), true);
  }
}
