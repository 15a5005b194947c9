/** What a host remembers of its performance: every 20 s for an hour, every 5 min for a day and a half. */
import { counterOf } from './counters.ts';
import { measure } from './measure.ts';
import type { Measured } from './measured.ts';
import type { PerfSample } from './sample.ts';

export interface PerfPeriod {
  readonly seconds: number;
  /** How many are kept. */
  readonly kept: number;
}

export const REALTIME: PerfPeriod = { seconds: 20, kept: 180 };
/** The interval that clients know as "Past day". */
export const PAST_DAY: PerfPeriod = { seconds: 300, kept: 432 };
const PER_DAY_SAMPLE = PAST_DAY.seconds / REALTIME.seconds;

/** One metric of an entity; `values` has as many as there are `times`. */
export interface PerfSeries {
  readonly counter: number;
  readonly instance: string;
  readonly values: number[];
}

/** What an entity had in no sample. */
export const UNKNOWN = -1;

export class PerfHistory {
  /** Milliseconds since 1970, oldest first. */
  readonly times: number[] = [];
  readonly #series = new Map<string, PerfSeries>();
  readonly #kept: number;

  constructor({ kept }: PerfPeriod) {
    this.#kept = kept;
  }

  get series(): readonly PerfSeries[] {
    return [...this.#series.values()];
  }

  add(timeMs: number, measured: readonly Measured[]): void {
    const length = this.times.push(timeMs);
    for (const { counter, instance, value } of measured) this.#of(counter, instance, length - 1).push(value);
    for (const { values } of this.#series.values()) if (values.length < length) values.push(UNKNOWN);
    if (length <= this.#kept) return;
    this.times.shift();
    for (const [key, { values }] of this.#series) {
      values.shift();
      if (values.every((value) => value === UNKNOWN)) this.#series.delete(key);
    }
  }

  #of(counter: number, instance: string, before: number): number[] {
    const key = `${counter}:${instance}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known.values;
    const values = Array.from({ length: before }, () => UNKNOWN);
    this.#series.set(key, { counter, instance, values });
    return values;
  }
}

interface Entity {
  readonly realtime: PerfHistory;
  readonly day: PerfHistory;
}

export class PerfRecorder {
  readonly #sample: () => PerfSample;
  readonly #entities = new Map<string, Entity>();
  #before: PerfSample | undefined;
  #ticks = 0;

  constructor(sample: () => PerfSample) {
    this.#sample = sample;
  }

  /** To be called every 20 s. */
  tick(): void {
    const now = this.#sample();
    const before = this.#before;
    this.#before = now;
    if (before === undefined) return;
    const timeMs = now.top.wallMs;
    for (const [entity, measured] of measure(before, now))
      this.#entity(entity).realtime.add(timeMs, measured);
    this.#ticks++;
    if (this.#ticks % PER_DAY_SAMPLE === 0) this.#sumUp(timeMs);
    this.#forgetOld(timeMs);
  }

  /** Undefined for an entity that has done nothing in that time. */
  of(entity: string, { seconds }: PerfPeriod): PerfHistory | undefined {
    const found = this.#entities.get(entity);
    return seconds === REALTIME.seconds ? found?.realtime : found?.day;
  }

  #entity(id: string): Entity {
    let entity = this.#entities.get(id);
    if (entity === undefined) {
      entity = { realtime: new PerfHistory(REALTIME), day: new PerfHistory(PAST_DAY) };
      this.#entities.set(id, entity);
    }
    return entity;
  }

  #sumUp(timeMs: number): void {
    const since = timeMs - PAST_DAY.seconds * 1000;
    for (const { realtime, day } of this.#entities.values()) {
      const first = realtime.times.findIndex((time) => time > since);
      if (first < 0) continue;
      const measured = realtime.series.flatMap(({ counter, instance, values }) => {
        const known = values.slice(first).filter((value) => value !== UNKNOWN);
        return known.length === 0 ? [] : [{ counter, instance, value: summedUp(counter, known) }];
      });
      day.add(timeMs, measured);
    }
  }

  /** An entity of which nothing is left. */
  #forgetOld(nowMs: number): void {
    for (const [id, { realtime, day }] of this.#entities) {
      const last = Math.max(realtime.times.at(-1) ?? 0, day.times.at(-1) ?? 0);
      if (nowMs - last > PAST_DAY.seconds * PAST_DAY.kept * 1000) this.#entities.delete(id);
    }
  }
}

function summedUp(counter: number, values: readonly number[]): number {
  const all = values.reduce((sum, value) => sum + value, 0);
  switch (counterOf(counter)?.rollup) {
    case 'summation':
      return all;
    case 'latest':
      return values.at(-1) as number;
    case 'maximum':
      return Math.max(...values);
    case 'minimum':
      return Math.min(...values);
    default:
      return Math.round(all / values.length);
  }
}
