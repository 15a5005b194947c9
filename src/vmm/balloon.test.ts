// What the balloon does to a VM's pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { PAGE_BYTES } from '#riscv';
import { MapBalloon } from './balloon.ts';

const RAM = 0x8000_0000;
const FIRST = RAM / PAGE_BYTES;

function make() {
  const machine = new MachineMemory(64 * PAGE_BYTES);
  const map = new GuestMap(machine, { ramBase: RAM, ramBytes: 16 * PAGE_BYTES, onHostWrite: () => {} });
  map.views(RAM, 16 * PAGE_BYTES, true)?.[0]?.fill(1);
  map.endViews();
  return { machine, map, balloon: new MapBalloon(map) };
}

test('inflate: machine pages come back, whatever numbers the guest names, and twice is once', () => {
  const { machine, map, balloon } = make();
  const free = machine.freePages;
  balloon.inflate([FIRST, FIRST + 3, FIRST + 3, FIRST - 1, FIRST + 16, 0xffff_ffff]);
  assert.equal(machine.freePages, free + 2);
  assert.equal(map.count('ballooned'), 2);
  assert.equal(map.state(FIRST + 3), 'ballooned');
});

test('deflate: only what is in the balloon comes out', () => {
  const { map, balloon } = make();
  balloon.inflate([FIRST]);
  balloon.deflate([FIRST, FIRST + 1, 0]);
  assert.equal(map.state(FIRST), 'unbacked');
  assert.equal(map.state(FIRST + 1), 'private');
  assert.equal(map.views(RAM, 1, false)?.[0]?.[0], 0);
});

test('inflate: a guest that uses a page all the same gets a new one', () => {
  const { map, balloon } = make();
  balloon.inflate([FIRST]);
  assert.equal(map.resolve(FIRST, true), 'ok');
  assert.equal(map.state(FIRST), 'private');
  assert.equal(map.pageBytes(FIRST)?.[0], 0);
});

test('reported: whole pages in RAM are given back, what is beside them stays', () => {
  const { map, balloon } = make();
  balloon.reported([
    { address: RAM + 100, length: 3 * PAGE_BYTES },
    { address: 0, length: 2 ** 30 },
    { address: RAM + 15 * PAGE_BYTES, length: 2 ** 30 },
  ]);
  const states = Array.from({ length: 16 }, (_, page) => map.state(FIRST + page));
  const given = states.flatMap((state, page) => (state === 'unbacked' ? [page] : []));
  assert.deepEqual(given, [1, 2, 15]);
});
