// Keys of the live display.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstState, keyHelp, type LiveState, press } from './keys.ts';

function after(keys: string, state: LiveState = firstState(5000)): LiveState {
  return keys.split('').reduce(press, state);
}

test('press: c, m, d change the screen, and each keeps its order', () => {
  assert.equal(after('m').screen, 'memory');
  assert.equal(after('d').screen, 'disk');
  const state = after('RmBc');
  assert.deepEqual([state.screen, state.sort, after('m', state).sort], ['cpu', 'R', 'B']);
  assert.equal(after('R').message, 'sorted by %RDY');
});

test('press: s asks for seconds; what is none changes nothing', () => {
  const state = after('s2.5\x7f\x7f.25\r');
  assert.equal(state.intervalMs, 2250);
  assert.equal(after('s12').message, 'seconds between two looks (5): 12');
  assert.equal(after('s0\r').intervalMs, 5000);
  assert.match(after('s1.2.3\r').message, /"1.2.3" is not in 0.2 … 3600/);
  assert.equal(after('sq').isOver, false);
  assert.equal(after('s9\x1b').typed, undefined);
});

test('press: h shows the keys, any key goes back; q and Ctrl-C leave', () => {
  assert.ok(after('h').isHelp);
  assert.equal(after('hx').isHelp, false);
  assert.ok(after('q').isOver && after('hq').isOver && after('s\x03q').isOver && after('\x03').isOver);
  assert.equal(after('y').message, 'h shows the keys');
  assert.deepEqual(press(firstState(1), '\x1b[A'), firstState(1));
});

test('keyHelp: fits on 24 lines and names every sort key of the screen', () => {
  for (const screen of ['cpu', 'memory', 'disk'] as const) assert.ok(keyHelp(screen).length <= 24);
  assert.ok(keyHelp('disk').some((line) => line.includes('sort by WRITES/s')));
});
