/**
 * Which registers of a region's blocks are in locals, must be there, or differ from the context: decides what is
 * loaded on entry and behind calls, and what is stored on the way out.
 */
import type { Decoded } from '../isa/decode.ts';
import type { Instruction } from '../isa/instruction.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { Flow, FlowNode } from './structure.ts';

/** Registers as two bit sets: integer (x0 never in it) and floating point. */
export interface Registers {
  readonly x: number;
  readonly f: number;
}

export const NONE: Registers = { x: 0, f: 0 };
export const union = (a: Registers, b: Registers): Registers => ({ x: a.x | b.x, f: a.f | b.f });
const without = (a: Registers, b: Registers): Registers => ({ x: a.x & ~b.x, f: a.f & ~b.f });
const isSame = (a: Registers, b: Registers): boolean => a.x === b.x && a.f === b.f;

/** Numbers of the registers in one of the sets, ascending. */
export function members(set: number): number[] {
  const found: number[] = [];
  for (let rest = set; rest !== 0; rest &= rest - 1) found.push(31 - Math.clz32(rest & -rest));
  return found;
}

/** What a row does with its register operands, and whether it may leave the region by an event. */
interface Effects {
  readonly reads: readonly ('rs1' | 'rs2' | 'f1' | 'f2' | 'f3')[];
  readonly writes: 'rd' | 'fd' | undefined;
  readonly mayLeave: boolean;
}

const LEAVING = [
  ...[
    'load',
    'store',
    'loadReserved',
    'storeConditional',
    'amo',
    'cacheBlock',
    'float',
    'csr',
    'illegal',
    'ecall',
  ],
  ...['ebreak', 'sret', 'wfi', 'pause', 'sfenceVma', 'fenceI'],
] as const;

function effectsOf(row: Instruction): Effects {
  const used = usageOf(row) as ReadonlySet<string>;
  const reads = (['rs1', 'rs2', 'f1', 'f2', 'f3'] as const).filter((name) => used.has(name));
  const readsAddress = used.has('sfenceVma') ? (['rs1'] as const) : [];
  return {
    reads: [...reads, ...readsAddress],
    writes: used.has('rd') ? 'rd' : used.has('fd') ? 'fd' : undefined,
    mayLeave: row.float || LEAVING.some((name) => used.has(name)),
  };
}

const EFFECTS: readonly Effects[] = INSTRUCTIONS.map(effectsOf);

const X0 = 1;
const bit = (register: number): number => 1 << register;

function readsOf(one: Decoded): Registers {
  let [x, f] = [0, 0];
  for (const name of (EFFECTS[one.index] as Effects).reads) {
    if (name === 'rs1') x |= bit(one.rs1);
    else if (name === 'rs2') x |= bit(one.rs2);
    else if (name === 'f1') f |= bit(one.rs1);
    else if (name === 'f2') f |= bit(one.rs2);
    else f |= bit(one.rs3);
  }
  return { x: x & ~X0, f };
}

function writesOf(one: Decoded): Registers {
  const { writes } = EFFECTS[one.index] as Effects;
  if (writes === 'rd') return { x: bit(one.rd) & ~X0, f: 0 };
  return writes === 'fd' ? { x: 0, f: bit(one.rd) } : NONE;
}

export const mayLeave = (one: Decoded): boolean => (EFFECTS[one.index] as Effects).mayLeave;

export interface Liveness {
  /** Registers whose locals may differ from the context where the block begins, and where it ends. */
  dirtyIn(node: FlowNode): Registers;
  dirtyOut(node: FlowNode): Registers;
  /** Registers whose locals must hold their values where the block begins. */
  liveIn(node: FlowNode): Registers;
  /** What is stored when an event leaves the region, wherever that happens. */
  readonly eventSpill: Registers;
}

export function liveness(flow: Flow): Liveness {
  const nodes = [...flow.nodes.values()].toSorted((a, b) => a.order - b.order);
  const written = nodes.map(({ block }) => block.instructions.map(writesOf).reduce(union, NONE));
  const dirtyIn = nodes.map(() => NONE);
  const dirtyEnd = (node: FlowNode): Registers =>
    union(dirtyIn[node.order] as Registers, written[node.order] as Registers);
  const follow = (node: FlowNode): FlowNode[] =>
    node.block.successors.flatMap((to) =>
      flow.edge(node, to) === 'leave' ? [] : (flow.nodes.get(to) ?? []),
    );
  untilStable(() => {
    let changed = false;
    for (const node of nodes) {
      // A call stores everything first.
      const out = node.block.ending === 'call' ? NONE : dirtyEnd(node);
      for (const to of follow(node)) {
        const wider = union(dirtyIn[to.order] as Registers, out);
        changed ||= !isSame(wider, dirtyIn[to.order] as Registers);
        dirtyIn[to.order] = wider;
      }
    }
    return changed;
  });
  const eventSpill = nodes
    .map((node) => dirtyAtEvents(node, dirtyIn[node.order] as Registers))
    .reduce(union, NONE);
  const liveIn = nodes.map(() => NONE);
  untilStable(() => {
    let changed = false;
    for (const node of nodes.toReversed()) {
      const next = follow(node).map((to) => liveIn[to.order] as Registers);
      // What leaves, or calls, is stored; what a call returns to is loaded there.
      const after = node.block.ending === 'call' ? NONE : next.reduce(union, NONE);
      let live = union(after, dirtyEnd(node));
      for (const one of node.block.instructions.toReversed()) {
        live = union(without(live, writesOf(one)), readsOf(one));
        if (mayLeave(one)) live = union(live, eventSpill);
      }
      live = union(live, dirtyIn[node.order] as Registers);
      changed ||= !isSame(live, liveIn[node.order] as Registers);
      liveIn[node.order] = live;
    }
    return changed;
  });
  return {
    dirtyIn: (node) => dirtyIn[node.order] as Registers,
    dirtyOut: dirtyEnd,
    liveIn: (node) => liveIn[node.order] as Registers,
    eventSpill,
  };
}

/** Registers that may differ from the context at some instruction of the block that may leave by an event. */
function dirtyAtEvents(node: FlowNode, dirtyIn: Registers): Registers {
  let dirty = dirtyIn;
  let spilled = NONE;
  for (const one of node.block.instructions) {
    if (mayLeave(one)) spilled = union(spilled, dirty);
    dirty = union(dirty, writesOf(one));
  }
  return spilled;
}

function untilStable(step: () => boolean): void {
  while (step());
}
