// The table of worlds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_WORLDS, WorldState, WorldTable } from './world-table.ts';

function ready(table: WorldTable, nowNs: number) {
  const world = table.add(nowNs);
  assert.ok(table.exchange(world, WorldState.stopped, WorldState.ready, nowNs));
  return world;
}

test('WorldTable: rows are handed out once, and again when they are free', () => {
  const table = new WorldTable();
  const rows = Array.from({ length: MAX_WORLDS }, () => table.add(0));
  assert.equal(new Set(rows).size, MAX_WORLDS);
  assert.equal(table.add(0), -1);
  table.remove(7);
  table.columns.steps[7] = 5;
  assert.equal(table.add(9), 7);
  assert.equal(table.columns.steps[7], 0);
});

test('WorldTable: another thread sees the same rows', () => {
  const table = new WorldTable();
  const world = ready(table, 5);
  const other = new WorldTable(table.buffer);
  assert.equal(other.end, world + 1);
  assert.equal(other.state(world), WorldState.ready);
});

test('exchange: one of two wins; the times in all states add up', () => {
  const table = new WorldTable();
  const world = ready(table, 100);
  assert.ok(table.exchange(world, WorldState.ready, WorldState.running, 130));
  assert.ok(!table.exchange(world, WorldState.ready, WorldState.running, 131));
  assert.ok(table.exchange(world, WorldState.running, WorldState.waiting, 150));
  const { run, ready: wanted, wait, idle } = table.times(world, 157);
  assert.deepEqual({ run, wanted, wait, idle }, { run: 20, wanted: 30, wait: 7, idle: 7 });
});

test('times: add up at any moment, also at one just before the last change', () => {
  const table = new WorldTable();
  const world = ready(table, 100);
  assert.ok(table.exchange(world, WorldState.ready, WorldState.running, 130));
  for (const now of [120, 130, 150]) {
    const { run, ready: wanted, wait } = table.times(world, now);
    assert.equal(run + wanted + wait, now - 100);
  }
});

test('busyNs: what worlds have run on each pCPU, up to now', () => {
  const table = new WorldTable();
  const [one, two] = [ready(table, 0), ready(table, 0)];
  table.exchange(one, WorldState.ready, WorldState.running, 10);
  table.exchange(one, WorldState.running, WorldState.ready, 30);
  table.columns.pcpu[two] = 1;
  table.exchange(two, WorldState.ready, WorldState.running, 35);
  assert.deepEqual(table.busyNs(2, 40), [20, 5]);
  table.exchange(two, WorldState.running, WorldState.stopped, 41);
  table.remove(two);
  assert.deepEqual(table.busyNs(2, 50), [20, 6]);
});
