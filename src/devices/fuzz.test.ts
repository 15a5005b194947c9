/** Seeded fuzzing: garbage in every register of every device and in the rings. Nothing throws, hangs or grows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOARD } from './board.ts';
import type { MmioDevice } from './bus.ts';
import { Plic } from './plic/plic.ts';
import { GoldfishRtc } from './rtc/goldfish.ts';
import { TestFinisher } from './syscon/test-finisher.ts';
import {
  ascii,
  DESCRIPTOR,
  type DriverQueue,
  VirtioDriver,
  VirtioMachine,
  Wire,
  xorshift,
} from './testing.ts';
import { Ns16550a } from './uart/ns16550a.ts';
import { VirtioBalloon } from './virtio/balloon.ts';
import { VirtioBlock } from './virtio/block.ts';
import type { BlockBackend, BlockStatus } from './virtio/block-backend.ts';
import { VirtioButtons } from './virtio/buttons.ts';
import { VirtioConsole } from './virtio/console.ts';
import type { VirtioDevice } from './virtio/device.ts';
import { EntropyDevice } from './virtio/entropy.ts';
import { VirtioNet } from './virtio/net.ts';
import { VirtioScsi } from './virtio/scsi.ts';
import { VirtioSerialPort } from './virtio/serial-port.ts';
import { VmGeneration } from './vmgenid/vmgenid.ts';

type Random = (below: number) => number;

const SEEDS = [1, 2, 3, 4];
const ACCESSES = 20_000;
const WIDTHS = [1, 2, 4] as const;
const console = { write: () => {} };

/** Values that break things more often than chance would. */
function word(random: Random): number {
  const edges = [0, 1, 0xff, 0xffff, 0x8000_0000, 0xffff_ffff, BOARD.ram.base, 0x5555, 1 << random(32)];
  return (random(2) === 0 ? (edges[random(edges.length)] ?? 0) : random(2 ** 32)) >>> 0;
}

function hammer(device: MmioDevice, size: number, random: Random): void {
  const width = WIDTHS[random(3)] ?? 4;
  const offset = random(random(2) === 0 ? Math.min(size, 64) : size);
  if (random(2) === 0) {
    const value = device.read(offset, width);
    assert.ok(value >= 0 && value < 2 ** (8 * width), `${value} at ${offset} is no ${width} bytes`);
  } else {
    device.write(offset, width, word(random) % 2 ** (8 * width));
  }
}

/** The simple devices, each with the size of its window and something else that may happen to it. */
const DEVICES: Readonly<
  Record<string, () => { device: MmioDevice; size: number; shake: (random: Random) => void }>
> = {
  ns16550a: () => {
    const device = new Ns16550a({ line: new Wire(), console });
    const shake = (random: Random): void => {
      device.receive(ascii('x'.repeat(random(40))));
      device.restore(structuredClone(device.save()));
      assert.ok(device.state.received.length <= 16);
    };
    return { device, size: BOARD.uart.size, shake };
  },
  plic: () => {
    const device = new Plic(3, { setExternal: () => {} });
    const shake = (random: Random): void => {
      device.line(1 + random(96)).set(random(2) === 0);
      device.restore(structuredClone(device.save()));
    };
    return { device, size: BOARD.plic.size, shake };
  },
  rtc: () => {
    const clock = { now: 0n };
    const device = new GoldfishRtc({ nowNanoseconds: () => clock.now, line: new Wire() });
    const shake = (random: Random): void => {
      clock.now += BigInt(random(2 ** 32)) ** 2n;
      device.tick();
      device.restore(structuredClone(device.save()));
    };
    return { device, size: BOARD.rtc.size, shake };
  },
  vmgenid: () => {
    const device = new VmGeneration({ line: new Wire(), fill: (bytes) => void bytes.fill(7) });
    const shake = (random: Random): void => {
      if (random(2) === 0) device.change();
      device.restore(structuredClone(device.save()));
    };
    return { device, size: BOARD.vmgenid.size, shake };
  },
  'test finisher': () => {
    const device = new TestFinisher({ power: { powerOff: () => {}, reset: () => {} } });
    return { device, size: BOARD.test.size, shake: () => device.restore(structuredClone(device.save())) };
  },
};

for (const [name, make] of Object.entries(DEVICES)) {
  test(`fuzz: registers of ${name}`, () => {
    for (const seed of SEEDS) {
      const random = xorshift(seed);
      const { device, size, shake } = make();
      for (let i = 0; i < ACCESSES; i++) {
        hammer(device, size, random);
        if (i % 100 === 0) shake(random);
      }
    }
  });
}

/** Completes now or later, well or badly, as chance wants; looks at every buffer it is given. */
function fickleStore(random: Random): BlockBackend & { settle(): void } {
  const waiting: (() => void)[] = [];
  return {
    sizeBytes: 1 << 20,
    readOnly: random(4) === 0,
    id: 'fuzz',
    submit(request, done) {
      if (request.kind === 'read') for (const buffer of request.buffers) buffer.fill(random(256));
      const status = (['ok', 'ok', 'ok', 'ioerr', 'unsupported'] as const)[random(5)] as BlockStatus;
      if (random(2) === 0) done(status);
      else waiting.push(() => done(status));
      assert.ok(waiting.length <= 256, 'more requests under way than the queue has entries');
    },
    settle: () => {
      for (const finish of waiting.splice(0)) finish();
    },
  };
}

interface Subject {
  readonly device: VirtioDevice<unknown>;
  /** Something from the host's side. */
  readonly shake: () => void;
}

const VIRTIO: Readonly<Record<string, (random: Random) => Subject>> = {
  block: (random) => {
    const store = fickleStore(random);
    return { device: new VirtioBlock(store), shake: () => store.settle() };
  },
  scsi: (random) => {
    const stores = [fickleStore(random), fickleStore(random)] as const;
    const device = new VirtioScsi([
      { target: 0, kind: 'disk', backend: stores[0] },
      { target: 1, kind: 'cdrom', backend: stores[1] },
    ]);
    const shake = (): void => {
      for (const store of stores) store.settle();
      if (random(10) === 0) device.unit(1)?.insert();
      // Disks come and go, whatever is in the rings and with the driver.
      if (random(10) > 0) return;
      if (device.unit(2)) device.unplug(2);
      else device.plug({ target: 2, kind: 'disk', backend: fickleStore(random) });
    };
    return { device, shake };
  },
  console: (random) => {
    const device = new VirtioConsole({ console, size: { columns: 1, rows: 1 } });
    return { device, shake: () => void device.receive(new Uint8Array(random(100))) };
  },
  balloon: (random) => {
    const check = (pages: readonly number[]): void => {
      assert.ok(pages.every((page) => Number.isInteger(page) && page >= 0 && page < 2 ** 32));
    };
    const device = new VirtioBalloon({
      inflate: check,
      deflate: check,
      reported: (ranges) => assert.ok(ranges.every(({ length }) => length > 0 && length <= 2 ** 30)),
      statistics: (statistics) => assert.ok(Object.keys(statistics).length <= 16),
    });
    const shake = (): void => {
      device.setTarget(random(2 ** 20));
      if (random(2) === 0) device.askStatistics();
      if (random(2) === 0) device.beginHints();
      else device.endHints();
    };
    return { device, shake };
  },
  'serial port': (random) => {
    const device = new VirtioSerialPort('name', console);
    const shake = (): void => {
      device.receive(new Uint8Array(random(100)));
      assert.ok(device.save().input.length <= 65_536 && device.save().messages.length <= 8);
    };
    return { device, shake };
  },
  net: (random) => {
    const device = new VirtioNet({
      maxPairs: 1 + random(3),
      backend: {
        ...{ mac: 0x000c29000001, mtuBytes: 1500, isUp: true },
        hasRoom: () => random(8) !== 0,
        send(views, length, { checksum, gso }) {
          assert.equal(
            views.reduce((sum, view) => sum + view.length, 0),
            length,
          );
          assert.ok(length >= 14 && length <= 65_557);
          assert.ok(checksum === undefined || checksum.start + checksum.offset + 2 <= length);
          assert.ok(gso === undefined || gso.size > 0);
        },
        receiveReady: () => {},
        receptionChanged: ({ mac }) => assert.ok(mac >= 0 && mac < 2 ** 48),
      },
    });
    const shake = (): void => {
      const bytes = new Uint8Array(6 + random(3000));
      if (random(2) === 0) bytes.set([0, 12, 41, 0, 0, 1]);
      device.receive({ bytes });
      device.endReceive();
      device.transmitReady();
      if (random(20) === 0) device.setLink(random(2) === 0);
      if (random(20) === 0) device.announce();
    };
    return { device, shake };
  },
  buttons: (random) => {
    const device = new VirtioButtons();
    return { device, shake: () => void device.press(random(2) === 0 ? 'power' : 'restart') };
  },
  entropy: (random) => ({
    device: new EntropyDevice({ fill: (bytes) => bytes.fill(random(256)) }),
    shake: () => {},
  }),
};

for (const [name, make] of Object.entries(VIRTIO)) {
  test(`fuzz: configuration space and BAR of virtio ${name}`, () => {
    for (const seed of SEEDS) {
      const random = xorshift(seed);
      const { device, shake } = make(random);
      const vm = new VirtioMachine(device);
      for (let i = 0; i < ACCESSES / 4; i++) {
        hammer(random(4) === 0 ? vm.pci : slot(vm), random(4) === 0 ? BOARD.pciEcam.size : 4096, random);
        const bar = vm.virtio.function.bar(4);
        if (bar !== undefined) hammer(bar.device, bar.sizeBytes, random);
        if (i % 50 === 0) shake();
        assert.ok(vm.bus.windows.length <= 2);
      }
      assert.ok(vm.faults.length < ACCESSES);
    }
  });

  test(`fuzz: rings of virtio ${name}`, () => {
    let answered = 0;
    for (let seed = 1; seed <= 150; seed++) answered += fuzzRings(make, xorshift(seed * 7919));
    assert.ok(answered > 100, `only ${answered} chains were ever answered`);
  });
}

/** Configuration space of the virtio device itself. */
function slot(vm: VirtioMachine<unknown>): MmioDevice {
  return {
    read: (offset, width) => vm.pci.read((1 << 15) + (offset & 0xfff), width),
    write: (offset, width, value) => vm.pci.write((1 << 15) + (offset & 0xfff), width, value),
  };
}

/** Drives a device with chains that are mostly right, until it needs a reset; returns how many were answered. */
function fuzzRings(make: (random: Random) => Subject, random: Random): number {
  const { device, shake } = make(random);
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const queues = driver.start(random(3) === 0 ? 0n : driver.offered(), 8);
  const scratch = driver.allocate(0x4000, 16);
  let answered = 0;
  for (let round = 0; round < 60; round++) {
    const queue = queues[random(queues.length)];
    if (queue === undefined) return answered;
    if (random(4) !== 0) addRequest(queue, scratch, random);
    else addNonsense(queue, scratch, random);
    if (random(80) === 0) vm.memory.write(queue.available + random(22), Uint8Array.of(random(256)));
    queue.kick();
    vm.virtio.poll();
    shake();
    answered += queue.takeUsed().length;
    if (random(10) === 0) vm.virtio.restore(structuredClone(vm.virtio.save()));
  }
  return answered;
}

/** A chain of the shape of a block request, which suits the other devices too. */
function addRequest(queue: DriverQueue<unknown>, scratch: number, random: Random): void {
  const { type: device } = queue.driver.machine.device;
  if (device === SCSI_TYPE) return addScsiRequest(queue, scratch, random);
  if (device === INPUT_TYPE) return addEventBuffer(queue, scratch, random);
  const type = [0, 1, 4, 8, 11, 13, random(256)][random(7)] ?? 0;
  queue.driver.machine.memory.write(
    scratch,
    Uint8Array.of(type, 0, 0, 0, 0, 0, 0, 0, random(256), random(16)),
  );
  const data = {
    address: scratch + 0x1000 + random(0x1000),
    length: [16, 512, 4096, 1 + random(600)][random(4)] ?? 1,
  };
  queue.add(
    { address: scratch, length: 16 },
    { ...data, write: random(2) === 0 },
    { address: scratch + 0x3000, length: 1, write: true },
  );
}

const SCSI_TYPE = 8;
const INPUT_TYPE = 18;
const SCSI_COMMANDS = [
  ...[0x00, 0x03, 0x08, 0x0a, 0x12, 0x1a, 0x1b, 0x1e, 0x25, 0x28, 0x2a, 0x2f, 0x35, 0x41, 0x42, 0x43],
  ...[0x46, 0x4a, 0x51, 0x5a, 0x88, 0x8a, 0x8f, 0x91, 0x93, 0x9e, 0xa0, 0xa8, 0xaa],
];

/** A command of a disk or a CD whose fields are mostly small. */
function addScsiRequest(queue: DriverQueue<unknown>, scratch: number, random: Random): void {
  const byte = () => (random(3) === 0 ? random(256) : random(3));
  const cdb = Array.from({ length: 32 }, byte);
  cdb[0] = SCSI_COMMANDS[random(SCSI_COMMANDS.length)] ?? random(256);
  const { memory } = queue.driver.machine;
  const isControl = queue.index === 0;
  const lun = [1, random(3), 0x40, random(8) === 0 ? 1 : 0, 0, 0, 0, 0];
  const task = [random(3), 0, 0, 0, random(9), 0, 0, 0, ...lun, ...new Uint8Array(8)];
  memory.write(scratch, Uint8Array.from(isControl ? task : [...lun, ...new Uint8Array(11), ...cdb]));
  const data = {
    address: scratch + 0x1000 + random(0x1000),
    length: [8, 512, 4096, 1 + random(600)][random(4)] ?? 1,
  };
  const isRoom = random(2) === 0;
  queue.add(
    { address: scratch, length: isControl ? 24 : 51 },
    ...(isRoom ? [] : [data]),
    { address: scratch + 0x3000, length: 108, write: true },
    ...(isRoom ? [{ ...data, write: true }] : []),
  );
}

/** One that is mostly as it should be. */
function addEventBuffer(queue: DriverQueue<unknown>, scratch: number, random: Random): void {
  const length = random(60) === 0 ? 1 + random(8) : 8 + random(8);
  queue.add({ address: scratch + 0x1000 + random(0x1000), length, write: random(60) !== 0 });
}

/** Descriptors in which anything may be wrong. */
function addNonsense(queue: DriverQueue<unknown>, scratch: number, random: Random): void {
  for (let i = 0; i < 8; i++) {
    const flags =
      [DESCRIPTOR.write, DESCRIPTOR.next, DESCRIPTOR.next | DESCRIPTOR.write, random(16)][random(4)] ?? 0;
    const wild = random(60) === 0;
    const address = wild ? Math.min(word(random) * word(random), 2 ** 63) : scratch + random(0x3000);
    queue.describe(i, address, wild ? word(random) : 1 + random(600), flags, random(wild ? 2 ** 16 : 8));
  }
  queue.offer(random(80) === 0 ? random(2 ** 16) : random(8));
}

test('fuzz: a driver that offers without end is cut off in each turn', () => {
  let filled = 0;
  let refill = (): void => {};
  const device = new EntropyDevice({
    fill: () => {
      filled++;
      refill();
    },
  });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const [queue] = driver.start(0n, 8);
  const buffer = { address: driver.allocate(8), length: 1, write: true };
  refill = () => queue?.add(buffer);
  queue?.add(buffer);
  queue?.kick();
  assert.equal(filled, 16);
  vm.virtio.poll();
  assert.equal(filled, 32);
  refill = () => {};
  vm.virtio.poll();
  vm.virtio.poll();
  assert.equal(filled, 33, 'then it is done');
});
