/** Tests of the serial port as dialogues with its driver. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, asText, type DriverQueue, VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioSerialPort, type VirtioSerialPortStateV1 } from './serial-port.ts';

const BUFFER = 0x8002_0000;
const OUT = 0x8003_0000;
type Queue = DriverQueue<VirtioSerialPortStateV1>;

function machine() {
  const written: string[] = [];
  const opened: boolean[] = [];
  let ready = 0;
  const device = new VirtioSerialPort('a.name', {
    write: (bytes) => void written.push(asText(bytes)),
    opened: (isOpen) => void opened.push(isOpen),
    ready: () => void ready++,
  });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const start = () => {
    const queues = driver.start(2n, 16);
    const [controlReceive, controlTransmit, receive, transmit] = queues.slice(2) as [
      Queue,
      Queue,
      Queue,
      Queue,
    ];
    return { controlReceive, controlTransmit, receive, transmit };
  };
  const say = (queue: Queue, port: number, event: number, value: number) => {
    vm.memory.write(OUT, Uint8Array.of(port, 0, 0, 0, event, 0, value, 0));
    queue.add({ address: OUT, length: 8 });
    queue.kick();
    queue.takeUsed();
  };
  return { device, vm, driver, written, opened, ready: () => ready, start, say };
}

/** What the device said on its control queue. */
function heard(vm: VirtioMachine<VirtioSerialPortStateV1>, queue: Queue): string[] {
  return queue.takeUsed().map(({ written }, i) => {
    const bytes = vm.memory.read(BUFFER + 64 * i, written);
    return `${bytes[0]} ${bytes[4]} ${bytes[6]} ${asText(bytes.subarray(8))}`;
  });
}

function open() {
  const all = machine();
  const queues = all.start();
  all.say(queues.controlTransmit, 1, 6, 1);
  return { ...all, ...queues };
}

test('VirtioSerialPort: adds its port, names it, and says that it is open', () => {
  const { vm, driver, start, say } = machine();
  assert.equal(driver.config(4, 4), 2);
  const { controlReceive, controlTransmit } = start();
  for (let i = 0; i < 4; i++) controlReceive.add({ address: BUFFER + 64 * i, length: 64, write: true });
  controlReceive.kick();
  say(controlTransmit, 0xff, 0, 1);
  assert.deepEqual(heard(vm, controlReceive), ['1 1 1 ']);
  for (let i = 0; i < 1; i++) controlReceive.add({ address: BUFFER, length: 64, write: true });
  controlReceive.kick();
  say(controlTransmit, 1, 3, 1);
  const [name, isOpen] = controlReceive.takeUsed();
  assert.deepEqual([name?.written, isOpen?.written], [8 + 6, 8]);
});

test('VirtioSerialPort: messages wait for buffers, and no more of them than eight', () => {
  const { device, start, say } = machine();
  const { controlReceive, controlTransmit } = start();
  for (let i = 0; i < 20; i++) say(controlTransmit, 0, 0, 1);
  assert.equal(device.save().messages.length, 8);
  controlReceive.add({ address: BUFFER, length: 64, write: true });
  controlReceive.kick();
  assert.equal(controlReceive.takeUsed().length, 1);
});

test('VirtioSerialPort: input goes to a guest that has the port open, and to no other', () => {
  const { device, vm, opened, ready, receive, controlTransmit, say } = open();
  assert.deepEqual(opened, [true]);
  assert.equal(device.receive(ascii('hello')), 5);
  receive.add({ address: BUFFER, length: 3, write: true });
  receive.add({ address: BUFFER + 16, length: 9, write: true });
  receive.kick();
  assert.equal(ready(), 1);
  assert.deepEqual(
    receive.takeUsed().map(({ written }) => written),
    [3, 2],
  );
  assert.equal(asText(vm.memory.read(BUFFER, 3)), 'hel');
  say(controlTransmit, 1, 6, 0);
  assert.deepEqual(opened, [true, false]);
  assert.equal(device.receive(ascii('more')), 0);
});

test('VirtioSerialPort: input has a bound', () => {
  const { device } = open();
  assert.equal(device.receive(new Uint8Array(70_000)), 65_536);
  assert.equal(device.receive(new Uint8Array(1)), 0);
});

test('VirtioSerialPort: what the guest writes goes to the host', () => {
  const { vm, written, transmit } = open();
  vm.memory.write(BUFFER, ascii('a line\n'));
  transmit.add({ address: BUFFER, length: 7 });
  transmit.kick();
  assert.deepEqual(written, ['a line\n']);
});

test('VirtioSerialPort: a reset closes the port, and a state brings it to another host', () => {
  const { device, vm, driver, opened } = open();
  device.receive(ascii('x'));
  vm.virtio.pause();
  const other = machine();
  other.vm.virtio.restore(structuredClone(vm.virtio.save()));
  assert.deepEqual(other.opened, [true]);
  assert.equal(asText(other.device.save().input), 'x');
  vm.virtio.resume();
  driver.setCommon('status', 0);
  assert.deepEqual(opened, [true, false]);
  assert.equal(device.save().input.length, 0);
});
