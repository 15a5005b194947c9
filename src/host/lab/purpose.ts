/** What a run in a lab is for: to be recorded, to be held against a recording, or neither. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LabConfig } from '#management';
import {
  type Given,
  type Machine,
  Recorder,
  type Recording,
  type RecordingHeader,
  ReplayCheck,
  readRecording,
  type Timeline,
  unusable,
} from '#vmm';
import { checkFiles, describeFiles, namedFiles } from './lab-files.ts';
import type { LabRun } from './messages.ts';
import { RecordingFile } from './recording-file.ts';

/** As on a pCPU: a run in a lab is the run that it would be there. */
export const SEED = 1;
export const TURN_STEPS = 2 ** 18;
const HASH_STEPS = 1_000_000;
const FULL_STEPS = 256_000_000;

/** What belongs to one kind of run in a lab: recording, replay, or neither. */
export interface Purpose {
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
  /** Of a replay: hashes that were equal, and how many there are. */
  readonly hashes?: { readonly compared: number; readonly all: number };
  close(): void;
}

/** @throws HostError `recording-unusable`, also when a file is not what it was */
export function replayed(lab: LabConfig | undefined): Recording | undefined {
  if (lab?.replay === undefined) return undefined;
  const { path, until } = lab.replay;
  const recording = withFiles(path, readRecording(path, readFileSync(path)), lab.replay.disks);
  const { cut, lastStep } = recording;
  if (cut !== undefined && (until === undefined || until > lastStep) && lab.gdb === undefined) {
    throw unusable(path, `${cut}; what is there can be replayed with --until ${lastStep}`);
  }
  checkFiles(path, recording);
  return recording;
}

/** Where its files are now: its disks where it is said, the state that it begins in beside it. */
function withFiles(path: string, recording: Recording, disks: readonly string[] = []): Recording {
  const left = [...disks];
  const files = recording.header.files.map((file) => {
    if (file.role === 'state') return { ...file, path: join(dirname(path), basename(file.path)) };
    return file.role === 'disk' ? { ...file, path: left.shift() ?? file.path } : file;
  });
  return { ...recording, header: { ...recording.header, files } };
}

export function replayPurpose(
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
    get hashes() {
      return { compared: check.compared, all: recording.hashes.length };
    },
    summary: () => [`replay ${check.compared} of ${recording.hashes.length} hashes compared, all equal`],
    close: () => {},
  };
}

/** @param ids - serials of the disks, in their order */
export function recordPurpose(
  path: string,
  config: LabRun,
  ids: readonly string[],
  machine: Machine,
): Purpose {
  const { files, contents } = describeFiles(namedFiles(config), ids);
  const file = new RecordingFile(path);
  const { memoryBytes: ramBytes, cpus: harts, console, append, nics, isPaced, epochSeconds } = config;
  const header: RecordingHeader = {
    version: 1,
    program: `vmk on Node ${process.versions.node}`,
    machine: {
      ramBytes,
      harts,
      console,
      append,
      seed: SEED,
      ...(isPaced && { isPaced }),
      ...(nics && { nics, hasPairs: true }),
      ...(config.agent && { agent: true }),
      ...(config.buttons && { buttons: true }),
      ...(config.disks.some(({ scsi }) => scsi) && { scsi: config.disks.map(({ scsi }) => scsi ?? null) }),
      ...(config.scsiHosts && { scsiHosts: config.scsiHosts }),
      ...(epochSeconds !== undefined && { epochSeconds }),
    },
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
