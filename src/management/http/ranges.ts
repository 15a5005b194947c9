/** Byte ranges of a request. Source: RFC 9110 §14. */

/** Bytes from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The spans that a Range header asks of `sizeBytes` bytes: undefined when it must be ignored (another unit, wrong
 * grammar, more than `most`), none when it cannot be met (416). Spans that touch are one.
 */
export function parseRanges(header: string, sizeBytes: number, most: number): Span[] | undefined {
  const specs = /^bytes=(.*)$/i.exec(header.trim())?.[1]?.split(',');
  if (specs === undefined || specs.length > most) return undefined;
  const spans: Span[] = [];
  for (const spec of specs) {
    const span = parseSpec(spec.trim(), sizeBytes);
    if (span === undefined) return undefined;
    if (span.start < span.end) spans.push(span);
  }
  return joined(spans);
}

/** `bytes 0-499/1234`. */
export function contentRange({ start, end }: Span, sizeBytes: number): string {
  return `bytes ${start}-${end - 1}/${sizeBytes}`;
}

/** An empty span for what lies outside; undefined for what is no range. */
function parseSpec(spec: string, sizeBytes: number): Span | undefined {
  const found = /^(\d{0,16})-(\d{0,16})$/.exec(spec);
  if (found === null) return undefined;
  const [, first = '', last = ''] = found;
  if (first === '') {
    if (last === '') return undefined;
    return { start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes };
  }
  const start = Number(first);
  if (last === '') return { start: Math.min(start, sizeBytes), end: sizeBytes };
  if (Number(last) < start) return undefined;
  return { start: Math.min(start, sizeBytes), end: Math.min(Number(last) + 1, sizeBytes) };
}

/** In the order asked for, unless they overlap or touch. Source: RFC 9110 §15.3.7.2. */
function joined(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      merged.push(span);
    }
  }
  return merged.length === spans.length ? [...spans] : merged;
}
