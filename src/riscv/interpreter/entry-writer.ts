/** What instructions become in decoded pages, told to the decoder when it meets the first of a kind. */
import type { CodeArea } from '../core/layout.ts';
import * as L from '../core/layout.ts';
import { X_REGISTERS, X_SINK } from '../hart/context.ts';
import { CSRS } from '../isa/csr.ts';
import { type Decoded, decode, type KeyedForm, keyedForm } from '../isa/decode.ts';
import type { Instruction } from '../isa/instruction.ts';
import { isStoreLoadFence } from '../isa/rv64i.ts';
import { ILLEGAL, INSTRUCTIONS } from '../isa/table.ts';
import { writesCsr } from '../isa/zicsr.ts';
import {
  ENDS,
  FIRST_KEY,
  FORM,
  FORM_BYTES,
  FORM_SPECIAL,
  layoutNumber,
  RELATIVE,
  SECOND_KEY,
} from './decoder.ts';
import { type HandlerTable, isRelativeJump, rs2Place } from './handler-table.ts';

/** The number of the register that takes what is written to x0. */
const SINK = (X_SINK - X_REGISTERS) / 8;
const ILLEGAL_INDEX = INSTRUCTIONS.indexOf(ILLEGAL);
const CSR_READ_ONLY = 3;

const csrPlaces = new Map(CSRS.map((csr, place) => [csr.address, place]));

/** The CSR's place in CSRS, for one that exists. */
export const csrPlaceOf = (one: Decoded): number => csrPlaces.get(one.csr) ?? 0;

/** What cannot be executed whatever the hart's state: no such CSR, or a write to one that is read-only. */
export function isIllegalCsr(one: Decoded): boolean {
  if (!csrPlaces.has(one.csr)) return true;
  return writesCsr(one.word) && one.csr >>> 10 === CSR_READ_ONLY;
}

const ENDS_LINE = new Set(['jalr', 'sret', 'illegal', 'ecall', 'ebreak']);

/** Also at branches: what lies behind them may never be met, and translation looks at what was decoded. */
const endsLine = (row: Instruction): boolean => ENDS_LINE.has(row.name) || isRelativeJump(row);

/** What the decoder is told of a row. */
interface Traits {
  readonly hasCsr: boolean;
  readonly flags: number;
  /** The register that stands for x0 as rd. */
  readonly sink: number;
}

export class EntryWriter {
  readonly #table: HandlerTable;
  readonly #area: CodeArea;
  readonly #word: Int32Array;
  readonly #traits: readonly Traits[];

  constructor(memory: ArrayBufferLike, area: CodeArea, table: HandlerTable) {
    this.#table = table;
    this.#area = area;
    this.#word = new Int32Array(memory);
    this.#traits = INSTRUCTIONS.map((row) => ({
      hasCsr: row.fields.has('csr'),
      flags: (endsLine(row) ? ENDS : 0) | (isRelativeJump(row) ? RELATIVE : 0),
      sink: table.writesF.has(row) ? 0 : SINK,
    }));
    this.#tellPairs(memory);
  }

  /** An entry behind another may do its own successor as well. */
  #tellPairs(memory: ArrayBufferLike): void {
    const half = new Uint16Array(memory);
    const { firsts, pairs } = this.#area;
    const table = this.#table;
    const seconds = new Map<number, number[]>();
    const all = table.pairs.map(({ first, second }, place) => {
      const opcodes = {
        table: (pairs + (first.length / 2 - 1) * L.PAIRS_BYTES) >>> 1,
        pair: table.pairOpcode(place),
        first: table.opcodeOf(first),
        second: table.opcodeOf(second),
      };
      half[(firsts >>> 1) + opcodes.pair] = opcodes.first;
      seconds.set(opcodes.first, [...(seconds.get(opcodes.first) ?? [opcodes.first]), opcodes.pair]);
      return opcodes;
    });
    for (const { table: start, pair, first, second } of all) {
      for (const behind of seconds.get(second) ?? [second]) {
        half[start + ((first << L.OPCODES_SHIFT) | behind)] = pair;
      }
    }
  }

  /** Writes the entry that an instruction becomes, with the decoder's flags; jumps are far. */
  decodeWord(at: number, word: number): void {
    const one = decode(word);
    const { hasCsr, flags, sink } = this.#traits[one.index] as Traits;
    const index = hasCsr && isIllegalCsr(one) ? ILLEGAL_INDEX : one.index;
    const opcode = this.#table.opcode(index, one.length, false) | flags;
    const third = rs2Place(one.row) === L.Entry.rd ? one.rs2 : one.rd || sink;
    this.#word[at >>> 2] = opcode | (third << 16) | (one.rs1 << 24);
    this.#word[(at >>> 2) + 1] = second(one, hasCsr);
  }

  /** The same for an instruction that straddles a page's end, which is an entry as it stands. */
  decodeStraddle(at: number, word: number): void {
    this.decodeWord(at, word);
    this.#word[at >>> 2] = (this.#word[at >>> 2] as number) & ~(ENDS | RELATIVE);
  }

  /** Writes the form of a 32-bit instruction to the tables in which the decoder looks for it. */
  learnForm(word: number): void {
    const { forms } = this.#area;
    const first = ((word >>> 2) & 0x1f) | ((word >>> 7) & 0xe0);
    const form = keyedForm(word, FIRST_KEY);
    if (form) return this.#keep(forms + first * FORM_BYTES, form);
    this.#word[(forms + first * FORM_BYTES) >>> 2] = FORM_SPECIAL.ByFunct7;
    const second = forms + (L.FIRST_FORMS + (first | ((word >>> 25) << 8))) * FORM_BYTES;
    const exact = keyedForm(word, SECOND_KEY);
    if (exact) this.#keep(second, exact);
    else this.#word[second >>> 2] = FORM_SPECIAL.ByWord;
  }

  #keep(at: number, { index, operands }: KeyedForm): void {
    const { flags, sink } = this.#traits[index] as Traits;
    const opcode = this.#table.opcode(index, 4, false) | flags;
    this.#word[at >>> 2] = opcode | (layoutNumber(index) << 16) | (sink << 24);
    this.#word[(at + FORM.operands) >>> 2] = operands;
  }
}

/** The second half of an entry. */
function second(one: Decoded, hasCsr: boolean): number {
  if (hasCsr) return one.imm | (csrPlaceOf(one) << 16) | ((writesCsr(one.word) ? 1 : 0) << 24);
  if (one.row.fields.has('succ')) return isStoreLoadFence(one.word) ? 1 : 0;
  return one.row.fields.has('imm') ? one.imm : one.rs2 | (one.rs3 << 8) | (one.rm << 16);
}
