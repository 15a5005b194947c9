// Modules and functions that are written, validated and run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FunctionBuilder, type Label } from './function-builder.ts';
import { IMPORT_MODULE, ModuleBuilder } from './module-builder.ts';
import { ModuleReader } from './module-reader.ts';
import { call, globalGet, i32, i64, load, op } from './node.ts';
import { Op } from './opcodes.ts';

const ONE_TO_ONE = { params: ['i32'], results: ['i32'] } as const;

function instantiate(
  module: ModuleBuilder,
  imports: WebAssembly.ModuleImports = {},
): Record<string, CallableFunction> {
  const bytes = module.finish();
  assert.ok(WebAssembly.validate(bytes));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { [IMPORT_MODULE]: imports });
  return instance.exports as Record<string, CallableFunction>;
}
const single = (body: (f: FunctionBuilder) => void): ((x: number) => number) => {
  const module = new ModuleBuilder();
  module.exportFunction('f', module.function(ONE_TO_ONE, body));
  return instantiate(module)['f'] as unknown as (x: number) => number;
};
const add = (a: ReturnType<typeof i32>, b: ReturnType<typeof i32>) => op('i32', Op.i32_add, a, b);

test('FunctionBuilder: a loop in nested blocks, left from inside', () => {
  const triangle = single((f) => {
    const sum = f.local('i32');
    f.block((end) =>
      f.block((unused) => {
        assert.notEqual(unused.depth, end.depth);
        f.loop((again) => {
          f.brIf(end, op('i32', Op.i32_eqz, f.param(0)));
          f.set(sum, add(sum, f.param(0)));
          f.set(f.param(0), add(f.param(0), i32(-1)));
          f.br(again);
        });
      }),
    );
    f.return(sum);
    f.unreachable();
  });
  assert.deepEqual([0, 1, 5, 100].map(triangle), [0, 1, 15, 5050]);
});

test('ModuleBuilder: globals that are imported, from any module, stand before its own', () => {
  const module = new ModuleBuilder();
  const [given, other] = [module.importGlobal('given', 'i32'), module.importGlobal('0', 'i32', 'other')];
  const own = module.global('i32', 'own');
  const f = module.function(ONE_TO_ONE, (f) => {
    f.setGlobal(own, add(globalGet('i32', given), f.param(0)));
    f.return(add(globalGet('i32', own), globalGet('i32', other)));
    f.unreachable();
  });
  module.exportFunction('f', f);
  const bytes = module.finish();
  assert.deepEqual(new ModuleReader(bytes).read().globals, [`${IMPORT_MODULE}.given`, 'other.0']);
  const imports = { [IMPORT_MODULE]: { given: 100 }, other: { 0: 0x8000_0000 } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  assert.equal((exports['f'] as (x: number) => number)(7), (0x8000_0000 | 0) + 107);
  assert.equal((exports['own'] as WebAssembly.Global).value, 107);
});

test('FunctionBuilder.brTable: each label, and the one for all others', () => {
  const choose = single((f) => {
    const labels: Label[] = [];
    const nest = (place: number): void => {
      if (place === 4) return f.brTable(f.param(0), labels.slice(0, 3), labels[3] as Label);
      f.block((label) => {
        labels.push(label);
        nest(place + 1);
      });
      f.return(i32(10 * place));
    };
    nest(0);
    f.unreachable();
  });
  assert.deepEqual([0, 1, 2, 3, 4, -1].map(choose), [0, 10, 20, 30, 30, 30]);
});

test('FunctionBuilder.likely and unlikely: run as an if does, and hints name its place', () => {
  const module = new ModuleBuilder();
  const body = (f: FunctionBuilder) => {
    const result = f.local('i32');
    f.likely(
      f.param(0),
      () => f.set(result, i32(1)),
      () => f.unlikely(op('i32', Op.i32_eqz, f.param(0)), () => f.set(result, i32(2))),
    );
    f.prologue(() => f.set(f.freshLocal('i32'), i32(1 << 20)));
    f.return(result);
    f.unreachable();
  };
  module.exportFunction('f', module.function(ONE_TO_ONE, body));
  const alone = new FunctionBuilder(ONE_TO_ONE);
  body(alone);
  const code = alone.finish().finish();
  assert.deepEqual(
    alone.hints.map(({ at, isLikely }) => [code[at], isLikely]),
    [
      [Op.if, true],
      [Op.if, false],
    ],
  );
  const sections = WebAssembly.Module.customSections(
    new WebAssembly.Module(module.finish()),
    'metadata.code.branch_hint',
  );
  const [first, second] = alone.hints;
  assert.deepEqual(
    [...new Uint8Array(sections[0] as ArrayBuffer)],
    [1, 0, 2, first?.at, 1, 1, second?.at, 1, 0],
  );
  const f = instantiate(module)['f'] as CallableFunction;
  assert.deepEqual(
    [5, 0].map((x) => f(x)),
    [1, 2],
  );
});

test('FunctionBuilder.prologue: what is written last runs first', () => {
  const value = single((f) => {
    const local = f.freshLocal('i32');
    f.return(add(local, f.param(0)));
    f.unreachable();
    f.prologue(() => f.set(local, i32(42)));
  });
  assert.equal(value(1), 43);
});

test('FunctionBuilder.local: what was released comes again, by type; fresh ones are new', () => {
  const f = new FunctionBuilder(ONE_TO_ONE);
  const [first, other] = [f.local('i32'), f.local('i64')];
  f.release(first);
  f.release(other);
  assert.deepEqual([f.local('i64').value, f.local('i32').value], [other.value, first.value]);
  assert.equal(f.freshLocal('i32').value, 3);
  assert.equal(f.localCount, 3);
  assert.throws(() => f.param(1), /no parameter 1/);
});

test('FunctionBuilder.if and ifElse: both sides', () => {
  const sign = single((f) => {
    const isNegative = op('i32', Op.i32_lt_s, f.param(0), i32(0));
    const result = f.ifElse(
      'i32',
      isNegative,
      () => i32(-1),
      () => i32(1),
    );
    f.if(op('i32', Op.i32_eqz, f.param(0)), () => f.return(i32(0)));
    f.return(result);
    f.unreachable();
  });
  assert.deepEqual([-7, 0, 9].map(sign), [-1, 0, 1]);
});

test('ModuleBuilder: memory, imports, a global, a table, several results and tail calls', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 });
  const seen: number[] = [];
  const module = new ModuleBuilder();
  module.importMemory('memory', 1, 65_536);
  module.importTable('table', 1);
  const note = module.importFunction('note', { params: ['i32'], results: [] });
  const count = module.global('i64', 'count');
  const pair = { params: ['i32'], results: ['i64', 'i32'] } as const;
  const forward = module.declare(pair);
  const caller = module.function(ONE_TO_ONE, (f) => {
    const [wide, narrow] = [f.local('i64'), f.local('i32')];
    f.callIndirect(module.type(pair), [f.param(0)], i32(1), [wide, narrow]);
    f.store(Op.i64_store, i32(8), 0, wide);
    f.call(note, [narrow]);
    f.setGlobal(count, op('i64', Op.i64_add, globalGet('i64', count), wide));
    f.return(load('i32', Op.i32_load, i32(0), 8));
    f.unreachable();
  });
  const target = module.function(pair, (f) => {
    f.fillMemory(i32(16), i32(0x5a), i32(4));
    f.return(op('i64', Op.i64_extend_i32_s, f.param(0)), load('i32', Op.i32_load, i32(0), 16));
    f.unreachable();
  });
  forward.define((f) => {
    f.returnCallIndirect(module.type(pair), [add(f.param(0), i32(1))], i32(0));
    f.unreachable();
  });
  const twice = module.function(ONE_TO_ONE, (f) => {
    f.return(call('i32', caller, [call('i32', caller, [f.param(0)])]));
    f.unreachable();
  });
  for (const [name, index] of Object.entries({ forward: forward.index, target, twice }))
    module.exportFunction(name, index);
  const exports = instantiate(module, { memory, table, note: (value: number) => seen.push(value) });
  table.set(0, exports['target']);
  table.set(1, exports['forward']);
  assert.equal(exports['twice']?.(6), 8);
  assert.deepEqual(seen, [0x5a5a5a5a, 0x5a5a5a5a]);
  assert.equal((exports['count'] as unknown as WebAssembly.Global).value, 15n);
  assert.equal(module.type(pair), module.type({ ...pair }));
});

test('ModuleBuilder.nameFunction: what stack traces call a function', () => {
  const module = new ModuleBuilder();
  const index = module.function(ONE_TO_ONE, (f) => f.unreachable());
  module.nameFunction('U:10b26', index);
  module.exportFunction('f', index);
  assert.throws(
    () => instantiate(module)['f']?.(0),
    ({ stack }: Error) => stack?.includes('at U:10b26 (') === true,
  );
});

test('ModuleBuilder: what is forgotten or out of order is an error', () => {
  const module = new ModuleBuilder();
  module.declare(ONE_TO_ONE);
  assert.throws(() => module.finish(), /function 0 was declared and not defined/);
  assert.throws(() => module.importFunction('late', ONE_TO_ONE), /import late after/);
});

test('ModuleBuilder: constants of every type', () => {
  const module = new ModuleBuilder();
  const index = module.function({ params: [], results: ['i64'] }, (f) => {
    f.run(i32(7));
    f.return(i64(-(2n ** 63n)));
    f.unreachable();
  });
  module.exportFunction('f', index);
  assert.equal(instantiate(module)['f']?.(), -(2n ** 63n));
});
