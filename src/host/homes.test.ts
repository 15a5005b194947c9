// Homes: who is looked at, and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Homes } from './homes.ts';

/** A VM that counts how often it is looked at. */
class Home {
  looks = 0;
  quietFromNs = 0;
  alarm = Number.POSITIVE_INFINITY;
  ended: string | undefined;

  attend(): void {
    this.looks++;
  }

  isQuiet(nowNs: number): boolean {
    return nowNs >= this.quietFromNs;
  }

  alarmNs(nowNs: number): number {
    return Math.max(this.alarm, nowNs);
  }
}

function homesOf(count: number): { homes: Homes<Home>; all: Home[]; looks: () => number[] } {
  const homes = new Homes<Home>();
  const all = Array.from({ length: count }, () => new Home());
  for (const home of all) homes.add(home);
  homes.attend(0, 0);
  const looks = () => all.map((home) => home.looks - 1);
  return { homes, all, looks };
}

test('Homes: nobody is looked at while nothing happens, all when the bell has rung', () => {
  const { homes, looks } = homesOf(3);
  for (let nowNs = 1; nowNs < 10; nowNs++) homes.attend(nowNs, 0);
  assert.deepEqual(looks(), [0, 0, 0]);
  homes.attend(10, 1);
  homes.attend(11, 1);
  assert.deepEqual(looks(), [1, 1, 1]);
});

test('Homes: who was used is looked at until it is quiet, and not before it is used again', () => {
  const { homes, all, looks } = homesOf(2);
  const [first] = all as [Home];
  first.quietFromNs = 5;
  homes.use(first);
  for (let nowNs = 1; nowNs < 20; nowNs++) homes.attend(nowNs, 0);
  assert.deepEqual(looks(), [5, 0]);
});

test('Homes: an alarm wakes once, also one that was set while it was used', () => {
  const { homes, all, looks } = homesOf(2);
  const [first] = all as [Home];
  assert.equal(homes.alarmNs, Number.POSITIVE_INFINITY);
  first.alarm = 7;
  homes.use(first);
  homes.attend(1, 0);
  assert.equal(homes.alarmNs, 7);
  homes.attend(6, 0);
  assert.deepEqual(looks(), [1, 0]);
  first.alarm = Number.POSITIVE_INFINITY;
  homes.attend(7, 0);
  homes.attend(8, 0);
  assert.deepEqual(looks(), [2, 1]);
  assert.equal(homes.alarmNs, Number.POSITIVE_INFINITY);
});

test('Homes: says that one has ended, and forgets who is taken away', () => {
  const { homes, all, looks } = homesOf(2);
  const [first] = all as [Home];
  first.ended = 'powered-off';
  assert.equal(homes.attend(1, 0), false);
  assert.equal(homes.attend(2, 1), true);
  assert.equal(homes.delete(first), true);
  assert.equal(homes.delete(first), false);
  assert.equal(homes.attend(3, 2), false);
  assert.deepEqual(looks(), [1, 2]);
});
