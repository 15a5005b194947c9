// A guest without an operating system whose harts fight for one ticket lock, as Linux's spin locks were until 6.13.
import { Assembler } from '../../src/riscv/isa/assembler.ts';

const ENTRY = 0x8020_0000n;
/** Ticket that is next, ticket that is served, sections done: each in a line of its own. */
const DATA = 0x8040_0000n;
const [OWNER, COUNT] = [64, 128];
const [X0, T0, T1, T2, S0, S1, S2, A0, A1, A2, A6, A7] = [0, 5, 6, 7, 8, 9, 18, 10, 11, 12, 16, 17];
const HSM = 0x48_534dn;
const SRST = 0x5352_5354n;
/** Source: Unprivileged ISA, Zihintpause: a FENCE with pred=W and all else 0. */
const PAUSE = 0x0100_000f;

export interface SpinOptions {
  readonly harts: number;
  /** In all, by whichever hart comes. */
  readonly sections: number;
  /** Turns of a loop of two instructions, with the lock and without it. */
  readonly held: number;
  readonly free: number;
}

/** Switches itself off with status 0 when so many sections are done, and 1 when two harts were in one at once. */
export function spinGuest({ harts, sections, held, free }: SpinOptions): Uint8Array {
  const asm = new Assembler(ENTRY);
  const work = (turns: number, label: string) =>
    asm
      .li(T2, BigInt(turns))
      .label(label)
      .emit('addi', { rd: T2, rs1: T2, imm: -1 })
      .jump('bne', { rs1: T2, rs2: X0 }, label);
  asm.li(S0, DATA).li(S1, BigInt(sections));
  asm.li(T0, BigInt(harts)).jump('bne', { rs1: A0, rs2: X0 }, 'section');
  // The first one starts all others.
  asm.li(S2, 1n).label('start').jump('beq', { rs1: S2, rs2: T0 }, 'section');
  asm.emit('addi', { rd: A0, rs1: S2, imm: 0 }).li(A1, ENTRY).li(A2, 0n).li(A7, HSM).li(A6, 0n).emit('ecall');
  asm
    .li(T0, BigInt(harts))
    .emit('addi', { rd: S2, rs1: S2, imm: 1 })
    .jump('beq', { rs1: X0, rs2: X0 }, 'start');

  asm.label('section').emit('addi', { rd: T1, rs1: X0, imm: 1 });
  asm.emit('amoadd.w', { rd: T0, rs1: S0, rs2: T1, aq: 1, rl: 1 });
  asm.label('wait').emit('lw', { rd: T1, rs1: S0, imm: OWNER }).jump('beq', { rs1: T0, rs2: T1 }, 'mine');
  asm.word(PAUSE).jump('beq', { rs1: X0, rs2: X0 }, 'wait');
  asm.label('mine').emit('fence', { pred: 2, succ: 3 });
  asm.emit('lw', { rd: A1, rs1: S0, imm: COUNT });
  work(held, 'held');
  asm.emit('lw', { rd: A2, rs1: S0, imm: COUNT }).jump('bne', { rs1: A1, rs2: A2 }, 'broken');
  asm.emit('addi', { rd: A1, rs1: A1, imm: 1 }).emit('sw', { rs1: S0, rs2: A1, imm: COUNT });
  asm.jump('beq', { rs1: A1, rs2: S1 }, 'done');
  asm.emit('fence', { pred: 3, succ: 1 }).emit('addi', { rd: T0, rs1: T0, imm: 1 });
  asm.emit('sw', { rs1: S0, rs2: T0, imm: OWNER });
  work(free, 'free');
  asm.jump('beq', { rs1: X0, rs2: X0 }, 'section');
  asm.label('done').li(A1, 0n).jump('beq', { rs1: X0, rs2: X0 }, 'off');
  asm.label('broken').li(A1, 1n);
  asm.label('off').li(A7, SRST).li(A6, 0n).li(A0, 0n).emit('ecall');
  asm.label('stay').jump('beq', { rs1: X0, rs2: X0 }, 'stay');
  return asm.finish();
}
