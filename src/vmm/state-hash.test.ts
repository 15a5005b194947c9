// The state hash: what changes it and what does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { Context, type FieldName, PAGE_BYTES } from '#riscv';
import { stateHash } from './state-hash.ts';

const RAM = 0x8000_0000;

/** A hart and RAM of 8 pages; `waste` machine pages are used up first, so that addresses differ. */
function make(waste = 0) {
  const memory = new MachineMemory(64 * PAGE_BYTES);
  memory.allocateRun(waste);
  const context = new Context(memory.memory.buffer, memory.allocateTable('hart', PAGE_BYTES));
  const map = new GuestMap(memory, { ramBase: RAM, ramBytes: 8 * PAGE_BYTES, onHostWrite: () => {} });
  context.set32('mapBase', map.layout.mapBase);
  return { context, map, hash: (devices: unknown = {}) => stateHash([context], map, devices) };
}

test('stateHash: where the machine put things does not count', () => {
  const [here, there] = [make(), make(7)];
  here.map.views(RAM, 10, true)?.[0]?.fill(3);
  there.map.resolve(RAM / PAGE_BYTES + 5, true);
  there.map.views(RAM, 10, true)?.[0]?.fill(3);
  assert.equal(here.hash(), there.hash());
});

test('stateHash: a page of zeros counts as one that was never touched, one bit does not', () => {
  const one = make();
  const before = one.hash();
  const view = one.map.views(RAM + PAGE_BYTES, 1, true)?.[0];
  assert.equal(one.hash(), before);
  view?.fill(1);
  assert.notEqual(one.hash(), before);
});

test('stateHash: the same bytes on another page are another state', () => {
  const [low, high] = [make(), make()];
  low.map.views(RAM, 1, true)?.[0]?.fill(1);
  high.map.views(RAM + PAGE_BYTES, 1, true)?.[0]?.fill(1);
  assert.notEqual(low.hash(), high.hash());
});

test('stateHash: every register that a guest sees counts', () => {
  const one = make();
  const seen = new Set([one.hash()]);
  one.context.setX(31, 1n);
  seen.add(one.hash());
  one.context.setF(31, 1n);
  seen.add(one.hash());
  for (const field of [
    'pc',
    'mode',
    'sstatus',
    'fcsr',
    'sip',
    'satp',
    'stimecmp',
    'stepsEnd',
  ] as FieldName[]) {
    one.context.set(field, one.context.get(field) + 1n);
    seen.add(one.hash());
  }
  assert.equal(seen.size, 11);
});

test('stateHash: device data counts, and bigints and bytes are not mixed up with numbers and lists', () => {
  const one = make();
  const states = [{ a: 1 }, { a: 2 }, { a: 1n }, { a: [1] }, { a: Uint8Array.of(1) }, { a: '1n' }];
  assert.equal(new Set(states.map((state) => one.hash(state))).size, states.length);
});
