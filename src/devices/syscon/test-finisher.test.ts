/** Tests of the test finisher: which values do what, and which do nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestFinisher } from './test-finisher.ts';

function machine() {
  const events: string[] = [];
  const power = {
    powerOff: (status: number) => void events.push(`off ${status}`),
    reset: () => void events.push('reset'),
  };
  return { finisher: new TestFinisher({ power }), events };
}

const CASES: readonly (readonly [width: 2 | 4, value: number, event: string | undefined])[] = [
  [4, 0x5555, 'off 0'],
  [2, 0x5555, 'off 0'],
  [4, 0x0003_3333, 'off 3'],
  [4, 0xffff_3333, 'off 65535'],
  [4, 0x7777, 'reset'],
  [4, 0, undefined],
  [4, 0x1234, undefined],
];

for (const [width, value, event] of CASES) {
  test(`TestFinisher: ${width} bytes 0x${value.toString(16)} is ${event ?? 'nothing'}`, () => {
    const { finisher, events } = machine();
    finisher.write(0, width, value);
    assert.deepEqual(events, event === undefined ? [] : [event]);
    assert.equal(finisher.read(0, 4), 0);
  });
}

test('TestFinisher: paused it waits, and the wish travels with its state', () => {
  const { finisher, events } = machine();
  finisher.pause();
  finisher.write(0, 4, 0x5555);
  assert.deepEqual(events, []);
  const other = machine();
  other.finisher.pause();
  other.finisher.restore(structuredClone(finisher.save()));
  other.finisher.resume();
  assert.deepEqual(other.events, ['off 0']);
  finisher.reset();
  finisher.resume();
  assert.deepEqual(events, []);
});
