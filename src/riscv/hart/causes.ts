/** Exception and interrupt numbers of scause. Source: Privileged ISA 20241017, table of scause values. */

export const Cause = {
  InstructionMisaligned: 0,
  InstructionAccess: 1,
  Illegal: 2,
  Breakpoint: 3,
  LoadMisaligned: 4,
  LoadAccess: 5,
  StoreMisaligned: 6,
  StoreAccess: 7,
  EcallFromU: 8,
  EcallFromS: 9,
  InstructionPage: 12,
  LoadPage: 13,
  StorePage: 15,
} as const;
export type CauseCode = (typeof Cause)[keyof typeof Cause];

export const Interrupt = { SupervisorSoftware: 1, SupervisorTimer: 5, SupervisorExternal: 9 } as const;

/** Interrupts in the order in which they are taken when several are pending. */
export const INTERRUPT_PRIORITY = [
  Interrupt.SupervisorExternal,
  Interrupt.SupervisorSoftware,
  Interrupt.SupervisorTimer,
] as const;
