/** From instruction words to rows and operands. Very hot at boot: tables are built once, a decode allocates only its result. */
import type { Field, Match, Pattern } from './encoding.ts';
import type { Compressed, ImpliedOperands, Instruction } from './instruction.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS } from './table.ts';

export interface Decoded {
  readonly row: Instruction;
  /** Place of the row in INSTRUCTIONS. */
  readonly index: number;
  readonly length: 2 | 4;
  /** Register numbers; 0 where the encoding has none. */
  readonly rd: number;
  readonly rs1: number;
  readonly rs2: number;
  readonly rs3: number;
  /** Rounding mode 0..4, or 7 for the one in frm. */
  readonly rm: number;
  /** Signed 32 bits. */
  readonly imm: number;
  readonly csr: number;
  /** The instruction: 32 bits unsigned, or 16. */
  readonly word: number;
}

/** How to take one small operand from a word: ((word >>> at) & mask) + base. */
interface Operand {
  readonly at: number;
  readonly mask: number;
  readonly base: number;
}

/** All that is needed to test and take apart one encoding. Masks and matches are signed, as `&` gives them. */
interface Form {
  readonly row: Instruction;
  readonly index: number;
  readonly length: 2 | 4;
  readonly mask: number;
  readonly match: number;
  readonly except: readonly Match[];
  readonly rd: Operand;
  readonly rs1: Operand;
  readonly rs2: Operand;
  readonly rs3: Operand;
  readonly rm: Operand;
  readonly csr: Operand;
  /** Triples at, mask, to of the immediate's pieces; the value begins at bit 32 - immShift of its sign. */
  readonly pieces: Int32Array;
  readonly immShift: number;
  readonly immBase: number;
}

const PIECE_WORDS = 3;

function operand(pattern: Pattern, name: string, implied = 0): Operand {
  const field = pattern.fields.get(name);
  const piece = field?.pieces[0];
  if (!field || !piece) return { at: 0, mask: 0, base: implied };
  return { at: piece.at, mask: 2 ** piece.width - 1, base: field.base };
}

/** Shift that brings a signed field's top bit to bit 31; 0 for an unsigned one. */
function signShift(field: Field | undefined): number {
  if (!field?.signed) return 0;
  return 32 - Math.max(...field.pieces.map((piece) => piece.to + piece.width));
}

function form(row: Instruction, pattern: Pattern, length: 2 | 4, implied: ImpliedOperands): Form {
  const imm = pattern.fields.get('imm');
  return {
    row,
    index: INSTRUCTIONS.indexOf(row),
    length,
    mask: pattern.mask | 0,
    match: pattern.match | 0,
    except: pattern.except.map(({ mask, match }) => ({ mask: mask | 0, match: match | 0 })),
    rd: operand(pattern, 'rd', implied.rd),
    rs1: operand(pattern, 'rs1', implied.rs1),
    rs2: operand(pattern, 'rs2', implied.rs2),
    rs3: operand(pattern, 'rs3'),
    rm: operand(pattern, 'rm'),
    csr: operand(pattern, 'csr'),
    pieces: Int32Array.from((imm?.pieces ?? []).flatMap(({ at, width, to }) => [at, 2 ** width - 1, to])),
    immShift: signShift(imm),
    immBase: implied.imm ?? 0,
  };
}

/** Bits that choose a bucket: where they stand in the word. 32-bit forms: opcode, funct3, funct7. */
const WIDE_KEY: readonly number[] = [2, 3, 4, 5, 6, 12, 13, 14, 25, 26, 27, 28, 29, 30, 31];
const wideKey = (word: number): number =>
  ((word >>> 2) & 0x1f) | ((word >>> 7) & 0xe0) | ((word >>> 17) & 0x7f00);
/** 16-bit forms: quadrant, and bits 15:10. */
const SHORT_KEY: readonly number[] = [0, 1, 10, 11, 12, 13, 14, 15];
const shortKey = (word: number): number => (word & 3) | ((word >>> 8) & 0xfc);

/** The forms that words of one key may have. A bucket is filled when it is first looked into: programs need some hundred of 32,768. */
class Buckets {
  readonly #forms: readonly Form[];
  /** The key's bits, where they stand in the word. */
  readonly #mask: number;
  readonly #filled: (readonly Form[] | undefined)[] = [];

  constructor(forms: readonly Form[], keyBits: readonly number[]) {
    this.#forms = forms;
    this.#mask = keyBits.reduce((mask, bit) => mask | (1 << bit), 0);
    // Array.from looks at each of the places, which takes 2 ms.
    this.#filled.length = 2 ** keyBits.length;
  }

  /** @param key - the word's */
  at(key: number, word: number): readonly Form[] {
    const known = this.#filled[key];
    if (known) return known;
    const found = this.#forms.filter(({ mask, match }) => ((word ^ match) & mask & this.#mask) === 0);
    this.#filled[key] = found;
    return found;
  }
}

const wideForms = INSTRUCTIONS.filter((row) => row !== ILLEGAL).map((row) => form(row, row.pattern, 4, {}));
const shortForms = COMPRESSED.map((one: Compressed) => form(one.expandsTo, one.pattern, 2, one.implied));
const WIDE = new Buckets(wideForms, WIDE_KEY);
const SHORT = new Buckets(shortForms, SHORT_KEY);
const ILLEGAL_WIDE = form(ILLEGAL, ILLEGAL.pattern, 4, {});
const ILLEGAL_SHORT = form(ILLEGAL, ILLEGAL.pattern, 2, {});

function find(bucket: readonly Form[], word: number, otherwise: Form): Form {
  for (const one of bucket) {
    if ((word & one.mask) === one.match && !isExcluded(one.except, word)) return one;
  }
  return otherwise;
}

function isExcluded(except: readonly Match[], word: number): boolean {
  for (const one of except) if ((word & one.mask) === one.match) return true;
  return false;
}

const take = (from: Operand, word: number): number => ((word >>> from.at) & from.mask) + from.base;

function immediate(one: Form, word: number): number {
  const { pieces } = one;
  let value = one.immBase;
  for (let i = 0; i < pieces.length; i += PIECE_WORDS) {
    // A triple is always whole.
    value |= ((word >>> (pieces[i] as number)) & (pieces[i + 1] as number)) << (pieces[i + 2] as number);
  }
  return (value << one.immShift) >> one.immShift;
}

/**
 * Takes an instruction apart. Never fails: what matches nothing is the row ILLEGAL.
 * @param word the 32 bits at pc; the upper half is ignored for 16-bit forms.
 */
export function decode(word: number): Decoded {
  const isWide = (word & 3) === 3;
  const bits = isWide ? word | 0 : word & 0xffff;
  const found = isWide
    ? find(WIDE.at(wideKey(bits), bits), bits, ILLEGAL_WIDE)
    : find(SHORT.at(shortKey(bits), bits), bits, ILLEGAL_SHORT);
  return {
    row: found.row,
    index: found.index,
    length: found.length,
    rd: take(found.rd, bits),
    rs1: take(found.rs1, bits),
    rs2: take(found.rs2, bits),
    rs3: take(found.rs3, bits),
    rm: take(found.rm, bits),
    imm: immediate(found, bits),
    csr: take(found.csr, bits),
    word: bits >>> 0,
  };
}

/** How words with the same key are taken apart, where the key is all that it takes to tell their row. */
export interface KeyedForm {
  /** Place of the row in INSTRUCTIONS. */
  readonly index: number;
  /** Bits that are register numbers or a rounding mode, where they stand. */
  readonly operands: number;
}

/** @param key - bits of a 32-bit instruction that are looked at. @returns undefined when words that agree there may differ in their row. */
export function keyedForm(word: number, key: number): KeyedForm | undefined {
  let found: Form | undefined;
  for (const one of wideForms) {
    if (((word ^ one.match) & one.mask & key) !== 0) continue;
    if (found || (one.mask & ~key) !== 0) return undefined;
    found = one;
  }
  if (!found) return undefined;
  if (found.except.length > 0 || found.csr.mask !== 0) return undefined;
  const fields = [found.rd, found.rs1, found.rs2, found.rs3, found.rm];
  const operands = fields.reduce((all, { at, mask }) => all | (mask << at), 0);
  return { index: found.index, operands };
}
