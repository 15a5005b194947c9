/** What directed cases are made of: a few instructions, and how a trap ends. */
import { Exit } from '../hart/exit.ts';
import { Assembler } from '../isa/assembler.ts';
import type { FieldValues } from '../isa/encode.ts';
import type { Case, ExpectedCase } from './case.ts';
import { HANDLER, pageAddress } from './case.ts';

/** Where the code of a case stands, and the data that it uses. */
export const START = pageAddress(0);
export const DATA = pageAddress(4);
/** Nothing is there but what the rig answers for. */
export const DEVICE = 0x1000_0000n;

/** A case that starts at START with these instructions; what stands behind them is a jump to itself. */
export function program(
  name: string,
  build: (code: Assembler) => Assembler,
  ends: ExpectedCase['ends'],
  more: Partial<Case> = {},
): ExpectedCase {
  const bytes = build(new Assembler(START)).emit('jal', { rd: 0, imm: 0 }).finish();
  return {
    name,
    budget: 20,
    ...more,
    fields: { pc: START, fs: 1n, stepsEnd: 1000n, ...more.fields },
    memory: [{ address: START, bytes }, ...(more.memory ?? [])],
    ends,
  };
}

/** A program of one instruction. */
export const one =
  (name: string, fields: FieldValues = {}) =>
  (code: Assembler): Assembler =>
    code.emit(name, fields);

export const trapped = (cause: bigint | number, stval: bigint, sepc = START): ExpectedCase['ends'] => ({
  exit: Exit.Budget,
  fields: { scause: BigInt(cause), stval, sepc, pc: HANDLER, mode: 1n },
});
