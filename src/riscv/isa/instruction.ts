/** A row of the instruction table: name, the manual's encoding, and a meaning that is generic in its value type. */
import type { Pattern } from './encoding.ts';
import { parseEncoding } from './encoding.ts';
import type { Meaning } from './semantics.ts';

export interface Instruction {
  /** As in the manual: 'addi', 'fadd.d', 'lr.w'. */
  readonly name: string;
  /** 'I', 'M', 'Zicsr' …; 'S' for the privileged architecture's. */
  readonly extension: string;
  /** The manual's listing, e.g. 'imm[11:0] rs1 000 rd 0010011'. */
  readonly encoding: string;
  /** Unsigned 32 bits; a match may still be excluded by `pattern.except`. */
  readonly mask: number;
  readonly match: number;
  readonly pattern: Pattern;
  /** Names of the fields that occur: rd, rs1, rs2, rs3, imm (under all its names), csr, rm, aq, rl, … */
  readonly fields: ReadonlySet<string>;
  /** Illegal while sstatus.FS is off. */
  readonly float: boolean;
  readonly meaning: Meaning;
}

type InstructionRow = (name: string, encoding: string, meaning: Meaning) => Instruction;

/**
 * The row constructor of one extension.
 * @param float the extension's instructions need sstatus.FS.
 */
export const rowsOf =
  (extension: string, float = false): InstructionRow =>
  (name, encoding, meaning) => {
    const pattern = parseEncoding(encoding, 32);
    const { mask, match } = pattern;
    return {
      name,
      extension,
      encoding,
      mask,
      match,
      pattern,
      fields: new Set(pattern.fields.keys()),
      float,
      meaning,
    };
  };

/** Operands that a compressed form does not encode because they are always the same. */
export interface ImpliedOperands {
  readonly rd?: number;
  readonly rs1?: number;
  readonly rs2?: number;
  readonly imm?: number;
}

/** A 16-bit form: the meaning of a 32-bit row, with its operands found elsewhere. */
export interface Compressed {
  readonly name: string;
  readonly encoding: string;
  readonly mask: number;
  readonly match: number;
  readonly pattern: Pattern;
  readonly expandsTo: Instruction;
  readonly implied: ImpliedOperands;
}

/**
 * The row constructor of compressed forms.
 * @param rows what they may expand to, by name; an unknown name is an error.
 */
export function compressedOf(
  rows: readonly Instruction[],
): (name: string, encoding: string, expandsTo: string, implied?: ImpliedOperands) => Compressed {
  const byName = new Map(rows.map((row) => [row.name, row]));
  return (name, encoding, target, implied = {}) => {
    const expandsTo = byName.get(target);
    if (!expandsTo) throw new Error(`Cannot expand ${name}: there is no instruction ${target}`);
    const pattern = parseEncoding(encoding, 16);
    return { name, encoding, mask: pattern.mask, match: pattern.match, pattern, expandsTo, implied };
  };
}
