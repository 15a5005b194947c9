/** A host for the scheduling benchmark: real pCPUs, real guests, and what they got between two moments. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Cpus, type VmHandle } from '#host';
import {
  type CpuAllocation,
  DEFAULT_ALLOCATION,
  forgetWakes,
  ROOT,
  type WakeLatency,
  type WorldAccount,
  wakeLatency,
} from '#kernel';

const MB = 2 ** 20;
const HOST_BYTES = 1024 * MB;
const GUEST_BYTES = 16 * MB;

/** A guest's program, and how many harts it starts. */
export interface GuestProgram {
  readonly bytes: Uint8Array;
  readonly vcpus: number;
}

/** What a VM did between two moments. */
export interface Use {
  readonly runNs: number;
  readonly readyNs: number;
  readonly costopNs: number;
  readonly limitedNs: number;
  readonly waitNs: number;
  readonly steps: number;
  /** What passed, times vCPUs. */
  readonly passedNs: number;
}

export class Lab {
  readonly cpus: Cpus;
  readonly #folder = mkdtempSync(join(tmpdir(), 'vmk-bench-sched-'));
  #programs = 0;

  constructor(pcpus: number) {
    this.cpus = new Cpus({ cpus: pcpus, memoryBytes: HOST_BYTES, engine: 'jit', report: () => {} });
  }

  pool(name: string, allocation: Partial<CpuAllocation>, parent: number = ROOT): number {
    return this.cpus.resources.addPool(name, parent, { ...DEFAULT_ALLOCATION, ...allocation });
  }

  /** Starts a VM with a program as its firmware. */
  async vm(
    name: string,
    program: GuestProgram,
    allocation: Partial<CpuAllocation> = {},
    pool: number = ROOT,
  ) {
    const path = join(this.#folder, `${++this.#programs}.bin`);
    writeFileSync(path, program.bytes);
    const config = {
      ...{ name, cpus: program.vcpus, memoryBytes: GUEST_BYTES, firmware: path, initrd: [], append: '' },
      ...{ disks: [], console: 'none' as const, deterministic: false, trace: [] },
    } as const;
    const silent = {
      write: () => true,
      drained: () => Promise.resolve(),
      lines: (_: string, done: () => void) => done(),
    };
    return this.cpus.startVm(config, silent, { pool, allocation: { ...DEFAULT_ALLOCATION, ...allocation } });
  }

  /** What the VMs did in the next `ms`. */
  async measure(vms: readonly VmHandle[], ms: number): Promise<Use[]> {
    const before = this.#accounts();
    await setTimeout(ms);
    const after = this.#accounts();
    return vms.map(({ group }) => useBetween(before, after, group));
  }

  /** A VM's run time in each of the next `count` windows of `ms`, as parts of the window. */
  async windows({ group }: VmHandle, ms: number, count: number): Promise<number[]> {
    const parts: number[] = [];
    let before = this.cpus.resources.accounts();
    for (let window = 0; window < count; window++) {
      await setTimeout(ms);
      const after = this.cpus.resources.accounts();
      const run = (worlds: readonly WorldAccount[]) => sumOf(worlds, group, 'runNs');
      parts.push((run(after.worlds) - run(before.worlds)) / (after.nowNs - before.nowNs));
      before = after;
    }
    return parts;
  }

  /** How long the world of a VM waited for its first run after waking, in the next `ms`. */
  async wakes({ rows: [row = -1] }: VmHandle, ms: number): Promise<WakeLatency> {
    const { state } = this.cpus.resources;
    forgetWakes(state, row);
    await setTimeout(ms);
    return wakeLatency(state, row);
  }

  async close(): Promise<void> {
    await Promise.all(this.cpus.vms.map((vm) => vm.powerOff()));
    await this.cpus.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #accounts() {
    return this.cpus.resources.accounts();
  }
}

type Accounts = { readonly nowNs: number; readonly worlds: readonly WorldAccount[] };
const FIELDS = ['runNs', 'readyNs', 'costopNs', 'limitedNs', 'waitNs', 'steps'] as const;

function useBetween(before: Accounts, after: Accounts, group: number): Use {
  const grown = FIELDS.map(
    (field) => [field, sumOf(after.worlds, group, field) - sumOf(before.worlds, group, field)] as const,
  );
  const vcpus = after.worlds.filter((world) => world.group === group).length;
  const passedNs = (after.nowNs - before.nowNs) * vcpus;
  return { ...(Object.fromEntries(grown) as Record<(typeof FIELDS)[number], number>), passedNs };
}

function sumOf(worlds: readonly WorldAccount[], group: number, field: (typeof FIELDS)[number]): number {
  return worlds.filter((world) => world.group === group).reduce((sum, world) => sum + world[field], 0);
}
