// Code that one engine has had compiled is used by another on the same memory, by the contents of its pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RegionSharer, type SharedRegions } from './jit/shared-regions.ts';
import { endAlike, endsRewritten, type JitHart, loop, NEVER, PAGE } from './testing/found-again.ts';
import { type HartOptions, RAM, TestHart } from './testing/hart.ts';
import { SharingCompiler } from './testing/sharing.ts';

const A0 = 10;
const ROUNDS = 60;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface SharingHart {
  readonly hart: JitHart;
  readonly compiler: SharingCompiler;
}

function hartOn(options: HartOptions = {}): SharingHart {
  const compiler = new SharingCompiler(() => hart.memory);
  const hart: TestHart = new TestHart('jit', { hotThreshold: 1, ...options, compiler });
  return { hart: hart as JitHart, compiler };
}

/** As another pCPU: with what it was given, and numbers of its own for contents. */
function otherOn(given: readonly SharedRegions[], options: HartOptions = {}): SharingHart {
  const other = hartOn({ isSecond: true, ...options });
  for (let step = 1; step <= 3; step++) {
    loop(other.hart, 3n, 1000 + step);
    other.hart.run(100);
  }
  other.hart.reset();
  other.compiler.given.push(...given);
  other.compiler.asked = 0;
  return other;
}

function sharedLoop(): readonly SharedRegions[] {
  const { hart, compiler } = hartOn();
  loop(hart, 200n);
  hart.run(10_000);
  assert.ok(compiler.made.length > 0);
  return compiler.made;
}

test('shared code: random programs end as on the reference, in code that another engine has had compiled', () => {
  const steps = endAlike(() => {
    const { hart, compiler } = hartOn();
    return { first: hart, later: () => otherOn(compiler.made, { hotThreshold: NEVER }).hart };
  });
  assert.ok(steps > 4000n, `${steps} steps in shared code`);
});

test('shared code: it is entered before anything is hot, and nothing is compiled', () => {
  const { hart, compiler } = otherOn(sharedLoop());
  const before = hart.engine.regionSteps;
  loop(hart, 1000n);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 2000n);
  assert.equal(compiler.asked, 0);
  assert.ok(hart.engine.regionSteps - before > 4900n, `${hart.engine.regionSteps - before} steps`);
  assert.ok(hart.engine.profile().fromOthers > 0);
});

test('shared code: a page that was met before gets it where it becomes hot', () => {
  const shared = sharedLoop();
  const { hart, compiler } = otherOn([], { hotThreshold: 100 });
  loop(hart, 1000n);
  hart.run(50);
  compiler.given.push(...shared);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 2000n);
  assert.equal(compiler.asked, 0);
  assert.ok(hart.engine.regionSteps > 4000n, `${hart.engine.regionSteps} steps`);
});

test('shared code: a page with another byte gets none of it, and one beside it is left to what is there', () => {
  for (const at of [RAM, RAM + 0x800n, RAM + PAGE - 16n]) {
    const { hart, compiler } = otherOn(sharedLoop());
    loop(hart, 1000n);
    hart.write64(at & -8n, hart.read64(at & -8n) ^ 1n);
    hart.run(10_000);
    assert.equal(hart.context.x(A0), 2000n);
    assert.ok(compiler.asked > 0);
  }
  const { hart } = otherOn(sharedLoop());
  loop(hart, 1000n, 100);
  hart.run(10_000);
  assert.equal(hart.context.x(A0), 101_000n);
});

test('shared code: what is written to is dropped, and a library that is full gives it up', () => {
  endsRewritten(otherOn(sharedLoop(), { keptRegions: 1 }).hart);
});

test('RegionSharer: a module is for others only if its pages are what they were when it was asked for', () => {
  const page = (first: number): Int32Array =>
    Int32Array.from({ length: 1024 }, (_, i) => (i === 0 ? first : 0));
  const request = (id: number, own: number, next: number) => ({
    ...{ id, machine: 4096, offset: 0, page: RAM, mode: 1 as const, previous: 0, next: 8192 },
    contents: { own, previous: 0, next },
  });
  const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  const sharer = new RegionSharer();
  const made = (id: number, own: readonly [number, Int32Array], next: readonly [number, Int32Array]) => {
    sharer.find(request(id, own[0], next[0]), { own: own[1], previous: undefined, next: next[1] });
    return sharer.ofRequests({ module, contents: [next[0]], ids: [id] });
  };
  const first = made(1, [5, page(1)], [6, page(2)]);
  assert.deepEqual(
    first?.contents.map((words) => words[0]),
    [2, 1],
  );
  assert.deepEqual(first?.shared, [{ content: 1, page: RAM, mode: 1, offset: 0 }]);
  assert.ok(first?.contents.every(({ buffer }) => buffer instanceof SharedArrayBuffer));
  assert.ok(made(2, [5, page(1)], [6, page(2)]));
  assert.equal(made(3, [5, page(3)], [6, page(2)]), undefined);
  assert.equal(made(4, [5, page(1)], [6, page(3)]), undefined);
  assert.equal(made(5, [5, page(1)], [0, page(3)]), undefined, 'a page that nobody has decoded');
  assert.equal(sharer.ofRequests({ module, contents: [], ids: [1] }), undefined, 'another batch');
  const own = { own: page(1), previous: undefined, next: page(2) };
  sharer.find(request(6, 5, 6), own);
  assert.equal(sharer.ofRequests(undefined), undefined);
  assert.equal(
    sharer.ofRequests({ module, contents: [6], ids: [6] }),
    undefined,
    'a batch that became nothing',
  );
});

test('shared code: modules that a full library has given up are collected', async () => {
  const { hart, compiler } = otherOn([], { keptRegions: 8 });
  const modules: WeakRef<WebAssembly.Module>[] = [];
  for (let step = 1; step <= ROUNDS; step++) {
    const first = hartOn();
    for (const one of [first.hart, hart]) {
      loop(one, 20n, step);
      compiler.given.push(...first.compiler.made);
      one.run(1000);
    }
    modules.push(...first.compiler.made.map(({ module }) => new WeakRef(module)));
  }
  assert.ok(hart.engine.profile().fromOthers >= ROUNDS);
  // Weak references are let go between two turns of the event loop.
  for (let turn = 0; turn < 2; turn++) {
    await new Promise(setImmediate);
    collect();
  }
  const alive = modules.filter((module) => module.deref() !== undefined).length;
  assert.ok(alive <= 20, `${alive} of ${modules.length} modules are still there`);
});
