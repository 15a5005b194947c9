// Looking at guest memory by virtual address, through page tables made by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { Context, PAGE_BYTES } from '#riscv';
import { instructionAt, translate } from './virtual-view.ts';

const RAM = 0x8000_0000;
const ROOT = RAM + PAGE_BYTES;
const MIDDLE = RAM + 2 * PAGE_BYTES;
const LEAVES = RAM + 3 * PAGE_BYTES;
const POINTER = 1;
const LEAF = 0b1111;

function make(mode: 0 | 8 | 9) {
  const memory = new MachineMemory(64 * PAGE_BYTES);
  const context = new Context(memory.memory.buffer, memory.allocateTable('hart', PAGE_BYTES));
  const map = new GuestMap(memory, { ramBase: RAM, ramBytes: 16 * PAGE_BYTES, onHostWrite: () => {} });
  const put = (address: number, bytes: number[]): void =>
    map.views(address, bytes.length, true)?.[0]?.set(bytes);
  const entry = (table: number, index: number, target: number, flags: number): void => {
    const value = (BigInt(target / PAGE_BYTES) << 10n) | BigInt(flags);
    put(
      table + index * 8,
      Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn)),
    );
  };
  context.set('satp', (BigInt(mode) << 60n) | BigInt(ROOT / PAGE_BYTES));
  return { context, map, put, entry };
}

test('translate: without translation addresses are what they are', () => {
  const { context, map } = make(0);
  assert.equal(translate(context, map, 0x1234n), 0x1234n);
});

test('translate: Sv39 pages and superpages, and nothing where nothing is', () => {
  const { context, map, entry } = make(8);
  entry(ROOT, 1, MIDDLE, POINTER);
  entry(MIDDLE, 2, LEAVES, POINTER);
  entry(MIDDLE, 3, RAM, LEAF);
  entry(LEAVES, 4, RAM + 5 * PAGE_BYTES, LEAF);
  const base = (1n << 30n) | (2n << 21n);
  assert.equal(translate(context, map, base | (4n << 12n) | 0x123n), BigInt(RAM + 5 * PAGE_BYTES + 0x123));
  assert.equal(translate(context, map, (1n << 30n) | (3n << 21n) | 0x12_3456n), BigInt(RAM + 0x12_3456));
  assert.equal(translate(context, map, base), undefined);
  assert.equal(translate(context, map, 0n), undefined);
});

test('translate: tables outside RAM, or on pages never touched, lead nowhere', () => {
  const { context, map, entry } = make(9);
  assert.equal(translate(context, map, 0n), undefined);
  entry(ROOT, 0, 0x1000, POINTER);
  assert.equal(translate(context, map, 0n), undefined);
  entry(ROOT, 0, ROOT, POINTER);
  assert.equal(translate(context, map, 0n), undefined);
});

test('instructionAt: whole words, compressed halves, and words across two pages', () => {
  const { context, map, put } = make(0);
  put(RAM, [0x13, 0x05, 0x15, 0x00, 0x01, 0x00]);
  assert.equal(instructionAt(context, map, BigInt(RAM)), 0x0015_0513);
  assert.equal(instructionAt(context, map, BigInt(RAM + 4)), 0x0001);
  put(RAM + PAGE_BYTES - 2, [0x13, 0x05]);
  assert.equal(instructionAt(context, map, BigInt(RAM + PAGE_BYTES - 2)), undefined);
  put(RAM + PAGE_BYTES, [0x15, 0x00]);
  assert.equal(instructionAt(context, map, BigInt(RAM + PAGE_BYTES - 2)), 0x0015_0513);
});
