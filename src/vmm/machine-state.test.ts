// save and restore: a machine goes on as if nothing had been, on every back end; states share what did not change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockBackend } from '#devices';
import { SeededRandom } from '#lib';
import { writeButton } from './button-event.ts';
import type { Machine } from './machine.ts';
import type { MachineStateV1 } from './machine-state.ts';
import { asm, CSR, EID, ENTRY, load32, sbi, testMachine, X } from './testing.ts';

const UART = 0x1000_0000;
const DATA = 0x8030_0000;
const ENGINES = ['reference', 'interpreter', 'jit'] as const;

/** Counts in memory, prints a letter a round, and is interrupted by the timer, whose handler sets it anew. */
const BUSY: readonly number[] = [
  asm.auipc(X.t0, 0),
  asm.addi(X.t0, X.t0, 4 * 22),
  asm.csrw(CSR.stvec, X.t0),
  ...load32(X.t0, 1 << 5),
  asm.csrs(CSR.sie, X.t0),
  ...load32(X.a2, UART),
  ...load32(X.a3, DATA),
  ...load32(X.t1, 30),
  asm.csrw(CSR.stimecmp, X.t1),
  asm.addi(X.t1, 0, 2),
  asm.csrs(CSR.sstatus, X.t1),
  // 17: the loop
  asm.addi(X.t2, X.t2, 1),
  asm.sw(X.t2, X.a3, 0),
  asm.sb(X.t2, X.a2, 0),
  asm.jal(-12),
  asm.spin,
  // 22: the handler
  asm.lw(X.t1, X.a3, 8),
  asm.addi(X.t1, X.t1, 3),
  asm.sw(X.t1, X.a3, 8),
  asm.slli(X.t1, X.t1, 4),
  asm.csrw(CSR.stimecmp, X.t1),
  0x1020_0073, // sret
];

test('save: after restore the same steps lead to the same state, whichever back end goes on', () => {
  const hashes = new Set<string>();
  for (const engine of ENGINES) {
    const { machine, output } = testMachine(BUSY, { engine });
    machine.powerOn();
    machine.turn(20_001);
    const state = machine.save();
    machine.turn(30_000);
    const hash = machine.stateHash();
    const printed = output().length;
    machine.restore(structuredClone(state));
    machine.turn(30_000);
    assert.equal(machine.stateHash(), hash);
    hashes.add(hash);
    assert.ok(printed > 1000, 'it works');
    for (const other of ENGINES) {
      const elsewhere = testMachine(BUSY, { engine: other }).machine;
      elsewhere.restore(state);
      elsewhere.turn(30_000);
      assert.equal(elsewhere.stateHash(), hash, `${engine} to ${other}`);
    }
  }
  assert.equal(hashes.size, 1);
});

test('save: a turn cut into parts is the same turn', () => {
  const [whole, cut] = [testMachine(BUSY).machine, testMachine(BUSY).machine];
  for (const machine of [whole, cut]) machine.powerOn();
  whole.turn(10_000);
  for (let i = 0; i < 100; i++) cut.advance(100);
  cut.endTurn({ kind: 'ran' });
  assert.equal(cut.stateHash(), whole.stateHash());
});

/** Hart 0 starts hart 1 at the same loop; each counts in memory beside the other, and adds the other's count. */
const TWO: readonly number[] = [
  ...sbi(EID.HSM, 0, 1, ENTRY, 1),
  ...load32(X.t0, DATA),
  asm.slli(X.a1, X.a1, 3),
  asm.addi(X.t1, X.t1, 1),
  asm.lw(X.t2, X.t0, 8),
  asm.sw(X.t1, X.t0, 8),
  asm.sw(X.t2, X.t0, 16),
  asm.jal(-16),
];

test('several harts: turns cut anywhere, and a machine restored between, lead to the same state', () => {
  const config = { harts: 2 };
  const [whole, cut] = [
    testMachine(TWO, { config }).machine,
    testMachine(TWO, { config, engine: 'jit' }).machine,
  ];
  for (const machine of [whole, cut]) machine.powerOn();
  whole.turn(400_000);
  for (let i = 0; i < 400; i++) {
    cut.advance(999);
    if (i % 100 === 50) cut.restore(structuredClone(cut.save()));
    cut.advance(1);
  }
  cut.endTurn({ kind: 'ran' });
  assert.deepEqual(cut.save().harts, whole.save().harts);
  assert.equal(cut.stateHash(), whole.stateHash());
  const steps = whole.harts.map((hart) => Number(hart.steps));
  assert.ok(Math.min(...steps) > 100_000, steps.join());
});

/** Takes a reservation on page after page that was never touched, and stores there: a2 counts what fails. */
const RESERVES: readonly number[] = [
  ...load32(X.t0, DATA),
  ...load32(X.a3, 4096),
  asm.lw(X.t1, X.t0, 4),
  asm.lrw(X.t1, X.t0),
  asm.scw(X.t2, X.t0, X.a3),
  asm.add(X.a2, X.a2, X.t2),
  asm.add(X.t0, X.t0, X.a3),
  asm.jal(-20),
];

test('save: SC succeeds where it did at first, on pages of zeros too, gone back to between LR and SC or before', () => {
  const STEPS = 200;
  for (const engine of ENGINES) {
    const { machine } = testMachine(RESERVES, { engine });
    machine.powerOn();
    const states = Array.from({ length: STEPS }, () => {
      const state = machine.save();
      machine.advance(1);
      return state;
    });
    const hash = machine.stateHash();
    assert.equal(machine.harts[0]?.context.x(X.a2), 0n, 'none fails');
    const random = new SeededRandom(5);
    for (let round = 0; round < 60; round++) {
      const from = random.below(STEPS);
      machine.restore(states[from] as MachineStateV1);
      machine.advance(STEPS - from);
      assert.equal(machine.stateHash(), hash, `${engine} from step ${from}`);
    }
  }
});

test('save: input that no device took yet, chance and a waiting hart travel', () => {
  const words = [...sbi(EID.DBCN, 1, 3, DATA, 0), asm.wfi, asm.spin];
  const one = testMachine(words, { config: { console: 'none' } }).machine;
  one.powerOn();
  one.input({ kind: 'console', bytes: new TextEncoder().encode('abcdef') });
  one.turn(100);
  const two = testMachine(words, { config: { console: 'none' } }).machine;
  two.restore(structuredClone(one.save()));
  assert.equal(two.takesInput, false);
  assert.equal(two.stateHash(), one.stateHash());
  assert.deepEqual(two.save().random, one.save().random);
  assert.deepEqual(two.save().harts, one.save().harts);
});

test('save: what a machine does then does not change a state', () => {
  const { machine } = testMachine([asm.spin]);
  machine.powerOn();
  machine.turn(100);
  const state = machine.save();
  const { board } = structuredClone(state);
  machine.input({ kind: 'console', bytes: new TextEncoder().encode('abcdef') });
  machine.turn(100);
  assert.notDeepEqual(machine.save().board, board);
  assert.deepEqual(state.board, board);
});

test('save: states that follow one another share the pages that did not change', () => {
  const { machine } = testMachine(BUSY);
  machine.powerOn();
  const log = machine.dirtyLog.open();
  machine.turn(1000);
  log.take();
  const first = machine.save();
  machine.turn(1000);
  const second = machine.save(first, new Set(log.take()));
  const compared = machine.save(first);
  assert.deepEqual(second, compared);
  const kept = [...second.pages].filter(([ppn, bytes]) => first.pages.get(ppn) === bytes);
  assert.equal(kept.length, second.pages.size - 1);
  assert.ok(second.pages.size > 1);
  const shared = [...compared.pages].filter(([ppn, bytes]) => first.pages.get(ppn) === bytes);
  assert.equal(shared.length, compared.pages.size - 1);
  assert.notEqual(second.pages.get(DATA / 4096), first.pages.get(DATA / 4096));
  machine.restore(first);
  assert.deepEqual(machine.save(), first);
});

test('restore: a machine with buttons takes a state from before there were any, and nothing else of other devices', () => {
  const [older, newer] = [{ agent: true }, { agent: true, buttons: true }].map(
    (config) => testMachine(BUSY, { config }).machine,
  ) as [Machine, Machine];
  for (const machine of [older, newer]) machine.powerOn();
  older.turn(20_001);
  newer.restore(structuredClone(older.save()));
  for (const machine of [older, newer]) machine.turn(30_000);
  assert.deepEqual(newer.save().harts, older.save().harts);
  assert.equal(newer.input({ kind: 'button', bytes: writeButton('power') }), 0, 'its guest has no driver');
  assert.throws(() => older.restore(newer.save()), /Cannot restore devices/);
  const { machine } = testMachine(BUSY);
  assert.throws(() => newer.restore(machine.save()), /Cannot restore devices/);
});

test('restore: a machine with a spare SCSI controller takes a state from before there was one; it is there without a disk', () => {
  const scsiHosts = [{ number: 1, isSpare: true }];
  const [older, newer, own] = [
    { buttons: true },
    { buttons: true, scsiHosts },
    { buttons: true, scsiHosts: [{ number: 1, isSpare: false }] },
  ].map((config) => testMachine(BUSY, { config }).machine) as [Machine, Machine, Machine];
  for (const machine of [older, newer, own]) machine.powerOn();
  newer.restore(structuredClone(older.save()));
  assert.throws(() => older.restore(newer.save()), /Cannot restore devices/);
  assert.throws(() => own.restore(older.save()), /Cannot restore/);
  assert.deepEqual(
    [0, 1].map((number) => newer.scsi(number) !== undefined),
    [false, true],
  );
  newer.scsi(1)?.plug({ target: 2, kind: 'disk', backend: NO_DISK });
  assert.ok(newer.scsi(1)?.unit(2));
});

/** A disk that nobody reads. */
const NO_DISK: BlockBackend = {
  ...{ sizeBytes: 512, readOnly: false, id: 'none' },
  submit: (_, done) => done('ok'),
};

test('restore: a state of another machine is refused by what differs', () => {
  const { machine } = testMachine(BUSY);
  machine.powerOn();
  const other = testMachine(BUSY, { config: { ramBytes: 8 * 2 ** 20 } }).machine;
  assert.throws(() => other.restore(machine.save()), /Cannot restore test: the state is of .*4194304/);
});
