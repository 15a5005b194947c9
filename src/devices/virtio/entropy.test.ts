/** Tests of the entropy device. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtioDriver, VirtioMachine } from '../testing.ts';
import { EntropyDevice } from './entropy.ts';

const BUFFER = 0x8001_0000;

test('EntropyDevice: fills what it may write, at most 64 KiB at once', () => {
  const asked: number[] = [];
  let next = 0;
  const device = new EntropyDevice({
    fill: (bytes) => {
      asked.push(bytes.length);
      for (let i = 0; i < bytes.length; i++) bytes[i] = next++ & 0xff;
    },
  });
  const vm = new VirtioMachine(device);
  const driver = new VirtioDriver(vm);
  const [queue] = driver.start(0n, 8);
  queue?.add({ address: BUFFER, length: 3 }, { address: BUFFER + 8, length: 4, write: true });
  queue?.add({ address: BUFFER + 0x1000, length: 0x1_0001, write: true });
  queue?.kick();
  assert.deepEqual(
    queue?.takeUsed().map(({ written }) => written),
    [4, 0x1_0000],
  );
  assert.deepEqual(asked, [4, 0x1_0000]);
  assert.deepEqual([...vm.memory.read(BUFFER, 12)], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
  assert.equal(vm.memory.read(BUFFER + 0x1_1000, 1)[0], 0);
  assert.equal(vm.line.level, true);
  assert.equal(driver.configSpace(0, 4), 0x1044_1af4);
});
