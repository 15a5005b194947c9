// Dominators, loops and fuel of flow graphs against brute force.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { decode } from '../isa/decode.ts';
import { encode } from '../isa/encode.ts';
import type { Block, Region } from './blocks.ts';
import { analyse, type Flow, type FlowNode } from './structure.ts';

type Graph = Readonly<Record<number, readonly number[]>>;

const NOP = decode(encode('addi', {}));

/** A region whose blocks are numbers, each with its number plus one of instructions. */
function regionOf(graph: Graph, entry = 0): Region {
  const blocks = new Map<number, Block>();
  for (const [name, successors] of Object.entries(graph)) {
    const offset = Number(name);
    const instructions = Array.from({ length: offset + 1 }, () => NOP);
    blocks.set(offset, { offset, instructions, end: offset, successors, ending: 'flow' });
  }
  return { entry, blocks };
}
const node = (flow: Flow, offset: number): FlowNode => {
  const at = flow.nodes.get(offset);
  assert.ok(at, `block ${offset} is reached`);
  return at;
};

/** Whether every path from the entry to b goes through a: b is not reached when a is taken out. */
function dominates(graph: Graph, entry: number, a: number, b: number): boolean {
  return a === b || !reach(graph, entry, a).has(b);
}
function reach(graph: Graph, entry: number, without?: number): Set<number> {
  const seen = new Set<number>();
  const wanted = entry === without ? [] : [entry];
  for (let at = wanted.pop(); at !== undefined; at = wanted.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    wanted.push(...(graph[at] ?? []).filter((to) => to !== without && to in graph));
  }
  return seen;
}

/** What must hold of any graph, by brute force. */
function check(graph: Graph, entry: number): void {
  const flow = analyse(regionOf(graph, entry));
  const reached = reach(graph, entry);
  assert.deepEqual(new Set(flow.nodes.keys()), reached);
  assert.equal(flow.entry.block.offset, entry);
  for (const b of reached) {
    if (b === entry) continue;
    // The immediate dominator is the strict dominator that all other strict dominators dominate.
    const strict = [...reached].filter((a) => a !== b && dominates(graph, entry, a, b));
    const immediate = strict.find((a) => strict.every((other) => dominates(graph, entry, other, a)));
    const parents = [...flow.nodes.values()].filter((parent) => parent.children.includes(node(flow, b)));
    assert.deepEqual(
      parents.map(({ block }) => block.offset),
      [immediate],
      `dominator of ${b}`,
    );
  }
  checkEdges(graph, entry, flow);
}

function checkEdges(graph: Graph, entry: number, flow: Flow): void {
  const forward = new Map<number, number>();
  const headers = new Set<number>();
  for (const from of flow.nodes.values()) {
    for (const to of from.block.successors) {
      const kind = flow.edge(from, to);
      if (!(to in graph)) assert.equal(kind, 'leave');
      if (kind === 'forward') forward.set(to, (forward.get(to) ?? 0) + 1);
      if (kind === 'forward') assert.ok(node(flow, to).order > from.order);
      if (kind === 'back') headers.add(to);
      if (kind === 'back') assert.ok(dominates(graph, entry, to, from.block.offset));
      if (kind === 'leave' && to in graph) assert.ok(!dominates(graph, entry, to, from.block.offset));
    }
  }
  for (const at of flow.nodes.values()) {
    assert.equal(at.isLoopHeader, headers.has(at.block.offset));
    assert.equal(at.isMerge, (forward.get(at.block.offset) ?? 0) > 1);
    assert.deepEqual(
      at.children.map(({ order }) => order),
      at.children.map(({ order }) => order).toSorted((a, b) => a - b),
    );
    assert.ok(at.longestRun >= at.block.instructions.length);
  }
  checkFuel(flow);
}

/** No path between two looks at the fuel is longer than what the first one asked for. */
function checkFuel(flow: Flow): void {
  for (const start of flow.nodes.values()) {
    const longest = (at: FlowNode): number =>
      at.block.instructions.length +
      Math.max(
        0,
        ...at.block.successors.map((to) => {
          const next = flow.nodes.get(to);
          const isLooked = !next || flow.edge(at, to) !== 'forward' || next.isLoopHeader;
          return isLooked ? 0 : longest(next);
        }),
      );
    assert.equal(start.longestRun, longest(start));
  }
}

test('analyse: a line, a diamond, a loop in a loop, a block that jumps to itself', () => {
  for (const graph of [
    { 0: [1], 1: [2], 2: [] },
    { 0: [1, 2], 1: [3], 2: [3], 3: [] },
    { 0: [1], 1: [2], 2: [1, 3], 3: [0, 4], 4: [] },
    { 0: [0] },
  ]) {
    check(graph, 0);
  }
});

test('analyse: an irreducible graph leaves by the edge that has no header', () => {
  const flow = analyse(regionOf({ 0: [1, 2], 1: [2], 2: [1, 3], 3: [] }));
  const [one, two] = [node(flow, 1), node(flow, 2)];
  const kinds = [flow.edge(one, 2), flow.edge(two, 1)].toSorted();
  assert.deepEqual(kinds, ['forward', 'leave']);
  assert.ok(!one.isLoopHeader && !two.isLoopHeader);
});

test('analyse: edges to blocks that are not in the region leave it', () => {
  const flow = analyse(regionOf({ 0: [7, 1], 1: [0] }));
  assert.equal(flow.edge(flow.entry, 7), 'leave');
  assert.ok(flow.entry.isLoopHeader);
});

test('analyse: random graphs against brute force', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = new SeededRandom(seed);
    const size = 1 + random.below(11);
    const graph = Object.fromEntries(
      Array.from({ length: size }, (_, at) => [
        at,
        Array.from({ length: random.below(3) }, () => random.below(size + 1)),
      ]),
    );
    try {
      check(graph, random.below(size));
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(graph)}`, { cause: error });
    }
  }
});

test('analyse: a long line of blocks needs no stack', () => {
  const length = 5000;
  const blocks = new Map<number, Block>(
    Array.from({ length }, (_, at) => [
      at,
      {
        offset: at,
        instructions: [NOP],
        end: at,
        successors: at + 1 < length ? [at + 1] : [],
        ending: 'flow',
      },
    ]),
  );
  const flow = analyse({ entry: 0, blocks });
  assert.deepEqual([flow.nodes.size, flow.entry.longestRun], [length, length]);
});

test('loops: those with one header are told apart by where they end', () => {
  const flow = analyse(regionOf({ 0: [0, 1], 1: [0, 2], 2: [] }));
  assert.deepEqual(
    flow.loops.map(({ header, last, body }) => [
      header.block.offset,
      last.block.offset,
      [...body].map(({ block }) => block.offset).toSorted((a, b) => a - b),
    ]),
    [
      [0, 0, [0]],
      [0, 1, [0, 1]],
    ],
  );
  assert.deepEqual(
    [0, 1, 2].map((offset) => node(flow, offset).loopDepth),
    [2, 1, 0],
  );
});
