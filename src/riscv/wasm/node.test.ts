// Expressions: folding against BigInt, and run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { ModuleBuilder } from './module-builder.ts';
import {
  binary64,
  extendUnsigned,
  i64,
  localGet,
  type Node,
  op,
  reinterpretAsF64,
  reinterpretAsI64,
  signExtend32,
  wrap,
} from './node.ts';
import { Op } from './opcodes.ts';

const s64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const OPERATORS: Record<string, readonly [code: number, meaning: (a: bigint, b: bigint) => bigint]> = {
  add: [Op.i64_add, (a, b) => a + b],
  sub: [Op.i64_sub, (a, b) => a - b],
  and: [Op.i64_and, (a, b) => a & b],
  or: [Op.i64_or, (a, b) => a | b],
  xor: [Op.i64_xor, (a, b) => a ^ b],
  shl: [Op.i64_shl, (a, b) => a << (b & 63n)],
  shr_u: [Op.i64_shr_u, (a, b) => u64(a) >> (b & 63n)],
  shr_s: [Op.i64_shr_s, (a, b) => s64(a) >> (b & 63n)],
  mul: [Op.i64_mul, (a, b) => a * b],
};
const VALUES = [0n, 1n, -1n, 63n, 64n, 2n ** 31n, -(2n ** 31n), 2n ** 32n - 1n, 2n ** 63n - 1n, -(2n ** 63n)];

/** Runs an expression over two i64 parameters. */
function run(expression: Node, a: bigint, b: bigint): bigint {
  const module = new ModuleBuilder();
  const index = module.function({ params: ['i64', 'i64'], results: ['i64'] }, (f) => {
    f.return(expression);
    f.unreachable();
  });
  module.exportFunction('f', index);
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(module.finish())).exports;
  return (f as (x: bigint, y: bigint) => bigint)(a, b);
}

/** A random tree over two values, each as a parameter or as the constant that it is. */
function randomTree(random: SeededRandom, depth: number, a: bigint, b: bigint): readonly [Node, bigint] {
  if (depth === 0) {
    const isFirst = random.below(2) === 0;
    const value = random.below(3) ? (isFirst ? a : b) : (VALUES[random.below(VALUES.length)] as bigint);
    const isParameter = value === (isFirst ? a : b) && random.below(2) === 0;
    return [isParameter ? localGet('i64', isFirst ? 0 : 1) : i64(value), value];
  }
  const kind = random.below(6);
  const [x, left] = randomTree(random, depth - 1, a, b);
  if (kind === 0) return [signExtend32(x), BigInt.asIntN(32, left)];
  if (kind === 1) return [extendUnsigned(wrap(x)), BigInt.asUintN(32, left)];
  if (kind === 2) return [reinterpretAsI64(reinterpretAsF64(x)), left];
  const [y, right] = randomTree(random, depth - 1, a, b);
  const names = Object.keys(OPERATORS);
  const [code, meaning] = OPERATORS[
    names[random.below(names.length)] as string
  ] as (typeof OPERATORS)[string];
  return [binary64(code, x, y), s64(meaning(left, right))];
}

test('binary64: folds constants as BigInt computes them', () => {
  for (const [name, [code, meaning]] of Object.entries(OPERATORS)) {
    for (const a of VALUES) {
      for (const b of VALUES) {
        const folded = binary64(code, i64(a), i64(b));
        if (name !== 'mul') assert.ok(folded.isConst, name);
        if (folded.isConst) assert.equal(folded.constant, s64(meaning(a, b)), `${name} ${a} ${b}`);
      }
    }
  }
});

test('binary64: what changes nothing is left out, whatever is known of the other side', () => {
  const x = localGet('i64', 0);
  for (const name of ['add', 'sub', 'or', 'xor', 'shl', 'shr_u', 'shr_s']) {
    assert.equal(binary64((OPERATORS[name] as [number, unknown])[0], x, i64(0n)), x);
  }
  assert.equal(binary64(Op.i64_add, i64(0n), x), x);
  assert.ok(binary64(Op.i64_and, i64(0n), x).isConst);
  assert.equal(binary64(Op.i64_sub, i64(0n), x).op, Op.i64_sub);
});

test('wrap and extension undo one another, and narrow what they can', () => {
  const word = op('i32', Op.i32_wrap_i64, localGet('i64', 0));
  assert.equal(wrap(extendUnsigned(word)), word);
  const sum = signExtend32(binary64(Op.i64_add, localGet('i64', 0), localGet('i64', 1)));
  assert.deepEqual([sum.op, sum.args[0]?.op], [Op.i64_extend_i32_s, Op.i32_add]);
});

test('random expressions give what BigInt gives, folded or run', () => {
  const random = new SeededRandom(11);
  for (let i = 0; i < 300; i++) {
    const [a, b] = [0, 1].map(() =>
      random.below(2) ? s64(random.nextU64()) : (VALUES[random.below(VALUES.length)] as bigint),
    ) as [bigint, bigint];
    const [expression, expected] = randomTree(random, 1 + random.below(5), a, b);
    assert.equal(run(expression, a, b), s64(expected), `run ${i}: ${a}, ${b}`);
  }
});
