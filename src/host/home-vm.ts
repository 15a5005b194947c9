/** A VM at its home: files, devices and console, on the pCPU that has them; its harts may run on other pCPUs as well. */
import { serialize } from 'node:v8';
import type { Button, ScsiSlot } from '#devices';
import { type DirtyPages, Hold, type MachineMemory, WorldState, type WorldTable } from '#kernel/machine';
import { HostError, SeededRandom } from '#lib';
import type { DiskConfig, GuestMemory, RunResult } from '#management';
import type { Arena } from '#net';
import type { Engine } from '#riscv';
import type { DiskAction } from '#storage';
import {
  type Hart,
  type HartTurn,
  Machine,
  type MachineHost,
  type MachineStateV1,
  writeButton,
} from '#vmm/run';
import { type OpenBootFile, openBootFile, openKernel, symbolsBeside } from './boot-files.ts';
import type { ControlBlock } from './control-block.ts';
import { DeviceKeeper } from './device-keeper.ts';
import type { HomeDisks } from './home-disks.ts';
import { type HomeNics, openNics } from './home-nics.ts';
import type { HostClock } from './host-clock.ts';
import { late } from './late-rooms.ts';
import { openStores, type SeatStores } from './memory-seat.ts';
import type { MemoryWords } from './memory-words.ts';
import type { PcpuRequest, RunStats, VmConfig, VmMessage } from './messages.ts';
import { Outbox } from './outbox.ts';
import type { ToSave } from './snapshot-write.ts';
import { fillRandom } from './system-random.ts';
import { type FinalEnd, type KeptOrigin, type MachineOrigin, payload } from './vm-ends.ts';

/** Steps of a turn. A deterministic turn has always this length, so that devices are polled at the same steps. */
const TURN_STEPS = 2 ** 18;
const DETERMINISTIC_SEED = 1;
const NS_PER_MS = 1e6;
const NS_PER_TICK = 100;
/** So long after a device was used its VM's devices are polled again and again. */
const POLL_NS = 20 * NS_PER_MS;
/** Devices that were not used for so long are kept, if they were not before: what all guests of a network hear comes in crowds. */
const KEEP_NS = 500 * NS_PER_MS;

/** What the pCPU gives the VMs whose home it is. */
export interface HomeHost {
  readonly index: number;
  readonly memory: MachineMemory;
  readonly engine: Engine;
  readonly clock: HostClock;
  readonly worlds: WorldTable;
  /** For a device that cannot go on without a page: whether there is one now. */
  readonly reclaim?: (() => boolean) | undefined;
  /** A world may have something to do. */
  wake(row: number): void;
  /** Whether devices that have just become quiet may be kept at once. */
  mayKeep(nowNs: number): boolean;
  /** The switch ports of the host, for VMs with network cards. */
  readonly network: Arena | undefined;
  /** Wakes a pCPU. */
  readonly ring: (pcpu: number) => void;
}

/** What a guest said of its memory. */
export interface GuestMemoryAnswer {
  readonly answers: number;
  readonly statistics: GuestMemory;
}

/** What a VM is started with. */
export type HomeRequest = Pick<
  Extract<PcpuRequest, { kind: 'start' }>,
  'vm' | 'config' | 'group' | 'memory' | 'ports'
>;
export class HomeVm {
  readonly vm: number;
  readonly machine: Machine;
  readonly outbox: Outbox;
  /** Worlds, by hart; only one when the harts take turns. */
  readonly rows: readonly number[];
  /** Its harts take turns as one world, here and nowhere else. */
  readonly isWhole: boolean;
  readonly #config: VmConfig;
  readonly #control: ControlBlock;
  readonly #host: HomeHost;
  readonly #post: (message: VmMessage) => void;
  #disks: HomeDisks | undefined;
  readonly #openDisks: (configs: VmConfig['disks']) => HomeDisks;
  readonly #bootFiles: OpenBootFile[] = [];
  readonly #startedNs: number;
  /** It goes on from a state: harts may be anywhere. */
  readonly #isResumed: boolean;
  readonly #stores: SeatStores | undefined;
  readonly #nics: HomeNics | undefined;
  #pollUntilNs = 0;
  #keepAtNs = 0;
  #written: DirtyPages | undefined;
  /** Where the snapshot was to go that was asked for last. */
  #savedTo: string | undefined;
  readonly #keeper: DeviceKeeper;

  /**
   * Opens everything and switches the VM on; its worlds are held.
   * @throws HostError when the configuration cannot be run.
   */
  constructor(
    { vm, config, group, memory, ports = [] }: HomeRequest,
    control: ControlBlock,
    host: HomeHost,
    post: (message: VmMessage) => void,
    origin?: MachineOrigin | KeptOrigin,
  ) {
    this.vm = vm;
    this.#config = config;
    this.#control = control;
    this.#host = host;
    this.#post = post;
    this.outbox = new Outbox(control, post);
    this.#stores = memory && openStores(host.memory, memory, (line) => this.outbox.line(line));
    this.isWhole = config.deterministic || config.trace.length > 0 || host.engine.name === 'reference';
    this.#nics = openNics(host, config.nics, ports);
    const kept = origin && 'kind' in origin ? origin : undefined;
    const begins = origin && 'kind' in origin ? undefined : origin;
    let rows: readonly number[] = [];
    try {
      const say = (line: string) => this.outbox.line(line);
      const full = (reason: string) => post({ kind: 'trouble', trouble: { kind: 'disk-full', reason } });
      const { index, ring } = host;
      const thread = { index, ring, nowNs: () => host.clock.nowNs() };
      const hears = { error: say, full: config.asks ? full : undefined };
      this.#openDisks = (disks) => new late.homeDisks.HomeDisks(disks, hears, thread, !this.isWhole);
      if (config.disks.length > 0) this.#disks = this.#openDisks(config.disks);
      this.machine = this.#makeMachine(kept?.seat.place ?? begins?.place);
      if (!kept) rows = this.#addWorlds(group);
      this.rows = kept?.seat.rows ?? rows;
      this.#isResumed = origin !== undefined;
      if (kept) this.machine.adopt(kept.devices);
      else if (begins) this.machine.become(begins.state, () => begins.fill(this.machine.map), begins.isCopy);
      else this.machine.powerOn();
      this.#keeper = new DeviceKeeper(this.machine, control, (state) => {
        // To post it would wake the main thread, for what is hardly ever read.
        if (!control.writeKept(serialize(state))) post({ kind: 'kept', state });
      });
    } catch (error) {
      for (const row of rows) host.worlds.remove(row);
      this.close();
      throw error;
    }
    this.#startedNs = host.clock.nowNs();
  }

  /** As after power-on: the first hart can run, the others wait to be started. Preconditions: held, none is running. */
  makeReady(): void {
    this.#keeper.change();
    const { worlds, clock } = this.#host;
    for (const [hart, row] of this.rows.entries()) {
      const wanted = this.isWhole || this.#mayRun(hart) ? WorldState.ready : WorldState.stopped;
      worlds.exchange(row, worlds.state(row), wanted, clock.nowNs());
    }
  }

  /** A hart that waits looks for itself whether it still has to. */
  #mayRun(hart: number): boolean {
    const { status, wouldRun } = this.machine.harts[hart] as Hart;
    return wouldRun || (this.#isResumed && status !== 'stopped');
  }

  hold(reason: number): void {
    for (const row of this.rows) Atomics.or(this.#host.worlds.columns.held, row, reason);
  }

  letGo(reason: number): void {
    for (const row of this.rows) Atomics.and(this.#host.worlds.columns.held, row, ~reason);
  }

  /** Runs all harts for a turn, as one world. */
  turn(): { readonly turn: HartTurn; readonly deadlineNs: number } {
    const end = this.machine.turn(TURN_STEPS);
    if (end.kind === 'ran' || end.kind === 'reset') return { turn: 'ran', deadlineNs: 0 };
    if (end.kind === 'starved') return { turn: 'starved', deadlineNs: 0 };
    if (end.kind !== 'idle') return { turn: 'ended', deadlineNs: 0 };
    const ns = end.ticks === undefined ? Number.POSITIVE_INFINITY : end.ticks * NS_PER_TICK;
    return { turn: 'waits', deadlineNs: this.#host.clock.nowNs() + ns };
  }

  /** Devices were used: they may have something to do soon. */
  noteUse(nowNs: number): void {
    this.#pollUntilNs = nowNs + POLL_NS;
    this.#keepAtNs = nowNs + KEEP_NS;
  }

  /** Whether devices were not used for so long that they have nothing to do by themselves. */
  isQuiet(nowNs: number): boolean {
    return nowNs >= this.#pollUntilNs;
  }

  /** Does what is due beside the harts: requests of harts elsewhere, input, output, devices. */
  attend(nowNs: number): void {
    if (this.isPaused) return this.outbox.flush();
    if (!this.outbox.isFull) this.#serveDevices(nowNs);
    this.#passInput(nowNs);
    this.#serveBalloon();
    if (this.#nics?.hasNews && this.#nics.look()) this.#passFrames(this.#nics, nowNs);
    if (nowNs >= (this.#disks?.nextNs ?? nowNs + 1)) this.#attendDisks();
    this.outbox.flush();
    this.#holdWhileFull();
    if (this.isWhole || (this.isQuiet(nowNs) && nowNs < this.#pollNs(nowNs))) return;
    this.#keeper.change();
    this.machine.poll();
    this.outbox.flush();
  }

  /** Nothing comes by itself: its devices are kept as they are, so that they outlive this thread. */
  rest(nowNs: number): void {
    if (this.#keeper.isDone || this.isWhole || this.ended !== undefined) return;
    if (this.#disks?.isSettled === false) return;
    if (nowNs >= this.#keepAtNs || this.#host.mayKeep(nowNs)) this.#keeper.keep();
  }

  /** What is told of its memory, where that is managed. */
  get words(): MemoryWords | undefined {
    return this.#stores?.words;
  }

  /** When a device wants to be polled, all are quiet, or are to be kept; Infinity for never. */
  alarmNs(nowNs: number): number {
    const pollNs = this.#pollNs(nowNs);
    if (this.isWhole) return pollNs;
    if (!this.isQuiet(nowNs)) return Math.min(pollNs, this.#pollUntilNs);
    return nowNs < this.#keepAtNs && !this.#keeper.isDone ? Math.min(pollNs, this.#keepAtNs) : pollNs;
  }

  #pollNs(nowNs: number): number {
    if (this.isWhole) return Number.POSITIVE_INFINITY;
    const ticks = this.machine.alarmTicks;
    const deviceNs = ticks === undefined ? Number.POSITIVE_INFINITY : nowNs + Number(ticks) * NS_PER_TICK;
    return Math.min(deviceNs, this.#disks?.nextNs ?? deviceNs);
  }

  /** How it has ended, when it has; `reset` when it shall start anew. */
  get ended(): FinalEnd | 'reset' | undefined {
    const end = this.machine.seat.loop.ended;
    if (end === undefined || end.kind === 'ran' || end.kind === 'idle' || end.kind === 'starved')
      return undefined;
    return end.kind === 'reset' ? 'reset' : end;
  }

  /** Stops what devices do by themselves, when all that harts have asked of them is done. Preconditions: held. */
  pause(nowNs: number): void {
    this.#keeper.change();
    this.#serveDevices(nowNs);
    this.machine.pause();
    this.outbox.flush();
  }

  resume(): void {
    this.#keeper.change();
    this.machine.resume();
    this.letGo(Hold.paused);
  }

  /** Whether it stands still, because somebody said so. */
  get isPaused(): boolean {
    return (Atomics.load(this.#host.worlds.columns.held, this.rows[0] ?? 0) & Hold.paused) !== 0;
  }

  save(): MachineStateV1 {
    this.#keeper.change();
    return this.machine.map.whileStill(() => this.machine.save());
  }

  /** What a copy begins as. Preconditions: paused. @throws HostError `host-limit` */
  fork(name: string): MachineOrigin {
    this.#keeper.change();
    return this.machine.map.whileStill(() => ({
      state: this.machine.saveWithoutPages(),
      ...{ place: this.machine.fork(name), isCopy: true },
      fill: () => {},
    }));
  }

  /**
   * What a snapshot is beside the pages. Those stay as they are, and the VM's, until who writes them calls the map's `goOn`.
   * It builds on `base` only if that was asked for last: what was written before is not known any more. Preconditions: paused.
   */
  snapshot(path: string, base: string | undefined): ToSave {
    this.#keeper.change();
    this.#written ??= this.machine.dirtyLog.open();
    const written = Uint32Array.from(this.#written.take());
    const isOnBase = base !== undefined && base === this.#savedTo;
    this.#savedTo = path;
    const { map } = this.machine;
    map.standStill();
    try {
      const state = this.machine.saveWithoutPages();
      return { state, ...(isOnBase && { base: { path: base, written } }) };
    } catch (error) {
      map.goOn();
      throw error;
    }
  }

  /** @returns how many bytes found room */
  tellAgent(bytes: Uint8Array, nowNs: number): number {
    this.#keeper.change();
    const taken = this.machine.input({ kind: 'agent', bytes });
    this.noteUse(nowNs);
    return taken;
  }

  /** @returns whether the guest has a driver that takes it */
  press(button: Button, nowNs: number): boolean {
    this.#keeper.change();
    const taken = this.machine.input({ kind: 'button', bytes: writeButton(button) });
    this.noteUse(nowNs);
    return taken > 0;
  }

  /** Does something to the disk of that number. @throws HostError */
  disk(index: number, action: DiskAction, nowNs: number): unknown {
    this.noteUse(nowNs);
    // Its files may be others now than those that it was started with.
    this.#keeper.end();
    if (this.#disks === undefined) throw new TypeError(`VM ${this.vm} has no disk ${index}`);
    return this.#disks.act(index, action, (use) => this.machine.withDevices(use));
  }

  /** Puts a disk into a SCSI controller. @returns its number. @throws HostError */
  plug(config: DiskConfig & { readonly scsi: ScsiSlot }, nowNs: number): number {
    const { controller, target, kind } = config.scsi;
    const host = this.machine.scsi(controller);
    if (host === undefined) throw new TypeError(`VM ${this.vm} has no SCSI controller ${controller}`);
    this.noteUse(nowNs);
    this.#keeper.end();
    this.#disks ??= this.#openDisks([]);
    const index = this.#disks.add(config);
    const backend = this.#disks.at(index);
    if (backend) this.machine.withDevices(() => host.plug({ target, kind, backend }));
    return index;
  }

  /** Takes the disk of that number out of its SCSI controller, flushed. */
  unplug(index: number, { controller, target }: ScsiSlot, nowNs: number): void {
    this.noteUse(nowNs);
    this.#keeper.end();
    this.machine.withDevices(() => this.machine.scsi(controller)?.unplug(target));
    this.#disks?.remove(index);
  }

  /** What the guest says of its memory, and how often it has: it is asked, or only what it said last is told. */
  guestMemory(isAsked: boolean, nowNs: number): GuestMemoryAnswer {
    const { machine } = this;
    if (isAsked) {
      this.#keeper.change();
      this.noteUse(nowNs);
    }
    const answers = isAsked ? machine.askMemoryStatistics() : machine.memoryAnswers;
    return { answers, statistics: machine.memoryStatistics };
  }

  setLink(nic: number, isUp: boolean, nowNs: number): void {
    this.#keeper.end();
    this.machine.useNics((devices) => devices[nic]?.setLink(isUp));
    this.noteUse(nowNs);
  }

  stats(): RunStats {
    const { clock, engine, worlds } = this.#host;
    const nowNs = clock.nowNs();
    const profile = engine.name === 'jit' ? engine.profile?.() : undefined;
    const waits = this.rows.map((row) => worlds.times(row, nowNs).wait);
    return {
      engine: engine.name,
      startMs: this.#startedNs / NS_PER_MS,
      runMs: (nowNs - this.#startedNs) / NS_PER_MS,
      idleMs: Math.min(...waits) / NS_PER_MS,
      steps: this.machine.stepsInAll,
      exits: this.machine.exits,
      code: profile && { translated: profile.translated, kept: profile.fromKept, others: profile.fromOthers },
      stateHash: this.#config.deterministic ? this.machine.stateHash() : undefined,
    };
  }

  /** The last words: disks are flushed and closed, then it is told how it ended. */
  end(result: RunResult): void {
    this.#keeper.end();
    const stats = this.stats();
    this.close();
    this.outbox.flushAll();
    this.#post({ kind: 'ended', result, stats });
  }

  /** Flushes and closes the disks, closes the other files. */
  close(): void {
    for (const file of this.#bootFiles.splice(0)) file.close();
    this.#disks?.close();
  }

  /** Gives its memory and its worlds back. Preconditions: no other thread knows it any more. */
  release(): void {
    this.machine.dispose();
    for (const row of this.rows) this.#host.worlds.remove(row);
  }

  #serveDevices(nowNs: number): void {
    const { worlds } = this.#host;
    for (const [hart, row] of this.rows.entries()) {
      if (worlds.state(row) !== WorldState.device) continue;
      const served = this.machine.harts[hart];
      if (served === undefined) continue;
      this.#keeper.change();
      this.machine.serve(served);
      this.noteUse(nowNs);
      // Who has just switched the VM off does not come back from it.
      if (this.ended !== undefined) this.hold(Hold.paused);
      if (worlds.exchange(row, WorldState.device, WorldState.waiting, nowNs)) this.#host.wake(row);
    }
  }

  #passInput(nowNs: number): void {
    if (!this.machine.takesInput) return;
    const bytes = this.#control.take();
    if (bytes.length > 0) {
      this.#keeper.change();
      this.machine.input({ kind: 'console', bytes });
      this.noteUse(nowNs);
      if (this.isWhole) for (const row of this.rows) this.#host.wake(row);
    }
    if (this.#control.wasStarved()) this.#post({ kind: 'input-room' });
  }

  #serveBalloon(): void {
    const words = this.#stores?.words;
    if (words === undefined) return;
    const { balloon } = this.machine;
    if (balloon.target !== words.balloonTarget) this.#keeper.change();
    words.serve(balloon);
  }

  #attendDisks(): void {
    this.#keeper.change();
    this.machine.withDevices(() => this.#disks?.attend());
  }

  #passFrames(nics: HomeNics, nowNs: number): void {
    this.#keeper.change();
    this.machine.useNics((devices) => nics.attend(devices));
    this.noteUse(nowNs);
    if (this.isWhole) for (const row of this.rows) this.#host.wake(row);
  }

  /** A VM whose output nobody reads waits until somebody does. */
  #holdWhileFull(): void {
    const { held } = this.#host.worlds.columns;
    const [row = 0] = this.rows;
    const isHeld = (Atomics.load(held, row) & Hold.console) !== 0;
    if (this.outbox.isFull === isHeld) return;
    if (isHeld) this.letGo(Hold.console);
    else this.hold(Hold.console);
  }

  #addWorlds(group: number): number[] {
    const { worlds, clock, index } = this.#host;
    const { columns } = worlds;
    const rows: number[] = [];
    const harts = this.machine.harts.length;
    for (let vcpu = 0; vcpu < (this.isWhole ? 1 : harts); vcpu++) {
      const row = worlds.add(clock.nowNs());
      if (row < 0) {
        for (const added of rows) worlds.remove(added);
        throw new HostError('host-limit', { what: 'another world', reason: 'there are too many' });
      }
      columns.held[row] = Hold.paused;
      columns.vm[row] = this.vm;
      columns.vcpu[row] = vcpu;
      columns.vcpus[row] = harts;
      columns.group[row] = group;
      columns.home[row] = index;
      columns.pcpu[row] = index;
      columns.affinity[row] = this.isWhole ? 1 << index : -1;
      Atomics.store(columns.known, row, 1 << index);
      rows.push(row);
    }
    return rows;
  }

  #makeMachine(place: MachineOrigin['place']): Machine {
    const config = this.#config;
    const { kind, path } = payload(config);
    const file = this.#opened(openKernel(kind, path));
    const say = (line: string): void => this.outbox.line(line);
    const trace = config.trace.length > 0 ? late.trace.makeTrace(config.trace, say) : undefined;
    return new Machine(
      {
        name: config.name,
        ramBytes: config.memoryBytes,
        harts: config.cpus,
        deterministic: config.deterministic,
        console: config.console,
        append: config.append,
        payload: { kind, file },
        initrds: config.initrd.map((initrd) => this.#opened(openBootFile('initramfs', initrd))),
        disks: this.#disks?.all ?? [],
        scsi: config.disks.map(({ scsi }) => scsi),
        scsiHosts: config.scsiHosts,
        ...(this.#nics && { nics: this.#nics.backends }),
        agent: config.agent ?? false,
        buttons: config.buttons,
        symbols: symbolsBeside(path),
      },
      this.#host.memory,
      this.#host.engine,
      this.#machineHost(),
      trace,
      place,
    );
  }

  /** Boot files stay open: a reset by the guest reads them again. */
  #opened(file: OpenBootFile): OpenBootFile {
    this.#bootFiles.push(file);
    return file;
  }

  #machineHost(): MachineHost {
    const seeded = new SeededRandom(DETERMINISTIC_SEED);
    const { held } = this.#host.worlds.columns;
    return {
      clock: this.#host.clock,
      random: this.#config.deterministic ? seeded : { fill: fillRandom },
      wallNanoseconds: () => {
        const nowMs = performance.timeOrigin + performance.now() + (this.#config.clockOffsetMs ?? 0);
        return BigInt(Math.round(nowMs * 1000)) * 1000n;
      },
      output: (bytes) => this.outbox.output(bytes),
      report: (line) => this.outbox.line(line),
      agent: {
        write: (bytes) => this.outbox.agent(bytes),
        opened: (isOpen) => this.#post({ kind: 'agent-open', isOpen }),
        ready: () => this.#post({ kind: 'agent-room' }),
      },
      wake: (hart) => {
        const row = this.rows[this.isWhole ? 0 : hart];
        if (row !== undefined) this.#host.wake(row);
      },
      ...(this.#stores && { memory: { stores: this.#stores, reclaim: this.#host.reclaim } }),
      isHeld: () => !this.isWhole && Atomics.load(held, this.rows[0] ?? 0) !== 0,
    };
  }
}
