/** What the proof of a translated module knows of values: abstract values, and what opcodes make of them. */
import * as L from '../core/layout.ts';
import { offsetOf } from '../hart/context.ts';
import { Op } from '../wasm/opcodes.ts';

/** What is known of a value; each object stands for one value, whatever locals hold it. */
export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'constant'; readonly value: number }
  /** Between what a mask leaves, moved by constants. */
  | { readonly kind: 'masked'; readonly first: number; readonly last: number }
  | { readonly kind: 'context'; readonly first: number; readonly last: number }
  | { readonly kind: 'bank' }
  /** Address of the flag that says that code was dropped: the engine gives it. */
  | { readonly kind: 'droppedFlag' }
  | { readonly kind: 'entry'; readonly maximum: number }
  | { readonly kind: 'tag' | 'host'; readonly entry: Value; readonly half: number }
  | {
      readonly kind: 'offset' | 'place';
      readonly entry: Value;
      readonly half: number;
      readonly offset?: Value;
      /** What it is of: an address, less the tag or moved by the delta. */
      readonly address?: Value;
    }
  /** host - tag of one entry. */
  | { readonly kind: 'delta'; readonly entry: Value; readonly half: number }
  /** For a page cache: what the pages around that of an entry have in common. */
  | {
      readonly kind: 'reached';
      readonly part: CachePart;
      readonly entry: Value;
      readonly half: number;
      /** Bytes of a slot, as in `kept`. */
      readonly slots: number;
      /** Where that was asked for: parts of one answer belong together. */
      readonly at: number;
    }
  /** The low half of a value. */
  | { readonly kind: 'low'; readonly of: Value }
  /**
   * Part of a page cache; the others are an address less its tag, the same in slots, the truth that it is in the page, its low half
   * turned round, its machine address.
   */
  | ({ readonly kind: 'kept'; readonly part: CachePart } & CacheVersion)
  | ({
      readonly kind: 'apart' | 'slot' | 'near' | 'turned' | 'cached';
      readonly address: Value;
    } & CacheVersion)
  /** Truth of offset ≤ limit, alone or together with something else. */
  | { readonly kind: 'within'; readonly offset: Value; readonly limit: number }
  /** Truth that a 32-bit value is at most so large. */
  | { readonly kind: 'below'; readonly of: Value; readonly limit: number }
  /** A machine page that may be accessed, and a place in it if `of` is small enough. */
  | { readonly kind: 'page'; readonly mayStore: boolean }
  | { readonly kind: 'inPage'; readonly mayStore: boolean; readonly of: Value }
  | { readonly kind: 'event' }
  /** Tag and decoded page of a slot of the fetch TLB, the truth that the tag is what it should be, and the page if so. */
  | { readonly kind: 'fetchTag' | 'decoded' | 'fetched'; readonly slot: number }
  | { readonly kind: 'decodedPage' }
  | { readonly kind: 'region' }
  /** Address of `bytes` bytes of a page; not to be used before the event was looked at. */
  | { readonly kind: 'machine'; readonly bytes: number; readonly mayStore: boolean; isChecked: boolean };

export type CachePart = 'tag' | 'delta' | 'flip' | 'limit';

interface CacheVersion {
  readonly cache: number;
  readonly version: number;
  readonly mayStore: boolean;
  /** Bytes of the slots that it counts in; 0: it counts bytes. */
  readonly slots: number;
}

export const UNKNOWN: Value = { kind: 'unknown' };
const EXIT = offsetOf('exit');

export const isContext = (value: Value | undefined): boolean =>
  value?.kind === 'context' && value.first === 0 && value.last === 0;

export function constant64(value: bigint): Value {
  return value >= 0n && value < 2n ** 32n ? { kind: 'constant', value: Number(value) } : UNKNOWN;
}

export function machineOf([, , bytes, isWrite]: readonly Value[]): Value {
  if (bytes?.kind !== 'constant' || isWrite?.kind !== 'constant') return UNKNOWN;
  return { kind: 'machine', bytes: bytes.value, mayStore: isWrite.value === 1, isChecked: false };
}

export function loaded(address: Value, offset: number): Value {
  if (address.kind === 'entry') {
    const half = offset & L.TLB_WRITE;
    if (offset - half === L.TLB_TAG) return { kind: 'tag', entry: address, half };
    if (offset - half === L.TLB_HOST) return { kind: 'host', entry: address, half };
    if (offset - half === L.TLB_DELTA) return { kind: 'delta', entry: address, half };
  }
  if (address.kind !== 'context') return UNKNOWN;
  if (isContext(address) && isFetch(offset)) return fetchPart(offset);
  if (isContext(address) && offset === EXIT) return { kind: 'event' };
  const isJumpSlot = address.first + offset >= L.JUMP_OFFSET && (address.first + offset) % L.JUMP_INDEX === 0;
  return isJumpSlot && offset % (1 << L.JUMP_ENTRY_SHIFT) === L.JUMP_INDEX ? { kind: 'region' } : UNKNOWN;
}

const isFetch = (offset: number): boolean => offset >= L.FETCH_OFFSET && offset < L.FETCH_END;

function fetchPart(offset: number): Value {
  const part = (offset - L.FETCH_OFFSET) % (1 << L.TLB_ENTRY_SHIFT);
  if (part === L.TLB_TAG) return { kind: 'fetchTag', slot: offset };
  return part === L.FETCH_DECODED ? { kind: 'decoded', slot: offset - part } : UNKNOWN;
}

export function computed(op: number, a: Value, b: Value, c: Value = UNKNOWN): Value {
  switch (op) {
    case Op.i64_eq:
      return a.kind === 'fetchTag' ? { kind: 'fetched', slot: a.slot } : UNKNOWN;
    case Op.select:
      return a.kind === 'decoded' && b.kind === 'constant' && b.value === 0 && isSlot(c, a.slot)
        ? { kind: 'decodedPage' }
        : UNKNOWN;
    case Op.i32_and:
      if (a.kind === 'within') return a;
      if (b.kind === 'within') return b;
      return b.kind === 'constant' && b.value >= 0 ? { kind: 'masked', first: 0, last: b.value } : UNKNOWN;
    case Op.i32_add:
      return sum(a, b);
    case Op.i64_sub:
      if (b.kind === 'kept') return b.part === 'tag' ? withCache('apart', a, b) : UNKNOWN;
      return b.kind === 'tag' ? { kind: 'offset', entry: b.entry, half: b.half, address: a } : UNKNOWN;
    case Op.i64_lt_u:
      return b.kind === 'kept' &&
        b.part === 'limit' &&
        a.kind === (b.slots ? 'slot' : 'apart') &&
        isOneCache(a, b)
        ? withCache('near', a.address, b)
        : UNKNOWN;
    case Op.i64_rotr:
      return a.kind === 'apart' && b.kind === 'constant' && 1 << b.value === a.slots
        ? withCache('slot', a.address, a)
        : UNKNOWN;
    case Op.i32_xor:
      return a.kind === 'low' && b.kind === 'kept' && b.part === 'flip'
        ? withCache('turned', a.of, b)
        : UNKNOWN;
    case Op.i64_le_u:
      return a.kind === 'offset' && b.kind === 'constant'
        ? { kind: 'within', offset: a, limit: b.value }
        : UNKNOWN;
    case Op.i32_le_u:
      return a !== UNKNOWN && b.kind === 'constant' && b.value >= 0
        ? { kind: 'below', of: a, limit: b.value }
        : UNKNOWN;
    case Op.i32_wrap_i64:
      if (a.kind === 'offset') return { ...a, offset: a };
      return a === UNKNOWN ? UNKNOWN : { kind: 'low', of: a };
    default:
      return UNKNOWN;
  }
}

function sum(a: Value, b: Value): Value {
  if (a.kind === 'bank' && b.kind === 'masked' && b.last < L.TLB_WRITE)
    return { kind: 'entry', maximum: b.last };
  if (a.kind === 'host' && b.kind === 'offset' && b.offset && a.entry === b.entry && a.half === b.half) {
    return { kind: 'place', entry: a.entry, half: a.half, offset: b.offset };
  }
  if (a.kind === 'low' && b.kind === 'delta') {
    return { kind: 'place', entry: b.entry, half: b.half, address: a.of };
  }
  if (a.kind === 'low' && b.kind === 'kept')
    return b.part === 'delta' && b.slots === 0 ? withCache('cached', a.of, b) : UNKNOWN;
  if (a.kind === 'turned' && b.kind === 'kept')
    return b.part === 'delta' && isOneCache(a, b) ? withCache('cached', a.address, b) : UNKNOWN;
  if (a.kind === 'page') return b === UNKNOWN ? UNKNOWN : { kind: 'inPage', mayStore: a.mayStore, of: b };
  // A place in one of the context's tables.
  if (a.kind !== 'context' && a.kind !== 'masked') return UNKNOWN;
  if (b.kind === 'constant') return { kind: a.kind, first: a.first + b.value, last: a.last + b.value };
  return b.kind === 'masked' ? { kind: a.kind, first: a.first + b.first, last: a.last + b.last } : UNKNOWN;
}

const isSlot = (value: Value, slot: number): boolean => value.kind === 'fetched' && value.slot === slot;

/** Something of `address` and a cache; an address that is not one value proves nothing. */
function withCache(
  kind: 'apart' | 'slot' | 'near' | 'turned' | 'cached',
  address: Value,
  { cache, version, mayStore, slots }: CacheVersion,
): Value {
  return address === UNKNOWN ? UNKNOWN : { kind, address, cache, version, mayStore, slots };
}

/** Whether two values come from the same fill of the same cache. */
export const isOneCache = (a: CacheVersion, b: CacheVersion): boolean =>
  a.cache === b.cache && a.version === b.version;

/** What holds whichever way was taken. */
export function join(
  a: ReadonlyMap<number, Value> | 'never',
  b: ReadonlyMap<number, Value> | 'never',
): Map<number, Value> | undefined {
  if (a === 'never') return b === 'never' ? undefined : new Map(b);
  if (b === 'never') return new Map(a);
  const both = new Map<number, Value>();
  for (const [local, value] of a) {
    const other = b.get(local);
    if (other === value) both.set(local, value);
    else if (value.kind === 'machine' && other?.kind === 'machine' && value.isChecked && other.isChecked) {
      const bytes = Math.min(value.bytes, other.bytes);
      both.set(local, {
        kind: 'machine',
        bytes,
        mayStore: value.mayStore && other.mayStore,
        isChecked: true,
      });
    }
  }
  return both;
}
