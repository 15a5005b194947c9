/** Tests of a NAT's kept forwards and rules: what is written is read again, what is damaged is refused with its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { ip } from '../stack/wire/address.ts';
import { checkedNat, type KeptNat, parseNat, ruleOf } from './nat-config.ts';
import { isAllowed } from './rules.ts';

const CONFIG: KeptNat = {
  version: 1,
  forwards: [{ protocol: 'tcp', address: '127.0.0.1', port: 2222, guest: 'web', guestPort: 22 }],
  rules: [
    { action: 'allow', mac: '00:0c:29:11:22:33', target: '10.0.2.2/32', protocol: 'tcp', ports: '80-90' },
    { action: 'deny', target: '10.0.2.2/32' },
  ],
};

test('parseNat, ruleOf: what was kept decides as it was meant', () => {
  const { rules } = parseNat(JSON.stringify(CONFIG), 'x');
  const parsed = rules.map(ruleOf);
  const wish = { mac: 0x000c_2911_2233, protocol: 'tcp' as const, target: ip('10.0.2.2'), port: 85 };
  assert.ok(isAllowed(parsed, wish));
  assert.ok(!isAllowed(parsed, { ...wish, port: 91 }));
  assert.ok(!isAllowed(parsed, { ...wish, mac: 1 }));
  assert.ok(isAllowed(parsed, { ...wish, target: ip('9.9.9.9') }));
});

test('checkedNat: whatever is damaged is refused with a place, or is a configuration', () => {
  const random = new SeededRandom(29);
  const values = [null, -1, 0, 70_000, '', 'tcp', '1-', '9-2', '1.2.3.4/33', 'x'.repeat(300), [], {}, true];
  let refused = 0;
  for (let round = 0; round < 1000; round++) {
    const config = structuredClone(CONFIG) as unknown as Record<string, unknown>;
    let at = config;
    for (;;) {
      const keys = Object.keys(at);
      if (keys.length === 0) break;
      const key = keys[random.below(keys.length)] as string;
      const next = at[key];
      if (typeof next === 'object' && next !== null && random.below(5) !== 0) {
        at = next as Record<string, unknown>;
        continue;
      }
      at[key] = values[random.below(values.length)];
      break;
    }
    try {
      const read = checkedNat(config);
      for (const rule of read.rules) ruleOf(rule);
      assert.deepEqual(checkedNat(JSON.parse(JSON.stringify(read))), read);
    } catch (error) {
      assert.ok(
        error instanceof RangeError && /forward|rules|configuration|version/.test(error.message),
        String(error),
      );
      refused++;
    }
  }
  assert.ok(refused > 300, `${refused}`);
});
