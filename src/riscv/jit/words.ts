/**
 * Which registers hold words: 32 bits, extended by their sign. What is done with words alone can be done in 32 bits, and
 * need not be extended again.
 */
import type { Decoded } from '../isa/decode.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { Flow, FlowNode } from './structure.ts';

/** A bit a register; that of x0 is always set. */
export type Words = number;

export const NO_WORDS: Words = 1;
const ALL_WORDS: Words = -1;

/** Rows whose result is a word, whatever their operands are. */
const GIVES_WORD: ReadonlySet<string> = new Set([
  ...['lb', 'lh', 'lw', 'lbu', 'lhu', 'lui', 'slt', 'slti', 'sltu', 'sltiu'],
  ...['addiw', 'slliw', 'srliw', 'sraiw', 'addw', 'subw', 'sllw', 'srlw', 'sraw'],
  ...['mulw', 'divw', 'divuw', 'remw', 'remuw', 'lr.w', 'sc.w', 'sc.d'],
]);
/** Rows whose result is a word when their operands are. */
const KEEPS_WORDS: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'andi', 'ori', 'xori']);

const WRITES_X: readonly boolean[] = INSTRUCTIONS.map((row) =>
  (usageOf(row) as ReadonlySet<string>).has('rd'),
);

/** Which registers hold words behind an instruction. */
export function wordsAfter(one: Decoded, words: Words): Words {
  if (!WRITES_X[one.index] || one.rd === 0) return words;
  const bit = 1 << one.rd;
  return isWord(one, words) ? words | bit : words & ~bit;
}

function isWord({ row, rs1, rs2, imm }: Decoded, words: Words): boolean {
  const has = (register: number): boolean => (words & (1 << register)) !== 0;
  const { name, fields } = row;
  if (GIVES_WORD.has(name)) return true;
  if (name === 'andi' && imm >= 0) return true;
  if (KEEPS_WORDS.has(name)) return has(rs1) && (!fields.has('rs2') || has(rs2));
  if (name === 'addi') return rs1 === 0 || (imm === 0 && has(rs1));
  if (name === 'add') return (rs1 === 0 && has(rs2)) || (rs2 === 0 && has(rs1));
  return false;
}

/** Which registers hold words where each block begins: whatever way control came there. */
export function wordsAtStarts(flow: Flow): ReadonlyMap<FlowNode, Words> {
  const nodes = [...flow.nodes.values()].toSorted((a, b) => a.order - b.order);
  const starts = new Map<FlowNode, Words>(nodes.map((node) => [node, ALL_WORDS]));
  starts.set(flow.entry, NO_WORDS);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes) {
      const { instructions, ending, successors } = node.block;
      const before = starts.get(node) as Words;
      // What is called may do anything.
      const end =
        ending === 'call' ? NO_WORDS : instructions.reduce((words, one) => wordsAfter(one, words), before);
      for (const to of successors) {
        const target = flow.nodes.get(to);
        if (!target || flow.edge(node, to) === 'leave') continue;
        const known = starts.get(target) as Words;
        changed ||= (known & end) !== known;
        starts.set(target, known & end);
      }
    }
  }
  return starts;
}
