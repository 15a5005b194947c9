/**
 * The shape of a region's flow graph, from which structured WebAssembly control is written: order, dominators,
 * loop headers, merge points. Source: N. Ramsey, "Beyond Relooper", ICFP 2022; K. Cooper, T. Harvey, K. Kennedy,
 * "A Simple, Fast Dominance Algorithm", 2001.
 */
import type { Block, Region } from './blocks.ts';

export interface FlowNode {
  readonly block: Block;
  /** Place in reverse postorder; the entry has 0. */
  order: number;
  /** Blocks of the region that control goes on to, and those it comes from, an entry for each edge that stays in the region. */
  readonly following: FlowNode[];
  readonly preceding: FlowNode[];
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
  /** By offset, in reverse postorder. */
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
  const list = reversePostorder(region);
  const nodes = new Map<number, FlowNode>();
  for (const node of list) nodes.set(node.block.offset, node);
  for (const node of list) {
    for (const to of node.block.successors) {
      const target = nodes.get(to);
      if (target) connect(node, target);
    }
  }
  const dominators = immediateDominators(list);
  const dominates = (a: FlowNode, b: FlowNode): boolean => {
    let at = b.order;
    while (at > a.order) at = dominators[at] as number;
    return at === a.order;
  };
  for (const node of list) {
    for (const to of node.following.toReversed()) {
      if (to.order <= node.order && !dominates(to, node)) disconnect(node, to);
    }
  }
  markLoopsAndMerges(list);
  const loops = findLoops(list);
  for (let order = 1; order < list.length; order++)
    list[dominators[order] as number]?.children.push(list[order] as FlowNode);
  for (let order = list.length - 1; order >= 0; order--) {
    const node = list[order] as FlowNode;
    node.longestRun = longestRun(node);
  }
  const edge = (from: FlowNode, to: number): 'forward' | 'back' | 'leave' => {
    const target = nodes.get(to);
    if (!target || !from.following.includes(target)) return 'leave';
    return target.order > from.order ? 'forward' : 'back';
  };
  return { entry: list[0] as FlowNode, nodes, edge, loops };
}

function connect(from: FlowNode, to: FlowNode): void {
  from.following.push(to);
  to.preceding.push(from);
}

function disconnect(from: FlowNode, to: FlowNode): void {
  from.following.splice(from.following.indexOf(to), 1);
  to.preceding.splice(to.preceding.indexOf(from), 1);
}

const newNode = (block: Block): FlowNode => ({
  block,
  order: 0,
  following: [],
  preceding: [],
  children: [],
  isLoopHeader: false,
  isMerge: false,
  longestRun: 0,
  loopDepth: 0,
});

function reversePostorder(region: Region): FlowNode[] {
  const done: FlowNode[] = [];
  const seen = new Set<number>();
  // An explicit stack: regions are small, but their depth is the guest's choice.
  const stack: { node: FlowNode; next: number }[] = [];
  const enter = (offset: number): void => {
    const block = region.blocks.get(offset);
    if (!block || seen.has(offset)) return;
    seen.add(offset);
    stack.push({ node: newNode(block), next: 0 });
  };
  enter(region.entry);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const successor = top.node.block.successors[top.next++];
    if (successor !== undefined) {
      enter(successor);
      continue;
    }
    stack.pop();
    done.push(top.node);
  }
  done.reverse();
  for (let order = 0; order < done.length; order++) (done[order] as FlowNode).order = order;
  return done;
}

/** Immediate dominators by order; the entry is its own. */
function immediateDominators(list: readonly FlowNode[]): Int32Array {
  const dominators = new Int32Array(list.length).fill(-1);
  dominators[0] = 0;
  const meet = (a: number, b: number): number => {
    let x = a;
    let y = b;
    while (x !== y) {
      while (x > y) x = dominators[x] as number;
      while (y > x) y = dominators[y] as number;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let order = 1; order < list.length; order++) {
      let dominator = -1;
      for (const from of (list[order] as FlowNode).preceding) {
        if (dominators[from.order] === -1) continue;
        dominator = dominator === -1 ? from.order : meet(dominator, from.order);
      }
      if (dominators[order] === dominator) continue;
      dominators[order] = dominator;
      changed = true;
    }
  }
  return dominators;
}

function markLoopsAndMerges(list: readonly FlowNode[]): void {
  for (const node of list) {
    let forwards = 0;
    for (const from of node.preceding) {
      if (from.order < node.order) forwards++;
      else node.isLoopHeader = true;
    }
    node.isMerge = forwards > 1;
  }
}

/** Finds the loops, and adds one to the depth of the blocks of each. */
function findLoops(list: readonly FlowNode[]): readonly Loop[] {
  const loops: Loop[] = [];
  for (const last of list) {
    for (const header of last.following) {
      if (header.order > last.order) continue;
      const body = new Set([header, last]);
      for (const node of body) {
        if (node === header) continue;
        for (const before of node.preceding) body.add(before);
      }
      for (const node of body) node.loopDepth++;
      loops.push({ header, last, body });
    }
  }
  return loops;
}

function longestRun({ block, order, following }: FlowNode): number {
  let behind = 0;
  // Behind a call fuel is looked at again.
  if (block.ending === 'call') return block.instructions.length;
  for (const to of following) {
    if (to.order > order && !to.isLoopHeader) behind = Math.max(behind, to.longestRun);
  }
  return block.instructions.length + behind;
}
