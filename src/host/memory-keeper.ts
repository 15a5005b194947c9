/**
 * The memory manager of a host at work: the kernel's manager over the maps of all VMs that run, with their swap files,
 * compression caches and balloons. Whoever owns it calls `tick`; what it finds stands in the words of each VM.
 */
import {
  type BalloonControl,
  type HostStateName,
  type MachineMemory,
  type MemoryAllocation,
  MemoryManager,
  type MemoryOptions,
  type MemoryPool,
  type StoreProblem,
} from '#kernel';
import { attachMap, type MachinePlace } from '#vmm';
import { type MemorySeat, openStores } from './memory-seat.ts';
import type { MemoryWords } from './memory-words.ts';

/** A VM to be looked after; plain data. */
export interface KeptVm {
  /** No other VM of the host has it. */
  readonly key: string;
  /** Tells it from all others for page sharing, as its UUID does. */
  readonly identity: string;
  readonly salt: string | undefined;
  /** Its pages are never shared. */
  readonly isUnshared: boolean;
  /** The most that its balloon takes; undefined: what the host's settings say. */
  readonly maxBalloonPages: number | undefined;
  readonly allocation: MemoryAllocation;
  /** Its resource pool. */
  readonly pool: number;
  readonly place: MachinePlace;
  readonly seat: MemorySeat;
  /** pCPU that has its devices. */
  readonly home: number;
}

export interface KeeperParts {
  readonly machine: MachineMemory;
  readonly options: MemoryOptions;
  readonly ghz: number;
  readonly random: () => number;
  /** See MemoryManagerParts. */
  readonly clockMs?: () => number;
  readonly give: ((address: number, bytes: number) => boolean) | undefined;
  /** Gives back what is free of the process's own memory; absent where that is not known. */
  readonly trim?: (() => void) | undefined;
  /** Wakes the pCPU that has a VM's devices: its balloon shall change. */
  readonly ring: (home: number) => void;
  /** A page of this VM could not be put away; told once, until that is answered in its words. */
  readonly onProblem: (key: string, problem: StoreProblem, reason: string) => void;
}

/** Between two times that the process's own memory is gone through; that takes a millisecond or two. */
const TRIM_MS = 5000;
/** Milliseconds between two looks in each state of the host. */
const LOOK_MS: Readonly<Record<HostStateName, number>> = {
  high: 1000,
  clear: 250,
  soft: 100,
  hard: 50,
  low: 20,
};

export class MemoryKeeper {
  readonly #parts: KeeperParts;
  readonly #options: Record<string, number>;
  readonly #manager: MemoryManager;
  readonly #words = new Map<string, MemoryWords>();
  /** The last complaint of each VM's swap file. */
  readonly #complaints = new Map<string, string>();
  #trimAtMs = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#options = { ...parts.options };
    this.#manager = new MemoryManager({
      ...{ machine: parts.machine, random: parts.random, ghz: parts.ghz, give: parts.give },
      ...(parts.clockMs && { clockMs: parts.clockMs }),
      options: this.#options as unknown as MemoryOptions,
      onProblem: (key, problem) => {
        if (this.#words.get(key)?.ask() !== true) return;
        parts.onProblem(key, problem, this.#complaints.get(key) ?? problem);
      },
    });
  }

  add(vm: KeptVm): void {
    const { machine } = this.#parts;
    const stores = openStores(machine, vm.seat, (line) => void this.#complaints.set(vm.key, line));
    this.#words.set(vm.key, stores.words);
    this.#manager.add({
      ...{ name: vm.key, identity: vm.identity, salt: vm.salt, isUnshared: vm.isUnshared },
      ...{ allocation: vm.allocation, pool: vm.pool, maxBalloonPages: vm.maxBalloonPages },
      map: attachMap(machine, vm.place, { stores }),
      balloon: this.#balloon(stores.words, vm.home),
      isStuck: () => stores.words.isAsked,
      cache: stores.compressed,
      swap: stores.swapped,
    });
    this.#publish();
  }

  remove(key: string): void {
    this.#manager.remove(key);
    this.#words.delete(key);
    this.#complaints.delete(key);
  }

  /** What a VM is owed from now on, and in which pool. */
  allocate(key: string, allocation: MemoryAllocation, pool: number): void {
    this.#manager.allocate(key, allocation, pool);
  }

  /** All resource pools but the root. */
  setPools(pools: readonly MemoryPool[]): void {
    this.#manager.setPools(pools);
  }

  setOptions(options: Partial<MemoryOptions>): void {
    Object.assign(this.#options, options);
  }

  /** Looks at all VMs; milliseconds until it should look again. */
  tick(nowMs: number): number {
    const { name } = this.#manager.tick(nowMs);
    if (nowMs >= this.#trimAtMs) this.#trim(nowMs);
    this.#publish();
    return LOOK_MS[name];
  }

  #trim(nowMs: number): void {
    if (this.#trimAtMs > 0) this.#parts.trim?.();
    this.#trimAtMs = nowMs + TRIM_MS;
  }

  #publish(): void {
    for (const { name, ...look } of this.#manager.looks) {
      const words = this.#words.get(name);
      words?.set('target', look.targetPages);
      words?.set('active', look.activePages);
      words?.set('sharedSaved', look.sharedSavedPages);
      words?.set('cache', look.cachePages);
    }
  }

  #balloon(words: MemoryWords, home: number): BalloonControl {
    const { ring } = this.#parts;
    return {
      get isDriven() {
        return words.isDriven;
      },
      get target() {
        return words.balloonTarget;
      },
      get actual() {
        return words.balloonActual;
      },
      setTarget(pages) {
        if (pages === words.balloonTarget) return;
        words.balloonTarget = pages;
        ring(home);
      },
    };
  }
}
