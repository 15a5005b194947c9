// A debugger's breakpoints and watchpoints: every engine ends the run there, at the same step, and changes nothing.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { PAGE_BYTES } from './hart/page-map.ts';
import { AccessKind, type Stops } from './hart/stops.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const [T0, T1, T2, A0] = [5, 6, 7, 10];
const DATA = RAM + 0x8000n;
const ROUNDS = 500n;

/** Stops at these places whenever it is not told to pass. */
class TestStops implements Stops {
  readonly breakpoints: ReadonlySet<bigint>;
  readonly watched: Stops['watched'];
  passes = false;
  readonly hits: string[] = [];

  constructor(breakpoints: readonly bigint[], watched: Stops['watched'] = []) {
    this.breakpoints = new Set(breakpoints);
    this.watched = watched;
  }

  atBreakpoint(_context: number, pc: bigint): boolean {
    if (!this.passes) this.hits.push(`at ${pc.toString(16)}`);
    return !this.passes;
  }

  atAccess(_context: number, address: bigint, bytes: number, kind: number): boolean {
    if (!this.passes) this.hits.push(`${kind} ${address.toString(16)}+${bytes}`);
    return !this.passes;
  }
}

/** Goes on over the place where it stopped. */
function step(hart: TestHart, stops: TestStops): void {
  stops.passes = true;
  assert.equal(hart.engine.run(hart.context.address, 1), Exit.Budget);
  stops.passes = false;
}

/** A loop that counts down T0; `body` is called once a round. Its label is at LOOP. */
const LOOP = RAM + 8n;
function loop(hart: TestHart, body: (asm: Parameters<Parameters<TestHart['program']>[1]>[0]) => void): void {
  hart.program(RAM, (asm) => {
    asm.emit('addi', { rd: T0, rs1: 0, imm: Number(ROUNDS) }).emit('auipc', { rd: T1, imm: 0x8000 });
    asm.label('loop');
    body(asm);
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
}

bench.test('a breakpoint in a hot loop stops every round, in exact steps', (hart) => {
  loop(hart, (asm) => asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }));
  assert.equal(hart.run(500), Exit.Budget);
  const before = hart.context.x(A0);
  const stops = new TestStops([LOOP]);
  hart.engine.setStops(stops);
  let last = 0n;
  for (let round = 0; round < 20; round++) {
    assert.equal(hart.run(1000), Exit.Breakpoint);
    assert.equal(hart.context.get('pc'), LOOP);
    const steps = hart.context.get('stepsEnd');
    if (round > 0) assert.equal(steps - last, 3n);
    last = steps;
    step(hart, stops);
  }
  assert.ok(hart.context.x(A0) >= before + 20n);
  hart.engine.setStops(undefined);
  assert.equal(hart.run(10_000), Exit.Sbi);
  assert.equal(hart.context.x(A0), ROUNDS);
});

bench.test('a breakpoint of another page at the same place in it does not stop', (hart) => {
  loop(hart, (asm) => asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }));
  const stops = new TestStops([LOOP + BigInt(PAGE_BYTES)]);
  hart.engine.setStops(stops);
  assert.equal(hart.run(10_000), Exit.Sbi);
  assert.deepEqual(stops.hits, []);
  assert.equal(hart.context.x(A0), ROUNDS);
});

bench.test('a breakpoint at an instruction over the end of a page', (hart) => {
  const at = RAM + BigInt(PAGE_BYTES) - 2n;
  hart.program(at, (asm) => asm.emit('addi', { rd: A0, rs1: A0, imm: 7 }).emit('ecall'));
  hart.context.set('pc', at);
  const stops = new TestStops([at]);
  hart.engine.setStops(stops);
  assert.equal(hart.run(10), Exit.Breakpoint);
  assert.equal(hart.context.get('stepsEnd'), 0n);
  step(hart, stops);
  assert.equal(hart.run(10), Exit.Sbi);
  assert.equal(hart.context.x(A0), 7n);
});

bench.test('watched bytes: loads, stores and AMOs stop before they are done, neighbours do not', (hart) => {
  loop(hart, (asm) => {
    asm.emit('sd', { rs1: T1, rs2: T0, imm: -4 + 16 }).emit('ld', { rd: A0, rs1: T1, imm: -4 + 24 });
    asm
      .emit('addi', { rd: T2, rs1: T1, imm: -4 + 32 })
      .emit('amoadd.w', { rd: 0, rs1: T2, rs2: T0 })
      .emit('sb', { rs1: T1, rs2: T0, imm: -4 + 40 });
  });
  assert.equal(hart.run(300), Exit.Budget);
  const watched = [16n, 24n, 32n].map((offset) => ({ address: DATA + offset, bytes: 4 }));
  const stops = new TestStops([], watched);
  hart.engine.setStops(stops);
  const seen: string[] = [];
  for (let i = 0; i < 6; i++) {
    assert.equal(hart.run(1000), Exit.Breakpoint);
    seen.push(stops.hits.at(-1) ?? '');
    step(hart, stops);
  }
  const at = (offset: bigint): string => (DATA + offset).toString(16);
  const expected = new Set([
    `${AccessKind.Write} ${at(16n)}+8`,
    `${AccessKind.Read} ${at(24n)}+8`,
    `${AccessKind.ReadWrite} ${at(32n)}+4`,
  ]);
  assert.deepEqual(new Set(seen), expected);
  assert.equal(seen.length, 6);
  hart.engine.setStops(undefined);
  assert.equal(hart.run(100_000), Exit.Sbi);
  assert.equal(hart.read64(DATA + 32n), (ROUNDS * (ROUNDS + 1n)) / 2n);
});

bench.test('a watched store over the end of a page stops once', (hart) => {
  const end = RAM + 9n * BigInt(PAGE_BYTES);
  hart.context.setX(T2, end - 3n);
  hart.context.setX(T0, 0x1122_3344_5566_7788n);
  hart.program(RAM, (asm) => asm.emit('sd', { rs1: T2, rs2: T0, imm: 0 }).emit('ecall'));
  const stops = new TestStops([], [{ address: end + 1n, bytes: 1 }]);
  hart.engine.setStops(stops);
  assert.equal(hart.run(10), Exit.Breakpoint);
  assert.equal(hart.read64(end - 8n), 0n);
  step(hart, stops);
  assert.equal(hart.run(10), Exit.Sbi);
  assert.equal(stops.hits.length, 1);
  assert.equal(hart.read64(end - 8n) >> 40n, 0x66_7788n);
});
