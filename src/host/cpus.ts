/**
 * The pCPUs of a host and the VMs on them, seen from the main thread: one machine memory, one table of worlds, N worker
 * threads. A pCPU that dies takes along the VMs that it was running or whose devices were in use there; another one takes its
 * place.
 */
import type { Worker } from 'node:worker_threads';
import {
  type CpuAllocation,
  DEFAULT_ALLOCATION,
  MAX_PCPUS,
  MachineMemory,
  type MemoryOptions,
  ROOT,
  WorldState,
  WorldTable,
} from '#kernel/machine';
import { HostError, reasonOf } from '#lib';
import type { RunConfig, RunResult } from '#management';
import type { LanePort, SwitchLanes } from '#net';
import type { SharedRegions } from '#riscv';
import { engineAreaBytes } from '#riscv/size';
import { askForHugePages } from '#storage/huge-pages';
import { HartWords } from '#vmm/size';
import { Bells } from './bells.ts';
import { ControlBlock } from './control-block.ts';
import { CpuResources } from './cpu-resources.ts';
import { clockOrigin, hostClock } from './host-clock.ts';
import type { HostMemoryManager, VmMemoryConfig, VmPart } from './host-memory.ts';
import { late } from './late-rooms.ts';
import type { PcpuProfile, VmConfig, VmOrigin, VmSeat } from './messages.ts';
import { PcpuLink, type PcpuListener } from './pcpu-link.ts';
import { type VmConsole, VmHandle } from './vm-handle.ts';

export interface CpusConfig {
  /** How many pCPUs: 1 … MAX_PCPUS. */
  readonly cpus: number;
  /** Machine memory for guests, engines and tables; at most 4 GiB. */
  readonly memoryBytes: number;
  readonly engine: RunConfig['engine'];
  /** Guest memory is written only by harts and devices of one thread: one pCPU, one VM. */
  readonly isAlone?: boolean;
  /** Memory is managed: VMs may have more than there is. What its settings are, as far as they differ from the defaults. */
  readonly managed?: Partial<MemoryOptions>;
  /** Translated code is proved to be safe before it runs. */
  readonly checkCode?: boolean | undefined;
  /** Folder where translated code is kept between starts; absent: none is. */
  readonly codeFolder?: string | undefined;
  /** VMs may have network cards. */
  readonly hasNetwork?: boolean;
  /** Hears what goes wrong with the host itself, in one line. */
  readonly report: (line: string) => void;
}

/** Where a VM is in the tree of pools, and what it is owed there. */
export interface CpuPlace {
  readonly pool?: number;
  readonly allocation?: CpuAllocation;
  /** What its memory is to be, on a host that manages memory. */
  readonly memory?: VmMemoryConfig;
}

/** What the network cards of a VM are plugged into. */
export interface VmNetwork {
  /** Hears of the ports of the cards, in their order, before the VM runs. */
  plug(ports: readonly LanePort[]): void;
  /** The VM is gone. */
  unplug(): void;
}

interface Thread {
  link: PcpuLink;
  readonly area: { readonly base: number; readonly bytes: number };
}

export class Cpus {
  readonly memory: MachineMemory;
  readonly worlds = new WorldTable();
  readonly bells: Bells;
  /** Pools, and what VMs are owed. */
  readonly resources: CpuResources;
  /** Absent when nobody manages memory. */
  readonly hostMemory: HostMemoryManager | undefined;
  /** Memory comes in large pages, which take their time when they are touched first. */
  readonly hasHugePages: boolean;
  /** The switch ports of network cards, when there may be some. */
  readonly lanes: SwitchLanes | undefined;
  readonly #config: CpusConfig;
  readonly #origin = clockOrigin();
  readonly #threads: Thread[] = [];
  readonly #vms = new Map<number, VmHandle>();
  #lastVm = 0;
  #generation = 0;
  #isClosed = false;

  /** @param early - threads that were started before, while it was not known what for. */
  constructor(config: CpusConfig, early: readonly EarlyThread[] = []) {
    if (config.cpus < 1 || config.cpus > MAX_PCPUS) {
      throw new HostError('unsupported', {
        what: `${config.cpus} pCPUs`,
        reason: `a host has 1 to ${MAX_PCPUS}`,
      });
    }
    this.#config = config;
    this.memory = new MachineMemory(config.memoryBytes);
    // Where memory is managed, pages go back to the system one by one.
    this.hasHugePages = !config.managed && askForHugePages(this.memory.memory.buffer);
    this.bells = new Bells(config.cpus);
    const ring = (pcpu: number): void => this.bells.ring(pcpu);
    if (config.hasNetwork) {
      const { Arena, SwitchLanes } = late.net;
      this.lanes = new SwitchLanes(new Arena(), { pcpu: MAX_PCPUS, ring }, () => performance.now());
    }
    this.resources = new CpuResources(this.worlds, config.cpus, hostClock(this.#origin));
    const bytes = areaBytes(config.memoryBytes);
    const areas = Array.from({ length: config.cpus }, (_, index) => ({
      base: this.memory.allocateTable(`decoded code of pCPU ${index}`, bytes),
      bytes,
    }));
    this.hostMemory = config.managed && this.#manager(config.managed);
    for (const [index, area] of areas.entries()) {
      const thread: Thread = {
        link: early[index]?.adopt(this.#listener(index)) ?? this.#newLink(index),
        area,
      };
      this.#threads.push(thread);
      this.#begin(thread, false);
    }
  }

  get cpus(): number {
    return this.#config.cpus;
  }

  /** Where a machine that is started now has its first pages, and the code of it that is executed. */
  get soonUsed(): { readonly pages: number; readonly code: number } {
    const [first, last] = [this.#threads[0] as Thread, this.#threads.at(-1) as Thread];
    return { pages: last.area.base + last.area.bytes, code: first.area.base };
  }

  /** VMs that run or are paused. */
  get vms(): readonly VmHandle[] {
    return [...this.#vms.values()];
  }

  /** Switches a VM on. @throws HostError for what cannot be started */
  async startVm(
    config: VmConfig,
    console: VmConsole,
    { pool = ROOT, allocation = DEFAULT_ALLOCATION, memory }: CpuPlace = {},
    origin?: VmOrigin,
    network?: VmNetwork,
  ): Promise<VmHandle> {
    const vm = ++this.#lastVm;
    const { name, memoryBytes } = config;
    const group = this.resources.switchOn(name, config.cpus, pool, allocation);
    const parent = origin?.kind === 'fork' ? this.#vms.get(origin.parent) : undefined;
    const home = parent?.home ?? this.#leastLoaded();
    const control = new ControlBlock();
    let part: VmPart | undefined;
    try {
      part = memory && this.hostMemory?.open(memory);
    } catch (error) {
      this.resources.switchOff(group);
      throw error;
    }
    const { disks } = config;
    const handle = new VmHandle({ vm, name, memoryBytes, group, home, part, disks }, control, console, this);
    this.#vms.set(vm, handle);
    let ports: readonly LanePort[] = [];
    const closePorts = (): void => {
      network?.unplug();
      for (const port of ports) port.close();
    };
    try {
      const memory = part?.seat;
      ports = this.#openPorts(config, home);
      network?.plug(ports);
      const request = {
        kind: 'start',
        ...{ vm, config, group, control: control.buffer, memory },
        ports: ports.map(({ port }) => port),
      } as const;
      const started = await this.link(home).request(origin ? { ...request, origin } : request);
      handle.started(started as VmSeat, request);
    } catch (error) {
      this.#vms.delete(vm);
      this.resources.switchOff(group);
      part?.close();
      closePorts();
      throw error;
    }
    void handle.ended.then(() => {
      this.resources.switchOff(group);
      closePorts();
    });
    return handle;
  }

  /** Begins to look where the time of all pCPUs goes. */
  async startProfile(): Promise<void> {
    await Promise.all(this.#threads.map(({ link }) => link.request({ kind: 'profile', isOn: true })));
  }

  /** What was seen since then, by pCPU. */
  async takeProfile(): Promise<PcpuProfile[]> {
    const taken = this.#threads.map(({ link }) => link.request({ kind: 'profile', isOn: false }));
    return (await Promise.all(taken)) as PcpuProfile[];
  }

  /** Ends all threads; VMs that still run are gone with them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#threads.map(({ link }) => link.close()), this.hostMemory?.close()]);
  }

  /** Ends the thread of a pCPU as a fault would; for tests. */
  async kill(pcpu: number): Promise<void> {
    await this.link(pcpu).kill();
  }

  /** For VmHandle. */
  link(pcpu: number): PcpuLink {
    return (this.#threads[pcpu] as Thread).link;
  }

  /** For VmHandle: tells all pCPUs but the home. */
  async tellOthers(home: number, request: Parameters<PcpuLink['request']>[0]): Promise<void> {
    const others = this.#threads.filter(({ link }) => link.index !== home);
    // One that dies just now forgets by itself.
    await Promise.all(others.map(({ link }) => link.request(request).catch(() => undefined)));
  }

  /** For VmHandle. */
  forget(vm: number): void {
    this.#vms.delete(vm);
  }

  #manager(options: Partial<MemoryOptions>): HostMemoryManager {
    const find = (key: string) => this.vms.find(({ part }) => part?.key === key);
    return new late.hostMemory.HostMemoryManager({
      ...{ machine: this.memory, bells: this.bells, options, report: this.#config.report },
      onProblem: (key, problem, reason) =>
        find(key)?.trouble({ kind: problem === 'full' ? 'swap-full' : 'swap-failed', reason }),
      onDeath: (keys) => {
        for (const vm of keys.map(find)) {
          if (vm === undefined) continue;
          this.#config.report(`VM "${vm.name}" is powered off: the memory manager has died at its pages`);
          void vm.powerOff({
            kind: 'fault',
            message: `${vm.name}: the memory manager has died at its pages`,
          });
        }
      },
    });
  }

  #openPorts({ name, nics = [] }: VmConfig, home: number): LanePort[] {
    const ports: LanePort[] = [];
    for (const _ of nics) {
      const port = this.lanes?.open(home);
      if (port === undefined) {
        for (const opened of ports) opened.close();
        const reason = this.lanes ? `all ${late.net.MAX_LANES} are taken` : 'the host has no network';
        throw new HostError('host-limit', { what: `a switch port for ${name}`, reason });
      }
      ports.push(port);
    }
    return ports;
  }

  #leastLoaded(): number {
    const loads = this.#threads.map(() => 0);
    for (const { home, harts } of this.#vms.values()) loads[home] = (loads[home] ?? 0) + harts;
    return loads.indexOf(Math.min(...loads));
  }

  #newLink(index: number): PcpuLink {
    return new PcpuLink(index, this.#listener(index));
  }

  /** What one pCPU has had compiled, all may use. */
  #shareCode(from: number, regions: SharedRegions): void {
    for (const { link } of this.#threads) if (link.index !== from) link.share(regions);
  }

  #listener(index: number): ConstructorParameters<typeof PcpuLink>[1] {
    return {
      vm: (vm, message) => this.#vms.get(vm)?.take(message),
      made: (regions) => this.#shareCode(index, regions),
      died: (reason) => void this.#replace(index, reason),
    };
  }

  #begin({ link, area }: Thread, isReplacement: boolean): void {
    const { cpus, engine, isAlone = false, checkCode: isChecked = false, codeFolder: folder } = this.#config;
    const isShared = !isAlone;
    const kept = folder === undefined ? undefined : { folder, isShared };
    const plan = { isChecked, givesWay: isAlone, kept, isSharing: cpus > 1 };
    const start = {
      ...{ index: link.index, memory: this.memory.memory, worlds: this.worlds.buffer },
      ...{ scheduler: this.resources.state.buffer, settings: this.resources.state.settings },
      memoryBell: this.hostMemory?.bell.buffer,
      ...{ bells: this.bells.buffer, pcpus: cpus, engine, area, origin: this.#origin, isReplacement },
      isShared,
      generation: ++this.#generation,
      ...(this.lanes && { network: this.lanes.arena.buffer }),
    };
    link.begin(start, this.bells, engine === 'jit' ? plan : undefined);
  }

  /** A pCPU has died: its VMs are ended with a report, the others go on, another thread takes its place. */
  async #replace(index: number, reason: string): Promise<void> {
    if (this.#isClosed) return;
    this.#config.report(`pCPU ${index} has died (${reason}); a new one takes its place`);
    this.resources.scheduler.lock.break(index);
    this.lanes?.breakLocks(index);
    this.bells.setSleeping(index, false);
    const hit = [...this.#vms.values()].filter((vm) => vm.home === index || this.#ranOn(vm, index));
    const kept = hit.filter((vm) => vm.isKept && !this.#ranOn(vm, index));
    const lost = hit.filter((vm) => !kept.includes(vm));
    for (const vm of lost) this.#report(vm, index);
    const thread = this.#threads[index] as Thread;
    const { columns } = this.worlds;
    // Nothing is on the new pCPU's way before it says that it knows a VM.
    for (let row = 0; row < this.worlds.end; row++) Atomics.and(columns.known, row, ~(1 << index));
    thread.link = this.#newLink(index);
    this.#begin(thread, true);
    await Promise.all([
      ...lost.map((vm) => this.#lose(vm, index, reason)),
      ...kept.map((vm) => this.#rehome(vm, thread.link, reason)),
    ]);
    for (const vm of this.#vms.values()) await vm.introduce(thread.link);
  }

  /** Its devices were not in use: they go on in the new thread, from where they were. */
  async #rehome(vm: VmHandle, link: PcpuLink, reason: string): Promise<void> {
    try {
      await vm.rehome(link);
      this.#config.report(`VM "${vm.name}" goes on: its devices on pCPU ${link.index} were not in use`);
    } catch (error) {
      this.#config.report(`VM "${vm.name}" is powered off: its devices cannot go on: ${reasonOf(error)}`);
      await this.#lose(vm, link.index, reason);
    }
  }

  #report(vm: VmHandle, index: number): void {
    const how = this.#ranOn(vm, index) ? 'it was running there' : 'its devices were in use there';
    this.#config.report(`VM "${vm.name}" is powered off: pCPU ${index} has died, and ${how}`);
  }

  #ranOn(vm: VmHandle, index: number): boolean {
    const { columns } = this.worlds;
    return vm.rows.some(
      (row) => this.worlds.state(row) === WorldState.running && columns.pcpu[row] === index,
    );
  }

  async #lose(vm: VmHandle, index: number, reason: string): Promise<void> {
    const { running, stopped } = WorldState;
    const result: RunResult = { kind: 'fault', message: `${vm.name}: pCPU ${index} has died (${reason})` };
    for (const [hart, row] of vm.rows.entries()) {
      Atomics.or(this.worlds.columns.held, row, -1);
      if (this.worlds.columns.pcpu[row] !== index) continue;
      // Nobody will say that it has come out.
      if (vm.seat) HartWords.of(this.memory.memory.buffer, vm.seat.place.harts[hart] as number).leave();
      this.worlds.exchange(row, running, stopped, 0);
    }
    if (vm.home === index) await vm.abandon(result);
    else
      await this.link(vm.home)
        .request({ kind: 'end', vm: vm.vm, result })
        .catch(() => vm.abandon(result));
  }
}

/** A pCPU's thread that is started early. */
export class EarlyThread {
  #listener: PcpuListener | undefined;
  readonly #link: PcpuLink;

  constructor(index: number, worker?: Worker) {
    const listener: PcpuListener = {
      vm: (vm, message) => this.#listener?.vm(vm, message),
      made: (regions) => this.#listener?.made(regions),
      died: (reason) => this.#listener?.died(reason),
    };
    this.#link = new PcpuLink(index, listener, worker);
  }

  adopt(listener: PcpuListener): PcpuLink {
    this.#listener = listener;
    return this.#link;
  }
}

/** What an engine gets for decoded code: whole pages. */
function areaBytes(memoryBytes: number): number {
  return Math.ceil(engineAreaBytes(memoryBytes) / 4096) * 4096;
}
