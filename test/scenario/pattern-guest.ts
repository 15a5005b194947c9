// A guest without an operating system that uses much memory, and notices when something in it is wrong.
import { Assembler } from '../../src/riscv/isa/assembler.ts';
import { EID } from '../../src/vmm/testing.ts';

const ENTRY = 0x8020_0000n;
const DATA = 0x8040_0000n;
const UART = 0x1000_0000n;
const [S0, S1, S2, S3, T0, T1, T3, T4, T5] = [8, 9, 18, 19, 5, 6, 28, 29, 30];
const [A0, A1, A6, A7] = [10, 11, 16, 17];

/** What `askedPatternGuest` says: it has filled its memory; all is there. */
export const PATTERN_WORDS = { filled: 'F', right: 'R' } as const;

/**
 * Fills so much of its memory with numbers that no guest of another number has, looks `rounds` times whether they are
 * there, and switches itself off: with status 1 when one was not.
 */
export function patternGuest(number: number, touchedBytes: number, rounds: number): Uint8Array {
  const { asm, look, end, finish } = filled(number, touchedBytes);
  asm.li(S3, BigInt(rounds)).label('round');
  look();
  asm.emit('addi', { rd: S3, rs1: S3, imm: -1 }).jump('bne', { rs1: S3, rs2: 0 }, 'round');
  end(0n);
  return finish();
}

/** Fills its memory in the same way, looks whenever something is typed, and switches itself off when a number was not there. */
export function askedPatternGuest(number: number, touchedBytes: number): Uint8Array {
  const { asm, look, finish } = filled(number, touchedBytes);
  const say = (text: string) =>
    asm
      .li(A7, BigInt(EID.DBCN))
      .li(A6, 2n)
      .li(A0, BigInt(text.charCodeAt(0)))
      .emit('ecall');
  say(PATTERN_WORDS.filled).li(S3, UART);
  asm.label('wait').emit('lbu', { rd: T0, rs1: S3, imm: 5 }).emit('andi', { rd: T0, rs1: T0, imm: 1 });
  asm.jump('beq', { rs1: T0, rs2: 0 }, 'wait').emit('lbu', { rd: T0, rs1: S3, imm: 0 });
  look();
  say(PATTERN_WORDS.right).jump('beq', { rs1: 0, rs2: 0 }, 'wait');
  return finish();
}

/** The beginning, which fills the memory, and what comes after it: S3 is free for that. */
function filled(number: number, touchedBytes: number) {
  const seed = BigInt(number) * 0x1234_5678_9abc_def1n + 1n;
  const asm = new Assembler(ENTRY);
  const begin = () => asm.emit('addi', { rd: T0, rs1: S0, imm: 0 }).emit('addi', { rd: T1, rs1: S2, imm: 0 });
  const goOn = (label: string) => {
    asm.emit('mul', { rd: T1, rs1: T1, rs2: T4 }).emit('add', { rd: T1, rs1: T1, rs2: T5 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: 8 }).jump('bne', { rs1: T0, rs2: S1 }, label);
  };
  // Source: Knuth, The Art of Computer Programming 2, §3.3.4: MMIX's linear congruential generator.
  asm.li(T4, 6364136223846793005n).li(T5, 1442695040888963407n);
  asm
    .li(S0, DATA)
    .li(S1, DATA + BigInt(touchedBytes))
    .li(S2, seed);
  begin().label('fill').emit('sd', { rs2: T1, rs1: T0, imm: 0 });
  goOn('fill');
  /** Switches itself off. */
  const end = (reason: bigint) =>
    asm.li(A7, BigInt(EID.SRST)).li(A6, 0n).li(A0, 0n).li(A1, reason).emit('ecall');
  /** Looks at all of it once: stands in a program once. */
  const look = (): void => {
    begin().label('look').emit('ld', { rd: T3, rs1: T0, imm: 0 });
    asm.jump('bne', { rs1: T3, rs2: T1 }, 'wrong');
    goOn('look');
  };
  /** The program, with what it does when something is not there. */
  const finish = (): Uint8Array => {
    asm.label('wrong');
    end(1n);
    return asm.finish();
  };
  return { asm, look, end, finish };
}
