/** Reads back what ModuleBuilder writes: imported functions and the instructions of each body. Source: WebAssembly 3.0 §5. */
import { Op } from './opcodes.ts';

export interface Instruction {
  /** As in Op: prefixed ones have their prefix in the high bits. */
  readonly op: number;
  /** Index, depth or constant; the offset of a memory access. */
  readonly value: bigint;
  /** Type of a block; -0x40 (0x40 signed) is none. */
  readonly blockType?: number;
  /** Where it stands in the module, for messages. */
  readonly at: number;
}

export interface ModuleText {
  /** Names of imported functions; a body's index is its place behind them. */
  readonly imports: readonly string[];
  /** Names of imported globals, each with that of the module that it comes from, as `module.name`. */
  readonly globals: readonly string[];
  readonly bodies: readonly (readonly Instruction[])[];
}

const Section = { import: 2, code: 10 } as const;
const External = { function: 0, table: 1, memory: 2, global: 3 } as const;
const HEADER_BYTES = 8;
const HAS_MAXIMUM = 1;
const text = new TextDecoder();

const [FC, FD, FE] = [0xfc, 0xfd, 0xfe];
const isMemoryOp = (op: number): boolean => (op >= Op.i32_load && op <= Op.i64_store32) || op >>> 8 === FE;
const HAS_INDEX: ReadonlySet<number> = new Set([
  ...[Op.br, Op.br_if, Op.call, Op.local_get, Op.local_set, Op.local_tee, Op.global_get, Op.global_set],
]);
const HAS_TWO: ReadonlySet<number> = new Set([Op.call_indirect, Op.return_call_indirect]);
const IS_BLOCK: ReadonlySet<number> = new Set([Op.block, Op.loop, Op.if]);
const HAS_LANE: ReadonlySet<number> = new Set([Op.f64x2_extract_lane, Op.f32x4_extract_lane]);

export class ModuleReader {
  readonly #bytes: Uint8Array;
  #at = HEADER_BYTES;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): ModuleText {
    let imports: string[] = [];
    let globals: string[] = [];
    let bodies: Instruction[][] = [];
    while (this.#at < this.#bytes.length) {
      const id = this.#byte();
      const end = this.#u32() + this.#at;
      if (id === Section.import) ({ imports, globals } = this.#imports());
      if (id === Section.code) bodies = Array.from({ length: this.#u32() }, () => this.#body());
      this.#at = end;
    }
    return { imports, globals, bodies };
  }

  #imports(): { imports: string[]; globals: string[] } {
    const [imports, globals]: [string[], string[]] = [[], []];
    for (let rest = this.#u32(); rest > 0; rest--) {
      const [from, name, kind] = [this.#name(), this.#name(), this.#byte()];
      this.#skipImport(kind);
      if (kind === External.function) imports.push(name);
      if (kind === External.global) globals.push(`${from}.${name}`);
    }
    return { imports, globals };
  }

  /** Function: its type. Global: type, whether it changes. Memory: limits. Table: type of its elements, limits. */
  #skipImport(kind: number): void {
    if (kind === External.function) return void this.#u32();
    if (kind === External.global) return void (this.#at += 2);
    if (kind === External.table) this.#byte();
    const flags = this.#byte();
    this.#u32();
    if (flags & HAS_MAXIMUM) this.#u32();
  }

  #body(): Instruction[] {
    const end = this.#u32() + this.#at;
    for (let groups = this.#u32(); groups > 0; groups--) {
      this.#u32();
      this.#byte();
    }
    const all: Instruction[] = [];
    while (this.#at < end) all.push(this.#instruction());
    return all;
  }

  #instruction(): Instruction {
    const at = this.#at;
    const op = this.#opcode();
    if (IS_BLOCK.has(op)) return { op, value: 0n, blockType: Number(this.#signed()), at };
    return { op, value: this.#immediate(op), at };
  }

  #immediate(op: number): bigint {
    if (op === Op.i32_const || op === Op.i64_const) return this.#signed();
    if (HAS_INDEX.has(op)) return BigInt(this.#u32());
    if (isMemoryOp(op)) {
      this.#u32();
      return BigInt(this.#u32());
    }
    if (HAS_TWO.has(op)) {
      const type = this.#u32();
      this.#u32();
      return BigInt(type);
    }
    if (op === Op.br_table) for (let rest = this.#u32(); rest >= 0; rest--) this.#u32();
    if (op === Op.f32_const) this.#at += 4;
    if (op === Op.f64_const) this.#at += 8;
    if (HAS_LANE.has(op) || op === Op.memory_fill) this.#at += 1;
    return 0n;
  }

  #opcode(): number {
    const first = this.#byte();
    if (first !== FC && first !== FD && first !== FE) return first;
    const code = this.#u32();
    return code < 0x100 ? (first << 8) | code : (first << 12) | code;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError(`the module ends at ${this.#bytes.length}, in the middle`);
    return byte;
  }

  #u32(): number {
    return Number(BigInt.asUintN(32, this.#leb().value));
  }

  #signed(): bigint {
    const { value, bits } = this.#leb();
    return BigInt.asIntN(bits, value);
  }

  #leb(): { value: bigint; bits: number } {
    let value = 0n;
    for (let bits = 0; ; ) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << BigInt(bits);
      bits += 7;
      if (byte < 0x80) return { value, bits };
    }
  }

  #name(): string {
    const length = this.#u32();
    this.#at += length;
    return text.decode(this.#bytes.slice(this.#at - length, this.#at));
  }
}
