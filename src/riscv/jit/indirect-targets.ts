/** Where the indirect jumps of a region go, most likely: what the interpreter has counted says it. */
import { ENTRY_SHIFT, HOT_COUNTERS, REGION_FLAG, SPECIALS } from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import { isRelativeJump } from '../interpreter/handler-table.ts';
import { type Code, endingOf, type HotTargets } from './blocks.ts';

/** Targets of one region's indirect jumps. */
const MAX_TARGETS = 32;
/** How far from a jump its targets are looked for. */
const REACH = 2048;
/** Arrivals that make a target one. */
const WARM = 32;

export interface Counted {
  readonly memory: ArrayBufferLike;
  /** The decoded page that an offset lies in; 0 when it was never executed. */
  readonly decodedPage: (offset: number) => number;
  /** See CodeArea.counters. */
  readonly counters: number;
  readonly code: Code;
  /** Of the region that is made. So many arrivals have asked for it, and its counter has begun anew. */
  readonly entry: number;
}

/**
 * What the interpreter has counted arrivals at, or what begins a region, near the jump; the nearest ones. Not where other ways lead
 * that are counted too: functions that are called directly, what lies behind calls, starts of loops.
 */
export function hotTargetsIn({ memory, decodedPage, counters, code, entry }: Counted): HotTargets {
  const half = new Uint16Array(memory);
  const entryAt = (offset: number): number => {
    const page = decodedPage(offset);
    return page === 0 ? 0 : page + ((offset & (PAGE_BYTES - 1)) << (ENTRY_SHIFT - 1));
  };
  const opcodeAt = (offset: number): number => {
    const at = entryAt(offset);
    return at === 0 ? 0 : (half[at >>> 1] as number);
  };
  const isHot = (offset: number): boolean => {
    if (offset === entry) return true;
    const opcode = opcodeAt(offset);
    if (opcode < SPECIALS) return false;
    const place = (entryAt(offset) >>> ENTRY_SHIFT) & (HOT_COUNTERS - 1);
    return (opcode & REGION_FLAG) !== 0 || (half[(counters >>> 1) + place] as number) >= WARM;
  };
  let others: ReadonlySet<number> | undefined;
  const targetsOf = (near: number): readonly number[] => {
    others ??= reachedOtherwise(code, (offset) => opcodeAt(offset) >= SPECIALS);
    const found: number[] = [];
    const add = (offset: number): void => {
      if (isHot(offset) && others?.has(offset) === false) found.push(offset);
    };
    add(near);
    for (let away = 2; away <= REACH && found.length < MAX_TARGETS; away += 2) {
      add(near - away);
      add(near + away);
    }
    return found;
  };
  /** Each place is asked for twice: for where blocks start, and for what follows them. */
  const known = new Map<number, readonly number[]>();
  return (near) => {
    const targets = known.get(near) ?? targetsOf(near);
    known.set(near, targets);
    return targets;
  };
}

/** Places that direct calls, returns from calls, and jumps backwards go to. */
function reachedOtherwise(code: Code, isDecoded: (offset: number) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (let offset = code.low; offset < code.high; offset += 2) {
    if (!isDecoded(offset)) continue;
    const one = code.read(offset);
    if (!one) continue;
    const isCall = endingOf(one) === 'call';
    if (isCall) found.add(offset + one.length);
    if (!isRelativeJump(one.row)) continue;
    if (isCall || one.imm < 0) found.add(offset + one.imm);
  }
  return found;
}
