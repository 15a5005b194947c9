/** What a pCPU asks of scheduling: which world to run next, and what to note about it. */

/**
 * Called by every pCPU on its own thread, over the one shared WorldTable. Pure: the time is handed in, nothing waits.
 */
export interface Scheduler {
  /**
   * Chooses a ready world that may run on this pCPU and makes it `running` there; -1 when there is none.
   * Only rows with state `ready`, `held` 0, and the pCPU's bit in both `known` and `affinity` may be chosen.
   */
  pick(pcpu: number, nowNs: number): number;
  /** Time and steps that a running world has used since it was picked or charged last; called at least every millisecond. */
  charge(world: number, ns: number, steps: number, nowNs: number): void;
  /** Whether a running world should make room for another one now. */
  shouldYield(world: number, pcpu: number, nowNs: number): boolean;
  /** The same, without a lock: whether it is worth asking. */
  mayGiveWay(world: number): boolean;
  /** A running world waits in a loop for a sibling: whether one shall run in its place, which comes before it then. */
  givesWay(world: number, pcpu: number, nowNs: number): boolean;
  /** A world has just become ready after waiting. */
  woken(world: number, nowNs: number): void;
  /** When a world that is ready but not allowed to run (limit, co-stop) may be again; Infinity for no such time. */
  nextChangeNs(pcpu: number, nowNs: number): number;
}
