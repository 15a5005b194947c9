// What --stats prints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatStats } from './stats.ts';

const STATS = {
  engine: 'interpreter',
  startMs: 123.4,
  runMs: 3000.2,
  idleMs: 1000,
  steps: 400_000_000n,
  exits: [10, 0, 3, 0, 5, 0, 0, 0],
  code: undefined,
  stateHash: undefined,
};

test('formatStats: speed counts only the time in which something ran', () => {
  assert.equal(
    formatStats(STATS),
    `vmk: engine interpreter: 400000000 steps, 200 million a second
vmk: time   123 ms to the first instruction, 3000 ms run, 1000 ms of it idle
vmk: exits  budget 10, device 3, page miss 5
`,
  );
});

test('formatStats: the JIT tells where its code comes from', () => {
  const code = { translated: 20, kept: 540, others: 0 };
  assert.match(
    formatStats({ ...STATS, code }),
    /\nvmk: code {3}20 regions translated, 540 from earlier runs\n/,
  );
});

test('formatStats: deterministic runs tell their state', () => {
  assert.match(formatStats({ ...STATS, stateHash: '0123456789abcdef' }), /vmk: state {2}0123456789abcdef\n$/);
});
