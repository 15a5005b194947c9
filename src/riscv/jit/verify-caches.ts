/**
 * The part of the proof that knows page caches: three locals, four where they count in slots, that are only ever set
 * together, from one entry of the TLB which has just allowed an access, or from what `reach` says of it. Between the
 * sets nothing may look at them.
 */

import * as L from '../core/layout.ts';
import { CACHED_LIMIT } from '../core/page-cache.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';
import type { Instruction } from '../wasm/module-reader.ts';
import { Op } from '../wasm/opcodes.ts';
import type { CachePart, Value } from './verify-values.ts';

/** One cache of a body, and how far a fill of it has come. */
interface Cache {
  readonly id: number;
  readonly half: number;
  /** Bytes of a slot; 0: it counts bytes, and has no flip. */
  readonly slots: number;
  /** Counts fills: values of one version belong together. */
  version: number;
  /** The entry that it is being filled from, and the part that comes next. */
  filling?: { readonly entry: Value; readonly at?: number; readonly next: CachePart };
}

type Step = readonly [op: number, part?: CachePart];

/** What fills from an entry look like: opcodes, and of what is set which part it is. The limit's constant stands before the last. */
const BYTES_FILL: readonly Step[] = [
  [Op.i64_load],
  [Op.local_set, 'tag'],
  [Op.local_get],
  [Op.i32_load],
  [Op.local_set, 'delta'],
  [Op.i64_const],
  [Op.local_set, 'limit'],
];
const SLOTS_FILL: readonly Step[] = [
  ...BYTES_FILL.slice(0, 5),
  [Op.i32_const],
  [Op.local_set, 'flip'],
  ...BYTES_FILL.slice(5),
];
/** The kinds of caches by bytes of a slot: how they are filled, and the limit of one page. */
const KINDS: readonly { slots: number; fill: readonly Step[]; limit: number }[] = [
  { slots: 0, fill: BYTES_FILL, limit: CACHED_LIMIT },
  ...[4, 8].map((slots) => ({ slots, fill: SLOTS_FILL, limit: PAGE_BYTES / slots })),
];
/** The parts in the order in which they are set from an entry; what was reached is set the other way round. */
const PARTS: Readonly<Record<'bytes' | 'slots', readonly CachePart[]>> = {
  bytes: ['tag', 'delta', 'limit'],
  slots: ['tag', 'delta', 'flip', 'limit'],
};
const partsOf = ({ slots }: Cache): readonly CachePart[] => (slots === 0 ? PARTS.bytes : PARTS.slots);

export class Caches {
  readonly #parts = new Map<number, { readonly cache: Cache; readonly part: CachePart }>();
  /** Locals that stand for different things in different fills. */
  readonly isConfused: boolean;

  constructor(body: readonly Instruction[]) {
    let isConfused = false;
    for (let at = 0; at < body.length; at++) {
      const kind = KINDS.find((one) => isFill(body, at, one));
      if (!kind) continue;
      const half = Number(body[at]?.value) & L.TLB_WRITE;
      const set = kind.fill.flatMap(([, part], i) =>
        part ? [[Number(body[at + i]?.value), part] as const] : [],
      );
      const known = set.map(([local]) => this.#parts.get(local)?.cache).find((one) => one !== undefined);
      const cache = known ?? { id: this.#parts.size, half, slots: kind.slots, version: 0 };
      isConfused ||= cache.half !== half || cache.slots !== kind.slots;
      for (const [local, part] of set) {
        const other = this.#parts.get(local);
        isConfused ||= other !== undefined && (other.cache !== cache || other.part !== part);
        this.#parts.set(local, { cache, part });
      }
    }
    this.isConfused = isConfused;
  }

  has(local: number): boolean {
    return this.#parts.has(local);
  }

  /** What reading the local gives; undefined while its cache is being filled. */
  read(local: number): Value | undefined {
    const found = this.#parts.get(local);
    if (!found || found.cache.filling) return undefined;
    const { cache, part } = found;
    const { id, version, slots, half } = cache;
    return { kind: 'kept', part, cache: id, version, slots, mayStore: half === L.TLB_WRITE };
  }

  /**
   * Sets the local as part of a fill.
   * @param isAllowed whether an access through that entry and half has just been allowed
   * @returns false when it is not one
   */
  fill(local: number, value: Value, isAllowed: (entry: Value, half: number) => boolean): boolean {
    const found = this.#parts.get(local);
    if (!found) return false;
    const { cache, part } = found;
    if (value.kind === 'reached') return take(cache, part, value);
    const { filling } = cache;
    if (part === 'tag') {
      if (filling || value.kind !== 'tag' || value.half !== cache.half) return false;
      if (!isAllowed(value.entry, value.half)) return false;
      cache.filling = { entry: value.entry, next: 'delta' };
      cache.version++;
      return true;
    }
    if (filling?.next !== part || filling.at !== undefined) return false;
    goOn(cache, filling, partsOf(cache), part);
    if (part === 'delta')
      return value.kind === 'delta' && value.entry === filling.entry && value.half === cache.half;
    const wanted = part === 'flip' ? 0 : KINDS.find(({ slots }) => slots === cache.slots)?.limit;
    return value.kind === 'constant' && value.value === wanted;
  }

  /** Whether a cache is half filled: control may not go anywhere then. */
  get isFilling(): boolean {
    return [...this.#parts.values()].some(({ cache }) => cache.filling !== undefined);
  }
}

/** Part of a fill by what `reach` gave; its results come off the stack from the last to the first. */
function take(cache: Cache, part: CachePart, value: Extract<Value, { kind: 'reached' }>): boolean {
  const { filling } = cache;
  const { entry, at } = value;
  if (value.part !== part || value.half !== cache.half || value.slots !== cache.slots) return false;
  const isNext =
    part === 'limit' ? !filling : filling?.next === part && filling.entry === entry && filling.at === at;
  if (!isNext) return false;
  if (part === 'limit') cache.version++;
  goOn(cache, { entry, at }, partsOf(cache).toReversed(), part);
  return true;
}

/** Behind the last part the fill is done. */
function goOn(
  cache: Cache,
  from: { entry: Value; at?: number },
  parts: readonly CachePart[],
  part: CachePart,
): void {
  const next = parts[parts.indexOf(part) + 1];
  if (next) cache.filling = { ...from, next };
  else delete cache.filling;
}

/** Whether a fill of that kind begins there. */
function isFill(body: readonly Instruction[], at: number, { fill, limit }: (typeof KINDS)[number]): boolean {
  if (!fill.every(([op], i) => body[at + i]?.op === op)) return false;
  return body[at + fill.length - 2]?.value === BigInt(limit);
}
