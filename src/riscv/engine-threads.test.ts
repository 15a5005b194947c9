// Harts on several threads see of one another what the memory model allows, and lose nothing.
// Source: Unprivileged ISA 20240411 §17 (RVWMO) and appendix A; names of the tests as in the litmus literature.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Assembler } from './isa/assembler.ts';
import { RAM, Threads } from './testing/threads.ts';

const ITERATIONS = 3000;
const [zero, t0, t1, t2, s0, s1, s2, s3, s4, a0] = [0, 5, 6, 7, 8, 9, 18, 19, 20, 10];
const BARRIER = 0x8000;
const VARIABLES = 0x10_000;
const STRIDE = 128;
const RESULTS = 0x20_0000;
const RESULT_BYTES = 0x4_0000;
const [X, Y] = [0, 64];
const ALL = { pred: 0b0011, succ: 0b0011 };

const threads = { interpreter: new Threads('interpreter', 4), jit: new Threads('jit', 4) };
after(() => Promise.all([threads.interpreter.close(), threads.jit.close()]));

type Body = (asm: Assembler) => void;
const store =
  (at: number, value: number): Body =>
  (asm) =>
    void asm.emit('addi', { rd: t2, rs1: zero, imm: value }).emit('sw', { rs1: s2, rs2: t2, imm: at });
const load =
  (at: number, result: number): Body =>
  (asm) =>
    void asm.emit('lw', { rd: a0 + result, rs1: s2, imm: at });
const fence: Body = (asm) => void asm.emit('fence', ALL);
const [R, W] = [0b0010, 0b0001];
const fenceOf =
  (pred: number, succ: number): Body =>
  (asm) =>
    void asm.emit('fence', { pred, succ });
/** The value that was loaded takes part in what is stored, and changes nothing. */
const storeDepending =
  (at: number, value: number): Body =>
  (asm) =>
    void asm
      .emit('xor', { rd: t2, rs1: a0, rs2: a0 })
      .emit('addi', { rd: t2, rs1: t2, imm: value })
      .emit('sw', { rs1: s2, rs2: t2, imm: at });
const at = (asm: Assembler, offset: number) => asm.emit('addi', { rd: t1, rs1: s2, imm: offset });
const swap =
  (offset: number, value: number, order: { aq: number; rl: number }): Body =>
  (asm) =>
    void at(asm, offset)
      .emit('addi', { rd: t2, rs1: zero, imm: value })
      .emit('amoswap.w', { rd: zero, rs1: t1, rs2: t2, ...order });
const reserve =
  (offset: number, result: number): Body =>
  (asm) =>
    void at(asm, offset).emit('lr.w', { rd: a0 + result, rs1: t1, aq: 1, rl: 0 });
/** Stores by LR/SC, again and again until it succeeds. */
const conditional =
  (offset: number, value: number, order: { aq: number; rl: number }): Body =>
  (asm) => {
    const label = `again${asm.here}`;
    at(asm, offset).emit('addi', { rd: t2, rs1: zero, imm: value }).label(label);
    asm.emit('lr.w', { rd: t0, rs1: t1, aq: order.aq, rl: order.rl });
    asm.emit('sc.w', { rd: t0, rs1: t1, rs2: t2, aq: order.aq, rl: order.rl });
    asm.jump('bne', { rs1: t0, rs2: zero }, label);
  };

/** What an iteration gave: results of each thread, and what stood in memory in the end. */
interface Outcome {
  readonly r: readonly (readonly [number, number])[];
  readonly x: number;
  readonly y: number;
}
interface Litmus {
  readonly threads: readonly (readonly Body[])[];
  /** The outcome that the test is about. */
  readonly is: (outcome: Outcome) => boolean;
  readonly isAllowed?: boolean;
}

const both = (k: number, a: number, b: number) => (o: Outcome) => o.r[k]?.[0] === a && o.r[k]?.[1] === b;
const zeros = ({ r }: Outcome) => r[0]?.[0] === 0 && r[1]?.[0] === 0;
const ones = ({ r }: Outcome) => r[0]?.[0] === 1 && r[1]?.[0] === 1;
const disagree = (o: Outcome) => both(2, 1, 0)(o) && both(3, 1, 0)(o);
const AQRL = { aq: 1, rl: 1 };
const RELEASE = { aq: 0, rl: 1 };

const LITMUS: Readonly<Record<string, Litmus>> = {
  MP: {
    threads: [
      [store(X, 1), store(Y, 1)],
      [load(Y, 0), load(X, 1)],
    ],
    is: both(1, 1, 0),
    isAllowed: true,
  },
  'MP+fences': {
    threads: [
      [store(X, 1), fence, store(Y, 1)],
      [load(Y, 0), fence, load(X, 1)],
    ],
    is: both(1, 1, 0),
  },
  'MP+fence.w.w+fence.r.r': {
    threads: [
      [store(X, 1), fenceOf(W, W), store(Y, 1)],
      [load(Y, 0), fenceOf(R, R), load(X, 1)],
    ],
    is: both(1, 1, 0),
  },
  'MP+amo.rl+lr.aq': {
    threads: [
      [store(X, 1), swap(Y, 1, RELEASE)],
      [reserve(Y, 0), load(X, 1)],
    ],
    is: both(1, 1, 0),
  },
  'MP+sc.rl+fence': {
    threads: [
      [store(X, 1), conditional(Y, 1, RELEASE)],
      [load(Y, 0), fence, load(X, 1)],
    ],
    is: both(1, 1, 0),
  },
  SB: {
    threads: [
      [store(X, 1), load(Y, 0)],
      [store(Y, 1), load(X, 0)],
    ],
    is: zeros,
    isAllowed: true,
  },
  'SB+fences': {
    threads: [
      [store(X, 1), fence, load(Y, 0)],
      [store(Y, 1), fence, load(X, 0)],
    ],
    is: zeros,
  },
  'SB+fences.w.r': {
    threads: [
      [store(X, 1), fenceOf(W, R), load(Y, 0)],
      [store(Y, 1), fenceOf(W, R), load(X, 0)],
    ],
    is: zeros,
  },
  'SB+amo.aqrl': {
    threads: [
      [swap(X, 1, AQRL), load(Y, 0)],
      [swap(Y, 1, AQRL), load(X, 0)],
    ],
    is: zeros,
  },
  LB: {
    threads: [
      [load(X, 0), store(Y, 1)],
      [load(Y, 0), store(X, 1)],
    ],
    is: ones,
    isAllowed: true,
  },
  'LB+fences': {
    threads: [
      [load(X, 0), fence, store(Y, 1)],
      [load(Y, 0), fence, store(X, 1)],
    ],
    is: ones,
  },
  'LB+fences.r.w': {
    threads: [
      [load(X, 0), fenceOf(R, W), store(Y, 1)],
      [load(Y, 0), fenceOf(R, W), store(X, 1)],
    ],
    is: ones,
  },
  'LB+data': {
    threads: [
      [load(X, 0), storeDepending(Y, 1)],
      [load(Y, 0), storeDepending(X, 1)],
    ],
    is: ones,
  },
  CoRR: { threads: [[store(X, 1)], [load(X, 0), load(X, 1)]], is: both(1, 1, 0) },
  'CoRR+amo': { threads: [[swap(X, 1, { aq: 0, rl: 0 })], [load(X, 0), load(X, 1)]], is: both(1, 1, 0) },
  '2+2W': {
    threads: [
      [store(X, 1), store(Y, 2)],
      [store(Y, 1), store(X, 2)],
    ],
    is: ({ x, y }) => x === 1 && y === 1,
    isAllowed: true,
  },
  '2+2W+fences': {
    threads: [
      [store(X, 1), fence, store(Y, 2)],
      [store(Y, 1), fence, store(X, 2)],
    ],
    is: ({ x, y }) => x === 1 && y === 1,
  },
  IRIW: {
    threads: [[store(X, 1)], [store(Y, 1)], [load(X, 0), load(Y, 1)], [load(Y, 0), load(X, 1)]],
    is: disagree,
    isAllowed: true,
  },
  'IRIW+fences': {
    threads: [[store(X, 1)], [store(Y, 1)], [load(X, 0), fence, load(Y, 1)], [load(Y, 0), fence, load(X, 1)]],
    is: disagree,
  },
};

/** The iterations of one thread: all meet, wait a little (another time each), do their part, note what they saw. */
function iterations(thread: number, count: number, seed: number, body: readonly Body[]): Body {
  return (asm) => {
    asm
      .li(s1, BigInt(ITERATIONS))
      .li(s2, RAM + BigInt(VARIABLES))
      .li(s4, RAM + BigInt(BARRIER));
    asm.li(s3, RAM + BigInt(RESULTS + thread * RESULT_BYTES)).emit('addi', { rd: s0, rs1: zero, imm: 0 });
    asm.label('next').emit('addi', { rd: t2, rs1: zero, imm: 1 });
    asm
      .emit('amoadd.w', { rd: zero, rs1: s4, rs2: t2, aq: 1, rl: 1 })
      .emit('addi', { rd: s0, rs1: s0, imm: 1 });
    asm.li(t1, BigInt(count)).emit('mul', { rd: t1, rs1: t1, rs2: s0 });
    asm.label('meet').emit('lw', { rd: t0, rs1: s4, imm: 0 }).jump('blt', { rs1: t0, rs2: t1 }, 'meet');
    asm.li(t1, BigInt(seed + thread * 7)).emit('mul', { rd: t1, rs1: t1, rs2: s0 });
    asm.emit('srli', { rd: t1, rs1: t1, imm: 3 }).emit('andi', { rd: t1, rs1: t1, imm: 31 });
    asm
      .label('delay')
      .emit('addi', { rd: t1, rs1: t1, imm: -1 })
      .jump('bge', { rs1: t1, rs2: zero }, 'delay');
    for (const part of body) part(asm);
    asm.emit('sw', { rs1: s3, rs2: a0, imm: 0 }).emit('sw', { rs1: s3, rs2: a0 + 1, imm: 4 });
    asm.emit('addi', { rd: s3, rs1: s3, imm: 8 }).emit('addi', { rd: s2, rs1: s2, imm: STRIDE });
    asm.jump('bne', { rs1: s0, rs2: s1 }, 'next');
  };
}

function outcomes(machine: Threads, count: number): Outcome[] {
  return Array.from({ length: ITERATIONS }, (_, i) => ({
    r: Array.from({ length: count }, (_, thread) => {
      const place = RESULTS + thread * RESULT_BYTES + i * 8;
      return [machine.read(place), machine.read(place + 4)] as const;
    }),
    x: machine.read(VARIABLES + i * STRIDE + X),
    y: machine.read(VARIABLES + i * STRIDE + Y),
  }));
}

for (const kind of ['interpreter', 'jit'] as const) {
  for (const [name, litmus] of Object.entries(LITMUS)) {
    test(`${kind}: ${name} is ${litmus.isAllowed ? 'allowed' : 'forbidden'}`, async (t) => {
      const machine = threads[kind];
      const count = litmus.threads.length;
      const programs = litmus.threads.map((body, thread) => iterations(thread, count, 12_345, body));
      await machine.run(programs);
      const seen = outcomes(machine, count).filter((outcome) => litmus.is(outcome)).length;
      t.diagnostic(`${name}: ${seen} of ${ITERATIONS}`);
      if (!litmus.isAllowed) assert.equal(seen, 0);
    });
  }

  test(`${kind}: who reads between two looks at a sequence count sees what was written at one time`, async () => {
    const rounds = 100_000;
    const [count, wrong, one, other] = [BARRIER, BARRIER + 128, VARIABLES, VARIABLES + 64];
    const begin = (asm: Assembler) => {
      asm
        .li(s2, RAM + BigInt(one))
        .li(s4, RAM + BigInt(count))
        .li(s1, BigInt(2 * rounds));
    };
    const writer: Body = (asm) => {
      begin(asm);
      asm.label('next').emit('addi', { rd: s0, rs1: s0, imm: 1 }).emit('sw', { rs1: s4, rs2: s0, imm: 0 });
      asm.emit('fence', { pred: W, succ: W }).emit('sw', { rs1: s2, rs2: s0, imm: 0 });
      asm.emit('sw', { rs1: s2, rs2: s0, imm: other - one }).emit('fence', { pred: W, succ: W });
      asm.emit('addi', { rd: s0, rs1: s0, imm: 1 }).emit('sw', { rs1: s4, rs2: s0, imm: 0 });
      asm.jump('bne', { rs1: s0, rs2: s1 }, 'next');
    };
    const reader: Body = (asm) => {
      begin(asm);
      asm.label('again').emit('lw', { rd: t0, rs1: s4, imm: 0 }).emit('fence', { pred: R, succ: R });
      asm.emit('lw', { rd: a0, rs1: s2, imm: 0 }).emit('lw', { rd: a0 + 1, rs1: s2, imm: other - one });
      asm.emit('fence', { pred: R, succ: R }).emit('lw', { rd: t1, rs1: s4, imm: 0 });
      asm.jump('bne', { rs1: t0, rs2: t1 }, 'again').emit('andi', { rd: t2, rs1: t0, imm: 1 });
      asm.jump('bne', { rs1: t2, rs2: zero }, 'again').jump('beq', { rs1: a0, rs2: a0 + 1 }, 'right');
      asm.emit('lw', { rd: t2, rs1: s4, imm: wrong - count }).emit('addi', { rd: t2, rs1: t2, imm: 1 });
      asm.emit('sw', { rs1: s4, rs2: t2, imm: wrong - count });
      asm.label('right').jump('bne', { rs1: t0, rs2: s1 }, 'again');
    };
    const machine = threads[kind];
    await machine.run([writer, reader, reader]);
    assert.equal(machine.read(count), 2 * rounds);
    assert.equal(machine.read(wrong), 0);
  });

  test(`${kind}: counters that four threads raise lose nothing, by AMO and by LR/SC`, async () => {
    const rounds = 20_000;
    const program: Body = (asm) => {
      asm.li(s1, BigInt(rounds)).li(s2, RAM + BigInt(VARIABLES));
      asm.label('next').emit('addi', { rd: t2, rs1: zero, imm: 1 });
      asm
        .emit('amoadd.w', { rd: zero, rs1: s2, rs2: t2, aq: 0, rl: 0 })
        .emit('addi', { rd: t1, rs1: s2, imm: 64 });
      asm
        .emit('amoadd.d', { rd: zero, rs1: t1, rs2: t2, aq: 0, rl: 0 })
        .emit('addi', { rd: t1, rs1: s2, imm: 128 });
      asm.label('again').emit('lr.w', { rd: t0, rs1: t1, aq: 0, rl: 0 });
      asm.emit('addi', { rd: t0, rs1: t0, imm: 1 }).emit('sc.w', { rd: t2, rs1: t1, rs2: t0, aq: 0, rl: 0 });
      asm.jump('bne', { rs1: t2, rs2: zero }, 'again').emit('addi', { rd: s1, rs1: s1, imm: -1 });
      asm.jump('bne', { rs1: s1, rs2: zero }, 'next');
    };
    const machine = threads[kind];
    await machine.run([program, program, program, program]);
    for (const offset of [0, 64, 128]) assert.equal(machine.read(VARIABLES + offset), 4 * rounds);
  });

  test(`${kind}: code that another thread has written is run after fence.i`, async () => {
    const rounds = 500;
    const [code, flag, ack, wrong] = [0x9000, BARRIER, BARRIER + 64, BARRIER + 128];
    // addi a0, zero, imm: the immediate stands in bits 31:20.
    const writer: Body = (asm) => {
      asm
        .li(s2, RAM + BigInt(code))
        .li(s3, RAM + BigInt(flag))
        .li(s4, RAM + BigInt(ack))
        .li(s1, BigInt(rounds));
      asm.li(t1, 0x0000_8067n).emit('sw', { rs1: s2, rs2: t1, imm: 4 });
      asm.label('next').emit('addi', { rd: s0, rs1: s0, imm: 1 }).emit('slli', { rd: t0, rs1: s0, imm: 20 });
      asm.emit('addi', { rd: t1, rs1: zero, imm: 0x513 }).emit('or', { rd: t0, rs1: t0, rs2: t1 });
      asm
        .emit('sw', { rs1: s2, rs2: t0, imm: 0 })
        .emit('fence', ALL)
        .emit('sw', { rs1: s3, rs2: s0, imm: 0 });
      asm.label('wait').emit('lw', { rd: t0, rs1: s4, imm: 0 }).jump('bne', { rs1: t0, rs2: s0 }, 'wait');
      asm.jump('bne', { rs1: s0, rs2: s1 }, 'next');
    };
    const runner: Body = (asm) => {
      asm
        .li(s2, RAM + BigInt(code))
        .li(s3, RAM + BigInt(flag))
        .li(s4, RAM + BigInt(ack))
        .li(s1, BigInt(rounds));
      asm.label('next').emit('addi', { rd: s0, rs1: s0, imm: 1 });
      asm.label('wait').emit('lw', { rd: t0, rs1: s3, imm: 0 }).jump('bne', { rs1: t0, rs2: s0 }, 'wait');
      asm.emit('fence.i').emit('jalr', { rd: 1, rs1: s2, imm: 0 });
      asm.jump('beq', { rs1: a0, rs2: s0 }, 'right').emit('lw', { rd: t0, rs1: s4, imm: 64 });
      asm.emit('addi', { rd: t0, rs1: t0, imm: 1 }).emit('sw', { rs1: s4, rs2: t0, imm: 64 });
      asm.label('right').emit('sw', { rs1: s4, rs2: s0, imm: 0 });
      asm.jump('bne', { rs1: s0, rs2: s1 }, 'next');
    };
    const machine = threads[kind];
    await machine.run([writer, runner]);
    assert.equal(machine.read(ack), rounds);
    assert.equal(machine.read(wrong), 0);
  });
}
