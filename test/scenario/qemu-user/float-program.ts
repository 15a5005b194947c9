// Seeded programs of floating-point instructions only: operands at their edges, every rounding mode, and after each
// instruction its result and the flags that it raised are written down.
import type { Random } from '../../../src/riscv/conformance/values.ts';
import { double, float, integer, oneIn, pick, single } from '../../../src/riscv/conformance/values.ts';
import { Assembler } from '../../../src/riscv/isa/assembler.ts';
import type { Instruction } from '../../../src/riscv/isa/instruction.ts';
import { usageOf } from '../../../src/riscv/isa/operands.ts';
import { INSTRUCTIONS } from '../../../src/riscv/isa/table.ts';
import { emitExit, emitWrite, IMAGE_BASE, IMAGE_BYTES } from './image.ts';

const OPERATIONS = 800;
const RESULT_BYTES = 16;
const OPERANDS = 10 * 4096;
const OPERAND_BYTES = 4096;
const GROUP_BYTES = 3 * 8;
const GROUPS = Math.floor(OPERAND_BYTES / GROUP_BYTES);
const RESULTS = OPERANDS + OPERAND_BYTES;
/** Loads reach half of the operands to either side of the pointer. */
const OPERANDS_MIDDLE = OPERANDS + OPERAND_BYTES / 2;
const BOX = 0xffff_ffffn << 32n;
/** Zero, one, infinity, signaling and quiet NaN: what rules about pairs of operands name. */
const SPECIAL_DOUBLES = [0n, 0x3ffn << 52n, 0x7ffn << 52n, (0x7ffn << 52n) | 1n, (0xfffn << 51n) | 5n];
const SPECIAL_SINGLES = [0n, 0x3f80_0000n, 0x7f80_0000n, 0x7f80_0001n, 0x7fc0_0005n];

const Register = { operands: 8, results: 9, integer: 11, flags: 13 } as const;
const RESULT = 4;
const DYNAMIC = 7;
const FFLAGS = 1;
const FRM = 2;

const rows = INSTRUCTIONS.filter((row) => {
  const usage = usageOf(row);
  return row.float && !usage.has('load') && !usage.has('store');
});
const usages = new Map(rows.map((row) => [row, usageOf(row)]));

/** What was done, in the order of the results. */
export interface FloatProgram {
  readonly image: Uint8Array;
  readonly steps: readonly string[];
}

/** @param random seeded by the caller, who says the seed when a result differs. */
export function floatProgram(random: Random): FloatProgram {
  const image = new Uint8Array(IMAGE_BYTES);
  putOperands(new DataView(image.buffer, OPERANDS, OPERAND_BYTES), random);
  const code = new Assembler(IMAGE_BASE);
  code
    .li(Register.operands, IMAGE_BASE + BigInt(OPERANDS_MIDDLE))
    .li(Register.results, IMAGE_BASE + BigInt(RESULTS));
  const steps = Array.from({ length: OPERATIONS }, () => step(code, random, pick(random, rows)));
  emitWrite(code, IMAGE_BASE + BigInt(RESULTS), OPERATIONS * RESULT_BYTES);
  emitExit(code);
  const bytes = code.finish();
  if (bytes.length > OPERANDS)
    throw new Error(`the program has ${bytes.length} bytes, more than ${OPERANDS}`);
  image.set(bytes);
  return { image, steps };
}

/** Name of the operation whose result stands at an offset of the output. */
export const nameResult = (program: FloatProgram, offset: number): string =>
  `operation ${Math.floor(offset / RESULT_BYTES)}, ${program.steps[Math.floor(offset / RESULT_BYTES)]}`;

function step(code: Assembler, random: Random, row: Instruction): string {
  const usage = usages.get(row) ?? new Set();
  // A group as it was made, or any three.
  const first = 3 * random.below(GROUPS);
  const places = oneIn(random, 4)
    ? [0, 1, 2].map(() => random.below(3 * GROUPS))
    : [first, first + 1, first + 2];
  const offsets = places.map((place) => place * 8 - OPERAND_BYTES / 2);
  offsets.forEach((imm, index) => code.emit('fld', { rd: index + 1, rs1: Register.operands, imm }));
  if (usage.has('rs1'))
    code.emit('ld', { rd: Register.integer, rs1: Register.operands, imm: offsets[0] ?? 0 });
  const mode = pick(random, [0, 1, 2, 3, 4, DYNAMIC]);
  const dynamic = random.below(5);
  if (row.fields.has('rm') && mode === DYNAMIC) code.emit('csrrwi', { rd: 0, csr: FRM, imm: dynamic });
  code.emit(row.name, {
    rd: usage.has('fd') ? RESULT : Register.flags,
    rs1: usage.has('rs1') ? Register.integer : 1,
    ...(row.fields.has('rs2') ? { rs2: 2 } : {}),
    ...(row.fields.has('rs3') ? { rs3: 3 } : {}),
    ...(row.fields.has('rm') ? { rm: mode } : {}),
  });
  if (usage.has('fd')) code.emit('fsd', { rs1: Register.results, rs2: RESULT, imm: 0 });
  else code.emit('sd', { rs1: Register.results, rs2: Register.flags, imm: 0 });
  code.emit('csrrwi', { rd: Register.flags, csr: FFLAGS, imm: 0 });
  code.emit('sd', { rs1: Register.results, rs2: Register.flags, imm: 8 });
  code.emit('addi', { rd: Register.results, rs1: Register.results, imm: RESULT_BYTES });
  return `${row.name} rm ${mode === DYNAMIC ? `frm ${dynamic}` : mode}, operands ${places.join(', ')}`;
}

/** Groups of three that stand in a relation: alike, opposite, a product and its near negation, or by chance. */
function putOperands(view: DataView, random: Random): void {
  for (let at = 0; at < GROUPS * GROUP_BYTES; at += GROUP_BYTES) {
    group(random).forEach((value, index) => view.setBigUint64(at + index * 8, value, true));
  }
}

function group(random: Random): [bigint, bigint, bigint] {
  const kind = random.below(8);
  if (kind > 5) return kind === 6 ? specialsOf(random, 63n, 0n) : specialsOf(random, 31n, BOX);
  if (kind === 0) return doublesOf(random, (a, b) => -(a * b));
  if (kind === 1) return singlesOf(random, (a, b) => -(a * b));
  if (kind === 2) return doublesOf(random, (a) => -a);
  if (kind === 3) return [integer(random), double(random), integer(random)];
  return [float(random, kind === 4), float(random, kind === 4), float(random, oneIn(random, 2))];
}

function specialsOf(random: Random, signBit: bigint, box: bigint): [bigint, bigint, bigint] {
  const from = box === 0n ? SPECIAL_DOUBLES : SPECIAL_SINGLES;
  const one = (): bigint => box | (BigInt(random.below(2)) << signBit) | pick(random, from);
  return [one(), one(), one()];
}

function doublesOf(random: Random, relation: (a: number, b: number) => number): [bigint, bigint, bigint] {
  const view = new DataView(new ArrayBuffer(8));
  const [a, b] = [double(random), double(random)];
  const value = (bits: bigint): number => (view.setBigUint64(0, bits), view.getFloat64(0));
  view.setFloat64(0, relation(value(a), value(b)));
  return [a, b, view.getBigUint64(0)];
}

function singlesOf(random: Random, relation: (a: number, b: number) => number): [bigint, bigint, bigint] {
  const view = new DataView(new ArrayBuffer(8));
  const [a, b] = [single(random), single(random)];
  const value = (bits: bigint): number => (view.setUint32(0, Number(bits)), view.getFloat32(0));
  view.setFloat32(0, relation(value(a), value(b)));
  return [BOX | a, BOX | b, BOX | BigInt(view.getUint32(0))];
}
