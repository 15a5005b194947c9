/** What main thread and lab tell each other. */
import type { ErrorCode } from '#lib';
import type { RunConfig, RunResult } from '#management';

export type ToLab =
  | { readonly kind: 'start'; readonly config: RunConfig }
  | { readonly kind: 'input'; readonly bytes: Uint8Array }
  /** Output was shown. */
  | { readonly kind: 'shown'; readonly bytes: number }
  | { readonly kind: 'stop' };

export type FromLab =
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** For the person, without its newline. */
  | { readonly kind: 'line'; readonly text: string }
  /** The last message: files are closed. */
  | { readonly kind: 'end'; readonly result: RunResult }
  | {
      readonly kind: 'error';
      readonly code?: ErrorCode;
      readonly details?: Details;
      readonly message: string;
    };

type Details = Readonly<Record<string, string | number>>;
