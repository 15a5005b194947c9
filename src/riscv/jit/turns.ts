/**
 * Loops without a fork: each of their blocks goes on to one other of them, or leaves the loop. The turns of such
 * a loop are written twice: as they are, and for when the pages of its strides are known, several in a row if they are short. Those of
 * a loop that chases pointers are written again for when no page of theirs is kept.
 */
import type { Decoded } from '../isa/decode.ts';
import { chasedIn, type PageCaches } from './page-caches.ts';
import { mayTurn, type Stride, stridesOf } from './strides.ts';
import type { Flow, FlowNode } from './structure.ts';

export interface Turns {
  /** In the order of a turn, the header first. */
  readonly blocks: readonly FlowNode[];
  /** Of all blocks. */
  readonly instructions: readonly Decoded[];
  readonly strides: readonly Stride[];
  /** Registers that are chased; then there are no strides, and the turns are for when their page caches were given up. */
  readonly chased: readonly number[];
  /** Turns that are written one behind the other, with one look at the fuel and at each offset. */
  readonly count: number;
}

/** Instructions that are written for turns in a row, and how far bases may go meanwhile: they have to stay in their pages. */
const MAX_IN_A_ROW = 40;
const MAX_AWAY = 256;

function turnsInARow(instructions: readonly Decoded[], strides: readonly Stride[]): number {
  const farthest = Math.max(0, ...strides.map(({ step }) => Math.abs(step)));
  return [4, 2].find((n) => n * instructions.length <= MAX_IN_A_ROW && (n - 1) * farthest <= MAX_AWAY) ?? 1;
}

/** The loops whose turns are written twice, by the block at the end of a turn. Both leave to the same places. */
export function findTurns(flow: Flow, caches: PageCaches): ReadonlyMap<FlowNode, Turns> {
  const found = new Map<FlowNode, Turns>();
  for (const { header, last, body } of flow.loops) {
    const blocks = chain(header, body);
    const instructions = blocks?.flatMap(({ block }) => block.instructions);
    if (!blocks || !instructions) continue;
    const moving = stridesOf(instructions);
    const chased = !moving && mayTurn(instructions) ? chasedIn(instructions, caches) : [];
    if (!moving && chased.length === 0) continue;
    const strides = moving ?? [];
    const count = turnsInARow(instructions, strides);
    // Turns without strides are written again only to be written in a row.
    if (count === 1 && strides.length + chased.length === 0) continue;
    found.set(last, { blocks, instructions, strides, chased, count });
    for (const node of blocks) markExits(node, body);
  }
  return found;
}

/** The loop's blocks in order, unless it forks. */
function chain(header: FlowNode, body: ReadonlySet<FlowNode>): readonly FlowNode[] | undefined {
  const blocks = [header];
  for (let at = header; ; ) {
    if (at.block.ending !== 'flow') return undefined;
    const inside = new Set(at.following.filter((to) => body.has(to)));
    const [next] = inside;
    if (inside.size !== 1 || !next) return undefined;
    if (next === header) return blocks;
    if (next.isLoopHeader || next.isMerge) return undefined;
    blocks.push(next);
    at = next;
  }
}

/** What follows the loop is reached from both ways of writing its turns. */
function markExits(node: FlowNode, body: ReadonlySet<FlowNode>): void {
  for (const to of node.following) {
    if (!body.has(to) && to.order > node.order) to.isMerge = true;
  }
}
