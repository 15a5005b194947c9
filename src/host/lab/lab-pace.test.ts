// A deterministic guest and the world's time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabPace } from './lab-pace.ts';

test('LabPace.behind: what the guest is late, never less than 0, and not more than it may catch up', () => {
  let nowMs = 5000;
  const pace = new LabPace(() => nowMs);
  assert.equal(pace.behind(0), 0);
  nowMs += 10;
  assert.equal(pace.behind(30_000), 70_000);
  assert.equal(pace.behind(200_000), 0, 'it is ahead');
  nowMs += 60_000;
  assert.equal(pace.behind(0), 20_000_000);
  nowMs += 1;
  assert.equal(pace.behind(20_000_000), 10_000, 'what it could not catch up is forgotten');
});
