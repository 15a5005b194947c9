/** One VM: its memory, harts, board and payload; switched on, run in turns, fed with events, looked at. */
import { type BalloonStatistics, type BlockBackend, BOARD, type VirtioBalloon } from '#devices';
import { DirtyLog, GuestMap, type GuestMapHost, type MachineMemory } from '#kernel';
import { formatSize, HostError, type Random, SeededRandom } from '#lib';
import { CONTEXT_BYTES, Context, type Engine, PAGE_BYTES, STATE_BYTES, type Stops } from '#riscv';
import { Board, type ConsoleKind } from './assemble.ts';
import { MapBalloon } from './balloon.ts';
import { loadBytes, loadFile, loadImage } from './boot/load.ts';
import type { BootFile } from './boot/loadable.ts';
import { type PayloadKind, parsePayload } from './boot/payload.ts';
import { planBoot } from './boot/plan.ts';
import { deviceTree, treeBytes } from './device-tree.ts';
import type { SymbolLookup } from './fault.ts';
import { Hart, type HartStateV1, type TickClock } from './hart.ts';
import { type MachineStateV1, placesOf, restorePages, savePages } from './machine-state.ts';
import { RunLoop, type RunObserver, type TurnEnd } from './run-loop.ts';
import type { SbiMachine } from './sbi/call.ts';
import { stateHash, stateHashOver } from './state-hash.ts';

export interface MachineConfig {
  /** As it is named in messages. */
  readonly name: string;
  /** A multiple of 4096. */
  readonly ramBytes: number;
  readonly harts: number;
  /** Time from steps, and nothing that differs from run to run: the RTC starts at 2000-01-01. */
  readonly deterministic: boolean;
  /** What chance is made of in deterministic runs (1). */
  readonly seed?: number;
  readonly console: ConsoleKind;
  /** The kernel's command line. */
  readonly append: string;
  readonly payload: { readonly kind: PayloadKind; readonly file: BootFile };
  readonly initrds: readonly BootFile[];
  readonly disks: readonly BlockBackend[];
  /** Names for addresses of the payload. */
  readonly symbols?: SymbolLookup;
}

/** What the host's edge gives a VM. */
export interface MachineHost {
  readonly clock: TickClock;
  readonly random: Pick<Random, 'fill'>;
  wallNanoseconds(): bigint;
  /** Console output; the bytes are the callee's to keep. */
  output(bytes: Uint8Array): void;
  /** Something worth a line in a log: a device that its driver misuses. */
  report(line: string): void;
  /** How its map gets pages when there are none, and where those are that were taken from it. */
  readonly memory?: Pick<GuestMapHost, 'stores' | 'reclaim'>;
}

/** What reaches a VM from outside: all of it enters by `Machine.input`, the one place where it could be logged. */
export type InputEvent = { readonly kind: 'console'; readonly bytes: Uint8Array };

const RNG_SEED_BYTES = 64;
const DEFAULT_SEED = 1;
/** 2000-01-01T00:00:00Z. */
const DETERMINISTIC_EPOCH_NANOSECONDS = 946_684_800_000_000_000n;
const NANOSECONDS_PER_TICK = 100n;

/** Floating point is on at the start, its registers clean. Source: Privileged ISA §3.1.6.6. */
const FS_INITIAL = 1;
/** User code may read cycle, time and instret, as firmware lets it. */
const COUNTERS_ENABLED = 7n;

export class Machine {
  readonly name: string;
  readonly harts: readonly Hart[];
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
  ) {
    checkConfig(config);
    this.name = config.name;
    this.#config = config;
    this.#host = host;
    this.#memory = memory;
    this.#engine = engine;
    if (config.deterministic) this.#random = new SeededRandom(config.seed ?? DEFAULT_SEED);
    this.#map = new GuestMap(memory, {
      ramBase: BOARD.ram.base,
      ramBytes: config.ramBytes,
      onHostWrite: (mpn) => engine.dropCode(mpn),
      ...host.memory,
    });
    this.#dirtyLog = new DirtyLog(this.#map);
    this.#balloon = new MapBalloon(this.#map);
    this.harts = Array.from({ length: config.harts }, (_, id) => this.#makeHart(id));
    this.#board = this.#makeBoard();
    const { bus } = this.#board;
    const symbols = config.symbols ?? (() => undefined);
    const parts = { engine, harts: this.harts, map: this.#map, bus, clock: host.clock, symbols, observer };
    this.#loop = new RunLoop({
      ...parts,
      sbi: this.#sbi(),
      alarm: () => this.#alarmTicks(),
      poll: () => this.#board.poll(),
    });
  }

  /**
   * Switches the machine on: everything as at first, the payload loaded, hart 0 at its entry.
   * @throws HostError when the payload cannot be booted or does not fit.
   */
  powerOn(): void {
    const { append, deterministic, harts, initrds, payload, ramBytes } = this.#config;
    const image = parsePayload(payload.kind, payload.file, BOARD.ram.base);
    const plan = planBoot({
      ramBase: BOARD.ram.base,
      ramBytes,
      image,
      initrdBytes: initrds.map(({ sizeBytes }) => sizeBytes),
      treeBytes: treeBytes({ append, harts }),
    });
    this.#clear();
    loadImage(this.#map, image, payload.file);
    for (const [index, initrd] of initrds.entries()) {
      loadFile(this.#map, initrd, plan.initrds[index] as number);
    }
    const rngSeed = new Uint8Array(RNG_SEED_BYTES);
    this.#fillRandom(rngSeed);
    const initrd = initrds.length > 0 && { initrd: { start: plan.initrdStart, end: plan.initrdEnd } };
    loadBytes(this.#map, plan.tree, deviceTree({ harts, ramBytes, append, rngSeed, ...initrd }));
    for (const { context } of this.harts) context.set32('timeMode', deterministic ? 1 : 0);
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
    this.#board.poll();
    if (end.kind !== 'reset') return end;
    this.#stepsBefore += this.steps;
    this.powerOn();
    return { kind: 'ran' };
  }

  /** Takes an event from outside. */
  input(event: InputEvent): void {
    this.#board.console.give(event.bytes);
  }

  /** Whether input given so far has reached a device: more is only worth giving then. */
  get takesInput(): boolean {
    return this.#board.console.isDrained;
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

  /** How often each exit reason came. */
  get exits(): readonly number[] {
    return this.#loop.exits;
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
    return this.harts.map(({ context }) => context);
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

  /** Which pages were written since somebody last asked. */
  get dirtyLog(): DirtyLog {
    return this.#dirtyLog;
  }

  /**
   * Everything as plain data, the content of disks excepted. Preconditions: between parts of turns.
   * @param before - an earlier state: pages that are as they were then are shared with it
   * @param written - when given, only these pages (by their place in RAM, as the dirty log tells them) can differ from `before`
   */
  save(before?: MachineStateV1, written?: ReadonlySet<number>): MachineStateV1 {
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
      board: structuredClone(this.#board.save()),
      pages: savePages(this.#map, before?.pages ?? new Map(), written),
    };
    this.#board.resume();
    return state;
  }

  /**
   * Everything as it was. Preconditions: between parts of turns.
   * @throws RangeError when the state is of another machine, HostError `host-limit` when its pages find no room.
   */
  restore(state: MachineStateV1): void {
    const [here, there] = [JSON.stringify(this.#shape()), JSON.stringify(state.shape)];
    if (state.version !== 1 || here !== there) {
      throw new RangeError(`Cannot restore ${this.name}: the state is of ${there}, this is ${here}`);
    }
    this.#board.pause();
    restorePages(this.#map, state.pages);
    this.#board.restore(state.board);
    const places = placesOf(this.#map);
    for (const [index, hart] of this.harts.entries()) {
      this.#layOut(hart);
      hart.restore(state.harts[index] as HartStateV1, places);
    }
    this.#loop.restore(state.loop);
    this.#stepsBefore = state.stepsBefore;
    if (state.random !== undefined) this.#random = new SeededRandom(state.random);
    this.#board.resume();
    this.#flushTranslations();
  }

  #shape(): MachineStateV1['shape'] {
    const { ramBytes, harts, deterministic, console } = this.#config;
    return { ramBytes, harts, deterministic, console };
  }

  #flushTranslations(): void {
    for (const { context } of this.harts) this.#engine.flushTranslations(context.address);
  }

  #fillRandom(bytes: Uint8Array): void {
    (this.#random ?? this.#host.random).fill(bytes);
  }

  /** Gives all guest memory back. The machine may be switched on again. */
  powerOff(): void {
    this.#map.releaseAll();
  }

  #makeHart(id: number): Hart {
    const address = this.#memory.allocateTable(`hart ${id}`, CONTEXT_BYTES);
    return new Hart(id, new Context(this.#memory.memory.buffer, address), this.#host.clock);
  }

  #makeBoard(): Board {
    return new Board(this.#config, {
      memory: this.#map,
      balloon: this.#balloon,
      random: { fill: (bytes) => this.#fillRandom(bytes) },
      power: {
        powerOff: (status) => this.#loop.end({ kind: 'powered-off', status }),
        reset: () => this.#loop.end({ kind: 'reset' }),
      },
      wallNanoseconds: () => this.#wallNanoseconds(),
      output: (bytes) => this.#host.output(bytes),
      setExternal: (hart, level) => this.harts[hart]?.setExternal(level),
      report: (line) => this.#host.report(`${this.name}: ${line}`),
    });
  }

  #sbi(): SbiMachine {
    const ram = { base: BigInt(BOARD.ram.base), end: BigInt(BOARD.ram.base + this.#config.ramBytes) };
    return {
      harts: this.harts,
      memory: this.#map,
      isRam: (address) => address >= ram.base && address < ram.end,
      writeConsole: (bytes) => this.#board.console.write(bytes),
      readConsole: (limit) => this.#board.console.take(limit),
      powerOff: (status) => this.#loop.end({ kind: 'powered-off', status }),
      reset: () => this.#loop.end({ kind: 'reset' }),
      flushTranslations: (hart) => this.#engine.flushTranslations(hart.context.address),
    };
  }

  /** As at first: empty memory, devices reset, harts stopped with all registers 0. */
  #clear(): void {
    this.#loop.reset();
    this.#map.releaseAll();
    for (const hart of this.harts) {
      const { address } = hart.context;
      this.#memory.bytes.fill(0, address, address + STATE_BYTES);
      this.#layOut(hart);
      hart.stop();
      this.#engine.flushTranslations(address);
    }
    this.#board.reset();
  }

  #layOut({ id, context }: Hart): void {
    const { mapBase, ramFirstPage, ramPages } = this.#map.layout;
    context.set32('mapBase', mapBase);
    context.set('ramFirstPage', BigInt(ramFirstPage));
    context.set('ramPages', BigInt(ramPages));
    context.set('hartId', BigInt(id));
    context.set('stimecmp', 2n ** 64n - 1n);
    context.set('scounteren', COUNTERS_ENABLED);
    context.set32('fs', FS_INITIAL);
    context.set32('mode', 1);
  }

  /** In deterministic runs the wall clock is guest time, from a fixed start. */
  #wallNanoseconds(): bigint {
    if (!this.#config.deterministic) return this.#host.wallNanoseconds();
    return DETERMINISTIC_EPOCH_NANOSECONDS + (this.harts[0]?.time ?? 0n) * NANOSECONDS_PER_TICK;
  }

  /** Ticks until the real-time clock's alarm. */
  #alarmTicks(): bigint | undefined {
    const { alarm } = this.#board;
    if (alarm === undefined) return undefined;
    const left = (alarm - this.#wallNanoseconds()) / NANOSECONDS_PER_TICK + 1n;
    return left > 0n ? left : 0n;
  }
}

function checkConfig({ ramBytes, harts }: MachineConfig): void {
  if (harts !== 1)
    throw new HostError('unsupported', { what: `${harts} CPUs`, reason: 'a VM has one for now' });
  if (ramBytes <= 0 || ramBytes % PAGE_BYTES !== 0) {
    throw new HostError('usage', { reason: `${formatSize(ramBytes)} of memory is not a multiple of 4 KiB` });
  }
}
