/** Tests of the bus: windows, splitting of wide accesses, and what nothing answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus, type MmioDevice } from './bus.ts';

function recorder(log: string[]): MmioDevice {
  return {
    read: (offset, width) => {
      log.push(`r${width}@${offset}`);
      return offset + 1;
    },
    write: (offset, width, value) => void log.push(`w${width}@${offset}=${value.toString(16)}`),
  };
}

test('Bus: finds each window and nothing between', () => {
  const bus = new Bus();
  const device = recorder([]);
  for (const base of [0x3000, 0x1000, 0x5000]) bus.add(`at ${base}`, base, 0x1000, device);
  assert.deepEqual(
    bus.windows.map(({ base }) => base),
    [0x1000, 0x3000, 0x5000],
  );
  for (const [address, name] of [
    [0xfff, undefined],
    [0x1000, 'at 4096'],
    [0x1fff, 'at 4096'],
    [0x2000, undefined],
    [0x5fff, 'at 20480'],
    [0x6000, undefined],
  ] as const) {
    assert.equal(bus.find(address)?.name, name);
  }
});

test('Bus.add: refuses overlap, empty windows and addresses beyond 53 bits', () => {
  const bus = new Bus();
  const device = recorder([]);
  bus.add('a', 0x1000, 0x1000, device);
  for (const [base, size] of [
    [0x1000, 0x1000],
    [0xfff, 2],
    [0x1fff, 1],
    [0, 0x10000],
    [0x1800, 0x10],
  ] as const) {
    assert.throws(() => bus.add('b', base, size, device), /overlaps "a" at 0x1000/);
    assert.equal(bus.isFree(base, size), false);
  }
  assert.throws(() => bus.add('c', 0x4000, 0, device), /bad base/);
  assert.throws(() => bus.add('c', 2 ** 53, 1, device), /bad base/);
  assert.throws(() => bus.add('c', -1, 1, device), /bad base/);
  bus.add('touching', 0x2000, 1, device);
});

test('Bus.remove: takes the window away, and only one that starts there', () => {
  const bus = new Bus();
  bus.add('a', 0x1000, 0x1000, recorder([]));
  assert.equal(bus.read(0x1000, 1), 1n);
  assert.throws(() => bus.remove(0x1001), /none there/);
  bus.remove(0x1000);
  assert.equal(bus.read(0x1000, 1), undefined);
  assert.throws(() => bus.remove(0x1000), /none there/);
});

test('Bus: eight bytes are two accesses of four, low first', () => {
  const log: string[] = [];
  const bus = new Bus();
  bus.add('a', 0x1000, 0x10, recorder(log));
  assert.equal(bus.read(0x1000, 8), 0x5_0000_0001n);
  assert.equal(bus.write(0x1008, 8, 0x1122_3344_aabb_ccddn), true);
  assert.deepEqual(log, ['r4@0', 'r4@4', 'w4@8=aabbccdd', 'w4@12=11223344']);
});

test('Bus: writes narrow the value, accesses over the end answer nothing', () => {
  const log: string[] = [];
  const bus = new Bus();
  bus.add('a', 0x1000, 6, recorder(log));
  assert.equal(bus.write(0x1000, 1, -1n), true);
  assert.equal(bus.write(0x1004, 4, 0n), false);
  assert.equal(bus.read(0x1004, 4), undefined);
  assert.equal(bus.read(0x1000, 8), undefined);
  assert.deepEqual(log, ['w1@0=ff']);
});
