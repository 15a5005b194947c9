/** Where a debugger wants a hart to stop: every back end asks before an instruction or an access is done. */

/** What an access does to memory. */
export const AccessKind = { Read: 0, Write: 1, ReadWrite: 2 } as const;
export type AccessKindCode = (typeof AccessKind)[keyof typeof AccessKind];

/** Virtual addresses [address, address + bytes). */
export interface WatchedRange {
  readonly address: bigint;
  readonly bytes: number;
}

export interface Stops {
  /** Virtual addresses of instructions. */
  readonly breakpoints: ReadonlySet<bigint>;
  readonly watched: readonly WatchedRange[];
  /** The instruction at `pc`, one of `breakpoints`, is about to be done: whether the run ends before it (Exit.Breakpoint). */
  atBreakpoint(context: number, pc: bigint): boolean;
  /** An access that touches a watched range is about to be done: whether the run ends before its instruction. */
  atAccess(context: number, address: bigint, bytes: number, kind: AccessKindCode): boolean;
}

/** Whether any watched range has a byte of [address, address + bytes). */
export function touches({ watched }: Stops, address: bigint, bytes: number): boolean {
  return watched.some(
    (range) => address < range.address + BigInt(range.bytes) && range.address < address + BigInt(bytes),
  );
}
