// Software floating point against the host's arithmetic where that is exact, and against the manuals' rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { double, single } from '../conformance/values.ts';
import type { RoundingMode } from './float-format.ts';
import { bitLength, Flag, Rounding } from './float-format.ts';
import type { FloatOp } from './float-ops.ts';
import { FLOAT_OPS, floatOpcode } from './float-ops.ts';
import { softFloat } from './soft-float.ts';

const SEED = 7;
const ROUNDS = 4000;
const view = new DataView(new ArrayBuffer(8));
const toDouble = (bits: bigint): number => (view.setBigUint64(0, bits), view.getFloat64(0));
const ofDouble = (value: number): bigint => (view.setFloat64(0, value), view.getBigUint64(0));
const toSingle = (bits: bigint): number => (view.setUint32(0, Number(bits)), view.getFloat32(0));
const ofSingle = (value: number): bigint => (view.setFloat32(0, value), BigInt(view.getUint32(0)));
const NAN_D = 0x7ff8n << 48n;
const NAN_S = 0x7fc0_0000n;

function run(name: string, operands: readonly bigint[], mode: RoundingMode = Rounding.NearestEven) {
  const op = FLOAT_OPS[floatOpcode(name)] as FloatOp;
  return softFloat(op, operands[0] ?? 0n, operands[1] ?? 0n, operands[2] ?? 0n, mode);
}

// biome-ignore format: a table reads in columns
const HOST: readonly [operation: string, host: (a: number, b: number) => number][] = [
  ['add',  (a, b) => a + b],
  ['sub',  (a, b) => a - b],
  ['mul',  (a, b) => a * b],
  ['div',  (a, b) => a / b],
  ['sqrt', (a) => Math.sqrt(a)],
];

for (const [operation, host] of HOST) {
  test(`softFloat: ${operation} to nearest even is the host's, in both formats`, () => {
    const random = new SeededRandom(SEED);
    for (let i = 0; i < ROUNDS; i++) {
      const [a, b] = [double(random), double(random)];
      const wanted = host(toDouble(a), toDouble(b));
      const what = `${operation}.d ${a.toString(16)} ${b.toString(16)}`;
      assert.equal(run(`${operation}.d`, [a, b]).bits, Number.isNaN(wanted) ? NAN_D : ofDouble(wanted), what);
      // Doubles have more than twice the bits of singles: rounding twice is rounding once.
      const [c, d] = [single(random), single(random)];
      const narrow = Math.fround(host(toSingle(c), toSingle(d)));
      const narrowWhat = `${operation}.s ${c.toString(16)} ${d.toString(16)}`;
      assert.equal(
        run(`${operation}.s`, [c, d]).bits,
        Number.isNaN(narrow) ? NAN_S : ofSingle(narrow),
        narrowWhat,
      );
    }
  });
}

test('softFloat: directed roundings enclose the nearest, and agree exactly when nothing is lost', () => {
  const random = new SeededRandom(SEED);
  for (let i = 0; i < ROUNDS; i++) {
    const operands = [double(random), double(random), double(random)];
    const at = (mode: RoundingMode) => run('madd.d', operands, mode);
    const [nearest, zero, down, up, away] = [0, 1, 2, 3, 4].map((mode) => at(mode as RoundingMode));
    assert.ok(nearest && zero && down && up && away);
    if (nearest.bits === NAN_D) continue;
    const [low, high] = [toDouble(down.bits), toDouble(up.bits)];
    for (const one of [nearest, zero, away]) {
      assert.ok(
        [low, high].some(
          (end) => Object.is(end, toDouble(one.bits)) || (end === 0 && toDouble(one.bits) === 0),
        ),
      );
    }
    assert.equal(
      (nearest.flags & Flag.NX) === 0,
      low === high,
      operands.map((one) => one.toString(16)).join(' '),
    );
    assert.ok(Math.abs(toDouble(zero.bits)) <= Math.abs(toDouble(away.bits)));
  }
});

const [ONE, MIN_D, MAX_D, INF_D] = [0x3ffn << 52n, 1n, (0x7ffn << 52n) - 1n, 0x7ffn << 52n];
const SIGN_D = 1n << 63n;
const SNAN_D = INF_D | 1n;
const MIN_NORMAL_S = 0x0080_0000n;

// biome-ignore format: a table reads in columns
const RULES: readonly [why: string, name: string, operands: bigint[], mode: RoundingMode, bits: bigint, flags: number][] = [
  ['1 / 0',                              'div.d',  [ONE, 0n],                    0, INF_D,              Flag.DZ],
  ['0 / 0',                              'div.d',  [0n, 0n],                     0, NAN_D,              Flag.NV],
  ['a signaling NaN',                    'add.d',  [SNAN_D, ONE],                0, NAN_D,              Flag.NV],
  ['a quiet NaN loses its payload',      'add.d',  [NAN_D | SIGN_D | 5n, ONE],   0, NAN_D,              0],
  ['∞ × 0 + quiet NaN is invalid',       'madd.d', [INF_D, 0n, NAN_D],           0, NAN_D,              Flag.NV],
  ['∞ − ∞',                              'sub.d',  [INF_D, INF_D],               0, NAN_D,              Flag.NV],
  ['√−1',                                'sqrt.d', [ONE | SIGN_D],               0, NAN_D,              Flag.NV],
  ['√−0 is −0',                          'sqrt.d', [SIGN_D],                     0, SIGN_D,             0],
  ['x − x is +0',                        'sub.d',  [ONE, ONE],                   0, 0n,                 0],
  ['x − x rounded down is −0',           'sub.d',  [ONE, ONE],                   2, SIGN_D,             0],
  ['overflow to nearest',                'add.d',  [MAX_D, MAX_D],               0, INF_D,              Flag.OF | Flag.NX],
  ['overflow toward zero',               'add.d',  [MAX_D, MAX_D],               1, MAX_D,              Flag.OF | Flag.NX],
  ['overflow of a negative, rounded up', 'mul.d',  [MAX_D | SIGN_D, MAX_D],      3, MAX_D | SIGN_D,     Flag.OF | Flag.NX],
  ['underflow to zero',                  'mul.d',  [MIN_D, MIN_D],               0, 0n,                 Flag.UF | Flag.NX],
  ['underflow rounded up',               'mul.d',  [MIN_D, MIN_D],               3, MIN_D,              Flag.UF | Flag.NX],
  ['exact subnormals raise nothing',     'add.d',  [MIN_D, MIN_D],               0, 2n,                 0],
  ['half to even',                       'cvt.w.d', [0x4004n << 48n],            0, 2n,                 Flag.NX],
  ['half away',                          'cvt.w.d', [0x4004n << 48n],            4, 3n,                 Flag.NX],
  ['wu of −0.5 rounds to 0',             'cvt.wu.d', [0xbfe0n << 48n],           0, 0n,                 Flag.NX],
  ['wu of −0.5 rounded down is invalid', 'cvt.wu.d', [0xbfe0n << 48n],           2, 0n,                 Flag.NV],
  ['w of NaN is the largest',            'cvt.w.d', [NAN_D],                     0, 0x7fff_ffffn,       Flag.NV],
  ['wu of NaN is sign-extended',         'cvt.wu.d', [NAN_D],                    0, (1n << 64n) - 1n,   Flag.NV],
  ['w of −∞ is sign-extended',           'cvt.w.d', [INF_D | SIGN_D],            0, 0xffff_ffff_8000_0000n, Flag.NV],
  ['l of 2^63 saturates',                'cvt.l.d', [0x43e0n << 48n],            0, (1n << 63n) - 1n,   Flag.NV],
  ['wu of 2^32 − 1 is sign-extended',    'cvt.wu.d', [0x41ef_ffff_ffe0_0000n],   0, (1n << 64n) - 1n,   0],
  ['s of w reads 32 bits',               'cvt.s.w', [0x1_0000_0001n],            0, 0x3f80_0000n,       0],
  ['s of 2^24 + 1 is inexact',           'cvt.s.l', [0x100_0001n],               3, 0x4b80_0001n,       Flag.NX],
  ['d of s: signaling',                  'cvt.d.s', [0x7f80_0001n],              0, NAN_D,              Flag.NV],
  ['min of −0 and +0',                   'min.d',  [0n, SIGN_D],                 0, SIGN_D,             0],
  ['max of −0 and +0',                   'max.d',  [SIGN_D, 0n],                 0, 0n,                 0],
  ['min: a number wins over NaN',        'min.d',  [SNAN_D, ONE],                0, ONE,                Flag.NV],
  ['max of two NaNs',                    'max.d',  [NAN_D | 1n, NAN_D | 2n],     0, NAN_D,              0],
  ['eq of a quiet NaN',                  'eq.d',   [NAN_D, NAN_D],               0, 0n,                 0],
  ['eq of a signaling NaN',              'eq.d',   [SNAN_D, ONE],                0, 0n,                 Flag.NV],
  ['lt of a quiet NaN',                  'lt.d',   [NAN_D, ONE],                 0, 0n,                 Flag.NV],
  ['le of −0 and +0',                    'le.d',   [0n, SIGN_D],                 0, 1n,                 0],
  // 2^-126 × (1 − 2^-24) is a tie that ends at the smallest normal number, but has 24 bits itself: tiny.
  ['tiny although rounded to normal',    'mul.s',  [0x3f7f_ffffn, MIN_NORMAL_S], 0, MIN_NORMAL_S,       Flag.UF | Flag.NX],
  // 2^-126 × (1 − 2^-46) is 2^-126 in 24 bits: not tiny. Rounded toward zero it is.
  ['tininess is seen after rounding',    'mul.s',  [0x2000_0001n, 0x1fff_fffen], 0, MIN_NORMAL_S,       Flag.NX],
  ['the same toward zero',               'mul.s',  [0x2000_0001n, 0x1fff_fffen], 1, MIN_NORMAL_S - 1n,  Flag.UF | Flag.NX],
];

test('softFloat: the rules of the manuals', () => {
  for (const [why, name, operands, mode, bits, flags] of RULES) {
    const found = run(name, operands, mode);
    assert.deepEqual([found.bits.toString(16), found.flags], [bits.toString(16), flags], why);
  }
});

test('softFloat: the ten classes', () => {
  const positive = [0n, MIN_D, ONE, INF_D].map((bits) => run('class.d', [bits]).bits);
  const negative = [SIGN_D, SIGN_D | MIN_D, SIGN_D | ONE, SIGN_D | INF_D].map(
    (bits) => run('class.d', [bits]).bits,
  );
  assert.deepEqual(positive, [1n << 4n, 1n << 5n, 1n << 6n, 1n << 7n]);
  assert.deepEqual(negative, [1n << 3n, 1n << 2n, 1n << 1n, 1n]);
  assert.deepEqual([run('class.d', [SNAN_D]).bits, run('class.d', [NAN_D]).bits], [1n << 8n, 1n << 9n]);
});

test('floatOpcode: an unknown operation is an error', () => {
  assert.throws(() => floatOpcode('add.q'), /Unknown floating-point operation "add.q"/);
});

test('bitLength: at every nibble', () => {
  for (let i = 0n; i < 70n; i++)
    assert.deepEqual([bitLength(1n << i), bitLength((2n << i) - 1n)], [i + 1n, i + 1n]);
});
