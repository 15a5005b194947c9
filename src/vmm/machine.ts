/** One VM: its memory, harts, board and payload; switched on, run in turns, fed with events, looked at. */
import type { BalloonStatistics, VirtioBalloon, VirtioNet, VirtioScsi } from '#devices';
import { DirtyLog, type GuestMap, type MachineMemory } from '#kernel/machine';
import { assert, HostError, readU64, SeededRandom } from '#lib';
import { type Context, type Engine, STATE_BYTES, type Stops } from '#riscv';
import { Board, type BoardStateV1 } from './assemble.ts';
import { MapBalloon } from './balloon.ts';
import { prepareBoot } from './boot/prepare.ts';
import type { Hart, HartStateV1 } from './hart.ts';
import { Post } from './hart-words.ts';
import type { InputEvent, MachineConfig, MachineHost } from './machine-config.ts';
import { type MachineStateV1, placesOf, restorePages, savePages } from './machine-state.ts';
import type { RunLoop, TurnEnd } from './run-loop.ts';
import type { RunObserver } from './run-observer.ts';
import { type MachinePlace, Seat, type SeatDevices } from './seat.ts';
import { stateHash, stateHashOver } from './state-hash.ts';

const DEFAULT_SEED = 1;
/** 2000-01-01T00:00:00Z. */
const DEFAULT_EPOCH_SECONDS = 946_684_800;
const NANOSECONDS_PER_TICK = 100n;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** What of a machine is not in machine memory. */
export interface KeptDevices {
  readonly board: BoardStateV1;
  readonly stepsBefore: bigint;
  readonly isPaused: boolean;
}

export class Machine {
  readonly name: string;
  readonly harts: readonly Hart[];
  readonly seat: Seat;
  readonly #config: MachineConfig;
  readonly #host: MachineHost;
  readonly #memory: MachineMemory;
  readonly #engine: Engine;
  readonly #map: GuestMap;
  readonly #dirtyLog: DirtyLog;
  readonly #balloon: MapBalloon;
  readonly #board: Board;
  readonly #loop: RunLoop;
  /** Chance of a deterministic run; it is part of the machine's state. */
  #random: SeededRandom | undefined;
  #stepsBefore = 0n;
  #isPaused = false;

  /**
   * Lays the machine out; nothing is loaded yet.
   * @throws HostError `host-limit` when machine memory has no room, `unsupported` for what it cannot be.
   */
  constructor(
    config: MachineConfig,
    memory: MachineMemory,
    engine: Engine,
    host: MachineHost,
    observer?: RunObserver,
    place: MachinePlace = Seat.layOut(memory, config),
  ) {
    this.name = config.name;
    this.#config = config;
    this.#host = host;
    this.#memory = memory;
    this.#engine = engine;
    if (config.deterministic) this.#random = new SeededRandom(config.seed ?? DEFAULT_SEED);
    const { clock } = host;
    const threads = {
      clock,
      memory: host.memory,
      wake: (hart: Hart) => host.wake?.(hart.id),
      isHeld: () => host.isHeld?.() ?? false,
    };
    let board: Board | undefined;
    let balloon: MapBalloon | undefined;
    this.seat = new Seat(place, memory, engine, threads, ({ harts, map }) => {
      balloon = new MapBalloon(map);
      board = this.#makeBoard(harts, map, balloon);
      return this.#devices(board, observer);
    });
    assert(board !== undefined && balloon !== undefined, 'the home has devices');
    this.harts = this.seat.harts;
    this.#map = this.seat.map;
    this.#loop = this.seat.loop;
    this.#board = board;
    this.#balloon = balloon;
    this.#dirtyLog = new DirtyLog(this.#map);
  }

  /**
   * Switches the machine on: everything as at first, the payload loaded, hart 0 at its entry.
   * @throws HostError when the payload cannot be booted or does not fit.
   */
  powerOn(): void {
    const { deterministic } = this.#config;
    const plan = prepareBoot(this.#config, {
      map: this.#map,
      clear: () => this.#clear(),
      fillRandom: (bytes) => this.#fillRandom(bytes),
    });
    // Guest time begins at 0.
    const now = BigInt(Math.floor(this.#host.clock.ticks()));
    for (const { context } of this.harts) {
      context.set32('timeMode', deterministic ? 1 : 0);
      context.set('timeOffset', deterministic ? 0n : -now);
    }
    this.harts[0]?.start(BigInt(plan.entry), BigInt(plan.tree));
  }

  /** Runs for at most `budget` steps (1..2^31-1); see RunLoop.turn. A reset by the guest starts it anew. */
  turn(budget: number): TurnEnd {
    return this.endTurn(this.advance(budget));
  }

  /** A part of a turn, which may be cut anywhere: in deterministic runs that changes nothing. `endTurn` ends the turn. */
  advance(budget: number): TurnEnd {
    return this.#loop.turn(budget);
  }

  /** Ends a turn, whose last part ended in `end`: devices do what is due, and a reset by the guest is carried out. */
  endTurn(end: TurnEnd): TurnEnd {
    this.#withDevices(() => this.#board.poll(), undefined);
    if (end.kind !== 'reset') return end;
    this.reset();
    return { kind: 'ran' };
  }

  /** Starts the machine anew. Preconditions: no hart runs. */
  reset(): void {
    this.#stepsBefore += this.steps;
    this.powerOn();
  }

  poll(): void {
    this.#withDevices(() => this.#board.poll(), undefined);
  }

  /** Does what a hart has left its run for on another thread. */
  serve(hart: Hart): void {
    this.#loop.serve(hart);
    this.#map.endViews();
  }

  /** Ticks until a device wants to be polled without an access of the guest. */
  get alarmTicks(): bigint | undefined {
    return this.#alarmTicks();
  }

  /** Stops or goes on with what devices do by themselves. */
  pause(): void {
    this.#isPaused = true;
    this.#board.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#board.resume();
  }

  /** Takes an event from outside. @returns how many of its bytes found room. */
  input(event: InputEvent): number {
    if (event.kind !== 'time') return this.#withDevices(() => this.#board.input(event), 0);
    this.#withDevices(() => this.#loop.skip(readU64(event.bytes, 0)), undefined);
    return event.bytes.length;
  }

  /** Whether its guest has a driver for its buttons. */
  get takesButtons(): boolean {
    return this.#board.buttons?.isDriven === true;
  }

  /** Whether input given so far has reached a device. */
  get takesInput(): boolean {
    return this.#board.console.isDrained;
  }

  /** Gives the network cards what came for them, or asks them for more. */
  useNics(use: (nics: readonly VirtioNet[]) => void): void {
    this.#withDevices(() => use(this.#board.nics), undefined);
  }

  /** A SCSI controller by its number, where disks can be put in and taken out. */
  scsi(controller: number): VirtioScsi | undefined {
    return this.#board.scsi.get(controller);
  }

  /** Does something by which devices may go on with what the guest asked of them. */
  withDevices<T>(use: () => T): T | undefined {
    return this.#withDevices<T | undefined>(use, undefined);
  }

  /** Its page map: for whoever manages the host's memory. */
  get map(): GuestMap {
    return this.#map;
  }

  /** Its memory balloon: the target that the host sets, and what the guest made of it. */
  get balloon(): VirtioBalloon {
    return this.#board.balloon;
  }

  /** What the guest last said of its memory; empty before it said anything. */
  get memoryStatistics(): BalloonStatistics {
    return this.#balloon.lastStatistics;
  }

  /** Asks the guest for them. @returns how often it has answered */
  askMemoryStatistics(): number {
    this.#withDevices(() => this.balloon.askStatistics(), undefined);
    return this.#balloon.answers;
  }

  /** How often it has answered. */
  get memoryAnswers(): number {
    return this.#balloon.answers;
  }

  /** How often each exit reason came. */
  get exits(): readonly number[] {
    return [...this.seat.exits];
  }

  /** Steps of all harts since power-on. */
  get steps(): bigint {
    return this.harts.reduce((sum, hart) => sum + hart.steps, 0n);
  }

  /** Steps of all harts, those before resets too. */
  get stepsInAll(): bigint {
    return this.#stepsBefore + this.steps;
  }

  /** See state-hash.ts. */
  stateHash(): string {
    return stateHash(this.#contexts, this.#map, this.#deviceStates());
  }

  /** The same of all but memory, for which words stand that the caller has made of it. */
  stateHashOver(memory: readonly number[]): string {
    return stateHashOver(this.#contexts, memory, this.#deviceStates());
  }

  get #contexts(): Context[] {
    return this.harts.map((hart) => {
      hart.settle();
      return hart.context;
    });
  }

  #deviceStates(): unknown {
    return Object.entries(this.#board.devices).map(([name, device]) => [name, device.save()]);
  }

  /** Harts stop where `stops` says, from the next turn on: `takeStopped` tells that a turn ended for that. */
  setStops(stops: Stops | undefined): void {
    this.#engine.setStops(stops);
  }

  /** The hart at which a stop ended the last turn, before its instruction; asked once. */
  takeStopped(): Hart | undefined {
    return this.#loop.takeStopped();
  }

  get dirtyLog(): DirtyLog {
    return this.#dirtyLog;
  }

  /**
   * Everything as plain data, the content of disks excepted. Preconditions: between parts of turns.
   * @param before - an earlier state: pages that are as they were then are shared with it
   * @param written - when given, only these pages (by their place in RAM, as the dirty log tells them) can differ from `before`
   */
  save(before?: MachineStateV1, written?: ReadonlySet<number>): MachineStateV1 {
    return { ...this.saveWithoutPages(), pages: savePages(this.#map, before?.pages ?? new Map(), written) };
  }

  /** All but memory. Preconditions: between parts of turns. */
  saveWithoutPages(): MachineStateV1 {
    const places = placesOf(this.#map);
    this.#board.pause();
    const state: MachineStateV1 = {
      version: 1,
      shape: this.#shape(),
      stepsBefore: this.#stepsBefore,
      random: this.#random?.save(),
      harts: this.harts.map((hart) => hart.save(places)),
      loop: this.#loop.save(),
      ticks: this.#config.deterministic ? 0 : this.#host.clock.ticks(),
      board: this.#board.save(),
      pages: new Map(),
    };
    if (!this.#isPaused) this.#board.resume();
    return state;
  }

  /** What is nowhere but in this thread. Preconditions: between parts of turns. */
  saveDevices(): KeptDevices {
    this.#board.pause();
    const board = this.#board.save();
    if (!this.#isPaused) this.#board.resume();
    return { board, stepsBefore: this.#stepsBefore, isPaused: this.#isPaused };
  }

  /**
   * Its devices as they were in another thread that is no more; harts and memory are where that left them, and may be in use.
   * @throws RangeError when it is a state of other devices
   */
  adopt({ board, stepsBefore, isPaused }: KeptDevices): void {
    this.pause();
    this.#board.restore(board);
    this.#stepsBefore = stepsBefore;
    if (!isPaused) this.resume();
  }

  /**
   * Everything as it was. Preconditions: between parts of turns.
   * @param fill - puts the pages into the map, when the state does not have them
   * @throws RangeError when the state is of another machine, HostError `host-limit` when its pages find no room.
   */
  restore(state: MachineStateV1, fill = () => restorePages(this.#map, state.pages)): void {
    this.#restore(state, fill);
  }

  /**
   * As `restore`, on memory that is there, or that `fill` fills; the guest learns that it is another machine now.
   * @param isCopy - the machine that it was goes on as well
   */
  become(state: MachineStateV1, fill: () => void = () => {}, isCopy = false): void {
    this.#restore(state, fill);
    this.#board.generation.change();
    for (const nic of this.#board.nics) {
      if (isCopy) nic.becomeCopy();
      nic.announce();
    }
  }

  /** Makes room for a copy; see Seat.copy. Preconditions: paused. @throws HostError `host-limit` */
  fork(name: string): MachinePlace {
    return Seat.copy(this.#memory, { ...this.#config, name }, this.#map, this.#host.memory);
  }

  #restore(state: MachineStateV1, fill: () => void): void {
    const [here, there] = [JSON.stringify(this.#shape()), JSON.stringify(state.shape)];
    if (state.version !== 1 || here !== there) {
      throw new RangeError(`Cannot restore ${this.name}: the state is of ${there}, this is ${here}`);
    }
    this.#board.pause();
    fill();
    this.#board.restore(state.board);
    const places = placesOf(this.#map);
    for (const [index, hart] of this.harts.entries()) {
      hart.layOut(this.#map.layout);
      hart.restore(state.harts[index] as HartStateV1, places);
      this.#moveTime(hart, state.ticks);
    }
    this.#loop.restore(state.loop);
    this.#stepsBefore = state.stepsBefore;
    if (state.random !== undefined) this.#random = new SeededRandom(state.random);
    this.#board.resume();
    this.flushTranslations();
  }

  /** Guest time goes on from where it was, whatever this host's clock says. */
  #moveTime({ context }: Hart, ticks: number): void {
    if (this.#config.deterministic) return;
    const moved = BigInt(Math.floor(ticks) - Math.floor(this.#host.clock.ticks()));
    context.set('timeOffset', context.get('timeOffset') + moved);
  }

  #shape(): MachineStateV1['shape'] {
    const { ramBytes, harts, deterministic, console } = this.#config;
    return { ramBytes, harts, deterministic, console };
  }

  /** Registers or memory were changed from outside: nothing that is cached of translation holds. */
  flushTranslations(): void {
    for (const { words } of this.harts) words.post(Post.fence | Post.fenceCode);
  }

  #fillRandom(bytes: Uint8Array): void {
    (this.#random ?? this.#host.random).fill(bytes);
  }

  /** Gives all guest memory back. The machine may be switched on again. */
  powerOff(): void {
    this.#map.releaseAll();
  }

  /** Gives everything back; the machine is no more. Preconditions: no other thread knows it. */
  dispose(): void {
    this.#map.endViews();
    // A thread that is dead may have been at a page: nobody waits for it.
    this.#map.salvage();
    Seat.giveBack(this.#memory, this.seat.place);
  }

  #makeBoard(harts: readonly Hart[], memory: GuestMap, balloon: MapBalloon): Board {
    return new Board(this.#config, {
      memory,
      balloon,
      random: { fill: (bytes) => this.#fillRandom(bytes) },
      power: {
        powerOff: (status) => this.#loop.end({ kind: 'powered-off', status }),
        reset: () => this.#loop.end({ kind: 'reset' }),
      },
      wallNanoseconds: () => this.#wallNanoseconds(),
      output: (bytes) => this.#host.output(bytes),
      agent: this.#host.agent,
      setExternal: (id, level) => {
        harts[id]?.setExternal(level);
        if (level) this.#host.wake?.(id);
      },
      report: (line) => this.#host.report(`${this.name}: ${line}`),
    });
  }

  #devices(board: Board, observer: RunObserver | undefined): SeatDevices {
    return {
      bus: board.bus,
      symbols: this.#config.symbols ?? (() => undefined),
      observer,
      alarm: () => this.#alarmTicks(),
      poll: () => board.poll(),
      isPaced: this.#config.isPaced,
      sbi: {
        writeConsole: (bytes) => board.console.write(bytes),
        readConsole: (limit) => board.console.take(limit),
        powerOff: (status) => this.#loop.end({ kind: 'powered-off', status }),
        reset: () => this.#loop.end({ kind: 'reset' }),
      },
    };
  }

  /** A page that cannot be had for devices ends the machine; `failed` is the answer then. */
  #withDevices<T>(use: () => T, failed: T): T {
    try {
      return use();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.#loop.end({ kind: 'fault', reason: error.message });
      return failed;
    } finally {
      this.#map.endViews();
    }
  }

  /** As at first: empty memory, devices reset, harts stopped with all registers 0. */
  #clear(): void {
    this.#loop.reset();
    this.#map.releaseAll();
    for (const hart of this.harts) {
      const { address } = hart.context;
      this.#memory.bytes.fill(0, address, address + STATE_BYTES);
      hart.words.reset();
      hart.layOut(this.#map.layout);
      hart.stop();
      this.#engine.flushTranslations(address);
    }
    this.#board.reset();
  }

  /** In deterministic runs the wall clock is guest time, from a fixed start. */
  #wallNanoseconds(): bigint {
    const { deterministic, epochSeconds = DEFAULT_EPOCH_SECONDS } = this.#config;
    if (!deterministic) return this.#host.wallNanoseconds();
    const sinceThen = (this.harts[0]?.time ?? 0n) * NANOSECONDS_PER_TICK;
    return BigInt(epochSeconds) * NANOSECONDS_PER_SECOND + sinceThen;
  }

  /** Ticks until the real-time clock's alarm. */
  #alarmTicks(): bigint | undefined {
    const { alarm } = this.#board;
    if (alarm === undefined) return undefined;
    const left = (alarm - this.#wallNanoseconds()) / NANOSECONDS_PER_TICK + 1n;
    return left > 0n ? left : 0n;
  }
}
