/** Tests of the split virtqueue: rings that wrap, notification suppression, and every way a driver can break the rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESCRIPTOR, type DriverQueue, ScatteredMemory, VirtioDriver, VirtioMachine } from '../testing.ts';
import { type Chain, readChain } from './chain.ts';
import { EntropyDevice, type EntropyStateV1 } from './entropy.ts';
import { FEATURE } from './status.ts';

const BUFFER = 0x8002_0000;
const RAM_END = 0x8004_0000;
const { next: NEXT, write: WRITE, indirect: INDIRECT } = DESCRIPTOR;

/** An entropy device answers each chain at once, which is all these tests need. */
function machine(features: bigint, size = 4) {
  const vm = new VirtioMachine(new EntropyDevice({ fill: (bytes) => bytes.fill(0xaa) }));
  const driver = new VirtioDriver(vm);
  const [queue] = driver.start(features, size);
  if (queue === undefined) throw new Error('no queue');
  return { vm, driver, queue };
}

test('Virtqueue: goes around both rings many times', () => {
  const { queue } = machine(0n);
  for (let round = 0; round < 70_000 / 4; round++) {
    const heads = [0, 1, 2, 3].map(() => queue.add({ address: BUFFER, length: 1, write: true }));
    queue.kick();
    assert.deepEqual(
      queue.takeUsed().map(({ head }) => head),
      heads,
    );
  }
});

test('Virtqueue: buffers that cross pages, in several descriptors', () => {
  const { vm, queue } = machine(0n);
  queue.add(
    { address: BUFFER + 4090, length: 10, write: true },
    { address: BUFFER, length: 5000, write: true },
  );
  queue.kick();
  assert.deepEqual(queue.takeUsed(), [{ head: 0, written: 5010 }]);
  assert.ok(
    vm.memory
      .read(BUFFER, 5100)
      .subarray(0, 5000)
      .every((byte) => byte === 0xaa),
  );
  assert.equal(vm.memory.read(BUFFER + 5000, 1)[0], 0);
});

test('Virtqueue: an indirect table, alone and after a direct descriptor', () => {
  const { vm, queue } = machine(FEATURE.indirectDescriptors);
  const table = BUFFER + 0x1000;
  queue.describe(0, BUFFER, 8, NEXT | WRITE, 2, table);
  queue.describe(2, BUFFER + 8, 8, WRITE, 0, table);
  queue.describe(0, table, 48, INDIRECT);
  queue.offer(0);
  queue.describe(1, BUFFER + 32, 4, NEXT | WRITE, 2);
  queue.describe(2, table, 48, INDIRECT);
  queue.offer(1);
  queue.kick();
  assert.deepEqual(queue.takeUsed(), [
    { head: 0, written: 16 },
    { head: 1, written: 20 },
  ]);
  assert.deepEqual(vm.faults, []);
});

test('Virtqueue: an indirect table may be longer than the queue', () => {
  const { vm, queue } = machine(FEATURE.indirectDescriptors);
  for (let i = 0; i < 256; i++)
    queue.describe(i, BUFFER + i, 1, WRITE | (i < 255 ? NEXT : 0), i + 1, BUFFER + 0x1000);
  queue.describe(0, BUFFER + 0x1000, 4096, INDIRECT);
  queue.offer(0);
  queue.kick();
  assert.deepEqual([queue.takeUsed(), vm.faults], [[{ head: 0, written: 256 }], []]);
});

test('Virtqueue: the flag suppresses interrupts without EVENT_IDX', () => {
  const { vm, driver, queue } = machine(0n);
  vm.put(driver.barBase + 0x20, 4, queue.descriptors);
  vm.memory.write(queue.available, Uint8Array.of(1, 0));
  queue.add({ address: BUFFER, length: 1, write: true });
  queue.kick();
  assert.equal(vm.line.rises, 0);
  vm.memory.write(queue.available, Uint8Array.of(0, 0));
  queue.add({ address: BUFFER, length: 1, write: true });
  queue.kick();
  assert.equal(vm.line.rises, 1);
});

test('Virtqueue: with EVENT_IDX the interrupt comes when used_event is passed', () => {
  const { vm, driver, queue } = machine(FEATURE.eventIndex);
  const usedEvent = queue.available + 4 + 2 * queue.size;
  const rises: number[] = [];
  vm.memory.write(usedEvent, Uint8Array.of(2, 0));
  for (let i = 0; i < 5; i++) {
    queue.add({ address: BUFFER, length: 1, write: true });
    queue.kick();
    rises.push(vm.line.rises);
    driver.isr();
  }
  assert.deepEqual(rises, [0, 0, 1, 1, 1]);
});

test('Virtqueue: with EVENT_IDX an emptied ring asks for the next kick', () => {
  const { vm, queue } = machine(FEATURE.eventIndex);
  const availableEvent = queue.used + 4 + 8 * queue.size;
  for (let i = 0; i < 3; i++) queue.add({ address: BUFFER, length: 1, write: true });
  queue.kick();
  assert.equal(vm.memory.read(availableEvent, 1)[0], 3);
});

/** What the driver does wrong, and what the fault says. */
const BROKEN: readonly (readonly [
  name: string,
  features: bigint,
  act: (queue: DriverQueue<EntropyStateV1>) => void,
  fault: RegExp,
])[] = [
  [
    'a chain that loops',
    0n,
    (queue) => {
      queue.describe(0, BUFFER, 1, NEXT, 1);
      queue.describe(1, BUFFER, 1, NEXT, 0);
      queue.offer(0);
    },
    /longer than 4/,
  ],
  ['a head outside the table', 0n, (queue) => queue.offer(4), /descriptor 4 is outside its table of 4/],
  ['a head far outside', 0n, (queue) => queue.offer(0xffff), /descriptor 65535 is outside/],
  [
    'a next outside the table',
    0n,
    (queue) => {
      queue.describe(0, BUFFER, 1, NEXT, 9);
      queue.offer(0);
    },
    /descriptor 9 is outside its table of 4/,
  ],
  [
    'a buffer outside RAM',
    0n,
    (queue) => queue.add({ address: 0x1000, length: 1 }),
    /at 0x1000 is outside RAM/,
  ],
  [
    'a buffer over the end of RAM',
    0n,
    (queue) => queue.add({ address: RAM_END - 1, length: 2 }),
    /is outside RAM/,
  ],
  [
    'a buffer at the end of everything',
    0n,
    (queue) => queue.add({ address: 2 ** 64 - 2 ** 12, length: 8192 }),
    /is outside RAM/,
  ],
  ['a buffer without bytes', 0n, (queue) => queue.add({ address: BUFFER, length: 0 }), /has no bytes/],
  [
    'a chain of too many bytes',
    0n,
    (queue) => queue.add({ address: BUFFER, length: 2 ** 32 - 1 }),
    /more than 16777216/,
  ],
  [
    'a readable buffer after a writable one',
    0n,
    (queue) => queue.add({ address: BUFFER, length: 1, write: true }, { address: BUFFER, length: 1 }),
    /buffer for the device after one from it/,
  ],
  [
    'an available index far ahead',
    0n,
    (queue) => {
      for (let i = 0; i < 5; i++) queue.offer(0);
    },
    /5 entries ahead of a queue of 4/,
  ],
  [
    'an indirect table that was not negotiated',
    0n,
    (queue) => {
      queue.describe(0, BUFFER, 16, INDIRECT);
      queue.offer(0);
    },
    /without INDIRECT_DESC/,
  ],
  ...[0, 8, 17].map(
    (length) =>
      [
        `an indirect table of ${length} bytes`,
        FEATURE.indirectDescriptors,
        (queue: DriverQueue<EntropyStateV1>) => {
          queue.describe(0, BUFFER, length, INDIRECT);
          queue.offer(0);
        },
        /indirect table of/,
      ] as const,
  ),
  [
    'an indirect table in an indirect table',
    FEATURE.indirectDescriptors,
    (queue) => {
      queue.describe(0, BUFFER, 16, INDIRECT, 0, BUFFER);
      queue.describe(0, BUFFER, 16, INDIRECT);
      queue.offer(0);
    },
    /inside an indirect table/,
  ],
  [
    'an indirect table with a next descriptor',
    FEATURE.indirectDescriptors,
    (queue) => {
      queue.describe(0, BUFFER, 16, INDIRECT | NEXT, 1);
      queue.offer(0);
    },
    /with a next one/,
  ],
  [
    'an indirect table outside RAM',
    FEATURE.indirectDescriptors,
    (queue) => {
      queue.describe(0, RAM_END, 16, INDIRECT);
      queue.offer(0);
    },
    /table at 0x80040000 is outside RAM/,
  ],
  [
    'an indirect table that loops',
    FEATURE.indirectDescriptors,
    (queue) => {
      queue.describe(0, BUFFER, 1, NEXT, 0, BUFFER);
      queue.describe(0, BUFFER, 16, INDIRECT);
      queue.offer(0);
    },
    /longer than 1024/,
  ],
];

for (const [name, features, act, fault] of BROKEN) {
  test(`Virtqueue: ${name} needs a reset, and nothing more happens until then`, () => {
    const { vm, driver, queue } = machine(features);
    act(queue);
    queue.kick();
    assert.equal(vm.faults.length, 1);
    assert.match(vm.faults[0] ?? '', fault);
    assert.match(vm.faults[0] ?? '', /^entropy: queue 0: /);
    assert.equal(driver.common('status'), 0x4f);
    assert.equal(driver.isr(), 2, 'a configuration interrupt tells the driver');
    queue.add({ address: BUFFER, length: 1, write: true });
    queue.kick();
    assert.deepEqual(queue.takeUsed(), []);
    assert.equal(vm.faults.length, 1);

    const [again] = driver.start(features, 4);
    again?.add({ address: BUFFER, length: 1, write: true });
    again?.kick();
    assert.equal(again?.takeUsed().length, 1);
    assert.equal(driver.common('status'), 0xf);
  });
}

test('Virtqueue: queues that cannot be are refused when enabled', () => {
  for (const [size, word, value, fault] of [
    [3, 0, 0, /queue size 3/],
    [0, 0, 0, /queue size 0/],
    [16, 0, 0, /queue size 16/],
    [4, 0, BUFFER + 8, /descriptor table .* misaligned/],
    [4, 2, BUFFER + 1, /driver area .* misaligned/],
    [4, 4, BUFFER + 2, /device area .* misaligned/],
    [4, 0, 0x1000, /descriptor table at 0x1000 .* outside RAM/],
    [4, 4, RAM_END - 4, /device area .* outside RAM/],
    [4, 1, 0xffff_ffff, /descriptor table .* outside RAM/],
  ] as const) {
    const { vm, driver, queue } = machine(0n);
    driver.setCommon('status', 0);
    driver.setCommon('queueSize', size);
    for (const [i, address] of [queue.descriptors, 0, queue.available, 0, queue.used, 0].entries()) {
      vm.put(driver.barBase + 0x20 + 4 * i, 4, i === word && value !== 0 ? value : address);
    }
    driver.setCommon('queueEnable', 1);
    assert.match(vm.faults[0] ?? '', fault);
    assert.deepEqual([driver.common('queueEnable'), driver.common('status') & 0x40], [0, 0x40]);
  }
});

test('readChain: a descriptor that changes afterwards changes nothing', () => {
  const memory = new ScatteredMemory(0x8000_0000, 4);
  memory.write(0x8000_0000, Uint8Array.of(0, 0x10, 0, 0x80, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0));
  const chain = readChain(
    memory,
    { address: 0x8000_0000, size: 1, indirectAllowed: false, maxChainBytes: 100, areRanges: false },
    0,
  ) as Chain;
  memory.write(0x8000_0000, new Uint8Array(16).fill(0xff));
  assert.deepEqual(
    chain.readable.map((view) => view.length),
    [4],
  );
});
