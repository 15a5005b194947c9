// Identical Linux guests at their prompt share their pages: how much of the memory that they touched comes back; one gives
// more by its balloon, and takes it again; also by itself, when it has nothing left.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cacheFolder, defaultGuest } from '#guest';
import { type GuestMap, MachineMemory, PageSharing } from '#kernel';
import { SeededRandom } from '#lib';
import { createEngine, engineAreaBytes, PAGE_BYTES } from '#riscv';
import { Machine } from '#vmm';

const MIB = 2 ** 20;
/** Ten guests take a minute: two show the same, and share less. */
const GUESTS = process.env['VMK_FULL_SCALE'] === undefined ? 2 : 10;
const RAM_BYTES = 128 * MIB;
/** Part of the touched memory that comes back at least. */
const LEAST = GUESTS === 2 ? 0.4 : 0.6;
const TURN_STEPS = 2 ** 22;
const MAX_TURNS = 3000;
const BALLOON_PAGES = 8192;
/** More than the guest has free: its balloon takes what it gets. */
const GREEDY_PAGES = RAM_BYTES / PAGE_BYTES;
/** The guest then wants so much, and has far less. */
const WANTED_MIB = 24;

function bootFile(path: string) {
  const bytes = readFileSync(path);
  const readInto = (offset: number, into: Uint8Array) =>
    into.set(bytes.subarray(offset, offset + into.length));
  return { path, sizeBytes: bytes.length, readInto };
}

const touched = (map: GuestMap): number => map.count('private') + map.count('shared');

test('page sharing: identical guests at their prompt give back most of what they touched, and go on', async () => {
  const guest = await defaultGuest(cacheFolder(), () => {});
  const areaBytes = engineAreaBytes(1024 * MIB);
  const memory = new MachineMemory(GUESTS * RAM_BYTES + areaBytes + 64 * MIB);
  const area = { base: memory.allocateTable('code', areaBytes), bytes: areaBytes };
  const clock = { ticks: () => 0 };
  const engine = createEngine('jit', { memory: memory.memory, clock, area });
  const [kernel, initrd] = [bootFile(guest.kernelPath), bootFile(guest.initramfsPath)];
  const outputs: string[] = Array(GUESTS).fill('');
  const machines = outputs.map(
    (_, index) =>
      new Machine(
        {
          ...{ name: `vm${index}`, ramBytes: RAM_BYTES, harts: 1, deterministic: true, console: 'serial' },
          ...{
            append: 'console=ttyS0 quiet',
            payload: { kind: 'kernel', file: kernel },
            initrds: [initrd],
            disks: [],
          },
        },
        memory,
        engine,
        {
          clock,
          random: new SeededRandom(index + 1),
          wallNanoseconds: () => 0n,
          output: (bytes) => void (outputs[index] += String.fromCharCode(...bytes)),
          report: () => {},
        },
      ),
  );
  const until = (index: number, text: string): void => {
    const isThere = (): boolean => (outputs[index] ?? '').includes(text);
    for (let turn = 0; turn < MAX_TURNS && !isThere(); turn++) machines[index]?.turn(TURN_STEPS);
    assert.ok(isThere(), outputs[index] ?? '');
  };
  for (const [index, machine] of machines.entries()) {
    machine.powerOn();
    until(index, '# ');
  }
  const before = machines.reduce((sum, { map }) => sum + touched(map), 0);
  const free = memory.freePages;
  const sharing = new PageSharing(memory);
  const numbers = machines.map(({ map }) => sharing.add({ map, salt: 0 }));
  const started = performance.now();
  let scanned = 0;
  for (let pass = 0; pass < 2; pass++)
    for (const one of numbers) scanned += sharing.scan(one, 2 ** 20).scanned;
  const nsPerPage = ((performance.now() - started) * 1e6) / scanned;
  const part = (memory.freePages - free) / before;
  const report = `${(part * 100).toFixed(1)} % of ${before} pages came back, ${nsPerPage.toFixed(0)} ns a page`;
  assert.ok(part >= LEAST, report);
  if (process.env['VMK_FULL_SCALE'] !== undefined) console.log(report);
  for (const [index, machine] of machines.entries()) {
    machine.input({ kind: 'console', bytes: new TextEncoder().encode('echo still-here-$((40 + 2))\n') });
    until(index, 'still-here-42');
  }

  const [machine] = machines;
  assert.ok(machine !== undefined);
  const runUntil = (isSo: () => boolean, what: string): void => {
    for (let turn = 0; turn < MAX_TURNS && !isSo(); turn++) machine.turn(TURN_STEPS);
    assert.ok(isSo(), what);
  };
  runUntil(() => machine.balloon.isDriven, 'the guest has no driver for its balloon');
  machine.balloon.setTarget(BALLOON_PAGES);
  runUntil(() => machine.balloon.actual === BALLOON_PAGES, 'the balloon does not grow');
  assert.equal(machine.map.count('ballooned'), BALLOON_PAGES);
  machine.balloon.askStatistics();
  runUntil(() => (machine.memoryStatistics.totalBytes ?? 0) > 0, 'the guest tells no statistics');
  assert.ok((machine.memoryStatistics.totalBytes ?? 0) < RAM_BYTES - BALLOON_PAGES * PAGE_BYTES);
  machine.balloon.setTarget(0);
  runUntil(() => machine.balloon.actual === 0, 'the balloon does not shrink');
  assert.equal(machine.map.count('ballooned'), 0);

  // Deflate on OOM: the target stays, and the guest takes what it needs all the same; nothing is killed for that.
  machine.balloon.setTarget(GREEDY_PAGES);
  let largest = 0;
  runUntil(() => {
    const grows = machine.balloon.actual > largest;
    largest = Math.max(largest, machine.balloon.actual);
    return largest > BALLOON_PAGES && !grows;
  }, 'the balloon does not take what is free');
  const inflated = machine.map.count('ballooned');
  assert.equal(inflated, largest);
  const wants = `head -c ${WANTED_MIB * MIB} /dev/zero >/big; wc -c </big; dmesg | grep -c Killed\n`;
  machine.input({ kind: 'console', bytes: new TextEncoder().encode(wants) });
  until(0, `\n${WANTED_MIB * MIB}\r\n0\r\n`);
  assert.equal(machine.balloon.target, GREEDY_PAGES);
  const taken = (inflated - machine.map.count('ballooned')) * PAGE_BYTES;
  assert.ok(taken > (WANTED_MIB * MIB) / 2, `${taken} bytes were taken out of the balloon`);
});
