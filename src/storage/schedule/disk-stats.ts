/** What a disk did: counters, and histograms of sizes, distances and latencies with the borders of vscsiStats. */
import type { BlockRequest } from '#devices';

export type RequestKind = 'read' | 'write';

/** How many were at most each border; one more for what is above the last. */
export interface Histogram {
  readonly borders: readonly number[];
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly sum: number;
}

/** Plain data, of one moment. */
export interface DiskStatsSample {
  readonly reads: number;
  readonly writes: number;
  readonly flushes: number;
  readonly discards: number;
  readonly failed: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly histograms: Readonly<Record<string, Histogram>>;
}

/** Borders of each histogram. Source: the output of vscsiStats. */
// biome-ignore format: a table reads in columns
const BORDERS = {
  ioLengthBytes:     [512, 1024, 2048, 4095, 4096, 8191, 8192, 16383, 16384, 32768, 49152, 65535, 65536, 81920, 131072, 262144, 524288],
  seekDistanceLbas:  [-500000, -50000, -5000, -500, -128, -64, -32, -16, -8, -6, -4, -2, -1, 0, 1, 2, 4, 6, 8, 16, 32, 64, 128, 500, 5000, 50000, 500000],
  latencyUs:         [1, 10, 100, 500, 1000, 5000, 15000, 30000, 50000, 100000],
  interarrivalUs:    [1, 10, 100, 500, 1000, 5000, 15000, 30000, 50000, 100000],
  flushLatencyUs:    [1, 10, 100, 500, 1000, 5000, 15000, 30000, 50000, 100000],
} as const;
type Name = keyof typeof BORDERS;

const SECTOR_BYTES = 512;

const COUNTERS = ['reads', 'writes', 'flushes', 'discards', 'failed', 'readBytes', 'writtenBytes'] as const;
type Counter = (typeof COUNTERS)[number];
const LATENCY_AT = COUNTERS.length;

/** What other threads see of a disk while it works. */
export interface DiskCounts extends Readonly<Record<Counter, number>> {
  /** Of all requests together. */
  readonly latencyNs: number;
}

/** Memory for the counts of one disk. */
export function diskCounters(): SharedArrayBuffer {
  return new SharedArrayBuffer((COUNTERS.length + 1) * Float64Array.BYTES_PER_ELEMENT);
}

export function readDiskCounters(counters: SharedArrayBuffer): DiskCounts {
  const values = new Float64Array(counters);
  const counts = COUNTERS.map((name, i) => [name, values[i]] as const);
  return { ...(Object.fromEntries(counts) as Record<Counter, number>), latencyNs: values[LATENCY_AT] ?? 0 };
}

/** Owner: one disk. */
export class DiskStats {
  readonly #counters: SharedArrayBuffer;
  readonly #values: Float64Array;
  readonly #histograms = new Map<string, Counts>();
  /** End of the last request, and when it came, by kind. */
  readonly #last: Record<RequestKind, { end: number; beganMs: number } | undefined> = {
    read: undefined,
    write: undefined,
  };

  constructor(counters = diskCounters()) {
    this.#counters = counters;
    this.#values = new Float64Array(counters);
  }

  /** A request was answered. Times in milliseconds. */
  record(request: BlockRequest, bytes: number, beganMs: number, endedMs: number, isOk: boolean): void {
    if (!isOk) this.#count('failed');
    const latencyUs = (endedMs - beganMs) * 1000;
    this.#values[LATENCY_AT] = (this.#values[LATENCY_AT] as number) + latencyUs * 1000;
    if (request.kind === 'flush') {
      this.#count('flushes');
      this.#add('flushLatencyUs', 'flush', latencyUs);
    } else if (request.kind === 'read' || request.kind === 'write') {
      this.#transfer(request.kind, request.offset, bytes, beganMs, latencyUs);
    } else this.#count('discards');
  }

  #count(counter: Counter, much = 1): void {
    const at = COUNTERS.indexOf(counter);
    this.#values[at] = (this.#values[at] as number) + much;
  }

  sample(): DiskStatsSample {
    const histograms = [...this.#histograms].map(([name, counts]) => [name, counts.sample()] as const);
    const { latencyNs: _, ...counts } = readDiskCounters(this.#counters);
    return { ...counts, histograms: Object.fromEntries(histograms) };
  }

  #transfer(kind: RequestKind, offset: number, bytes: number, beganMs: number, latencyUs: number): void {
    if (kind === 'read') {
      this.#count('reads');
      this.#count('readBytes', bytes);
    } else {
      this.#count('writes');
      this.#count('writtenBytes', bytes);
    }
    const last = this.#last[kind];
    this.#add('ioLengthBytes', kind, bytes);
    this.#add('latencyUs', kind, latencyUs);
    if (last !== undefined) {
      this.#add('seekDistanceLbas', kind, (offset - last.end) / SECTOR_BYTES);
      this.#add('interarrivalUs', kind, (beganMs - last.beganMs) * 1000);
    }
    this.#last[kind] = { end: offset + bytes, beganMs };
  }

  #add(name: Name, kind: RequestKind | 'flush', value: number): void {
    const key = kind === 'flush' ? name : `${name} of ${kind}s`;
    let counts = this.#histograms.get(key);
    if (counts === undefined) {
      counts = new Counts(BORDERS[name]);
      this.#histograms.set(key, counts);
    }
    counts.add(value);
  }
}

class Counts {
  readonly #borders: readonly number[];
  readonly #counts: number[];
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #sum = 0;

  constructor(borders: readonly number[]) {
    this.#borders = borders;
    this.#counts = Array.from({ length: borders.length + 1 }, () => 0);
  }

  add(value: number): void {
    let [low, high] = [0, this.#borders.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#borders[middle] as number) >= value) high = middle;
      else low = middle + 1;
    }
    this.#counts[low] = (this.#counts[low] as number) + 1;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sum += value;
  }

  sample(): Histogram {
    return {
      borders: this.#borders,
      counts: [...this.#counts],
      min: this.#min,
      max: this.#max,
      sum: this.#sum,
    };
  }
}
