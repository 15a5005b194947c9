/**
 * Accesses of a block by one unchanged base register share one look into the TLB: which do, and what span they need.
 */
import type { Decoded } from '../isa/decode.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';

/** What an instruction does to memory: nothing, or a plain access of so many bytes at rs1 + imm. */
export interface Access {
  readonly isStore: boolean;
  readonly bytes: number;
}

/** Accesses with one base register. */
export interface Run {
  readonly register: number;
  /** Whether one of them stores: then the look is for stores, and what may be stored to may be loaded from. */
  isStore: boolean;
  /** Offsets from the base register: the first byte, and behind the last one. */
  low: number;
  high: number;
  /** Places of its accesses in the block. */
  readonly members: number[];
}

/** Wider ones cross a page too often. */
const MAX_SPAN = 512;

const WIDTHS: Readonly<Record<string, number>> = { b: 1, h: 2, w: 4, d: 8 };

const ACCESSES: readonly (Access | undefined)[] = INSTRUCTIONS.map((row) => {
  const used = usageOf(row) as ReadonlySet<string>;
  const width = WIDTHS[/^f?[ls]([bhwd])u?$/.exec(row.name)?.[1] ?? ''];
  if (width === undefined || !(used.has('load') || used.has('store'))) return undefined;
  return { isStore: used.has('store'), bytes: width };
});
const WRITES_X: readonly boolean[] = INSTRUCTIONS.map((row) =>
  (usageOf(row) as ReadonlySet<string>).has('rd'),
);

/** Whether an instruction writes the integer register that it names as rd. */
export const writesX = ({ index }: Decoded): boolean => WRITES_X[index] === true;

/** The plain access of an instruction. */
export const accessOf = ({ index }: Decoded): Access | undefined => ACCESSES[index];

/** The runs of at least two accesses, by the place of each of their accesses in the block. */
export function accessRuns(instructions: readonly Decoded[]): ReadonlyMap<number, Run> {
  const open = new Map<number, Run>();
  const runs: Run[] = [];
  for (const [place, one] of instructions.entries()) {
    const access = ACCESSES[one.index];
    if (access) join(open, runs, one, access, place);
    if (writesX(one)) open.delete(one.rd);
  }
  const shared = runs.filter(({ members }) => members.length > 1);
  return new Map(shared.flatMap((run) => run.members.map((place) => [place, run] as const)));
}

function join(
  open: Map<number, Run>,
  runs: Run[],
  { rs1, imm }: Decoded,
  access: Access,
  place: number,
): void {
  const { isStore, bytes } = access;
  const run = open.get(rs1);
  const [low, high] = [Math.min(imm, run?.low ?? imm), Math.max(imm + bytes, run?.high ?? imm)];
  if (run && high - low <= MAX_SPAN) {
    run.low = low;
    run.high = high;
    run.isStore ||= isStore;
    run.members.push(place);
    return;
  }
  const fresh = { register: rs1, isStore, low: imm, high: imm + bytes, members: [place] };
  open.set(rs1, fresh);
  runs.push(fresh);
}
