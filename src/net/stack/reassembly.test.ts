// Fragments: in every order they become the packet; those that overlap, lie or do not come become nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Alarms } from './alarms.ts';
import { LIMIT, Reassembly } from './reassembly.ts';
import { Lab, pattern } from './testing.ts';
import type { Ipv4Packet } from './wire/ipv4.ts';

function fragment(
  payload: Uint8Array,
  offset: number,
  end: number,
  more: Partial<Ipv4Packet> = {},
): Ipv4Packet {
  return {
    source: 1,
    target: 2,
    protocol: 17,
    hops: 64,
    identification: 9,
    dontFragment: false,
    moreFragments: end < payload.length,
    fragmentOffset: offset,
    header: new Uint8Array(20),
    payload: payload.subarray(offset, end),
    ...more,
  };
}

function setUp() {
  const lab = new Lab(1);
  const expired: Ipv4Packet[] = [];
  const reassembly = new Reassembly(new Alarms(lab.now, lab.timers), (first) => expired.push(first));
  return { lab, reassembly, expired };
}

test('reassembly: fragments in every order, some twice, are the packet', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { lab, reassembly } = setUp();
    const payload = pattern(4003, seed);
    const spans = [];
    for (let at = 0; at < payload.length; ) {
      const end = Math.min(payload.length, at + 8 * (1 + lab.random.below(80)));
      spans.push([at, end] as const, ...(lab.random.below(4) === 0 ? [[at, end] as const] : []));
      at = end;
    }
    for (let i = spans.length - 1; i > 0; i--) {
      const j = (seed * 7 + lab.random.below(i + 1)) % (i + 1);
      [spans[i], spans[j]] = [spans[j] as readonly [number, number], spans[i] as readonly [number, number]];
    }
    const whole = spans
      .map(([at, end]) => reassembly.add(fragment(payload, at, end)))
      .filter((packet) => packet !== undefined);
    assert.deepEqual(whole[0]?.payload, payload);
    assert.equal(whole[0]?.moreFragments, false);
  }
});

// biome-ignore format: a table reads in columns
const BAD: readonly (readonly [what: string, spans: readonly (readonly [offset: number, end: number, more?: Partial<Ipv4Packet>])[]])[] = [
  ['overlap with what is before',       [[0, 80], [72, 160], [80, 200]]],
  ['overlap with what comes after',     [[80, 160], [0, 88], [0, 80], [160, 200]]],
  ['the same place with other bytes',   [[0, 80], [0, 80, { payload: new Uint8Array(80) }], [80, 200]]],
  ['two ends',                          [[80, 200], [80, 160, { moreFragments: false }], [0, 80]]],
  ['bytes after the end',               [[80, 160, { moreFragments: false }], [160, 200], [0, 80]]],
  ['a length that is no multiple of 8', [[0, 81, { moreFragments: true }], [80, 200]]],
];

for (const [what, spans] of BAD) {
  test(`reassembly: ${what} ends the packet`, () => {
    const { reassembly } = setUp();
    for (const [at, end, more] of spans)
      assert.equal(reassembly.add(fragment(pattern(200), at, end, more)), undefined);
    assert.equal(reassembly.heldBytes, 0);
  });
}

test('reassembly: a fragment without bytes is as if it had not come', () => {
  const { reassembly } = setUp();
  const empty = () => reassembly.add(fragment(pattern(200), 80, 80, { moreFragments: true }));
  assert.equal(empty(), undefined);
  assert.equal(reassembly.add(fragment(pattern(200), 0, 80)), undefined);
  assert.equal(empty(), undefined);
  assert.deepEqual(reassembly.add(fragment(pattern(200), 80, 200))?.payload, pattern(200));
  assert.equal(reassembly.heldBytes, 0);
});

test('reassembly: what does not become whole is given up and told of, when its beginning came', () => {
  const { lab, reassembly, expired } = setUp();
  reassembly.add(fragment(pattern(200), 0, 80));
  reassembly.add(fragment(pattern(200), 80, 160, { identification: 10 }));
  lab.run(LIMIT.lifeMs + 1);
  assert.equal(reassembly.heldBytes, 0);
  assert.deepEqual(
    expired.map(({ identification }) => identification),
    [9],
  );
});

test('reassembly: a flood of fragments holds no more than the bounds', () => {
  const { reassembly } = setUp();
  for (let id = 0; id < 10_000; id++) {
    reassembly.add(fragment(new Uint8Array(65_000), 0, 64_000, { identification: id & 0xffff }));
    assert.ok(reassembly.heldBytes <= LIMIT.bytes + 64_000);
  }
});
