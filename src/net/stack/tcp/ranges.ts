/** Ranges of a byte stream, sorted and apart from each other: what a receiver says it has beyond a gap. */

export interface Range {
  start: number;
  /** The first byte after it. */
  end: number;
}

/** More than this many gaps are not remembered; what is not remembered is sent again. */
const MAX_RANGES = 256;

export class Ranges {
  readonly #ranges: Range[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** The first byte after the last range; 0 when there is none. */
  get end(): number {
    return this.#ranges.at(-1)?.end ?? 0;
  }

  list(): readonly Readonly<Range>[] {
    return this.#ranges;
  }

  /** How many bytes of it are new. */
  add(start: number, end: number): number {
    const ranges = this.#ranges;
    let first = 0;
    while (first < ranges.length && (ranges[first] as Range).end < start) first++;
    let after = first;
    const merged = { start, end };
    let covered = 0;
    for (; after < ranges.length && (ranges[after] as Range).start <= end; after++) {
      const range = ranges[after] as Range;
      merged.start = Math.min(merged.start, range.start);
      merged.end = Math.max(merged.end, range.end);
      covered += range.end - range.start;
    }
    if (after === first && ranges.length >= MAX_RANGES) return 0;
    ranges.splice(first, after - first, merged);
    const added = merged.end - merged.start - covered;
    this.#bytes += added;
    return added;
  }

  /** Forgets what is below `offset`. */
  dropBelow(offset: number): void {
    for (let first = this.#ranges[0]; first !== undefined && first.start < offset; first = this.#ranges[0]) {
      this.#bytes -= Math.min(first.end, offset) - first.start;
      if (first.end > offset) {
        first.start = offset;
        return;
      }
      this.#ranges.shift();
    }
  }

  clear(): void {
    this.#ranges.length = 0;
    this.#bytes = 0;
  }

  /** The first gap at or after `from` and before `limit`. */
  gapFrom(from: number, limit: number): Range | undefined {
    let start = from;
    for (const range of this.#ranges) {
      if (range.end <= start) continue;
      if (range.start > start)
        return start < limit ? { start, end: Math.min(range.start, limit) } : undefined;
      start = range.end;
    }
    return start < limit ? { start, end: limit } : undefined;
  }

  /** Calls back with every gap of [from, limit). */
  eachGap(from: number, limit: number, see: (start: number, end: number) => void): void {
    let start = from;
    for (const range of this.#ranges) {
      if (range.end <= start) continue;
      if (range.start >= limit) break;
      if (range.start > start) see(start, range.start);
      start = range.end;
    }
    if (start < limit) see(start, limit);
  }

  /** Below which offset more than `bytes` of the ranges, or `count` of them, lie above. Source: RFC 6675 §4, IsLost. */
  lostBelow(bytes: number, count: number): number {
    let above = 0;
    for (let i = this.#ranges.length - 1, seen = 1; i >= 0; i--, seen++) {
      const range = this.#ranges[i] as Range;
      above += range.end - range.start;
      if (above > bytes || seen >= count) return range.start;
    }
    return 0;
  }
}
