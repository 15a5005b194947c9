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

/** The runs of at least two accesses, at the place of each of their accesses in the block. */
export function accessRuns(instructions: readonly Decoded[]): readonly (Run | undefined)[] {
  const found: (Run | undefined)[] = [];
  /** By base register; absent where it was written since. */
  const open: (Run | undefined)[] = [];
  let place = 0;
  for (const one of instructions) {
    const access = ACCESSES[one.index];
    if (access) {
      const run = joined(open[one.rs1], one, access);
      run.members.push(place);
      open[one.rs1] = run;
      found[place] = run;
    }
    if (WRITES_X[one.index]) open[one.rd] = undefined;
    place++;
  }
  return found.map((run) => (run && run.members.length > 1 ? run : undefined));
}

/** The run that an access belongs to: the open one of its base register, if that does not become too wide, else one of its own. */
function joined(open: Run | undefined, { rs1, imm }: Decoded, { isStore, bytes }: Access): Run {
  if (open) {
    const low = Math.min(imm, open.low);
    const high = Math.max(imm + bytes, open.high);
    if (high - low <= MAX_SPAN) {
      open.low = low;
      open.high = high;
      open.isStore ||= isStore;
      return open;
    }
  }
  return { register: rs1, isStore, low: imm, high: imm + bytes, members: [] };
}
