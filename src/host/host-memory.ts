/**
 * Machine memory of a host as the main thread has it in hand: who may be switched on, the parts of each VM, and what is
 * told of them. The pages themselves are the memory manager's, on a thread of its own.
 */
import { setTimeout } from 'node:timers/promises';
import {
  CompressionCache,
  defaultMemoryOptions,
  GuestMap,
  type HostMemory,
  hostState,
  type MachineMemory,
  type MapPlace,
  type MemoryAllocation,
  type MemoryOptions,
  type MemoryPool,
  mib,
  minFreePages,
  type PageStores,
  poolMemoryRefusal,
  poolRefusal,
  type Reserved,
  type StoreProblem,
  type VmMemory,
} from '#kernel';
import { HostError } from '#lib';
import type { TopMemory } from '#management';
import { PAGE_BYTES } from '#riscv';
import type { SwapFile } from '#storage';
import { type MachinePlace, Seat } from '#vmm';
import type { Bells } from './bells.ts';
import { late } from './late-rooms.ts';
import { MemoryBell } from './memory-bell.ts';
import type { KeptVm } from './memory-keeper.ts';
import { MemoryLink } from './memory-link.ts';
import type { MemorySeat } from './memory-seat.ts';
import { MemoryWords } from './memory-words.ts';
import { ZstdPacker } from './zstd-packer.ts';

const PERCENT = 100;
/** Whoever is alive changes a page in less. */
const STUCK_MS = 200;

export interface HostMemoryParts {
  readonly machine: MachineMemory;
  readonly bells: Bells;
  readonly options?: Partial<MemoryOptions>;
  /** Hears what goes wrong with the host itself, in one line. */
  readonly report: (line: string) => void;
  /** A page of this VM could not be put away: its swap file's disk is full, or fails. */
  readonly onProblem?: (key: string, problem: StoreProblem, reason: string) => void;
  /** The manager has died in the middle of changing pages of these VMs: they cannot go on. */
  readonly onDeath?: (keys: readonly string[]) => void;
}

/** What a VM's memory is to be. */
export interface VmMemoryConfig
  extends Pick<KeptVm, 'identity' | 'salt' | 'isUnshared' | 'maxBalloonPages' | 'allocation' | 'pool'> {
  readonly name: string;
  /** Where its swap file is made. */
  readonly swapPath: string;
}

export class HostMemoryManager {
  readonly bell = new MemoryBell();
  readonly #machine: MachineMemory;
  readonly #link: MemoryLink;
  readonly #options: Record<string, number>;
  readonly #vms = new Map<string, VmPart>();
  /** Memory that is promised to VMs which have theirs elsewhere. */
  readonly #beside = new Set<Reserved>();
  /** What VMs can have in all: what was free at first. */
  readonly #capacityPages: number;
  readonly #onDeath: (keys: readonly string[]) => void;
  #pools: readonly MemoryPool[] = [];
  #lastKey = 0;

  constructor({ machine, bells, options, report, onProblem, onDeath }: HostMemoryParts) {
    const whole = { ...defaultMemoryOptions(), ...options };
    this.#machine = machine;
    this.#onDeath = onDeath ?? (() => {});
    this.#options = whole;
    this.#capacityPages = Math.max(0, machine.freePages - this.#minFree);
    this.#link = new MemoryLink({
      start: { memory: machine.memory, bells: bells.buffer, pcpus: bells.count },
      ...{ bell: this.bell, options: whole, report },
      onProblem: (key, problem, reason) => onProblem?.(key, problem, reason),
      onDeath: (vms) => void this.#lose(vms),
    });
  }

  get #minFree(): number {
    return minFreePages(this.#machine.pages, this.#options['minFreePct']);
  }

  /**
   * Says so when a VM's reservation and overhead find no room in its pool.
   * @param part - the VM's, when it is on already
   * @throws HostError `memory-admission`
   */
  admit({ name, allocation, pool }: VmMemoryConfig, part?: VmPart): void {
    const { reservationPages: wanted, overheadPages: overhead, limitPages } = allocation;
    const refuse = (reason: string) =>
      new HostError('memory-admission', { reason: `VM "${name}": ${reason}` });
    if (wanted > Math.min(allocation.sizePages, limitPages ?? Infinity)) {
      throw refuse(`its reservation of ${mib(wanted)} is more than it can have`);
    }
    const reserved = this.#reserved(part);
    const reason = poolMemoryRefusal(wanted + overhead, pool, this.#pools, reserved, this.#capacityPages);
    if (reason === undefined) return;
    const needs = `it needs ${mib(wanted + overhead)} (reservation ${mib(wanted)}, overhead ${mib(overhead)})`;
    throw refuse(`${needs}, and ${reason}`);
  }

  readonly #admit = (config: VmMemoryConfig, part: VmPart): void => this.admit(config, part);

  /** A pool is made, or is owed something else. @throws HostError `memory-admission` */
  setPool(pool: MemoryPool): void {
    const reason = poolRefusal(pool, this.#pools, this.#reserved(), this.#capacityPages);
    if (reason !== undefined) {
      throw new HostError('memory-admission', { reason: `pool "${pool.name}": ${reason}` });
    }
    this.#setPools([...this.#pools.filter(({ id }) => id !== pool.id), pool]);
  }

  removePool(id: number): void {
    this.#setPools(this.#pools.filter((pool) => pool.id !== id));
  }

  #setPools(pools: readonly MemoryPool[]): void {
    this.#pools = pools;
    this.#link.setPools(pools);
  }

  /** Of the VMs that are on. */
  #reserved(except?: VmPart): readonly Reserved[] {
    const parts = [...this.#vms.values()]
      .filter((part) => part !== except)
      .map(({ config }) => reservedBy(config));
    return [...parts, ...this.#beside];
  }

  /**
   * Promises a VM all of its memory, which it has elsewhere than in the host's pool.
   * @returns gives the promise back. @throws HostError `memory-admission`
   */
  reserve(config: VmMemoryConfig): () => void {
    const { allocation } = config;
    const whole = { ...config, allocation: { ...allocation, reservationPages: allocation.sizePages } };
    this.admit(whole);
    const reserved = reservedBy(whole);
    this.#beside.add(reserved);
    return () => this.#beside.delete(reserved);
  }

  /**
   * Makes what a VM's map needs, before the VM.
   * @throws HostError `memory-admission` when it cannot be guaranteed its reservation, `file-io` when its swap file cannot be made, `host-limit` when there is no room for its tables.
   */
  open(config: VmMemoryConfig): VmPart {
    this.admit(config);
    const cachePages = Math.ceil(
      (config.allocation.sizePages * (this.#options['memZipMaxPct'] ?? 0)) / PERCENT,
    );
    const words = new MemoryWords();
    const cache = CompressionCache.create(this.#machine, cachePages, new ZstdPacker());
    let swap: SwapFile;
    try {
      swap = new late.storage.SwapFile({ path: config.swapPath, counts: words.swapCounts });
    } catch (error) {
      cache.destroy();
      throw error;
    }
    const key = String(++this.#lastKey);
    const part = new VmPart(
      key,
      config,
      { machine: this.#machine, link: this.#link, admit: this.#admit, cache, swap, words },
      () => this.#vms.delete(key),
    );
    this.#vms.set(key, part);
    return part;
  }

  setOptions(options: Partial<MemoryOptions>): void {
    Object.assign(this.#options, options);
    this.#link.setOptions(options);
  }

  /** What `vmk top` shows; of VMs that are on. */
  statistics(): HostMemory {
    const machine = this.#machine;
    const vms = [...this.#vms.values()].flatMap((part) => part.statistics() ?? []);
    const sum = (of: (vm: VmMemory) => number) => vms.reduce((total, vm) => total + of(vm), 0);
    return {
      pages: machine.pages,
      freePages: machine.freePages,
      minFreePages: this.#minFree,
      state: hostState(machine.freePages, this.#minFree).name,
      sharedPages: sum((vm) => vm.sharedPages),
      sharedSavedPages: sum((vm) => vm.sharedSavedPages),
      zeroPages: sum((vm) => vm.zeroPages),
      balloonPages: sum((vm) => vm.balloonPages),
      swappedPages: sum((vm) => vm.swappedPages),
      compressedPages: sum((vm) => vm.compressedPages),
      vms,
    };
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  /** Ends the manager's thread as a fault would; for tests. */
  async kill(): Promise<void> {
    await this.#link.kill();
  }

  /** The manager has died while it was at pages of some VMs: those where a page stays locked are lost. */
  async #lose(vms: readonly KeptVm[]): Promise<void> {
    // Pages that it was giving back to the system are nobody's.
    this.#machine.frames.recoverCleaning();
    const claimed = vms
      .map(({ key, place }) => ({ key, map: mapOf(this.#machine, place.map) }))
      .filter(({ map }) => map.isClaimed);
    const before = claimed.map(({ map }) => map.busyPages);
    await setTimeout(STUCK_MS);
    const stuck = claimed.filter(({ map }, i) => map.busyPages.some((page) => before[i]?.includes(page)));
    for (const { map } of claimed) map.breakClaim();
    this.#onDeath(stuck.map(({ key }) => key));
  }
}

function reservedBy({ pool, allocation }: VmMemoryConfig): Reserved {
  return { pool, pages: allocation.reservationPages + allocation.overheadPages };
}

function mapOf(machine: MachineMemory, place: MapPlace, stores?: PageStores): GuestMap {
  return GuestMap.attach(machine, place, { onHostWrite: () => {}, stores });
}

interface PartOwner {
  readonly machine: MachineMemory;
  readonly link: MemoryLink;
  readonly admit: (config: VmMemoryConfig, part: VmPart) => void;
  readonly cache: CompressionCache;
  readonly swap: SwapFile;
  readonly words: MemoryWords;
}

/** A VM's part of the host's memory, from before it is made until it is off. */
export class VmPart {
  readonly key: string;
  /** For every thread that runs it. */
  readonly seat: MemorySeat;
  config: VmMemoryConfig;
  readonly #owner: PartOwner;
  readonly #forget: () => void;
  #map: GuestMap | undefined;
  #place: MachinePlace | undefined;
  /** What it had when it left. */
  #atEnd: VmMemory | undefined;

  constructor(key: string, config: VmMemoryConfig, owner: PartOwner, forget: () => void) {
    this.key = key;
    this.config = config;
    this.#owner = owner;
    this.#forget = forget;
    const { cache, swap, words } = owner;
    this.seat = {
      cache: cache.place,
      swap: { fd: swap.fd, path: config.swapPath },
      words: words.buffer,
    };
  }

  /** The VM is made: from now on its pages are shared, and taken when the host is short. */
  manage(place: MachinePlace, home: number): void {
    const { machine, link } = this.#owner;
    const { identity, salt, isUnshared, maxBalloonPages, allocation, pool } = this.config;
    this.#place = place;
    const { cache, swap } = this.#owner;
    this.#map = mapOf(machine, place.map, { compressed: cache, swapped: swap });
    link.add({
      ...{ key: this.key, identity, salt, isUnshared, maxBalloonPages, allocation },
      ...{ pool, place, seat: this.seat, home },
    });
  }

  /** Says so when it cannot be owed that. @throws HostError `memory-admission` */
  admit(allocation: MemoryAllocation, pool = this.config.pool): void {
    this.#owner.admit({ ...this.config, allocation, pool }, this);
  }

  /** Its page map, with all that was put away; undefined before it is made. */
  get map(): GuestMap | undefined {
    return this.#map;
  }

  /** What it is owed from now on, and in which pool. */
  allocate(allocation: MemoryAllocation, pool = this.config.pool): void {
    this.config = { ...this.config, allocation, pool };
    this.#owner.link.allocate(this.key, allocation, pool);
  }

  /** What was wrong with where its pages are put away may be right again. */
  retry(): void {
    this.#owner.words.answered();
  }

  /** Resolves when nobody changes its pages in the background any more: before they are given back, and its tables with them. */
  leave(): Promise<void> {
    this.#atEnd = this.statistics();
    return this.#owner.link.remove(this.key);
  }

  /** The thread of the VM's devices has died: gives back what can be. Preconditions: `leave`; no thread runs it. */
  salvage(): void {
    this.#map?.salvage();
    if (this.#place) Seat.giveBack(this.#owner.machine, this.#place);
  }

  /** The VM is off, and its pages are given back. */
  close(): void {
    const { cache, swap } = this.#owner;
    this.#map = undefined;
    this.#forget();
    cache.destroy();
    swap.destroy();
  }

  /** Undefined before it is made. Once it leaves, what it had: its tables may be somebody else's memory by then. */
  statistics(): VmMemory | undefined {
    if (this.#atEnd) return this.#atEnd;
    const map = this.#map;
    if (map === undefined) return undefined;
    const { words, swap } = this.#owner;
    const { allocation, name } = this.config;
    // What the manager saw at its last look may be gone: pages that came back meanwhile would count twice.
    const sharedSavedPages = Math.min(words.get('sharedSaved'), map.count('shared'));
    const cachePages = Math.min(words.get('cache'), map.count('compressed'));
    return {
      name,
      sizePages: allocation.sizePages,
      grantedPages: map.count('private') + map.count('shared') + map.count('zero'),
      consumedPages: map.count('private') + map.count('shared') - sharedSavedPages + cachePages,
      targetPages: words.get('target'),
      sharedPages: map.count('shared'),
      sharedSavedPages,
      zeroPages: map.count('zero'),
      balloonPages: map.count('ballooned'),
      balloonTargetPages: words.balloonTarget,
      isBallooned: words.isDriven,
      swappedPages: map.count('swapped'),
      swapReads: swap.reads,
      swapWrites: swap.writes,
      compressedPages: map.count('compressed'),
      cachePages,
      activePages: words.get('active'),
      reservationPages: allocation.reservationPages,
      limitPages: allocation.limitPages,
      shares: allocation.shares,
      overheadPages: allocation.overheadPages,
    };
  }
}

/** A VM's row of `vmk top`'s memory screen. */
export function topMemory(group: number, vm: VmMemory): TopMemory {
  const bytes = (pages: number): number => pages * PAGE_BYTES;
  return {
    group,
    name: vm.name,
    size: bytes(vm.sizePages),
    granted: bytes(vm.grantedPages),
    consumed: bytes(vm.consumedPages),
    target: bytes(vm.targetPages),
    isBallooned: vm.isBallooned,
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
    overhead: bytes(vm.overheadPages),
  };
}
