/** How a VM's end by its own fault is told: one line with VM, hart, pc, cause and address. */
import { Cause } from '#riscv';
import type { Hart } from './hart.ts';

/** The name behind an address of the guest, as `panic+0x1c`; undefined when none is known. */
export type SymbolLookup = (address: bigint) => string | undefined;

// biome-ignore format: a table reads in columns
const CAUSES: Readonly<Record<number, string>> = {
  [Cause.InstructionMisaligned]: 'misaligned instruction address',
  [Cause.InstructionAccess]:     'instruction access fault',
  [Cause.Illegal]:               'illegal instruction',
  [Cause.Breakpoint]:            'breakpoint',
  [Cause.LoadMisaligned]:        'misaligned load',
  [Cause.LoadAccess]:            'load access fault',
  [Cause.StoreMisaligned]:       'misaligned store',
  [Cause.StoreAccess]:           'store access fault',
  [Cause.EcallFromU]:            'system call',
  [Cause.EcallFromS]:            'SBI call',
  [Cause.InstructionPage]:       'instruction page fault',
  [Cause.LoadPage]:              'load page fault',
  [Cause.StorePage]:             'store page fault',
};

/** The exception's name, for people. */
export function causeName(cause: number): string {
  return CAUSES[cause] ?? `exception ${cause}`;
}

/** Where a hart is, as `hart 0 at 0xffffffff80001234 (panic+0x1c)`. */
export function place(hart: Hart, symbols: SymbolLookup): string {
  const pc = hart.context.get('pc');
  const symbol = symbols(pc);
  return `hart ${hart.id} at pc ${address(pc)}${symbol === undefined ? '' : ` (${symbol})`}`;
}

/** The engine has given the hart up: its trap handler faults before it does anything. */
export function trapLoop(hart: Hart, symbols: SymbolLookup): string {
  const cause = causeName(hart.context.get32('faultCause'));
  const where = `${cause}, address ${address(hart.context.get('faultAddress'))}`;
  return `${place(hart, symbols)} makes no progress: its trap handler traps again and again (${where})`;
}

/** No hart runs, and nothing can ever wake one. */
export function halted(harts: readonly Hart[], symbols: SymbolLookup): string {
  const waiting = harts.filter((hart) => hart.status !== 'stopped');
  const hart = waiting[0];
  if (hart === undefined) return 'halted for ever: all harts have stopped';
  return `halted for ever: ${place(hart, symbols)} waits, and no interrupt that it has enabled can come`;
}

function address(value: bigint): string {
  return `0x${value.toString(16)}`;
}
