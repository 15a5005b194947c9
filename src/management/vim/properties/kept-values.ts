/** Written values that are kept for a moment: what many clients ask for again and again is worked out once. */
import type { Clock } from '#lib';
import type { ManagedObject } from '../model/managed.ts';
import type { Objects } from '../model/objects.ts';
import type { ValueWriter } from '../soap/write-value.ts';
import { WrittenValue } from '../soap/written-value.ts';
import { type Found, statedValue } from './property-path.ts';

/** So long a value may be old that changes without saying so, such as what a VM uses; ESXi's are 20 s old. */
const KEPT_NANOSECONDS = 2_000_000_000n;
const ANY = { type: 'anyType', kind: 'simple', isArray: false } as const;

interface Kept {
  readonly revision: number;
  readonly nanoseconds: bigint;
  readonly value: WrittenValue | undefined;
}

export class KeptValues {
  readonly #objects: Objects;
  readonly #clock: Pick<Clock, 'nowNanoseconds'>;
  readonly #ofObjects = new WeakMap<ManagedObject, Map<string, Kept>>();

  constructor(objects: Objects, clock: Pick<Clock, 'nowNanoseconds'>) {
    this.#objects = objects;
    this.#clock = clock;
  }

  /** The value at a path as `val`: as it was written a moment ago, unless the object has changed since. */
  get(
    object: ManagedObject,
    path: string,
    writer: ValueWriter,
    read: () => Found | undefined,
  ): WrittenValue | undefined {
    let ofObject = this.#ofObjects.get(object);
    if (ofObject === undefined) this.#ofObjects.set(object, (ofObject = new Map<string, Kept>()));
    const key = `${writer.version} ${path}`;
    const revision = this.#objects.revision(object.ref.value);
    const nanoseconds = this.#clock.nowNanoseconds();
    const kept = ofObject.get(key);
    const isNew = kept !== undefined && nanoseconds - kept.nanoseconds < KEPT_NANOSECONDS;
    if (kept?.revision === revision && (isNew || object.kind.isSteady(object.self))) return kept.value;
    const found = read();
    const value = found && new WrittenValue(inOnePiece(writer.element('val', ANY, statedValue(found))));
    ofObject.set(key, { revision, nanoseconds, value });
    return value;
  }
}

/** A text that was put together of hundreds of pieces stays so many until it is sent, each time anew. */
const inOnePiece = (text: string) => Buffer.from(text).toString();
