/** Instruction words as the manuals write them: 'addi a0, a0, 1', 'ld ra, 8(sp)', 'beq a0, zero, 0x80000040'. */
import { CSRS } from './csr.ts';
import type { Decoded } from './decode.ts';
import { decode } from './decode.ts';
import type { Usage } from './operands.ts';
import { usageOf } from './operands.ts';
import { ILLEGAL, INSTRUCTIONS } from './table.ts';

/** Names of the calling convention. Source: RISC-V ELF psABI 1.0 §2. */
export const X_NAMES: readonly string[] =
  'zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6'.split(
    ' ',
  );
export const F_NAMES: readonly string[] =
  'ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 fs0 fs1 fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7 fs2 fs3 fs4 fs5 fs6 fs7 fs8 fs9 fs10 fs11 ft8 ft9 ft10 ft11'.split(
    ' ',
  );
const ROUNDING_NAMES = ['rne', 'rtz', 'rdn', 'rup', 'rmm', '', '', 'dyn'];
const UPPER_IMMEDIATES = ['lui', 'auipc'];
const IMPLICIT_ADDRESS = ['amo', 'loadReserved', 'storeConditional', 'cacheBlock'] as const;

const usages = new Map(INSTRUCTIONS.map((row) => [row, usageOf(row)]));
const csrNames = new Map(CSRS.map((csr) => [csr.address, csr.name]));
const hex = (value: bigint): string => `0x${BigInt.asUintN(64, value).toString(16)}`;

/**
 * @param word the 32 bits at pc; the upper half is ignored for 16-bit forms, which are shown as what they do.
 * @param pc for the targets of branches and jumps.
 */
export function disassemble(word: number, pc = 0n): string {
  const at = decode(word);
  if (at.row === ILLEGAL) return `illegal 0x${at.word.toString(16).padStart(at.length * 2, '0')}`;
  const operands = operandTexts(at, usages.get(at.row) ?? new Set(), pc);
  return operands.length === 0 ? at.row.name : `${at.row.name} ${operands.join(', ')}`;
}

function operandTexts(at: Decoded, uses: Usage, pc: bigint): string[] {
  const { fields } = at.row;
  const x = (index: number): string => X_NAMES[index] ?? '';
  const f = (index: number): string => F_NAMES[index] ?? '';
  const first = uses.has('f1') ? f(at.rs1) : x(at.rs1);
  const second = uses.has('f2') ? f(at.rs2) : x(at.rs2);
  const destination = uses.has('fd') ? [f(at.rd)] : uses.has('rd') ? [x(at.rd)] : [];
  if (uses.has('fence') || uses.has('pause') || uses.has('fenceI')) return [];
  if (uses.has('load')) return [...destination, `${at.imm}(${first})`];
  if (uses.has('store')) return [second, `${at.imm}(${first})`];
  if (IMPLICIT_ADDRESS.some((name) => uses.has(name))) {
    return [...destination, ...(uses.has('rs2') ? [second] : []), `(${first})`];
  }
  const registers = [
    ...(fields.has('rs1') ? [first] : []),
    ...(fields.has('rs2') ? [second] : []),
    ...(fields.has('rs3') ? [f(at.rs3)] : []),
  ];
  if (fields.has('csr')) {
    const name = csrNames.get(at.csr) ?? hex(BigInt(at.csr));
    return [...destination, name, ...(fields.has('imm') ? [String(at.imm)] : registers)];
  }
  return [...destination, ...registers, ...immediateText(at, uses, pc), ...roundingText(at)];
}

function immediateText(at: Decoded, uses: Usage, pc: bigint): string[] {
  if (!at.row.fields.has('imm')) return [];
  if (UPPER_IMMEDIATES.includes(at.row.name)) return [hex(BigInt(at.imm >>> 12))];
  const isRelative = uses.has('pc') && !uses.has('rs1');
  return [isRelative || uses.has('branch') ? hex(pc + BigInt(at.imm)) : String(at.imm)];
}

/** The dynamic mode goes without saying. */
const roundingText = (at: Decoded): string[] =>
  at.row.fields.has('rm') && at.rm !== 7 ? [ROUNDING_NAMES[at.rm] ?? ''] : [];
