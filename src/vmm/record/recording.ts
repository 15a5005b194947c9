/** A recording that was read: its machine, its inputs in order, its hashes, and how far it is whole. */
import { HostError } from '#lib';
import { type Frame, readFrames } from './log-frames.ts';
import { fromFrame, type LogRecord, type Moment, type RecordingHeader } from './log-records.ts';
import type { Given } from './timeline.ts';

export interface RecordedHash {
  readonly step: bigint;
  readonly hash: string;
  readonly isFull: boolean;
}

export interface Recording {
  readonly header: RecordingHeader;
  /** Content of embedded files, by their place in the header. */
  readonly files: ReadonlyMap<number, Uint8Array>;
  readonly inputs: readonly Given[];
  readonly hashes: readonly RecordedHash[];
  /** Absent when the recording was cut off: it can be replayed to `lastStep`. */
  readonly end: { readonly at: Moment; readonly hash: string; readonly how: string } | undefined;
  /** The last step that is known of the run. */
  readonly lastStep: bigint;
  /** Why there is no end. */
  readonly cut: string | undefined;
}

/** @throws HostError `recording-unusable` when it is damaged, or not even its header is there. */
export function readRecording(path: string, bytes: Uint8Array): Recording {
  const { frames, problem } = readFrames(bytes);
  if (problem?.kind === 'damaged') throw unusable(path, problem.reason);
  const records = frames.map((frame, index) => decoded(path, frame, index));
  const [first] = records;
  if (first?.kind !== 'header') throw unusable(path, problem?.reason ?? 'it does not begin with a header');
  const of = <K extends LogRecord['kind']>(kind: K): Extract<LogRecord, { kind: K }>[] =>
    records.filter((record): record is Extract<LogRecord, { kind: K }> => record.kind === kind);
  const hashes = records.flatMap((record) =>
    record.kind === 'hash' || record.kind === 'full'
      ? [{ step: record.step, hash: record.hash, isFull: record.kind === 'full' }]
      : [],
  );
  const inputs = of('input').map(({ at, event }) => ({ at, event }));
  const end = of('end')[0];
  return {
    header: first.header,
    files: new Map(of('file').map(({ index, bytes: content }) => [index, content])),
    inputs,
    hashes,
    end: end && { at: end.at, hash: end.hash, how: end.how },
    lastStep:
      end?.at.step ?? largest([...hashes.map(({ step }) => step), ...inputs.map(({ at }) => at.step)]),
    cut: end === undefined ? (problem?.reason ?? 'its end is missing') : undefined,
  };
}

export function unusable(path: string, reason: string): HostError {
  return new HostError('recording-unusable', { path, reason });
}

function decoded(path: string, frame: Frame, index: number): LogRecord {
  try {
    return fromFrame(frame);
  } catch (error) {
    throw unusable(path, `record ${index + 1}: ${(error as Error).message}`);
  }
}

function largest(steps: readonly bigint[]): bigint {
  return steps.reduce((most, step) => (step > most ? step : most), 0n);
}
