// LookAhead: nothing while things come, then all in parts; what is gone is left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LookAhead } from './look-ahead.ts';

test('LookAhead: it begins when nothing has come for a second, and goes on in parts', () => {
  const due: { ms: number; action: () => void }[] = [];
  const seen: number[] = [];
  const after = (ms: number, action: () => void) => {
    const timer = { ms, action };
    due.push(timer);
    return () => {
      if (due.includes(timer)) due.splice(due.indexOf(timer), 1);
    };
  };
  const next = () => {
    assert.equal(due.length, 1);
    const { ms, action } = due.pop() as { ms: number; action: () => void };
    action();
    return ms;
  };
  const ahead = new LookAhead<number>(after, (item) => void seen.push(item));
  for (let item = 0; item < 60; item++) ahead.add(item);
  ahead.remove(1);
  assert.equal(seen.length, 0);
  assert.deepEqual([next(), seen.length], [1000, 25]);
  assert.deepEqual([next(), seen.length], [20, 50]);
  ahead.add(60);
  assert.deepEqual([next(), seen.length, due.length], [1000, 60, 0]);
  assert.ok(!seen.includes(1));
  ahead.add(61);
  ahead.close();
  assert.deepEqual([due.length, seen.length], [0, 60]);
});
