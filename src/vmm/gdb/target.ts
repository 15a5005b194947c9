/** What the gdb server debugs: threads, registers, memory, places to stop at, and motion in both directions. */

/** Z and z packets: 0 and 1 are instructions; 2 writes, 3 reads, 4 both. */
export const PointKind = { Software: 0, Hardware: 1, Write: 2, Read: 3, Access: 4 } as const;
export type PointKindCode = (typeof PointKind)[keyof typeof PointKind];

export interface Point {
  readonly kind: PointKindCode;
  readonly address: bigint;
  readonly bytes: number;
}

export interface Motion {
  readonly kind: 'continue' | 'step';
  /** Which thread steps; the others may move too, as in the run. */
  readonly thread: number;
  readonly isBackward: boolean;
  /** gdb looks for what this thread does only: others are not to be stopped at. */
  readonly isAlone?: boolean;
}

export type StopReason =
  | { readonly kind: 'step' | 'breakpoint' | 'interrupted'; readonly thread: number }
  | { readonly kind: 'watch'; readonly thread: number; readonly point: Point; readonly address: bigint }
  /** The end or the beginning of the run was reached. */
  | { readonly kind: 'no-history'; readonly at: 'begin' | 'end'; readonly thread: number }
  | { readonly kind: 'exited'; readonly status: number };

export interface DebugTarget {
  /** Numbers from 1. */
  readonly threads: readonly { readonly id: number; readonly about: string }[];
  readonly canReverse: boolean;
  /** Little-endian bytes by gdb's number; undefined when there is no such register. */
  readRegister(thread: number, register: number): Uint8Array | undefined;
  /** False when it cannot be written. */
  writeRegister(thread: number, register: number, bytes: Uint8Array): boolean;
  /** Bytes by virtual address as the thread sees them, as far as they are there. */
  readMemory(thread: number, address: bigint, bytes: number): Uint8Array;
  writeMemory(thread: number, address: bigint, bytes: Uint8Array): boolean;
  insert(point: Point): boolean;
  remove(point: Point): boolean;
  /** Begins to move; `proceed` does it. */
  resume(motion: Motion): void;
  /** Ends a motion at the next chance. */
  interrupt(): void;
  /** A command of the person's, as "monitor help". */
  monitor(command: string): string;
  /** gdb leaves: the machine goes on without it. */
  detach(): void;
  kill(): void;
}
