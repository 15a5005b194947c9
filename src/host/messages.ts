/** What a pCPU tells the main thread, and what it is started with. */
import type { ErrorCode } from '#lib';
import type { RunConfig, RunResult } from '#management';

/** The one message to the worker thread: what it shall run. */
export interface PcpuStart {
  readonly config: RunConfig;
  /** The buffer of a ControlBlock. */
  readonly control: SharedArrayBuffer;
  /** When the program started, in milliseconds since 1970; for statistics. */
  readonly startedMs: number;
}

/** What a run took, for `--stats`. */
export interface RunStats {
  readonly engine: string;
  /** From program start to the first instruction. */
  readonly startMs: number;
  readonly runMs: number;
  /** Time in which all harts waited. */
  readonly idleMs: number;
  readonly steps: bigint;
  /** By exit reason. */
  readonly exits: readonly number[];
  /** Only of deterministic runs. */
  readonly stateHash: string | undefined;
}

/** An error as it crosses threads; `code` is there when it is a HostError. */
export interface SentError {
  readonly code?: ErrorCode;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly message: string;
}

export type PcpuMessage =
  /** Console output. */
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** Lines for the person: traces, reports. Each ends with a newline. */
  | { readonly kind: 'lines'; readonly text: string }
  /** The input ring has room again. */
  | { readonly kind: 'input-room' }
  /** The last message: the disks are flushed and closed. */
  | { readonly kind: 'end'; readonly result: RunResult; readonly stats: RunStats }
  | { readonly kind: 'error'; readonly error: SentError };
