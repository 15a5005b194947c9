/**
 * Keeps the switches going on the main thread: takes what guests send in turns, between which everything else has its
 * chance, and sleeps while nobody sends.
 */
import { setImmediate } from 'node:timers/promises';
import type { SwitchLanes } from '#net';

/** After a frame the next one is looked for so long: to be woken takes longer than most take to come. */
const LOOK_MS = 0.05;

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
    let seen = arena.bell;
    let lookUntilMs = 0;
    while (!this.#isStopped) {
      const { bell } = arena;
      const nowMs = performance.now();
      if (bell !== seen) lookUntilMs = nowMs + LOOK_MS;
      seen = bell;
      const { isMore, nextMs } = this.#lanes.poll(nowMs);
      const dueMs = Math.min(nextMs, this.#run(nowMs)) - performance.now();
      if (isMore || dueMs <= 0 || nowMs < lookUntilMs) {
        await setImmediate();
        continue;
      }
      // Without an end where there is none: each end would be a timer of the process that outlives the wait.
      const { async, value } = Atomics.waitAsync(arena.asleep(), 0, bell, dueMs);
      if (async) await value;
      arena.awake();
    }
  }
}
