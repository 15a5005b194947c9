/** Tests of virtio over PCI: bringing a device up step by step, interrupts, resets, and states that travel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MmioDevice } from '../bus.ts';
import { STRUCTURE, VirtioDriver, VirtioMachine } from '../testing.ts';
import type { Chain } from './chain.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';
import { FEATURE, featuresAcceptable, nextStatus, TRANSPORT_FEATURES } from './status.ts';

/** A device that takes chains and gives them back when told to. */
class Keeper implements VirtioDevice<{ version: 1 }> {
  readonly name = 'keeper';
  readonly type = 42;
  readonly classCode = 0xff0000;
  readonly features = 1n;
  readonly queueSizes = [8, 4];
  readonly maxChainBytes = 4096;
  readonly config: MmioDevice = { read: (offset) => 0x10 + offset, write: () => {} };
  readonly configBytes = 8;
  readonly kept: Chain[] = [];
  resets = 0;
  port: VirtioPort | undefined;

  attach(port: VirtioPort): void {
    this.port = port;
  }

  notify(index: number): void {
    const queue = this.port?.queue(index);
    for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) this.kept.push(chain);
  }

  giveBack(written = 0): void {
    for (const chain of this.kept.splice(0)) this.port?.queue(0).push(chain, written);
    this.port?.queue(0).signal();
  }

  reset(): void {
    this.resets++;
  }

  save() {
    return { version: 1 } as const;
  }

  restore(): void {}
}

function machine() {
  const device = new Keeper();
  const vm = new VirtioMachine(device);
  return { device, vm, driver: new VirtioDriver(vm) };
}

const BUFFER = 0x8002_0000;

test('VirtioPci: identity and capabilities as VIRTIO 1.3 §4.1 wants them', () => {
  const { driver } = machine();
  assert.equal(driver.configSpace(0, 4), 0x106a_1af4);
  assert.equal(driver.configSpace(8, 1), 1);
  assert.equal(driver.configSpace(0x3d, 1), 1);
  assert.deepEqual(
    [...driver.structures],
    [
      [STRUCTURE.common, 0],
      [STRUCTURE.isr, 0x1000],
      [STRUCTURE.config, 0x2000],
      [STRUCTURE.notify, 0x3000],
      [STRUCTURE.access, 0],
    ],
  );
  assert.deepEqual(
    driver.capabilities.map(({ id }) => id),
    [9, 9, 9, 9, 9, 0x10],
  );
  const notify = driver.capabilities[3]?.at ?? 0;
  assert.deepEqual(
    [
      driver.configSpace(notify + 2, 1),
      driver.configSpace(notify + 4, 1),
      driver.configSpace(notify + 16, 4),
    ],
    [20, 4, 4],
  );
});

test('VirtioPci: features, queues and status step by step', () => {
  const { driver } = machine();
  assert.equal(driver.offered(), TRANSPORT_FEATURES | 1n);
  assert.equal(driver.common('numQueues'), 2);
  for (const [queue, size] of [
    [0, 8],
    [1, 4],
    [2, 0],
    [0xffff, 0],
  ] as const) {
    driver.setCommon('queueSelect', queue);
    assert.equal(driver.common('queueSize'), size);
    assert.equal(driver.common('queueEnable'), 0);
  }
  driver.start(1n, 4);
  assert.equal(driver.common('status'), 0xf);
  driver.setCommon('queueSelect', 1);
  assert.deepEqual(
    [driver.common('queueSize'), driver.common('queueEnable'), driver.common('queueNotifyOff')],
    [4, 1, 1],
  );
  driver.setCommon('status', 0);
  assert.deepEqual([driver.common('status'), driver.common('queueEnable')], [0, 0]);
});

test('VirtioPci: FEATURES_OK is refused without VERSION_1 or with what was not offered', () => {
  const { driver } = machine();
  for (const features of [0n, 1n, FEATURE.version1 | 2n, FEATURE.version1 | (1n << 63n)]) {
    for (const status of [0, 1, 3]) driver.setCommon('status', status);
    driver.accept(features);
    driver.setCommon('status', 0xb);
    assert.equal(driver.common('status'), 3, `features ${features}`);
    driver.setCommon('status', 0xf);
    assert.equal(driver.common('status'), 3);
  }
  driver.start(1n, 4);
  driver.accept(0n);
  assert.equal(driver.machine.virtio.transport.features, FEATURE.version1 | 1n, 'fixed since FEATURES_OK');
});

test('nextStatus: all pairs of old and written status', () => {
  // With ACKNOWLEDGE or, as U-Boot does it, without.
  const steps = [0, 2, 0xa, 0xe];
  const ladder = [...steps, ...steps.map((status) => status | 1)];
  for (const status of ladder) {
    for (let written = 1; written < 256; written++) {
      const next = nextStatus(status, written, true);
      assert.equal(next & status, status, 'no bit is taken back');
      assert.equal(next & ~(status | written), 0, 'no bit that nobody asked for');
      assert.equal(next & 64, 0, 'NEEDS_RESET is the device’s to set');
      assert.ok(ladder.includes(next & ~128), `${status} and ${written} give ${next}`);
      assert.equal(next & 128, written & 128);
    }
    assert.equal(nextStatus(status, 0xf, false) & 8, status & 8);
  }
  assert.equal(featuresAcceptable(1n, 2n), false);
});

test('VirtioPci: DRIVER_OK takes what is in the queues, a kick takes more, giving back interrupts', () => {
  const { device, driver, vm } = machine();
  const [queue] = driver.start(0n, 4);
  queue?.add({ address: BUFFER, length: 10, write: true });
  assert.equal(device.kept.length, 0);
  queue?.kick();
  assert.equal(device.kept.length, 1);
  assert.equal(vm.line.level, false);
  device.giveBack(3);
  assert.deepEqual(queue?.takeUsed(), [{ head: 0, written: 3 }]);
  assert.equal(vm.line.level, true);
  assert.deepEqual([driver.isr(), vm.line.level, driver.isr()], [1, false, 0]);
});

test('VirtioPci: a kick before DRIVER_OK, after FAILED or of no queue does nothing', () => {
  const { device, driver } = machine();
  const [queue] = driver.start(0n, 4);
  queue?.add({ address: BUFFER, length: 10 });
  driver.notify(2);
  driver.notify(500);
  driver.setCommon('status', 0x8f);
  queue?.kick();
  assert.equal(device.kept.length, 0);
});

test('VirtioPci: without bus mastering it keeps its hands off memory, and catches up', () => {
  const { device, driver } = machine();
  const [queue] = driver.start(0n, 4);
  driver.setConfigSpace(4, 2, 2);
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  assert.equal(device.kept.length, 0);
  driver.setConfigSpace(4, 2, 6);
  assert.equal(device.kept.length, 1);
});

test('VirtioPci: a reset waits until the chains are back, and gives none of them to the driver', () => {
  const { device, driver, vm } = machine();
  const [queue] = driver.start(0n, 4);
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  driver.setCommon('status', 0);
  assert.notEqual(driver.common('status'), 0);
  driver.setCommon('status', 1);
  device.giveBack();
  assert.equal(driver.common('status'), 0);
  assert.equal(device.resets, 2, 'this one and the first of the start');
  assert.deepEqual([queue?.takeUsed(), vm.line.rises], [[], 0]);
});

test('VirtioPci: one queue is reset alone, when that was negotiated', () => {
  const { device, driver } = machine();
  const [queue, other] = driver.start(FEATURE.ringReset, 4);
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  driver.setCommon('queueSelect', 0);
  driver.setCommon('queueReset', 1);
  assert.deepEqual([driver.common('queueReset'), driver.common('queueEnable')], [1, 0]);
  driver.setCommon('queueEnable', 1);
  assert.equal(driver.common('queueEnable'), 0, 'not while it is being reset');
  device.giveBack();
  assert.equal(driver.common('queueReset'), 0);
  assert.deepEqual(queue?.takeUsed(), []);
  const again = driver.makeQueue(0, 8);
  again.add({ address: BUFFER, length: 10 });
  again.kick();
  device.giveBack();
  assert.equal(again.takeUsed().length, 1);
  other?.add({ address: BUFFER, length: 10 });
  other?.kick();
  assert.equal(device.kept.length, 1, 'the other queue went on');

  const plain = machine();
  plain.driver.start(0n, 4);
  plain.driver.setCommon('queueSelect', 0);
  plain.driver.setCommon('queueReset', 1);
  assert.equal(plain.driver.common('queueEnable'), 1);
});

test('VirtioPci: configuration changes raise the generation and the second interrupt bit', () => {
  const { device, driver } = machine();
  device.port?.configChanged();
  assert.equal(driver.isr(), 0, 'nobody listens before DRIVER_OK');
  driver.start(0n, 4);
  const before = driver.common('generation');
  device.port?.configChanged();
  assert.equal(driver.common('generation'), before + 1);
  assert.equal(driver.isr(), 2);
});

test('VirtioPci: the configuration access capability reaches the BAR', () => {
  const { driver } = machine();
  const access = driver.capabilities[4]?.at ?? 0;
  const reach = (bar: number, offset: number, length: number): number => {
    driver.setConfigSpace(access + 4, 1, bar);
    driver.setConfigSpace(access + 8, 4, offset);
    driver.setConfigSpace(access + 12, 4, length);
    return driver.configSpace(access + 16, 4);
  };
  assert.equal(reach(4, 0x12, 2), 2, 'number of queues');
  assert.equal(reach(4, 0x2004, 4), 0x14, 'device configuration');
  reach(4, 0x14, 1);
  driver.setConfigSpace(access + 16, 1, 1);
  assert.equal(driver.common('status'), 1);
  for (const [bar, offset, length] of [
    [0, 0x12, 2],
    [4, 0x12, 3],
    [4, 0x13, 2],
    [4, 0x4000, 4],
    [4, 0xffff_fffc, 4],
    [4, 0, 0],
  ] as const) {
    assert.equal(reach(bar, offset, length), 0, `${bar} ${offset} ${length}`);
    driver.setConfigSpace(access + 16, 4, 0xffff_ffff);
  }
  assert.equal(driver.common('status'), 1);
});

test('VirtioPci: paused it takes nothing and publishes nothing; resumed it does both', () => {
  const { device, driver, vm } = machine();
  const [queue] = driver.start(0n, 4);
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  vm.virtio.pause();
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  assert.equal(device.kept.length, 1);
  device.giveBack(5);
  assert.deepEqual([queue?.takeUsed(), vm.line.level], [[], false]);
  vm.virtio.resume();
  assert.deepEqual([queue?.takeUsed(), vm.line.level], [[{ head: 0, written: 5 }], true]);
  assert.equal(device.kept.length, 1, 'the second chain');
});

test('VirtioPci: a saved state goes on elsewhere with what was under way', () => {
  const { device, driver, vm } = machine();
  const [queue] = driver.start(FEATURE.eventIndex, 4);
  for (let i = 0; i < 2; i++) queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  vm.virtio.pause();
  const finished = device.kept.shift();
  if (finished !== undefined) device.port?.queue(0).push(finished, 1);
  const [virtio, pci] = structuredClone([vm.virtio.save(), vm.pci.save()] as const);

  const copy = new Keeper();
  const other = new VirtioMachine(copy);
  other.memory.write(other.memory.base, vm.memory.read(vm.memory.base, vm.memory.size));
  other.virtio.pause();
  other.pci.restore(pci);
  other.virtio.restore(virtio);
  assert.equal(copy.kept.length, 0);
  other.virtio.resume();
  assert.deepEqual(
    copy.kept.map(({ head }) => head),
    [1],
    'taken again',
  );
  copy.giveBack(2);
  assert.equal(other.line.level, true);
  assert.deepEqual(
    [...other.memory.read(queue?.used ?? 0, 20)],
    [0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0],
  );
});

test('VirtioPci: reset drops what is under way at once', () => {
  const { device, driver, vm } = machine();
  const [queue] = driver.start(0n, 4);
  queue?.add({ address: BUFFER, length: 10 });
  queue?.kick();
  vm.virtio.reset();
  assert.equal(driver.common('status'), 0);
  device.giveBack();
  assert.deepEqual(queue?.takeUsed(), []);
});
