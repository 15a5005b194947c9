/**
 * Keeps the switches going on the main thread: takes what guests send in turns, between which everything else has its
 * chance, and sleeps while nobody sends.
 */
import { setImmediate } from 'node:timers/promises';
import type { SwitchLanes } from '#net';

/** A wait never lasts longer: 1 min. */
const MAX_WAIT_MS = 60_000;

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
    while (!this.#isStopped) {
      const bell = arena.bell;
      const nowMs = performance.now();
      const { isMore, nextMs } = this.#lanes.poll(nowMs);
      const dueMs = Math.min(nextMs, this.#run(nowMs)) - performance.now();
      if (isMore || dueMs <= 0) {
        await setImmediate();
        continue;
      }
      const { async, value } = Atomics.waitAsync(arena.asleep(), 0, bell, Math.min(dueMs, MAX_WAIT_MS));
      if (async) await value;
      arena.awake();
    }
  }
}
