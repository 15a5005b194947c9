/**
 * Limits: each limited group has an allowance that grows with time and is used up by running. Who has none left stands
 * still until it has gathered a chunk, so that use stays within the limit in every window.
 */
import { NONE, ROOT, type SchedulerState } from './scheduler-state.ts';
import { BURST_OF_WINDOW, CHUNK_OF_WINDOW, LEAST_SLICE_NS, WINDOW_NS } from './settings.ts';

/** Told when everything beneath a group has to stand still, or may go on, and since when. */
export type ThrottleListener = (group: number, atNs: number) => void;

export class Limits {
  readonly #state: SchedulerState;
  readonly #changed: ThrottleListener;

  constructor(state: SchedulerState, changed: ThrottleListener) {
    this.#state = state;
    this.#changed = changed;
  }

  /** Whether something above the world stands still. */
  isThrottled(world: number): boolean {
    const { nodes } = this.#state;
    for (let at = nodes.parent.get(world); at !== ROOT; at = nodes.parent.get(at)) {
      if (nodes.throttled.get(at) === 1) return true;
    }
    return false;
  }

  /** For how long the world may run now, at most `wantedNs`. */
  slice(world: number, wantedNs: number): number {
    const { nodes } = this.#state;
    let slice = wantedNs;
    for (let at = nodes.parent.get(world); at !== ROOT; at = nodes.parent.get(at)) {
      const limit = nodes.limit.get(at);
      if (limit === Infinity) continue;
      this.#refresh(at);
      // While it runs more is gathered.
      const lasts = limit < 1 ? nodes.allowanceNs.get(at) / (1 - limit) : Infinity;
      slice = Math.min(slice, lasts);
    }
    return Math.max(Math.round(slice), Math.min(LEAST_SLICE_NS, wantedNs));
  }

  /** Notes use by a world, for all above; a negative one gives back. */
  use(world: number, ns: number): void {
    const { nodes, nowNs } = this.#state;
    for (let at = nodes.parent.get(world); at !== ROOT; at = nodes.parent.get(at)) {
      if (nodes.limit.get(at) === Infinity) continue;
      this.#refresh(at);
      nodes.allowanceNs.add(at, -ns);
      const left = nodes.allowanceNs.get(at);
      if (nodes.throttled.get(at) === 0 && left <= 0) this.#throttle(at, nowNs);
      else if (nodes.throttled.get(at) === 1 && ns < 0 && left >= LEAST_SLICE_NS) this.release(at, nowNs);
    }
  }

  /** Lets go on whoever has gathered enough by now. */
  settle(): void {
    const { nodes, host, nowNs } = this.#state;
    for (let at = host.firstThrottled.get(0); at !== NONE; ) {
      const next = nodes.nextThrottled.get(at);
      const releaseNs = this.#releaseNs(at);
      if (releaseNs <= nowNs) this.release(at, releaseNs);
      at = next;
    }
  }

  /** When the next group may go on; Infinity when none stands still. */
  nextReleaseNs(): number {
    const { nodes, host } = this.#state;
    let next = Infinity;
    for (let at = host.firstThrottled.get(0); at !== NONE; at = nodes.nextThrottled.get(at)) {
      next = Math.min(next, this.#releaseNs(at));
    }
    return next;
  }

  /** Lets a group go on. */
  release(group: number, atNs: number): void {
    const { nodes, host } = this.#state;
    if (nodes.throttled.get(group) === 0) return;
    nodes.throttled.set(group, 0);
    const next = nodes.nextThrottled.get(group);
    let before = host.firstThrottled.get(0);
    if (before === group) host.firstThrottled.set(0, next);
    else {
      while (nodes.nextThrottled.get(before) !== group) before = nodes.nextThrottled.get(before);
      nodes.nextThrottled.set(before, next);
    }
    this.#changed(group, atNs);
  }

  #throttle(group: number, atNs: number): void {
    const { nodes, host } = this.#state;
    nodes.throttled.set(group, 1);
    nodes.nextThrottled.set(group, host.firstThrottled.get(0));
    host.firstThrottled.set(0, group);
    this.#changed(group, atNs);
  }

  #releaseNs(group: number): number {
    const { nodes } = this.#state;
    const limit = nodes.limit.get(group);
    if (limit === Infinity) return 0;
    const missing = CHUNK_OF_WINDOW * WINDOW_NS * limit - nodes.allowanceNs.get(group);
    return nodes.allowanceAtNs.get(group) + Math.ceil(missing / limit);
  }

  #refresh(group: number): void {
    const { nodes, nowNs } = this.#state;
    const limit = nodes.limit.get(group);
    const grown = nodes.allowanceNs.get(group) + limit * (nowNs - nodes.allowanceAtNs.get(group));
    nodes.allowanceNs.set(group, Math.min(grown, BURST_OF_WINDOW * WINDOW_NS * limit));
    nodes.allowanceAtNs.set(group, nowNs);
  }
}
