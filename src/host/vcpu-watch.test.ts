// What is told of vCPUs that do not get on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hold, WorldState, WorldTable } from '#kernel/machine';
import { VcpuWatch } from './vcpu-watch.ts';

const SECOND_NS = 1e9;

/** A host with one vCPU, at a clock that is moved by hand. */
function host(state: (typeof WorldState)['ready'] | (typeof WorldState)['running']) {
  const worlds = new WorldTable();
  const world = worlds.add(0);
  const { columns } = worlds;
  columns.vm[world] = 7;
  columns.vcpu[world] = 1;
  worlds.exchange(world, WorldState.stopped, state, 0);
  let nowNs = 0;
  const watch = new VcpuWatch(worlds, () => nowNs);
  const look = (seconds: number) => {
    nowNs += seconds * SECOND_NS;
    return watch.look();
  };
  look(0);
  return { worlds, world, columns, look, nowNs: () => nowNs };
}

test('VcpuWatch: one that runs and does no step is told of, once, and again when it has got on meanwhile', () => {
  const { columns, world, look } = host(WorldState.running);
  assert.deepEqual(look(10), [{ vm: 7, vcpu: 1, lookedMs: 10_000, ranMs: 10_000, readyMs: 0 }]);
  assert.deepEqual(look(10), []);
  columns.steps[world] = 1;
  assert.deepEqual(look(10), []);
  assert.equal(look(10).length, 1);
});

test('VcpuWatch: one that is ready and is never picked is told of', () => {
  const { look } = host(WorldState.ready);
  assert.deepEqual(look(10), [{ vm: 7, vcpu: 1, lookedMs: 10_000, ranMs: 0, readyMs: 10_000 }]);
});

test('VcpuWatch: one that does steps, that waits, or that has waited for most of the time is not told of', () => {
  const { columns, world, worlds, look, nowNs } = host(WorldState.running);
  columns.steps[world] = 5;
  assert.deepEqual(look(10), []);
  worlds.exchange(world, WorldState.running, WorldState.waiting, nowNs());
  assert.deepEqual(look(8), []);
  worlds.exchange(world, WorldState.waiting, WorldState.ready, nowNs());
  assert.deepEqual(look(10).length, 1);
  worlds.exchange(world, WorldState.ready, WorldState.waiting, nowNs());
  assert.deepEqual(look(10), []);
});

test('VcpuWatch: what is held, limited or stopped for a sibling stands still by right', () => {
  const held = host(WorldState.ready);
  held.columns.held[held.world] = Hold.paused;
  assert.deepEqual(held.look(10), []);
  for (const why of ['costop', 'limited'] as const) {
    const stopped = host(WorldState.ready);
    stopped.columns[why][stopped.world] = 1;
    assert.deepEqual(stopped.look(10), [], why);
  }
});

test('VcpuWatch: a world that is another vCPU now, or a look after a long time, tells nothing', () => {
  const other = host(WorldState.running);
  other.columns.vm[other.world] = 8;
  assert.deepEqual(other.look(10), []);
  assert.deepEqual(host(WorldState.running).look(3600), []);
});
