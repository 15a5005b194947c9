// Tokens: good once, for a while, for whom they are meant; and what happens when too many wait.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OnceTokens } from './once-tokens.ts';

function make(more: { readonly dropsOldest?: boolean } = {}) {
  let now = 0;
  const tokens = new OnceTokens<string>({
    ...{ nowMs: () => now, tokenBytes: 16, lifeMs: 100, waitingMax: 2 },
    ...more,
  });
  return { tokens, pass: (ms: number) => (now += ms) };
}

test('OnceTokens: a token is good once, and stays where it is asked for something else', () => {
  const { tokens } = make();
  const token = tokens.open('one') ?? '';
  assert.match(token, /^[0-9a-f]{32}$/);
  assert.equal(
    tokens.take(token, (value) => value === 'two'),
    undefined,
  );
  assert.equal(tokens.take(token), 'one');
  assert.equal(tokens.take(token), undefined);
  assert.equal(tokens.take('nothing'), undefined);
});

test('OnceTokens: its time is over at the end of its life, and then there is room for others', () => {
  const { tokens, pass } = make();
  const [first, second] = [tokens.open('a') ?? '', tokens.open('b') ?? ''];
  assert.equal(tokens.open('c'), undefined, 'two wait');
  pass(99);
  assert.equal(tokens.take(first), 'a');
  pass(1);
  assert.equal(tokens.take(second), undefined);
  assert.ok(tokens.open('c'));
  assert.ok(tokens.open('d'));
});

test('OnceTokens: where the oldest goes there is always room', () => {
  const { tokens } = make({ dropsOldest: true });
  const given = ['a', 'b', 'c'].map((value) => tokens.open(value) ?? '');
  assert.deepEqual(
    given.map((token) => tokens.take(token)),
    [undefined, 'b', 'c'],
  );
});
