/** Tests of TAP devices as they are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { checkedTaps, parseTaps } from './taps-config.ts';

const GOOD = { version: 1, taps: [{ name: 'vmnic1', device: 'tap0' }] } as const;

// biome-ignore format: a table reads in columns
const WRONG: readonly (readonly [config: unknown, says: RegExp])[] = [
  [[],                                                              /the configuration/],
  [{ ...GOOD, version: 2 },                                         /version is not 1/],
  [{ ...GOOD, taps: [{ name: 'vmnic1' }] },                         /taps\[0\]\.device: "undefined"/],
  [{ ...GOOD, taps: [{ name: '', device: 'tap0' }] },               /taps\[0\]\.name/],
  [{ ...GOOD, taps: [{ name: 'vmnic1', device: 'a/b' }] },          /taps\[0\]\.device: "a\/b"/],
  [{ ...GOOD, taps: [{ name: 'vmnic1', device: 'tap%d' }] },        /"tap%d"/],
  [{ ...GOOD, taps: [{ name: 'vmnic1', device: '..' }] },           /"\.\."/],
  [{ ...GOOD, taps: [{ name: 'vmnic1', device: 'x'.repeat(16) }] }, /no name of a network device/],
  [{ ...GOOD, taps: [...GOOD.taps, { name: 'vmnic2', device: 'tap0' }] }, /tap0/],
  [{ ...GOOD, taps: [...GOOD.taps, { name: 'vmnic1', device: 'tap1' }] }, /vmnic1/],
];

test('checkedTaps: what cannot be is refused with its place', () => {
  assert.deepEqual(checkedTaps(GOOD), GOOD);
  for (const [config, says] of WRONG) assert.throws(() => checkedTaps(config), says);
});

test('parseTaps: whatever is damaged is refused with a reason, or is a configuration', () => {
  const random = new SeededRandom(56);
  const text = JSON.stringify(GOOD);
  for (let i = 0; i < 2000; i++) {
    const at = random.below(text.length);
    const damaged =
      text.slice(0, at) + String.fromCharCode(random.below(128)) + text.slice(at + random.below(3));
    try {
      checkedTaps(parseTaps(damaged, 'f'));
    } catch (error) {
      assert.ok(error instanceof HostError, String(error));
    }
  }
});
