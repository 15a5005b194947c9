/** A thread of the tests of machine memory: takes and gives pages at random, and notices pages that another has too. */
import { parentPort, workerData } from 'node:worker_threads';
import { SeededRandom } from '#lib';
import { PAGE_BYTES } from '#riscv';
import { GuestMap } from '../guest-map.ts';
import { MachineMemory } from '../machine-memory.ts';
import type { MapPlace } from '../map-table.ts';

export interface PageWork {
  readonly memory: WebAssembly.Memory;
  readonly place: MapPlace;
  /** Machine address of a word in which all counts are counted. */
  readonly total: number;
  readonly seed: number;
  readonly rounds: number;
}

const HELD = 40;
const { memory, place, total, seed, rounds } = workerData as PageWork;
const machine = MachineMemory.attach(memory);
const map = GuestMap.attach(machine, place, { onHostWrite: () => {} });
const words = new Int32Array(memory.buffer);
const random = new SeededRandom(seed);
const problems: string[] = [];
const below = (limit: number): number => random.nextU32() % limit;

/** Writes its own number into a page, and finds it there later unless somebody else has the page. */
function takeAndGive(held: number[]): void {
  const mpn = machine.allocatePage();
  if (mpn !== 0) {
    if (machine.page(mpn).some((byte) => byte !== 0)) problems.push(`page ${mpn} is not clean`);
    words[(mpn * PAGE_BYTES) / 4] = seed;
    held.push(mpn);
  }
  if (held.length < HELD && mpn !== 0) return;
  for (const one of held.splice(below(HELD))) {
    if (words[(one * PAGE_BYTES) / 4] !== seed) problems.push(`page ${one} is somebody else's too`);
    machine.freePage(one);
  }
}

/** Counts in a word of the guest's memory that all threads count in; pages come as they are needed. */
function count(): void {
  const ppn = place.ramFirstPage + below(place.ramPages);
  for (;;) {
    const resolution = map.resolve(ppn, true);
    if (resolution === 'ok') break;
    if (resolution !== 'busy') return;
  }
  Atomics.add(words, (map.machinePage(ppn) * PAGE_BYTES) / 4, 1);
  Atomics.add(words, total / 4, 1);
}

const held: number[] = [];
for (let round = 0; round < rounds; round++) {
  takeAndGive(held);
  count();
}
for (const mpn of held) machine.freePage(mpn);
parentPort?.postMessage(problems);
