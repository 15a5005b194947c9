/** A loop with loads, stores, branches, calls and floating point, interrupted after each number of steps. */
import type { Assembler } from '../isa/assembler.ts';
import { Status } from '../isa/csr.ts';
import type { ExpectedCase } from './case.ts';
import { DATA, program } from './program.ts';

const [RA, S0, A0, A1, A2] = [1, 8, 10, 11, 12];
const STEPS = 400;
const FIRST = 150;
const COUNT = 48;

/** About 13 steps a turn, each turn another way through. */
const loop = (code: Assembler): Assembler =>
  code
    .jump('jal', { rd: 0 }, 'turn')
    .label('leaf')
    .emit('fadd.d', { rd: 1, rs1: 1, rs2: 2 })
    .emit('c.jr', { rs1: RA })
    .label('turn')
    .emit('ld', { rd: A0, rs1: S0, imm: 8 })
    .emit('addi', { rd: A0, rs1: A0, imm: 3 })
    .emit('sd', { rs1: S0, rs2: A0, imm: 8 })
    .emit('andi', { rd: A1, rs1: A0, imm: 4 })
    .jump('beq', { rs1: A1, rs2: 0 }, 'even')
    .emit('mul', { rd: A2, rs1: A0, rs2: A0 })
    .emit('c.addi', { rd: A2, rs1: A2, imm: 1 })
    .label('even')
    .jump('jal', { rd: RA }, 'leaf')
    .emit('amoadd.w', { rd: A1, rs1: S0, rs2: A0 })
    .jump('jal', { rd: 0 }, 'turn');

/** Late enough for the JIT to have translated the loop; every place in it is met. */
export const INTERRUPT_CASES: readonly ExpectedCase[] = Array.from({ length: COUNT }, (_, index) =>
  program(
    `an interrupt after ${FIRST + index} steps`,
    loop,
    { fields: { scause: (1n << 63n) | 9n, traps: 1n, stepsEnd: 1000n + BigInt(STEPS) } },
    {
      budget: STEPS,
      x: { [S0]: DATA },
      f: { 2: 0x3ff0_0000_0000_0000n },
      fields: { sstatus: Status.SIE, sie: 0x200n },
      interrupt: { after: FIRST + index, sip: 0x200n },
    },
  ),
);
