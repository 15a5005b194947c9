/**
 * The instructions of supervisor mode: return from trap, wait, address-translation fences.
 * Source: Privileged ISA 20241017 §3.3.2–3.3.3, §10.2.1 (SFENCE.VMA), §14 (Svinval).
 */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import type { Meaning } from './semantics.ts';

const insn = rowsOf('S');
const svinval = rowsOf('Svinval');

/** Orders SINVAL.VMA, which here works at once; illegal in U-mode. */
const invalidationFence: Meaning = (x) => {
  x.when(x.eq(x.get('mode'), x.const(0n)), () => x.illegal());
  x.fence();
};

// biome-ignore format: a table reads in columns
export const PRIVILEGED: readonly Instruction[] = [
  insn('sret',              '0001000 00010 00000 000 00000 1110011', (x) => x.sret()),
  insn('wfi',               '0001000 00101 00000 000 00000 1110011', (x) => x.wfi()),
  insn('sfence.vma',        '0001001 rs2   rs1   000 00000 1110011', (x) => x.sfenceVma()),
  svinval('sinval.vma',     '0001011 rs2   rs1   000 00000 1110011', (x) => x.sfenceVma()),
  svinval('sfence.w.inval', '0001100 00000 00000 000 00000 1110011', invalidationFence),
  svinval('sfence.inval.ir','0001100 00001 00000 000 00000 1110011', invalidationFence),
];
