/** Tests of the network card as dialogues with its driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather } from '../dma.ts';
import { type DriverQueue, VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioNet } from './net.ts';
import type { NetOffloads, NetReception } from './net-backend.ts';
import { HASHED_BYTES, NetSteering } from './net-steering.ts';

const MAC = 0x00_0c_29_11_22_33;
const BUFFER = 0x8001_0000;
const HEADER = 12;
const bit = (n: number): bigint => 1n << BigInt(n);
const F = {
  guestChecksum: bit(1),
  mtu: bit(3),
  mac: bit(5),
  guestTso4: bit(7),
  merge: bit(15),
  status: bit(16),
};
const CONTROL = bit(17) | bit(18) | bit(19) | bit(20) | bit(21) | bit(23) | bit(2);
const PAIRS = bit(22);

interface Sent {
  readonly bytes: number[];
  readonly offloads: NetOffloads;
}

function machine({ maxPairs = 1, features = F.mac | F.status | CONTROL } = {}) {
  const sent: Sent[] = [];
  const receptions: NetReception[] = [];
  const link = { room: 1000, ready: 0 };
  const device = new VirtioNet({
    maxPairs,
    backend: {
      ...{ mac: MAC, mtuBytes: 1400, isUp: true },
      hasRoom: () => link.room > 0,
      send(views, length, offloads) {
        link.room--;
        sent.push({ bytes: [...gather(views, length)], offloads });
      },
      receiveReady: () => void link.ready++,
      receptionChanged: (reception) => receptions.push(reception),
    },
  });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const queues = driver.start(features, 16) as DriverQueue<unknown>[];
  return { device, vm, driver, queues, sent, receptions, link };
}

/** An Ethernet frame of `length` bytes to `to`. */
function frame(length: number, to = [0, 0x0c, 0x29, 0x11, 0x22, 0x33], type = [8, 0]): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => i * 13);
  bytes.set([...to, 2, 0, 0, 0, 0, 1, ...type]);
  return bytes;
}

function transmit(
  vm: VirtioMachine<unknown>,
  queue: DriverQueue<unknown> | undefined,
  header: number[],
  bytes: Uint8Array,
): void {
  vm.memory.write(BUFFER, Uint8Array.from([...header, ...Array(HEADER - header.length).fill(0)]));
  vm.memory.write(BUFFER + HEADER, bytes);
  queue?.add(
    { address: BUFFER, length: HEADER + 10 },
    { address: BUFFER + HEADER + 10, length: bytes.length - 10 },
  );
  queue?.kick();
}

test('VirtioNet: identity, address, MTU, link, and another state of it', () => {
  const { device, driver } = machine();
  assert.equal(driver.configSpace(0, 4), 0x1041_1af4);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((at) => driver.config(at, 1)),
    [0, 0x0c, 0x29, 0x11, 0x22, 0x33],
  );
  assert.deepEqual([driver.config(6, 2), driver.config(8, 2), driver.config(10, 2)], [1, 1, 1400]);
  assert.equal(driver.offered() & PAIRS, 0n, 'one pair is no choice');
  device.setLink(false);
  assert.equal(driver.isr(), 2);
  assert.equal(driver.config(6, 2), 0);
});

test('VirtioNet: a frame goes out with what is left to do on it', () => {
  const { vm, queues, sent, device } = machine();
  const bytes = frame(200);
  transmit(vm, queues[1], [], bytes);
  transmit(vm, queues[1], [1, 1, 66, 0, 100, 0, 34, 0, 16, 0], bytes);
  assert.deepEqual(
    sent.map(({ offloads }) => offloads),
    [{}, { checksum: { start: 34, offset: 16 }, gso: { type: 'tcp4', size: 100 } }],
  );
  assert.deepEqual(sent[0]?.bytes, [...bytes]);
  assert.equal(queues[1]?.takeUsed().length, 2);
  assert.deepEqual([device.counters.sentFrames, device.counters.sentBytes], [2, 400]);
});

test('VirtioNet: frames too short, and headers that make no sense, are counted and sent nowhere', () => {
  const { vm, queues, sent, device } = machine();
  transmit(vm, queues[1], [], frame(14).subarray(0, 13));
  for (const header of [
    [0, 1],
    [1, 3, 0, 0, 9, 0, 34, 0, 16, 0],
    [1, 1, 0, 0, 0, 0, 34, 0, 16, 0],
    [1, 0, 0, 0, 0, 0, 250, 0, 16, 0],
  ]) {
    transmit(vm, queues[1], header, frame(200));
  }
  assert.equal(sent.length, 0);
  assert.equal(device.counters.badFrames, 5);
  assert.equal(queues[1]?.takeUsed().length, 5);
});

test('VirtioNet: frames wait in the ring while the link has no room', () => {
  const { device, vm, queues, sent, link } = machine();
  link.room = 1;
  for (let i = 0; i < 3; i++) transmit(vm, queues[1], [], frame(64));
  assert.equal(sent.length, 1);
  link.room = 1;
  device.transmitReady();
  assert.equal(sent.length, 2);
  link.room = 9;
  device.transmitReady();
  assert.deepEqual([sent.length, queues[1]?.takeUsed().length], [3, 3]);
});

test('VirtioNet: a received frame is spread over mergeable buffers, all or none', () => {
  const { device, vm, driver, queues, link } = machine({
    features: F.mac | F.merge | F.guestChecksum | F.guestTso4,
  });
  assert.deepEqual(device.abilities, { checksum: true, tcp4: true, tcp6: false, udp: false });
  const bytes = frame(250);
  const long = {
    bytes,
    checksum: { start: 34, offset: 16 },
    gso: { type: 'tcp4', size: 100, headerLength: 54 },
  } as const;
  const add = (i: number) => queues[0]?.add({ address: BUFFER + 256 * i, length: 100, write: true });
  add(0);
  add(1);
  assert.equal(device.receive(long), false);
  assert.equal(queues[0]?.takeUsed().length, 0);
  add(2);
  const before = link.ready;
  queues[0]?.kick();
  assert.equal(link.ready, before + 1);
  assert.equal(device.receive(long), true);
  assert.equal(driver.isr(), 0);
  device.endReceive();
  assert.equal(driver.isr(), 1);
  assert.deepEqual(
    queues[0]?.takeUsed().map(({ written }) => written),
    [100, 100, 62],
  );
  const got = [0, 1, 2].flatMap((i) => [...vm.memory.read(BUFFER + 256 * i, 100)]).slice(0, 262);
  assert.deepEqual(got.slice(0, 12), [1, 1, 54, 0, 100, 0, 34, 0, 16, 0, 3, 0]);
  assert.deepEqual(got.slice(12), [...bytes]);
});

test('VirtioNet: without mergeable buffers a frame too long for its buffer is lost, and the buffer is not', () => {
  const { device, queues } = machine();
  queues[0]?.add({ address: BUFFER, length: 100, write: true });
  assert.equal(device.receive({ bytes: frame(200) }), true);
  assert.equal(device.counters.oversizedFrames, 1);
  assert.equal(device.receive({ bytes: frame(60) }), true);
  assert.deepEqual(queues[0]?.takeUsed(), [{ head: 0, written: 72 }]);
  assert.equal(device.receive({ bytes: frame(60) }), false, 'no buffer is left');
});

/** A command, and what the device says to it. */
function command(
  vm: VirtioMachine<unknown>,
  queue: DriverQueue<unknown> | undefined,
  ...bytes: number[]
): number | undefined {
  vm.memory.write(BUFFER, Uint8Array.from(bytes));
  vm.memory.write(BUFFER + 0x800, Uint8Array.of(9));
  queue?.add({ address: BUFFER, length: bytes.length }, { address: BUFFER + 0x800, length: 1, write: true });
  queue?.kick();
  return vm.memory.read(BUFFER + 0x800, 1)[0];
}

test('VirtioNet: the control queue sets address, modes, tables, VLANs; what is wrong is refused', () => {
  const { device, vm, queues, receptions } = machine();
  const control = queues[2];
  const wanted = (...bytes: Parameters<typeof frame>) => device.filter.accepts(frame(...bytes), true);
  const multicast = [1, 0, 0x5e, 0, 0, 9];
  const broadcast = [255, 255, 255, 255, 255, 255];
  const other = [2, 0, 0, 0, 0, 7];
  assert.deepEqual(
    [wanted(64), wanted(64, broadcast), wanted(64, multicast), wanted(64, other)],
    [true, true, true, false],
  );
  assert.equal(command(vm, control, 0, 1, 0), 0);
  assert.equal(wanted(64, multicast), false);
  assert.equal(command(vm, control, 1, 0, 1, 0, 0, 0, ...other, 1, 0, 0, 0, ...multicast), 0);
  assert.deepEqual([wanted(64, multicast), wanted(64, other)], [true, true]);
  assert.equal(command(vm, control, 0, 5, 1), 0);
  assert.equal(wanted(64, broadcast), false);
  assert.equal(command(vm, control, 0, 0, 1), 0);
  assert.equal(receptions.at(-1)?.isPromiscuous, true);
  const tagged = [...frame(64)];
  tagged.splice(12, 2, 0x81, 0, 0x20, 42);
  const hears = () => device.filter.accepts(Uint8Array.from(tagged), true);
  assert.equal(hears(), false, 'VLANs come first');
  assert.equal(command(vm, control, 2, 0, 42, 0), 0);
  assert.equal(hears(), true);
  assert.equal(command(vm, control, 2, 1, 42, 0), 0);
  assert.equal(hears(), false);
  assert.equal(command(vm, control, 1, 1, 0, 0x50, 0x56, 0, 0, 5), 0);
  assert.equal(receptions.at(-1)?.mac, 0x00_50_56_00_00_05);
  for (const wrong of [
    [],
    [0],
    [9, 9, 1],
    [0, 6, 1],
    [1, 1, 1, 2],
    [2, 0, 0xff, 0xff],
    [1, 0, 255, 255, 255, 255, 0, 0],
    [4, 0, 1, 0],
  ]) {
    assert.equal(command(vm, control, ...wrong, ...(wrong.length === 0 ? [77] : [])), 1, wrong.join());
  }
});

test('VirtioNet: an announcement is shown until the driver has made it', () => {
  const { device, vm, driver, queues } = machine();
  device.announce();
  assert.equal(driver.config(6, 2), 3);
  assert.equal(command(vm, queues[2], 3, 0), 0);
  assert.equal(driver.config(6, 2), 1);
});

test('VirtioNet: a copy is on the network once its driver has another address than the one it was copied with', () => {
  const parent = machine();
  assert.equal(command(parent.vm, parent.queues[2], 1, 1, 0, 0x50, 0x56, 0, 0, 5), 0);
  const wanted = frame(64, [0, 0x50, 0x56, 0, 0, 5]);
  for (const how of ['a command', 'a reset', 'a state of its own'] as const) {
    const { device, vm, driver, queues, sent } = machine();
    device.restore(structuredClone(parent.device.save()));
    device.becomeCopy();
    device.announce();
    assert.equal(driver.config(6, 2), 0, "the cable is out, and it says nothing of the other one's address");
    transmit(vm, queues[1], [], wanted);
    device.receive({ bytes: wanted });
    assert.deepEqual([sent.length, device.counters.receivedFrames], [0, 0]);
    // A copy of it, before its driver has done anything.
    const again = machine().device;
    again.restore(structuredClone(device.save()));
    assert.equal(again.save().othersMac, 0x00_50_56_00_00_05);
    if (how === 'a command') {
      assert.equal(command(vm, queues[2], 1, 1, 0, 0x50, 0x56, 0, 0, 5), 0);
      assert.equal(driver.config(6, 2), 0, 'that is the same address');
      assert.equal(command(vm, queues[2], 1, 1, 0, 0x50, 0x56, 0, 0, 6), 0);
    } else if (how === 'a reset') device.reset();
    else device.restore(machine().device.save());
    assert.equal(driver.config(6, 2), 1, how);
  }
});

test('VirtioNet: with queue pairs the control queue is the last, and a flow comes back where it was sent', () => {
  const { device, vm, queues } = machine({ maxPairs: 2, features: F.mac | CONTROL | PAIRS });
  assert.equal(queues.length, 5);
  assert.equal(command(vm, queues[4], 4, 0, 3, 0), 1);
  assert.equal(command(vm, queues[4], 4, 0, 2, 0), 0);
  const out = frame(80);
  out.set([0x45, 0, 0, 66, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 1, 2, 3, 4], 14);
  const back = frame(80);
  back.set([0x45, 0, 0, 66, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1, 3, 4, 1, 2], 14);
  transmit(vm, queues[3], [], out);
  for (const i of [0, 2]) queues[i]?.add({ address: BUFFER, length: 200, write: true });
  device.receive({ bytes: back });
  assert.deepEqual([queues[0]?.takeUsed().length, queues[2]?.takeUsed().length], [0, 1]);

  // Where flows go is part of the state.
  const other = machine({ maxPairs: 2, features: F.mac | CONTROL | PAIRS });
  other.device.restore(structuredClone(device.save()));
  for (const i of [0, 2]) other.queues[i]?.add({ address: BUFFER, length: 200, write: true });
  other.device.receive({ bytes: back });
  assert.deepEqual([other.queues[0]?.takeUsed().length, other.queues[2]?.takeUsed().length], [0, 1]);
});

test('NetSteering: all that it looks at lies in HASHED_BYTES', () => {
  const long = new Uint8Array(200).map((_, i) => i);
  long.set([0x86, 0xdd], 12);
  long[20] = 6;
  const steering = new NetSteering();
  steering.sent(long, 3);
  assert.equal(steering.queueOf(long.subarray(0, HASHED_BYTES), 4), 3);
});

test('VirtioNet: state travels; a reset forgets what the driver set', () => {
  const { device, vm, queues } = machine();
  command(vm, queues[2], 1, 1, 0, 0x50, 0x56, 0, 0, 5);
  const saved = structuredClone(device.save());
  const other = machine();
  other.device.restore(saved);
  assert.deepEqual(other.device.save(), saved);
  assert.equal(other.receptions.at(-1)?.mac, 0x00_50_56_00_00_05);
  device.reset();
  assert.equal(device.filter.state.mac, MAC);
});
