/** Writes one region as a WebAssembly function: (context, fuel, bank) → (next pc, fuel). */
import type { InstructionCalls } from '../core/instruction-semantics.ts';
import type { FunctionBuilder, Label } from '../wasm/function-builder.ts';
import { i32, i64, type Node, op } from '../wasm/node.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Region } from './blocks.ts';
import { type RegionFrame, RegionSemantics } from './region-semantics.ts';
import { analyse, type Flow, type FlowNode } from './structure.ts';

export interface RegionOptions {
  readonly calls: InstructionCalls;
  readonly hasFusedMadd: boolean;
  readonly droppedFlag: number;
  /** Virtual address of the region's page. */
  readonly page: bigint;
}

export function writeRegion(f: FunctionBuilder, region: Region, options: RegionOptions): void {
  const frame = { context: f.param(0), fuel: f.param(1), bank: f.param(2), target: f.local('i64') };
  let semantics: RegionSemantics | undefined;
  f.block((event) => {
    f.block((leave) => {
      const whole: RegionFrame = { ...frame, ...options, leave, event };
      semantics = new RegionSemantics(f, options.calls, whole);
      new FlowWriter(f, analyse(region), semantics, whole, options.page).write();
      f.unreachable();
    });
    semantics?.spill();
    f.return(frame.target, frame.fuel);
  });
  semantics?.spill();
  f.return(i64(0n), frame.fuel);
  f.unreachable();
  semantics?.writePrologue();
}

class FlowWriter {
  readonly #f: FunctionBuilder;
  readonly #flow: Flow;
  readonly #semantics: RegionSemantics;
  readonly #frame: RegionFrame;
  readonly #page: bigint;
  /** Where a jump to a block goes: the start of its loop, or the end of the block before it. */
  readonly #loops = new Map<FlowNode, Label>();
  readonly #merges = new Map<FlowNode, Label>();

  constructor(f: FunctionBuilder, flow: Flow, semantics: RegionSemantics, frame: RegionFrame, page: bigint) {
    this.#f = f;
    this.#flow = flow;
    this.#semantics = semantics;
    this.#frame = frame;
    this.#page = page;
  }

  write(): void {
    const { entry } = this.#flow;
    if (!entry.isLoopHeader) this.#checkFuel(entry);
    this.#tree(entry);
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
    this.#takeFuel(instructions.length);
    this.#semantics.beginBlock();
    let pc = this.#page + BigInt(block.offset);
    for (const [place, one] of instructions.entries()) {
      this.#semantics.write(one, pc, instructions.length - place - 1);
      pc += BigInt(one.length);
    }
    this.#end(node);
    this.#semantics.releaseLets();
  }

  #end(node: FlowNode): void {
    const jump = this.#semantics.jumpTaken;
    const next = this.#page + BigInt(node.block.end);
    if (!jump) return this.#goTo(node, i64(next));
    if (!jump.condition) return this.#goTo(node, jump.target);
    this.#f.if(jump.condition, () => this.#goTo(node, jump.target));
    this.#goTo(node, i64(next));
  }

  /** Goes to a block of the region, or leaves it. */
  #goTo(from: FlowNode, target: Node): void {
    const offset = target.isConst ? Number(BigInt.asIntN(64, target.constant - this.#page)) : -1;
    const isOwn = from.block.successors.includes(offset);
    const to = isOwn ? this.#flow.nodes.get(offset) : undefined;
    const kind = to ? this.#flow.edge(from, offset) : 'leave';
    if (!to || kind === 'leave') {
      this.#f.set(this.#frame.target, target);
      this.#f.br(this.#frame.leave);
      return;
    }
    const label = kind === 'back' ? this.#loops.get(to) : this.#merges.get(to);
    if (label) return this.#f.br(label);
    this.#tree(to);
  }

  /** Leaves the rest to the interpreter when fuel could run out before the next look at it. */
  #checkFuel(node: FlowNode): void {
    const isShort = op('i32', Op.i32_lt_u, this.#frame.fuel, i32(node.longestRun));
    this.#f.if(isShort, () => {
      this.#f.set(this.#frame.target, i64(this.#page + BigInt(node.block.offset)));
      this.#f.br(this.#frame.leave);
    });
  }

  #takeFuel(count: number): void {
    const { fuel } = this.#frame;
    this.#f.set(fuel, op('i32', Op.i32_sub, fuel, i32(count)));
  }
}
