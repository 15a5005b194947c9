/** One machine alone on a thread, run in exact steps: recorded, replayed, debugged. */
import { randomFillSync } from 'node:crypto';
import { MachineMemory } from '#kernel';
import { HostError, writeU64 } from '#lib';
import type { LabConfig, RunResult } from '#management';
import { createEngine } from '#riscv';
import { OverlayDisk } from '#storage';
import {
  Checkpoints,
  type InputEvent,
  inSteps,
  inWorld,
  Machine,
  type MachineConfig,
  type MachineStateV1,
  MachineTarget,
  machineSize,
  type Recording,
  type RecordingHeader,
  Timeline,
  type TimelineEnd,
  ticksOf,
} from '#vmm';
import { symbolsBeside } from '../boot-files.ts';
import { CompilerThread } from '../compiler-thread.ts';
import { WorkerCompiler } from '../region-compiler.ts';
import { sentError } from '../sent-error.ts';
import { type ReadSnapshot, readSnapshot } from '../snapshot-file.ts';
import { writeSnapshot } from '../snapshot-write.ts';
import { GdbServer } from './gdb-server.ts';
import { type LabDisk, type LabFiles, namedFiles, openFiles } from './lab-files.ts';
import type { LabLine } from './lab-line.ts';
import { labNics } from './lab-nics.ts';
import { LabPace } from './lab-pace.ts';
import type { LabEnd, LabRun } from './messages.ts';
import { type Purpose, recordPurpose, replayed, replayPurpose, SEED, TURN_STEPS } from './purpose.ts';

const VM_NAME = 'vm';
/** Steps between looks at what else happens. */
const SLICE_STEPS = 2 ** 22;
const TICKS_PER_MS = 10_000;

/** How a run goes on after a slice. */
type FinalEnd = Exclude<TimelineEnd, { kind: 'ran' | 'idle' | 'reset' | 'stopped' }>;

export class Lab {
  readonly #line: LabLine;
  readonly #config: LabRun;
  readonly #files: LabFiles;
  /** What is written stays in them; absent: it goes to the disks. */
  readonly #overlays: readonly OverlayDisk[];
  readonly #compiler: CompilerThread | undefined;
  readonly #machine: Machine;
  readonly #purpose: Purpose;
  readonly #timeline: Timeline;
  readonly #startedAt = performance.now();
  readonly #pace = new LabPace();
  /** Ticks that have passed while the machine idled, and that it is to be told of. */
  #passed = 0;
  /** It was just told of it, and something else is next. */
  #hasPassed = false;
  readonly #target: MachineTarget | undefined;
  #server: GdbServer | undefined;
  #problem: HostError | undefined;
  #isKilled = false;
  /** Output of steps up to here was shown: a run that was gone back in does not say it again. */
  #shownStep = -1n;

  /** @throws HostError when it cannot be run, recorded, or replayed */
  static async open(config: LabRun, line: LabLine): Promise<Lab> {
    const { gdb } = config.lab ?? {};
    const lab = new Lab(config, line);
    try {
      const where = gdb && (await lab.#serve(gdb));
      line.post({ kind: 'ready', gdb: where });
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  private constructor(given: LabRun, line: LabLine) {
    this.#line = line;
    const recording = replayed(given.lab);
    const origin = openOrigin(recording ? originOf(recording.header) : given.origin);
    const config = recording
      ? { ...given, ...asRecorded(recording.header) }
      : { ...given, ...(origin && beginsAt(given, origin.state)) };
    this.#config = config;
    const named = recording?.header.files ?? namedFiles(config);
    // A disk that fails is no input that could be given again.
    const onError = (text: string): void =>
      config.lab?.record === undefined ? line.line(text) : this.#fail('a disk', text);
    const own = config.writesDisks ? { disks: config.disks, onError } : undefined;
    this.#files = openFiles(named, recording?.files ?? new Map(), own);
    try {
      this.#overlays = own ? [] : this.#files.disks.map((disk) => this.#overlay(disk));
      const size = machineSize(config.memoryBytes, config.cpus);
      const memory = new MachineMemory(size.machineBytes);
      const area = { base: memory.allocateTable('decoded code', size.engineBytes), bytes: size.engineBytes };
      if (config.engine === 'jit') this.#compiler = new CompilerThread(memory.memory).begin();
      const clock = tickClock();
      const engine = createEngine(config.engine, {
        ...{ memory: memory.memory, clock, area },
        ...(this.#compiler && { compiler: new WorkerCompiler(this.#compiler.seat) }),
      });
      this.#machine = new Machine(this.#machineConfig(recording?.header), memory, engine, {
        clock,
        random: { fill: (bytes) => void randomFillSync(bytes) },
        wallNanoseconds: () =>
          BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
        output: (bytes) => this.#output(bytes),
        report: (text) => line.line(text),
        agent: { write: () => {} },
      });
      this.#switchOn(origin);
      this.#purpose = this.#makePurpose(recording);
      const { inputs, marks, missed } = this.#purpose;
      this.#timeline = new Timeline({
        ...{
          machine: this.#machine,
          turnSteps: recording?.header.turnSteps ?? TURN_STEPS,
          inputs,
          marks,
          missed,
        },
        given: (given) => this.#purpose.given?.(given),
        live: recording === undefined ? () => this.#live() : undefined,
      });
      this.#target = config.lab?.gdb && this.#makeTarget();
    } catch (error) {
      this.#files.close();
      throw error;
    }
  }

  async run(): Promise<LabEnd> {
    for (;;) {
      await this.#save();
      if ((this.#line.isHeld || this.#target?.isHalted) && !this.#isOver) {
        if (this.#line.hasSave) continue;
        await this.#line.event();
        continue;
      }
      const end = this.#target?.proceed() ?? this.#timeline.run(this.#sliceSteps());
      if (this.#timeline.step > this.#shownStep) this.#shownStep = this.#timeline.step;
      if (this.#problem) throw this.#problem;
      const result = await this.#afterSlice(end);
      if (result === undefined) continue;
      if (!this.#wasInterrupted(result)) this.#purpose.end(this.#timeline, result.kind);
      if (this.#config.stats) for (const text of this.#summary()) this.#line.line(text);
      return this.#endOf(result);
    }
  }

  async close(): Promise<void> {
    this.#server?.close();
    void this.#compiler?.close();
    this.#files.close();
    this.#purpose.close();
    await Promise.resolve();
  }

  /** A replay that the person leaves before its end is not held against it. */
  #wasInterrupted({ kind }: RunResult): boolean {
    const { lastStep } = this.#purpose;
    return kind === 'left' && lastStep !== undefined && this.#timeline.step < lastStep;
  }

  get #isOver(): boolean {
    return this.#line.isStopping || this.#isKilled;
  }

  #output(bytes: Uint8Array): void {
    if (this.#machine.stepsInAll > this.#shownStep) this.#line.output(bytes);
  }

  #makeTarget(): MachineTarget {
    const { deterministic, lab } = this.#config;
    const [machine, timeline] = [this.#machine, this.#timeline];
    return new MachineTarget({
      ...{ machine, timeline, lastStep: this.#purpose.lastStep },
      // What was written to disks cannot be taken back.
      checkpoints:
        deterministic && !this.#config.writesDisks
          ? new Checkpoints(timeline, machine, this.#overlays)
          : undefined,
      mayWrite: lab?.record === undefined && lab?.replay === undefined,
      kill: () => void (this.#isKilled = true),
      detached: () => this.#line.wake(),
    });
  }

  /** @returns where it listens. @throws HostError */
  async #serve({ host, port, wait }: NonNullable<LabConfig['gdb']>): Promise<string | undefined> {
    if (this.#target === undefined) return undefined;
    this.#server = new GdbServer(this.#target, () => this.#line.wake());
    const where = await this.#server.listen(host, port);
    if (wait) this.#target.halt();
    this.#line.line(`gdb may connect: target remote ${where}`);
    return where;
  }

  #sliceSteps(): number {
    const { lastStep } = this.#purpose;
    if (lastStep === undefined) return SLICE_STEPS;
    const left = lastStep - this.#timeline.step;
    return left > BigInt(SLICE_STEPS) ? SLICE_STEPS : Math.max(Number(left), 1);
  }

  /** The run's result, when it is over. */
  async #afterSlice(end: TimelineEnd): Promise<RunResult | undefined> {
    await this.#line.breathe();
    if (isFinal(end)) {
      if (end.kind === 'powered-off') this.#target?.onStop({ kind: 'exited', status: end.status });
      return toResult(this.#machine.name, end);
    }
    const { lastStep } = this.#purpose;
    if (lastStep !== undefined) {
      const { step, hasRecorded } = this.#timeline;
      // A machine that ends by itself does so within the instruction behind its last step.
      const { isLeft, isPart } = this.#purpose;
      const isOver = step > lastStep || (step === lastStep && isLeft === true && (isPart || !hasRecorded));
      // A gdb may go back from the end.
      return (isOver && this.#server?.isConnected !== true) || this.#isOver ? { kind: 'left' } : undefined;
    }
    if (this.#isOver) return { kind: 'left' };
    if (end.kind === 'idle') await this.#idle(end.ticks);
    return this.#isOver ? { kind: 'left' } : undefined;
  }

  /** Nothing runs before something comes, or that many ticks have passed. */
  async #idle(ticks: number | undefined): Promise<void> {
    const hasInput = this.#line.hasInput(this.#machine.takesInput);
    if (!this.#config.isPaced) {
      if (!hasInput) await this.#line.event(ticks === undefined ? undefined : ticks / TICKS_PER_MS);
      return;
    }
    const most = ticks ?? Number.POSITIVE_INFINITY;
    const leftMs = (most - this.#pace.behind(this.#guestTicks)) / TICKS_PER_MS;
    if (!hasInput && leftMs > 0) await this.#line.event(Number.isFinite(leftMs) ? leftMs : undefined);
    // What has come has its turn after the time in which it came, however much passes meanwhile.
    if (!this.#hasPassed) this.#passed = Math.floor(Math.min(most, this.#pace.behind(this.#guestTicks)));
  }

  get #guestTicks(): number {
    return Number(this.#machine.harts[0]?.time ?? 0n);
  }

  /** What comes from outside next: time first, then what happened in it. */
  #live(): InputEvent | undefined {
    const takesInput = this.#machine.takesInput;
    this.#hasPassed = this.#passed > 0 && this.#line.hasInput(takesInput);
    if (this.#passed <= 0) return this.#line.input(takesInput, this.#machine.takesButtons);
    const bytes = new Uint8Array(8);
    writeU64(bytes, 0, BigInt(this.#passed));
    this.#passed = 0;
    return { kind: 'time', bytes };
  }

  #overlay({ file, readOnly, id }: LabDisk): OverlayDisk {
    return new OverlayDisk(file, { readOnly, id }, (reason) => this.#fail('a disk', reason));
  }

  /** As at first, or where it was saved. @throws HostError */
  #switchOn(origin: ReadSnapshot | undefined): void {
    if (origin === undefined) return this.#machine.powerOn();
    const state = this.#config.deterministic ? inSteps(origin.state) : origin.state;
    this.#machine.restore(state, () => origin.fill(this.#machine.map));
  }

  /** Writes the machine's state where that was asked for. */
  async #save(): Promise<void> {
    const path = this.#line.takeSave();
    if (path === undefined) return;
    const machine = this.#machine;
    try {
      const saved = machine.saveWithoutPages();
      const state = this.#config.isOfWorld ? inWorld(saved) : saved;
      this.#line.post({ kind: 'saved', saved: await writeSnapshot(path, machine.map, { state }) });
    } catch (error) {
      this.#line.post({ kind: 'not-saved', error: sentError(error) });
    }
  }

  #endOf(result: RunResult): LabEnd {
    const { hashes } = this.#purpose;
    return {
      ...{ result, steps: this.#timeline.step, firstStep: this.#timeline.firstStep },
      stateHash: this.#config.deterministic ? this.#machine.stateHash() : undefined,
      ...(hashes && { hashes }),
    };
  }

  #fail(what: string, reason: string): void {
    this.#problem ??= new HostError('host-limit', { what, reason });
  }

  #machineConfig(header: RecordingHeader | undefined): MachineConfig {
    const { memoryBytes, cpus, deterministic, isPaced, epochSeconds, console, append } = this.#config;
    const { agent = false, buttons = false } = this.#config;
    const { payload, initrds } = this.#files;
    const nics = labNics(this.#config.nics, header ? undefined : this.#line);
    return {
      ...{
        name: this.#config.name ?? VM_NAME,
        ramBytes: memoryBytes,
        harts: cpus,
        deterministic,
        console,
        append,
      },
      ...{ seed: header?.machine.seed ?? SEED, isPaced: isPaced ?? false, epochSeconds },
      hasOnePair: header !== undefined && header.machine.hasPairs !== true,
      ...{ payload, initrds, nics, agent, buttons },
      disks: this.#config.writesDisks ? this.#files.disks.map(({ file }) => file) : this.#overlays,
      scsi:
        header?.machine.scsi?.map((slot) => slot ?? undefined) ?? this.#config.disks.map(({ scsi }) => scsi),
      scsiHosts: this.#config.scsiHosts,
      symbols: symbolsBeside(payload.file.path),
    };
  }

  #makePurpose(recording: Recording | undefined): Purpose {
    const { lab } = this.#config;
    if (recording !== undefined && lab?.replay !== undefined) {
      return replayPurpose(lab.replay, recording, this.#machine);
    }
    if (lab?.record !== undefined) {
      const ids = this.#files.disks.map(({ id }) => id);
      return recordPurpose(lab.record, this.#config, ids, this.#machine);
    }
    return { inputs: [], missed: () => {}, end: () => {}, summary: () => [], close: () => {} };
  }

  #summary(): string[] {
    const { step } = this.#timeline;
    const ms = performance.now() - this.#startedAt;
    return [
      `engine ${this.#config.engine}: ${step} steps in ${ms.toFixed(0)} ms, ${(Number(step) / ms / 1000).toFixed(0)} million a second`,
      ...this.#purpose.summary(),
      ...(this.#config.deterministic ? [`state  ${this.#machine.stateHash()}`] : []),
    ];
  }
}

/** A replay's machine is that of the recording. */
function asRecorded({ machine }: RecordingHeader): Partial<LabRun> {
  const { ramBytes: memoryBytes, harts: cpus, console, append, epochSeconds } = machine;
  const { isPaced = false, nics = [], agent = false, buttons = false, scsiHosts } = machine;
  const begins = epochSeconds === undefined ? {} : { epochSeconds };
  return {
    memoryBytes,
    cpus,
    console,
    append,
    isPaced,
    nics,
    agent,
    buttons,
    scsiHosts,
    deterministic: true,
    ...begins,
  };
}

/** The snapshot that a recording begins with. */
function originOf({ files }: RecordingHeader): string | undefined {
  return files.find(({ role }) => role === 'state')?.path;
}

function openOrigin(path: string | undefined): ReadSnapshot | undefined {
  return path === undefined ? undefined : readSnapshot(path);
}

/** Its RTC goes on from now, when its time comes from steps from now on. */
function beginsAt({ deterministic }: LabRun, state: MachineStateV1): Partial<LabRun> {
  if (!deterministic || state.shape.deterministic) return {};
  return { epochSeconds: Math.floor(Date.now() / 1000 - Number(ticksOf(state)) / (TICKS_PER_MS * 1000)) };
}

function isFinal(end: TimelineEnd): end is FinalEnd {
  return end.kind === 'powered-off' || end.kind === 'fault' || end.kind === 'starved';
}

function toResult(name: string, end: FinalEnd): RunResult {
  return end.kind === 'powered-off' ? end : { kind: 'fault', message: `${name}: ${end.reason}` };
}

function tickClock(): { ticks(): number } {
  const start = performance.now();
  return { ticks: () => (performance.now() - start) * TICKS_PER_MS };
}
