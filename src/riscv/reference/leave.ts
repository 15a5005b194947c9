/** How the reference leaves an instruction in the middle: thrown, caught in its step. Not errors: no stack is taken. */
import type { CauseCode } from '../hart/causes.ts';
import type { ExitReason } from '../hart/exit.ts';

/** The instruction raises an exception. */
export class Trap {
  readonly cause: CauseCode;
  /** stval. */
  readonly value: bigint;

  constructor(cause: CauseCode, value: bigint) {
    this.cause = cause;
    this.value = value;
  }
}

/** The run ends at this instruction, which did nothing yet; the context says what is wanted. */
export class Leave {
  readonly exit: ExitReason;

  constructor(exit: ExitReason) {
    this.exit = exit;
  }
}
