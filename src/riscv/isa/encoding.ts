/**
 * The language of the manuals' instruction listings: 'imm[11:0] rs1 000 rd 0010011' read as mask, match and fields.
 *
 * Words of a listing stand from the highest bit to the lowest:
 * - `0110011` bits that must be so;
 * - `rd`, `rs1`, `rs2`, `rs3` registers (5 bits), `rd'` and so on the eight registers x8..x15 (3 bits), `rd/rs1` one
 *   place for both; `≠0` or `≠{0,2}` behind it: these numbers are another instruction or reserved;
 * - `imm[12|10:5]` bits of the immediate; imm and nzimm are sign-extended, uimm, nzuimm and shamt are not; nz: not zero;
 * - `csr`, `rm`, `aq`, `rl`, `fm`, `pred`, `succ` fields of fixed width, also with `≠`. rm 5 and 6 are reserved.
 *
 * Source: Unprivileged ISA 20240411 §2.2–2.3, §28.2 (compressed), §35 (listings).
 */

/** Bits [at+width-1:at] of the instruction are bits [to+width-1:to] of the field. */
export interface Piece {
  readonly at: number;
  readonly width: number;
  readonly to: number;
}

export interface Field {
  readonly pieces: readonly Piece[];
  /** The highest bit of the field is its sign. */
  readonly signed: boolean;
  /** Added to what is encoded: 8 for the short register numbers. */
  readonly base: number;
}

/** Bits under `mask` equal to `match`; both unsigned. */
export interface Match {
  readonly mask: number;
  readonly match: number;
}

export interface Pattern extends Match {
  /** What the bits also allow, but is another instruction or reserved. */
  readonly except: readonly Match[];
  readonly fields: ReadonlyMap<string, Field>;
}

const FIXED_WIDTH: Readonly<Record<string, number>> = {
  csr: 12,
  rm: 3,
  aq: 1,
  rl: 1,
  fm: 4,
  pred: 4,
  succ: 4,
};
const RESERVED_ROUNDING = [5, 6];
const REGISTER = /^((?:rd|rs[123])'?(?:\/(?:rd|rs[123])'?)?)(?:≠\{?([\d,]+)\}?)?$/;
const FIXED = /^([a-z]+)(?:≠\{?([\d,]+)\}?)?$/;
const IMMEDIATE = /^(nz)?(imm|uimm|shamt)\[([\d:|]+)\]$/;

/** One word of a listing: its width, and what it says about the bits from `at` up. */
interface Word {
  readonly width: number;
  place(at: number, into: Draft): void;
}

interface Draft {
  mask: number;
  match: number;
  readonly except: Match[];
  readonly fields: Map<string, Field>;
  /** Bits of an immediate that must not all be zero. */
  nonzero: number;
}

const ones = (width: number): number => (width === 32 ? 0xffff_ffff : 2 ** width - 1);
const bitsAt = (at: number, width: number): number => (ones(width) << at) >>> 0;

const literal = (bits: string): Word => ({
  width: bits.length,
  place(at, into) {
    into.mask = (into.mask | bitsAt(at, bits.length)) >>> 0;
    into.match = (into.match | (Number.parseInt(bits, 2) << at)) >>> 0;
  },
});

function register(names: string, excluded: string | undefined): Word {
  const width = names.includes("'") ? 3 : 5;
  return {
    width,
    place(at, into) {
      const field: Field = { pieces: [{ at, width, to: 0 }], signed: false, base: width === 3 ? 8 : 0 };
      for (const name of names.replaceAll("'", '').split('/')) into.fields.set(name, field);
      for (const number of excluded?.split(',') ?? []) exclude(into, at, width, Number(number));
    },
  };
}

function fixed(name: string, width: number, excluded: string | undefined): Word {
  return {
    width,
    place(at, into) {
      into.fields.set(name, { pieces: [{ at, width, to: 0 }], signed: false, base: 0 });
      for (const number of excluded?.split(',') ?? []) exclude(into, at, width, Number(number));
      if (name === 'rm') for (const mode of RESERVED_ROUNDING) exclude(into, at, width, mode);
    },
  };
}

function exclude(into: Draft, at: number, width: number, value: number): void {
  into.except.push({ mask: bitsAt(at, width), match: (value << at) >>> 0 });
}

/** '12|10:5' as [12,12], [10,5]. */
const ranges = (text: string): [high: number, low: number][] =>
  text.split('|').map((range) => {
    const [high = 0, low = high] = range.split(':').map(Number);
    return [high, low];
  });

function immediate(nonzero: boolean, signed: boolean, text: string): Word {
  const width = ranges(text).reduce((sum, [high, low]) => sum + high - low + 1, 0);
  return {
    width,
    place(at, into) {
      const pieces = [...(into.fields.get('imm')?.pieces ?? [])];
      let top = at + width;
      for (const [high, low] of ranges(text)) {
        top -= high - low + 1;
        pieces.push({ at: top, width: high - low + 1, to: low });
      }
      into.fields.set('imm', { pieces, signed, base: 0 });
      if (nonzero) into.nonzero = (into.nonzero | bitsAt(at, width)) >>> 0;
    },
  };
}

function word(text: string): Word {
  if (/^[01]+$/.test(text)) return literal(text);
  const asRegister = REGISTER.exec(text);
  if (asRegister) return register(asRegister[1] ?? '', asRegister[2]);
  const asImmediate = IMMEDIATE.exec(text);
  if (asImmediate) return immediate(!!asImmediate[1], asImmediate[2] === 'imm', asImmediate[3] ?? '');
  const [, name = '', excluded] = FIXED.exec(text) ?? [];
  const width = FIXED_WIDTH[name];
  if (width) return fixed(name, width, excluded);
  throw new Error(`Cannot read encoding: "${text}" is neither bits nor a field`);
}

/**
 * Reads a listing.
 * @param width bits of the instruction; a listing of another width is an error.
 */
export function parseEncoding(encoding: string, width: 16 | 32): Pattern {
  const into: Draft = { mask: 0, match: 0, except: [], fields: new Map(), nonzero: 0 };
  let at = width as number;
  for (const text of encoding.trim().split(/\s+/)) {
    const part = word(text);
    at -= part.width;
    part.place(at, into);
  }
  if (at !== 0)
    throw new Error(`Cannot read encoding "${encoding}": it has ${width - at} bits, not ${width}`);
  if (into.nonzero) into.except.push({ mask: into.nonzero, match: 0 });
  return { mask: into.mask, match: into.match, except: into.except, fields: into.fields };
}

/** Whether a word is what the pattern says. */
export function matches(pattern: Pattern, bits: number): boolean {
  const under = (one: Match): boolean => (bits & one.mask) >>> 0 === one.match;
  return under(pattern) && !pattern.except.some(under);
}
