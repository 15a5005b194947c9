// The proof of translated modules: what it accepts, what it finds, and that all we write passes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { rowCases } from '../conformance.ts';
import { REGION } from '../core/core-exports.ts';
import { FUNCTIONS } from '../core/core-functions.ts';
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { COMPRESSED, INSTRUCTIONS } from '../isa/table.ts';
import { CheckedCompiler } from '../testing/checked-compiler.ts';
import { RAM, TestHart } from '../testing/hart.ts';
import { randomProgram } from '../testing/random-program.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { ModuleBuilder } from '../wasm/module-builder.ts';
import { globalGet, i32, i64, load, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { CONTENTS_MODULE, DROPPED_IMPORT } from './region-body.ts';
import { translate } from './translate.ts';
import { verifyModule } from './verify-module.ts';

const [DROPPED, CONTENT] = [0, 1].map((index) => globalGet('i32', index)) as [Node, Node];

/** A module of one region with this body. */
function findingsIn(body: (f: FunctionBuilder) => void): string[] {
  const module = new ModuleBuilder();
  module.importMemory('memory', 1, 65_536);
  module.importGlobal(DROPPED_IMPORT, 'i32');
  module.importGlobal(DROPPED_IMPORT, 'i32', CONTENTS_MODULE);
  module.function(REGION, (f) => {
    body(f);
    f.return(i64(0n), f.param(1));
    f.unreachable();
  });
  const bytes = module.finish();
  assert.ok(WebAssembly.validate(bytes));
  return verifyModule(bytes);
}

/** A look into the TLB as it should be, with parts that tests get wrong. */
interface Look {
  readonly mask?: number;
  readonly limit?: number;
  readonly tagHalf?: number;
  readonly hostHalf?: number;
  readonly use: (f: FunctionBuilder, machine: Node) => void;
}
function look(f: FunctionBuilder, { mask, limit, tagHalf = 0, hostHalf = tagHalf, use }: Look): void {
  const ea = f.let(i64(0x1_2345n));
  const index = op('i32', Op.i32_and, wrap(ea), i32(mask ?? (L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
  const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
  const offset = f.let(op('i64', Op.i64_sub, ea, load('i64', Op.i64_load, entry, tagHalf + L.TLB_TAG)));
  const machine = op('i32', Op.i32_add, load('i32', Op.i32_load, entry, hostHalf + L.TLB_HOST), wrap(offset));
  f.if(op('i32', Op.i64_le_u, offset, i64(BigInt(limit ?? PAGE_BYTES - 8))), () => use(f, machine));
}
const load8 = (f: FunctionBuilder, machine: Node): void => f.run(load('i64', Op.i64_load, machine));
const load2 =
  (offset: number) =>
  (f: FunctionBuilder, machine: Node): void =>
    f.run(load('i32', Op.i32_load16_u, machine, offset));
const store8 = (f: FunctionBuilder, machine: Node): void => f.store(Op.i64_store, machine, 0, i64(1n));

test('verifyModule: accepts the context, the dropped flag, and what the TLB allows', () => {
  assert.deepEqual(
    findingsIn((f) => f.store(Op.i64_store, f.param(0), 8, load('i64', Op.i64_load, f.param(0), 16))),
    [],
  );
  assert.deepEqual(
    findingsIn((f) => f.run(load('i32', Op.i32_load, DROPPED))),
    [],
  );
  assert.deepEqual(
    findingsIn((f) => look(f, { use: load8 })),
    [],
  );
  assert.deepEqual(
    findingsIn((f) => look(f, { tagHalf: L.TLB_WRITE, use: store8 })),
    [],
  );
  // What a chase loads beside a pointer.
  assert.deepEqual(
    findingsIn((f) => look(f, { use: load2(1) })),
    [],
  );
});

const WRONG: Readonly<Record<string, (f: FunctionBuilder) => void>> = {
  'an address that is a number': (f) => f.run(load('i32', Op.i32_load, i32(64))),
  'a store to the dropped flag': (f) => f.store(Op.i32_store, DROPPED, 0, i32(0)),
  'more than the dropped flag': (f) => f.run(load('i64', Op.i64_load, DROPPED)),
  'what stands behind the dropped flag': (f) => f.run(load('i32', Op.i32_load, DROPPED, 4)),
  'an address that another module has given': (f) => f.run(load('i32', Op.i32_load, CONTENT)),
  'an address from fuel': (f) => load8(f, f.param(1)),
  'a place behind the context': (f) => f.run(load('i64', Op.i64_load, f.param(0), L.CONTEXT_BYTES - 4)),
  'a context that was changed': (f) => f.set(f.param(0), i32(0)),
  'a bank that was changed': (f) => f.set(f.param(2), i32(0)),
  'an entry that is not masked enough': (f) => look(f, { mask: 0xf_fff0, use: load8 }),
  'a limit that lets the access leave its page': (f) => look(f, { limit: PAGE_BYTES - 4, use: load8 }),
  'what stands beside an access and may be in the next page': (f) => look(f, { use: load2(7) }),
  'a store by an entry for loads': (f) => look(f, { use: store8 }),
  'a tag of one half and the host of the other': (f) => look(f, { hostHalf: L.TLB_WRITE, use: load8 }),
  'an access behind the check': (f) => {
    let leaked: Node | undefined;
    look(f, { use: (_, machine) => (leaked = machine) });
    load8(f, leaked as Node);
  },
  'the other side of the check': (f) => {
    const entry = f.let(op('i32', Op.i32_add, f.param(2), op('i32', Op.i32_and, f.param(1), i32(16))));
    const offset = f.let(op('i64', Op.i64_sub, i64(5n), load('i64', Op.i64_load, entry)));
    const machine = op('i32', Op.i32_add, load('i32', Op.i32_load, entry, L.TLB_HOST), wrap(offset));
    f.if(
      op('i32', Op.i64_le_u, offset, i64(4088n)),
      () => {},
      () => load8(f, machine),
    );
  },
  'an entry that changed after the check': (f) => {
    const entry = f.local('i32');
    const set = (by: number) =>
      f.set(entry, op('i32', Op.i32_add, f.param(2), op('i32', Op.i32_and, f.param(1), i32(by))));
    set(16);
    const offset = f.let(op('i64', Op.i64_sub, i64(5n), load('i64', Op.i64_load, entry)));
    f.if(op('i32', Op.i64_le_u, offset, i64(4088n)), () => {
      set(32);
      load8(f, op('i32', Op.i32_add, load('i32', Op.i32_load, entry, L.TLB_HOST), wrap(offset)));
    });
  },
  'a fill of memory': (f) => f.fillMemory(f.param(0), i32(0), i32(4)),
};

for (const [what, body] of Object.entries(WRONG)) {
  test(`verifyModule: finds ${what}`, () => assert.equal(findingsIn(body).length > 0, true));
}

/** A page cache as it should be filled and used, with parts that tests get wrong. */
interface Kept {
  readonly limit?: number;
  readonly tagHalf?: number;
  readonly hostHalf?: number;
  readonly isChecked?: boolean;
  /** Between the check and the access. */
  readonly between?: (f: FunctionBuilder, parts: { tag: Node; fill: () => void }) => void;
  readonly use?: (f: FunctionBuilder, machine: Node) => void;
}
function keep(f: FunctionBuilder, parts: Kept): void {
  const { limit = PAGE_BYTES - 7, tagHalf = 0, hostHalf = tagHalf, isChecked = true } = parts;
  const [tag, delta, kept] = [f.freshLocal('i64'), f.freshLocal('i32'), f.freshLocal('i64')];
  const ea = f.let(i64(0x1_2345n));
  const index = op('i32', Op.i32_and, wrap(ea), i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
  const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
  const offset = f.let(op('i64', Op.i64_sub, ea, load('i64', Op.i64_load, entry, tagHalf + L.TLB_TAG)));
  const fill = (): void => {
    f.set(tag, load('i64', Op.i64_load, entry, tagHalf + L.TLB_TAG));
    f.set(delta, load('i32', Op.i32_load, entry, hostHalf + L.TLB_DELTA));
    f.set(kept, i64(BigInt(limit)));
  };
  const isWithin = op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - 8)));
  if (isChecked) f.if(isWithin, fill);
  else fill();
  f.if(op('i32', Op.i64_lt_u, op('i64', Op.i64_sub, ea, tag), kept), () => {
    const machine = f.let(op('i32', Op.i32_add, wrap(ea), delta));
    parts.between?.(f, { tag, fill: () => f.if(isWithin, fill) });
    (parts.use ?? load8)(f, parts.between ? op('i32', Op.i32_add, wrap(ea), delta) : machine);
  });
}

test('verifyModule: accepts a page cache that is filled from an entry that was checked', () => {
  assert.deepEqual(
    findingsIn((f) => keep(f, {})),
    [],
  );
  assert.deepEqual(
    findingsIn((f) => keep(f, { tagHalf: L.TLB_WRITE, use: store8 })),
    [],
  );
});

const KEPT_WRONGLY: Readonly<Record<string, Kept>> = {
  'filled without a check': { isChecked: false },
  'with another limit': { limit: PAGE_BYTES },
  'with the host of the other half': { hostHalf: L.TLB_WRITE },
  'stored to, though it is for loads': { use: store8 },
  'used beyond its width': { use: (f, machine) => f.run(load('i64', Op.i64_load, machine, 1)) },
  'filled again between check and use': { between: (_f, { fill }) => fill() },
  'whose tag is set apart': { between: (f, { tag }) => f.set(tag, i64(0n)) },
};
for (const [name, parts] of Object.entries(KEPT_WRONGLY)) {
  test(`verifyModule: finds a page cache ${name}`, () => {
    assert.notDeepEqual(
      findingsIn((f) => keep(f, parts)),
      [],
    );
  });
}

/** An access at an address moved by an entry's delta, behind a check of its offset in the entry's page. */
function byDelta(parts: { deltaHalf?: number; isOther?: boolean }): string[] {
  const { deltaHalf = 0, isOther = false } = parts;
  return findingsIn((f) => {
    const [ea, other] = [
      f.let(load('i64', Op.i64_load, f.param(0), 8)),
      f.let(load('i64', Op.i64_load, f.param(0), 16)),
    ];
    const index = op('i32', Op.i32_and, wrap(ea), i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
    const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
    const offset = f.let(op('i64', Op.i64_sub, ea, load('i64', Op.i64_load, entry, L.TLB_TAG)));
    const delta = load('i32', Op.i32_load, entry, deltaHalf + L.TLB_DELTA);
    f.if(op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - 8))), () =>
      load8(f, op('i32', Op.i32_add, wrap(isOther ? other : ea), delta)),
    );
  });
}
test('verifyModule: accepts the address that was checked, moved by its entry’s delta, and no other', () => {
  assert.deepEqual(byDelta({}), []);
  assert.notDeepEqual(byDelta({ isOther: true }), []);
  assert.notDeepEqual(byDelta({ deltaHalf: L.TLB_WRITE }), []);
});

/** A cache of pages around one that was checked, with parts that tests get wrong. */
interface Reach {
  readonly half?: number;
  /** Half that `reach` is told. */
  readonly told?: number;
  readonly isChecked?: boolean;
  /** Its results in the order of the cache's locals: tag, delta, limit. */
  readonly order?: readonly [number, number, number];
  readonly place?: number;
  readonly use?: (f: FunctionBuilder, machine: Node) => void;
}
function reachFindings(parts: Reach): string[] {
  const { half = 0, told = half, isChecked = true, order = [0, 1, 2], place = L.MISSES_OFFSET, use } = parts;
  const module = new ModuleBuilder();
  module.importMemory('memory', 1, 65_536);
  const reach = module.importFunction('reach', FUNCTIONS.reach);
  module.function(REGION, (f) => {
    const [tag, delta, limit] = [f.freshLocal('i64'), f.freshLocal('i32'), f.freshLocal('i64')];
    const ea = f.let(i64(0x1_2345n));
    const index = op('i32', Op.i32_and, wrap(ea), i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
    const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
    const entryTag = load('i64', Op.i64_load, entry, half + L.TLB_TAG);
    const offset = f.let(op('i64', Op.i64_sub, ea, entryTag));
    const into = [tag, delta, limit];
    const fill = (): void => {
      const args = [f.param(0), f.param(2), entry, i32(told), i32(place), f.param(1)];
      f.call(
        reach,
        args,
        order.map((at) => into[at] as Node),
      );
    };
    f.if(op('i32', Op.i64_le_u, offset, i64(BigInt(PAGE_BYTES - 8))), () => {
      // What makes these three locals a cache.
      f.set(tag, entryTag);
      f.set(delta, load('i32', Op.i32_load, entry, half + L.TLB_DELTA));
      f.set(limit, i64(BigInt(PAGE_BYTES - 7)));
      if (isChecked) fill();
    });
    if (!isChecked) fill();
    f.if(op('i32', Op.i64_lt_u, op('i64', Op.i64_sub, ea, tag), limit), () =>
      (use ?? load8)(f, op('i32', Op.i32_add, wrap(ea), delta)),
    );
    f.return(i64(0n), f.param(1));
    f.unreachable();
  });
  const bytes = module.finish();
  assert.ok(WebAssembly.validate(bytes));
  return verifyModule(bytes);
}

test('verifyModule: accepts a page cache that is filled with what lies around a page that was checked', () => {
  assert.deepEqual(reachFindings({}), []);
  assert.deepEqual(reachFindings({ half: L.TLB_WRITE, use: store8 }), []);
});

const REACHED_WRONGLY: Readonly<Record<string, Reach>> = {
  'around a page that was not checked': { isChecked: false },
  'whose misses would stand elsewhere': { place: L.MISSES_OFFSET - 4 },
  'by the other half': { told: L.TLB_WRITE },
  'with limit and tag exchanged': { order: [2, 1, 0] },
  'stored to, though it is for loads': { use: store8 },
  'used beyond its width': { use: (f, machine) => f.run(load('i64', Op.i64_load, machine, 1)) },
};
for (const [name, parts] of Object.entries(REACHED_WRONGLY)) {
  test(`verifyModule: finds pages kept ${name}`, () => assert.notDeepEqual(reachFindings(parts), []));
}

/** Turns of a loop through a page that is looked up before it, with parts that tests get wrong. */
interface Walk {
  readonly isFound?: boolean;
  readonly limit?: number;
  readonly isSigned?: boolean;
  /** Between the check of the offset and the access. */
  readonly between?: (f: FunctionBuilder, parts: { page: Node; offset: Node }) => void;
  /** Behind the access. */
  readonly behind?: (f: FunctionBuilder, parts: { page: Node; offset: Node }) => void;
  readonly half?: number;
  readonly use?: (f: FunctionBuilder, machine: Node) => void;
}
function walk(f: FunctionBuilder, parts: Walk): void {
  const { isFound = true, limit = PAGE_BYTES - 8, isSigned = false, half = 0 } = parts;
  const [page, offset] = [f.freshLocal('i32'), f.freshLocal('i32')];
  const ea = f.let(i64(0x1_2345n));
  const index = op('i32', Op.i32_and, wrap(ea), i32((L.TLB_ENTRIES - 1) << L.TLB_ENTRY_SHIFT));
  const entry = f.let(op('i32', Op.i32_add, f.param(2), index));
  const from = f.let(op('i64', Op.i64_sub, ea, load('i64', Op.i64_load, entry, half + L.TLB_TAG)));
  const loop = (): void => {
    f.set(page, load('i32', Op.i32_load, entry, half + L.TLB_HOST));
    f.set(offset, wrap(from));
    f.loop((again) => {
      f.if(op('i32', isSigned ? Op.i32_le_s : Op.i32_le_u, offset, i32(limit)), () => {
        parts.between?.(f, { page, offset });
        const machine = f.let(op('i32', Op.i32_add, page, offset));
        (parts.use ?? load8)(f, machine);
        f.set(offset, op('i32', Op.i32_add, offset, i32(8)));
        parts.behind?.(f, { page, offset });
        f.brIf(again, f.param(1));
      });
    });
  };
  if (isFound) f.if(op('i32', Op.i64_le_u, from, i64(BigInt(PAGE_BYTES - 8))), loop);
  else loop();
}

test('verifyModule: accepts turns of a loop in a page that was found before it', () => {
  assert.deepEqual(
    findingsIn((f) => walk(f, {})),
    [],
  );
  assert.deepEqual(
    findingsIn((f) => walk(f, { half: L.TLB_WRITE, use: store8 })),
    [],
  );
});

const WALKED_WRONGLY: Readonly<Record<string, Walk>> = {
  'without a look': { isFound: false },
  'beyond the page': { limit: PAGE_BYTES - 7 },
  'with a signed comparison': { isSigned: true },
  'with a store, though the look was for loads': { use: store8 },
  'with an access that is wider than what was left': {
    use: (f, at) => f.run(load('i64', Op.i64_load, at, 1)),
  },
  'by an offset that changed behind its check': {
    between: (f, { offset }) => f.set(offset, op('i32', Op.i32_add, offset, i32(8))),
  },
  'by a page that changes in the loop': { behind: (f, { page }) => f.set(page, i32(64)) },
};
for (const [name, parts] of Object.entries(WALKED_WRONGLY)) {
  test(`verifyModule: finds turns of a loop ${name}`, () => {
    assert.notDeepEqual(
      findingsIn((f) => walk(f, parts)),
      [],
    );
  });
}

test('verifyModule: every row and compressed form is translated to safe code', () => {
  const random = new SeededRandom(3);
  const memory = new SharedArrayBuffer(16 * 65_536);
  const page = new Uint8Array(memory, PAGE_BYTES, PAGE_BYTES);
  let translated = 0;
  for (const row of [...INSTRUCTIONS, ...COMPRESSED]) {
    for (const one of rowCases(row, random, 3)) {
      page.fill(0);
      const code = one.memory[0]?.bytes ?? new Uint8Array();
      page.set(code.subarray(0, 8), 64);
      for (const mode of [0, 1] as const) {
        const alone = { previous: 0, next: 0 };
        const request = {
          id: 1,
          machine: PAGE_BYTES,
          offset: 64,
          page: RAM,
          mode,
          ...alone,
          contents: { own: 0, ...alone },
        };
        const translation = translate(memory, [request], { hasFusedMadd: true });
        if (!translation) continue;
        translated++;
        assert.deepEqual(verifyModule(translation.bytes), [], one.name);
      }
    }
  }
  assert.ok(translated > 1000, `${translated} modules`);
});

test('verifyModule: random programs run through safe code only', () => {
  const compiler: CheckedCompiler = new CheckedCompiler(() => hart.memory);
  const hart: TestHart = new TestHart('jit', { compiler });
  for (let seed = 1; seed <= 60; seed++) {
    hart.reset();
    randomProgram(hart, new SeededRandom(seed));
    hart.run(3000);
  }
  assert.ok(compiler.checked > 200, `${compiler.checked} modules`);
});
