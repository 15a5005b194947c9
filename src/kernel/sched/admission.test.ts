// Admission control: what is guaranteed, what expandable pools borrow, and what is said when there is not enough.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairScheduler } from './fair-scheduler.ts';
import { MAIN_THREAD } from './host-lock.ts';
import { ROOT, SchedulerState } from './scheduler-state.ts';
import { type CpuAllocation, DEFAULT_SETTINGS } from './settings.ts';
import { WorldTable } from './world-table.ts';

const NAMES: Readonly<Record<number, string>> = { 0: 'Resources' };

function host() {
  const settings = { ...DEFAULT_SETTINGS, pcpus: 2, mhzPerPcpu: 1000, reservablePcpus: 2 };
  const scheduler = new FairScheduler(new WorldTable(), new SchedulerState(settings), MAIN_THREAD);
  const names: Record<number, string> = { ...NAMES };
  const add = (name: string, parent: number, reservationMhz: number, more: Partial<CpuAllocation> = {}) => {
    const allocation = { shares: 'normal' as const, reservationMhz, ...more };
    const isPool = name.startsWith('pool');
    const demand = { name, allocation, ...(!isPool && { vcpus: 1 }) };
    const answer = scheduler.admit(parent, demand, (group) => names[group] ?? '?');
    if (!answer.ok) return answer.reason;
    const group = isPool
      ? scheduler.addPool(parent, allocation, 0)
      : scheduler.addVm(parent, 1, allocation, 0);
    names[group as number] = name;
    return group as number;
  };
  return { scheduler, add, names };
}

test('admit: the host guarantees what it has, and not more', () => {
  const { add, scheduler } = host();
  const first = add('a', ROOT, 900);
  assert.equal(typeof first, 'number');
  assert.equal(typeof add('b', ROOT, 1000), 'number');
  assert.equal(
    add('c', ROOT, 200),
    'c needs 200 MHz of guaranteed CPU; the host has 100 MHz of 2000 MHz left',
  );
  assert.equal(typeof add('d', ROOT, 0), 'number');
  scheduler.remove(first as number, 0);
  assert.equal(typeof add('c', ROOT, 200), 'number');
});

test('admit: a pool gives what it has left; an expandable one borrows from its parents', () => {
  const { add } = host();
  const fixed = add('pool fixed', ROOT, 500, { expandable: false }) as number;
  assert.equal(typeof add('a', fixed, 400), 'number');
  assert.match(
    String(add('b', fixed, 200)),
    /^b needs 200 MHz of guaranteed CPU; pool "pool fixed" has 100 MHz of 500 MHz left and is not expandable$/,
  );
  const open = add('pool open', ROOT, 500) as number;
  const inner = add('pool inner', open, 0) as number;
  assert.equal(typeof add('c', inner, 1000), 'number');
  assert.equal(typeof add('d', ROOT, 500), 'number');
  assert.match(
    String(add('e', inner, 100)),
    /^e needs 100 MHz of guaranteed CPU; the host has 0 MHz of 2000 MHz/,
  );
});

test('admit: reservations inside a pool stay below its limit', () => {
  const { add } = host();
  const pool = add('pool p', ROOT, 0, { limitMhz: 300 }) as number;
  assert.match(
    String(add('a', pool, 400)),
    /pool "pool p" has a limit of 300 MHz, of which 0 MHz are reserved/,
  );
  assert.equal(typeof add('a', pool, 300), 'number');
});

test('admit: an allocation that contradicts itself is refused', () => {
  const { add } = host();
  assert.match(
    String(add('a', ROOT, 1500)),
    /^a: the reservation of 1500 MHz is more than its 1 vCPUs can use/,
  );
  assert.match(
    String(add('a', ROOT, 500, { limitMhz: 400 })),
    /reservation of 500 MHz is above the limit of 400/,
  );
  assert.match(String(add('a', ROOT, 0, { shares: 0 })), /0 shares are not in 1 … 1000000/);
  assert.match(String(add('a', ROOT, Number.NaN)), /reservation of NaN MHz is not possible/);
  assert.match(String(add('a', ROOT, 0, { limitMhz: -1 })), /limit of -1 MHz is not possible/);
});

test('admitChange: growth has to be there; what is inside has to stay guaranteed', () => {
  const { add, scheduler, names } = host();
  const pool = add('pool p', ROOT, 500) as number;
  add('a', pool, 800);
  add('b', ROOT, 1000);
  const ask = (allocation: CpuAllocation) =>
    scheduler.admitChange(pool, { name: 'p', allocation }, (group) => names[group] ?? '?');
  assert.deepEqual(ask({ shares: 1, reservationMhz: 1000 }), { ok: true });
  assert.match(
    JSON.stringify(ask({ shares: 1, reservationMhz: 1100 })),
    /p needs 300 MHz.*has 200 MHz of 2000/,
  );
  assert.match(
    JSON.stringify(ask({ shares: 1, reservationMhz: 0, limitMhz: 700 })),
    /800 MHz are reserved inside/,
  );
  assert.match(JSON.stringify(ask({ shares: 1, reservationMhz: 0, expandable: false })), /not expandable/);
});
