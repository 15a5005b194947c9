/** Tests of the UART as dialogues with its driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, asText, Wire } from '../testing.ts';
import { Ns16550a } from './ns16550a.ts';

const [DATA, IER, IIR, LCR, MCR, LSR, MSR, SCR] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const FCR = IIR;
const FIFOS = 0xc0;

function machine() {
  const line = new Wire();
  const written: string[] = [];
  let ready = 0;
  const uart = new Ns16550a({
    line,
    console: { write: (bytes) => void written.push(asText(bytes)), ready: () => void ready++ },
  });
  return {
    uart,
    line,
    written,
    ready: () => ready,
    get: (offset: number) => uart.read(offset, 1),
    put: (offset: number, value: number) => uart.write(offset, 1, value),
    print: (text: string) => {
      for (const byte of ascii(text)) uart.write(DATA, 1, byte);
    },
  };
}

test('Ns16550a: output is handed on at a newline, at 256 bytes and at flush', () => {
  const { uart, written, print } = machine();
  print('hello\nwor');
  assert.deepEqual(written, ['hello\n']);
  uart.flush();
  uart.flush();
  assert.deepEqual(written, ['hello\n', 'wor']);
  print('x'.repeat(300));
  assert.deepEqual(written.slice(2), ['x'.repeat(256)]);
});

test('Ns16550a: the divisor latch shadows data and IER', () => {
  const { written, uart, get, put } = machine();
  put(LCR, 0x83);
  put(DATA, 1);
  put(IER, 2);
  assert.deepEqual([get(DATA), get(IER)], [1, 2]);
  put(LCR, 0x03);
  assert.deepEqual([get(DATA), get(IER)], [0, 0]);
  uart.flush();
  assert.deepEqual(written, []);
});

test('Ns16550a: received bytes come in order, and no more than there is room for', () => {
  const { uart, get, put } = machine();
  assert.equal(uart.receive(ascii('ab')), 1, 'without FIFOs there is room for one');
  assert.equal(get(LSR) & 1, 1);
  assert.equal(get(DATA), 0x61);
  assert.equal(get(LSR) & 1, 0);
  put(FCR, 1);
  assert.equal(uart.receive(ascii('0123456789abcdefgh')), 16);
  assert.equal(asText(Array.from({ length: 16 }, () => get(DATA))), '0123456789abcdef');
  assert.equal(get(DATA), 0);
});

test('Ns16550a: the console hears when the receiver has run empty', () => {
  const { uart, get, put, ready } = machine();
  put(FCR, 1);
  uart.receive(ascii('ab'));
  const before = ready();
  get(DATA);
  assert.equal(ready(), before);
  get(DATA);
  assert.equal(ready(), before + 1);
});

test('Ns16550a: received data interrupts at the trigger level, and by timeout below it', () => {
  const { uart, line, get, put } = machine();
  put(FCR, 0x41);
  put(IER, 1);
  uart.receive(ascii('abc'));
  assert.equal(get(IIR), FIFOS | 0xc);
  uart.receive(ascii('d'));
  assert.equal(get(IIR), FIFOS | 0x4);
  assert.ok(line.level);
  for (let i = 0; i < 4; i++) get(DATA);
  assert.equal(get(IIR), FIFOS | 0x1);
  assert.ok(!line.level);
});

test('Ns16550a: the transmitter interrupts when enabled and after each byte, until IIR shows it', () => {
  const { line, get, put } = machine();
  put(IER, 2);
  assert.ok(line.level);
  assert.equal(get(IIR), 2);
  assert.ok(!line.level);
  assert.equal(get(IIR), 1);
  put(DATA, 0x61);
  assert.ok(line.level);
  assert.equal(get(IIR), 2);
  put(DATA, 0x61);
  put(IER, 0);
  assert.ok(!line.level);
  put(IER, 2);
  assert.equal(get(IIR), 2, 'enabling raises it again');
});

test('Ns16550a: reading IIR answers only the source it shows', () => {
  const { uart, line, get, put } = machine();
  put(IER, 3);
  uart.receive(ascii('a'));
  assert.equal(get(IIR), 4, 'received data goes before the transmitter');
  get(DATA);
  assert.ok(line.level);
  assert.equal(get(IIR), 2);
  assert.ok(!line.level);
});

test('Ns16550a: loopback takes the wires away and brings output back', () => {
  const { uart, written, get, put } = machine();
  put(MCR, 0x1a);
  assert.equal(get(MSR) & 0xf0, 0x90, 'RTS is CTS, OUT2 is DCD');
  put(DATA, 0x5a);
  assert.equal(uart.receive(ascii('x')), 0);
  assert.equal(get(DATA), 0x5a);
  put(DATA, 1);
  put(DATA, 2);
  assert.equal(get(LSR) & 2, 2, 'overrun without FIFOs');
  assert.equal(get(LSR) & 2, 0, 'told once');
  assert.equal(get(DATA), 1);
  uart.flush();
  assert.deepEqual(written, []);
  put(MCR, 0);
  assert.equal(get(MSR) & 0xf0, 0xb0);
});

test('Ns16550a: modem status changes are told once and interrupt last', () => {
  const { line, get, put } = machine();
  put(MCR, 0x10);
  get(MSR);
  put(IER, 0xb);
  get(IIR);
  put(MCR, 0x12);
  assert.equal(get(IIR), 0);
  assert.equal(get(MSR), 0x11);
  assert.ok(!line.level);
  put(MCR, 0x16);
  assert.equal(get(MSR), 0x50, 'a rising ring does not count');
  put(MCR, 0x12);
  assert.equal(get(MSR), 0x14, 'its trailing edge does');
});

test('Ns16550a: line status goes first', () => {
  const { get, put } = machine();
  put(MCR, 0x10);
  put(IER, 0x7);
  put(DATA, 1);
  put(DATA, 2);
  assert.deepEqual([get(IIR), get(LSR) & 2, get(IIR)], [6, 2, 4]);
});

test('Ns16550a: FCR empties the receiver, and forgets its trigger when FIFOs go off', () => {
  const { uart, get, put } = machine();
  put(FCR, 0xc1);
  uart.receive(ascii('abc'));
  put(FCR, 0xc3);
  assert.equal(get(LSR) & 1, 0);
  uart.receive(ascii('abc'));
  put(FCR, 0xc0);
  assert.deepEqual([get(LSR) & 1, get(IIR)], [0, 1]);
  put(SCR, 0xa5);
  assert.equal(get(SCR), 0xa5);
});

test('Ns16550a: paused it takes input but does not interrupt; saved and restored it goes on elsewhere', () => {
  const { uart, line, put } = machine();
  put(FCR, 1);
  put(IER, 1);
  uart.pause();
  assert.equal(uart.receive(ascii('hi')), 2);
  assert.ok(!line.level);
  const state = structuredClone(uart.save());
  uart.resume();
  assert.ok(line.level);

  const other = machine();
  other.uart.pause();
  other.uart.restore(state);
  assert.ok(!other.line.level);
  other.uart.resume();
  assert.ok(other.line.level);
  assert.equal(asText([other.get(DATA), other.get(DATA)]), 'hi');
  assert.deepEqual(uart.save().received, [0x68, 0x69], 'a saved state is its own');
  assert.throws(() => uart.restore({ ...state, version: 2 as 1 }), /state version 2 is not 1/);
});
