/** The deadlines of a stack: thousands of alarms, one timer of the host. */

import { Turns } from './turns.ts';

/** Calls back once, later; the answer takes that back. */
export interface Timers {
  after(milliseconds: number, action: () => void): () => void;
}

/** Where time comes from: milliseconds with a fraction, monotonic. */
export type Now = () => number;

/** One deadline. It is moved often and rings seldom, so moving it to later costs nothing. */
export class Alarm {
  readonly #alarms: Alarms;
  readonly #action: () => void;
  /** When it rings; undefined: never. */
  #atMs: number | undefined;
  /** When its place in the heap comes; undefined: it has none. */
  queuedAtMs: number | undefined;

  constructor(alarms: Alarms, action: () => void) {
    this.#alarms = alarms;
    this.#action = action;
  }

  get atMs(): number | undefined {
    return this.#atMs;
  }

  get isSet(): boolean {
    return this.#atMs !== undefined;
  }

  set(atMs: number): void {
    this.#atMs = atMs;
    if (this.queuedAtMs === undefined || atMs < this.queuedAtMs) this.#alarms.enqueue(this, atMs);
  }

  clear(): void {
    this.#atMs = undefined;
  }

  /** Its place in the heap has come. */
  reached(nowMs: number): void {
    this.queuedAtMs = undefined;
    if (this.#atMs === undefined) return;
    if (this.#atMs > nowMs) return this.#alarms.enqueue(this, this.#atMs);
    this.#atMs = undefined;
    this.#action();
  }
}

interface Place {
  readonly atMs: number;
  readonly alarm: Alarm;
}

export class Alarms {
  readonly now: Now;
  /** Alarms ring in turns, and so does all else that the stack does. */
  readonly turns = new Turns();
  readonly #timers: Timers;
  /** A binary heap: each place is not later than those at 2i+1 and 2i+2. */
  readonly #heap: Place[] = [];
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(now: Now, timers: Timers) {
    this.now = now;
    this.#timers = timers;
  }

  alarm(action: () => void): Alarm {
    return new Alarm(this, action);
  }

  /** Rings what is due. The host's timer calls it; it does no harm at any other time. */
  run(): void {
    this.turns.run(() => this.#ring());
  }

  #ring(): void {
    const nowMs = this.now();
    for (let first = this.#heap[0]; first !== undefined && first.atMs <= nowMs; first = this.#heap[0]) {
      this.#removeFirst();
      // A place that its alarm has left behind: it has an earlier one.
      if (first.alarm.queuedAtMs === first.atMs) first.alarm.reached(nowMs);
    }
    this.#arm();
  }

  /** No alarm rings any more. */
  stop(): void {
    this.#heap.length = 0;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  enqueue(alarm: Alarm, atMs: number): void {
    alarm.queuedAtMs = atMs;
    this.#heap.push({ atMs, alarm });
    this.#rise(this.#heap.length - 1);
    if (this.#timer === undefined || atMs < this.#timer.atMs) this.#arm();
  }

  #arm(): void {
    const first = this.#heap[0];
    if (first?.atMs === this.#timer?.atMs) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (first === undefined) return;
    const cancel = this.#timers.after(Math.max(0, first.atMs - this.now()), () => {
      this.#timer = undefined;
      this.run();
    });
    this.#timer = { atMs: first.atMs, cancel };
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const place = heap[from] as Place;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as Place).atMs <= place.atMs) break;
      heap[at] = heap[parent] as Place;
      at = parent;
    }
    heap[at] = place;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const place = heap.pop() as Place;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as Place).atMs < (heap[child] as Place).atMs) child++;
      if ((heap[child] as Place).atMs >= place.atMs) break;
      heap[at] = heap[child] as Place;
      at = child;
    }
    heap[at] = place;
  }
}
