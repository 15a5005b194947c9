/** What VMs use of CPU and memory, out of two samples of the kernel's accounts. */
import type { TopMemory, TopSample, TopSource } from '../../top/sample.ts';

export interface VmUsage {
  readonly cpuMhz: number;
  /** What it would have used, had it not had to wait. */
  readonly demandMhz: number;
  readonly memory: TopMemory | undefined;
}

/** Samples nearer than this are one: the accounts are not read for every VM of a list. */
const LEAST_MS = 1000;

export class UsageSampler {
  readonly #source: TopSource;
  readonly #cpuMhz: number;
  readonly #nowMs: () => number;
  #takenMs = Number.NEGATIVE_INFINITY;
  #before: TopSample | undefined;
  #latest: TopSample | undefined;

  constructor(source: TopSource, cpuMhz: number, nowMs: () => number) {
    this.#source = source;
    this.#cpuMhz = cpuMhz;
    this.#nowMs = nowMs;
  }

  /** The accounts now, or as they were a moment ago. */
  get sample(): TopSample {
    const nowMs = this.#nowMs();
    if (this.#latest !== undefined && nowMs - this.#takenMs < LEAST_MS) return this.#latest;
    this.#takenMs = nowMs;
    this.#before = this.#latest;
    this.#latest = this.#source.sample();
    return this.#latest;
  }

  /** Undefined for a VM without worlds. */
  of(name: string): VmUsage | undefined {
    const now = this.sample;
    const group = now.groups.find((one) => one.name === name)?.id;
    if (group === undefined) return undefined;
    const before = this.#before;
    const spanNs = before === undefined ? 0 : now.takenNs - before.takenNs;
    const [run, ready] = sums(now, group);
    const [runBefore, readyBefore] = before ? sums(before, group) : [run, ready];
    const rate = (ns: number) => (spanNs <= 0 ? 0 : (Math.max(0, ns) / spanNs) * this.#cpuMhz);
    return {
      cpuMhz: rate(run - runBefore),
      demandMhz: rate(run - runBefore + ready - readyBefore),
      memory: now.memory.find((one) => one.group === group),
    };
  }
}

function sums({ worlds }: TopSample, group: number): [run: number, ready: number] {
  const own = worlds.filter((world) => world.group === group);
  return [own.reduce((sum, { runNs }) => sum + runNs, 0), own.reduce((sum, { readyNs }) => sum + readyNs, 0)];
}
