/** Tests of register maps: every size and offset of access against a model of plain bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registers, type UnknownAccess } from './registers.ts';

interface Model {
  bytes: number[];
  log: string[];
}

const word = (at: number, width: 1 | 2 | 4, extra: object = {}) => ({
  at,
  width,
  read: (model: Model, index: number) => {
    model.log.push(`r${at}.${index}`);
    return get(model.bytes, at + index * width, width);
  },
  write: (model: Model, value: number, index: number) => {
    model.log.push(`w${at}.${index}`);
    put(model.bytes, at + index * width, width, value);
  },
  ...extra,
});

function get(bytes: readonly number[], at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? 0) * 256 ** i;
  return value;
}

function put(bytes: number[], at: number, width: number, value: number): void {
  for (let i = 0; i < width; i++) bytes[at + i] = Math.floor(value / 256 ** i) % 256;
}

const TABLE = {
  a: word(0, 4),
  b: word(4, 2, { count: 2 }),
  c: word(8, 1),
  d: word(12, 4, { partial: 'zero' }),
};
const HOLES = new Set([9, 10, 11, 16, 17, 18, 19]);

for (const size of [20, 8192]) {
  test(`RegisterMap of ${size} bytes: any access is the bytes it touches`, () => {
    for (const width of [1, 2, 4] as const) {
      for (let offset = 0; offset <= 16; offset++) {
        const model: Model = {
          bytes: Array.from({ length: 20 }, (_, i) => (HOLES.has(i) ? 0 : 0x80 + i)),
          log: [],
        };
        const window = registers<Model>(size, TABLE).window(model);
        assert.equal(
          window.read(offset, width),
          get(model.bytes, offset, width),
          `read ${width} at ${offset}`,
        );
        assert.equal(new Set(model.log).size, model.log.length, 'each register is read once');
        if (offset + width > 12) continue;
        const expected = [...model.bytes];
        put(expected, offset, width, 0x7b6d_5f41 % 256 ** width);
        for (const hole of HOLES) expected[hole] = 0;
        window.write(offset, width, 0x7b6d_5f41 % 256 ** width);
        assert.deepEqual(model.bytes, expected, `write ${width} at ${offset}`);
      }
    }
  });
}

test('RegisterMap: a narrow write of a partial "zero" register does not read it', () => {
  const model: Model = { bytes: Array.from({ length: 20 }, () => 0xee), log: [] };
  registers<Model>(20, TABLE).window(model).write(13, 1, 0x12);
  assert.deepEqual(model.log, ['w12.0']);
  assert.deepEqual(model.bytes.slice(12, 16), [0, 0x12, 0, 0]);
});

test('RegisterMap: rows without read or write read 0 and ignore, results are cut to their width', () => {
  const window = registers<object>(8, {
    still: { at: 0, width: 4 },
    wide: { at: 4, width: 2, read: () => -1 },
  }).window({});
  window.write(0, 4, 5);
  assert.equal(window.read(0, 4), 0);
  assert.equal(window.read(4, 2), 0xffff);
});

test('RegisterMap: unknown offsets read 0 and are reported once each, to a bound', () => {
  const seen: UnknownAccess[] = [];
  const window = registers<object>(4096, { a: { at: 0, width: 4 } }).window({}, (access) =>
    seen.push(access),
  );
  assert.equal(window.read(2, 4), 0);
  for (let i = 0; i < 3; i++) assert.equal(window.read(8, 4), 0);
  window.write(8, 2, 1);
  assert.deepEqual(seen, [
    { kind: 'read', offset: 8, width: 4 },
    { kind: 'write', offset: 8, width: 2 },
  ]);
  for (let offset = 16; offset < 4096; offset += 4) window.write(offset, 4, 0);
  assert.equal(seen.length, 16);
});

test('RegisterMap: overlapping and outlying rows are refused', () => {
  assert.throws(
    () => registers<object>(8, { a: { at: 0, width: 4 }, b: { at: 3, width: 1 } }),
    /"b" overlaps/,
  );
  assert.throws(() => registers<object>(8, { a: { at: 4, width: 4, count: 2 } }), /"a" leaves/);
});
