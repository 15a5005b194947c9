/**
 * Writes entries of decoded pages. Programs are made of few words: what a word becomes is remembered, so that most
 * instructions are not taken apart again.
 */
import * as L from '../core/layout.ts';
import { X_REGISTERS, X_SINK } from '../hart/context.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { CSRS } from '../isa/csr.ts';
import { type Decoded, decode } from '../isa/decode.ts';
import { ILLEGAL, INSTRUCTIONS } from '../isa/table.ts';
import { writesCsr } from '../isa/zicsr.ts';
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

/** Words that are remembered: each has one place, a power of two. */
const PLACES = 4096;
const HASH_SHIFT = 32 - Math.log2(PLACES);
const HASH_FACTOR = 0x9e37_79b1;

/**
 * 32-bit words of a place: the instruction; its entry, where a jump is far; the opcode where a jump is near, 0 when there is none; the
 * immediate; the length, 0 for an empty place, with ENDS.
 */
const Place = { word: 0, first: 1, second: 2, nearOpcode: 3, imm: 4, length: 5 } as const;
const PLACE_SHIFT = 3;
/** No instruction behind this one is decoded with it. */
const ENDS = 8;

export class EntryWriter {
  readonly #table: HandlerTable;
  readonly #half: Uint16Array;
  readonly #word: Int32Array;
  readonly #known = new Int32Array(PLACES << PLACE_SHIFT);
  readonly #hasCsr = INSTRUCTIONS.map((row) => row.fields.has('csr'));
  readonly #isRelative = INSTRUCTIONS.map(isRelativeJump);
  /** Also at branches: what lies behind them may never be met, and translation looks at what was decoded. */
  readonly #endsLine = INSTRUCTIONS.map((row) => ENDS_LINE.has(row.name) || isRelativeJump(row));
  readonly #writesF: boolean[];

  constructor(memory: ArrayBufferLike, table: HandlerTable) {
    this.#table = table;
    this.#half = new Uint16Array(memory);
    this.#word = new Int32Array(memory);
    this.#writesF = INSTRUCTIONS.map((row) => table.writesF.has(row));
  }

  /**
   * Writes the entry of an instruction.
   * @param bits the 32 bits there; the upper half is ignored for 16-bit forms
   * @param offset of the instruction in its page; below 0 where jumps must go by virtual address
   * @param flag added to the opcode
   * @returns its length; 0 when what follows is not to be decoded with it.
   */
  write(entry: number, bits: number, offset: number, flag: number): number {
    const word = (bits & 3) === 3 ? bits : bits & 0xffff;
    const place = (Math.imul(word, HASH_FACTOR) >>> HASH_SHIFT) << PLACE_SHIFT;
    const known = this.#known;
    if (known[place + Place.word] !== word || known[place + Place.length] === 0) this.#learn(place, word);
    const imm = known[place + Place.imm] as number;
    const target = offset < 0 ? -1 : offset + imm;
    const nearOpcode = known[place + Place.nearOpcode] as number;
    const isNear = nearOpcode !== 0 && target >= 0 && target < PAGE_BYTES;
    const to = entry >>> 2;
    this.#word[to + 1] = isNear ? imm << (L.ENTRY_SHIFT - 1) : (known[place + Place.second] as number);
    this.#word[to] = known[place + Place.first] as number;
    if (isNear) this.#half[entry >>> 1] = nearOpcode;
    if (flag !== 0) this.#half[entry >>> 1] = (this.#half[entry >>> 1] as number) | flag;
    const length = known[place + Place.length] as number;
    return (length & ENDS) === 0 ? length : 0;
  }

  #learn(place: number, word: number): void {
    const one = decode(word);
    const hasCsr = this.#hasCsr[one.index] as boolean;
    const index = hasCsr && isIllegalCsr(one) ? ILLEGAL_INDEX : one.index;
    const isRelative = this.#isRelative[index] as boolean;
    const destination = one.rd === 0 && !this.#writesF[index] ? SINK : one.rd;
    const third = rs2Place(one.row) === L.Entry.rd ? one.rs2 : destination;
    const ends = this.#endsLine[one.index] ? ENDS : 0;
    this.#known.set(
      [
        word,
        this.#table.opcode(index, one.length, false) | (third << 16) | (one.rs1 << 24),
        second(one, hasCsr),
        isRelative ? this.#table.opcode(index, one.length, true) : 0,
        one.imm,
        one.length | ends,
      ],
      place,
    );
  }
}

/** The second half of an entry. */
function second(one: Decoded, hasCsr: boolean): number {
  if (hasCsr) return one.imm | (csrPlaceOf(one) << 16) | ((writesCsr(one.word) ? 1 : 0) << 24);
  return one.row.fields.has('imm') ? one.imm : one.rs2 | (one.rs3 << 8) | (one.rm << 16);
}
