/** Why a run returned: the contract between an engine and whoever schedules the hart. */
import type { EngineProfile } from './profile.ts';
import type { Stops } from './stops.ts';

export const Exit = {
  /** The budget of steps is used up (or an effect asks the caller to look: timer). */
  Budget: 0,
  /** WFI with nothing pending. pc is behind the WFI. */
  WaitForInterrupt: 1,
  /** A load or store outside RAM. pc is at the instruction; see exitAddress, exitBytes, exitWrite, exitValue. */
  Device: 2,
  /** ECALL from S-mode. pc is behind the ECALL; a7, a6, a0… hold the call, a0 and a1 take the answer. */
  Sbi: 3,
  /** RAM page without machine page (or not writable yet). pc is at the instruction; exitAddress, exitWrite. */
  PageMiss: 4,
  /** The hart can make no progress any more; see faultCause, faultAddress, pc. */
  Fault: 5,
  /** ECALL from U-mode of a user world. pc is behind the ECALL. */
  Syscall: 6,
  /** A debugger wants the hart to stop (`setStops`); pc is at the instruction, which did nothing yet. */
  Breakpoint: 7,
  /** It has waited in a loop for as many turns as `pauses` said. pc is behind the PAUSE. */
  Pause: 8,
} as const;
export type ExitReason = (typeof Exit)[keyof typeof Exit];

/** What becomes of an access to a device while a run is under way. */
export const DeviceAnswer = {
  /** Nothing yet: the run ends with Exit.Device. */
  Leave: 0,
  /** It is done, exitValue is what was read, and the run goes on. */
  Done: 1,
  /** It is done (exitReady is set), but the run ends with Exit.Device, for it has changed what comes next. */
  DoneAndLeave: 2,
} as const;
export type DeviceAnswerCode = (typeof DeviceAnswer)[keyof typeof DeviceAnswer];

/** Exceptions of S-mode at one pc without an SRET between, after which a hart is given up with Exit.Fault. */
export const MAX_TRAPS_IN_ROW = 10_000;

/** What every back end is: reference, interpreter, JIT. */
export interface Engine {
  readonly name: 'reference' | 'interpreter' | 'jit';
  /**
   * Runs the hart for at most `budget` steps (retired instructions plus traps taken), counted exactly.
   * Pending interrupts are taken before the first instruction, except when a device access is to be finished.
   * On return every field of the context is exact, and the steps done are budget - left, where
   * left = stepsEnd - steps is what `fuelLeft` says.
   * @param budget 1..2^31-1
   */
  run(context: number, budget: number): ExitReason;
  /** Steps of the last run's budget that were not used. */
  fuelLeft(): number;
  /** Drops what is cached of address translation for this hart (remote fence, restored state). */
  flushTranslations(context: number): void;
  /** As FENCE.I by this hart: what it fetches from now on was in memory when this was called (remote fence). */
  fenceCode(context: number): void;
  /**
   * Code in this machine page was written from outside the guest (DMA, host), or the page was taken away. Engines of
   * other threads hear nothing of it: their harts see it after a fence, as they do what harts elsewhere store.
   * @param machinePage number of the page (MPN)
   */
  dropCode(machinePage: number): void;
  /** From the next run on, every hart stops where `stops` says; without it nowhere. */
  setStops(stops: Stops | undefined): void;
  /**
   * Asked at each access to a device, which exitAddress, exitBytes, exitWrite and exitValue tell of; it may set exitValue and
   * sip, and nothing else that a run rests on: neither memory nor its map. Undefined: each access ends its run.
   */
  devices: ((context: number) => DeviceAnswerCode) | undefined;
  /**
   * Asked for a page of RAM, by its number in RAM, that a hart may not read, or write, as it wants: whether it may now. It may give
   * rights, and takes none away. Undefined: each such access ends its run.
   */
  providePage: ((page: number, write: boolean) => boolean) | undefined;
  /**
   * Where a loop of the last run chased pointers over pages that lie apart: machine pages of neighbours in virtual memory, in
   * that order, none with code. Moved together they could be reached without a look into the TLB. Empty: nothing of the kind.
   */
  takeScattered?(context: number): readonly number[];
  /** A machine begins, which this engine is to run: most of what a start does it does once. */
  machineBegins?(): void;
  /** Absent: nothing is counted. */
  profile?(): EngineProfile;
}
