/**
 * Which registers of a region's blocks are in locals, must be there, or differ from the context: decides what is
 * loaded on entry and behind calls, and what is stored on the way out.
 */
import type { Instruction } from '../isa/instruction.ts';
import { usageOf } from '../isa/operands.ts';
import { INSTRUCTIONS } from '../isa/table.ts';
import type { Flow, FlowNode } from './structure.ts';

/** Registers as two bit sets: integer (x0 never in it) and floating point. */
export interface Registers {
  readonly x: number;
  readonly f: number;
}

/** What a row does with its register operands, and whether it may leave the region by an event: bits. */
const Effect = { rs1: 1, rs2: 2, f1: 4, f2: 8, f3: 16, rd: 32, fd: 64, leaves: 128 } as const;

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

function effectsOf(row: Instruction): number {
  const used = usageOf(row) as ReadonlySet<string>;
  let effects = 0;
  for (const [name, bit] of Object.entries(Effect)) if (used.has(name)) effects |= bit;
  if (used.has('sfenceVma')) effects |= Effect.rs1;
  return row.float || LEAVING.some((name) => used.has(name)) ? effects | Effect.leaves : effects;
}

const EFFECTS = Uint8Array.from(INSTRUCTIONS, effectsOf);

const X0 = 1;

export interface Liveness {
  /** Registers whose locals may differ from the context where the block begins, and where it ends. */
  dirtyIn(node: FlowNode): Registers;
  dirtyOut(node: FlowNode): Registers;
  /** Registers whose locals must hold their values where the block begins. */
  liveIn(node: FlowNode): Registers;
  /** What is stored when an event leaves the region, wherever that happens. */
  readonly eventSpill: Registers;
}

/** What a block does to the registers of one kind, and what is known of them: bit sets. */
interface Sets {
  /** Read in front of any write to it. */
  read: number;
  written: number;
  /** Written in front of the first instruction that may leave, and of the last one. */
  writtenBefore: number;
  writtenBeforeLast: number;
  dirtyIn: number;
  liveIn: number;
}
const noSets = (): Sets => ({
  ...{ read: 0, written: 0, writtenBefore: 0, writtenBeforeLast: 0 },
  ...{ dirtyIn: 0, liveIn: 0 },
});

interface Summary {
  readonly x: Sets;
  readonly f: Sets;
  mayLeave: boolean;
}

function summarize({ block }: FlowNode): Summary {
  const [x, f] = [noSets(), noSets()];
  const summary = { x, f, mayLeave: false };
  for (const { index, rd, rs1, rs2, rs3 } of block.instructions) {
    const effects = EFFECTS[index] as number;
    let [reads, readsF] = [0, 0];
    if (effects & Effect.rs1) reads |= 1 << rs1;
    if (effects & Effect.rs2) reads |= 1 << rs2;
    if (effects & Effect.f1) readsF |= 1 << rs1;
    if (effects & Effect.f2) readsF |= 1 << rs2;
    if (effects & Effect.f3) readsF |= 1 << rs3;
    x.read |= reads & ~X0 & ~x.written;
    f.read |= readsF & ~f.written;
    if (effects & Effect.leaves) {
      for (const sets of [x, f]) {
        if (!summary.mayLeave) sets.writtenBefore = sets.written;
        sets.writtenBeforeLast = sets.written;
      }
      summary.mayLeave = true;
    }
    if (effects & Effect.rd) x.written |= (1 << rd) & ~X0;
    if (effects & Effect.fd) f.written |= 1 << rd;
  }
  return summary;
}

export function liveness(flow: Flow): Liveness {
  const nodes = [...flow.nodes.values()];
  const summaries = nodes.map(summarize);
  const at = (node: FlowNode): Summary => summaries[node.order] as Summary;
  const [x, f] = (['x', 'f'] as const).map((kind) => {
    const setsOf = (node: FlowNode): Sets => at(node)[kind];
    spreadDirty(nodes, setsOf);
    const leaving = nodes.filter((node) => at(node).mayLeave).map(setsOf);
    const spill = leaving.reduce((all, one) => all | one.dirtyIn | one.writtenBeforeLast, 0);
    spreadLive(nodes, setsOf, (node) => (at(node).mayLeave ? spill : 0));
    return spill;
  }) as [number, number];
  return {
    dirtyIn: (node) => ({ x: at(node).x.dirtyIn, f: at(node).f.dirtyIn }),
    dirtyOut: (node) => ({ x: dirtyEnd(at(node).x), f: dirtyEnd(at(node).f) }),
    liveIn: (node) => ({ x: at(node).x.liveIn, f: at(node).f.liveIn }),
    eventSpill: { x, f },
  };
}

const dirtyEnd = ({ dirtyIn, written }: Sets): number => dirtyIn | written;

function spreadDirty(nodes: readonly FlowNode[], setsOf: (node: FlowNode) => Sets): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes) {
      // A call stores everything first.
      const out = node.block.ending === 'call' ? 0 : dirtyEnd(setsOf(node));
      if (out === 0) continue;
      for (const to of node.following) {
        const sets = setsOf(to);
        if ((out & ~sets.dirtyIn) === 0) continue;
        sets.dirtyIn |= out;
        changed = true;
      }
    }
  }
}

/** @param spillOf - what events of a block store */
function spreadLive(
  nodes: readonly FlowNode[],
  setsOf: (node: FlowNode) => Sets,
  spillOf: (node: FlowNode) => number,
): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let order = nodes.length - 1; order >= 0; order--) {
      const node = nodes[order] as FlowNode;
      const sets = setsOf(node);
      let live = dirtyEnd(sets);
      // What leaves, or calls, is stored; what a call returns to is loaded there.
      if (node.block.ending !== 'call') for (const to of node.following) live |= setsOf(to).liveIn;
      live = (live & ~sets.written) | sets.read | (spillOf(node) & ~sets.writtenBefore) | sets.dirtyIn;
      if (live === sets.liveIn) continue;
      sets.liveIn = live;
      changed = true;
    }
  }
}
