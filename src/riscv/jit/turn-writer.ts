/**
 * Writes the turns of a loop while its strides, if it has any, stay in their pages. The loop's first turn, and each that meets a page's end,
 * are its blocks as they are written otherwise.
 */
import type { SharedPage } from '../core/page-cache.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import type { FunctionBuilder } from '../wasm/function-builder.ts';
import { i32, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Chase } from './chase.ts';
import { addressIn, type Jump } from './region-frame.ts';
import type { RegionSemantics } from './region-semantics.ts';
import type { Stride } from './strides.ts';
import type { FlowNode } from './structure.ts';
import type { Turns } from './turns.ts';
import type { Words } from './words.ts';

export interface TurnFrame {
  readonly f: FunctionBuilder;
  readonly semantics: RegionSemantics;
  /** Virtual address of the region's page. */
  readonly page: bigint;
  /** i32, counts down. */
  readonly fuel: Node;
  /** Registers that hold words where the loop begins. */
  readonly words: Words;
  /** Goes from a block of the loop to what is not in it. */
  leave(from: FlowNode, target: Node): void;
}

/** i32: the page of a stride, its first offset in it, the lowest one of turns in a row, and the sum of that and the page. */
interface Held {
  readonly stride: Stride;
  readonly page: Node;
  readonly offset: Node;
  readonly lowest: Node;
  readonly base: Node;
}

/** Falls through where a turn has to look for itself. */
export function writeTurns(frame: TurnFrame, turns: Turns): void {
  const { f, semantics } = frame;
  const held = turns.strides.map((stride): Held => {
    const [page, offset, base] = [semantics.local('i32'), semantics.local('i32'), semantics.local('i32')];
    const lowest = stride.step < 0 ? semantics.local('i32') : offset;
    return { stride, page, offset, lowest, base };
  });
  const enter = ([first, ...rest]: readonly Held[]): void => {
    if (!first) return writeLoop(frame, turns, held);
    semantics.whereFound(first.stride, (page, offset) => {
      if (first.stride.step === 0) {
        f.set(first.base, op('i32', Op.i32_add, page, offset));
      } else {
        f.set(first.page, page);
        f.set(first.offset, offset);
      }
      enter(rest);
    });
  };
  if (turns.chased.length === 0) return enter(held);
  semantics.whereGivenUp(turns.chased, (chase) => writeLoop(frame, turns, held, chase));
}

function writeLoop(frame: TurnFrame, turns: Turns, held: readonly Held[], chase?: Chase): void {
  const { f, fuel, semantics } = frame;
  const { count, instructions } = turns;
  const { length } = instructions;
  const moving = held.filter(({ stride }) => stride.step !== 0);
  const pages = new Map<number, SharedPage>();
  for (const { stride, base } of held) {
    for (let turn = 0; turn < count; turn++) {
      // A base that moves down is the one of the last turn.
      const moved = stride.step < 0 ? (turn - count + 1) * stride.step : turn * stride.step;
      for (const [place, at] of stride.offsets)
        pages.set(place + turn * length, { isHit: i32(1), base, offset: at - stride.low + moved });
    }
  }
  const fuelMin = i32((turns.blocks[0] as FlowNode).longestRun + (count - 1) * length);
  f.loop((again) => {
    const within = ([first, ...rest]: readonly Held[]): void => {
      if (!first) {
        f.set(fuel, op('i32', Op.i32_sub, fuel, i32(count * length)));
        semantics.beginTurn(count * length, pages, frame.words, chase);
        for (let turn = count; turn > 0; turn--) writeTurn(frame, turns, turn * length);
        for (const { offset, stride } of moving)
          f.set(offset, op('i32', Op.i32_add, offset, i32(count * stride.step)));
        return f.br(again);
      }
      const { offset, page, base, lowest, stride } = first;
      const away = (count - 1) * stride.step;
      const limit = PAGE_BYTES - (stride.high - stride.low) - Math.abs(away);
      if (lowest !== offset) f.set(lowest, op('i32', Op.i32_add, offset, i32(away)));
      f.likely(op('i32', Op.i32_le_u, lowest, i32(limit)), () => {
        f.set(base, op('i32', Op.i32_add, page, lowest));
        within(rest);
      });
    };
    f.likely(op('i32', Op.i32_ge_u, fuel, fuelMin), () => within(moving));
  });
}

/** One turn, for which fuel was taken, and for others behind it. @param left instructions of this turn and those. */
function writeTurn(frame: TurnFrame, { blocks }: Turns, left: number): void {
  const { f, semantics, fuel } = frame;
  let behind = left;
  for (const [place, node] of blocks.entries()) {
    const { block } = node;
    behind -= block.instructions.length;
    semantics.writeAll(block.instructions, block.offset, behind);
    const following = (blocks[place + 1] ?? blocks[0]) as FlowNode;
    const to = addressIn(frame.page, following.block.offset);
    const leaving = exitOf(semantics.jumpTaken, to, addressIn(frame.page, block.end));
    if (leaving) {
      f.if(leaving.condition, () => {
        if (behind > 0) f.set(fuel, op('i32', Op.i32_add, fuel, i32(behind)));
        frame.leave(node, leaving.target);
      });
    }
  }
}

/** Where a block that goes on to `to` leaves the loop, and when; undefined: never. */
function exitOf(jump: Jump | undefined, to: Node, next: Node): { condition: Node; target: Node } | undefined {
  if (!jump?.condition) return undefined;
  if (jump.target.value !== to.value) return { condition: jump.condition, target: jump.target };
  if (next.value === to.value) return undefined;
  return { condition: op('i32', Op.i32_eqz, jump.condition), target: next };
}
