/** Tests of the PCI host: configuration space, BARs on the bus, and interrupt lines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOARD, highPciWindow } from '../board.ts';
import { Bus, type MmioDevice } from '../bus.ts';
import { Wire } from '../testing.ts';
import type { BarSpec } from './bars.ts';
import { integratedEndpoint } from './capabilities.ts';
import { PciFunction } from './function.ts';
import { PciHost, swizzle } from './host.ts';

const HIGH = highPciWindow(2 ** 30);
const MMIO = BOARD.pciMmio32.base;

function answering(value: number): MmioDevice {
  return { read: () => value, write: () => {} };
}

function makeFunction(bars: readonly BarSpec[], interruptPin: 0 | 1 | 2 = 1): PciFunction {
  return new PciFunction({
    name: 'tester',
    identity: {
      vendor: 0x1234,
      device: 0x5678,
      revision: 9,
      classCode: 0xaabbcc,
      subsystemVendor: 1,
      subsystem: 2,
    },
    bars,
    capabilities: [integratedEndpoint()],
    interruptPin,
  });
}

function machine(...functions: PciFunction[]) {
  const bus = new Bus();
  const lines = [new Wire(), new Wire(), new Wire(), new Wire()] as const;
  const host = new PciHost({ bus, apertures: [BOARD.pciMmio32, HIGH], lines });
  for (const [i, fn] of functions.entries()) host.attach(i + 1, fn);
  const at = (slot: number, offset: number): number => (slot << 15) + offset;
  return {
    bus,
    lines,
    host,
    get: (slot: number, offset: number, width: 1 | 2 | 4 = 4) => host.read(at(slot, offset), width),
    put: (slot: number, offset: number, value: number, width: 1 | 2 | 4 = 4) =>
      host.write(at(slot, offset), width, value),
  };
}

const bar32 = (index: number, sizeBytes: number, value = index): BarSpec => ({
  index,
  kind: 'memory32',
  sizeBytes,
  device: answering(value),
});
const bar64 = (index: number, sizeBytes: number, value = index): BarSpec => ({
  index,
  kind: 'memory64',
  prefetchable: true,
  sizeBytes,
  device: answering(value),
});

test('PciHost: the header in every width, and nothing where no function is', () => {
  const { get, host } = machine(makeFunction([]));
  assert.equal(get(1, 0), 0x5678_1234);
  assert.equal(get(1, 2, 2), 0x5678);
  assert.equal(get(1, 8), 0xaabbcc09);
  assert.equal(get(1, 0xb, 1), 0xaa);
  assert.equal(get(1, 0x2c), 0x0002_0001);
  assert.equal(get(1, 0x3d, 1), 1);
  assert.equal(get(0, 0), 0x0008_1b36, 'the host bridge');
  assert.equal(get(2, 0), 0xffff_ffff);
  assert.equal(host.read((1 << 15) + (1 << 12), 4), 0xffff_ffff, 'function 1');
  assert.equal(host.read((1 << 20) + (1 << 15), 2), 0xffff, 'bus 1');
  assert.equal(get(1, 1, 2), 0xffff, 'unaligned');
});

test('PciHost: the PCI Express capability makes a root complex integrated endpoint without extended capabilities', () => {
  const { get } = machine(makeFunction([]));
  assert.equal(get(1, 6, 2) & 0x10, 0x10);
  const at = get(1, 0x34, 1);
  assert.equal(get(1, at, 1), 0x10);
  assert.equal(get(1, at + 1, 1), 0);
  assert.equal(get(1, at + 2, 2), 0x92);
  assert.equal(get(1, 0x100), 0);
});

test('PciHost: BARs tell their size and type', () => {
  const { get, put } = machine(makeFunction([bar32(0, 0x1000), bar64(2, 0x10_0000)]));
  for (const offset of [0x10, 0x14, 0x18, 0x1c, 0x20, 0x24]) put(1, offset, 0xffff_ffff);
  assert.deepEqual(
    [0x10, 0x14, 0x18, 0x1c, 0x20, 0x24].map((offset) => get(1, offset)),
    [0xffff_f000, 0, 0xfff0_000c, 0xffff_ffff, 0, 0],
  );
});

test('PciHost: a BAR is decoded where it was put, while memory decoding is on', () => {
  const { bus, put } = machine(makeFunction([bar32(0, 0x1000, 7)]));
  put(1, 0x10, MMIO + 0x5000);
  assert.equal(bus.read(MMIO + 0x5000, 4), undefined);
  put(1, 4, 2, 2);
  assert.equal(bus.read(MMIO + 0x5000, 4), 7n);
  put(1, 0x10, MMIO + 0x8000);
  assert.equal(bus.read(MMIO + 0x5000, 4), undefined);
  assert.equal(bus.read(MMIO + 0x8ffc, 4), 7n);
  put(1, 4, 0, 2);
  assert.equal(bus.windows.length, 0);
});

test('PciHost: a 64-bit BAR moves through the halves', () => {
  const { bus, put } = machine(makeFunction([bar64(4, 0x4000, 9)]));
  put(1, 4, 2, 2);
  put(1, 0x20, 0x8000);
  put(1, 0x24, HIGH.base / 2 ** 32);
  assert.equal(bus.read(HIGH.base + 0x8000, 1), 9n);
  put(1, 0x24, 0xffff_ffff);
  assert.equal(bus.windows.length, 0);
});

test('PciHost: BARs in RAM, on devices, over an aperture end or on each other are not decoded', () => {
  const { bus, put } = machine(makeFunction([bar32(0, 0x1000, 7)]), makeFunction([bar32(0, 0x1000, 8)]));
  bus.add('in the way', MMIO + 0x1_0000, 0x10, answering(1));
  for (const slot of [1, 2]) put(slot, 4, 2, 2);
  for (const base of [0, BOARD.ram.base, BOARD.plic.base, 0xffff_f000, MMIO - 0x1000, MMIO + 0x1_0000]) {
    put(1, 0x10, base);
    assert.deepEqual(
      bus.windows.map(({ name }) => name),
      ['in the way'],
      `at ${base.toString(16)}`,
    );
  }
  put(1, 0x10, MMIO);
  put(2, 0x10, MMIO);
  assert.equal(bus.read(MMIO, 4), 7n, 'who came first stays');
  put(1, 0x10, MMIO + 0x2000);
  assert.deepEqual([bus.read(MMIO, 4), bus.read(MMIO + 0x2000, 4)], [8n, 7n], 'then there is room');
});

test('PciHost: interrupt lines are swizzled by slot and shared', () => {
  const functions = [1, 2, 3, 4, 5].map(() => makeFunction([]));
  const { lines } = machine(...functions);
  for (const [i, fn] of functions.entries()) {
    fn.setInterrupt(true);
    assert.equal(lines[(i + 1) % 4]?.level, true);
  }
  functions[0]?.setInterrupt(false);
  assert.equal(lines[1].level, true, 'slot 5 still pulls it');
  functions[4]?.setInterrupt(false);
  assert.equal(lines[1].level, false);
  assert.deepEqual([swizzle(0, 1), swizzle(3, 2), swizzle(31, 4)], [0, 0, 2]);
});

test('PciHost: the command register masks the interrupt, the status shows it', () => {
  const fn = makeFunction([]);
  const { lines, get, put } = machine(fn);
  put(1, 4, 0x400, 2);
  fn.setInterrupt(true);
  assert.equal(lines[1].level, false);
  assert.equal(get(1, 6, 2) & 8, 8);
  put(1, 4, 0, 2);
  assert.equal(lines[1].level, true);
});

test('PciHost: only what is writable changes', () => {
  const { get, put } = machine(makeFunction([]));
  for (let offset = 0; offset < 0x100; offset += 4) put(1, offset, 0xffff_ffff);
  assert.deepEqual(
    [get(1, 0), get(1, 4), get(1, 8), get(1, 0x3c)],
    [0x5678_1234, 0x0010_0546, 0xaabbcc09, 0x1ff],
  );
});

test('PciHost: reset unmaps, restore maps again', () => {
  const fn = makeFunction([bar32(0, 0x1000, 7)]);
  const { bus, host, put } = machine(fn);
  put(1, 4, 6, 2);
  put(1, 0x10, MMIO);
  const state = structuredClone(host.save());
  host.reset();
  assert.equal(bus.windows.length, 0);
  assert.equal(fn.busMaster, false);
  host.restore(state);
  assert.equal(bus.read(MMIO, 4), 7n);
  assert.equal(fn.busMaster, true);
  assert.throws(() => machine().host.restore(state), /slot 1 is empty/);
  host.restore(structuredClone(machine().host.save()));
  assert.equal(bus.windows.length, 0, 'a function that nobody had seen is as after power-on');
});

test('PciHost: paused it drives no line', () => {
  const fn = makeFunction([]);
  const { host, lines } = machine(fn);
  host.pause();
  fn.setInterrupt(true);
  assert.equal(lines[1].level, false);
  host.resume();
  assert.equal(lines[1].level, true);
});

test('PciHost, PciFunction: what cannot be made is refused', () => {
  const { host } = machine(makeFunction([]));
  for (const slot of [0, 1, -1, 32]) assert.throws(() => host.attach(slot, makeFunction([])), /is not free/);
  assert.throws(() => makeFunction([bar32(0, 0x1001)]), /4097 is no size/);
  assert.throws(() => makeFunction([bar64(5, 0x1000)]), /register 6 is not free/);
  assert.throws(() => makeFunction([bar64(0, 0x1000), bar32(1, 0x1000)]), /register 1 is not free/);
});
