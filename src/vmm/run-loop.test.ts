// The run loop: every reason for which an engine comes back, and every way in which a guest can end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hart } from './hart.ts';
import type { TurnEnd } from './run-loop.ts';
import type { MmioAccess } from './run-observer.ts';
import { asm, CSR, EID, ENTRY, load32, sbi, testMachine, X } from './testing.ts';

const UART = 0x1000_0000;
const RTC_ALARM_STATUS = 0x10_1018;
const NOWHERE = 0x2000_0000;
const TIMER_ENABLED = 1 << 5;

/** Turns until something other than "ran" comes; a guest that never ends fails the test. */
function untilEnd(machine: { turn(budget: number): TurnEnd }, turns = 50): TurnEnd {
  for (let i = 0; i < turns; i++) {
    const end = machine.turn(10_000);
    if (end.kind !== 'ran') return end;
  }
  throw new Error(`the guest still runs after ${turns} turns`);
}

function run(words: readonly number[], more: Parameters<typeof testMachine>[1] = {}) {
  const made = testMachine(words, more);
  made.machine.powerOn();
  return { ...made, end: untilEnd(made.machine) };
}

/** Points stvec `words` words behind this one's start; three words itself. */
const setHandler = (words: number): number[] => [
  asm.auipc(X.t0, 0),
  asm.addi(X.t0, X.t0, words * 4),
  asm.csrw(CSR.stvec, X.t0),
];

const powerOff = sbi(EID.SRST, 0, 0, 0);

test('power-on: hart 0 in S-mode at the entry, with its id and the device tree', () => {
  const { machine } = testMachine([asm.spin]);
  machine.powerOn();
  const { context } = machine.harts[0] as Hart;
  assert.deepEqual([context.get('pc'), context.get32('mode'), context.get('satp')], [BigInt(ENTRY), 1, 0n]);
  assert.equal(context.x(X.a0), 0n);
  assert.ok(context.x(X.a1) > BigInt(ENTRY));
});

test('turn: uses up exactly its budget', () => {
  const { machine } = testMachine([asm.spin]);
  machine.powerOn();
  for (const budget of [1, 2, 1000, 12_345]) {
    const before = machine.steps;
    assert.deepEqual(machine.turn(budget), { kind: 'ran' });
    assert.equal(machine.steps - before, BigInt(budget));
  }
});

test('SBI: power-off ends the run with its status', () => {
  assert.deepEqual(run(powerOff).end, { kind: 'powered-off', status: 0 });
  assert.deepEqual(run(sbi(EID.SRST, 0, 0, 1)).end, { kind: 'powered-off', status: 1 });
});

test('device: what is stored reaches it, what is loaded comes back', () => {
  const letters = Array.from('ok\n', (letter) => [
    ...load32(X.t1, letter.charCodeAt(0)),
    asm.sb(X.t1, X.t0, 0),
  ]).flat();
  const { output, end } = run([...load32(X.t0, UART), ...letters, ...powerOff]);
  assert.equal(output(), 'ok\n');
  assert.equal(end.kind, 'powered-off');
});

test('device: the test finisher switches off with the guest’s own code', () => {
  const { end } = run([
    ...load32(X.t0, 0x10_0000),
    ...load32(X.t1, (42 << 16) | 0x3333),
    asm.sw(X.t1, X.t0, 0),
    asm.spin,
  ]);
  assert.deepEqual(end, { kind: 'powered-off', status: 42 });
});

test('reset: the machine starts anew, its memory as at first', () => {
  // Counts at an address behind the program: 0 at the first and at every later start.
  const counter = [
    ...load32(X.t0, ENTRY + 0x1000),
    asm.lw(X.t1, X.t0, 0),
    asm.addi(X.t1, X.t1, 1),
    asm.sw(X.t1, X.t0, 0),
  ];
  const { machine } = testMachine([...counter, ...sbi(EID.SRST, 0, 1, 0)]);
  machine.powerOn();
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(machine.turn(1000), { kind: 'ran' });
    const { context } = machine.harts[0] as Hart;
    assert.equal(context.get('pc'), BigInt(ENTRY));
    assert.equal(machine.steps, 0n);
  }
});

test('nothing there: a load is an access fault at the load, with its address', () => {
  const head = [...load32(X.t1, NOWHERE), ...setHandler(5), asm.lw(X.t2, X.t1, 8), asm.spin];
  const { machine, end } = run([...head, ...powerOff]);
  const { context } = machine.harts[0] as Hart;
  assert.equal(end.kind, 'powered-off');
  assert.equal(context.get('scause'), 5n);
  assert.equal(context.get('sepc'), BigInt(ENTRY + (head.length - 2) * 4));
  assert.equal(context.get('stval'), BigInt(NOWHERE + 8));
});

test('fault loop: a handler that faults by itself ends with pc, cause and address', () => {
  const { end } = run([...load32(X.t1, NOWHERE), ...setHandler(3), asm.lw(X.t2, X.t1, 0)]);
  const expected = /^hart 0 at pc 0x80200014 makes no progress.*load access fault, address 0x20000000/;
  assert.match(end.kind === 'fault' ? end.reason : '', expected);
});

test('jump into nowhere: the trap vector is nowhere too, so that is the end', () => {
  const { end } = run([asm.jalr(X.zero)]);
  assert.equal(end.kind, 'fault');
  assert.match(
    end.kind === 'fault' ? end.reason : '',
    /at pc 0x0 makes no progress.*instruction access fault, address 0x0/,
  );
});

test('halted: WFI with nothing that could wake it is told at once', () => {
  const { end } = run([asm.wfi, asm.spin]);
  assert.match(end.kind === 'fault' ? end.reason : '', /^halted for ever: hart 0 at pc 0x80200004 waits/);
});

test('halted: all harts stopped', () => {
  const { end } = run(sbi(EID.HSM, 1));
  assert.deepEqual(end, { kind: 'fault', reason: 'halted for ever: all harts have stopped' });
});

test('idle: a guest that waits for devices only needs an input', () => {
  const words = [...load32(X.t0, 1 << 9), asm.csrw(CSR.sie, X.t0), asm.wfi, asm.spin];
  assert.deepEqual(run(words).end, { kind: 'idle', ticks: undefined });
});

/** Sets the timer `ticks` ahead of 0, waits for it, and powers off. */
const sleeper = (ticks: number): number[] => [
  ...load32(X.t0, TIMER_ENABLED),
  asm.csrw(CSR.sie, X.t0),
  ...load32(X.t0, ticks),
  asm.csrw(CSR.stimecmp, X.t0),
  asm.wfi,
  ...powerOff,
];

test('deterministic time: jumps to the deadline while everything waits', () => {
  const { machine, end } = run(sleeper(1_000_000));
  assert.deepEqual(end, { kind: 'powered-off', status: 0 });
  const time = machine.harts[0]?.time ?? 0n;
  assert.ok(time >= 1_000_000n && time < 1_000_100n, `time is ${time}`);
  assert.ok(machine.steps < 100n);
});

test('deterministic time: a timer interrupts at the exact step', () => {
  // The handler is the power-off; the loop before it spins with the timer at tick 10, which is step 1280.
  const loop = [
    ...[...load32(X.t0, TIMER_ENABLED), asm.csrw(CSR.sie, X.t0)],
    ...[asm.addi(X.t0, X.zero, 10), asm.csrw(CSR.stimecmp, X.t0)],
    ...[asm.addi(X.t0, X.zero, 2), asm.csrs(CSR.sstatus, X.t0), asm.spin],
  ];
  const { machine, end } = run([...setHandler(3 + loop.length), ...loop, ...powerOff]);
  assert.equal(end.kind, 'powered-off');
  assert.equal(machine.steps, 10n * 128n + 1n + BigInt(powerOff.length));
});

test('real time: an idle machine says how long, and goes on when the time has come', () => {
  let now = 0;
  const config = { deterministic: false };
  const { machine } = testMachine(sleeper(5000), { config, ticks: () => now });
  machine.powerOn();
  assert.deepEqual(machine.turn(10_000), { kind: 'idle', ticks: 5000 });
  now = 4000;
  assert.deepEqual(machine.turn(10_000), { kind: 'idle', ticks: 1000 });
  now = 5000;
  assert.deepEqual(untilEnd(machine), { kind: 'powered-off', status: 0 });
});

test('observer: hears SBI calls, accesses, steps and traps', () => {
  const heard: string[] = [];
  const words = [
    ...load32(X.t0, RTC_ALARM_STATUS),
    asm.lw(X.t1, X.t0, 0),
    ...load32(X.t0, NOWHERE),
    asm.lw(X.t1, X.t0, 0),
  ];
  const { machine } = testMachine(words, {
    observer: {
      isStepwise: true,
      step: (hart, word) => heard.push(`step ${hart.context.get('pc').toString(16)} ${word?.toString(16)}`),
      trap: (hart) => heard.push(`trap ${hart.context.get('scause')}`),
      mmio: (_hart, access: MmioAccess) => heard.push(`${access.device} ${access.isWrite} ${access.value}`),
    },
  });
  machine.powerOn();
  machine.turn(6);
  assert.deepEqual(heard, [
    `step 80200000 ${words[0]?.toString(16)}`,
    `step 80200004 ${words[1]?.toString(16)}`,
    `step 80200008 ${words[2]?.toString(16)}`,
    'rtc false 0',
    `step 80200008 ${words[2]?.toString(16)}`,
    `step 8020000c ${words[3]?.toString(16)}`,
    `step 80200010 ${words[4]?.toString(16)}`,
    `step 80200014 ${words[5]?.toString(16)}`,
    'undefined false undefined',
    'trap 5',
  ]);
});

test('fences of code: a hart that is the only one, at home, has nothing to look for', () => {
  for (const harts of [1, 2]) {
    const { machine } = testMachine([asm.spin], { config: { harts } });
    machine.powerOn();
    machine.turn(100);
    assert.equal((machine.harts[0] as Hart).context.get32('soleWriter'), harts === 1 ? 1 : 0);
  }
});
