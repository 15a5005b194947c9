// What vmkernel.log says of a vCPU that does not get on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stuckLine } from './vcpu-watch.ts';

const STUCK = { vm: 3, vcpu: 1, lookedMs: 10_040, ranMs: 9900, readyMs: 0 };

test('stuckLine: how long, why its runs ended, which pages somebody is at', () => {
  assert.equal(
    stuckLine('a', STUCK, [0, 0, 0, 0, 812_345], [0x80412]),
    'vCPU 1 of VM "a" has done nothing for 10.0 s (9.9 s on a pCPU, 0.0 s ready for one); ' +
      "the VM's exits meanwhile: page miss 812345; guest pages that are being changed: 0x80412 (1)",
  );
  assert.match(stuckLine('a', STUCK, [], []), /meanwhile: none; no guest page is being changed$/);
  assert.match(stuckLine('a', STUCK, [], [1, 2, 3, 4, 5]), /changed: 0x1, 0x2, 0x3, 0x4, … \(5\)$/);
});
