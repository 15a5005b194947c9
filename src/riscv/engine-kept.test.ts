// Code that one engine has translated is taken by another, elsewhere in another memory: it does what was translated there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endAlike, endsRewritten, type JitHart, loop, NEVER, PAGE } from './testing/found-again.ts';
import { type HartOptions, RAM, TestHart } from './testing/hart.ts';
import { KeptCompiler, KeptStore } from './testing/kept.ts';
import { Leaf, Tables } from './testing/page-tables.ts';

const A0 = 10;

interface KeptHart {
  readonly hart: JitHart;
  readonly compiler: KeptCompiler;
}

/** A hart that adds to the store what it translates, and is given what was there before. */
function hartOn(store: KeptStore, options: HartOptions = {}): KeptHart {
  const compiler = new KeptCompiler(() => hart.memory, store);
  const hart: TestHart = new TestHart('jit', { hotThreshold: 1, ...options, compiler });
  return { hart: hart as JitHart, compiler };
}
/** As a later start: nothing is translated, all lies at other addresses. */
const laterOn = (store: KeptStore, options: HartOptions = {}): KeptHart =>
  hartOn(store, { hotThreshold: NEVER, isHigh: true, ...options });

function storeOfLoop(): KeptStore {
  const store = new KeptStore();
  const { hart } = hartOn(store);
  loop(hart, 200n);
  hart.run(10_000);
  assert.ok(store.regions.length > 0);
  return store;
}

test('kept code: random programs end as on the reference, in code that another engine has made', () => {
  const steps = endAlike(() => {
    const store = new KeptStore();
    return { first: hartOn(store).hart, later: () => laterOn(store).hart };
  });
  assert.ok(steps > 4000n, `${steps} steps in kept code`);
});

test('kept code: it is entered before anything is hot', () => {
  const { hart, compiler } = laterOn(storeOfLoop());
  loop(hart, 1000n);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 2000n);
  assert.ok(hart.engine.regionSteps > 4900n, `${hart.engine.regionSteps} steps`);
  assert.ok((hart.engine.profile().fromKept ?? 0) > 0);
  assert.deepEqual(compiler.metContents, []);
});

test('kept code: pages that were met before it came get it all the same', () => {
  const { hart, compiler } = laterOn(storeOfLoop());
  compiler.isGiving = false;
  loop(hart, 1000n);
  hart.run(50);
  assert.equal(hart.engine.regionSteps, 0n);
  compiler.isGiving = true;
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 2000n);
  assert.ok(hart.engine.regionSteps > 4500n, `${hart.engine.regionSteps} steps`);
});

test('kept code: a page with another byte gets none of it', () => {
  for (const at of [RAM, RAM + 0x800n, RAM + PAGE - 16n]) {
    const { hart } = laterOn(storeOfLoop());
    loop(hart, 1000n);
    hart.write64(at & -8n, hart.read64(at & -8n) ^ 1n);
    hart.run(10_000);
    assert.equal(hart.context.x(A0), 2000n);
    const { regionSteps } = hart.engine;
    assert.ok(regionSteps < 2100n, `${regionSteps} steps: those of the page behind it alone`);
  }
});

test('kept code: a page beside it with another byte is left to what is there', () => {
  const { hart } = laterOn(storeOfLoop());
  loop(hart, 1000n, 100);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 101_000n);
});

test('kept code: at another address, or in another mode, nothing is taken', () => {
  const { hart } = laterOn(storeOfLoop());
  const tables = new Tables(hart, 8);
  const elsewhere = 0x12_3456_7000n;
  for (const page of [0n, PAGE]) tables.map(elsewhere + page, RAM + page, Leaf.RX);
  loop(hart, 1000n);
  hart.context.set('satp', tables.satp());
  hart.context.set('pc', elsewhere + PAGE - 12n);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 2000n);
  assert.equal(hart.engine.regionSteps, 0n);
});

test('kept code: what is written to is dropped, and a library that is full gives it up', () => {
  endsRewritten(laterOn(storeOfLoop(), { keptRegions: 1 }).hart);
});
