/** Tests of teams: the four policies, failover in order, failback. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { writeBig32 } from '../checksum.ts';
import { DEFAULT_POLICIES, type TeamingPolicy } from './policy.ts';
import { Team } from './team.ts';
import { frameOf } from './testing.ts';

const team = (policy: Partial<TeamingPolicy>): Team => new Team({ ...DEFAULT_POLICIES.teaming, ...policy });

// biome-ignore format: a table reads in columns
const STEPS: readonly (readonly [string, Partial<TeamingPolicy>, readonly (readonly [dead: string, inUse: string])[]])[] = [
  ['a standby takes a dead one\'s place', { active: ['a', 'b'], standby: ['c'] }, [['', 'ab'], ['a', 'bc'], ['ab', 'c'], ['abc', ''], ['', 'ab']]],
  ['explicit uses the first that works',  { loadBalancing: 'explicit', active: ['a', 'b'], standby: ['c'] }, [['', 'a'], ['a', 'b'], ['ab', 'c'], ['', 'a']]],
  ['without failback who came in stays',  { loadBalancing: 'explicit', failback: false, active: ['a'], standby: ['b'] }, [['', 'a'], ['a', 'b'], ['', 'b'], ['b', 'a'], ['', 'a']]],
  ['only standbys',                       { active: [], standby: ['c', 'd'] }, [['', 'c'], ['c', 'd']]],
];

for (const [what, policy, steps] of STEPS) {
  test(`Team: ${what}`, () => {
    const subject = team(policy);
    for (const [dead, inUse] of steps) {
      const before = subject.inUse.join('');
      assert.equal(
        subject.update((uplink) => !dead.includes(uplink)),
        before !== inUse,
      );
      assert.equal(subject.inUse.join(''), inUse, `with "${dead}" dead`);
    }
  });
}

test('Team: each policy spreads senders evenly, and the same sender goes the same way', () => {
  const random = new SeededRandom(3);
  for (const loadBalancing of ['portid', 'mac', 'iphash'] as const) {
    const subject = team({ loadBalancing, active: ['a', 'b', 'c'] });
    subject.update(() => true);
    const counts = new Map<string, number>();
    for (let port = 0; port < 600; port++) {
      const { bytes } = frameOf(2 * random.below(2 ** 20), 4);
      writeBig32(bytes, 26, random.below(2 ** 32));
      const picked = subject.pick({ port, bytes }) ?? '';
      assert.equal(subject.pick({ port, bytes }), picked);
      counts.set(picked, (counts.get(picked) ?? 0) + 1);
    }
    for (const name of ['a', 'b', 'c']) assert.ok((counts.get(name) ?? 0) > 150, `${loadBalancing} ${name}`);
  }
});
