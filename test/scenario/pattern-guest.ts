// A guest without an operating system that uses much memory, and notices when something in it is wrong.
import { Assembler } from '../../src/riscv/isa/assembler.ts';

const ENTRY = 0x8020_0000n;
const DATA = 0x8040_0000n;
const [S0, S1, S2, S3, T0, T1, T3, T4, T5] = [8, 9, 18, 19, 5, 6, 28, 29, 30];
const [A0, A1, A6, A7] = [10, 11, 16, 17];
const SRST = 0x5352_5354n;

const UART = 0x1000_0000n;
const DBCN = 0x4442_434en;

/** What `askedPatternGuest` says: it has filled its memory; all is there; something is wrong. */
export const PATTERN_WORDS = { filled: 'F', right: 'R', wrong: 'W' } as const;

/** Fills so much of its memory with numbers that no guest of another number has, and looks whether they are there whenever something is typed. */
export function askedPatternGuest(number: number, touchedBytes: number): Uint8Array {
  const seed = BigInt(number) * 0x1234_5678_9abc_def1n + 1n;
  const asm = new Assembler(ENTRY);
  const next = () => asm.emit('mul', { rd: T1, rs1: T1, rs2: T4 }).emit('add', { rd: T1, rs1: T1, rs2: T5 });
  const begin = () => asm.emit('addi', { rd: T0, rs1: S0, imm: 0 }).emit('addi', { rd: T1, rs1: S2, imm: 0 });
  const say = (text: string) =>
    asm
      .li(A7, DBCN)
      .li(A6, 2n)
      .li(A0, BigInt(text.charCodeAt(0)))
      .emit('ecall');
  asm.li(T4, 6364136223846793005n).li(T5, 1442695040888963407n);
  asm
    .li(S0, DATA)
    .li(S1, DATA + BigInt(touchedBytes))
    .li(S2, seed)
    .li(S3, UART);
  begin();
  asm.label('fill').emit('sd', { rs2: T1, rs1: T0, imm: 0 });
  next().emit('addi', { rd: T0, rs1: T0, imm: 8 }).jump('bne', { rs1: T0, rs2: S1 }, 'fill');
  say(PATTERN_WORDS.filled);
  asm.label('wait').emit('lbu', { rd: T0, rs1: S3, imm: 5 }).emit('andi', { rd: T0, rs1: T0, imm: 1 });
  asm.jump('beq', { rs1: T0, rs2: 0 }, 'wait').emit('lbu', { rd: T0, rs1: S3, imm: 0 });
  begin();
  asm.label('look').emit('ld', { rd: T3, rs1: T0, imm: 0 }).jump('bne', { rs1: T3, rs2: T1 }, 'wrong');
  next().emit('addi', { rd: T0, rs1: T0, imm: 8 }).jump('bne', { rs1: T0, rs2: S1 }, 'look');
  say(PATTERN_WORDS.right).jump('beq', { rs1: 0, rs2: 0 }, 'wait');
  asm.label('wrong');
  say(PATTERN_WORDS.wrong).jump('beq', { rs1: 0, rs2: 0 }, 'wait');
  return asm.finish();
}

/**
 * Fills so much of its memory with numbers that no guest of another number has, looks `rounds` times whether they are
 * there, and switches itself off: with status 1 when one was not.
 */
export function patternGuest(number: number, touchedBytes: number, rounds: number): Uint8Array {
  const seed = BigInt(number) * 0x1234_5678_9abc_def1n + 1n;
  const asm = new Assembler(ENTRY);
  const next = () => asm.emit('mul', { rd: T1, rs1: T1, rs2: T4 }).emit('add', { rd: T1, rs1: T1, rs2: T5 });
  const begin = () => asm.emit('addi', { rd: T0, rs1: S0, imm: 0 }).emit('addi', { rd: T1, rs1: S2, imm: 0 });
  const end = (reason: bigint) => {
    asm.li(A7, SRST).li(A6, 0n).li(A0, 0n).li(A1, reason).emit('ecall');
  };
  // Source: Knuth, The Art of Computer Programming 2, §3.3.4: MMIX's linear congruential generator.
  asm.li(T4, 6364136223846793005n).li(T5, 1442695040888963407n);
  asm
    .li(S0, DATA)
    .li(S1, DATA + BigInt(touchedBytes))
    .li(S2, seed)
    .li(S3, BigInt(rounds));
  begin();
  asm.label('fill').emit('sd', { rs2: T1, rs1: T0, imm: 0 });
  next().emit('addi', { rd: T0, rs1: T0, imm: 8 }).jump('bne', { rs1: T0, rs2: S1 }, 'fill');
  asm.label('round');
  begin();
  asm.label('look').emit('ld', { rd: T3, rs1: T0, imm: 0 }).jump('bne', { rs1: T3, rs2: T1 }, 'wrong');
  next().emit('addi', { rd: T0, rs1: T0, imm: 8 }).jump('bne', { rs1: T0, rs2: S1 }, 'look');
  asm.emit('addi', { rd: S3, rs1: S3, imm: -1 }).jump('bne', { rs1: S3, rs2: 0 }, 'round');
  end(0n);
  asm.label('wrong');
  end(1n);
  return asm.finish();
}
