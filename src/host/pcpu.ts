/** A physical CPU of the host: one worker thread that owns machine memory, an engine and, for now, one VM. */
import { randomFillSync } from 'node:crypto';
import { MachineMemory } from '#kernel';
import { HostError, SeededRandom } from '#lib';
import type { RunConfig, RunResult } from '#management';
import { createEngine, type Engine } from '#riscv';
import { RawFile } from '#storage';
import { Machine, type MachineHost, machineSize, type TickClock, type TurnEnd } from '#vmm';
import { type OpenBootFile, openBootFile, openKernel, symbolsBeside } from './boot-files.ts';
import type { ControlBlock } from './control-block.ts';
import type { RunStats } from './messages.ts';
import type { Outbox } from './outbox.ts';
import { WorkerCompiler } from './region-compiler.ts';
import { makeTrace } from './trace.ts';

const VM_NAME = 'vm';
/** Steps of a turn. A deterministic turn has always this length, so that devices are polled at the same steps. */
const TURN_STEPS = 2 ** 18;
const TICKS_PER_MS = 10_000;
/** Waits below this are not worth a system call: the time is spent looking. */
const MIN_WAIT_MS = 0.05;
const DETERMINISTIC_SEED = 1;

/** Ends of a turn that are the end of the run. */
type FinalEnd = Exclude<TurnEnd, { kind: 'ran' | 'idle' | 'reset' }>;

export class Pcpu {
  readonly #config: RunConfig;
  readonly #control: ControlBlock;
  readonly #outbox: Outbox;
  readonly #inputRoom: () => void;
  readonly #disks: RawFile[] = [];
  readonly #bootFiles: OpenBootFile[] = [];
  readonly #clock = tickClock();
  readonly #machine: Machine;
  readonly #engineName: string;
  readonly #compiler: WorkerCompiler | undefined;
  #idleMs = 0;
  #startedAt = 0;

  /**
   * Opens everything and switches the VM on.
   * @param inputRoom - called when the input ring was too small before and has room now.
   * @throws HostError when the configuration cannot be run.
   */
  constructor(config: RunConfig, control: ControlBlock, outbox: Outbox, inputRoom: () => void) {
    this.#config = config;
    this.#control = control;
    this.#outbox = outbox;
    this.#inputRoom = inputRoom;
    const size = machineSize(config.memoryBytes, config.cpus);
    const memory = new MachineMemory(size.machineBytes);
    const area = { base: memory.allocateTable('decoded code', size.engineBytes), bytes: size.engineBytes };
    if (config.engine === 'jit') this.#compiler = new WorkerCompiler(memory.memory);
    const engine = createEngine(config.engine, {
      ...{ memory: memory.memory, clock: this.#clock, area },
      ...(this.#compiler && { compiler: this.#compiler }),
    });
    this.#engineName = engine.name;
    try {
      this.#openDisks();
      this.#machine = this.#makeMachine(memory, engine);
      this.#machine.powerOn();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Runs until the VM ends or is left. Between turns the thread's other events get their chance. */
  async run(): Promise<RunResult> {
    this.#startedAt = performance.now();
    for (;;) {
      const end = this.#turn();
      if (end !== undefined) return end;
      await new Promise(setImmediate);
    }
  }

  /** What the run took so far. */
  stats(startedMs: number): RunStats {
    return {
      engine: this.#engineName,
      startMs: performance.timeOrigin + this.#startedAt - startedMs,
      runMs: performance.now() - this.#startedAt,
      idleMs: this.#idleMs,
      steps: this.#machine.stepsInAll,
      exits: this.#machine.exits,
      stateHash: this.#config.deterministic ? this.#machine.stateHash() : undefined,
    };
  }

  /** Flushes and closes the disks, closes the other files, and ends the compile worker. */
  close(): void {
    this.#compiler?.close();
    for (const file of this.#bootFiles.splice(0)) file.close();
    for (const disk of this.#disks.splice(0)) disk.close();
  }

  #turn(): RunResult | undefined {
    const { bell } = this.#control;
    if (this.#control.isStopping) return { kind: 'left' };
    this.#passInput();
    const end = this.#machine.turn(TURN_STEPS);
    this.#outbox.flush();
    if (end.kind === 'idle') this.#wait(bell, end.ticks);
    return end.kind === 'ran' || end.kind === 'idle' || end.kind === 'reset' ? undefined : result(end);
  }

  #passInput(): void {
    if (!this.#machine.takesInput) return;
    const bytes = this.#control.take();
    if (bytes.length > 0) this.#machine.input({ kind: 'console', bytes });
    if (this.#control.wasStarved()) this.#inputRoom();
  }

  /** Sleeps until the timer's time or until the doorbell rings. */
  #wait(bell: number, ticks: number | undefined): void {
    const milliseconds = ticks === undefined ? Infinity : ticks / TICKS_PER_MS;
    if (milliseconds < MIN_WAIT_MS) return;
    const before = performance.now();
    this.#control.wait(bell, milliseconds);
    this.#idleMs += performance.now() - before;
  }

  #openDisks(): void {
    for (const { path, readOnly } of this.#config.disks) {
      this.#disks.push(new RawFile({ path, readOnly, onError: (message) => this.#outbox.line(message) }));
    }
  }

  #makeMachine(memory: MachineMemory, engine: Engine): Machine {
    const config = this.#config;
    const { kind, path } = payload(config);
    const file = this.#opened(openKernel(kind, path));
    const trace = makeTrace(config.trace, (line) => this.#outbox.line(line));
    return new Machine(
      {
        name: VM_NAME,
        ramBytes: config.memoryBytes,
        harts: config.cpus,
        deterministic: config.deterministic,
        console: config.console,
        append: config.append,
        payload: { kind, file },
        initrds: config.initrd.map((initrd) => this.#opened(openBootFile('initramfs', initrd))),
        disks: this.#disks,
        symbols: symbolsBeside(path),
      },
      memory,
      engine,
      this.#machineHost(),
      trace,
    );
  }

  /** Boot files stay open: a reset by the guest reads them again. */
  #opened(file: OpenBootFile): OpenBootFile {
    this.#bootFiles.push(file);
    return file;
  }

  #machineHost(): MachineHost {
    const seeded = new SeededRandom(DETERMINISTIC_SEED);
    return {
      clock: this.#clock,
      random: this.#config.deterministic ? seeded : { fill: (bytes) => void randomFillSync(bytes) },
      wallNanoseconds: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
      output: (bytes) => this.#outbox.output(bytes),
      report: (line) => this.#outbox.line(line),
    };
  }
}

/** Ticks of 100 ns since now. */
function tickClock(): TickClock {
  const start = performance.now();
  return { ticks: () => (performance.now() - start) * TICKS_PER_MS };
}

function payload({ firmware, kernel }: RunConfig): { kind: 'firmware' | 'kernel'; path: string } {
  if (firmware !== undefined) return { kind: 'firmware', path: firmware };
  if (kernel !== undefined) return { kind: 'kernel', path: kernel };
  throw new HostError('usage', { reason: 'there is nothing to boot: give --kernel or --firmware' });
}

function result(end: FinalEnd): RunResult {
  return end.kind === 'fault' || end.kind === 'starved'
    ? { kind: 'fault', message: `${VM_NAME}: ${end.reason}` }
    : end;
}
