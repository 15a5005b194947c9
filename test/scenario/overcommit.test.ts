// Four VMs on a host with half of the memory that they have, three quarters of which each of them uses: all go on, each
// finds what it wrote, and memory is divided as the shares say.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CompressionCache, defaultMemoryOptions, MachineMemory, MemoryManager } from '#kernel';
import { SeededRandom } from '#lib';
import { createEngine, engineAreaBytes, PAGE_BYTES } from '#riscv';
import { SwapFile } from '#storage';
import { Machine } from '#vmm';
import { patternGuest } from './pattern-guest.ts';

const MIB = 2 ** 20;
/** The 1 GiB, 512 MiB and 400 MiB; a sixteenth of it unless the environment asks for all. */
const SCALE = process.env['VMK_FULL_SCALE'] === undefined ? 16 : 1;
const HOST_BYTES = (1024 * MIB) / SCALE;
const VM_BYTES = (512 * MIB) / SCALE;
const TOUCHED_BYTES = (400 * MIB) / SCALE;
const ROUNDS = 3;
const SHARES = [2000, 1000, 1000, 1000];
const TURN_STEPS = 2 ** 20;
const TURN_MS = 50;

interface Vm {
  readonly machine: Machine;
  readonly swap: SwapFile;
  status: number | undefined;
}

/** A host on one thread: an engine, and VMs that take turns. */
class Host {
  readonly memory: MachineMemory;
  readonly manager: MemoryManager;
  readonly vms: Vm[] = [];
  readonly states = new Set<string>();
  nowMs = 0;

  constructor(folder: string) {
    const areaBytes = engineAreaBytes(HOST_BYTES);
    this.memory = new MachineMemory(HOST_BYTES + areaBytes);
    const { memory } = this.memory;
    const area = { base: this.memory.allocateTable('code', areaBytes), bytes: areaBytes };
    const engine = createEngine('jit', { memory, clock: { ticks: () => 0 }, area });
    const random = new SeededRandom(1);
    this.manager = new MemoryManager({
      machine: this.memory,
      options: { ...defaultMemoryOptions(), samplePeriod: 1 },
      random: () => random.nextU32() / 2 ** 32,
      ghz: 4,
    });
    for (const [index, shares] of SHARES.entries()) this.#add(`vm${index}`, index, shares, engine, folder);
  }

  /** Each VM gets a turn, then the manager looks. */
  round(): void {
    for (const vm of this.vms) {
      if (vm.status !== undefined) continue;
      const end = vm.machine.turn(TURN_STEPS);
      assert.ok(
        end.kind === 'ran' || end.kind === 'powered-off',
        `${vm.machine.name}: ${JSON.stringify(end)}`,
      );
      if (end.kind === 'powered-off') this.#end(vm, end.status);
    }
    this.states.add(this.manager.tick((this.nowMs += TURN_MS)).name);
  }

  #end(vm: Vm, status: number): void {
    vm.status = status;
    this.manager.remove(vm.machine.name);
    vm.machine.powerOff();
    vm.swap.destroy();
  }

  #add(
    name: string,
    index: number,
    shares: number,
    engine: ReturnType<typeof createEngine>,
    folder: string,
  ): void {
    const swap = new SwapFile({ path: join(folder, `${name}.vswp`) });
    const sizePages = VM_BYTES / PAGE_BYTES;
    const cache = CompressionCache.create(this.memory, sizePages / 10);
    const bytes = patternGuest(index, TOUCHED_BYTES, ROUNDS);
    const file = {
      path: name,
      sizeBytes: bytes.length,
      readInto: (offset: number, into: Uint8Array) => into.set(bytes.subarray(offset, offset + into.length)),
    };
    const machine = new Machine(
      {
        ...{ name, ramBytes: VM_BYTES, harts: 1, deterministic: true, console: 'none', append: '' },
        ...{ payload: { kind: 'firmware', file }, initrds: [], disks: [] },
      },
      this.memory,
      engine,
      {
        clock: { ticks: () => 0 },
        random: new SeededRandom(index + 1),
        wallNanoseconds: () => 0n,
        output: () => {},
        report: () => {},
        memory: { stores: { compressed: cache, swapped: swap }, reclaim: () => this.manager.reclaimNow() },
      },
    );
    machine.powerOn();
    const { map, balloon } = machine;
    const allocation = { sizePages, reservationPages: 0, shares, overheadPages: 0 };
    this.manager.add({ name, identity: name, map, allocation, balloon, cache, swap });
    this.vms.push({ machine, swap, status: undefined });
  }
}

test('overcommit: four VMs with twice the memory of their host find all that they wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-overcommit-'));
  try {
    const host = new Host(folder);
    const parts: number[] = [];
    while (host.vms.some(({ status }) => status === undefined)) {
      host.round();
      const { vms } = host.manager.statistics();
      if (vms.length < SHARES.length || vms.some((vm) => vm.swapWrites < vm.sizePages / 2)) continue;
      const [rich, ...others] = vms.map((vm) => vm.consumedPages) as [number, ...number[]];
      parts.push(rich / (others.reduce((a, b) => a + b, 0) / others.length));
    }
    assert.deepEqual(
      host.vms.map(({ status }) => status),
      [0, 0, 0, 0],
    );
    for (const { swap } of host.vms.slice(1)) assert.ok(swap.reads > 0 && swap.writes > 0);
    assert.ok(
      ['soft', 'hard', 'low'].some((state) => host.states.has(state)),
      [...host.states].join(),
    );
    const median = parts.toSorted((a, b) => a - b)[parts.length >> 1] ?? 0;
    assert.ok(median > 1.4 && median < 2.4, `of shares 2:1 came ${median}`);
    if (SCALE === 1)
      console.log({
        median,
        states: [...host.states],
        swaps: host.vms.map(({ swap }) => [swap.writes, swap.reads]),
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
