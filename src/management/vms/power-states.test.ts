// Power states: every pair of state and event, allowed and not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRunning, nextPowerState, STATE_TEXT, TRANSITIONS } from './power-states.ts';

test('nextPowerState: moves by the rows and by nothing else', () => {
  const states = Object.keys(STATE_TEXT) as (keyof typeof STATE_TEXT)[];
  const events = [...new Set(TRANSITIONS.map(([, event]) => event))];
  let allowed = 0;
  for (const state of states) {
    for (const event of events) {
      const next = nextPowerState(state, event);
      if (next !== undefined) allowed++;
      assert.equal(
        TRANSITIONS.some(([from, on, to]) => from === state && on === event && to === next),
        next !== undefined,
      );
    }
  }
  assert.equal(allowed, TRANSITIONS.length, 'no pair of state and event has two rows');
});

test('TRANSITIONS: every state is reached from "off", and has a way back to it', () => {
  const reach = (from: string) => {
    const seen = new Set([from]);
    for (const state of seen) for (const [source, , to] of TRANSITIONS) if (source === state) seen.add(to);
    return seen;
  };
  assert.deepEqual([...reach('off')].sort(), Object.keys(STATE_TEXT).sort());
  for (const state of Object.keys(STATE_TEXT)) assert.ok(reach(state).has('off'), state);
});

test('isRunning: a machine exists but when off or suspended', () => {
  assert.deepEqual(
    (Object.keys(STATE_TEXT) as (keyof typeof STATE_TEXT)[]).filter((state) => !isRunning(state)),
    ['off', 'suspended'],
  );
});
