/** Tests of the buttons as dialogues with their driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioButtons, type VirtioButtonsStateV1 } from './buttons.ts';

const BUFFER = 0x8002_0000;
const SIZE = 2;
const ANSWER = 8;

function machine() {
  const device = new VirtioButtons();
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const start = () => {
    const [events, status] = driver.start(0n, 8);
    if (events === undefined || status === undefined) throw new Error('two queues');
    const give = (count: number, length = 8) => {
      for (let i = 0; i < count; i++) events.add({ address: BUFFER + 8 * i, length, write: true });
      events.kick();
    };
    return { events, status, give };
  };
  const ask = (select: number, subselect: number): number[] => {
    vm.put(driver.address(4, 0), 1, select);
    vm.put(driver.address(4, 1), 1, subselect);
    return Array.from({ length: driver.config(SIZE, 1) }, (_, i) => driver.config(ANSWER + i, 1));
  };
  return { device, vm, driver, start, ask };
}

/** Type, code and value of the events in the driver's buffers. */
function seen(vm: VirtioMachine<VirtioButtonsStateV1>, count: number): (readonly number[])[] {
  return Array.from({ length: count }, (_, i) => {
    const view = new DataView(vm.memory.read(BUFFER + 8 * i, 8).buffer);
    return [view.getUint16(0, true), view.getUint16(2, true), view.getUint32(4, true)];
  });
}

test('VirtioButtons: says what it is: a name, ids, the two keys and nothing else', () => {
  const { ask } = machine();
  assert.equal(String.fromCharCode(...ask(1, 0)), 'Power Button');
  assert.deepEqual(ask(3, 0), [6, 0, 0xf4, 0x1a, 0, 0, 1, 0]);
  const keys = ask(0x11, 1).flatMap((byte, i) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => 8 * i + bit),
  );
  assert.deepEqual(keys, [116, 408]);
  for (const [
    select,
    subselect,
  ] of [[0, 0], [1, 1], [2, 0], [0x10, 0], [0x11, 0], [0x11, 20], [0x12, 0], [0xff, 0xff]] as const) // biome-ignore format: a list
    assert.deepEqual(ask(select, subselect), []);
});

test('VirtioButtons: a press is down, up, and that each is whole; buffers wait for it without an interrupt', () => {
  const { device, vm, start } = machine();
  const { events, give } = start();
  give(8);
  assert.deepEqual([vm.line.rises, events.takeUsed()], [0, []]);
  assert.equal(device.press('power'), true);
  assert.deepEqual(
    events.takeUsed().map(({ written }) => written),
    [8, 8, 8, 8],
  );
  assert.equal(vm.line.rises, 1);
  assert.equal(device.press('restart'), true);
  const stroke = (code: number) => [[1, code, 1], [0, 0, 0], [1, code, 0], [0, 0, 0]]; // biome-ignore format: short
  assert.deepEqual(seen(vm, 8), [...stroke(116), ...stroke(408)]);
});

test('VirtioButtons: without a driver, or without buffers for all of it, nobody presses anything', () => {
  const { device, vm, start } = machine();
  assert.equal(device.press('power'), false);
  const { events, give } = start();
  assert.equal(device.press('power'), false);
  give(3);
  assert.equal(device.press('power'), false);
  assert.deepEqual(events.takeUsed(), []);
  vm.virtio.pause();
  give(5);
  assert.equal(device.press('power'), false, 'who stands still takes nothing');
  vm.virtio.resume();
  assert.deepEqual(events.takeUsed(), []);
  assert.equal(device.press('power'), true);
  assert.equal(events.takeUsed().length, 4);
});

test('VirtioButtons: a buffer without room for an event breaks a rule', () => {
  const { device, vm, start } = machine();
  const { give } = start();
  give(4, 7);
  assert.equal(device.press('power'), false);
  assert.deepEqual(vm.faults, ['buttons: queue 0: a buffer has less than 8 bytes']);
  assert.equal(device.press('power'), false);
});

test('VirtioButtons: what a driver says of lamps comes back', () => {
  const { start } = machine();
  const { status } = start();
  status.add({ address: BUFFER, length: 8 });
  status.kick();
  assert.deepEqual(status.takeUsed(), [{ head: 0, written: 0 }]);
});

test('VirtioButtons: a state goes over to another machine, which is pressed there', () => {
  const { vm, driver, start, ask } = machine();
  const { give } = start();
  give(4);
  ask(3, 0);
  vm.virtio.pause();
  const state = structuredClone(vm.virtio.save());
  assert.deepEqual(state.device, { version: 1, select: 3, subselect: 0 });
  const other = machine();
  other.vm.memory.write(vm.memory.base, vm.memory.read(vm.memory.base, vm.memory.size));
  other.vm.pci.restore(structuredClone(vm.pci.save()));
  other.vm.virtio.restore(state);
  assert.equal(other.device.press('power'), true);
  assert.deepEqual(seen(other.vm, 1), [[1, 116, 1]]);
  vm.virtio.resume();
  driver.setCommon('status', 0);
  assert.deepEqual(vm.virtio.save().device, { version: 1, select: 0, subselect: 0 });
});
