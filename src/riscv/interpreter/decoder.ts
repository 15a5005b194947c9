/**
 * Decodes lines of code into decoded pages, as a function of the core: a boot meets 360,000 instructions, in 80,000 different words.
 *
 * What a 32-bit instruction becomes is found by its opcode, funct3 and, where these leave a choice, funct7: a form says how its
 * operands are taken from the word. What a 16-bit one becomes is found by the instruction itself. Both tables are filled by
 * JavaScript (`EntryWriter`) as words are met, which also writes the entries of what no form says, such as CSRs.
 */
import type { Core } from '../core/core-functions.ts';
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import type { Piece } from '../isa/encoding.ts';
import type { Instruction } from '../isa/instruction.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import { i32, load, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';

/** How far ahead of the hart a line of code is decoded, in instructions. */
const LINE_LENGTH = 24;

/** Set in the opcode of what is written to the tables: nothing behind it is decoded with it; it is a jump, far as it stands. */
export const ENDS = 0x2000;
export const RELATIVE = 0x1000;

/**
 * A form: opcode with ENDS and RELATIVE u16, its layout u8, the register that stands for an rd of x0 u8, and bits of the word that
 * are operands u32. Opcodes that are none: nothing is known; see the table by funct7; the word has to be taken apart.
 */
export const FORM_BYTES = 8;
export const FORM = { opcode: 0, layout: 2, sink: 3, operands: 4 } as const;
export const FORM_SPECIAL = { Unknown: 0, ByFunct7: 1, ByWord: 2 } as const;

/** Bits of a 32-bit instruction that choose the form in the first table, and in the second. */
export const FIRST_KEY = 0x707f;
export const SECOND_KEY = 0xfe00_707f;

/** Where the operands of every 32-bit form stand. Source: Unprivileged ISA 20240411 §2.2. */
export const OPERAND_AT = { rd: 7, rs1: 15, rs2: 20, rs3: 27, rm: 12 } as const;

/** How the second half of an entry comes from the word. */
interface Layout {
  /** Bits of the immediate; none: rs2, rs3 and rm stand there. */
  readonly pieces: readonly Piece[];
  readonly signed: boolean;
  /** There is rs2 as well, in the place of rd. */
  readonly hasSource: boolean;
}

function layoutOf({ pattern, fields }: Instruction): Layout {
  const { pieces = [], signed = false } = pattern.fields.get('imm') ?? {};
  return { pieces, signed, hasSource: pieces.length > 0 && fields.has('rs2') };
}

const byRow = INSTRUCTIONS.map((row) => JSON.stringify(layoutOf(row)));
const distinct = [...new Set(byRow)];
const LAYOUTS = distinct.map((one): Layout => JSON.parse(one));

/** The number of a row's layout. @param index - of the row in INSTRUCTIONS. */
export const layoutNumber = (index: number): number => distinct.indexOf(byRow[index] as string);

const add = (a: Node, b: Node): Node => op('i32', Op.i32_add, a, b);
const and = (a: Node, mask: number): Node => op('i32', Op.i32_and, a, i32(mask));
const or = (a: Node, b: Node): Node => op('i32', Op.i32_or, a, b);
const shl = (a: Node, by: number): Node => op('i32', Op.i32_shl, a, i32(by));
const shr = (a: Node, by: number): Node => op('i32', Op.i32_shr_u, a, i32(by));
const word32 = (at: Node, offset = 0): Node => load('i32', Op.i32_load, at, offset);
const isSet = (a: Node, mask: number): Node => and(a, mask);

interface Writing {
  readonly f: FunctionBuilder;
  readonly core: Core;
  /** i32: the instruction. */
  readonly word: Node;
  /** i32: the form, or the place of a 16-bit instruction. */
  readonly place: Node;
  /** i32: both halves of the entry, ENDS and RELATIVE in the first. */
  readonly first: Node;
  readonly second: Node;
}

/** decode(decoded page, entry): decodes from there on, until the line's end or what is decoded already. */
export function defineDecode(core: Core): void {
  core.define('decode', (f) => {
    const [page, entry] = [f.param(0), f.param(1)];
    const [word, place, first, second] = [0, 1, 2, 3].map(() => f.local('i32')) as [Node, Node, Node, Node];
    const w = { f, core, word, place, first, second };
    f.if(word32(page, L.DECODED_STALE_TO), () => f.call(core.index.renewPage, [page]));
    f.store(Op.i32_store, page, L.DECODED_WORN, i32(0));
    const end = f.let(add(page, i32(L.END_SLOT * L.ENTRY_BYTES)));
    const offset = f.let(shr(op('i32', Op.i32_sub, entry, page), L.ENTRY_SHIFT - 1));
    const left = f.let(i32(LINE_LENGTH));
    const length = f.local('i32');
    f.loop((again) => {
      f.if(load('i32', Op.i32_load16_u, entry), () => {
        pair(w, entry, offset);
        f.return();
      });
      const at = f.let(add(add(page, i32(L.DECODED_COPY)), offset));
      f.set(word, load('i32', Op.i32_load16_u, at));
      f.if(
        op('i32', Op.i32_eq, and(word, 3), i32(3)),
        () => {
          f.if(op('i32', Op.i32_eq, offset, i32(PAGE_BYTES - 2)), () => {
            f.store(Op.i32_store16, entry, L.Entry.op, i32(L.Special.Straddle));
            askForBreak(w, entry, offset);
            f.return();
          });
          f.set(word, word32(at));
          f.set(length, i32(4));
          writeWide(w);
        },
        () => {
          f.set(length, i32(2));
          writeShort(w);
        },
      );
      writeEntry(w, entry, offset);
      pair(w, entry, offset);
      askForBreak(w, entry, offset);
      f.if(isSet(first, ENDS), () => f.return());
      f.set(offset, add(offset, length));
      f.set(entry, add(entry, shl(length, L.ENTRY_SHIFT - 1)));
      f.set(left, op('i32', Op.i32_sub, left, i32(1)));
      f.if(op('i32', Op.i32_eqz, left), () => f.return());
      f.brIf(again, op('i32', Op.i32_lt_u, entry, end));
    });
  });
}

/** Opcodes of entries have no flags but those of breakpoints and regions. A jump whose target is in the page gets its near form. */
function writeEntry({ f, first, second }: Writing, entry: Node, offset: Node): void {
  const opcode = f.let(and(first, ~(ENDS | RELATIVE)));
  f.if(isSet(first, RELATIVE), () =>
    f.if(op('i32', Op.i32_lt_u, add(offset, second), i32(PAGE_BYTES)), () => {
      f.set(opcode, add(opcode, i32(1)));
      f.set(second, shl(second, L.ENTRY_SHIFT - 1));
    }),
  );
  f.store(Op.i32_store, entry, L.Entry.imm, second);
  f.store(Op.i32_store, entry, L.Entry.op, opcode);
  f.release(opcode);
}

/**
 * Entries that end where this one begins do it as well, where there is a handler for both. Where breakpoints are each is asked about by
 * itself.
 */
function pair({ f, core }: Writing, entry: Node, offset: Node): void {
  const { area } = core;
  const second = f.let(load('i32', Op.i32_load16_u, entry));
  const first = f.local('i32');
  const isAlone = or(word32(i32(0), area.breaking), op('i32', Op.i32_ge_u, second, i32(L.OPCODES)));
  f.if(op('i32', Op.i32_eqz, isAlone), () => {
    for (let back = 1; back <= L.PAIR_REACH; back++) {
      f.if(op('i32', Op.i32_ge_u, offset, i32(back * 2)), () => {
        const before = f.let(op('i32', Op.i32_sub, entry, i32(back * L.ENTRY_BYTES)));
        f.set(first, load('i32', Op.i32_load16_u, before));
        f.if(op('i32', Op.i32_lt_u, first, i32(L.PAIR_FIRSTS)), () => {
          const at = shl(or(shl(first, L.OPCODES_SHIFT), second), 1);
          f.set(first, load('i32', Op.i32_load16_u, at, area.pairs + (back - 1) * L.PAIRS_BYTES));
          f.if(first, () => f.store(Op.i32_store16, before, L.Entry.op, first));
        });
        f.release(before);
      });
    }
  });
  f.release(first);
  f.release(second);
}

function askForBreak({ f, core }: Writing, entry: Node, offset: Node): void {
  f.unlikely(word32(i32(0), core.area.breaking), () => f.call(core.index.flagBreak, [entry, offset]));
}

function writeShort({ f, core, word, place, first, second }: Writing): void {
  f.set(place, add(shl(word, L.ENTRY_SHIFT), i32(core.area.shorts)));
  f.unlikely(op('i32', Op.i32_eqz, word32(place)), () => f.call(core.index.decodeWord, [place, word]));
  f.set(first, word32(place));
  f.set(second, word32(place, L.Entry.imm));
}

function writeWide(w: Writing): void {
  const { f, core, word, place, first } = w;
  const { forms } = core.area;
  const key = or(and(shr(word, 2), 0x1f), and(shr(word, 7), 0xe0));
  const look = (): void => {
    f.unlikely(op('i32', Op.i32_eqz, word32(place)), () => f.call(core.index.learnForm, [word]));
    f.set(first, word32(place));
  };
  f.set(place, add(shl(key, 3), i32(forms)));
  look();
  f.if(op('i32', Op.i32_eq, first, i32(FORM_SPECIAL.ByFunct7)), () => {
    f.set(place, add(shl(or(key, shl(shr(word, 25), 8)), 3), i32(forms + L.FIRST_FORMS * FORM_BYTES)));
    look();
  });
  f.block((done) => {
    f.if(op('i32', Op.i32_eq, first, i32(FORM_SPECIAL.ByWord)), () => {
      f.set(place, i32(core.area.word));
      f.call(core.index.decodeWord, [place, word]);
      f.set(first, word32(place));
      f.set(w.second, word32(place, L.Entry.imm));
      f.br(done);
    });
    writeByForm(w, done);
  });
}

/** Takes the operands from the word as the form in `first`, at `place`, says. */
function writeByForm({ f, word, place, first, second }: Writing, done: Label): void {
  const operands = f.let(op('i32', Op.i32_and, word, word32(place, FORM.operands)));
  const register = (name: keyof typeof OPERAND_AT): Node => and(shr(operands, OPERAND_AT[name]), 0x1f);
  const [number, layout] = [f.let(register('rd')), f.let(and(shr(first, 16), 0xff))];
  f.set(number, op('i32', Op.select, number, shr(first, 24), number));
  f.set(first, or(and(first, 0xffff), shl(register('rs1'), 24)));
  const labels: Label[] = [];
  const nest = (at: number): void => {
    const one = LAYOUTS[at];
    if (!one) return f.brTable(layout, labels, labels[0] as Label);
    f.block((label) => {
      labels.push(label);
      nest(at + 1);
    });
    const inThird = one.hasSource ? register('rs2') : number;
    f.set(first, or(first, shl(inThird, 16)));
    const others = or(
      register('rs2'),
      or(shl(register('rs3'), 8), shl(and(shr(operands, OPERAND_AT.rm), 7), 16)),
    );
    f.set(second, one.pieces.length === 0 ? others : immediate(one, word));
    f.br(done);
  };
  nest(0);
}

function immediate({ pieces, signed }: Layout, word: Node): Node {
  const value = pieces
    .map(({ at, width, to }) => shl(and(shr(word, at), 2 ** width - 1), to))
    .reduce((all, one) => or(all, one));
  const above = 32 - Math.max(...pieces.map(({ to, width }) => to + width));
  return signed ? op('i32', Op.i32_shr_s, shl(value, above), i32(above)) : value;
}
