// A running Linux is saved and restored: it goes on to the same state, on every back end and from one to another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheFolder, defaultGuest } from '#guest';
import type { EngineKind } from '#riscv';
import { openBootFile, openKernel } from '../../src/host/boot-files.ts';
import { testMachine } from '../../src/vmm/testing.ts';

const MIB = 2 ** 20;
const SAVED_AT = 400_000_000;
/** The reference does some hundred thousand steps a second. */
const MORE = 200_000;

test('Linux: saved, gone on with, restored, gone on with again; and by another back end', async (t) => {
  const guest = await defaultGuest(cacheFolder(), () => {});
  const make = (engine: EngineKind) =>
    testMachine([], {
      engine,
      config: {
        ramBytes: 128 * MIB,
        append: 'console=ttyS0 quiet',
        payload: { kind: 'kernel', file: openKernel('kernel', guest.kernelPath) },
        initrds: [openBootFile('initramfs', guest.initramfsPath)],
      },
    }).machine;
  const first = make('jit');
  first.powerOn();
  first.turn(SAVED_AT);
  const started = performance.now();
  const state = structuredClone(first.save());
  t.diagnostic(
    `${state.pages.size} pages saved and cloned in ${(performance.now() - started).toFixed(0)} ms`,
  );
  assert.ok(state.pages.size > 5000, 'it has come far');
  first.turn(MORE);
  const expected = first.stateHash();
  first.turn(5 * MORE);
  assert.notEqual(first.stateHash(), expected);
  const again = performance.now();
  first.restore(state);
  t.diagnostic(`restored in ${(performance.now() - again).toFixed(0)} ms`);
  first.turn(MORE);
  assert.equal(first.stateHash(), expected, 'where it was');
  for (const engine of ['reference', 'interpreter', 'jit'] as const) {
    const other = make(engine);
    other.restore(state);
    other.turn(MORE);
    assert.equal(other.stateHash(), expected, `on another machine, ${engine}`);
    other.restore(state);
    other.turn(MORE);
    assert.equal(other.stateHash(), expected, `there again, ${engine}`);
  }
});
