// The policy on simulated hosts: what each VM gets, when, and where its time went.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { wakeLatency } from './accounts.ts';
import { ROOT } from './scheduler-state.ts';
import { BUSY, MS, Simulation, type Workload } from './testing/simulation.ts';
import { WorldState } from './world-table.ts';

const MHZ = 2000;

function within(actual: number, expected: number, part: number, what: string): void {
  const off = Math.abs(actual - expected) / expected;
  assert.ok(off <= part, `${what}: ${actual} is off ${expected} by ${(off * 100).toFixed(2)} %`);
}

/** Runs on the given amount and sleeps, each about. */
function bursts(seed: number, computeMs: number, sleepMs: number): Workload {
  const random = new SeededRandom(seed);
  const about = (ms: number) => () => Math.round(ms * MS * (0.5 + random.below(1001) / 1000));
  return { computeNs: about(computeMs), sleepNs: about(sleepMs) };
}

for (const pcpus of [1, 2]) {
  test(`shares: two busy VMs of ${pcpus} vCPUs with 2:1 get 2:1 within 1 % over 5 s on ${pcpus} pCPUs`, () => {
    const host = new Simulation({ pcpus });
    const busy = Array.from({ length: pcpus }, () => BUSY);
    const a = host.vm(busy, { shares: 2000 });
    const b = host.vm(busy, { shares: 1000 });
    host.run(5000 * MS);
    within(host.runNs(a.worlds) / host.runNs(b.worlds), 2, 0.01, 'ratio');
    within(host.runNs([...a.worlds, ...b.worlds]), pcpus * 5000 * MS, 0.0001, 'sum');
  });
}

test('shares: levels count for each vCPU of a VM; a pool counts as a VM of four', () => {
  const host = new Simulation();
  const low = host.vm([BUSY, BUSY], { shares: 'low' });
  const high = host.vm([BUSY], { shares: 'high' });
  const pool = host.pool(ROOT, { shares: 'normal' });
  const inside = host.vm([BUSY], {}, pool);
  host.run(7000 * MS);
  within(host.runNs(low.worlds), 1000 * MS, 0.01, 'low');
  within(host.runNs(high.worlds), 2000 * MS, 0.01, 'high');
  within(host.runNs(inside.worlds), 4000 * MS, 0.01, 'pool');
});

test('pools: nested ones split as the tree says within 2 %', () => {
  const host = new Simulation({ pcpus: 2 });
  const a = host.pool(ROOT, { shares: 3000 });
  const b = host.pool(ROOT, { shares: 1000 });
  const a1 = host.pool(a, { shares: 1000 });
  const first = host.vm([BUSY], { shares: 3000 }, a1);
  const second = host.vm([BUSY], { shares: 1000 }, a1);
  const third = host.vm([BUSY, BUSY], { shares: 1000 }, a);
  const rest = [host.vm([BUSY], {}, b), host.vm([BUSY], {}, b)];
  host.run(5000 * MS);
  const ms = 5000 * MS * 2;
  within(host.runNs(first.worlds), ms * 0.75 * 0.5 * 0.75, 0.02, 'first');
  within(host.runNs(second.worlds), ms * 0.75 * 0.5 * 0.25, 0.02, 'second');
  within(host.runNs(third.worlds), ms * 0.75 * 0.5, 0.02, 'third');
  for (const vm of rest) within(host.runNs(vm.worlds), ms * 0.125, 0.02, 'rest');
});

test('move: a VM that runs has the part of its new pool at once, and takes its reservation along', () => {
  const host = new Simulation({ pcpus: 2 });
  const a = host.pool(ROOT, { shares: 3000 });
  const b = host.pool(ROOT, { shares: 1000, reservationMhz: 400, expandable: false });
  const stays = host.vm([BUSY, BUSY], {}, a);
  const moves = host.vm([BUSY, BUSY], { reservationMhz: 300 }, b);
  const alone = host.vm([BUSY, BUSY], {}, b);
  host.run(1000 * MS);
  for (const [pool, parts] of [
    [a, [0.375, 0.375, 0.25]],
    [ROOT, [0.5, 1 / 3, 1 / 6]],
    [b, [0.75, 0.125, 0.125]],
  ] as const) {
    host.main.move(moves.group, pool, host.nowNs);
    const vms = [stays, moves, alone].map(({ worlds }) => worlds);
    const before = vms.map((worlds) => host.runNs(worlds));
    host.run(3000 * MS);
    const ran = vms.map((worlds, i) => host.runNs(worlds) - (before[i] as number));
    for (const [i, ns] of ran.entries()) within(ns, 6000 * MS * (parts[i] as number), 0.03, `VM ${i}`);
  }
  const ask = (reservationMhz: number, pool = b) =>
    host.main.admitMove(
      moves.group,
      pool,
      { name: 'it', vcpus: 2, allocation: { shares: 'normal', reservationMhz } },
      String,
    ).ok;
  assert.deepEqual([ask(400), ask(401), ask(401, a)], [true, false, true]);
});

for (const competitors of [0, 1, 3]) {
  for (const percent of [5, 25, 80]) {
    if (percent / 100 > 1 / (competitors + 1)) continue;
    test(`limit: ${percent} % of a core is kept within 2 % in each 500 ms, beside ${competitors} busy`, () => {
      const host = new Simulation();
      const { group, worlds } = host.vm([BUSY], { limitMhz: (MHZ * percent) / 100 });
      for (let i = 0; i < competitors; i++) host.vm([BUSY]);
      const used: number[] = [];
      host.everyMs(() => used.push(host.state.nodes.usedNs.get(group)));
      host.run(3000 * MS);
      for (let at = 700; at < used.length; at++) {
        const inWindow = (used[at] as number) - (used[at - 500] as number);
        within(inWindow, 5 * percent * MS, 0.02, `window up to ${at} ms`);
      }
      const { limitedNs, readyNs } = host.account(worlds[0] as number);
      assert.ok(limitedNs <= readyNs);
      if (competitors === 0) within(limitedNs, 3000 * MS * (1 - percent / 100), 0.02, 'limited');
    });
  }
}

test('limit: one of a pool binds all inside, on several pCPUs at once', () => {
  const host = new Simulation({ pcpus: 4 });
  const pool = host.pool(ROOT, { limitMhz: 1.5 * MHZ });
  const vms = [1, 2, 3, 4].map(() => host.vm([BUSY], {}, pool));
  host.run(3000 * MS);
  within(
    vms.reduce((sum, { worlds }) => sum + host.runNs(worlds), 0),
    1.5 * 3000 * MS,
    0.02,
    'pool',
  );
  for (const { worlds } of vms) within(host.runNs(worlds), (1.5 / 4) * 3000 * MS, 0.02, 'each');
});

test('reservation: met against eight busy competitors, in every second', () => {
  const host = new Simulation();
  const { group } = host.vm([BUSY], { shares: 10, reservationMhz: 0.6 * MHZ });
  for (let i = 0; i < 8; i++) host.vm([BUSY], { shares: 2000 });
  const used: number[] = [];
  host.everyMs(() => used.push(host.state.nodes.usedNs.get(group)));
  host.run(5000 * MS);
  for (let at = 1000; at < used.length; at += 100) {
    within((used[at] as number) - (used[at - 1000] as number), 600 * MS, 0.01, `up to ${at} ms`);
  }
});

test('reservation: holds on several pCPUs, also for a VM deep in pools that have none', () => {
  const host = new Simulation({ pcpus: 2 });
  const outer = host.pool(ROOT, { shares: 1 });
  const inner = host.pool(outer, { shares: 1 });
  const vm = host.vm([BUSY, BUSY], { shares: 1, reservationMhz: 1.2 * MHZ }, inner);
  const beside = host.vm([BUSY], { shares: 1000 }, inner);
  for (let i = 0; i < 8; i++) host.vm([BUSY], { shares: 2000 });
  host.run(3000 * MS);
  assert.ok(host.runNs(vm.worlds) >= 0.99 * 1.2 * 3000 * MS, `${host.runNs(vm.worlds)}`);
  assert.ok(host.runNs(beside.worlds) < 0.02 * 3000 * MS);
});

test('wake: a world that wakes runs within one quantum, against eight busy ones', () => {
  for (const pcpus of [1, 2]) {
    const host = new Simulation({ pcpus });
    const sleeper = host.vm([bursts(7, 0.2, 30)], { shares: 'low' });
    for (let i = 0; i < 8; i++) host.vm([BUSY], { shares: 'high' });
    host.run(5000 * MS);
    const { wakes, longestNs } = wakeLatency(host.state, sleeper.worlds[0] as number);
    assert.ok(wakes > 100);
    assert.ok(longestNs <= host.state.settings.quantumNs, `${longestNs} ns`);
  }
});

test('wake: also of one vCPU in a VM whose other one is busy', () => {
  const host = new Simulation({ pcpus: 2 });
  const { worlds } = host.vm([BUSY, bursts(3, 0.2, 20)]);
  for (let i = 0; i < 6; i++) host.vm([BUSY, BUSY]);
  host.run(3000 * MS);
  const { wakes, longestNs } = wakeLatency(host.state, worlds[1] as number);
  assert.ok(wakes > 50 && longestNs <= host.state.settings.quantumNs, `${longestNs} ns`);
});

test('wake: who sleeps often gets no more than its share by it', () => {
  const host = new Simulation();
  const sleeper = host.vm([bursts(1, 4, 0.01)]);
  const others = [host.vm([BUSY]), host.vm([BUSY]), host.vm([BUSY])];
  host.run(10_000 * MS);
  const most = host.runNs(sleeper.worlds);
  assert.ok(most <= 2500 * MS * 1.02, `the sleeper got ${most / MS} ms of its 2500`);
  for (const { worlds } of others) assert.ok(host.runNs(worlds) >= 2500 * MS * 0.98);
});

test('wake: a world that was idle for long has hoarded nothing', () => {
  const host = new Simulation();
  const sleeper = host.vm([{ computeNs: () => Infinity, sleepNs: () => 0 }]);
  const id = sleeper.worlds[0] as number;
  host.vm([BUSY]);
  host.run(100 * MS);
  host.table.columns.held[id] = 1;
  host.run(5000 * MS);
  const before = host.runNs([id]);
  host.table.columns.held[id] = 0;
  host.run(400 * MS);
  within(host.runNs([id]) - before, 200 * MS, 0.05, 'after a long sleep');
});

test('stealing: no pCPU is idle while a world waits that it may run', () => {
  const host = new Simulation({ pcpus: 4 });
  for (let i = 0; i < 5; i++) host.vm([BUSY]);
  for (let i = 0; i < 3; i++) host.vm([bursts(i + 10, 3, 5)]);
  host.run(2000 * MS);
  let run = 0;
  for (let world = 0; world < host.table.end; world++) run += host.table.times(world, host.nowNs).run;
  within(run, 4 * 2000 * MS, 0.001, 'all pCPUs');
});

test('pick: nobody runs who is held, or whom the pCPU does not know', () => {
  const host = new Simulation();
  const world = () => host.vm([BUSY]).worlds[0] as number;
  const [free, held, unknown] = [world(), world(), world()];
  host.table.columns.held[held] = 1;
  host.table.columns.known[unknown] = 0b10;
  host.run(100 * MS);
  assert.deepEqual(
    [free, held, unknown].map((id) => host.runNs([id])),
    [100 * MS, 0, 0],
  );
});

test('affinity: a world runs only where it may, and gets its share there', () => {
  const host = new Simulation({ pcpus: 2 });
  const pinned = [0, 1, 2].map(() => host.vm([{ ...BUSY, affinity: 0b10 }]));
  const free = host.vm([BUSY]);
  let strays = 0;
  host.everyMs(() => {
    for (const { worlds } of pinned) {
      const id = worlds[0] as number;
      if (host.table.state(id) === WorldState.running && host.pcpuOf(id) !== 1) strays++;
    }
  });
  host.run(3000 * MS);
  assert.equal(strays, 0);
  within(host.runNs(free.worlds), 3000 * MS, 0.02, 'free');
  for (const { worlds } of pinned) within(host.runNs(worlds), 1000 * MS, 0.02, 'pinned');
});

test('co-scheduling: who runs ahead of a sibling that waits is stopped; the sibling catches up', () => {
  const host = new Simulation({ pcpus: 2, skewQuanta: 2 });
  // One vCPU may only run where a crowd is; its sibling has the other pCPU nearly for itself.
  const vm = host.vm(
    [
      { ...BUSY, affinity: 0b01 },
      { ...BUSY, affinity: 0b10 },
    ],
    { shares: 2000 },
  );
  for (let i = 0; i < 4; i++) host.vm([{ ...BUSY, affinity: 0b01 }], { shares: 1000 });
  host.run(5000 * MS);
  const [slow, fast] = vm.worlds.map((world) => host.account(world));
  assert.ok(slow !== undefined && fast !== undefined);
  assert.equal(slow.costopNs, 0);
  assert.ok(fast.costopNs > 1000 * MS, `the fast one was stopped for ${fast.costopNs / MS} ms`);
  assert.ok(fast.runNs - slow.runNs < 0.2 * slow.runNs, `${fast.runNs} against ${slow.runNs}`);
  assert.equal(fast.runNs + fast.readyNs + fast.costopNs + fast.waitNs, 5000 * MS);
});

test('co-scheduling: nobody is stopped for an idle sibling, nor for one whose code is slow', () => {
  const host = new Simulation({ pcpus: 2, skewQuanta: 2 });
  const idle = host.vm([BUSY, bursts(5, 0.1, 200)]);
  host.run(3000 * MS);
  for (const world of idle.worlds) assert.equal(host.account(world).costopNs, 0);
  const other = new Simulation({ pcpus: 2, skewQuanta: 4 });
  const slow = other.vm([
    { ...BUSY, pace: 1 },
    { ...BUSY, pace: 0.05 },
  ]);
  other.vm([BUSY]);
  other.run(3000 * MS);
  for (const world of slow.worlds) {
    const { costopNs } = other.account(world);
    assert.ok(costopNs < 0.02 * 3000 * MS, `${costopNs / MS} ms of 3000`);
  }
});

test('giving way: who waits for a sibling lets all of them run first, and nobody else', () => {
  const host = new Simulation();
  const { worlds } = host.vm([BUSY, BUSY, BUSY], { shares: 3000 });
  const { main, table } = host;
  let nowNs = MS;
  const next = (): number => main.pick(0, nowNs);
  /** It runs for 10 µs, waits for a sibling, and another one is picked. */
  const waits = (world: number): number => {
    main.charge(world, 10_000, 1, (nowNs += 10_000));
    assert.ok(main.mayGiveWay(world) && main.givesWay(world, 0, nowNs));
    assert.ok(table.exchange(world, WorldState.running, WorldState.ready, nowNs));
    return next();
  };
  const order = [next()];
  for (let i = 0; i < 8; i++) order.push(waits(order.at(-1) as number));
  for (let i = 0; i < 9; i += 3) {
    assert.deepEqual(new Set(order.slice(i, i + 3)), new Set(worlds), order.join());
  }
  // With nobody left to wait for it goes on.
  const last = order.at(-1) as number;
  for (const world of worlds.filter((one) => one !== last)) {
    table.exchange(world, WorldState.ready, WorldState.stopped, nowNs);
    main.woken(world, nowNs);
  }
  assert.ok(!main.mayGiveWay(last) && !main.givesWay(last, 0, nowNs));
});

test('co-scheduling: eight vCPUs on two pCPUs stay together and use both fully', () => {
  const host = new Simulation({ pcpus: 2, skewQuanta: 4 });
  const { worlds } = host.vm(Array.from({ length: 8 }, () => BUSY));
  host.run(4000 * MS);
  for (const world of worlds) within(host.runNs([world]), 1000 * MS, 0.02, 'vCPU');
});

test('accounting: the states of every world add up to the time that passed, to the nanosecond', () => {
  const host = new Simulation({ pcpus: 2, skewQuanta: 1 });
  const pool = host.pool(ROOT, { limitMhz: MHZ });
  const worlds = [
    ...host.vm([BUSY, bursts(1, 2, 3), BUSY], {}, pool).worlds,
    ...host.vm([bursts(2, 10, 1)], { limitMhz: 300 }).worlds,
    ...host.vm([BUSY, BUSY], { reservationMhz: 500 }).worlds,
  ];
  host.run(2000 * MS);
  let used = 0;
  for (const world of worlds) {
    const { runNs, readyNs, costopNs, limitedNs, waitNs, idleNs } = host.account(world);
    assert.equal(runNs + readyNs + costopNs + waitNs, 2000 * MS);
    assert.ok(limitedNs <= readyNs && idleNs <= waitNs);
    used += runNs;
  }
  assert.ok(used <= 2 * 2000 * MS);
  const { pcpuBusyNs } = host.main.accounts(host.nowNs);
  assert.equal(
    pcpuBusyNs.reduce((a, b) => a + b, 0),
    used,
    'pCPUs have run what worlds have run',
  );
});

test('remove: a VM that was stopped goes, and its share is the others’', () => {
  const host = new Simulation();
  const gone = host.vm([BUSY], { shares: 'high', limitMhz: 500 });
  const stays = host.vm([BUSY]);
  host.run(500 * MS);
  host.table.columns.held[gone.worlds[0] as number] = 1;
  host.run(10 * MS);
  host.main.remove(gone.group, host.nowNs);
  const before = host.runNs(stays.worlds);
  host.run(1000 * MS);
  within(host.runNs(stays.worlds) - before, 1000 * MS, 0.001, 'the other');
});
