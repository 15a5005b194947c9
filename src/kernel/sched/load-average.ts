/** Load averages over 1, 5 and 15 minutes from the exact sum of runnable worlds over time. */

const MINUTES = [1, 5, 15] as const;
const NS_PER_MINUTE = 60e9;

export class LoadAverage {
  #sum: number;
  #atNs: number;
  #averages: [number, number, number] = [0, 0, 0];

  /** @param runnableNs - the sum up to now. */
  constructor(runnableNs: number, nowNs: number) {
    this.#sum = runnableNs;
    this.#atNs = nowNs;
  }

  /** The averages as they are now; the more often it is called, the finer they are. */
  update(runnableNs: number, nowNs: number): readonly [number, number, number] {
    const passed = nowNs - this.#atNs;
    if (passed <= 0) return this.#averages;
    const load = (runnableNs - this.#sum) / passed;
    this.#sum = runnableNs;
    this.#atNs = nowNs;
    const [one, five, fifteen] = MINUTES.map((minutes, i) => {
      const kept = Math.exp(-passed / (minutes * NS_PER_MINUTE));
      return (this.#averages[i] as number) * kept + load * (1 - kept);
    }) as [number, number, number];
    this.#averages = [one, five, fifteen];
    return this.#averages;
  }
}

/** The same averages of a value that is looked at now and then: it counts for the time since the look before. */
export class RunningAverage {
  readonly #average: LoadAverage;
  #sum = 0;
  #atNs: number;

  constructor(nowNs: number) {
    this.#average = new LoadAverage(0, nowNs);
    this.#atNs = nowNs;
  }

  add(value: number, nowNs: number): readonly [number, number, number] {
    this.#sum += value * Math.max(0, nowNs - this.#atNs);
    this.#atNs = nowNs;
    return this.#average.update(this.#sum, nowNs);
  }
}
