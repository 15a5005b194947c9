/** Tests of the virtio SCSI host: what drivers of disks and CDs send, what is refused and with which sense. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scatter } from '../dma.ts';
import { SENSE, type SenseName } from '../scsi/sense.ts';
import { type DriverBuffer, VirtioDriver, VirtioMachine } from '../testing.ts';
import type { BlockBackend, BlockRequest, BlockStatus } from './block-backend.ts';
import { VirtioScsi } from './scsi.ts';

const REQUEST = 0x8002_0000;
const ANSWER = 0x8002_1000;
const DATA = 0x8002_2000;
const DATA_BYTES = 0x8000;
const BLOCKS = 64;

class ArrayStore implements BlockBackend {
  sizeBytes = BLOCKS * 512;
  readonly readOnly: boolean;
  readonly id: string;
  readonly bytes = new Uint8Array(BLOCKS * 1024);
  readonly log: string[] = [];
  answers: BlockStatus[] = [];
  resized = () => {};
  ready = () => {};

  constructor(id: string, readOnly = false) {
    this.id = id;
    this.readOnly = readOnly;
  }

  submit(request: BlockRequest, done: (status: BlockStatus) => void): void {
    const answer = this.answers.shift() ?? 'ok';
    this.log.push('offset' in request ? `${request.kind} ${request.offset}` : request.kind);
    if (answer === 'ok' && request.kind === 'read')
      scatter(request.buffers, this.bytes.subarray(request.offset));
    if (answer === 'ok' && request.kind === 'write') {
      let at = request.offset;
      for (const buffer of request.buffers) {
        this.bytes.set(buffer, at);
        at += buffer.length;
      }
    }
    if (answer === 'ok' && request.kind === 'write-zeroes')
      this.bytes.fill(0, request.offset, request.offset + request.length);
    done(answer);
  }

  onResize(listener: () => void): void {
    this.resized = listener;
  }

  onReady(listener: () => void): void {
    this.ready = listener;
  }
}

interface Answer {
  readonly status: number;
  readonly response: number;
  readonly sense: string;
  readonly residual: number;
  readonly data: Uint8Array;
}

function machine() {
  const stores = [new ArrayStore('disk-0'), new ArrayStore('disk-1', true), new ArrayStore('cd-0')] as const;
  const [disk, frozen, cd] = stores;
  const device = new VirtioScsi([
    { target: 0, kind: 'disk', backend: disk },
    { target: 3, kind: 'disk', backend: frozen },
    { target: 9, kind: 'cdrom', backend: cd },
  ]);
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const [control, event, queue] = driver.start(6n, 16);
  if (control === undefined || event === undefined || queue === undefined) throw new Error('no queues');
  /** A command to a target; with `out` these bytes go along, else there is room for `room` bytes. */
  const scsi = (
    target: number,
    cdb: readonly number[],
    given: { out?: Uint8Array; room?: number; lun?: number } = {},
  ): Answer => {
    const { out, room = 0, lun = 0 } = given;
    const head = new Uint8Array(51);
    head.set([1, target, 0x40 | (lun >> 8), lun & 0xff]);
    head.set(cdb, 19);
    vm.memory.write(REQUEST, head);
    vm.memory.write(ANSWER, new Uint8Array(108).fill(0xee));
    vm.memory.write(DATA, out ?? new Uint8Array(room));
    const buffers: DriverBuffer[] = [{ address: REQUEST, length: 51 }];
    if (out) buffers.push({ address: DATA, length: out.length });
    buffers.push({ address: ANSWER, length: 108, write: true });
    if (room > 0) buffers.push({ address: DATA, length: room, write: true });
    queue.add(...buffers);
    queue.kick();
    const [used] = queue.takeUsed();
    assert.ok(used !== undefined, 'it was answered');
    return answer(used.written - 108);
  };
  const answer = (written: number): Answer => {
    const bytes = vm.memory.read(ANSWER, 108);
    const view = new DataView(Uint8Array.from(bytes).buffer);
    const [key, code, qualifier] = [bytes[14], bytes[24], bytes[25]];
    const found = Object.entries(SENSE).find(
      ([, row]) => row.key === key && row.code === code && row.qualifier === qualifier,
    );
    return {
      ...{ status: bytes[10] ?? -1, response: bytes[11] ?? -1, residual: view.getUint32(4, true) },
      sense: view.getUint32(0, true) === 0 ? '' : (found?.[0] ?? 'unknown'),
      data: vm.memory.read(DATA, Math.max(0, written)),
    };
  };
  // What everyone is told first.
  for (const target of [0, 3, 9]) assert.equal(scsi(target, [0]).sense, 'reset');
  return { vm, driver, device, control, event, queue, scsi, disk, frozen, cd };
}

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes).trimEnd();
const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

test('VirtioScsi: configuration; sizes of answers are the driver’s to say, within bounds', () => {
  const { driver } = machine();
  assert.deepEqual(
    [0, 16, 20, 24, 32].map((at) => driver.config(at, 4)),
    [1, 16, 96, 32, 0x3fff],
  );
  assert.equal(driver.config(30, 2), 255);
});

test('VirtioScsi: INQUIRY, its pages, REPORT LUNS, MODE SENSE', () => {
  const { scsi } = machine();
  const disk = scsi(0, [0x12, 0, 0, 0, 96, 0], { room: 96 });
  assert.deepEqual(
    [disk.data[0], disk.data[1], text(disk.data.subarray(8, 16)), text(disk.data.subarray(16, 32))],
    [0, 0, 'VMKERNEL', 'Virtual disk'],
  );
  assert.deepEqual([disk.residual, disk.status], [60, 0]);
  const cd = scsi(9, [0x12, 0, 0, 0, 36, 0], { room: 36 });
  assert.deepEqual([cd.data[0], cd.data[1]], [5, 0x80]);
  for (const page of scsi(0, [0x12, 1, 0, 0, 64, 0], { room: 64 }).data.subarray(4)) {
    const { data, sense } = scsi(0, [0x12, 1, page, 0, 255, 0], { room: 255 });
    assert.deepEqual([sense, data[1]], ['', page]);
  }
  assert.equal(text(scsi(0, [0x12, 1, 0x80, 0, 64, 0], { room: 64 }).data.subarray(4)), 'disk-0');
  assert.deepEqual(
    [...scsi(3, [0xa0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0], { room: 16 }).data],
    [0, 0, 0, 8, ...new Uint8Array(12)],
  );
  assert.equal(scsi(0, [0x1a, 0, 0x08, 0, 64, 0], { room: 64 }).data[6], 4, 'there is a cache');
  assert.equal(scsi(3, [0x1a, 0, 0x3f, 0, 64, 0], { room: 64 }).data[2], 0x80, 'write-protected');
  assert.equal(scsi(0, [0x5a, 0, 0x3f, 0, 0, 0, 0, 0, 128, 0], { room: 128 }).data.length, 8 + 20 + 12);
});

test('VirtioScsi: READ CAPACITY and blocks by commands of all lengths', () => {
  const { scsi, disk } = machine();
  assert.deepEqual([...scsi(0, [0x25], { room: 8 }).data], [...be32(BLOCKS - 1), ...be32(512)]);
  assert.deepEqual(
    [...scsi(0, [0x9e, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32], { room: 32 }).data.subarray(0, 12)],
    [0, 0, 0, 0, ...be32(BLOCKS - 1), ...be32(512)],
  );
  const block = (byte: number) => new Uint8Array(1024).fill(byte);
  const [ten, sixteen] = [
    (code: number, at: number) => [code, 0, ...be32(at), 0, 0, 2, 0],
    (code: number, at: number) => [code, 0, 0, 0, 0, 0, ...be32(at), ...be32(2), 0, 0],
  ];
  const commands: readonly (readonly [write: number[], read: number[]])[] = [
    [
      [0x0a, 0, 0, 4, 2, 0],
      [0x08, 0, 0, 4, 2, 0],
    ],
    [ten(0x2a, 8), ten(0x28, 8)],
    [
      [0xaa, 0, ...be32(12), ...be32(2), 0, 0],
      [0xa8, 0, ...be32(12), ...be32(2), 0, 0],
    ],
    [sixteen(0x8a, 16), sixteen(0x88, 16)],
  ];
  for (const [index, [write, read]] of commands.entries()) {
    assert.equal(scsi(0, write, { out: block(index + 1) }).status, 0);
    const { data, residual } = scsi(0, read, { room: 1024 });
    assert.deepEqual([data.length, residual], [1024, 0]);
    assert.ok(data.every((byte) => byte === index + 1));
    assert.equal(disk.bytes[(4 + 4 * index) * 512], index + 1);
  }
  disk.log.length = 0;
  scsi(0, [0x2a, 0x08, ...be32(0), 0, 0, 2, 0], { out: block(9) });
  scsi(0, [0x35]);
  assert.deepEqual(disk.log, ['write 0', 'flush', 'flush']);
});

test('VirtioScsi: UNMAP and WRITE SAME make zeroes, or blocks of a pattern', () => {
  const { scsi, disk } = machine();
  disk.bytes.fill(7);
  const list = Uint8Array.from([0, 22, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, ...be32(2), ...be32(3), 0, 0, 0, 0]);
  assert.equal(scsi(0, [0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0], { out: list }).status, 0);
  assert.deepEqual(
    [disk.bytes[1023], disk.bytes[1024], disk.bytes[5 * 512 - 1], disk.bytes[5 * 512]],
    [7, 0, 0, 7],
  );
  scsi(0, [0x41, 0x08, ...be32(10), 0, 0, 2, 0], { out: new Uint8Array(512) });
  assert.deepEqual([disk.bytes[10 * 512], disk.bytes[12 * 512]], [0, 7]);
  scsi(0, [0x93, 0, 0, 0, 0, 0, ...be32(20), ...be32(2), 0, 0], { out: new Uint8Array(512).fill(5) });
  assert.deepEqual([disk.bytes[20 * 512], disk.bytes[22 * 512 - 1], disk.bytes[22 * 512]], [5, 5, 7]);
});

test('VirtioScsi: what cannot be done is told with its sense, and moves nothing', () => {
  const { scsi, disk, frozen } = machine();
  const block = new Uint8Array(512);
  const cases: readonly (readonly [
    target: number,
    cdb: readonly number[],
    given: Parameters<typeof scsi>[2],
    SenseName,
  ])[] = [
    [0, [0x28, 0, ...be32(BLOCKS), 0, 0, 1, 0], { room: 512 }, 'outOfRange'],
    [0, [0x88, 0, 255, 255, 255, 255, 255, 255, 255, 255, ...be32(1), 0, 0], { room: 512 }, 'outOfRange'],
    [0, [0x28, 0, ...be32(0), 0, 0, 2, 0], { room: 512 }, 'invalidField'],
    [0, [0x2a, 0, ...be32(0), 0, 0, 2, 0], { out: block }, 'invalidField'],
    [3, [0x2a, 0, ...be32(0), 0, 0, 1, 0], { out: block }, 'writeProtected'],
    [3, [0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0], { out: block }, 'writeProtected'],
    [
      0,
      [0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0],
      { out: Uint8Array.from([0, 22, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, ...be32(60), ...be32(9), 0, 0, 0, 0]) },
      'outOfRange',
    ],
    [0, [0x42, 0, 0, 0, 0, 0, 0, 0, 4, 0], { out: block }, 'parameterLength'],
    [0, [0xff], {}, 'invalidCommand'],
    [9, [0x2a, 0, ...be32(0), 0, 0, 1, 0], { out: block }, 'invalidCommand'],
    [0, [0x12, 1, 0x99, 0, 96, 0], { room: 96 }, 'invalidField'],
    [0, [0x00], { lun: 1 }, 'noUnit'],
  ];
  for (const [target, cdb, given, sense] of cases) {
    const answer = scsi(target, cdb, given);
    assert.deepEqual([answer.status, answer.sense, answer.data.length], [2, sense, 0], cdb.join());
  }
  assert.deepEqual([...disk.log, ...frozen.log], []);
  assert.equal(scsi(77, [0]).response, 3, 'no such target');
  disk.answers = ['ioerr', 'ioerr'];
  assert.equal(scsi(0, [0x28, 0, ...be32(0), 0, 0, 1, 0], { room: 512 }).sense, 'readError');
  assert.equal(scsi(0, [0x2a, 0, ...be32(0), 0, 0, 1, 0], { out: block }).sense, 'writeError');
});

test('VirtioScsi: a CD is read in blocks of 2 KiB, has a track, and can be taken out and put in', () => {
  const { scsi, cd, device } = machine();
  cd.bytes.fill(3, 2048, 4096);
  assert.deepEqual([...scsi(9, [0x25], { room: 8 }).data], [...be32(BLOCKS / 4 - 1), ...be32(2048)]);
  assert.ok(scsi(9, [0x28, 0, ...be32(1), 0, 0, 1, 0], { room: 2048 }).data.every((byte) => byte === 3));
  assert.deepEqual(
    [...scsi(9, [0x43, 0, 0, 0, 0, 0, 1, 0, 20, 0], { room: 20 }).data],
    [0, 18, 1, 1, 0, 0x14, 1, 0, 0, 0, 0, 0, 0, 0x14, 0xaa, 0, ...be32(BLOCKS / 4)],
  );
  assert.deepEqual([...scsi(9, [0x46, 0, 0, 0, 0, 0, 0, 0, 8, 0], { room: 8 }).data.subarray(6)], [0, 8]);
  const event = () => [...scsi(9, [0x4a, 1, 0, 0, 0x10, 0, 0, 0, 8, 0], { room: 8 }).data.subarray(4, 6)];
  assert.deepEqual(event(), [0, 2]);
  scsi(9, [0x1e, 0, 0, 0, 1]);
  assert.equal(scsi(9, [0x1b, 0, 0, 0, 2]).sense, 'removalPrevented');
  scsi(9, [0x1e, 0, 0, 0, 0]);
  assert.equal(scsi(9, [0x1b, 0, 0, 0, 2]).status, 0);
  assert.deepEqual([scsi(9, [0]).sense, event()], ['mediumAbsent', [3, 0]]);
  assert.equal(scsi(9, [0x28, 0, ...be32(1), 0, 0, 1, 0], { room: 2048 }).sense, 'mediumAbsent');
  device.unit(9)?.insert();
  assert.deepEqual([scsi(9, [0]).sense, scsi(9, [0]).sense, event()], ['mediumChanged', '', [2, 2]]);
});

test('VirtioScsi: a disk that grows is told by an event and a unit attention', () => {
  const { scsi, disk, event, vm } = machine();
  event.add({ address: DATA + DATA_BYTES - 16, length: 16, write: true });
  disk.sizeBytes += 512;
  disk.resized();
  assert.deepEqual(
    [...vm.memory.read(DATA + DATA_BYTES - 16, 16)],
    [3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x2a, 9, 0, 0],
  );
  assert.equal(scsi(0, [0]).sense, 'capacityChanged');
  assert.deepEqual([...scsi(0, [0x25], { room: 8 }).data.subarray(0, 4)], be32(BLOCKS));
});

const EVENT_AT = DATA + DATA_BYTES - 16;

test('VirtioScsi: a disk that is plugged in answers, one that is taken out does not, and the driver hears of both', () => {
  const { scsi, device, event, vm } = machine();
  const told = () => [...vm.memory.read(EVENT_AT, 16)];
  event.add({ address: EVENT_AT, length: 16, write: true });
  device.plug({ target: 5, kind: 'disk', backend: new ArrayStore('disk-5') });
  assert.deepEqual(told(), [1, 0, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual([scsi(5, [0]).sense, scsi(5, [0]).sense], ['reset', '']);
  assert.equal(scsi(0, [0]).sense, '', 'others have nothing to say of it');
  assert.throws(() => device.plug({ target: 5, kind: 'disk', backend: new ArrayStore('x') }), /not free/);
  assert.throws(() => device.plug({ target: 256, kind: 'disk', backend: new ArrayStore('x') }), /not free/);
  event.add({ address: EVENT_AT, length: 16, write: true });
  device.unplug(5);
  assert.deepEqual(told(), [1, 0, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]);
  assert.equal(scsi(5, [0]).response, 3);
  device.unplug(5);
  assert.equal(event.takeUsed().length, 2, 'nothing is told of what was not there');
});

test('VirtioScsi: events that find no buffer are told as missed with the next one, also after a restore', () => {
  const { device, event, vm } = machine();
  device.plug({ target: 5, kind: 'disk', backend: new ArrayStore('disk-5') });
  device.unplug(0);
  vm.virtio.restore(structuredClone(vm.virtio.save()));
  event.add({ address: EVENT_AT, length: 16, write: true });
  event.kick();
  assert.deepEqual([...vm.memory.read(EVENT_AT, 16)], [0, 0, 0, 0x80, ...new Uint8Array(12)]);
  event.add({ address: EVENT_AT, length: 16, write: true });
  event.kick();
  assert.equal(event.takeUsed().length, 1, 'once');
  event.add({ address: EVENT_AT, length: 15, write: true });
  for (const target of [3, 9]) device.unplug(target);
  assert.match(vm.faults.join(), /SCSI event buffer of 15 bytes/, 'a driver that breaks the rules');
});

test('VirtioScsi: a driver that hears of no plugging learns from the other units', () => {
  const { device, driver, vm } = machine();
  vm.virtio.reset();
  driver.start(0n, 16);
  const frozen = device.unit(3);
  const state = { blocks: BLOCKS, isLocked: false, hasMedium: true };
  device.plug({ target: 5, kind: 'disk', backend: new ArrayStore('disk-5') });
  assert.equal(frozen?.save().attention, 'reset', 'which says as much');
  frozen?.restore({ ...state, attention: '' });
  device.unplug(5);
  assert.equal(frozen?.save().attention, 'unitsChanged');
});

test('VirtioScsi: what was asked of a disk that is taken out fails, and others go on', () => {
  const { device, frozen, queue, vm } = machine();
  const finish: (() => void)[] = [];
  const slow = new ArrayStore('slow');
  slow.submit = (_, done) => void finish.push(() => done('ok'));
  device.plug({ target: 5, kind: 'disk', backend: slow });
  device.unit(5)?.restore({ blocks: BLOCKS, attention: '', isLocked: false, hasMedium: true });
  const ask = (target: number, at: number) => {
    const head = new Uint8Array(51);
    head.set([1, target, 0x40, 0]);
    head.set([0x28, 0, ...be32(0), 0, 0, 1, 0], 19);
    vm.memory.write(REQUEST + at * 64, head);
    queue.add(
      { address: REQUEST + at * 64, length: 51 },
      { address: ANSWER + at * 128, length: 108, write: true },
      { address: DATA + at * 512, length: 512, write: true },
    );
    queue.kick();
  };
  ask(5, 0);
  frozen.answers = ['later'];
  ask(3, 1);
  assert.deepEqual(queue.takeUsed(), []);
  device.unplug(5);
  assert.deepEqual(
    [queue.takeUsed().length, vm.memory.read(ANSWER, 12)[11], vm.memory.read(ANSWER + 128, 12)[11]],
    [2, 3, 0],
  );
  for (const late of finish) late();
  assert.deepEqual(queue.takeUsed(), []);
});

test('VirtioScsi: a request whose store is to be asked later is asked again, and state comes back', () => {
  const { disk, queue, vm, driver } = machine();
  disk.answers = ['later'];
  const head = new Uint8Array(51);
  head.set([1, 0, 0x40, 0]);
  head.set([0x28, 0, ...be32(0), 0, 0, 1, 0], 19);
  vm.memory.write(REQUEST, head);
  queue.add(
    { address: REQUEST, length: 51 },
    { address: ANSWER, length: 108, write: true },
    { address: DATA, length: 512, write: true },
  );
  queue.kick();
  assert.deepEqual(queue.takeUsed(), []);
  disk.ready();
  assert.equal(queue.takeUsed()[0]?.written, 108 + 512);
  vm.virtio.restore(structuredClone(vm.virtio.save()));
  assert.equal(driver.config(20, 4), 96);
});

test('VirtioScsi: task management is answered; a chain that is none ends in a device that needs a reset', () => {
  const { control, scsi, vm } = machine();
  const manage = (bytes: Uint8Array) => {
    vm.memory.write(REQUEST, bytes);
    control.add({ address: REQUEST, length: bytes.length }, { address: ANSWER, length: 5, write: true });
    control.kick();
    control.takeUsed();
    return vm.memory.read(ANSWER, 5);
  };
  const task = (subtype: number, target: number) =>
    Uint8Array.from([0, 0, 0, 0, subtype, 0, 0, 0, 1, target, 0x40, 0, ...new Uint8Array(12)]);
  assert.equal(manage(task(5, 0))[0], 0);
  assert.equal(scsi(0, [0]).sense, 'reset');
  assert.deepEqual([manage(task(5, 44))[0], manage(task(99, 0))[0]], [3, 11]);
  assert.equal(manage(Uint8Array.from([2, 0, 0, 0, 1, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0]))[4], 0);
  manage(Uint8Array.from([0, 0]));
  assert.equal(vm.faults.length, 1);
});
