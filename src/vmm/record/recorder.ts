/** Writes a recording while its run goes on: header, files, inputs, hashes, and how it ended. */
import type { Machine } from '../machine.ts';
import { encodeFrame, MAGIC } from './log-frames.ts';
import { type LogRecord, type RecordingHeader, toFrame } from './log-records.ts';
import { StateDigest } from './state-digest.ts';
import type { Given, Timeline, TimelineParts } from './timeline.ts';

/** Where a recording goes; bytes are in order. */
export interface RecordingSink {
  /** Throws when they cannot be kept. */
  write(bytes: Uint8Array): void;
}

export class Recorder {
  readonly #sink: RecordingSink;
  readonly #header: RecordingHeader;
  readonly #digest: StateDigest;
  #lastStep = 0n;

  /** Begins the recording. Preconditions: the machine was just switched on. */
  constructor(
    sink: RecordingSink,
    machine: Machine,
    header: RecordingHeader,
    files: ReadonlyMap<number, Uint8Array>,
  ) {
    this.#sink = sink;
    this.#header = header;
    this.#digest = new StateDigest(machine);
    sink.write(MAGIC);
    this.#write({ kind: 'header', header });
    for (const [index, bytes] of files) this.#write({ kind: 'file', index, bytes });
  }

  /** For the timeline of the run. */
  get marks(): NonNullable<TimelineParts['marks']> {
    return { every: this.#header.hashSteps, reached: (step) => this.#hash(step) };
  }

  given({ at, event }: Given): void {
    this.#write({ kind: 'input', at, event });
  }

  /** The run is over. @param how - `powered-off`, `left`, `fault` */
  end(timeline: Timeline, how: string): void {
    this.#write({ kind: 'end', at: timeline.now, hash: this.#digest.takeFull(), how });
  }

  /** A moment that was gone through before is in the recording already. */
  #hash(step: bigint): void {
    if (step <= this.#lastStep) return;
    this.#lastStep = step;
    const isFull = step % BigInt(this.#header.fullSteps) === 0n;
    const hash = isFull ? this.#digest.takeFull() : this.#digest.take();
    this.#write({ kind: isFull ? 'full' : 'hash', step, hash });
  }

  #write(record: LogRecord): void {
    this.#sink.write(encodeFrame(toFrame(record)));
  }
}
