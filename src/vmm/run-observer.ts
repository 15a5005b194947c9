/** Who hears what a machine does, step by step. */
import type { Hart } from './hart.ts';

/** Hears what happens, for traces. Every method may be absent. */
export interface RunObserver {
  /** Runs go one step at a time; `step` is called before each, `trap` after one that trapped. */
  readonly isStepwise: boolean;
  /** `word` is the instruction at pc, undefined when it cannot be fetched. */
  step?(hart: Hart, word: number | undefined): void;
  trap?(hart: Hart): void;
  sbi?(hart: Hart): void;
  /** After the access; `value` is undefined when nothing answered. */
  mmio?(hart: Hart, access: MmioAccess): void;
}

export interface MmioAccess {
  readonly device: string | undefined;
  readonly address: number;
  readonly width: number;
  readonly isWrite: boolean;
  readonly value: bigint | undefined;
}
