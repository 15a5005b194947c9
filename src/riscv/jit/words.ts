/**
 * Which registers hold words: 32 bits, extended by their sign. What is done with words alone can be done in 32 bits, and
 * need not be extended again.
 */
import type { Decoded } from '../isa/decode.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { Flow } from './structure.ts';

/** A bit a register; that of x0 is always set. */
export type Words = number;

export const NO_WORDS: Words = 1;
const ALL_WORDS: Words = -1;

/** When the result of a row is a word. */
const Gives = { nothing: 0, never: 1, always: 2, ofWords: 3, ofWord: 4, andi: 5, addi: 6, add: 7 } as const;
const ROWS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [
        Gives.always,
        'lb lh lw lbu lhu lui slt slti sltu sltiu addiw slliw srliw sraiw addw subw sllw srlw sraw',
      ],
      [Gives.always, 'mulw divw divuw remw remuw lr.w sc.w sc.d'],
      [Gives.ofWords, 'and or xor'],
      [Gives.ofWord, 'ori xori'],
      [Gives.andi, 'andi'],
      [Gives.addi, 'addi'],
      [Gives.add, 'add'],
    ] as const
  ).flatMap(([gives, names]) => names.split(' ').map((name) => [name, gives])),
);
const GIVES = Uint8Array.from(INSTRUCTIONS, (row) =>
  (usageOf(row) as ReadonlySet<string>).has('rd') ? (ROWS[row.name] ?? Gives.never) : Gives.nothing,
);

/** Which registers hold words behind an instruction. */
export function wordsAfter({ index, rd, rs1, rs2, imm }: Decoded, words: Words): Words {
  const gives = GIVES[index] as number;
  if (gives === Gives.nothing || rd === 0) return words;
  const [one, other] = [(words >>> rs1) & 1, (words >>> rs2) & 1];
  let isWord = gives === Gives.always;
  if (gives === Gives.ofWords) isWord = (one & other) !== 0;
  else if (gives === Gives.ofWord) isWord = one !== 0;
  else if (gives === Gives.andi) isWord = imm >= 0 || one !== 0;
  else if (gives === Gives.addi) isWord = rs1 === 0 || (imm === 0 && one !== 0);
  else if (gives === Gives.add) isWord = (rs1 === 0 && other !== 0) || (rs2 === 0 && one !== 0);
  return isWord ? words | (1 << rd) : words & ~(1 << rd);
}

/** Which registers hold words where each block begins, by its order: whatever way control came there. */
export function wordsAtStarts({ nodes }: Flow): Int32Array {
  const starts = new Int32Array(nodes.size).fill(ALL_WORDS);
  starts[0] = NO_WORDS;
  for (let changed = true; changed; ) {
    changed = false;
    for (const { block, order, following } of nodes.values()) {
      let end: Words = NO_WORDS;
      // What is called may do anything.
      if (block.ending !== 'call') {
        end = starts[order] as Words;
        for (const one of block.instructions) end = wordsAfter(one, end);
      }
      for (const { order: to } of following) {
        const known = starts[to] as Words;
        if ((known & end) === known) continue;
        starts[to] = known & end;
        changed = true;
      }
    }
  }
  return starts;
}
