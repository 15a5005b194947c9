// Going to and fro on a run: whichever way a step is come to, the machine there is the one of the first time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Checkpoints } from '../record/checkpoints.ts';
import { Timeline } from '../record/timeline.ts';
import { asm, CSR, load32, testMachine, X } from '../testing.ts';
import { MachineTarget } from './machine-target.ts';
import { type Motion, type Point, PointKind } from './target.ts';

const STEPS = 6000;
/** As many positions as a test of every day has time for; thousands when the environment asks for all. */
const POSITIONS = process.env['VMK_FULL_SCALE'] === undefined ? 40 : 4000;
const UART = 0x1000_0000;
const COUNT = 0x8030_0000;
const PAGES = 0x8031_0000;
const HANDLER_AT = 27;

/** Each round takes a reservation on a page that was never touched, stores there, prints, waits for the timer. */
const GUEST: readonly number[] = [
  asm.auipc(X.t0, 0),
  asm.addi(X.t0, X.t0, 4 * HANDLER_AT),
  asm.csrw(CSR.stvec, X.t0),
  ...load32(X.t1, 1 << 5),
  asm.csrs(CSR.sie, X.t1),
  ...load32(X.a2, UART),
  ...load32(X.a3, COUNT),
  ...load32(X.a0, PAGES),
  ...load32(X.a7, 4096),
  asm.csrw(CSR.stimecmp, X.zero),
  asm.addi(X.t1, 0, 2),
  asm.csrs(CSR.sstatus, X.t1),
  // The loop.
  asm.addi(X.t2, X.t2, 1),
  asm.lrw(X.ra, X.a0),
  asm.scw(X.a1, X.a0, X.t2),
  asm.add(X.a6, X.a6, X.a1),
  asm.add(X.a0, X.a0, X.a7),
  asm.sb(X.t2, X.a2, 0),
  asm.wfi,
  asm.jal(-28),
];
/** The timer's handler: it sets it anew, ever later. */
const HANDLER: readonly number[] = [
  asm.lw(X.t1, X.a3, 0),
  asm.addi(X.t1, X.t1, 3),
  asm.sw(X.t1, X.a3, 0),
  asm.csrw(CSR.stimecmp, X.t1),
  0x1020_0073, // sret
];

const forward: Motion = { kind: 'continue', thread: 1, isBackward: false };
const backward: Motion = { kind: 'continue', thread: 1, isBackward: true };
const step: Motion = { kind: 'step', thread: 1, isBackward: false, isAlone: true };
const stepBack: Motion = { kind: 'step', thread: 1, isBackward: true };

function debugged(engine: 'interpreter' | 'jit') {
  const padding = Array.from({ length: HANDLER_AT - GUEST.length }, () => asm.spin);
  const { machine } = testMachine([...GUEST, ...padding, ...HANDLER], {
    engine,
    config: { ramBytes: 2 ** 24 },
  });
  machine.powerOn();
  const [hart] = machine.harts;
  assert.ok(hart);
  const timeline = new Timeline({ machine, turnSteps: 1000, inputs: [], missed: () => assert.fail() });
  const checkpoints = new Checkpoints(timeline, machine, []);
  const target = new MachineTarget({
    ...{ machine, timeline, checkpoints, mayWrite: false, lastStep: BigInt(STEPS) },
    ...{ kill: () => assert.fail(), detached: () => {} },
  });
  target.halt();
  let why = '';
  target.onStop = ({ kind }) => {
    why = kind;
  };
  /** All registers and where it is. */
  const look = (): string => {
    const registers = Array.from({ length: 32 }, (_, index) => hart.context.x(index).toString(16));
    return [timeline.step, hart.context.get('pc').toString(16), ...registers].join(' ');
  };
  const move = (motion: Motion): string => {
    target.resume(motion);
    while (!target.isHalted) target.proceed();
    return look();
  };
  const seek = (to: number): string => {
    target.monitor(`seek ${to}`);
    return move(forward);
  };
  return { machine, hart, target, timeline, look, move, seek, why: () => why };
}

for (const engine of ['interpreter', 'jit'] as const) {
  test(`${engine}: ${POSITIONS} positions: there, a step on, back, to the next trap and back to the last`, () => {
    const { machine, hart, target, timeline, look, move, seek, why } = debugged(engine);
    const looks: string[] = [];
    const handled: number[] = [];
    const handler = hart.context.get('pc') + BigInt(4 * HANDLER_AT);
    for (let at = 0; at <= STEPS; at++) {
      looks.push(look());
      if (hart.context.get('pc') === handler) handled.push(at);
      if (at < STEPS) assert.equal(move(step).split(' ')[0], String(at + 1));
    }
    const hash = machine.stateHash();
    assert.equal(hart.context.x(X.a6), 0n, 'no SC failed');
    assert.ok(handled.length > 50, `${handled.length} interrupts`);
    const point: Point = { kind: PointKind.Hardware, address: handler, bytes: 4 };
    const random = new SeededRandom(11);
    for (let round = 0; round < POSITIONS; round++) {
      const at = 1 + random.below(STEPS - 1);
      assert.equal(seek(at), looks[at]);
      assert.equal(move(step), looks[at + 1], `on from ${at}`);
      assert.equal(move(stepBack), looks[at], `back to ${at}`);
      assert.equal(move(stepBack), looks[at - 1], `back from ${at}`);
      target.insert(point);
      const next = handled.find((one) => one > at - 1) ?? STEPS;
      assert.equal(move(forward), looks[next], `on from ${at - 1} to ${why()}`);
      const last = handled.findLast((one) => one < next) ?? 0;
      assert.equal(move(backward), looks[last], `back from ${next} to ${why()}`);
      target.remove(point);
    }
    assert.equal(seek(STEPS), looks[STEPS]);
    assert.equal(machine.stateHash(), hash);
    assert.equal(timeline.step, BigInt(STEPS));
  });
}
