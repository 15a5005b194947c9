// CPU resources as the main thread sees them: names, admission with its reason, and groups that come and go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupStatus, ROOT, WorldTable } from '#kernel';
import { HostError } from '#lib';
import { CpuResources } from './cpu-resources.ts';

function resources() {
  let nowNs = 0;
  const clock = { nowNs: () => nowNs, ticks: () => nowNs / 100 };
  return { cpus: new CpuResources(new WorldTable(), 2, clock), pass: (ns: number) => void (nowNs += ns) };
}

const owed = (reservationMhz: number) => ({ shares: 'normal', reservationMhz }) as const;

test('switchOn: what cannot be guaranteed is refused with the reason, by name', () => {
  const { cpus } = resources();
  const pool = cpus.addPool('web', ROOT, { ...owed(1000), expandable: false });
  const group = cpus.switchOn('a', 1, pool, owed(800));
  assert.equal(cpus.nameOf(group), 'a');
  assert.throws(
    () => cpus.switchOn('b', 1, pool, owed(300)),
    (error) => {
      assert.ok(error instanceof HostError && error.code === 'cpu-admission');
      assert.equal(
        error.message,
        'Cannot guarantee CPU: VM "b" needs 300 MHz of guaranteed CPU; pool "web" has 200 MHz of 1000 MHz left and is not expandable',
      );
      return true;
    },
  );
  cpus.switchOff(group);
  assert.ok(cpus.switchOn('b', 1, pool, owed(300)) > 0);
  assert.throws(() => cpus.switchOn('c', 2, ROOT, owed(3000)), /the host has 2600 MHz of 3600 MHz left/);
});

test('configure: a VM that runs gets another allocation, if there is room', () => {
  const { cpus } = resources();
  const group = cpus.switchOn('a', 1, ROOT, owed(0));
  cpus.configure(group, { shares: 'high', reservationMhz: 500, limitMhz: 1000 });
  const { shares, reservation, limit } = groupStatus(cpus.state, group);
  assert.deepEqual([shares, reservation, limit], [2000, 0.25, 0.5]);
  assert.throws(() => cpus.configure(group, owed(4000)), /"a" needs 3500 MHz/);
});

test('accounts: the load is 0 while nothing runs', () => {
  const { cpus, pass } = resources();
  pass(60e9);
  const { load, worlds, nowNs } = cpus.accounts();
  assert.deepEqual([load, worlds.length, nowNs], [[0, 0, 0], 0, 60e9]);
});
