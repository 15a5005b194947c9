/**
 * Proportional share by virtual time, and reservations before it. A group's virtual time is what it used, divided by
 * its shares; among siblings the smallest comes next. A group that is owed a quantum of its guarantee comes before that.
 * Source: start-time fair queueing (Goyal, Vin, Cheng 1996), once for each level of the tree.
 */
import type { ReadyList } from './ready-list.ts';
import { NONE, NodeKind, ROOT, type SchedulerState } from './scheduler-state.ts';
import { AHEAD_QUANTA, LAG_QUANTA, MOVE_PENALTY_QUANTA, OWED_WINDOW_NS } from './settings.ts';

export class FairShare {
  readonly #state: SchedulerState;
  readonly #ready: ReadyList;
  readonly #movePenaltyNs: number;
  readonly #lagNs: number;
  readonly #aheadNs: number;

  constructor(state: SchedulerState, ready: ReadyList) {
    const { pcpus, quantumNs } = state.settings;
    this.#state = state;
    this.#ready = ready;
    this.#movePenaltyNs = pcpus > 1 ? MOVE_PENALTY_QUANTA * quantumNs : 0;
    this.#lagNs = (LAG_QUANTA + 2 * pcpus) * quantumNs;
    this.#aheadNs = AHEAD_QUANTA * quantumNs;
  }

  /** A node begins to want time: what it did not use while it wanted none is lost. */
  activate(node: number): void {
    const { virtualTime, reference, parent } = this.#state.nodes;
    virtualTime.set(node, Math.max(virtualTime.get(node), reference.get(parent.get(node))));
    this.#refreshOwed(node);
  }

  /** A node wants no time any more. Preconditions: it still counts as wanting. */
  deactivate(node: number): void {
    this.#refreshOwed(node);
  }

  /** Notes use by a world, for it and all above; a negative one gives back. */
  use(world: number, ns: number): void {
    const { nodes } = this.#state;
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      nodes.virtualTime.add(at, ns / nodes.weight.get(at));
      nodes.owedNs.add(at, -ns);
    }
  }

  /** After a run: nobody is further behind or ahead of its siblings than some quanta. */
  bound(world: number): void {
    const { nodes } = this.#state;
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      const reference = nodes.reference.get(nodes.parent.get(at));
      const weight = nodes.weight.get(at);
      const time = Math.max(nodes.virtualTime.get(at), reference - this.#lagNs / weight);
      nodes.virtualTime.set(at, Math.min(time, reference + this.#aheadNs / weight));
    }
  }

  /** A world goes on since nobody else wants its pCPU: who comes now starts level with it. */
  renew(world: number): void {
    const { nodes } = this.#state;
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      const parent = nodes.parent.get(at);
      if (nodes.ready.get(parent) > 0) continue;
      nodes.reference.set(parent, Math.max(nodes.reference.get(parent), nodes.virtualTime.get(at)));
    }
  }

  /** The world that the pCPU runs next, by reservations and shares; NONE when there is none for it. */
  choose(pcpu: number): number {
    const { nodes } = this.#state;
    if (!this.#ready.has(ROOT, pcpu)) return NONE;
    let at = ROOT;
    while (nodes.kind.get(at) !== NodeKind.world) at = this.#chooseChild(at, pcpu);
    return at;
  }

  /** Whether a world that woke up may run before others: nothing above it is ahead by more than its runs can be. */
  isDeserving(world: number): boolean {
    const { nodes, settings } = this.#state;
    for (let at = world; at !== ROOT; at = nodes.parent.get(at)) {
      const quanta = 1 + nodes.running.get(at);
      const most =
        nodes.reference.get(nodes.parent.get(at)) + (quanta * settings.quantumNs) / nodes.weight.get(at);
      if (nodes.virtualTime.get(at) > most && this.#owedNs(at) < 0) return false;
    }
    return true;
  }

  /** Whether something guaranteed is late by a quantum or more. */
  isLate(): boolean {
    const { nodes, settings } = this.#state;
    for (let child = nodes.firstReady.get(ROOT); child !== NONE; child = nodes.nextReady.get(child)) {
      if (this.#owedNs(child) >= 2 * settings.quantumNs) return true;
    }
    return false;
  }

  #chooseChild(group: number, pcpu: number): number {
    const { nodes, settings } = this.#state;
    let owed = NONE;
    let owedFor = -1;
    let best = NONE;
    let bestTime = Infinity;
    let bestWaits = Infinity;
    for (let child = nodes.firstReady.get(group); child !== NONE; child = nodes.nextReady.get(child)) {
      if (!this.#ready.has(child, pcpu)) continue;
      if (this.#owedNs(child) >= settings.quantumNs) {
        const since = nodes.owedNs.get(child) / nodes.guaranteed.get(child);
        if (since > owedFor) {
          owed = child;
          owedFor = since;
        }
      }
      // Those that wait for a sibling come after all others, in the order in which they began to.
      const waits = nodes.gaveWayNs.get(child);
      const time = nodes.virtualTime.get(child) + this.#penalty(child, pcpu);
      if (waits < bestWaits || (waits === bestWaits && time < bestTime)) {
        best = child;
        bestTime = time;
        bestWaits = waits;
      }
    }
    if (owed !== NONE && owed !== best) return owed;
    nodes.reference.set(group, Math.max(nodes.reference.get(group), nodes.virtualTime.get(best)));
    return best;
  }

  /**
   * Who has worlds running now, or ran elsewhere last, has to be more deserving: so the pCPUs are spread over siblings,
   * and a world stays where things are cached for it.
   */
  #penalty(node: number, pcpu: number): number {
    const { nodes, settings } = this.#state;
    const last = nodes.pcpu.get(node);
    const isMove = last !== pcpu && last !== NONE && nodes.kind.get(node) !== NodeKind.pool;
    const ns = nodes.running.get(node) * settings.quantumNs + (isMove ? this.#movePenaltyNs : 0);
    return ns / nodes.weight.get(node);
  }

  /** What is missing of a node's guarantee by now; less than nothing without one. */
  #owedNs(node: number): number {
    if (this.#state.nodes.guaranteed.get(node) === 0) return -1;
    this.#refreshOwed(node);
    return this.#state.nodes.owedNs.get(node);
  }

  /** What is guaranteed grows with time; who does not want it gathers none. */
  #refreshOwed(node: number): void {
    const { nodes, nowNs, settings } = this.#state;
    const guaranteed = nodes.guaranteed.get(node);
    const grown = nodes.owedNs.get(node) + guaranteed * (nowNs - nodes.owedAtNs.get(node));
    const most = nodes.wanting.get(node) > 0 ? 2 * settings.quantumNs + guaranteed * OWED_WINDOW_NS : 0;
    nodes.owedNs.set(node, Math.min(grown, most));
    nodes.owedAtNs.set(node, nowNs);
  }
}
