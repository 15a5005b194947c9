/** A thread of the tests of machine memory: takes neighbouring pages and gives them back, and counts refusals. */
import { parentPort, workerData } from 'node:worker_threads';
import { PAGE_BYTES } from '#riscv';
import { MachineMemory } from '../machine-memory.ts';

export interface RunWork {
  readonly memory: WebAssembly.Memory;
  readonly pages: number;
  readonly rounds: number;
}

const { memory, pages, rounds } = workerData as RunWork;
const machine = MachineMemory.attach(memory);
let refused = 0;
for (let round = 0; round < rounds; round++) {
  const first = machine.allocateRun(pages);
  if (first === 0) refused++;
  else machine.freeTable(first * PAGE_BYTES, pages * PAGE_BYTES);
}
parentPort?.postMessage(refused);
