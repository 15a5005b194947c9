/**
 * Seeded programs of any instructions at all, in S- and U-mode: they trap, change CSRs, write over their own
 * code, and go on behind each trap. Nobody knows their ends but the reference.
 */
import { Assembler } from '../isa/assembler.ts';
import { Status } from '../isa/csr.ts';
import type { Pattern } from '../isa/encoding.ts';
import { matches } from '../isa/encoding.ts';
import type { Compressed, Instruction } from '../isa/instruction.ts';
import { usageOf } from '../isa/operands.ts';
import { COMPRESSED, ILLEGAL, INSTRUCTIONS } from '../isa/table.ts';
import type { Case } from './case.ts';
import { codeBytes, HANDLER, pageAddress } from './case.ts';
import { ALL, PageTables, Pte } from './page-tables.ts';
import { DATA, START } from './program.ts';
import type { Random } from './values.ts';
import { float, integer, oneIn, pick } from './values.ts';

const WORDS = 96;
const STEPS = 600;
const CODE_POINTER = 10;
/**
 * Hold addresses of data, its page's end, and code; rarely written by the program. None of page tables: without a
 * fence behind it, such a store is seen by each engine at another time.
 */
const POINTERS: Readonly<Record<number, (random: Random) => bigint>> = {
  2: (random) => DATA + BigInt(random.below(256) * 8),
  8: () => DATA + 0x1000n - 4n,
  9: (random) => DATA + BigInt(random.below(512) * 8),
  [CODE_POINTER]: (random) => START + BigInt(random.below(WORDS) * 2),
  18: (random) => pageAddress(3) + BigInt(random.below(512) * 8),
};
const SAVED = 31;
const rows: readonly (Instruction | Compressed)[] = [...INSTRUCTIONS, ...COMPRESSED].filter(
  (row) => row !== ILLEGAL,
);
const usages = new Map(rows.map((row) => [row, usageOf('expandsTo' in row ? row.expandsTo : row)]));
const ADDRESSING = ['load', 'store', 'loadReserved', 'storeConditional', 'amo', 'cacheBlock'] as const;
const SEPC = 0x141;

/** Goes on four bytes behind the instruction that trapped. */
function handler(): Uint8Array {
  return new Assembler(HANDLER)
    .emit('csrrs', { rd: SAVED, csr: SEPC })
    .emit('addi', { rd: SAVED, rs1: SAVED, imm: 4 })
    .emit('csrrw', { csr: SEPC, rs1: SAVED })
    .emit('sret')
    .finish();
}

export function fuzzCase(random: Random): Case {
  const words = Array.from({ length: WORDS }, () => randomWord(random));
  const isTranslated = oneIn(random, 2);
  const isUser = oneIn(random, 4);
  const tables = new PageTables(oneIn(random, 2) ? 3 : 4);
  const rights = isUser ? ALL | Pte.U : ALL;
  tables.map(HANDLER, HANDLER, ALL);
  for (const page of [0, 2, 3, 4, 5]) tables.map(pageAddress(page), pageAddress(page), rights);
  const registers = Array.from({ length: 31 }, (_, index): [number, bigint] => [index + 1, integer(random)]);
  return {
    name: 'a program of any instructions',
    budget: STEPS,
    x: { ...Object.fromEntries(registers), ...pointers(random) },
    f: Object.fromEntries(registers.map(([index]) => [index, float(random, oneIn(random, 2))])),
    fields: {
      pc: START,
      mode: isUser ? 0n : 1n,
      fs: 1n,
      fcsr: BigInt(random.below(5) << 5),
      sstatus: Status.SUM,
      senvcfg: 0xf0n,
      scounteren: 7n,
      satp: isTranslated ? tables.satp : 0n,
      timeMode: 1n,
      stepsEnd: BigInt(random.below(100_000)),
      sie: 0x222n,
    },
    memory: [
      ...tables.memory,
      { address: START, bytes: codeBytes(words) },
      { address: HANDLER, bytes: handler() },
    ],
    interrupt: { after: 1 + random.below(STEPS), sip: pick(random, [2n, 0x20n, 0x200n]) },
  };
}

const pointers = (random: Random): Record<number, bigint> =>
  Object.fromEntries(Object.entries(POINTERS).map(([index, value]) => [index, value(random)]));

/** Jumps stay near, so that the program meets its own code again; pointers are mostly used, and mostly left alone. */
function randomWord(random: Random): number {
  const row = pick(random, rows);
  const width = 'expandsTo' in row ? 0xffff : 0xffff_ffff;
  for (;;) {
    const word = near(row, (((random.nextU32() & ~row.mask) | row.match) & width) >>> 0, random);
    const rd = (word >>> 7) & 31;
    const spoils = row.pattern.fields.has('rd') && (POINTERS[rd] !== undefined || rd === SAVED);
    if (matches(row.pattern, word) && (!spoils || oneIn(random, 30))) return word;
  }
}

/** The word with an address that is likely to be one: a pointer as base, a short way to jump. */
function near(row: Instruction | Compressed, word: number, random: Random): number {
  const { pattern } = row;
  const usage = usages.get(row) ?? new Set();
  const isJump = usage.has('jump') || usage.has('branch');
  const isAccess = ADDRESSING.some((name) => usage.has(name));
  if ((!isJump && !isAccess) || oneIn(random, 20)) return word;
  let result = word;
  if (isJump) result = put(result, pattern, 'imm', 2 * (random.below(48) - 24));
  if (usage.has('jump') && usage.has('rs1')) result = put(result, pattern, 'rs1', CODE_POINTER);
  if (isAccess) result = put(result, pattern, 'rs1', pick(random, Object.keys(POINTERS).map(Number)));
  return result;
}

/** Sets one field; a value that the field cannot hold is cut off. */
function put(word: number, { fields }: Pattern, name: string, value: number): number {
  const field = fields.get(name);
  return (field?.pieces ?? []).reduce((bits, { at, width, to }) => {
    const mask = 2 ** width - 1;
    return ((bits & ~(mask << at)) | ((((value - (field?.base ?? 0)) >>> to) & mask) << at)) >>> 0;
  }, word);
}
