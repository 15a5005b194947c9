// The page-state machine: every pair of state and event, allowed and not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MapFlag } from '#riscv';
import {
  allows,
  KEPT_IN,
  nextState,
  PageState,
  type PageStateName,
  RIGHTS,
  stateName,
  TRANSITIONS,
} from './page-states.ts';

const STATES = Object.keys(PageState) as PageStateName[];
const EVENTS = [...new Set(TRANSITIONS.map(([, event]) => event))];

test('nextState: what a row says happens, all else is refused', () => {
  for (const from of STATES) {
    for (const event of EVENTS) {
      const row = TRANSITIONS.find((transition) => transition[0] === from && transition[1] === event);
      assert.equal(allows(from, event), row !== undefined);
      if (row === undefined) assert.throws(() => nextState(from, event), /does not know the event/);
      else assert.equal(nextState(from, event), row[2]);
    }
  }
});

test('TRANSITIONS: no pair of state and event stands twice', () => {
  const pairs = TRANSITIONS.map(([from, event]) => `${from} ${event}`);
  assert.equal(new Set(pairs).size, pairs.length);
});

test('RIGHTS: only a page of its own may be written, and what may be written may be read', () => {
  for (const state of STATES) {
    const isWritable = (RIGHTS[state] & MapFlag.Writable) !== 0;
    assert.equal(isWritable, state === 'private');
    if (isWritable) assert.ok(RIGHTS[state] & MapFlag.Present);
  }
});

test('TRANSITIONS: a page in any state can be read, written, and given back', () => {
  for (const state of STATES) {
    for (const event of ['read', 'write', 'release', 'inflate'] as const) assert.ok(allows(state, event));
    assert.ok(RIGHTS[nextState(state, 'read')] & MapFlag.Present);
    assert.equal(nextState(state, 'write'), 'private');
    assert.equal(KEPT_IN[nextState(state, 'release')], 'nothing');
  }
});

test('stateName: undoes the numbers, and knows no others', () => {
  for (const state of STATES) assert.equal(stateName(PageState[state]), state);
  assert.throws(() => stateName(STATES.length), /no page state/);
});
