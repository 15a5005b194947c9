/**
 * The vocabulary of SBI rows: what a call gets, what it answers, and what it may ask of the machine.
 * Source: RISC-V SBI 2.0 §3 (binary encoding).
 */
import type { GuestMemory } from '#devices';
import type { Hart } from '../hart.ts';

/** Source: SBI 2.0 §3.1, table 1. */
export const SbiError = {
  Success: 0,
  Failed: -1,
  NotSupported: -2,
  InvalidParam: -3,
  Denied: -4,
  InvalidAddress: -5,
  AlreadyAvailable: -6,
  AlreadyStarted: -7,
  AlreadyStopped: -8,
} as const;
export type SbiErrorCode = (typeof SbiError)[keyof typeof SbiError];

/** What a0 and a1 become. */
export interface SbiAnswer {
  readonly error: SbiErrorCode;
  readonly value: bigint;
}

/** What the SBI needs of the machine it is part of. */
export interface SbiMachine {
  /** By hart id. */
  readonly harts: readonly Hart[];
  readonly memory: GuestMemory;
  /** Whether a hart could fetch from this guest-physical address. */
  isRam(address: bigint): boolean;
  /** The debug console. */
  writeConsole(bytes: Uint8Array): void;
  /** At most `limit` bytes of console input that wait. */
  readConsole(limit: number): Uint8Array;
  powerOff(status: number): void;
  reset(): void;
  /** Sees to it that each of these harts does `what` (Post.fence, Post.fenceCode) before its next instruction. */
  fence(harts: readonly Hart[], what: number): void;
  /** A hart may have something to do now. */
  wake(hart: Hart): void;
}

/** One call. Arguments are a0 … a5, unsigned. */
export interface SbiCall {
  readonly machine: SbiMachine;
  readonly hart: Hart;
  readonly args: readonly [bigint, bigint, bigint, bigint, bigint, bigint];
}

/** `undefined`: the call does not return to its caller (or answers later), its registers stay. */
export type SbiHandler = (call: SbiCall) => SbiAnswer | undefined;

export interface SbiFunction {
  readonly fid: number;
  readonly name: string;
  readonly handler: SbiHandler;
}

export interface SbiExtension {
  readonly eid: number;
  readonly name: string;
  /** Its functions use the console or end the VM: they are called where the devices are. */
  readonly usesDevices?: boolean;
  readonly functions: readonly SbiFunction[];
}

export const row = (fid: number, name: string, handler: SbiHandler): SbiFunction => ({ fid, name, handler });

export function success(value = 0n): SbiAnswer {
  return { error: SbiError.Success, value };
}

export function failure(error: SbiErrorCode): SbiAnswer {
  return { error, value: 0n };
}
