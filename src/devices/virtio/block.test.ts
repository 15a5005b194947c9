/** Tests of the virtio disk: each request type, what is refused, and stores that are slow, failing or read-only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { littleEndian, scatter } from '../dma.ts';
import { asText, type DriverBuffer, VirtioDriver, VirtioMachine } from '../testing.ts';
import { VirtioBlock } from './block.ts';
import type { BlockBackend, BlockRequest, BlockStatus } from './block-backend.ts';

const HEADER = 0x8002_0000;
const DATA = 0x8002_1000;
const STATUS = 0x8003_0000;
const FLUSH = 1n << 9n;
const TYPE = { in: 0, out: 1, flush: 4, getId: 8, discard: 11, writeZeroes: 13 } as const;
const SECTORS = 64;

/** A store in an array; with `manual` requests complete when the test says so. */
class ArrayStore implements BlockBackend {
  sizeBytes = SECTORS * 512;
  #resized = () => {};
  isReady = () => {};
  readonly readOnly: boolean;
  readonly id = 'disk-0';
  readonly bytes = new Uint8Array(this.sizeBytes);
  readonly log: string[] = [];
  readonly waiting: ((status: BlockStatus) => void)[] = [];
  readonly manual: boolean;
  answer: BlockStatus = 'ok';

  constructor({ readOnly = false, manual = false } = {}) {
    this.readOnly = readOnly;
    this.manual = manual;
  }

  submit(request: BlockRequest, done: (status: BlockStatus) => void): void {
    this.log.push('offset' in request ? `${request.kind} ${request.offset}` : request.kind);
    if (request.kind === 'read') scatter(request.buffers, this.bytes.subarray(request.offset));
    if (request.kind === 'write') {
      let at = request.offset;
      for (const buffer of request.buffers) {
        this.bytes.set(buffer, at);
        at += buffer.length;
      }
    }
    if (request.kind === 'write-zeroes') this.bytes.fill(0, request.offset, request.offset + request.length);
    if (this.manual) this.waiting.push(done);
    else done(this.answer);
  }

  onResize(listener: () => void): void {
    this.#resized = listener;
  }

  onReady(listener: () => void): void {
    this.isReady = listener;
  }

  grow(sectors: number): void {
    this.sizeBytes = sectors * 512;
    this.#resized();
  }

  complete(status: BlockStatus = 'ok'): void {
    this.waiting.shift()?.(status);
  }
}

function machine(store: ArrayStore, features = FLUSH) {
  const vm = new VirtioMachine(new VirtioBlock(store));
  const driver = new VirtioDriver(vm);
  const [queue] = driver.start(features, 16);
  if (queue === undefined) throw new Error('no queue');
  const submit = (type: number, sector: number, ...data: DriverBuffer[]): number => {
    vm.memory.write(
      HEADER,
      Uint8Array.from([...littleEndian(BigInt(type), 8), ...littleEndian(BigInt(sector), 8)]),
    );
    vm.memory.write(STATUS, Uint8Array.of(0xff));
    const head = queue.add({ address: HEADER, length: 16 }, ...data, {
      address: STATUS,
      length: 1,
      write: true,
    });
    queue.kick();
    return head;
  };
  /** Status byte and the length of the used entry. */
  const result = (): [number | undefined, number | undefined] => [
    vm.memory.read(STATUS, 1)[0],
    queue.takeUsed()[0]?.written,
  ];
  return { vm, driver, queue, submit, result };
}

const room = (length: number): DriverBuffer => ({ address: DATA, length, write: true });
const sent = (length: number): DriverBuffer => ({ address: DATA, length });

test('VirtioBlock: configuration', () => {
  const { driver } = machine(new ArrayStore());
  assert.deepEqual(
    [driver.config(0, 4), driver.config(4, 4), driver.config(12, 4), driver.config(20, 4)],
    [SECTORS, 0, 510, 512],
  );
  assert.deepEqual([driver.config(36, 4), driver.config(40, 4), driver.config(56, 1)], [0x3fffff, 16, 1]);
});

test('VirtioBlock: features follow the store', () => {
  const writable = new VirtioBlock(new ArrayStore()).features;
  const readOnly = new VirtioBlock(new ArrayStore({ readOnly: true })).features;
  assert.deepEqual([writable & (1n << 5n), readOnly & (1n << 5n)], [0n, 1n << 5n]);
  assert.deepEqual([writable & (1n << 13n), readOnly & (1n << 13n)], [1n << 13n, 0n]);
});

test('VirtioBlock: reads and writes sectors, also in pieces of any size', () => {
  const store = new ArrayStore();
  const { vm, submit, result } = machine(store);
  store.bytes.fill(0x5a, 1024, 2048);
  submit(TYPE.in, 2, room(1024));
  assert.deepEqual(result(), [0, 1025]);
  assert.ok(vm.memory.read(DATA, 1024).every((byte) => byte === 0x5a));
  vm.memory.write(
    DATA,
    new Uint8Array(512).map((_, i) => i),
  );
  submit(TYPE.out, 63, sent(100), { address: DATA + 100, length: 412 });
  assert.deepEqual(result(), [0, 1]);
  assert.deepEqual(store.bytes.slice(63 * 512), vm.memory.read(DATA, 512));
});

test('VirtioBlock: the header and the status may share descriptors with the data', () => {
  const store = new ArrayStore();
  store.bytes.fill(7, 0, 512);
  const { vm, queue } = machine(store);
  queue.add({ address: HEADER, length: 5 }, { address: HEADER + 5, length: 11 }, room(513));
  queue.kick();
  assert.deepEqual(queue.takeUsed(), [{ head: 0, written: 513 }]);
  assert.deepEqual([vm.memory.read(DATA + 511, 1)[0], vm.memory.read(DATA + 512, 1)[0]], [7, 0]);
});

test('VirtioBlock: flush, serial number, discard and write-zeroes', () => {
  const store = new ArrayStore();
  const { vm, submit, result } = machine(store);
  submit(TYPE.flush, 0);
  assert.deepEqual(result(), [0, 1]);
  submit(TYPE.getId, 0, room(20));
  assert.deepEqual(result(), [0, 21]);
  assert.equal(asText(vm.memory.read(DATA, 20)), 'disk-0'.padEnd(20, '\0'));
  const segment = (sector: number, sectors: number, flags: number): number[] => [
    ...littleEndian(BigInt(sector), 8),
    ...littleEndian(BigInt(sectors), 4),
    ...littleEndian(BigInt(flags), 4),
  ];
  vm.memory.write(DATA, Uint8Array.from([...segment(1, 2, 0), ...segment(8, 1, 0)]));
  submit(TYPE.discard, 0, sent(32));
  assert.deepEqual(result(), [0, 1]);
  store.bytes.fill(1);
  vm.memory.write(DATA, Uint8Array.from(segment(4, 2, 1)));
  submit(TYPE.writeZeroes, 0, sent(16));
  assert.deepEqual(result(), [0, 1]);
  assert.deepEqual([store.bytes.indexOf(0), store.bytes.lastIndexOf(0)], [2048, 3071]);
  assert.deepEqual(store.log, ['flush', 'discard 512', 'discard 4096', 'write-zeroes 2048']);
});

/** Request, its data as sector, count and flags of a segment, and the status it must get. */
const SEGMENTS: readonly (readonly [
  type: number,
  sector: bigint,
  sectors: number,
  flags: number,
  status: number,
])[] = [
  [TYPE.discard, 0n, 65, 0, 1],
  [TYPE.discard, 2n ** 64n - 1n, 1, 0, 1],
  [TYPE.discard, 0n, 1, 1, 2],
  [TYPE.discard, 0n, 1, 2, 2],
  [TYPE.writeZeroes, 63n, 2, 0, 1],
  [TYPE.writeZeroes, 0n, 1, 2, 2],
  [TYPE.writeZeroes, 0n, 0, 1, 0],
];

for (const [type, sector, sectors, flags, status] of SEGMENTS) {
  test(`VirtioBlock: type ${type} of ${sectors} sectors from ${sector} with flags ${flags} gets status ${status}`, () => {
    const store = new ArrayStore();
    const { vm, submit, result } = machine(store);
    vm.memory.write(
      DATA,
      Uint8Array.from([...littleEndian(sector, 8), ...littleEndian(BigInt(sectors), 4), flags, 0, 0, 0]),
    );
    submit(type, 0, sent(16));
    assert.equal(result()[0], status);
    assert.deepEqual(store.log, []);
  });
}

const REFUSED: readonly (readonly [
  name: string,
  type: number,
  sector: number,
  data: DriverBuffer[],
  status: number,
])[] = [
  ['a read over the end', TYPE.in, 63, [room(1024)], 1],
  ['a read far away', TYPE.in, 2 ** 52, [room(512)], 1],
  ['a read of half a sector', TYPE.in, 0, [room(256)], 1],
  ['a write over the end', TYPE.out, 64, [sent(512)], 1],
  ['a discard of half a segment', TYPE.discard, 0, [sent(8)], 1],
  ['a discard of nothing', TYPE.discard, 0, [], 1],
  ['a discard of too many segments', TYPE.discard, 0, [sent(17 * 16)], 1],
  ['a type nobody knows', 99, 0, [room(512)], 2],
];

for (const [name, type, sector, data, status] of REFUSED) {
  test(`VirtioBlock: ${name} gets status ${status}, and the next request works`, () => {
    const store = new ArrayStore();
    const { vm, submit, result } = machine(store);
    submit(type, sector, ...data);
    assert.equal(result()[0], status);
    assert.deepEqual([store.log, vm.faults], [[], []]);
    submit(TYPE.in, 0, room(512));
    assert.equal(result()[0], 0);
  });
}

test('VirtioBlock: a read-only store is not written', () => {
  const store = new ArrayStore({ readOnly: true });
  const { submit, result } = machine(store);
  submit(TYPE.out, 0, sent(512));
  assert.deepEqual([result()[0], store.log], [1, []]);
});

test('VirtioBlock: what the store says becomes the status', () => {
  const store = new ArrayStore();
  const { submit, result } = machine(store);
  for (const [answer, status] of [
    ['ioerr', 1],
    ['unsupported', 2],
    ['ok', 0],
  ] as const) {
    store.answer = answer;
    submit(TYPE.in, 0, room(512));
    assert.deepEqual(result(), [status, status === 0 ? 513 : 0]);
  }
});

test('VirtioBlock: without FLUSH each write is flushed before it is done', () => {
  const store = new ArrayStore({ manual: true });
  const { queue, submit } = machine(store, 0n);
  submit(TYPE.out, 0, sent(512));
  store.complete();
  assert.deepEqual([queue.takeUsed(), store.log], [[], ['write 0', 'flush']]);
  store.complete();
  assert.equal(queue.takeUsed().length, 1);
});

test('VirtioBlock: requests complete in any order, each with its own interrupt', () => {
  const store = new ArrayStore({ manual: true });
  const { vm, driver, queue, submit } = machine(store);
  const heads = [submit(TYPE.flush, 0), submit(TYPE.flush, 0)];
  store.waiting.reverse();
  store.complete();
  assert.deepEqual(
    queue.takeUsed().map(({ head }) => head),
    [heads[1]],
  );
  driver.isr();
  store.complete();
  assert.deepEqual(
    queue.takeUsed().map(({ head }) => head),
    [heads[0]],
  );
  assert.equal(vm.line.rises, 2);
});

test('VirtioBlock: a reset waits for the store; after a hard one late completions are dropped', () => {
  const store = new ArrayStore({ manual: true });
  const { vm, driver, queue, submit } = machine(store);
  submit(TYPE.flush, 0);
  driver.setCommon('status', 0);
  assert.notEqual(driver.common('status'), 0);
  store.complete();
  assert.equal(driver.common('status'), 0);

  const [again] = driver.start(FLUSH, 16);
  again?.add({ address: HEADER, length: 16 }, { address: STATUS, length: 1, write: true });
  again?.kick();
  vm.virtio.reset();
  vm.memory.write(STATUS, Uint8Array.of(0x77));
  store.complete();
  assert.deepEqual([vm.memory.read(STATUS, 1)[0], queue.takeUsed()], [0x77, []]);
});

test('VirtioBlock: a request without header or status needs a reset, which then works', () => {
  for (const buffers of [[{ address: HEADER, length: 16 }], [{ address: HEADER, length: 15 }, room(1)]]) {
    const { vm, driver, queue } = machine(new ArrayStore());
    queue.add(...buffers);
    queue.kick();
    assert.match(vm.faults[0] ?? '', /^block "disk-0": request/);
    assert.equal(driver.common('status') & 0x40, 0x40);
    driver.setCommon('status', 0);
    assert.equal(driver.common('status'), 0);
  }
});

test('VirtioBlock: the same chain twice at once needs a reset', () => {
  const { vm, queue, submit } = machine(new ArrayStore({ manual: true }));
  queue.offer(submit(TYPE.flush, 0));
  queue.kick();
  assert.match(vm.faults[0] ?? '', /descriptor 0 was made available twice/);
});

test('VirtioBlock: what was at the store when saved is asked of the next store again', () => {
  const store = new ArrayStore({ manual: true });
  const { vm, submit } = machine(store);
  vm.memory.write(DATA, new Uint8Array(512).fill(9));
  submit(TYPE.out, 1, sent(512));
  vm.virtio.pause();
  const next = new ArrayStore();
  const other = new VirtioMachine(new VirtioBlock(next));
  other.memory.write(other.memory.base, vm.memory.read(vm.memory.base, vm.memory.size));
  other.virtio.restore(structuredClone(vm.virtio.save()));
  other.pci.restore(structuredClone(vm.pci.save()));
  assert.deepEqual(next.log, ['write 512']);
  assert.equal(other.memory.read(STATUS, 1)[0], 0);
  assert.equal(other.line.level, true);
});

test('VirtioBlock: an id that is too long or not ASCII is refused', () => {
  for (const id of ['x'.repeat(21), 'ü']) {
    const store = { sizeBytes: 512, readOnly: false, id, submit: () => {} };
    assert.throws(() => new VirtioBlock(store), /Cannot make a disk of id/);
  }
});

test('VirtioBlock: a disk that grows is told to the driver, and its new sectors can be used', () => {
  const store = new ArrayStore();
  const { driver, submit, result } = machine(store);
  submit(TYPE.in, SECTORS, room(512));
  assert.deepEqual(result(), [1, 0]);
  const generation = driver.common('generation');
  store.grow(SECTORS + 8);
  assert.notEqual(driver.common('generation'), generation);
  assert.equal(driver.config(0, 4), SECTORS + 8);
  assert.equal(driver.isr() & 2, 2);
  submit(TYPE.in, SECTORS, room(512));
  assert.equal(result()[0], 0);
});

test('VirtioBlock: several queues, each answered on its own, also when requests were too many', () => {
  const store = new ArrayStore({ manual: true });
  const vm = new VirtioMachine(new VirtioBlock(store, { queues: 3 }));
  const driver = new VirtioDriver(vm);
  const queues = driver.start(FLUSH | (1n << 12n), 16);
  assert.equal(queues.length, 3);
  assert.equal(driver.config(34, 2), 3);
  for (const [index, queue] of queues.entries()) {
    vm.memory.write(HEADER + 16 * index, littleEndian(0n, 16));
    queue.add(
      { address: HEADER + 16 * index, length: 16 },
      { address: DATA + 512 * index, length: 512, write: true },
      { address: STATUS + index, length: 1, write: true },
    );
    queue.kick();
  }
  for (const order of [2, 0, 1]) {
    const done = store.waiting.splice(
      order > store.waiting.length - 1 ? store.waiting.length - 1 : order,
      1,
    )[0];
    driver.isr();
    done?.('ok');
    assert.equal(driver.isr() & 1, 1);
  }
  assert.deepEqual(
    queues.map((queue) => queue.takeUsed().length),
    [1, 1, 1],
  );
});

test('VirtioBlock: a request for later stays in the ring, with those behind it, and is sent again when the store can', () => {
  const store = new ArrayStore();
  const { submit, result } = machine(store);
  store.answer = 'later';
  submit(TYPE.out, 1, sent(512));
  assert.deepEqual(store.log, ['write 512']);
  submit(TYPE.out, 1, sent(512));
  assert.deepEqual(store.log, ['write 512'], 'nothing is asked of a store that cannot');
  store.isReady();
  assert.deepEqual(store.log, ['write 512', 'write 512'], 'it cannot yet');
  store.answer = 'ok';
  store.isReady();
  assert.deepEqual(store.log.slice(2), ['write 512', 'write 512']);
  assert.deepEqual(result(), [0, 1]);
});
