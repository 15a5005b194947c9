/**
 * A physical CPU of the host: one worker thread with an engine of its own, which runs worlds of any VM, and is the home of
 * some VMs: their devices are here.
 *
 * It never waits for the main thread. While a world runs, at most a slice (0.25 ms) passes until the bell is looked at.
 * What waits for other pCPUs to let go of a VM is done when no world runs here, so that two never wait for one another.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import {
  FairScheduler,
  Hold,
  MachineMemory,
  WorldState,
  type WorldStateCode,
  WorldTable,
} from '#kernel/machine';
import type { RunResult } from '#management';
import type { Arena } from '#net';
import { type Engine, type EngineProfile, Jit } from '#riscv';
import { type Hart, type HartTurn, Seat } from '#vmm/run';
import { Bells } from './bells.ts';
import { ControlBlock } from './control-block.ts';
import { CoreShelf, type Shelf } from './core-shelf.ts';
import { FrameWatch } from './frame-watch.ts';
import { HomeVm } from './home-vm.ts';
import { Homes } from './homes.ts';
import { type HostClock, hostClock } from './host-clock.ts';
import { KeepBudget } from './keep-budget.ts';
import { late } from './late-rooms.ts';
import { MemoryBell } from './memory-bell.ts';
import { openStores } from './memory-seat.ts';
import type { MemoryWords } from './memory-words.ts';
import type { PcpuMail, PcpuMessage, PcpuProfile, PcpuRequest, PcpuStart, VmSeat } from './messages.ts';
import { WorkerCompiler } from './region-compiler.ts';
import type { Sampler } from './sampler.ts';
import { sentError } from './sent-error.ts';
import { type KeptOrigin, type MachineOrigin, resultOf, snapshotOrigin } from './vm-ends.ts';

const NS_PER_MS = 1e6;
const NS_PER_TICK = 100;
/** A world runs so long before others are looked at again: 1 ms. */
const TURN_TICKS = 10_000;
const LEAST_TURN_TICKS = 100;
/** Waits below this are not worth a system call: the time is spent looking. */
const MIN_WAIT_NS = 0.05 * NS_PER_MS;
/** Between two looks at whether another pCPU has let go of a VM. */
const LOOK_MS = 0.1;
/** So long a world waits that found no page, before it tries again. */
const STARVED_NS = NS_PER_MS;

type StartRequest = Extract<PcpuRequest, { kind: 'start' }>;
type HomeChange = Extract<PcpuRequest, { kind: 'release' | 'end' | 'pause' | 'resume' | 'reset' }>;

/** What this thread has of a VM. */
interface Guest {
  readonly seat: Seat;
  readonly rows: readonly number[];
  readonly homeIndex: number;
  readonly words: MemoryWords | undefined;
  readonly home?: HomeVm;
}

/** What a thread has whose modules come from a pack. */
export interface PcpuExtras {
  /** Something to do when a machine has ended: while one runs there is no time for it. */
  readonly atRest?: () => void;
  /** Where the core's module is kept. */
  readonly coreShelf?: Shelf;
}

export class Pcpu {
  readonly #index: number;
  readonly #port: MessagePort;
  readonly #memory: MachineMemory;
  readonly #worlds: WorldTable;
  readonly #bells: Bells;
  readonly #memoryBell: MemoryBell | undefined;
  readonly #clock: HostClock;
  readonly #network: Arena | undefined;
  readonly #frames: FrameWatch | undefined;
  readonly #engine: Engine;
  readonly #compiler: WorkerCompiler | undefined;
  #sampler: Sampler | undefined;
  /** While it is sampled: what was counted until a VM ended, before all that it had is dropped. */
  #counted: EngineProfile | undefined;
  readonly #scheduler: FairScheduler;
  readonly #guests = new Map<number, Guest>();
  readonly #homes = new Homes<HomeVm>();
  readonly #keeps = new KeepBudget();
  readonly #extras: PcpuExtras;
  readonly #cores: CoreShelf | undefined;
  #mailSeen = 0;
  /** Something waits on a VM of this home that is done at the top of the loop only. */
  #hasEnds = false;
  /** A world has this pCPU; while none has, one is picked next. */
  #isRunning = false;
  readonly #sleepCell = new Int32Array(new SharedArrayBuffer(4));

  constructor(start: PcpuStart, port: MessagePort, extras: PcpuExtras = {}) {
    this.#extras = extras;
    this.#index = start.index;
    this.#port = port;
    this.#memory = MachineMemory.attach(start.memory);
    this.#worlds = new WorldTable(start.worlds);
    this.#bells = new Bells(start.pcpus, start.bells);
    this.#memoryBell = start.memoryBell && new MemoryBell(start.memoryBell);
    this.#clock = hostClock(start.origin);
    this.#network = start.network && new late.net.Arena(start.network);
    const nowNs = (): number => this.#clock.nowNs();
    this.#frames = this.#network && new FrameWatch(this.#network, this.#index, nowNs);
    this.#scheduler = FairScheduler.attach(this.#worlds, start, this.#index);
    const { memory, area } = start;
    const compiler = start.compiler && new WorkerCompiler(start.compiler);
    this.#compiler = compiler;
    if (start.isReplacement) this.#memory.bytes.fill(0, area.base, area.base + area.bytes);
    // The engines of many pCPUs have modules of their own.
    this.#cores = start.isShared || !extras.coreShelf ? undefined : new CoreShelf(extras.coreShelf);
    const options = {
      ...{ memory, area, clock: this.#clock },
      ...(start.isShared && { owner: start.generation, commons: this.#memory.frames }),
    };
    this.#engine = compiler
      ? new Jit({ ...options, compiler, writeCore: this.#cores?.write ?? late.riscv.writeCoreModule })
      : late.riscv.createEngine(start.engine, options);
  }

  /** Runs for ever. Between rounds the thread's other events get their chance. */
  async run(): Promise<never> {
    for (;;) {
      const untilNs = this.#clock.nowNs() + 10 * NS_PER_MS;
      while (this.#clock.nowNs() < untilNs) this.#round();
      await new Promise(setImmediate);
    }
  }

  #round(): void {
    const bell = this.#bells.bell(this.#index);
    this.#readMail();
    const nowNs = this.#clock.nowNs();
    this.#wakeDue(nowNs);
    this.#attend(nowNs);
    if (this.#hasEnds) this.#finishEnded();
    let row = this.#scheduler.pick(this.#index, nowNs);
    if (row < 0) row = this.#idle(bell, nowNs);
    if (row >= 0) this.#runWorld(row, nowNs);
  }

  /** Sleeps, unless a world became ready just before it was said: then that is picked. */
  #idle(bell: number, nowNs: number): number {
    this.#bells.setSleeping(this.#index, true);
    const row = this.#scheduler.pick(this.#index, nowNs);
    if (row < 0) this.#wait(bell, nowNs);
    this.#bells.setSleeping(this.#index, false);
    return row;
  }

  // Worlds

  #runWorld(row: number, pickedNs: number): void {
    const { columns } = this.#worlds;
    const guest = this.#guests.get(columns.vm[row] as number);
    if (guest === undefined)
      throw new TypeError(`pCPU ${this.#index} was given a world that it does not know`);
    if (columns.pcpu[row] !== this.#index) columns.moves[row] = (columns.moves[row] as number) + 1;
    columns.pcpu[row] = this.#index;
    columns.runs[row] = (columns.runs[row] as number) + 1;
    this.#isRunning = true;
    this.#shareOut();
    for (let nowNs = pickedNs; ; ) {
      const uses = guest.seat.deviceUses;
      const { turn, deadlineNs, steps } = this.#turn(guest, row);
      const afterNs = this.#clock.nowNs();
      columns.steps[row] = (columns.steps[row] as number) + steps;
      this.#scheduler.charge(row, afterNs - nowNs, steps, afterNs);
      nowNs = afterNs;
      if (guest.home && guest.seat.deviceUses !== uses) this.#noteUse(guest.home, nowNs);
      this.#attend(nowNs);
      this.#wakeDue(nowNs);
      const goesOn =
        turn === 'ran' || (turn === 'spins' && !this.#scheduler.givesWay(row, this.#index, nowNs));
      if (!goesOn || this.#mustLeave(row, nowNs)) {
        this.#isRunning = false;
        return this.#settle(guest, row, turn, deadlineNs);
      }
    }
  }

  #mustLeave(row: number, nowNs: number): boolean {
    return (
      this.#hasEnds ||
      this.#hasMail ||
      Atomics.load(this.#worlds.columns.held, row) !== 0 ||
      this.#scheduler.shouldYield(row, this.#index, nowNs)
    );
  }

  #turn(guest: Guest, row: number): { turn: HartTurn; deadlineNs: number; steps: number } {
    const { home, seat } = guest;
    if (home?.isWhole) {
      const before = home.machine.stepsInAll;
      return { ...home.turn(), steps: Number(home.machine.stepsInAll - before) };
    }
    const hart = seat.harts[this.#worlds.columns.vcpu[row] as number] as Hart;
    const before = hart.steps;
    const bell = this.#bells.bell(this.#index);
    const isCalled = () => this.#bells.bell(this.#index) !== bell;
    const givesWay = () => this.#scheduler.mayGiveWay(row);
    const turn = seat.loop.turnOf(hart, this.#turnTicks(row), isCalled, givesWay);
    return { turn, steps: Number(hart.steps - before), deadlineNs: this.#deadlineNs(hart) };
  }

  /** Not longer than what is left of the world's slice. */
  #turnTicks(row: number): number {
    return Math.min(TURN_TICKS, LEAST_TURN_TICKS + Math.ceil(this.#scheduler.sliceLeftNs(row) / NS_PER_TICK));
  }

  /** When the hart's timer wants it. */
  #deadlineNs(hart: Hart): number {
    const { deadline } = hart;
    if (deadline === undefined || !hart.isTimerEnabled) return Number.POSITIVE_INFINITY;
    return this.#clock.nowNs() + Math.max(0, Number(deadline - hart.time)) * NS_PER_TICK;
  }

  /** Puts a world that has run into the state that its turn asks for. */
  #settle(guest: Guest, row: number, turn: HartTurn, deadlineNs: number): void {
    const { waiting, stopped, device, ready, running } = WorldState;
    const nowNs = this.#clock.nowNs();
    const state = {
      ran: ready,
      spins: ready,
      waits: waiting,
      starved: waiting,
      stopped,
      device,
      ended: stopped,
    }[turn];
    const untilNs = { waits: deadlineNs, starved: nowNs + STARVED_NS }[turn as 'waits' | 'starved'];
    this.#worlds.columns.deadlineNs[row] = untilNs ?? Number.POSITIVE_INFINITY;
    this.#worlds.exchange(row, running, state, nowNs);
    if (turn === 'device') this.#bells.ring(guest.homeIndex);
    else if (turn === 'ended') this.#tellEnd(guest, row);
    else if (turn === 'starved') this.#starve(guest, row);
    else if (turn !== 'ran' && turn !== 'spins' && !guest.home?.isWhole) this.#lookAgain(guest, row, state);
  }

  /** The host finds pages for it, or a person says what to do. */
  #starve({ seat, words }: Guest, row: number): void {
    const { reason, isLost } = seat.loop.starvedFor;
    this.#memoryBell?.ring();
    if (!isLost || words?.ask() !== true) return;
    const message = { kind: 'trouble', trouble: { kind: 'page-lost', reason } } as const;
    this.#post({ kind: 'vm', vm: this.#worlds.columns.vm[row] as number, message });
  }

  /** What came between the last look and now would be missed. */
  #lookAgain(guest: Guest, row: number, state: WorldStateCode): void {
    const hart = guest.seat.harts[this.#worlds.columns.vcpu[row] as number] as Hart;
    if (hart.wouldRun) this.#worlds.exchange(row, state, WorldState.ready, this.#clock.nowNs());
    else if (guest.seat.isHalted) this.#tellHalt(guest);
  }

  #tellHalt(guest: Guest): void {
    guest.seat.loop.halt();
    this.#tellEnd(guest, guest.rows[0] as number);
  }

  /** The home ends its VM; what another pCPU has seen goes there. */
  #tellEnd(guest: Guest, row: number): void {
    if (guest.home) {
      this.#hasEnds = true;
      return;
    }
    const end = guest.seat.loop.ended;
    const reason = end?.kind === 'fault' ? end.reason : 'it has ended in an odd way';
    for (const world of guest.rows) Atomics.or(this.#worlds.columns.held, world, Hold.paused);
    const vm = this.#worlds.columns.vm[row] as number;
    this.#post({ kind: 'vm', vm, message: { kind: 'fault', reason } });
  }

  /** Makes a world ready that waited or was stopped, and sees to it that somebody runs it. */
  #wake(row: number): void {
    const nowNs = this.#clock.nowNs();
    const { waiting, stopped, ready } = WorldState;
    const woken =
      this.#worlds.exchange(row, waiting, ready, nowNs) || this.#worlds.exchange(row, stopped, ready, nowNs);
    if (!woken) return;
    this.#woken(row, nowNs);
    this.#callFor(row);
  }

  #woken(row: number, nowNs: number): void {
    this.#worlds.columns.wokenNs[row] = nowNs;
    this.#scheduler.woken(row, nowNs);
  }

  /** Rings one that sleeps: rather where the world ran last. Nobody, when it can be picked here next. */
  #callFor(row: number): void {
    const { affinity, known, pcpu } = this.#worlds.columns;
    const allowed = (affinity[row] as number) & (known[row] as number);
    if (!this.#isRunning && (allowed & (1 << this.#index)) !== 0) return;
    const last = pcpu[row] as number;
    if (this.#bells.isSleeping(last) && (allowed & (1 << last)) !== 0) return this.#bells.ring(last);
    for (let other = 0; other < this.#bells.count; other++) {
      if ((allowed & (1 << other)) === 0 || !this.#bells.isSleeping(other)) continue;
      return this.#bells.ring(other);
    }
  }

  /** Worlds that are ready while another pCPU sleeps are for that one. */
  #shareOut(): void {
    const { state, held, costop, limited } = this.#worlds.columns;
    for (let row = 0, { end } = this.#worlds; row < end; row++) {
      if (state[row] !== WorldState.ready || held[row] !== 0) continue;
      if (costop[row] === 1 || limited[row] === 1) continue;
      return this.#callFor(row);
    }
  }

  /** Worlds whose timer's time has come, of those that ran here last. */
  #wakeDue(nowNs: number): void {
    const { state, pcpu, deadlineNs } = this.#worlds.columns;
    for (let row = 0, { end } = this.#worlds; row < end; row++) {
      if (state[row] !== WorldState.waiting || pcpu[row] !== this.#index) continue;
      if ((deadlineNs[row] as number) > nowNs) continue;
      if (this.#worlds.exchange(row, WorldState.waiting, WorldState.ready, nowNs)) this.#woken(row, nowNs);
    }
  }

  /** Looks for what is about to come, else sleeps. To others that is the same: they ring. */
  #wait(bell: number, nowNs: number): void {
    const dueNs = this.#dueNs(nowNs);
    const frames = this.#frames;
    if (!frames?.look(nowNs, dueNs, () => this.#bells.bell(this.#index) !== bell)) {
      const ns = dueNs - (frames ? this.#clock.nowNs() : nowNs);
      if (ns >= MIN_WAIT_NS) this.#bells.sleep(this.#index, bell, ns / NS_PER_MS);
    }
    frames?.awake(this.#clock.nowNs());
  }

  /** When something has to be done here without anybody ringing. */
  #dueNs(nowNs: number): number {
    const { state, pcpu, deadlineNs } = this.#worlds.columns;
    let untilNs = this.#scheduler.nextChangeNs(this.#index, nowNs);
    for (let row = 0, { end } = this.#worlds; row < end; row++) {
      if (state[row] !== WorldState.waiting || pcpu[row] !== this.#index) continue;
      untilNs = Math.min(untilNs, deadlineNs[row] as number);
    }
    return Math.min(untilNs, this.#homes.alarmNs);
  }

  // VMs whose home this is

  #noteUse(home: HomeVm, nowNs: number): void {
    home.noteUse(nowNs);
    this.#homes.use(home);
  }

  #attend(nowNs: number): void {
    if (this.#homes.attend(nowNs, this.#bells.bell(this.#index))) this.#hasEnds = true;
  }

  #finishEnded(): void {
    this.#hasEnds = false;
    for (const home of this.#homes) {
      const { ended } = home;
      if (ended === 'reset') this.#reset(home);
      else if (ended !== undefined) this.#end(home, resultOf(home.machine.name, ended));
    }
  }

  #end(home: HomeVm, result: RunResult): void {
    if (!this.#homes.delete(home)) return;
    this.#quiet(home);
    const { columns } = this.#worlds;
    for (const row of home.rows) {
      this.#worlds.exchange(row, this.#worlds.state(row), WorldState.stopped, this.#clock.nowNs());
      Atomics.store(columns.known, row, 0);
    }
    if (this.#sampler) this.#counted = this.#engine.profile?.();
    this.#compiler?.rest();
    // What wrote the core is not loaded at the next start, so that is the one whose code is to be kept.
    if (this.#cores?.keep() !== true) this.#extras.atRest?.();
    home.end(result);
  }

  #reset(home: HomeVm): void {
    this.#quiet(home);
    this.#engine.machineBegins?.();
    home.machine.reset();
    home.makeReady();
    home.letGo(Hold.paused);
  }

  /** Holds a VM, and returns when none of its harts runs. */
  #quiet(home: HomeVm): void {
    home.hold(Hold.paused);
    while (home.rows.some((row) => this.#worlds.state(row) === WorldState.running)) {
      Atomics.wait(this.#sleepCell, 0, 0, LOOK_MS);
    }
  }

  // Messages

  get #hasMail(): boolean {
    return this.#bells.mailCount(this.#index) !== this.#mailSeen;
  }

  #readMail(): void {
    if (!this.#hasMail) return;
    this.#mailSeen = this.#bells.mailCount(this.#index);
    for (;;) {
      const next: { message: PcpuMail } | undefined = receiveMessageOnPort(this.#port);
      if (next === undefined) return;
      const { id } = next.message;
      try {
        this.#post({ kind: 'done', id, value: this.#do(next.message) });
      } catch (error) {
        this.#post({ kind: 'failed', id, error: sentError(error) });
      }
    }
  }

  #do(request: PcpuRequest): unknown {
    if (request.kind === 'start') return this.#start(request);
    if (request.kind === 'attach') return this.#attach(request.seat);
    if (request.kind === 'detach') return this.#guests.delete(request.vm);
    if (request.kind === 'profile') return this.#profile(request.isOn);
    // It may have ended since somebody asked: then nobody hears the button.
    if (request.kind === 'press')
      return this.#guests.get(request.vm)?.home?.press(request.button, this.#clock.nowNs()) ?? false;
    const home = this.#homeOf(request.vm);
    if (request.kind === 'save') return home.save();
    if (request.kind === 'snapshot') return home.snapshot(request.path, request.base);
    if (request.kind === 'stats') return home.stats();
    if (request.kind === 'disk') return home.disk(request.index, request.action, this.#clock.nowNs());
    if (request.kind === 'plug') return home.plug(request.disk, this.#clock.nowNs());
    if (request.kind === 'unplug') return home.unplug(request.index, request.slot, this.#clock.nowNs());
    if (request.kind === 'nic-link') return home.setLink(request.nic, request.isUp, this.#clock.nowNs());
    if (request.kind === 'guest-memory') return home.guestMemory(request.isAsked, this.#clock.nowNs());
    if (request.kind === 'agent') return home.tellAgent(request.bytes, this.#clock.nowNs());
    this.#change(home, request);
    return undefined;
  }

  #profile(isOn: boolean): PcpuProfile | undefined {
    if (isOn) {
      this.#sampler = new late.sampler.Sampler();
      this.#sampler.start();
      return undefined;
    }
    const samples = this.#sampler?.stop() ?? [];
    this.#sampler = undefined;
    const { compiledMs = 0, modules = 0 } = this.#compiler ?? {};
    return { samples, engine: this.#counted ?? this.#engine.profile?.(), compiledMs, modules };
  }

  #change(home: HomeVm, request: HomeChange): void {
    switch (request.kind) {
      case 'release':
        this.#guests.delete(request.vm);
        home.release();
        break;
      case 'end':
        this.#end(home, request.result);
        break;
      case 'pause':
        this.#pause(home);
        break;
      case 'resume':
        this.#resume(home);
        break;
      case 'reset':
        this.#reset(home);
    }
  }

  #start(request: StartRequest): VmSeat {
    const { vm } = request;
    const control = new ControlBlock(request.control);
    this.#engine.machineBegins?.();
    const home = new HomeVm(
      request,
      control,
      {
        ...{ index: this.#index, memory: this.#memory, engine: this.#engine },
        ...{ clock: this.#clock, worlds: this.#worlds },
        wake: (row) => this.#wake(row),
        mayKeep: (nowNs) => this.#keeps.take(nowNs),
        reclaim: () => this.#reclaim(),
        network: this.#network,
        ring: (pcpu) => this.#bells.ring(pcpu),
      },
      (message) => this.#post({ kind: 'vm', vm, message }),
      this.#originOf(request),
    );
    const { seat } = home.machine;
    this.#guests.set(vm, { seat, rows: home.rows, homeIndex: this.#index, words: home.words, home });
    this.#homes.add(home);
    if (request.origin?.kind === 'kept') this.#introduce(vm, home.rows);
    else {
      home.makeReady();
      home.letGo(Hold.paused);
    }
    return { vm, place: seat.place, rows: home.rows, home: this.#index, memory: request.memory };
  }

  #homeOf(vm: number): HomeVm {
    const home = this.#guests.get(vm)?.home;
    if (home === undefined) throw new TypeError(`VM ${vm} has no home here`);
    return home;
  }

  #originOf({ origin, config }: StartRequest): MachineOrigin | KeptOrigin | undefined {
    if (origin?.kind === 'kept') return origin;
    if (origin?.kind !== 'fork') return origin && snapshotOrigin(origin.files);
    const parent = this.#homeOf(origin.parent);
    return this.#whilePaused(parent, () => parent.fork(config.name));
  }

  /** Does something with a VM that stands still; it goes on after that, if it was not still before. */
  #whilePaused<T>(home: HomeVm, use: () => T): T {
    if (home.isPaused) return use();
    this.#pause(home);
    try {
      return use();
    } finally {
      this.#resume(home);
    }
  }

  #pause(home: HomeVm): void {
    this.#quiet(home);
    home.pause(this.#clock.nowNs());
  }

  #resume(home: HomeVm): void {
    home.resume();
    this.#shareOut();
  }

  /** For a device that needs a page when there is none. */
  #reclaim(): boolean {
    // There are some, but not for a hart now: it waits as a world does.
    if (this.#memory.freePages > 0) return false;
    return this.#memoryBell?.await(() => this.#memory.freePages > 0) ?? false;
  }

  #attach({ vm, place, rows, home, memory }: VmSeat): void {
    const { columns } = this.#worlds;
    const stores = memory && openStores(this.#memory, memory);
    const seat = new Seat(place, this.#memory, this.#engine, {
      clock: this.#clock,
      wake: (hart) => this.#wake(rows[hart.id] as number),
      ...(stores && { memory: { stores } }),
      isHeld: () => Atomics.load(columns.held, rows[0] as number) !== 0,
    });
    this.#guests.set(vm, { seat, rows, homeIndex: home, words: stores?.words });
    this.#engine.machineBegins?.();
    this.#introduce(vm, rows);
  }

  /** Its worlds may run here. */
  #introduce(vm: number, rows: readonly number[]): void {
    const { columns } = this.#worlds;
    for (const row of rows) if (columns.vm[row] === vm) Atomics.or(columns.known, row, 1 << this.#index);
  }

  #post(message: PcpuMessage): void {
    this.#port.postMessage(message);
  }
}
