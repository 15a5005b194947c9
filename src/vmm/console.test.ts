// The console: input waits until somebody takes it, and nothing is lost or doubled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Console } from './console.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Takes what it has room for, and says `ready` in the middle of being given something, as virtio does. */
class Receiver {
  room = 0;
  got = '';
  readonly console: Console;
  constructor(console: Console) {
    this.console = console;
  }
  receive(offered: Uint8Array): number {
    const taken = Math.min(this.room, offered.length);
    this.got += new TextDecoder().decode(offered.subarray(0, taken));
    this.room -= taken;
    this.console.ready();
    return taken;
  }
}

test('give: what the receiver has no room for waits, in order', () => {
  const console = new Console(() => {});
  const receiver = new Receiver(console);
  console.connect(receiver);
  receiver.room = 3;
  console.give(bytes('hello '));
  console.give(bytes('world'));
  assert.equal(receiver.got, 'hel');
  assert.ok(!console.isDrained);
  receiver.room = 100;
  console.ready();
  assert.equal(receiver.got, 'hello world');
  assert.ok(console.isDrained);
});

test('take: the SBI gets what no device has taken', () => {
  const console = new Console(() => {});
  console.give(bytes('abc'));
  assert.deepEqual(console.take(2), bytes('ab'));
  assert.deepEqual(console.take(9), bytes('c'));
  assert.deepEqual(console.take(9), bytes(''));
});

test('reset: forgets what waits', () => {
  const console = new Console(() => {});
  console.give(bytes('abc'));
  console.reset();
  assert.ok(console.isDrained);
});
