// Swap files: pages come back as they were, also on a full disk nothing is lost, and the file is the owner's and goes away.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SwapFile } from './swap-file.ts';

function inFolder(use: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-swap-'));
  try {
    use(join(folder, 'vm.vswp'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const page = (fill: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(4096)).fill(fill);

test('SwapFile: pages in any order, read by another that has the descriptor', () => {
  inFolder((path) => {
    const file = new SwapFile({ path });
    for (const index of [9, 0, 1000]) assert.equal(file.put(index, page(index & 0xff)), index);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const other = new SwapFile({ path, fd: file.fd });
    for (const index of [0, 9, 1000]) {
      const into = page(0xee);
      assert.equal(other.read(index, into), true);
      assert.deepEqual(into, page(index & 0xff));
    }
    assert.deepEqual([file.writes, other.reads], [3, 3]);
    file.destroy();
    assert.equal(existsSync(path), false);
  });
});

test('SwapFile: a disk that is full is said to be', { skip: !existsSync('/dev/full') }, () => {
  const errors: string[] = [];
  const file = new SwapFile({
    path: 'x',
    fd: openSync('/dev/full', 'r+'),
    onError: (text) => errors.push(text),
  });
  assert.equal(file.put(0, page(1)), 'full');
  assert.match(errors[0] ?? '', /swap file "x": write failed: ENOSPC/);
});

test('SwapFile: a file that fails says so, and a page that is not there is not made up', () => {
  inFolder((path) => {
    const errors: string[] = [];
    const file = new SwapFile({ path, onError: (text) => errors.push(text) });
    file.put(0, page(1));
    assert.equal(file.read(5, page(0)), false);
    assert.match(errors[0] ?? '', /behind its end/);
    const readOnly = new SwapFile({ path, fd: openSync(path, 'r'), onError: (text) => errors.push(text) });
    assert.equal(readOnly.put(1, page(1)), 'failed');
    assert.equal(errors.length, 2);
    file.destroy();
  });
});

test('SwapFile: where none can be made', () => {
  assert.throws(
    () => new SwapFile({ path: '/does/not/exist/x' }),
    /Cannot make swap file "\/does\/not\/exist\/x"/,
  );
});
