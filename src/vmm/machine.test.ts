// A machine as a whole: input, state hash, what it cannot be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asm, bootFile, CSR, EID, load32, program, sbi, testMachine, X } from './testing.ts';

const MIB = 2 ** 20;
const UART = 0x1000_0000;
const ADDRESS = 0x8030_0000;

test('input: console bytes come out of the UART one by one, and in order', () => {
  // Waits for a byte and sends it back, for ever. Bits 15:8 of the word at 4 are LSR, whose bit 0 is data ready.
  const wait = [
    asm.lw(X.t1, X.t0, 4),
    asm.slli(X.t1, X.t1, 55),
    asm.srli(X.t1, X.t1, 63),
    asm.beqz(X.t1, -12),
  ];
  const echo = [asm.lbu(X.t1, X.t0, 0), asm.sb(X.t1, X.t0, 0), asm.jal(-24)];
  const { machine, output } = testMachine([...load32(X.t0, UART), ...wait, ...echo]);
  machine.powerOn();
  machine.input({ kind: 'console', bytes: new TextEncoder().encode('x'.repeat(40)) });
  machine.input({ kind: 'console', bytes: new TextEncoder().encode('y\n') });
  for (let i = 0; i < 20 && !machine.takesInput; i++) machine.turn(500);
  machine.turn(500);
  assert.equal(output(), `${'x'.repeat(40)}y\n`);
});

test('input: the SBI’s debug console reads it too', () => {
  const { machine } = testMachine([...sbi(EID.DBCN, 1, 10, ADDRESS, 0), asm.spin], {
    config: { console: 'none' },
  });
  machine.powerOn();
  machine.input({ kind: 'console', bytes: new TextEncoder().encode('abc') });
  machine.turn(100);
  assert.equal(machine.harts[0]?.context.x(X.a1), 3n);
});

const storing = (value: number): number[] => [
  ...load32(X.t0, ADDRESS),
  ...load32(X.t1, value),
  asm.sw(X.t1, X.t0, 0),
];

function hashOf(words: readonly number[], steps: number): string {
  const { machine } = testMachine(words);
  machine.powerOn();
  machine.turn(steps);
  return machine.stateHash();
}

test('stateHash: the same for the same run, another one for another register, page or step', () => {
  const words = [...storing(1), asm.spin];
  const hash = hashOf(words, 50);
  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.equal(hashOf(words, 50), hash);
  assert.notEqual(hashOf(words, 51), hash);
  assert.notEqual(hashOf([...storing(2), asm.spin], 50), hash);
});

test('stateHash: device state counts', () => {
  const plain = hashOf([...load32(X.t0, UART), ...load32(X.t1, 0x55), asm.addi(X.t2, X.t2, 0), asm.spin], 50);
  const scratched = hashOf(
    [...load32(X.t0, UART), ...load32(X.t1, 0x55), asm.sb(X.t1, X.t0, 7), asm.spin],
    50,
  );
  assert.notEqual(plain, scratched);
});

test('powerOn: a payload that does not fit, or is none, is refused by name', () => {
  const file = bootFile('big.bin', new Uint8Array(3 * MIB));
  assert.throws(
    () => testMachine([], { config: { payload: { kind: 'firmware', file } } }).machine.powerOn(),
    {
      message: /^4 MiB of memory is too little: the raw image reaches 5 MiB into it/,
    },
  );
  const text = bootFile('notes.txt', program(...Array.from({ length: 99 }, () => 0x2020_2020)));
  assert.throws(
    () => testMachine([], { config: { payload: { kind: 'kernel', file: text } } }).machine.powerOn(),
    {
      message: /Cannot boot kernel "notes.txt"/,
    },
  );
});

test('Machine: more CPUs than there may be, or memory in odd sizes, is refused', () => {
  assert.throws(() => testMachine([], { config: { harts: 33 } }), { message: /33 CPUs is not supported/ });
  assert.throws(() => testMachine([], { config: { ramBytes: 4 * MIB + 1 } }), { message: /not a multiple/ });
  assert.throws(() => testMachine([], { config: { ramBytes: 4096 * MIB } }), {
    message: /a VM has at most 3\.\d GiB/,
  });
});

test('power-on again: registers of the run before are gone', () => {
  const { machine } = testMachine([...load32(X.t2, 77), asm.csrw(CSR.stvec, X.t2), asm.spin]);
  machine.powerOn();
  machine.turn(100);
  assert.equal(machine.harts[0]?.context.x(X.t2), 77n);
  machine.powerOn();
  assert.equal(machine.harts[0]?.context.x(X.t2), 0n);
  assert.equal(machine.harts[0]?.context.get('stvec'), 0n);
});
