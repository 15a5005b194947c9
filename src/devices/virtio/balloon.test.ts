/** Tests of the memory balloon as dialogues with its driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { littleEndian } from '../dma.ts';
import { VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioBalloon } from './balloon.ts';
import type { BalloonStatistics } from './balloon-data.ts';
import type { MemoryRange } from './chain.ts';

const BUFFER = 0x8001_0000;
const STATISTICS = 1n << 1n;
const HINTS = 1n << 3n;
const POISON = 1n << 4n;
const REPORTING = 1n << 5n;
const CONFIG = { numPages: 0, actual: 4, hintCommand: 8, poison: 12 } as const;

function machine() {
  const heard: (readonly [string, unknown])[] = [];
  const device = new VirtioBalloon({
    inflate: (pages) => heard.push(['inflate', pages]),
    deflate: (pages) => heard.push(['deflate', pages]),
    reported: (ranges) => heard.push(['reported', ranges]),
    hinted: (ranges) => heard.push(['hinted', ranges]),
    statistics: (statistics) => heard.push(['statistics', statistics]),
  });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const setConfig = (offset: number, value: number) => vm.put(driver.address(4, offset), 4, value);
  const numbers = (...values: number[]) => {
    const bytes = values.flatMap((value) => [...littleEndian(BigInt(value), 4)]);
    vm.memory.write(BUFFER, Uint8Array.from(bytes));
    return { address: BUFFER, length: bytes.length };
  };
  return { device, vm, driver, heard, setConfig, numbers };
}

test('VirtioBalloon: identity, features, and a configuration that says what is wanted', () => {
  const { device, driver, setConfig } = machine();
  assert.equal(driver.configSpace(0, 4), 0x1045_1af4);
  assert.equal(driver.offered() & 0xffn, 0b11_1110n);
  driver.start(0n, 8);
  assert.equal(device.isDriven, true);
  device.setTarget(300);
  assert.equal(driver.config(CONFIG.numPages, 4), 300);
  assert.equal(driver.isr(), 2);
  device.setTarget(300);
  assert.equal(driver.isr(), 0, 'the same again is no news');
  setConfig(CONFIG.actual, 256);
  assert.equal(device.actual, 256);
  assert.equal(driver.config(CONFIG.actual, 4), 256);
});

test('VirtioBalloon: pages that the guest gives up and takes back', () => {
  const { driver, heard, numbers } = machine();
  const [inflate, deflate] = driver.start(0n, 8);
  inflate?.add(numbers(0x80010, 0x80011, 0xffff_ffff));
  inflate?.kick();
  deflate?.add(numbers(0x80011));
  deflate?.kick();
  assert.deepEqual(heard, [
    ['inflate', [0x80010, 0x80011, 0xffff_ffff]],
    ['deflate', [0x80011]],
  ]);
  assert.deepEqual(inflate?.takeUsed(), [{ head: 0, written: 0 }]);
  assert.equal(driver.isr(), 1);
});

test('VirtioBalloon: statistics are kept until the host asks for newer ones', () => {
  const { device, vm, driver, heard } = machine();
  const [, , statistics] = driver.start(STATISTICS, 8);
  const pairs = (...values: [number, bigint][]) =>
    vm.memory.write(
      BUFFER,
      Uint8Array.from(
        values.flatMap(([tag, value]) => [...littleEndian(BigInt(tag), 2), ...littleEndian(value, 8)]),
      ),
    );
  const none = 2n ** 64n - 1n;
  assert.equal(device.askStatistics(), false, 'there is no buffer yet');
  pairs([4, 1000n], [5, none], [999, 1n], [3, 7n]);
  statistics?.add({ address: BUFFER, length: 43 });
  statistics?.kick();
  assert.deepEqual(statistics?.takeUsed(), []);
  assert.equal(device.askStatistics(), true);
  assert.equal(device.askStatistics(), false, 'it is with the driver now');
  assert.deepEqual(statistics?.takeUsed(), [{ head: 0, written: 0 }]);
  assert.deepEqual(heard, [['statistics', { freeBytes: 1000, minorFaults: 7 } satisfies BalloonStatistics]]);
  pairs([4, 500n]);
  statistics?.add({ address: BUFFER, length: 10 });
  statistics?.kick();
  assert.deepEqual(heard[1], ['statistics', { freeBytes: 500 }]);
});

test('VirtioBalloon: reported pages are told as they are, and nobody looks into them', () => {
  const { vm, driver, heard } = machine();
  const queues = driver.start(STATISTICS | HINTS | REPORTING, 8);
  const ranges: MemoryRange[] = [
    { address: 0x8010_0000, length: 0x40_0000 },
    { address: 0x4000_0000, length: 0x1000 },
  ];
  queues[4]?.add(...ranges.map((range) => ({ ...range, write: true })));
  queues[4]?.kick();
  assert.deepEqual(heard, [['reported', ranges]], 'also where this machine has no RAM');
  assert.deepEqual(queues[4]?.takeUsed(), [{ head: 0, written: 0 }]);
  assert.deepEqual(vm.faults, []);
});

test('VirtioBalloon: a queue whose feature was not accepted is not there, those behind it move up', () => {
  const { driver, heard } = machine();
  const queues = driver.start(REPORTING, 8);
  queues[2]?.add({ address: BUFFER, length: 0x1000, write: true });
  queues[2]?.kick();
  assert.deepEqual(heard, [['reported', [{ address: BUFFER, length: 0x1000 }]]]);
});

test('VirtioBalloon: a guest that fills its free pages keeps them', () => {
  const { driver, heard, setConfig } = machine();
  const queues = driver.start(POISON | REPORTING, 8);
  setConfig(CONFIG.poison, 0xaaaa_aaaa);
  queues[2]?.add({ address: BUFFER, length: 0x1000, write: true });
  queues[2]?.kick();
  assert.deepEqual(heard, []);
  assert.equal(queues[2]?.takeUsed().length, 1);
});

test('VirtioBalloon: hints of the round that was asked for count, others do not', () => {
  const { device, driver, heard, numbers } = machine();
  assert.equal(device.beginHints(), false);
  const queues = driver.start(STATISTICS | HINTS, 8);
  const page = { address: BUFFER + 0x4000, length: 0x1000 };
  const hint = (): void => {
    queues[3]?.add({ ...page, write: true });
    queues[3]?.kick();
  };
  const command = (value: number): void => {
    queues[3]?.add(numbers(value));
    queues[3]?.kick();
  };
  hint();
  assert.deepEqual(heard, []);
  assert.equal(device.beginHints(), true);
  const round = driver.config(CONFIG.hintCommand, 4);
  assert.ok(round >= 2);
  hint();
  assert.deepEqual(heard, [], 'the driver has not begun the round');
  command(round);
  hint();
  assert.deepEqual(heard, [['hinted', [page]]]);
  command(0);
  hint();
  device.endHints();
  assert.equal(driver.config(CONFIG.hintCommand, 4), 1);
  assert.equal(heard.length, 1);
  device.beginHints();
  assert.ok(driver.config(CONFIG.hintCommand, 4) >= 2);
});

test('VirtioBalloon: ranges without end are refused, as are too many page numbers', () => {
  for (const [queue, buffer] of [
    [4, { address: 0x8000_0000, length: 2 ** 30 + 1, write: true }],
    [0, { address: BUFFER, length: 2 ** 20 + 4 }],
    [4, { address: BUFFER, length: 2 ** 20 + 4 }],
  ] as const) {
    const { vm, driver } = machine();
    const queues = driver.start(STATISTICS | HINTS | REPORTING, 8);
    queues[queue]?.add(buffer);
    queues[queue]?.kick();
    assert.equal(vm.faults.length, 1);
    assert.match(vm.faults[0] ?? '', /more than/);
  }
});

test('VirtioBalloon: target and what the driver said travel with the state, the buffer for statistics too', () => {
  const { device, vm, driver, setConfig } = machine();
  const queues = driver.start(STATISTICS, 8);
  vm.memory.write(BUFFER, new Uint8Array(10));
  queues[2]?.add({ address: BUFFER, length: 10 });
  queues[2]?.kick();
  device.setTarget(77);
  setConfig(CONFIG.actual, 66);
  vm.virtio.pause();
  const state = structuredClone(vm.virtio.save());
  vm.virtio.restore(state);
  vm.virtio.resume();
  vm.virtio.poll();
  assert.deepEqual([device.target, device.actual], [77, 66]);
  queues[2]?.kick();
  assert.equal(device.askStatistics(), true);
});

test('VirtioBalloon: a reset empties what the driver said, and keeps what the host wants', () => {
  const { device, driver, setConfig } = machine();
  driver.start(STATISTICS | HINTS, 8);
  device.setTarget(50);
  setConfig(CONFIG.actual, 50);
  device.beginHints();
  driver.setCommon('status', 0);
  assert.deepEqual([device.target, device.actual, driver.config(CONFIG.hintCommand, 4)], [50, 0, 0]);
  assert.equal(device.isDriven, false);
});
