/** From rows and operands to instruction words: the inverse of decode, for tests and small programs. */
import type { Field, Pattern } from './encoding.ts';
import { matches } from './encoding.ts';
import { COMPRESSED, INSTRUCTIONS } from './table.ts';

/** Values of an encoding's fields by name; those left out are 0. */
export type FieldValues = Readonly<Record<string, number>>;

const patterns: ReadonlyMap<string, Pattern> = new Map(
  [...INSTRUCTIONS, ...COMPRESSED].map((row) => [row.name, row.pattern]),
);

/** The encoding of an instruction or compressed form; an unknown name is an error. */
export function patternOf(name: string): Pattern {
  const pattern = patterns.get(name);
  if (!pattern) throw new Error(`Cannot encode "${name}": there is no such instruction`);
  return pattern;
}

/**
 * The word of an instruction.
 * @param name of a row, or of a compressed form ('c.addi': 16 bits).
 * @returns unsigned 32 or 16 bits. A value that does not fit its field, or makes a reserved word, is an error.
 */
export function encode(name: string, values: FieldValues = {}): number {
  const pattern = patternOf(name);
  for (const given of Object.keys(values)) {
    if (!pattern.fields.has(given)) throw new Error(`Cannot encode ${name}: it has no field "${given}"`);
  }
  let word = pattern.match;
  for (const [field, how] of pattern.fields) word |= place(name, field, how, values[field] ?? how.base);
  if (!matches(pattern, word)) throw new Error(`Cannot encode ${name}: these operands are reserved`);
  return word >>> 0;
}

/** The field's bits where they stand in the word. */
function place(name: string, field: string, how: Field, value: number): number {
  const encoded = value - how.base;
  let word = 0;
  let covered = 0;
  for (const { at, width, to } of how.pieces) {
    const mask = 2 ** width - 1;
    word |= ((encoded >>> to) & mask) << at;
    covered |= mask << to;
  }
  const top = 32 - Math.clz32(covered);
  const readBack = how.signed ? ((encoded & covered) << (32 - top)) >> (32 - top) : encoded & covered;
  if (readBack !== encoded) throw new Error(`Cannot encode ${name}: ${field} cannot be ${value}`);
  return word;
}
