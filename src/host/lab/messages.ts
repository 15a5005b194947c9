/** What main thread and lab tell each other. */
import type { Button, NetOffloads } from '#devices';
import type { RunConfig, RunResult } from '#management';
import type { RecordedNic, ScsiHost } from '#vmm';
import type { SentError } from '../messages.ts';
import type { SavedSnapshot } from '../snapshot-write.ts';

/** A machine to be run in exact steps. */
export interface LabRun extends RunConfig {
  /** What it is called in messages. */
  readonly name?: string;
  /** There is a port for the guest's agent, though nobody is at the other end. */
  readonly agent?: boolean;
  /** There are a power button and a reset button. */
  readonly buttons?: boolean;
  readonly nics?: readonly RecordedNic[];
  /** SCSI controllers that are there also without a disk. */
  readonly scsiHosts?: readonly ScsiHost[] | undefined;
  /** What its recording names in place of its disks, in their order: with the same content, and never changed. */
  readonly recordedDisks?: readonly string[];
  /** It writes its disks as any machine does; else what is written stays in memory, and is gone with it. */
  readonly writesDisks?: boolean;
  /** Idle time passes as fast as the world's; else at once, and nothing waits for it. */
  readonly isPaced?: boolean;
  /** A snapshot that it goes on from. */
  readonly origin?: string;
  /** Outside of the lab its time is the world's, and so it is in what is saved of it. */
  readonly isOfWorld?: boolean;
  /** See MachineConfig. */
  readonly epochSeconds?: number;
}

/** A frame that a guest sends, with what is left to do on it. */
export interface SentFrame {
  readonly nic: number;
  readonly bytes: Uint8Array;
  readonly offloads: NetOffloads;
}

export type ToLab =
  | { readonly kind: 'start'; readonly config: LabRun }
  | { readonly kind: 'input'; readonly bytes: Uint8Array }
  /** Answered by `pressed` when its turn has come. */
  | { readonly kind: 'press'; readonly button: Button }
  /** Output was shown. */
  | { readonly kind: 'shown'; readonly bytes: number }
  | { readonly kind: 'stop' }
  /** Nothing runs until it is let go. */
  | { readonly kind: 'hold' | 'let-go' }
  /** For a network card. */
  | { readonly kind: 'frame'; readonly nic: number; readonly frame: Uint8Array }
  /** Writes a snapshot, at the next chance. */
  | { readonly kind: 'save'; readonly path: string };

/** How a run ended, and what can be told of it. */
export interface LabEnd {
  readonly result: RunResult;
  /** The last step, and the one that it began with. */
  readonly steps: bigint;
  readonly firstStep: bigint;
  readonly stateHash: string | undefined;
  /** Of a replay. */
  readonly hashes?: { readonly compared: number; readonly all: number };
}

export type FromLab =
  /** It can be run; where gdb may connect. */
  | { readonly kind: 'ready'; readonly gdb: string | undefined }
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** For the person, without its newline. */
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'frame'; readonly frame: SentFrame }
  /** How a network card listens now. */
  | {
      readonly kind: 'reception';
      readonly nic: number;
      readonly mac: number;
      readonly isPromiscuous: boolean;
    }
  /** Whether the guest has a driver that takes it. */
  | { readonly kind: 'pressed'; readonly isTaken: boolean }
  | { readonly kind: 'saved'; readonly saved: SavedSnapshot }
  | { readonly kind: 'not-saved'; readonly error: SentError }
  /** The last message: files are closed. */
  | { readonly kind: 'end'; readonly end: LabEnd }
  | { readonly kind: 'error'; readonly error: SentError };
