/** Tests of the PLIC: gateways, priorities, thresholds, claim and completion. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Plic } from './plic.ts';

const PENDING = 0x1000;
const enable = (context: number, word: number) => 0x2000 + 0x80 * context + 4 * word;
const threshold = (context: number) => 0x20_0000 + 0x1000 * context;
const claim = (context: number) => threshold(context) + 4;

/** Two harts; sources 1 to 96 enabled on both, at priority 1. */
function machine() {
  const external = [false, false];
  const plic = new Plic(2, { setExternal: (hart, level) => void (external[hart] = level) });
  const get = (offset: number) => plic.read(offset, 4);
  const put = (offset: number, value: number) => plic.write(offset, 4, value);
  for (let source = 1; source <= 96; source++) put(4 * source, 1);
  for (const context of [0, 1]) for (const word of [0, 1, 2, 3]) put(enable(context, word), 0xffff_ffff);
  return { plic, external, get, put };
}

test('Plic: one source is claimed once, by whoever asks first', () => {
  const { plic, external, get } = machine();
  plic.line(10).set(true);
  assert.deepEqual(external, [true, true]);
  assert.equal(get(PENDING), 1 << 10);
  assert.equal(get(claim(1)), 10);
  assert.deepEqual(external, [false, false]);
  assert.equal(get(claim(0)), 0);
  assert.equal(get(PENDING), 0);
});

test('Plic: a level that stays comes back after completion, one that fell does not', () => {
  const { plic, external, get, put } = machine();
  const line = plic.line(10);
  line.set(true);
  get(claim(0));
  put(claim(0), 10);
  assert.equal(external[0], true);
  assert.equal(get(claim(0)), 10);
  line.set(false);
  put(claim(0), 10);
  assert.equal(external[0], false);
});

test('Plic: a forwarded request stays although its level falls', () => {
  const { plic, get } = machine();
  plic.line(10).set(true);
  plic.line(10).set(false);
  assert.equal(get(claim(0)), 10);
});

test('Plic: the gateway lets nothing through while a source is being served', () => {
  const { plic, get, put } = machine();
  const line = plic.line(10);
  line.set(true);
  get(claim(0));
  line.set(false);
  line.set(true);
  assert.equal(get(claim(0)), 0);
  put(claim(0), 10);
  assert.equal(get(claim(0)), 10);
});

test('Plic: the highest priority first, then the lowest number; priority 0 never', () => {
  const { plic, get, put } = machine();
  for (const [source, priority] of [
    [3, 2],
    [40, 7],
    [41, 7],
    [96, 7],
    [5, 0],
  ] as const) {
    put(4 * source, priority);
    plic.line(source).set(true);
  }
  assert.deepEqual(
    [0, 0, 0, 0, 0].map(() => get(claim(0))),
    [40, 41, 96, 3, 0],
  );
});

test('Plic: the threshold masks the notification, not the claim', () => {
  const { plic, external, get, put } = machine();
  put(threshold(0), 1);
  plic.line(7).set(true);
  assert.deepEqual(external, [false, true]);
  put(4 * 7, 2);
  assert.deepEqual(external, [true, true]);
  put(threshold(0), 7);
  assert.equal(external[0], false);
  assert.equal(get(claim(0)), 7);
});

test('Plic: a source is seen only by contexts that enable it; its completion elsewhere is ignored', () => {
  const { plic, external, get, put } = machine();
  put(enable(0, 0), 0);
  plic.line(7).set(true);
  assert.deepEqual(external, [false, true]);
  assert.equal(get(claim(0)), 0);
  assert.equal(get(claim(1)), 7);
  put(claim(0), 7);
  assert.equal(get(claim(1)), 0, 'still being served');
  put(claim(1), 7);
  assert.equal(get(claim(1)), 7);
});

test('Plic: fields keep what the specification lets them keep', () => {
  const { get, put } = machine();
  put(0, 5);
  put(4 * 9, 0xff);
  put(threshold(1), 0xff);
  assert.deepEqual([get(0), get(4 * 9), get(threshold(1))], [0, 7, 7]);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((word) => get(enable(0, word))),
    [0xffff_fffe, 0xffff_ffff, 0xffff_ffff, 1, 0],
  );
  assert.equal(get(enable(2, 0)), 0, 'no third context');
  assert.equal(get(claim(5)), 0);
  put(claim(0), 1234);
});

test('Plic: reset forgets what software did and sees the levels anew', () => {
  const { plic, external, get, put } = machine();
  plic.line(9).set(true);
  get(claim(0));
  plic.reset();
  assert.deepEqual(external, [false, false]);
  put(4 * 9, 1);
  put(enable(0, 0), 1 << 9);
  assert.equal(get(claim(0)), 9);
});

test('Plic: paused it drives no hart; its state goes on elsewhere', () => {
  const { plic, external } = machine();
  plic.pause();
  plic.line(9).set(true);
  assert.deepEqual(external, [false, false]);
  const state = structuredClone(plic.save());
  plic.resume();
  assert.deepEqual(external, [true, true]);
  const other = machine();
  other.plic.restore(state);
  assert.deepEqual(other.external, [true, true]);
  assert.equal(other.get(claim(0)), 9);
  assert.throws(() => new Plic(1, { setExternal: () => {} }).restore(state), /2 harts, not 1/);
});

test('Plic: sources and harts that do not exist are refused', () => {
  const { plic } = machine();
  for (const source of [0, 97, 1.5]) assert.throws(() => plic.line(source), /1 to 96/);
  for (const harts of [0, 1025]) assert.throws(() => new Plic(harts, { setExternal: () => {} }), /1 to 1024/);
});
