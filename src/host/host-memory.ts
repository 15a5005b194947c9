/**
 * Machine memory of a host, managed: joins the kernel's manager with swap files, the compression caches of VMs, the
 * operating system, and what `vmk top` shows. Owner: the thread that calls `tick`.
 */
import { cpus } from 'node:os';
import {
  admitMemory,
  type BalloonControl,
  CompressionCache,
  defaultMemoryOptions,
  type GuestMap,
  type GuestMapHost,
  type HostMemory,
  type MachineMemory,
  type MemoryAllocation,
  MemoryManager,
  type MemoryOptions,
  type MemoryRefusal,
  type StoreProblem,
  type VmMemory,
} from '#kernel';
import type { TopMemory } from '#management';
import { PAGE_BYTES } from '#riscv';
import { memoryGiver, SwapFile } from '#storage';

const MHZ_PER_GHZ = 1000;
const PERCENT = 100;

export interface HostMemoryOptions {
  readonly options?: Partial<MemoryOptions>;
  /** A page of this VM could not be put away: its swap file's disk is full, or fails. It should be paused, and asked about. */
  readonly onProblem?: (vm: string, problem: StoreProblem) => void;
  /** What goes wrong with swap files, in a line. */
  readonly onError?: (message: string) => void;
  /** Numbers in [0, 1). */
  readonly random?: () => number;
}

/** A VM's part, from before it is made until it is off. */
export interface VmPart {
  readonly name: string;
  /** For the `memory` of its MachineHost. */
  readonly memory: Pick<GuestMapHost, 'stores' | 'reclaim'>;
  /** The VM is made: from now on its pages are shared, and taken when the host is short. */
  manage(map: GuestMap, balloon: BalloonControl): void;
  /** The VM is off, and its pages are given back. */
  close(): void;
}

export interface VmMemoryConfig {
  readonly name: string;
  /** Tells it from all others, as its UUID does. */
  readonly identity: string;
  readonly salt?: string;
  readonly allocation: MemoryAllocation;
  /** Where its swap file is made. */
  readonly swapPath: string;
}

export class HostMemoryManager {
  readonly #machine: MachineMemory;
  readonly #options: HostMemoryOptions;
  readonly #manager: MemoryManager;
  readonly #memoryOptions: MemoryOptions;
  readonly #allocations = new Map<string, MemoryAllocation>();
  /** What VMs can have in all: what was free at first. */
  readonly #capacityPages: number;

  constructor(machine: MachineMemory, options: HostMemoryOptions = {}) {
    this.#machine = machine;
    this.#options = options;
    this.#memoryOptions = { ...defaultMemoryOptions(), ...options.options };
    this.#capacityPages = machine.freePages;
    this.#manager = new MemoryManager({
      machine,
      options: this.#memoryOptions,
      random: options.random ?? Math.random,
      ghz: cpus().reduce((sum, { speed }) => sum + speed, 0) / MHZ_PER_GHZ,
      give: memoryGiver(machine.memory.buffer),
      ...(options.onProblem && { onProblem: options.onProblem }),
    });
  }

  /** Why a VM cannot be switched on; undefined when it can. */
  refusal(allocation: MemoryAllocation): MemoryRefusal | undefined {
    return admitMemory(allocation, [...this.#allocations.values()], this.#capacityPages);
  }

  /**
   * Makes what a VM's map needs, before the VM.
   * @throws HostError `file-io` when its swap file cannot be made, `host-limit` when there is no room for its tables.
   */
  open({ name, identity, salt, allocation, swapPath }: VmMemoryConfig): VmPart {
    const { onError } = this.#options;
    const swap = new SwapFile({ path: swapPath, ...(onError && { onError }) });
    const cachePages = Math.ceil((allocation.sizePages * this.#memoryOptions.memZipMaxPct) / PERCENT);
    const cache = CompressionCache.create(this.#machine, cachePages);
    this.#allocations.set(name, allocation);
    const stores = { compressed: cache, swapped: swap };
    return {
      name,
      memory: { stores, reclaim: () => this.#manager.reclaimNow() },
      manage: (map, balloon) => {
        this.#manager.add({ name, identity, salt, map, allocation, balloon, cache, swap });
      },
      close: () => {
        this.#manager.remove(name);
        this.#allocations.delete(name);
        cache.destroy();
        swap.destroy();
      },
    };
  }

  /** Looks at all VMs; to be called about every second, while no hart runs or with maps that can stop them. */
  tick(nowMs: number): HostMemory['state'] {
    return this.#manager.tick(nowMs).name;
  }

  statistics(): HostMemory {
    return this.#manager.statistics();
  }
}

/** A VM's row of `vmk top`'s memory screen. */
export function topMemory(group: number, vm: VmMemory, overheadPages: number): TopMemory {
  const bytes = (pages: number): number => pages * PAGE_BYTES;
  return {
    group,
    name: vm.name,
    size: bytes(vm.sizePages),
    granted: bytes(vm.grantedPages),
    shared: bytes(vm.sharedPages),
    sharedSaved: bytes(vm.sharedSavedPages),
    zero: bytes(vm.zeroPages),
    balloon: bytes(vm.balloonPages),
    balloonTarget: bytes(vm.balloonTargetPages),
    swapped: bytes(vm.swappedPages),
    swapRead: bytes(vm.swapReads),
    swapWritten: bytes(vm.swapWrites),
    compressed: bytes(vm.cachePages),
    active: bytes(vm.activePages),
    overhead: bytes(overheadPages),
  };
}
