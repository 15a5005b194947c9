/** One machine alone on a thread, run in exact steps: recorded, replayed, debugged. */
import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MachineMemory } from '#kernel';
import { HostError } from '#lib';
import type { LabConfig, RunConfig, RunResult } from '#management';
import { createEngine } from '#riscv';
import { OverlayDisk } from '#storage';
import {
  Checkpoints,
  type Given,
  Machine,
  type MachineConfig,
  MachineTarget,
  machineSize,
  Recorder,
  type Recording,
  type RecordingHeader,
  ReplayCheck,
  readRecording,
  Timeline,
  type TimelineEnd,
} from '#vmm';
import { symbolsBeside } from '../boot-files.ts';
import { WorkerCompiler } from '../region-compiler.ts';
import { GdbServer } from './gdb-server.ts';
import { checkFiles, describeFiles, type LabFiles, namedFiles, openFiles } from './lab-files.ts';
import type { LabLine } from './lab-line.ts';
import { RecordingFile } from './recording-file.ts';

const VM_NAME = 'vm';
const SEED = 1;
/** As on a pCPU: a run in a lab is the run that it would be there. */
const TURN_STEPS = 2 ** 18;
const HASH_STEPS = 1_000_000;
const FULL_STEPS = 256_000_000;
/** Steps between looks at what else happens. */
const SLICE_STEPS = 2 ** 22;
const TICKS_PER_MS = 10_000;

/** How a run goes on after a slice. */
type FinalEnd = Exclude<TimelineEnd, { kind: 'ran' | 'idle' | 'reset' | 'stopped' }>;

/** What belongs to one kind of run in a lab: recording, replay, or neither. */
interface Purpose {
  readonly inputs: Given[];
  readonly marks?: NonNullable<ConstructorParameters<typeof Timeline>[0]['marks']>;
  given?(given: Given): void;
  readonly missed: (given: Given, now: Given['at']) => void;
  /** The run is over. */
  end(timeline: Timeline, how: string): void;
  /** Steps at which a replay ends. */
  readonly lastStep?: bigint;
  /** Whether the replay ends there, and not the machine by itself. */
  readonly isLeft?: boolean;
  /** It ends before the recording does. */
  readonly isPart?: boolean;
  /** What `--stats` says of it. */
  summary(): string[];
  close(): void;
}

export class Lab {
  readonly #line: LabLine;
  readonly #config: RunConfig;
  readonly #files: LabFiles;
  readonly #disks: readonly OverlayDisk[];
  readonly #compiler: WorkerCompiler | undefined;
  readonly #machine: Machine;
  readonly #purpose: Purpose;
  readonly #timeline: Timeline;
  readonly #startedAt = performance.now();
  readonly #target: MachineTarget | undefined;
  #server: GdbServer | undefined;
  #problem: HostError | undefined;
  #isKilled = false;
  /** Output of steps up to here was shown: a run that was gone back in does not say it again. */
  #shownStep = -1n;

  /** @throws HostError when it cannot be run, recorded, or replayed */
  static async open(config: RunConfig, line: LabLine): Promise<Lab> {
    const { gdb } = config.lab ?? {};
    if (gdb !== undefined && config.cpus > 1 && !config.deterministic) {
      const reason = 'gdb sees several CPUs in deterministic runs only: add --deterministic';
      throw new HostError('unsupported', { what: `gdb with ${config.cpus} CPUs`, reason });
    }
    const lab = new Lab(config, line);
    try {
      if (gdb !== undefined) await lab.#serve(gdb);
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  private constructor(config: RunConfig, line: LabLine) {
    this.#line = line;
    const recording = replayed(config.lab);
    this.#config = config;
    const named = recording?.header.files ?? namedFiles(config);
    this.#files = openFiles(named, recording?.files ?? new Map());
    try {
      this.#disks = this.#files.disks.map(
        ({ file, readOnly }) => new OverlayDisk(file, readOnly, (reason) => this.#fail('a disk', reason)),
      );
      const size = machineSize(config.memoryBytes, config.cpus);
      const memory = new MachineMemory(size.machineBytes);
      const area = { base: memory.allocateTable('decoded code', size.engineBytes), bytes: size.engineBytes };
      if (config.engine === 'jit') this.#compiler = new WorkerCompiler(memory.memory);
      const clock = tickClock();
      const engine = createEngine(config.engine, {
        ...{ memory: memory.memory, clock, area },
        ...(this.#compiler && { compiler: this.#compiler }),
      });
      this.#machine = new Machine(this.#machineConfig(recording?.header), memory, engine, {
        clock,
        random: { fill: (bytes) => void randomFillSync(bytes) },
        wallNanoseconds: () =>
          BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
        output: (bytes) => this.#output(bytes),
        report: (text) => line.line(text),
      });
      this.#machine.powerOn();
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
        live: recording === undefined ? () => this.#input() : undefined,
      });
      this.#target = config.lab?.gdb && this.#makeTarget();
    } catch (error) {
      this.#files.close();
      throw error;
    }
  }

  async run(): Promise<RunResult> {
    for (;;) {
      if (this.#target?.isHalted && !this.#isOver) {
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
      return result;
    }
  }

  async close(): Promise<void> {
    this.#server?.close();
    this.#compiler?.close();
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
      checkpoints: deterministic ? new Checkpoints(timeline, machine, this.#disks) : undefined,
      mayWrite: lab?.record === undefined && lab?.replay === undefined,
      kill: () => void (this.#isKilled = true),
      detached: () => this.#line.wake(),
    });
  }

  async #serve({ host, port, wait }: NonNullable<LabConfig['gdb']>): Promise<void> {
    if (this.#target === undefined) return;
    this.#server = new GdbServer(this.#target, () => this.#line.wake());
    const where = await this.#server.listen(host, port);
    if (wait) this.#target.halt();
    this.#line.line(`gdb may connect: target remote ${where}`);
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
      return toResult(end);
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
    if (end.kind === 'idle' && !this.#line.hasInput) {
      await this.#line.event(end.ticks === undefined ? undefined : end.ticks / TICKS_PER_MS);
    }
    return this.#isOver ? { kind: 'left' } : undefined;
  }

  #input(): { kind: 'console'; bytes: Uint8Array } | undefined {
    const bytes = this.#machine.takesInput ? this.#line.input() : undefined;
    return bytes && { kind: 'console', bytes };
  }

  #fail(what: string, reason: string): void {
    this.#problem ??= new HostError('host-limit', { what, reason });
  }

  #machineConfig(header: RecordingHeader | undefined): MachineConfig {
    const { memoryBytes, cpus, deterministic, console, append } = this.#config;
    const { payload, initrds } = this.#files;
    return {
      ...{ name: VM_NAME, ramBytes: memoryBytes, harts: cpus, deterministic, console, append },
      seed: header?.machine.seed ?? SEED,
      ...{ payload, initrds, disks: this.#disks },
      symbols: symbolsBeside(payload.file.path),
    };
  }

  #makePurpose(recording: Recording | undefined): Purpose {
    const { lab } = this.#config;
    if (recording !== undefined && lab?.replay !== undefined) {
      return replayPurpose(lab.replay, recording, this.#machine);
    }
    if (lab?.record !== undefined) return recordPurpose(lab.record, this.#config, this.#machine);
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

/** @throws HostError `recording-unusable`, also when a file is not what it was */
function replayed(lab: LabConfig | undefined): Recording | undefined {
  if (lab?.replay === undefined) return undefined;
  const recording = readRecording(lab.replay.path, readFileSync(lab.replay.path));
  checkFiles(lab.replay.path, recording);
  return recording;
}

function replayPurpose(
  { path, until }: NonNullable<LabConfig['replay']>,
  recording: Recording,
  machine: Machine,
): Purpose {
  const check = new ReplayCheck(path, recording, machine);
  const lastStep = until ?? recording.lastStep;
  const isWhole = lastStep >= recording.lastStep;
  return {
    inputs: [...recording.inputs],
    marks: check.marks,
    missed: check.missed,
    lastStep,
    isPart: !isWhole,
    isLeft: !isWhole || recording.end === undefined || recording.end.how === 'left',
    end: (timeline, how) => {
      if (isWhole) check.end(timeline, how);
    },
    summary: () => [`replay ${check.compared} of ${recording.hashes.length} hashes compared, all equal`],
    close: () => {},
  };
}

function recordPurpose(path: string, config: RunConfig, machine: Machine): Purpose {
  const { files, contents } = describeFiles(namedFiles(config));
  const file = new RecordingFile(path);
  const { memoryBytes: ramBytes, cpus: harts, console, append } = config;
  const header: RecordingHeader = {
    version: 1,
    program: `vmk on Node ${process.versions.node}`,
    machine: { ramBytes, harts, console, append, seed: SEED },
    ...{ turnSteps: TURN_STEPS, hashSteps: HASH_STEPS, fullSteps: FULL_STEPS, files },
  };
  const recorder = new Recorder(file, machine, header, contents);
  let inputs = 0;
  return {
    inputs: [],
    marks: recorder.marks,
    missed: () => {},
    given(given) {
      inputs++;
      recorder.given(given);
    },
    end: (timeline, how) => recorder.end(timeline, how),
    summary: () => [`record ${inputs} inputs`],
    close: () => file.close(),
  };
}

function isFinal(end: TimelineEnd): end is FinalEnd {
  return end.kind === 'powered-off' || end.kind === 'fault' || end.kind === 'starved';
}

function toResult(end: FinalEnd): RunResult {
  return end.kind === 'powered-off' ? end : { kind: 'fault', message: `${VM_NAME}: ${end.reason}` };
}

function tickClock(): { ticks(): number } {
  const start = performance.now();
  return { ticks: () => (performance.now() - start) * TICKS_PER_MS };
}
