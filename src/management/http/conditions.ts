/** Conditional requests: whether what a client knows of a file still holds. Source: RFC 9110 §13. */
import type { IncomingHttpHeaders } from 'node:http';

/** What a file is now: its strong entity tag with quotes, and when it was changed, to the second. */
export interface Validators {
  readonly etag: string;
  readonly modifiedMs: number;
}

export type Verdict = 'go-on' | 'not-modified' | 'failed';

/** Applies the conditions in the order of RFC 9110 §13.2.2; `now` is undefined when there is no such file. */
export function evaluate(
  headers: IncomingHttpHeaders,
  now: Validators | undefined,
  isRead: boolean,
): Verdict {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  // 1. and 2.
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, now, 'strong')) return 'failed';
  } else if (headers['if-unmodified-since'] !== undefined) {
    const since = parseDate(headers['if-unmodified-since']);
    if (since !== undefined && now !== undefined && seconds(now.modifiedMs) > seconds(since)) return 'failed';
  }
  // 3. and 4.
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, now, 'weak')) return isRead ? 'not-modified' : 'failed';
  } else if (isRead && headers['if-modified-since'] !== undefined) {
    const since = parseDate(headers['if-modified-since']);
    if (since !== undefined && now !== undefined && seconds(now.modifiedMs) <= seconds(since)) {
      return 'not-modified';
    }
  }
  return 'go-on';
}

/** Whether a Range counts: If-Range must name the file as it is now. Source: RFC 9110 §13.1.5. */
export function rangeHolds(headers: IncomingHttpHeaders, now: Validators): boolean {
  const ifRange = headers['if-range'];
  if (typeof ifRange !== 'string') return true;
  if (ifRange.startsWith('"') || ifRange.startsWith('W/')) return ifRange === now.etag;
  const date = parseDate(ifRange);
  return date !== undefined && seconds(date) === seconds(now.modifiedMs);
}

function matches(list: string, now: Validators | undefined, how: 'strong' | 'weak'): boolean {
  if (now === undefined) return false;
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (how === 'weak' ? tag.replace(/^W\//, '') : tag) === now.etag);
}

function parseDate(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
