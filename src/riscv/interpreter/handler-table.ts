/** Which opcode of a decoded entry stands for which row: each row has a handler for each of its forms. */

import { Entry, SPECIALS } from '../core/layout.ts';
import type { Instruction } from '../isa/instruction.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS } from '../isa/table.ts';
import { PAIRS } from './pairs.ts';

/** One handler: a row with the length of its encoding, and for relative jumps whether the target is in the page. */
export interface Handler {
  readonly row: Instruction;
  readonly length: 2 | 4;
  readonly isNear: boolean;
}

/** A handler of two instructions that stand one behind the other. */
export interface Pair {
  readonly first: Handler;
  readonly second: Handler;
}

const OPCODE_MASK = 0x7f;
const BRANCH = 0x63;
const JAL = 0x6f;

/** Branches and JAL: the target is pc + imm. */
export const isRelativeJump = (row: Instruction): boolean =>
  (row.mask & OPCODE_MASK) === OPCODE_MASK && [BRANCH, JAL].includes(row.match & OPCODE_MASK);

/** Where entries of a row have rs2. */
export const rs2Place = ({ fields }: Instruction): number =>
  fields.has('imm') && fields.has('rs2') ? Entry.rd : Entry.rs2;

function formsOf(row: Instruction, shorts: ReadonlySet<Instruction>): Handler[] {
  const lengths: (2 | 4)[] = shorts.has(row) ? [2, 4] : [4];
  const near = isRelativeJump(row) ? [false, true] : [false];
  return lengths.flatMap((length) => near.map((isNear) => ({ row, length, isNear })));
}

function pairsOf(handlers: readonly Handler[]): Pair[] {
  const usual = handlers.filter(({ row, isNear }) => isNear === isRelativeJump(row));
  const byName = new Map(usual.map((handler) => [`${handler.row.name}.${handler.length}`, handler]));
  const named = (name: string): Handler => {
    const found = byName.get(name);
    if (!found) throw new Error(`there is no handler ${name}`);
    return found;
  };
  return PAIRS.flatMap(([first, seconds]) =>
    seconds.split(' ').map((second) => ({ first: named(first), second: named(second) })),
  );
}

export class HandlerTable {
  readonly handlers: readonly Handler[];
  /** Rows whose rd names a floating-point register; found out while the handlers are written. */
  readonly writesF = new Set<Instruction>();
  /** Their opcodes follow those of the handlers. */
  readonly pairs: readonly Pair[];
  readonly #opcodes: Int16Array;

  constructor() {
    const shorts = new Set([...COMPRESSED.map((short) => short.expandsTo), ILLEGAL]);
    this.handlers = INSTRUCTIONS.flatMap((row) => formsOf(row, shorts));
    this.pairs = pairsOf(this.handlers);
    this.#opcodes = new Int16Array(INSTRUCTIONS.length * 4).fill(-1);
    const rowIndex = new Map(INSTRUCTIONS.map((row, index) => [row, index]));
    for (const [place, { row, length, isNear }] of this.handlers.entries()) {
      this.#opcodes[this.#place(rowIndex.get(row) ?? 0, length, isNear)] = SPECIALS + place;
    }
  }

  opcodeOf(handler: Handler): number {
    return SPECIALS + this.handlers.indexOf(handler);
  }

  /** @param place - of the pair in `pairs`. */
  pairOpcode(place: number): number {
    return SPECIALS + this.handlers.length + place;
  }

  /** @param index of the row in INSTRUCTIONS. */
  opcode(index: number, length: 2 | 4, isNear: boolean): number {
    return this.#opcodes[this.#place(index, length, isNear)] as number;
  }

  #place(index: number, length: 2 | 4, isNear: boolean): number {
    return index * 4 + (length === 4 ? 2 : 0) + (isNear ? 1 : 0);
  }
}
