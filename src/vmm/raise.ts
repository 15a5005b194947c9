/** An exception that the machine around the engine raises: an access to an address where nothing answers. */

import type { GuestMap } from '#kernel';
import { type CauseCode, type Context, decode, enterTrap, MAX_TRAPS_IN_ROW } from '#riscv';
import { HartBetweenRuns } from './hart-between-runs.ts';
import { instructionAt } from './virtual-view.ts';

/**
 * Makes the load or store that left the run trap, which is a step. Source: Privileged ISA 20241017 §10.1.9.
 * @returns whether the hart can go on; not when it traps at the same place again and again.
 */
export function raise(context: Context, map: GuestMap, cause: CauseCode): boolean {
  const hart = new HartBetweenRuns(context, () => 0n);
  const pc = context.get('pc');
  const value = accessedAddress(context, map);
  if (context.get32('mode') === 1 && countTrap(context, pc) > MAX_TRAPS_IN_ROW) {
    context.set('faultCause', BigInt(cause));
    context.set('faultAddress', value);
    return false;
  }
  context.set('pc', enterTrap(hart, pc, BigInt(cause), value));
  context.set('stepsEnd', context.get('stepsEnd') + 1n);
  return true;
}

/** The virtual address of the load or store at pc: its base register and offset. */
function accessedAddress(context: Context, map: GuestMap): bigint {
  const word = instructionAt(context, map, context.get('pc'));
  if (word === undefined) return context.get('exitAddress');
  const { rs1, imm } = decode(word);
  return BigInt.asUintN(64, context.x(rs1) + BigInt(imm));
}

/** How often S-mode trapped at this pc without an SRET between, this one counted. */
function countTrap(context: Context, pc: bigint): number {
  const inRow = context.get('lastTrapPc') === pc ? context.get32('trapsInRow') + 1 : 1;
  context.set32('trapsInRow', inRow);
  context.set('lastTrapPc', pc);
  return inRow;
}
