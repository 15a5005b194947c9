// The outbox of a pCPU: few messages, nothing lost, nothing out of order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ControlBlock } from './control-block.ts';
import type { VmMessage } from './messages.ts';
import { Outbox } from './outbox.ts';

function make() {
  const messages: VmMessage[] = [];
  const outbox = new Outbox(new ControlBlock(), (message) => messages.push(message));
  const bytes = () => messages.flatMap((message) => (message.kind === 'output' ? [...message.bytes] : []));
  return { outbox, messages, bytes };
}

test('output: many pieces become one message at the flush', () => {
  const { outbox, messages, bytes } = make();
  for (let i = 0; i < 100; i++) outbox.output(Uint8Array.of(i));
  assert.equal(messages.length, 0);
  outbox.flush();
  assert.equal(messages.length, 1);
  assert.deepEqual(
    bytes(),
    Array.from({ length: 100 }, (_, i) => i),
  );
  outbox.flush();
  assert.equal(messages.length, 1);
});

test('output: much of it does not wait for the flush', () => {
  const { outbox, messages, bytes } = make();
  for (let i = 0; i < 10; i++) outbox.output(new Uint8Array(10_000).fill(i));
  assert.ok(messages.length >= 4);
  outbox.flush();
  assert.equal(bytes().length, 100_000);
});

test('line: gets its newline, and goes out with the flush', () => {
  const { outbox, messages } = make();
  outbox.line('one');
  outbox.line('two');
  outbox.flush();
  assert.deepEqual(messages, [{ kind: 'lines', text: 'one\ntwo\n' }]);
});
