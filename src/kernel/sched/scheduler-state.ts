/** What the scheduler knows, as plain data in shared memory: groups (pools and VMs), worlds, and the host itself. */
import { type Columns, cellCount, columnsOf } from './columns.ts';
import type { SchedulerSettings } from './settings.ts';
import { MAX_WORLDS } from './world-table.ts';

/** Pools and VMs that a host may have at once. Group and world are both nodes: group g is node g, world w is MAX_GROUPS + w. */
export const MAX_GROUPS = 1024;
const NODES = MAX_GROUPS + MAX_WORLDS;

/** No node. */
export const NONE = -1;
/** The pool that everything is in. */
export const ROOT = 0;

export const NodeKind = { free: 0, pool: 1, vm: 2, world: 3 } as const;
export type NodeKindCode = (typeof NodeKind)[keyof typeof NodeKind];

/** Where a world stands. `ahead`: too far before its siblings. `limited`: a limit is used up. */
export const Standing = { asleep: 0, ready: 1, running: 2, ahead: 3, limited: 4 } as const;
export type StandingCode = (typeof Standing)[keyof typeof Standing];

const NODE_FIELDS = [
  // The tree.
  ...(['kind', 'parent', 'firstChild', 'nextSibling', 'vcpus'] as const),
  // Worlds beneath that would run, that can be chosen, and that run; of a world: 0 or 1.
  ...(['wanting', 'ready', 'running'] as const),
  // Children beneath which a world is ready, as a list.
  ...(['firstReady', 'nextReady', 'previousReady'] as const),
  // Shares; virtual time of the node, and the one that its children are held against; time used in all.
  ...(['weight', 'virtualTime', 'reference', 'usedNs'] as const),
  // In pCPUs. `guaranteed` counts the children's reservations too; `owed` is what is missing of it.
  ...(['reservation', 'expandable', 'guaranteed', 'owedNs', 'owedAtNs'] as const),
  // In pCPUs, Infinity for none; time that may be used now; whether it is used up.
  ...(['limit', 'allowanceNs', 'allowanceAtNs', 'throttled', 'nextThrottled'] as const),
  // A world: where it stands since when, the slice it was given and what it used of it, who may run it, who ran it last.
  ...(['standing', 'standingNs', 'sliceNs', 'sliceUsedNs', 'allowed', 'pcpu'] as const),
  // Co-scheduling: steps by which a vCPU leads the slowest, whether it is to stand still; of a VM: steps a ns of its fastest.
  ...(['lead', 'isAhead', 'pace'] as const),
  // A world that waits for a sibling in a loop: since when, 0 for not.
  ...(['gaveWayNs'] as const),
  // Waking: whether it waits for its first run, after whom, since when; how often and how long that was.
  ...(['isWoken', 'nextWoken', 'wokenNs', 'wakes', 'wakeNs', 'longestWakeNs'] as const),
] as const;

const HOST_FIELDS = [
  ...(['nowNs', 'firstFree', 'firstThrottled', 'firstWoken', 'lastWoken'] as const),
  // Ready worlds that some pCPU may not run; worlds that stand still because they are ahead.
  ...(['pinned', 'ahead'] as const),
  // Sum over time of the worlds that run or are ready: load averages come from it.
  ...(['runnableNs'] as const),
] as const;

const SEEN_AT_BYTES = 64;
const CELLS_AT_BYTES = SEEN_AT_BYTES + 4 * MAX_WORLDS;
export const SCHEDULER_BYTES =
  CELLS_AT_BYTES + 8 * (cellCount(HOST_FIELDS, 1) + cellCount(NODE_FIELDS, NODES));

/** A view of the state; every thread of a host has its own, of the same memory. */
export class SchedulerState {
  readonly settings: SchedulerSettings;
  readonly buffer: SharedArrayBuffer;
  /** The lock's word. */
  readonly lockWord: Int32Array;
  /** Where each world stands, side by side: so that a look at a thousand sleeping ones is short. */
  readonly standings: Int32Array;
  readonly nodes: Columns<(typeof NODE_FIELDS)[number]>;
  readonly host: Columns<(typeof HOST_FIELDS)[number]>;

  /** @param buffer - of SCHEDULER_BYTES, the same for every thread; without one it is a new host's. */
  constructor(settings: SchedulerSettings, buffer?: SharedArrayBuffer) {
    this.settings = settings;
    this.buffer = buffer ?? new SharedArrayBuffer(SCHEDULER_BYTES);
    this.lockWord = new Int32Array(this.buffer, 0, 1);
    this.standings = new Int32Array(this.buffer, SEEN_AT_BYTES, MAX_WORLDS);
    const cells = new Float64Array(this.buffer, CELLS_AT_BYTES);
    this.host = columnsOf(HOST_FIELDS, cells);
    this.nodes = columnsOf(NODE_FIELDS, cells.subarray(cellCount(HOST_FIELDS, 1)));
    if (buffer === undefined) this.#format();
  }

  /** The time of the last call, which never goes back. */
  get nowNs(): number {
    return this.host.nowNs.get(0);
  }

  /** Calls `visit` for each child. */
  forEachChild(node: number, visit: (child: number) => void): void {
    const { firstChild, nextSibling } = this.nodes;
    for (let child = firstChild.get(node); child !== NONE; child = nextSibling.get(child)) visit(child);
  }

  /** A row as that of a node without children. */
  resetNode(node: number, kind: NodeKindCode, parent: number): void {
    const { nodes } = this;
    for (const column of Object.values(nodes)) column.set(node, 0);
    for (const field of LINKS) nodes[field].set(node, NONE);
    nodes.kind.set(node, kind);
    nodes.parent.set(node, parent);
    nodes.weight.set(node, 1);
    nodes.limit.set(node, Infinity);
    nodes.owedAtNs.set(node, this.nowNs);
    nodes.allowanceAtNs.set(node, this.nowNs);
    nodes.standingNs.set(node, this.nowNs);
  }

  #format(): void {
    const { host, nodes, settings } = this;
    for (const field of ['firstThrottled', 'firstWoken', 'lastWoken'] as const) host[field].set(0, NONE);
    this.resetNode(ROOT, NodeKind.pool, NONE);
    nodes.reservation.set(ROOT, settings.reservablePcpus);
    nodes.guaranteed.set(ROOT, settings.reservablePcpus);
    for (let group = 1; group < MAX_GROUPS; group++) {
      nodes.nextSibling.set(group, group + 1 < MAX_GROUPS ? group + 1 : NONE);
    }
    host.firstFree.set(0, ROOT + 1);
  }
}

const LINKS = [
  'firstChild',
  'nextSibling',
  'firstReady',
  'nextReady',
  'previousReady',
  'nextThrottled',
  'nextWoken',
  'pcpu',
] as const;

/** The node of a world. */
export function nodeOf(world: number): number {
  return MAX_GROUPS + world;
}
/** The world of a node. */
export function worldOf(node: number): number {
  return node - MAX_GROUPS;
}
