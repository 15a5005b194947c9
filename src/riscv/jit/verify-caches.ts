/**
 * The part of the proof that knows page caches: three locals that are only ever set together, from one entry of the TLB
 * which has just allowed an access, or from what `reach` says of it. Between the sets nothing may look at them.
 */

import * as L from '../core/layout.ts';
import { CACHED_LIMIT } from '../core/memory-semantics.ts';
import type { Instruction } from '../wasm/module-reader.ts';
import { Op } from '../wasm/opcodes.ts';
import type { Value } from './verify-values.ts';

type Part = 'tag' | 'delta' | 'limit';

/** One cache of a body, and how far a fill of it has come. */
interface Cache {
  readonly id: number;
  readonly half: number;
  /** Counts fills: values of one version belong together. */
  version: number;
  /** The entry that it is being filled from, and the part that comes next. */
  filling?: { readonly entry: Value; readonly next: Part };
}

/** What a fill looks like, backwards from `local.set limit`: opcode and, where it matters, its value. */
const FILL: readonly (readonly [op: number, value?: bigint])[] = [
  [Op.local_set],
  [Op.i64_const, BigInt(CACHED_LIMIT)],
  [Op.local_set],
  [Op.i32_load],
  [Op.local_get],
  [Op.local_set],
  [Op.i64_load],
];
const [LIMIT_AT, DELTA_AT, TAG_AT, LOAD_AT] = [0, 2, 5, 6];

export class Caches {
  readonly #parts = new Map<number, { readonly cache: Cache; readonly part: Part }>();
  /** Locals that stand for different things in different fills. */
  readonly isConfused: boolean;

  constructor(body: readonly Instruction[]) {
    let isConfused = false;
    for (let at = FILL.length - 1; at < body.length; at++) {
      if (!FILL.every(([op, value], i) => isLike(body[at - i], op, value))) continue;
      const local = (back: number) => Number(body[at - back]?.value);
      const half = Number(body[at - LOAD_AT]?.value) & L.TLB_WRITE;
      const known = this.#parts.get(local(TAG_AT))?.cache;
      const cache = known ?? { id: this.#parts.size, half, version: 0 };
      for (const [back, part] of [
        [TAG_AT, 'tag'],
        [DELTA_AT, 'delta'],
        [LIMIT_AT, 'limit'],
      ] as const) {
        const other = this.#parts.get(local(back));
        isConfused ||= other !== undefined && (other.cache !== cache || other.part !== part);
        isConfused ||= cache.half !== half;
        this.#parts.set(local(back), { cache, part });
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
    return {
      kind: 'kept',
      part,
      cache: cache.id,
      version: cache.version,
      mayStore: cache.half === L.TLB_WRITE,
    };
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
    if (filling?.next !== part) return false;
    if (part === 'delta') {
      if (value.kind !== 'delta' || value.entry !== filling.entry || value.half !== cache.half) return false;
      cache.filling = { entry: filling.entry, next: 'limit' };
      return true;
    }
    delete cache.filling;
    return value.kind === 'constant' && value.value === CACHED_LIMIT;
  }

  /** Whether a cache is half filled: control may not go anywhere then. */
  get isFilling(): boolean {
    return [...this.#parts.values()].some(({ cache }) => cache.filling !== undefined);
  }
}

/** Part of a fill by what `reach` gave; its results come off the stack from the last to the first. */
function take(cache: Cache, part: Part, value: Extract<Value, { kind: 'reached' }>): boolean {
  const { filling } = cache;
  if (value.part !== part || value.half !== cache.half) return false;
  if (part === 'limit' ? filling : filling?.next !== part || filling.entry !== value.entry) return false;
  if (part === 'limit') cache.version++;
  if (part === 'tag') delete cache.filling;
  else cache.filling = { entry: value.entry, next: part === 'limit' ? 'delta' : 'tag' };
  return true;
}

function isLike(one: Instruction | undefined, op: number, value: bigint | undefined): boolean {
  return one?.op === op && (value === undefined || one.value === value);
}
