/**
 * Finds the basic blocks of a region: straight lines of code that the entry reaches by branches and jumps, within its
 * page and the two beside it. What a region was made from is the content and the address of these pages alone.
 */
import { DECODED_PAGE_BYTES, ENTRY_SHIFT, Special } from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { isIllegalCsr } from '../interpreter/entry-writer.ts';
import { isRelativeJump } from '../interpreter/handler-table.ts';
import { type Decoded, decode } from '../isa/decode.ts';
import { INSTRUCTIONS } from '../isa/table.ts';

export interface Block {
  /** Offset of the first instruction from the start of the entry's page; negative in the page before. */
  readonly offset: number;
  readonly instructions: readonly Decoded[];
  /** Offset behind the last instruction: where it goes on without a jump. */
  readonly end: number;
  /** Offsets in the page of blocks that may follow, if they belong to the region. */
  readonly successors: readonly number[];
  readonly ending: Ending;
}

/**
 * How a block ends: it flows on, calls (and goes on behind the call), returns, jumps indirectly, or always leaves. All
 * indirect jumps of a region go to its one hub, a block without code, which goes on at one of the targets it knows.
 */
export type Ending = 'flow' | 'call' | 'return' | 'indirect' | 'leave' | 'hub';

/** The hub's place among the blocks: no instruction begins at an odd one. */
export const HUB = 1;

export interface Region {
  readonly entry: number;
  readonly blocks: ReadonlyMap<number, Block>;
}

/** V8's optimizing compiler takes more than its share of time above this. */
const MAX_INSTRUCTIONS = 300;
/** Longer lines are cut, so that one block never takes the whole region. */
const MAX_BLOCK = 100;

/** What the interpreter does: rare, and bound to leave the region anyway. */
const INTERPRETED = new Set(['ebreak', 'illegal']);
/** Never followed by the next instruction in the same region. (`fence.i` may be, where no other engine stores code.) */
const LEAVES = new Set(['ecall', 'sret', 'sfence.vma', 'sinval.vma']);
/** Registers that hold return addresses by convention. Source: Unprivileged ISA 20240411 §2.5.1. */
const [RA, T0] = [1, 5];

/** What a row is to blocks. `ends`: it and all behind it in this table end their block. */
const Kind = { interpreted: 0, plain: 1, csr: 2, ends: 3, branch: 3, jal: 4, jalr: 5, leaves: 6 } as const;
const KINDS = Uint8Array.from(INSTRUCTIONS, (row) => {
  if (INTERPRETED.has(row.name)) return Kind.interpreted;
  if (LEAVES.has(row.name)) return Kind.leaves;
  if (row.name === 'jalr') return Kind.jalr;
  if (isRelativeJump(row)) return row.name === 'jal' ? Kind.jal : Kind.branch;
  return row.fields.has('csr') ? Kind.csr : Kind.plain;
});

function isTranslated(one: Decoded): boolean {
  const kind = KINDS[one.index];
  return kind !== Kind.interpreted && (kind !== Kind.csr || !isIllegalCsr(one));
}
const endsBlock = ({ index }: Decoded): boolean => (KINDS[index] as number) >= Kind.ends;

export function endingOf({ index, rd, rs1 }: Decoded): Ending {
  switch (KINDS[index]) {
    case Kind.leaves:
      return 'leave';
    case Kind.jalr:
      if (rd !== 0) return 'call';
      return rs1 === RA || rs1 === T0 ? 'return' : 'indirect';
    case Kind.jal:
      return rd === 0 ? 'flow' : 'call';
    default:
      return 'flow';
  }
}

/** The code that a region may be made of. Offsets count from the start of the entry's page. */
export interface Code {
  /** Offsets that can be read: low inclusive, high exclusive. */
  readonly low: number;
  readonly high: number;
  /** The instruction at an offset; undefined when it does not lie wholly within. */
  read(offset: number): Decoded | undefined;
}

/** Machine addresses of the pages before and behind the entry's in virtual memory; 0 when they are not known. */
export interface Neighbours {
  readonly previous: number;
  readonly next: number;
}
const ALONE: Neighbours = { previous: 0, next: 0 };

/** Where indirect jumps from near an offset go, most likely. */
export type HotTargets = (near: number) => readonly number[];

/** Whether the code at an offset has been executed, as far as that is known. */
export type WasExecuted = (offset: number) => boolean;

/** What the interpreter has decoded it has executed, or nearly: lines of code are decoded as they are met. */
export function executedIn(memory: ArrayBufferLike, decodedPage: number): WasExecuted {
  if (decodedPage === 0) return () => true;
  const half = new Uint16Array(memory, decodedPage, DECODED_PAGE_BYTES / 2);
  return (offset) => half[offset << (ENTRY_SHIFT - 2)] !== Special.Undecoded;
}

/** What words were decoded to last, each at one place: code is looked at more than once, and repeats itself. */
const DECODED: (Decoded | undefined)[] = Array.from({ length: 4096 });

/** @param word - a short instruction has nothing above its 16 bits */
function decoded(word: number): Decoded {
  const place = (word ^ (word >>> 7) ^ (word >>> 20)) & (DECODED.length - 1);
  const known = DECODED[place];
  if (known && (known.word | 0) === (word | 0)) return known;
  const one = decode(word);
  DECODED[place] = one;
  return one;
}

/** Reads instructions of a machine page, and of its neighbours. */
export function pageReader(memory: ArrayBufferLike, machine: number, { previous, next } = ALONE): Code {
  const bytes = new Uint16Array(memory);
  const [low, high] = [previous === 0 ? 0 : -PAGE_BYTES, next === 0 ? PAGE_BYTES : 2 * PAGE_BYTES];
  const half = (offset: number): number => {
    const page = offset < 0 ? previous : offset < PAGE_BYTES ? machine : next;
    return bytes[(page + (offset & (PAGE_BYTES - 1))) >>> 1] as number;
  };
  return {
    low,
    high,
    read: (offset) => {
      if (offset < low || offset >= high) return undefined;
      let word = half(offset);
      if ((word & 3) === 3) {
        if (offset + 2 >= high) return undefined;
        word |= half(offset + 2) << 16;
      }
      return decoded(word);
    },
  };
}

/**
 * @param wasExecuted says which blocks are worth their place; those that were never met are left to the interpreter.
 * @returns undefined when the first instruction is one that is not translated.
 */
export function findRegion(
  code: Code,
  entry: number,
  wasExecuted: WasExecuted = () => true,
  hotTargets: HotTargets = () => [],
): Region | undefined {
  const starts = findStarts(code, entry, wasExecuted, hotTargets);
  const blocks = new Map<number, Block>();
  const targets = new Set<number>();
  let room = MAX_INSTRUCTIONS;
  const wanted = [entry];
  // It grows meanwhile.
  for (const at of wanted) {
    if (blocks.has(at) || room <= 0 || (at !== entry && !wasExecuted(at))) continue;
    const block = readBlock(code, at, starts);
    if (block.instructions.length === 0) continue;
    room -= block.instructions.length;
    blocks.set(at, block);
    for (const to of block.successors) wanted.push(to);
    if (block.ending !== 'indirect') continue;
    for (const target of hotTargets(at)) targets.add(target);
    wanted.push(...targets);
  }
  addHub(blocks, [...targets]);
  return blocks.has(entry) ? { entry, blocks } : undefined;
}

/** Leads indirect jumps to those of the targets that are blocks of the region. */
function addHub(blocks: Map<number, Block>, targets: readonly number[]): void {
  const successors = targets.filter((target) => blocks.has(target)).sort((a, b) => a - b);
  if (successors.length === 0) return;
  for (const [offset, block] of blocks) {
    if (block.ending === 'indirect') blocks.set(offset, { ...block, successors: [HUB] });
  }
  blocks.set(HUB, { offset: HUB, instructions: [], end: HUB, successors, ending: 'hub' });
}

/** What is known of an offset: that some jump within reach goes there, so that a block begins; that it was gone over. */
const Mark = { start: 1, seen: 2 } as const;

/** Marks of the places of instructions: those from which a block begins are what blocks before them end at. */
class Starts {
  readonly #low: number;
  readonly #marks: Uint8Array;

  constructor({ low, high }: Code) {
    this.#low = low;
    this.#marks = new Uint8Array((high - low) >> 1);
  }

  has(offset: number, mark: number = Mark.start): boolean {
    return ((this.#marks[(offset - this.#low) >> 1] as number) & mark) !== 0;
  }

  add(offset: number, mark: number = Mark.start): void {
    const place = (offset - this.#low) >> 1;
    this.#marks[place] = (this.#marks[place] as number) | mark;
  }
}

function findStarts(code: Code, entry: number, wasExecuted: WasExecuted, hotTargets: HotTargets): Starts {
  const starts = new Starts(code);
  starts.add(entry);
  const wanted = [entry];
  let room = 2 * MAX_INSTRUCTIONS;
  // It grows meanwhile.
  for (const at of wanted) {
    if (at !== entry && !wasExecuted(at)) continue;
    for (let offset = at; offset < code.high && !starts.has(offset, Mark.seen) && room > 0; room--) {
      starts.add(offset, Mark.seen);
      const one = code.read(offset);
      if (!one || !isTranslated(one)) break;
      if (endsBlock(one)) {
        const isIndirect = endingOf(one) === 'indirect';
        for (const target of isIndirect ? hotTargets(at) : successorsOf(one, offset, code)) {
          starts.add(target);
          if (!starts.has(target, Mark.seen)) wanted.push(target);
        }
        break;
      }
      offset += one.length;
    }
  }
  return starts;
}

function readBlock(code: Code, start: number, starts: Starts): Block {
  const instructions: Decoded[] = [];
  let offset = start;
  for (;;) {
    const one = code.read(offset);
    if (!one || !isTranslated(one))
      return { offset: start, instructions, end: offset, successors: [], ending: 'flow' };
    instructions.push(one);
    const at = offset;
    offset += one.length;
    if (endsBlock(one)) {
      const successors = successorsOf(one, at, code);
      return { offset: start, instructions, end: offset, successors, ending: endingOf(one) };
    }
    if (starts.has(offset) || instructions.length === MAX_BLOCK) {
      const successors = offset < code.high ? [offset] : [];
      return { offset: start, instructions, end: offset, successors, ending: 'flow' };
    }
  }
}

/** Where control may go within the code: the target of a jump or branch, what follows a branch or a call. */
function successorsOf(one: Decoded, offset: number, { low, high }: Code): number[] {
  const ending = endingOf(one);
  const successors: number[] = [];
  const add = (place: number): void => {
    if (place >= low && place < high) successors.push(place);
  };
  if (ending === 'call' || (ending === 'flow' && KINDS[one.index] !== Kind.jal)) add(offset + one.length);
  if (ending === 'flow') add(offset + one.imm);
  return successors;
}
