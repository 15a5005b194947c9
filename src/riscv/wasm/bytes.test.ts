// The binary format: LEB128 at its edges, opcodes, sections.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { Bytes } from './bytes.ts';
import { Op } from './opcodes.ts';

const written = (write: (out: Bytes) => void): number[] => {
  const out = new Bytes();
  write(out);
  return [...out.finish()];
};

/** LEB128 by its definition: groups of 7 bits, the last one extends the sign. Source: WebAssembly 3.0 §5.2.2. */
function decodeLeb(bytes: readonly number[], isSigned: boolean): bigint {
  let value = 0n;
  bytes.forEach((byte, i) => {
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    assert.equal(byte >>> 7, i === bytes.length - 1 ? 0 : 1, 'only the last byte has its top bit clear');
  });
  return isSigned ? BigInt.asIntN(7 * bytes.length, value) : value;
}

const EDGES = [
  0n,
  1n,
  63n,
  64n,
  127n,
  128n,
  8191n,
  8192n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 62n,
];

test('Bytes.u32: reads back at the edges of each length', () => {
  for (const value of [...EDGES, 2n ** 14n - 1n, 2n ** 14n, 2n ** 28n].filter((edge) => edge < 2n ** 32n)) {
    assert.equal(
      decodeLeb(
        written((out) => out.u32(Number(value))),
        false,
      ),
      value,
    );
  }
});

test('Bytes.s32 and s64: read back at the edges of each length, in as few bytes as it takes', () => {
  for (const edge of [
    ...EDGES,
    ...EDGES.map((value) => -value),
    ...EDGES.map((value) => -value - 1n),
    2n ** 63n - 1n,
    -(2n ** 63n),
  ]) {
    const bytes = written((out) => out.s64(edge));
    assert.equal(decodeLeb(bytes, true), edge);
    const shorter = 7 * (bytes.length - 1);
    assert.ok(
      bytes.length === 1 || BigInt.asIntN(shorter, edge) !== edge,
      `${edge} in ${bytes.length} bytes`,
    );
    if (BigInt.asIntN(32, edge) === edge)
      assert.deepEqual(
        written((out) => out.s32(Number(edge))),
        bytes,
      );
  }
});

test('Bytes.s64: reads back for random numbers', () => {
  const random = new SeededRandom(1);
  for (let i = 0; i < 2000; i++) {
    const value = BigInt.asIntN(64, random.nextU64()) >> BigInt(random.below(64));
    assert.equal(
      decodeLeb(
        written((out) => out.s64(value)),
        true,
      ),
      value,
    );
  }
});

test('Bytes.opcode: one byte, prefix and number, prefix and long number', () => {
  assert.deepEqual(
    written((out) => out.opcode(Op.i64_add)),
    [0x7c],
  );
  assert.deepEqual(
    written((out) => out.opcode(Op.memory_fill)),
    [0xfc, 0x0b],
  );
  assert.deepEqual(
    written((out) => out.opcode(Op.i64_atomic_cmpxchg)),
    [0xfe, 0x49],
  );
  assert.deepEqual(
    written((out) => out.opcode(Op.f64x2_relaxed_madd)),
    [0xfd, 0x87, 0x02],
  );
});

test('Bytes: grows, and sections say their length', () => {
  const inner = new Bytes();
  for (let i = 0; i < 1000; i++) inner.byte(i);
  const bytes = written((out) => {
    out.name('é');
    out.section(3, inner);
    out.f64(-1.5);
    out.f32(0.25);
  });
  assert.deepEqual(bytes.slice(0, 6), [2, 0xc3, 0xa9, 3, 0xe8, 0x07]);
  assert.deepEqual(
    bytes.slice(6, 1006),
    Array.from({ length: 1000 }, (_, i) => i & 255),
  );
  assert.deepEqual(bytes.slice(1006), [0, 0, 0, 0, 0, 0, 0xf8, 0xbf, 0, 0, 0x80, 0x3e]);
});
