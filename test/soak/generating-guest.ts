/** A guest that writes functions for ever, and runs each until it is worth translating: what a language runtime does to a host. */
import { Assembler } from '../../src/riscv/isa/assembler.ts';

const [zero, ra, t0, t1, t2, s0, s1, a0, a1] = [0, 1, 5, 6, 7, 8, 9, 10, 11];
const START = 0x8020_0000n;
/** Functions are written here, four a page, over and over. */
const CODE = 0x8100_0000n;
const FUNCTION_BYTES = 1024n;
const ADD_IMMEDIATE_SHIFT = 20;

export interface Generating {
  /** A power of two, in bytes. */
  readonly codeBytes: bigint;
  /** How often a function's loop turns. */
  readonly turns: bigint;
}

/** S-mode firmware. a0 counts on through all functions, each of which adds another constant. */
export function generatingGuest({ codeBytes, turns }: Generating): Uint8Array {
  const asm = new Assembler(START);
  asm.li(s0, CODE).li(s1, 0n).label('next');
  // a1: the place of function s1.
  asm.li(t1, FUNCTION_BYTES).emit('mul', { rd: a1, rs1: s1, rs2: t1 });
  asm
    .li(t1, codeBytes - 1n)
    .emit('and', { rd: a1, rs1: a1, rs2: t1 })
    .emit('add', { rd: a1, rs1: a1, rs2: s0 });
  // addi a0, a0, s1 & 1023; addi t0, t0, -1; bne t0, zero, -8; jalr zero, 0(ra)
  asm
    .emit('andi', { rd: t2, rs1: s1, imm: 1023 })
    .emit('slli', { rd: t2, rs1: t2, imm: ADD_IMMEDIATE_SHIFT });
  const words = [
    ['addi', { rd: a0, rs1: a0, imm: 0 }],
    ['addi', { rd: t0, rs1: t0, imm: -1 }],
    ['bne', { rs1: t0, rs2: zero, imm: -8 }],
    ['jalr', { rd: zero, rs1: ra, imm: 0 }],
  ] as const;
  for (const [place, [name, fields]] of words.entries()) {
    const word = new Assembler(0n).emit(name, fields).finish();
    asm.li(t1, BigInt(new DataView(word.buffer).getInt32(0, true)));
    if (place === 0) asm.emit('or', { rd: t1, rs1: t1, rs2: t2 });
    asm.emit('sw', { rs1: a1, rs2: t1, imm: 4 * place });
  }
  asm.emit('fence.i', { rd: 0, rs1: 0, imm: 0 }).li(t0, turns).emit('jalr', { rd: ra, rs1: a1, imm: 0 });
  return asm.emit('addi', { rd: s1, rs1: s1, imm: 1 }).jump('jal', { rd: zero }, 'next').finish();
}
