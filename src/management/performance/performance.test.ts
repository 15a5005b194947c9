// What a host remembers of its performance, from samples of the test: values held against what was done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TopSample } from '../top/sample.ts';
import { COUNTERS, counterOf } from './counters.ts';
import { PAST_DAY, PerfRecorder, REALTIME } from './recorder.ts';
import type { PerfNic, PerfSample } from './sample.ts';

const MIB = 2 ** 20;
const NIC: PerfNic = {
  ...{
    instance: '4000',
    packetsRx: 10,
    packetsTx: 20,
    bytesRx: 1024,
    bytesTx: 2048,
    droppedRx: 0,
    droppedTx: 1,
  },
  ...{ multicastRx: 0, multicastTx: 0, broadcastRx: 0, broadcastTx: 0 },
};
const times = (copies: number): PerfNic => ({
  ...NIC,
  ...{ packetsRx: 10 * copies, packetsTx: 20 * copies, bytesRx: 1024 * copies, bytesTx: 2048 * copies },
});

/** Two reads of 4 KiB and a write of 8 KiB a second, so many times. */
const diskAt = (seconds: number, disk: string, copies: number) => ({
  ...{ group: 7, name: 'web', disk, latencyNs: 0, commands: 3 * copies * seconds },
  ...{ reads: 2 * copies * seconds, writes: copies * seconds },
  ...{ bytesRead: 8192 * copies * seconds, bytesWritten: 8192 * copies * seconds },
});

/** A host of two pCPUs and a VM of two vCPUs, of which one runs half of the time and is ready for a quarter. */
function sampleAt(seconds: number, vmOn = true): PerfSample {
  const ns = seconds * 1e9;
  const world = (id: number, run: number, ready: number) => ({
    ...{ id, group: 7, name: `vcpu-${id}`, runNs: ns * run, readyNs: ns * ready, limitedNs: 0, costopNs: 0 },
    ...{ waitNs: ns * (1 - run - ready), idleNs: ns * (1 - run - ready) },
  });
  const top: TopSample = {
    ...{ takenNs: ns, wallMs: 1_000_000 + seconds * 1000 },
    host: {
      ...{ name: 'esx', uptimeNs: ns, vms: 1, vcpus: 2, load: [0, 0, 0], pcpuBusyNs: [ns / 2, 0] },
      memory: { total: 1000 * MIB, kernel: 10 * MIB, free: 750 * MIB, state: 'soft', overcommit: [0, 0, 0] },
    },
    groups: vmOn ? [{ id: 7, name: 'web' }] : [],
    worlds: vmOn ? [world(0, 0.5, 0.25), world(1, 0, 0)] : [],
    memory: vmOn
      ? [
          {
            ...{ group: 7, name: 'web', size: 512 * MIB, consumed: 200 * MIB, active: 128 * MIB },
            swapRead: seconds * 1024 * 10,
          },
        ]
      : [],
    disks: vmOn ? [diskAt(seconds, 'scsi0:0', 1), diskAt(seconds, 'scsi0:1', 3)] : [],
  };
  const vm = { entity: '3', name: 'web', pools: ['ha-root-pool'], bootMs: 1_000_000, nics: [times(seconds)] };
  return { top, cpuMhz: 2000, vms: vmOn ? [vm] : [], uplinks: [] };
}

function recorder() {
  let seconds = 0;
  let isOn = true;
  const made = new PerfRecorder(() => sampleAt(seconds, isOn));
  made.tick();
  return {
    made,
    go: (ticks: number, on = true) => {
      isOn = on;
      for (let tick = 0; tick < ticks; tick++) {
        seconds += REALTIME.seconds;
        made.tick();
      }
    },
  };
}

function value(made: PerfRecorder, entity: string, counter: number, instance = '', period = REALTIME) {
  const series = made
    .of(entity, period)
    ?.series.find((each) => each.counter === counter && each.instance === instance);
  return series?.values.at(-1);
}

test('COUNTERS: ids are of one counter each, and of known units', () => {
  assert.equal(new Set(COUNTERS.map(({ id }) => id)).size, COUNTERS.length);
  assert.deepEqual(counterOf(5), {
    id: 5,
    group: 'cpu',
    name: 'usagemhz',
    rollup: 'average',
    stats: 'rate',
    unit: 'megaHertz',
  });
  assert.ok(
    COUNTERS.every(({ rollup, stats, unit }) => rollup !== '' && stats !== undefined && unit !== undefined),
  );
});

test('PerfRecorder: a VM, its vCPUs, its card, its pool and the host, in their units', () => {
  const { made, go } = recorder();
  go(3);
  const vm = (counter: number, instance = '') => value(made, '3', counter, instance);
  assert.equal(vm(1), 2500, 'cpu.usage: a quarter of two vCPUs, in hundredths of a per cent');
  assert.equal(vm(5), 1000, 'cpu.usagemhz: half of one pCPU');
  assert.equal(vm(11), 5000, 'cpu.ready: a quarter of 20 s');
  assert.equal(vm(11, '0'), 5000);
  assert.equal(vm(11, '1'), 0);
  assert.equal(vm(13), 25_000, 'cpu.idle');
  assert.equal(vm(65611), 200 * 1024, 'mem.consumed in KiB');
  assert.equal(vm(65537), 2500, 'mem.usage: a quarter is active');
  assert.equal(vm(65618), 10, 'mem.swapinRate: 10 KiB a second');
  assert.equal(vm(65541), undefined, 'what nobody measures is not there');
  assert.equal(vm(196612), 200, 'net.packetsRx: in 20 s');
  assert.equal(vm(196615, '4000'), 2, 'net.transmitted: KiB a second');
  assert.equal(vm(262144), 60, 'sys.uptime');
  assert.equal(value(made, 'ha-host', 1), 2500);
  assert.equal(value(made, 'ha-host', 1, '0'), 5000);
  assert.equal(value(made, 'ha-host', 65537), 2500);
  assert.equal(value(made, 'ha-host', 65580), 2);
  assert.equal(value(made, 'ha-root-pool', 5), 1000);
});

test('PerfRecorder: an hour of 20 s, and the day summed up as each counter is', () => {
  const { made, go } = recorder();
  go(400);
  assert.equal(made.of('3', REALTIME)?.times.length, 180);
  assert.ok(made.of('3', REALTIME)?.series.every(({ values }) => values.length === 180));
  assert.equal(made.of('3', PAST_DAY)?.times.length, 26);
  assert.equal(value(made, '3', 11, '', PAST_DAY), 75_000, 'a summation is the sum: a quarter of 300 s');
  assert.equal(value(made, '3', 5, '', PAST_DAY), 1000, 'an average is one');
  assert.equal(value(made, '3', 262144, '', PAST_DAY), 7800, 'latest is the last: after 26 times 300 s');
});

test('PerfRecorder: a VM that is off has no new samples, and is forgotten in the end', () => {
  const { made, go } = recorder();
  go(5);
  go(10, false);
  assert.equal(made.of('3', REALTIME)?.times.length, 5);
  assert.equal(made.of('ha-host', REALTIME)?.times.length, 15);
  go(2 + (PAST_DAY.seconds * PAST_DAY.kept) / REALTIME.seconds, false);
  assert.equal(made.of('3', REALTIME), undefined);
});

test('PerfRecorder: disks of a VM together and each by its place, and those of the host', () => {
  const { made, go } = recorder();
  go(2);
  for (const entity of ['3', 'ha-host']) {
    const of = (counter: number) => value(made, entity, counter);
    assert.deepEqual([131073, 131076, 131077, 131078, 131079, 131080].map(of), [64, 160, 80, 32, 32, 240]);
    assert.deepEqual([131097, 131098, 131099].map(of), [8, 4, 12]);
  }
  const each = (disk: string) => [589824, 589825, 589826, 589827].map((id) => value(made, '3', id, disk));
  assert.deepEqual(
    [each('scsi0:0'), each('scsi0:1')],
    [
      [2, 1, 8, 8],
      [6, 3, 24, 24],
    ],
  );
  assert.equal(value(made, 'ha-host', 589824, 'scsi0:0'), undefined);
});
