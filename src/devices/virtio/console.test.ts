/** Tests of the virtio console as dialogues with its driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, asText, VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioConsole } from './console.ts';

const BUFFER = 0x8002_0000;
const SIZE = 1n;

function machine(features = 0n) {
  const written: string[] = [];
  let ready = 0;
  const console = {
    write: (bytes: Uint8Array) => void written.push(asText(bytes)),
    ready: () => void ready++,
  };
  const device = new VirtioConsole({ console, size: { columns: 80, rows: 25 } });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  return { device, vm, driver, written, ready: () => ready, start: () => driver.start(features, 16) };
}

test('VirtioConsole: what the driver transmits goes to the console', () => {
  const { vm, written, start } = machine();
  const [, transmit] = start();
  vm.memory.write(BUFFER, ascii('hello, world'));
  transmit?.add({ address: BUFFER, length: 5 }, { address: BUFFER + 7, length: 5 });
  transmit?.kick();
  assert.deepEqual(written, ['hello', 'world']);
  assert.deepEqual(transmit?.takeUsed(), [{ head: 0, written: 0 }]);
});

test('VirtioConsole: the console may keep what it is given', () => {
  const vm = new VirtioMachine(new VirtioConsole({ console: { write: (bytes) => void kept.push(bytes) } }));
  const kept: Uint8Array[] = [];
  const [, transmit] = new VirtioDriver(vm).start(0n, 16);
  vm.memory.write(BUFFER, ascii('ab'));
  transmit?.add({ address: BUFFER, length: 2 });
  transmit?.kick();
  vm.memory.write(BUFFER, ascii('xy'));
  assert.equal(asText(kept[0] ?? []), 'ab');
  assert.ok(kept[0]?.buffer instanceof ArrayBuffer);
});

test('VirtioConsole: input fills the driver’s buffers one after the other', () => {
  const { device, vm, start } = machine();
  const [receive] = start();
  for (let i = 0; i < 3; i++) receive?.add({ address: BUFFER + 16 * i, length: 4, write: true });
  receive?.kick();
  assert.equal(device.receive(ascii('hello')), 5);
  assert.deepEqual(receive?.takeUsed(), [
    { head: 0, written: 4 },
    { head: 1, written: 1 },
  ]);
  assert.equal(asText(vm.memory.read(BUFFER, 4)) + asText(vm.memory.read(BUFFER + 16, 1)), 'hello');
  assert.ok(vm.line.level);
});

test('VirtioConsole: input before there are buffers waits, to a bound, and then the console hears of room', () => {
  const { device, vm, start, ready } = machine();
  assert.equal(device.receive(new Uint8Array(5000).fill(0x61)), 4096);
  assert.equal(device.receive(ascii('b')), 0);
  const [receive] = start();
  receive?.add({ address: BUFFER, length: 4000, write: true });
  receive?.kick();
  assert.equal(ready(), 1);
  assert.equal(device.receive(ascii('bc')), 2);
  receive?.add({ address: BUFFER, length: 4000, write: true });
  receive?.kick();
  assert.deepEqual(
    receive?.takeUsed().map(({ written }) => written),
    [4000, 98],
  );
  assert.equal(asText(vm.memory.read(BUFFER + 95, 3)), 'abc');
});

test('VirtioConsole: a buffer the device may not write takes no input', () => {
  const { device, start } = machine();
  const [receive] = start();
  receive?.add({ address: BUFFER, length: 4 });
  receive?.add({ address: BUFFER, length: 4, write: true });
  device.receive(ascii('abcd'));
  assert.deepEqual(
    receive?.takeUsed().map(({ written }) => written),
    [0, 4],
  );
});

test('VirtioConsole: size, emergency write, and a resize that the driver asked to hear of', () => {
  const { device, driver, vm, written, start } = machine(SIZE);
  assert.deepEqual([driver.config(0, 2), driver.config(2, 2), driver.config(4, 4)], [80, 25, 1]);
  vm.put(driver.address(4, 8), 4, 0x21);
  assert.deepEqual(written, ['!']);
  start();
  device.resize({ columns: 132, rows: 43 });
  assert.deepEqual(
    [driver.config(0, 4), driver.isr(), driver.common('generation')],
    [(43 << 16) | 132, 2, 1],
  );
});

test('VirtioConsole: input that waits travels with the state, and outlives a reset', () => {
  const { device, vm } = machine();
  device.receive(ascii('later'));
  vm.virtio.pause();
  const other = machine();
  other.vm.virtio.restore(structuredClone(vm.virtio.save()));
  const [receive] = other.start();
  receive?.add({ address: BUFFER, length: 9, write: true });
  receive?.kick();
  assert.deepEqual(receive?.takeUsed(), [{ head: 0, written: 5 }]);
  assert.equal(asText(other.vm.memory.read(BUFFER, 5)), 'later');
});
