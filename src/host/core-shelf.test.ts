// Tests of the shelf of the core's module: it is written once for the same options, and what is damaged is written anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CoreOptions, codeArea } from '#riscv';
import { CoreShelf, type Shelf } from './core-shelf.ts';

const OPTIONS: CoreOptions = {
  area: codeArea(4096, 2 ** 24, 2 ** 26),
  ...{ owner: 1, isShared: false, hasFusedMadd: false, hasStoreOrder: false },
  memoryPages: { initial: 1024, maximum: 1024 },
};

class OneShelf implements Shelf {
  held: { index: object; body: Uint8Array } | undefined;
  writes = 0;

  read() {
    return this.held;
  }

  write(index: object, body: Uint8Array): void {
    this.held = { index, body };
    this.writes++;
  }
}

/** What a start gets, and keeps at its end. */
function start(shelf: Shelf, options = OPTIONS): Uint8Array {
  const cores = new CoreShelf(shelf);
  const { bytes, handlers } = cores.write(options);
  assert.ok(handlers.writesF.size > 0);
  cores.keep();
  cores.keep();
  return bytes;
}

test('CoreShelf: a module is kept once, and found as long as its options are the same', () => {
  const shelf = new OneShelf();
  const first = start(shelf);
  assert.deepEqual(start(shelf), first);
  assert.equal(shelf.writes, 1);
  assert.notDeepEqual(start(shelf, { ...OPTIONS, owner: 2 }), first);
  assert.equal(shelf.writes, 2);
});

test('CoreShelf: what is not whole is written anew', () => {
  const shelf = new OneShelf();
  const first = start(shelf);
  const { index, body } = shelf.held ?? assert.fail();
  shelf.held = { index, body: body.subarray(1) };
  assert.deepEqual(start(shelf), first);
  shelf.held = { index: {}, body };
  assert.deepEqual(start(shelf), first);
  const turned = Uint8Array.from(body, (byte, at) => (at === body.length >> 1 ? byte ^ 1 : byte));
  shelf.held = { index, body: turned };
  assert.deepEqual(start(shelf), first);
  shelf.held = { index: { ...index, writesF: [0] }, body };
  assert.deepEqual(start(shelf), first);
  assert.equal(shelf.writes, 5);
});
