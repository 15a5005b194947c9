/**
 * Keeps the switches going on the main thread: takes what guests send in turns, between which everything else has its
 * chance, and sleeps while nobody sends.
 */
import { setImmediate } from 'node:timers/promises';
import type { SwitchLanes } from '#net';
import { Anticipation } from '../anticipation.ts';

/** A frame that comes later than this is not looked for. */
const LIMIT_NS = 400_000;
const NS_PER_MS = 1e6;

export class SwitchPump {
  readonly #lanes: SwitchLanes;
  readonly #run: (nowMs: number) => number;
  #isStopped = false;
  #ended: Promise<void> | undefined;

  /** @param run - what else is due by now on the switches; says when it is wanted again. */
  constructor(lanes: SwitchLanes, run: (nowMs: number) => number) {
    this.#lanes = lanes;
    this.#run = run;
  }

  start(): void {
    this.#ended ??= this.#loop();
  }

  /** `run` is wanted. */
  wake(): void {
    this.#lanes.arena.tellSwitch();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.wake();
    await this.#ended;
  }

  async #loop(): Promise<void> {
    const { arena } = this.#lanes;
    const frames = new Anticipation(LIMIT_NS);
    let seen = arena.bell;
    while (!this.#isStopped) {
      const { bell } = arena;
      const nowMs = performance.now();
      if (bell !== seen) {
        if (nowMs * NS_PER_MS < frames.untilNs) frames.found();
        frames.came(nowMs * NS_PER_MS);
      }
      seen = bell;
      const { isMore, nextMs } = this.#lanes.poll(nowMs);
      const dueMs = Math.min(nextMs, this.#run(nowMs)) - performance.now();
      if (!isMore) frames.wait(nowMs * NS_PER_MS);
      if (isMore || dueMs <= 0 || nowMs * NS_PER_MS < frames.untilNs) {
        const beforeNs = performance.now() * NS_PER_MS;
        await setImmediate();
        frames.looked(beforeNs, performance.now() * NS_PER_MS);
        continue;
      }
      // Without an end where there is none: each end would be a timer of the process that outlives the wait.
      const { async, value } = Atomics.waitAsync(arena.asleep(), 0, bell, dueMs);
      if (async) await value;
      arena.awake();
    }
  }
}
