// KeepBudget: a few at once, then one at a time, whatever was not taken before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeepBudget } from './keep-budget.ts';

const MS = 1e6;

test('KeepBudget: a crowd gets four, and one more every 100 ms; a long rest gives no more than four', () => {
  const budget = new KeepBudget();
  const taken = (nowMs: number) => {
    let count = 0;
    while (budget.take(nowMs * MS)) count++;
    return count;
  };
  assert.equal(taken(5000), 4);
  assert.deepEqual([taken(5050), taken(5100), taken(5199), taken(5200)], [0, 1, 0, 1]);
  assert.equal(taken(60_000), 4);
});
