/** Writes one region as a WebAssembly function of type REGION (core/core-exports.ts). */

import type { MachineTraits } from '../core/instruction-semantics.ts';
import * as L from '../core/layout.ts';
import type { InstructionCalls } from '../core/memory-semantics.ts';
import { offsetOf } from '../hart/context.ts';
import { PAGE_BYTES, PAGE_SHIFT } from '../hart/page-map.ts';
import { jumpMask, jumpPlace } from '../interpreter/run.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import { i32, i64, load, markedGlobal, type Node, op, wrap } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import { HUB, type Region } from './blocks.ts';
import { branchTable } from './branch-table.ts';
import { type Liveness, liveness, type Registers } from './liveness.ts';
import { pageCaches } from './page-caches.ts';
import { MarkKind } from './region-body.ts';
import { addressIn, ExitNote, type RegionFrame } from './region-frame.ts';
import { RegionSemantics } from './region-semantics.ts';
import { analyse, type Flow, type FlowNode } from './structure.ts';
import { writeTurns } from './turn-writer.ts';
import { findTurns, type Turns } from './turns.ts';
import { type Words, wordsAtStarts } from './words.ts';

export interface RegionOptions extends MachineTraits {
  readonly calls: InstructionCalls;
  /** Virtual address of the region's page. */
  readonly page: bigint;
  /** 0 U, 1 S: which jump cache it looks into. */
  readonly mode: L.Mode;
  /** Type index of REGION in the module. */
  readonly regionType: number;
}

const EXIT = offsetOf('exit');
/**
 * Bytes of the host's stack that nested calls may take; deeper ones go back to the interpreter, so that no guest can
 * use the stack up. V8 has about 980 KB where nobody asks for more, and what regions call needs some of it.
 */
const MAX_STACK_BYTES = 400_000;
/** Stack of a call, beside 8 bytes a local. */
const FRAME_BYTES = 256;

export function writeRegion(f: FunctionBuilder, region: Region, options: RegionOptions): void {
  const flow = analyse(region);
  const live = liveness(flow);
  const nodes = [...flow.nodes.values()];
  const [context, fuel, bank] = [f.param(0), f.param(1), f.param(2)];
  const note = f.freshLocal('i32');
  let semantics: RegionSemantics | undefined;
  f.block((event) => {
    f.block((dropped) => {
      const caches = pageCaches(f, flow);
      const frame: RegionFrame = {
        ...{ ...options, context, fuel, bank, event, dropped, note },
        pageCaches: caches,
      };
      const hasFloat = nodes.some(({ block }) => block.instructions.some(({ row }) => row.float));
      semantics = new RegionSemantics(f, options.calls, frame, hasFloat);
      semantics.reload(live.liveIn(flow.entry));
      const deeper = f.freshLocal('i32');
      new FlowWriter(f, flow, live, semantics, options, deeper, findTurns(flow, caches)).write();
      f.unreachable();
      f.prologue(() => {
        f.set(deeper, op('i32', Op.i32_add, f.param(3), i32(FRAME_BYTES + 8 * f.localCount)));
        for (const { misses } of frame.pageCaches.values())
          f.store(Op.i32_store, frame.context, misses, i32(0));
      });
    });
    semantics?.leaveBehindStore();
  });
  semantics?.spill(live.eventSpill);
  const givenBack = op('i32', Op.i32_shr_s, note, i32(ExitNote.stepsShift));
  f.return(i64(0), op('i32', Op.i32_add, fuel, givenBack));
  f.unreachable();
}

/** Which neighbouring pages a block has code of. */
const touches = ({ block }: FlowNode): { previous: boolean; next: boolean } => ({
  previous: block.offset < 0,
  next: block.end > PAGE_BYTES,
});

/**
 * Whether a neighbouring page does not have the content that the region was made of, as far as the fetch TLB and the decoded
 * page know. Where the fetch TLB does not know the page, something is read at machine address 0 that does not count.
 */
function isMoved(context: Node, address: bigint, content: Node, mode: L.Mode): Node {
  const index = Number(BigInt.asUintN(32, address) >> BigInt(PAGE_SHIFT)) & (L.FETCH_ENTRIES[mode] - 1);
  const at = L.FETCH_OFFSET + mode * L.FETCH_BANK_STEP + (index << L.TLB_ENTRY_SHIFT);
  const isKnown = (): Node =>
    op('i32', Op.i64_eq, load('i64', Op.i64_load, context, at + L.TLB_TAG), i64(address));
  const decoded = load('i32', Op.i32_load, context, at + L.FETCH_DECODED);
  const page = op('i32', Op.select, decoded, i32(0), isKnown());
  const isOther = op('i32', Op.i32_ne, load('i32', Op.i32_load, page, L.DECODED_CONTENT), content);
  return op('i32', Op.i32_or, op('i32', Op.i32_eqz, isKnown()), isOther);
}

class FlowWriter {
  readonly #f: FunctionBuilder;
  readonly #flow: Flow;
  readonly #live: Liveness;
  readonly #semantics: RegionSemantics;
  readonly #options: RegionOptions;
  readonly #context: Node;
  readonly #fuel: Node;
  readonly #bank: Node;
  /** Bytes of stack that calls above this one take, and those with this one. */
  readonly #depth: Node;
  readonly #deeper: Node;
  /** i64: where the indirect jump that came to the hub goes. */
  readonly #hubTarget: Node | undefined;
  /** Where a jump to a block goes: the start of its loop, or the end of the block before it. */
  readonly #loops = new Map<FlowNode, Label>();
  readonly #merges = new Map<FlowNode, Label>();
  readonly #turns: ReadonlyMap<FlowNode, Turns>;
  /** By the blocks' order. */
  readonly #words: Int32Array;

  constructor(
    f: FunctionBuilder,
    flow: Flow,
    live: Liveness,
    semantics: RegionSemantics,
    options: RegionOptions,
    deeper: Node,
    turns: ReadonlyMap<FlowNode, Turns>,
  ) {
    [this.#f, this.#flow, this.#live, this.#semantics] = [f, flow, live, semantics];
    this.#options = options;
    this.#deeper = deeper;
    this.#turns = turns;
    this.#words = wordsAtStarts(flow);
    this.#hubTarget = flow.nodes.has(HUB) ? f.freshLocal('i64') : undefined;
    [this.#context, this.#fuel, this.#bank, this.#depth] = [f.param(0), f.param(1), f.param(2), f.param(3)];
  }

  write(): void {
    const { entry } = this.#flow;
    const moved = this.#movedPages(undefined, entry);
    const start = this.#address(entry.block.offset);
    if (moved) this.#f.unlikely(moved, () => this.#f.return(start, this.#fuel));
    if (!entry.isLoopHeader) this.#checkFuel(entry);
    this.#tree(entry);
  }

  #address(offset: number): Node {
    return addressIn(this.#options.page, offset);
  }

  /** A block with all that it dominates. */
  #tree(node: FlowNode): void {
    const merges = node.children.filter((child) => child.isMerge);
    if (!node.isLoopHeader) return this.#within(node, merges);
    this.#f.loop((start) => {
      this.#loops.set(node, start);
      this.#checkFuel(node);
      this.#within(node, merges);
    });
  }

  /** Merge points stand behind the block that ends where they begin; the last of them outermost. */
  #within(node: FlowNode, merges: readonly FlowNode[]): void {
    const last = merges.at(-1);
    if (!last) return this.#block(node);
    this.#f.block((end) => {
      this.#merges.set(last, end);
      this.#within(node, merges.slice(0, -1));
    });
    this.#tree(last);
  }

  #block(node: FlowNode): void {
    const { block } = node;
    const { instructions } = block;
    if (block.ending === 'hub') return this.#hub(node);
    this.#takeFuel(instructions.length);
    this.#semantics.beginBlock(instructions, node.loopDepth > 0, this.#words[node.order] as Words);
    this.#semantics.writeAll(instructions, block.offset);
    this.#end(node);
    this.#semantics.releaseLets();
  }

  #end(node: FlowNode): void {
    const jump = this.#semantics.jumpTaken;
    const next = this.#address(node.block.end);
    const dirty = this.#live.dirtyOut(node);
    switch (node.block.ending) {
      case 'leave':
        return this.#f.unreachable();
      case 'call':
        return this.#call(node, (jump as { target: Node }).target, next);
      case 'return':
        return this.#returnTo((jump as { target: Node }).target, dirty);
      case 'indirect': {
        const { target } = jump as { target: Node };
        const hub = node.block.successors.includes(HUB) ? this.#flow.nodes.get(HUB) : undefined;
        if (!hub || !this.#hubTarget || !node.following.includes(hub)) return this.#jumpOut(target, dirty);
        this.#f.set(this.#hubTarget, target);
        return this.#enter(node, hub);
      }
      case 'hub':
        return this.#f.unreachable();
      case 'flow':
        if (!jump) return this.#goTo(node, next);
        if (!jump.condition) return this.#goTo(node, jump.target);
        this.#f.if(jump.condition, () => this.#goTo(node, jump.target));
        return this.#goTo(node, next);
    }
  }

  /** Goes on at the known target that the indirect jump has, or leaves the region. */
  #hub(node: FlowNode): void {
    const f = this.#f;
    const target = this.#hubTarget as Node;
    const { shift, bits, places } = branchTable(node.block.successors, (offset) =>
      Number(BigInt.asUintN(32, this.#options.page + BigInt(offset))),
    );
    const index = op(
      'i32',
      Op.i32_and,
      op('i32', Op.i32_shr_u, wrap(target), i32(shift)),
      i32((1 << bits) - 1),
    );
    f.block((other) => {
      const labels: Label[] = Array.from({ length: 1 << bits }, () => other);
      const nest = ([first, ...rest]: readonly (readonly [number, number])[]): void => {
        if (!first) return f.brTable(index, labels, other);
        const [place, offset] = first;
        f.block((label) => {
          labels[place] = label;
          nest(rest);
        });
        const address = this.#address(offset);
        f.if(op('i32', Op.i64_eq, target, address), () => this.#goTo(node, address));
        f.br(other);
      };
      nest([...places]);
      f.unreachable();
    });
    this.#jumpOut(target, this.#live.dirtyOut(node));
  }

  /** Goes to a block of the region, or leaves it. */
  #goTo(from: FlowNode, target: Node): void {
    const to = this.#own(from, target);
    if (!to) return this.#jumpOut(target, this.#live.dirtyOut(from));
    const moved = this.#movedPages(from, to);
    if (moved) this.#f.unlikely(moved, () => this.#jumpOut(target, this.#live.dirtyOut(from)));
    this.#enter(from, to);
  }

  #enter(from: FlowNode, to: FlowNode): void {
    const isBack = to.order <= from.order;
    const turns = isBack ? this.#turns.get(from) : undefined;
    if (turns?.blocks[0] === to) {
      writeTurns(
        {
          f: this.#f,
          semantics: this.#semantics,
          page: this.#options.page,
          fuel: this.#fuel,
          words: this.#words[to.order] as Words,
          leave: (last, target) => this.#goTo(last, target),
        },
        turns,
      );
    }
    const label = isBack ? this.#loops.get(to) : this.#merges.get(to);
    if (label) return this.#f.br(label);
    this.#tree(to);
  }

  /**
   * Code of a neighbouring page is entered only while that page is still mapped there. That cannot change before the
   * region is left, because all that changes translations leaves regions.
   * @returns i32: a page that the one block does not have code of, and the other has, has moved; undefined: there is none.
   */
  #movedPages(from: FlowNode | undefined, to: FlowNode): Node | undefined {
    const { page, mode } = this.#options;
    const numbers = {
      previous: markedGlobal('i32', MarkKind.previous),
      next: markedGlobal('i32', MarkKind.next),
    };
    const [known, needed] = [from ? touches(from) : { previous: false, next: false }, touches(to)];
    const moved: Node[] = [];
    if (needed.previous && !known.previous) {
      moved.push(isMoved(this.#context, page - BigInt(PAGE_BYTES), numbers.previous, mode));
    }
    if (needed.next && !known.next) {
      moved.push(isMoved(this.#context, page + BigInt(PAGE_BYTES), numbers.next, mode));
    }
    if (moved.length === 0) return undefined;
    return moved.reduce((a, b) => op('i32', Op.i32_or, a, b));
  }

  /** The block of this region that control may reach from here at that address. */
  #own(from: FlowNode, target: Node): FlowNode | undefined {
    if (!target.isConst) return undefined;
    const offset = Number(BigInt.asIntN(64, target.constant - this.#options.page));
    return from.following.find(({ block }) => block.offset === offset);
  }

  /**
   * A guest call is a call: when it comes back to the address behind it, the region goes on. Anything else that
   * comes back (another address, an event, fuel used up) is passed on to whoever called this region.
   */
  #call(node: FlowNode, target: Node, next: Node): void {
    const f = this.#f;
    this.#semantics.spill(this.#live.dirtyOut(node));
    const slot = this.#jumpSlot(target);
    const isShallow = op('i32', Op.i32_lt_u, this.#deeper, i32(MAX_STACK_BYTES));
    f.likely(op('i32', Op.i32_and, this.#isKnown(slot, target), isShallow), () => {
      const [back, index] = [f.local('i64'), load('i32', Op.i32_load, slot, L.JUMP_INDEX)];
      const args = [this.#context, this.#fuel, this.#bank, this.#deeper];
      f.callIndirect(this.#options.regionType, args, index, [back, this.#fuel]);
      const isEvent = load('i32', Op.i32_load, this.#context, EXIT);
      const isElsewhere = op('i32', Op.i64_ne, back, next);
      const to = this.#own(node, next);
      if (!to) return f.return(back, this.#fuel);
      const isShort = op('i32', Op.i32_lt_u, this.#fuel, i32(to.longestRun));
      const moved = this.#movedPages(node, to) ?? i32(0);
      const isOver = [isEvent, isShort, moved].reduce((a, b) => op('i32', Op.i32_or, a, b), isElsewhere);
      f.unlikely(isOver, () => f.return(back, this.#fuel));
      f.release(back);
      this.#semantics.reload(this.#live.liveIn(to));
      this.#enter(node, to);
    });
    f.return(target, this.#fuel);
  }

  /** Returns to the region that called this one, or, where none did, goes on as a jump does. */
  #returnTo(target: Node, dirty: Registers): void {
    this.#semantics.spill(dirty);
    this.#f.if(this.#depth, () => this.#f.return(target, this.#fuel));
    this.#jumpAway(target);
  }

  /** Leaves for another region when the jump cache knows it, else for the interpreter. */
  #jumpOut(target: Node, dirty: Registers): void {
    this.#semantics.spill(dirty);
    this.#jumpAway(target);
  }

  /** The same where all is in the context. */
  #jumpAway(target: Node): void {
    const f = this.#f;
    const slot = this.#jumpSlot(target);
    f.likely(this.#isKnown(slot, target), () => {
      const args = [this.#context, this.#fuel, this.#bank, this.#depth];
      f.returnCallIndirect(this.#options.regionType, args, load('i32', Op.i32_load, slot, L.JUMP_INDEX));
    });
    f.return(target, this.#fuel);
  }

  #jumpSlot(target: Node): Node {
    const { mode } = this.#options;
    const start = L.JUMP_OFFSET + mode * L.JUMP_BANK_STEP + L.JUMP_PAGES;
    const mask = jumpMask(mode);
    const place = target.isConst
      ? i32(start + ((Number(BigInt.asUintN(31, target.constant)) << (L.JUMP_ENTRY_SHIFT - 1)) & mask))
      : op('i32', Op.i32_add, jumpPlace(target, i32(mask)), i32(start));
    return this.#f.let(op('i32', Op.i32_add, this.#context, place));
  }

  #isKnown(slot: Node, target: Node): Node {
    return op('i32', Op.i64_eq, load('i64', Op.i64_load, slot), target);
  }

  /** Leaves the rest to the interpreter when fuel could run out before the next look at it. */
  #checkFuel(node: FlowNode): void {
    const isShort = op('i32', Op.i32_lt_u, this.#fuel, i32(node.longestRun));
    this.#f.unlikely(isShort, () => {
      this.#semantics.spill(this.#live.dirtyIn(node));
      const start = this.#address(node.block.offset);
      this.#f.return(node.block.ending === 'hub' ? (this.#hubTarget as Node) : start, this.#fuel);
    });
  }

  #takeFuel(count: number): void {
    this.#f.set(this.#fuel, op('i32', Op.i32_sub, this.#fuel, i32(count)));
  }
}
