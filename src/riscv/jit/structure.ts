/**
 * The shape of a region's flow graph, from which structured WebAssembly control is written: order, dominators,
 * loop headers, merge points. Source: N. Ramsey, "Beyond Relooper", ICFP 2022; K. Cooper, T. Harvey, K. Kennedy,
 * "A Simple, Fast Dominance Algorithm", 2001.
 */
import type { Block, Region } from './blocks.ts';

export interface FlowNode {
  readonly block: Block;
  /** Place in reverse postorder; the entry has 0. */
  readonly order: number;
  /** Blocks that this one dominates immediately, in reverse postorder. */
  readonly children: FlowNode[];
  isLoopHeader: boolean;
  /** More than one edge leads here forwards. */
  isMerge: boolean;
  /** Most instructions that can follow from here before the fuel is looked at again. */
  longestRun: number;
  /** Loops of the region that it is in. */
  loopDepth: number;
}

export interface Flow {
  readonly entry: FlowNode;
  readonly nodes: ReadonlyMap<number, FlowNode>;
  /** How control gets from one block to another of the region; irreducible edges leave it. */
  edge(from: FlowNode, to: number): 'forward' | 'back' | 'leave';
  readonly loops: readonly Loop[];
}

/**
 * What one back edge closes. Loops may share their header: where a region is entered at the header of an inner loop, those
 * around it go through that block too.
 */
export interface Loop {
  readonly header: FlowNode;
  /** Where the back edge leaves. */
  readonly last: FlowNode;
  /** All its blocks: those that reach the last one without the header, and the header. */
  readonly body: ReadonlySet<FlowNode>;
}

export function analyse(region: Region): Flow {
  const ordered = reversePostorder(region);
  const list: FlowNode[] = ordered.map((block, order) => ({
    block,
    order,
    children: [],
    isLoopHeader: false,
    isMerge: false,
    longestRun: 0,
    loopDepth: 0,
  }));
  const nodes = new Map(list.map((node) => [node.block.offset, node]));
  const dominators = immediateDominators(list, nodes);
  const dominates = (a: FlowNode, b: FlowNode): boolean => {
    let at = b.order;
    while (at > a.order) at = dominators[at] as number;
    return at === a.order;
  };
  const edge = (from: FlowNode, to: number): 'forward' | 'back' | 'leave' => {
    const target = nodes.get(to);
    if (!target) return 'leave';
    if (target.order > from.order) return 'forward';
    return dominates(target, from) ? 'back' : 'leave';
  };
  markLoopsAndMerges(list, nodes, edge);
  const loops = findLoops(list, nodes, edge);
  for (const node of list.slice(1)) list[dominators[node.order] as number]?.children.push(node);
  for (const node of list.toReversed()) node.longestRun = longestRun(node, nodes, edge);
  return { entry: list[0] as FlowNode, nodes, edge, loops };
}

function reversePostorder(region: Region): Block[] {
  const done: Block[] = [];
  const seen = new Set<number>();
  // An explicit stack: regions are small, but their depth is the guest's choice.
  const stack: { block: Block; next: number }[] = [];
  const enter = (offset: number): void => {
    const block = region.blocks.get(offset);
    if (!block || seen.has(offset)) return;
    seen.add(offset);
    stack.push({ block, next: 0 });
  };
  enter(region.entry);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const successor = top.block.successors[top.next++];
    if (successor !== undefined) enter(successor);
    else done.push((stack.pop() as { block: Block }).block);
  }
  return done.toReversed();
}

/** Immediate dominators by order; the entry is its own. */
function immediateDominators(list: readonly FlowNode[], nodes: ReadonlyMap<number, FlowNode>): Int32Array {
  const dominators = new Int32Array(list.length).fill(-1);
  dominators[0] = 0;
  const predecessors: number[][] = list.map(() => []);
  for (const node of list) {
    for (const to of node.block.successors) {
      const target = nodes.get(to);
      if (target) predecessors[target.order]?.push(node.order);
    }
  }
  const meet = (a: number, b: number): number => {
    let [x, y] = [a, b];
    while (x !== y) {
      while (x > y) x = dominators[x] as number;
      while (y > x) y = dominators[y] as number;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let order = 1; order < list.length; order++) {
      const known = (predecessors[order] ?? []).filter((from) => dominators[from] !== -1);
      const dominator = known.reduce(meet);
      if (dominators[order] === dominator) continue;
      dominators[order] = dominator;
      changed = true;
    }
  }
  return dominators;
}

function markLoopsAndMerges(
  list: readonly FlowNode[],
  nodes: ReadonlyMap<number, FlowNode>,
  edge: Flow['edge'],
): void {
  const forwardEdges = new Map<FlowNode, number>();
  for (const node of list) {
    for (const to of node.block.successors) {
      const target = nodes.get(to);
      if (!target) continue;
      const kind = edge(node, to);
      if (kind === 'back') target.isLoopHeader = true;
      if (kind === 'forward') forwardEdges.set(target, (forwardEdges.get(target) ?? 0) + 1);
    }
  }
  for (const [node, count] of forwardEdges) node.isMerge = count > 1;
}

/** Finds the loops, and adds one to the depth of the blocks of each. */
function findLoops(
  list: readonly FlowNode[],
  nodes: ReadonlyMap<number, FlowNode>,
  edge: Flow['edge'],
): readonly Loop[] {
  const predecessors = new Map<FlowNode, FlowNode[]>(list.map((node) => [node, []]));
  const ends: { header: FlowNode; last: FlowNode }[] = [];
  for (const node of list) {
    for (const to of node.block.successors) {
      const target = nodes.get(to);
      const kind = edge(node, to);
      if (!target || kind === 'leave') continue;
      predecessors.get(target)?.push(node);
      if (kind === 'back') ends.push({ header: target, last: node });
    }
  }
  return ends.map(({ header, last }) => {
    const body = new Set([header, last]);
    for (const node of body) {
      if (node === header) continue;
      for (const before of predecessors.get(node) ?? []) body.add(before);
    }
    for (const node of body) node.loopDepth++;
    return { header, last, body };
  });
}

function longestRun(node: FlowNode, nodes: ReadonlyMap<number, FlowNode>, edge: Flow['edge']): number {
  let behind = 0;
  // Behind a call fuel is looked at again.
  if (node.block.ending === 'call') return node.block.instructions.length;
  for (const to of node.block.successors) {
    const target = nodes.get(to);
    if (!target || edge(node, to) !== 'forward' || target.isLoopHeader) continue;
    behind = Math.max(behind, target.longestRun);
  }
  return node.block.instructions.length + behind;
}
