// When the pages of a chase are moved together: after runs of it close to one another, not more often than it may cost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestMap, MachineMemory } from '#kernel';
import { CONTEXT_BYTES, Context, type Engine } from '#riscv';
import { Gathering } from './gathering.ts';

const PAGE = 4096;
const RAM = 0x8000_0000;
const PAGES = 16;
const MS = 10_000;

/** A hart that chased in each run; its pages lie in machine memory in the order opposite to what the chase wants. */
function chase(count: number) {
  const machine = new MachineMemory(512 * PAGE);
  const map = new GuestMap(machine, { ramBase: RAM, ramBytes: PAGES * PAGE, onHostWrite: () => {} });
  const first = RAM / PAGE;
  for (let page = PAGES - 1; page >= 0; page--) assert.equal(map.resolve(first + page, true), 'ok');
  const now = (): number[] => Array.from({ length: count }, (_, page) => map.machinePage(first + page));
  const at = machine.allocateTable('a hart', CONTEXT_BYTES);
  const context = new Context(machine.memory.buffer, at);
  let asked = 0;
  const takeScattered = (): readonly number[] => {
    asked++;
    context.set32('chaseTlb', 0);
    return now();
  };
  const engine = { takeScattered } as Partial<Engine> as Engine;
  const gathering = new Gathering();
  let ticks = 0;
  return {
    isTogether: () => now().every((mpn, page, all) => mpn === (all[0] as number) + page),
    asked: () => asked,
    context,
    run: (times: number, ms: number) => {
      for (let i = 0; i < times; i++) {
        ticks += ms * MS;
        context.set32('chaseTlb', PAGE);
        context.set32('reservedAddress', PAGE);
        gathering.after(engine, context, map, { ticks: () => ticks });
        assert.equal(context.get32('chaseTlb'), 0, 'told once');
      }
    },
  };
}

test('Gathering: pages are moved together once runs with a chase came one upon another', () => {
  const c = chase(PAGES);
  c.run(100, 1);
  assert.ok(!c.isTogether(), 'ten of them in 10 ms are too few');
  for (let i = 0; i < 32 && !c.isTogether(); i++) c.run(1, 0.25);
  assert.ok(c.isTogether());
  assert.equal(
    c.context.get32('reservedAddress'),
    0,
    'a reservation would name a page that is another’s by now',
  );
});

test('Gathering: few pages are not worth it', () => {
  const c = chase(4);
  c.run(100, 0.25);
  assert.ok(!c.isTogether());
});

test('Gathering: a chase that stays as it is is looked at five times a second', () => {
  const c = chase(4);
  c.run(8_000, 0.25);
  assert.ok(c.asked() >= 9 && c.asked() <= 10, `${c.asked()} looks in two seconds`);
});
