/** Copies plain data all the way down: what `structuredClone` does, without writing it out and reading it back. */
import { assert } from './errors.ts';

/** Preconditions: numbers, texts, arrays, typed arrays, maps, sets and objects without a class; no cycles. */
export function copyOf<T>(data: T): T {
  return copy(data) as T;
}

function copy(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((item) => copy(item));
  if (ArrayBuffer.isView(data)) return (data as Uint8Array).slice();
  if (data instanceof Map) return new Map(Array.from(data, ([key, value]) => [copy(key), copy(value)]));
  if (data instanceof Set) return new Set(Array.from(data, copy));
  assert(Object.getPrototypeOf(data) === Object.prototype, 'plain data is copied');
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copy(value)]));
}
