/** Written values that are kept for a moment: what many clients ask for again and again is worked out once. */
import type { Clock } from '#lib';
import type { ManagedObject } from '../model/managed.ts';
import type { Objects } from '../model/objects.ts';
import type { ValueWriter } from '../soap/write-value.ts';
import { WrittenContent, WrittenValue } from '../soap/written-value.ts';
import type { ObjectContent } from '../table/vim25.d.ts';
import { type Found, statedValue } from './property-path.ts';

/** So long a value may be old that changes without saying so, such as what a VM uses; ESXi's are 20 s old. */
const KEPT_NANOSECONDS = 2_000_000_000n;
const ANY = { type: 'anyType', kind: 'simple', isArray: false } as const;

/** So many of an object: clients that ask for ever different ones get them worked out. */
const MAX_OF_OBJECT = 8;

interface Kept {
  readonly revision: number;
  readonly nanoseconds: bigint;
  readonly written: WrittenValue | WrittenContent | undefined;
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
    const key = `${writer.version} ${path}`;
    const kept = this.#find(object, key);
    if (kept !== undefined) return kept.written;
    const found = read();
    const value = found && new WrittenValue(inOnePiece(writer.element('val', ANY, statedValue(found))));
    this.#keep(object, key, value);
    return value;
  }

  /**
   * What is read at several paths, each of which may be kept, in the same way; what lacks something is not kept.
   * @param key - names paths and version; no path alone has it
   */
  content(object: ManagedObject, key: string, writer: ValueWriter, read: () => ObjectContent): ObjectContent {
    const kept = this.#find(object, key);
    if (kept !== undefined) return kept.written as WrittenContent;
    const found = read();
    if (found.missingSet !== undefined) return found;
    const content = new WrittenContent(found.obj, inOnePiece(writer.inner('ObjectContent', { ...found })));
    this.#keep(object, key, content);
    return content;
  }

  #find(object: ManagedObject, key: string): Kept | undefined {
    const kept = this.#ofObjects.get(object)?.get(key);
    if (kept === undefined || kept.revision !== this.#objects.revision(object.ref.value)) return undefined;
    if (object.kind.isSteady(object.self)) return kept;
    return this.#clock.nowNanoseconds() - kept.nanoseconds < KEPT_NANOSECONDS ? kept : undefined;
  }

  #keep(object: ManagedObject, key: string, written: Kept['written']): void {
    let ofObject = this.#ofObjects.get(object);
    if (ofObject === undefined) this.#ofObjects.set(object, (ofObject = new Map<string, Kept>()));
    const revision = this.#objects.revision(object.ref.value);
    ofObject.delete(key);
    ofObject.set(key, { revision, nanoseconds: this.#clock.nowNanoseconds(), written });
    const [oldest] = ofObject.keys();
    if (ofObject.size > MAX_OF_OBJECT && oldest !== undefined) ofObject.delete(oldest);
  }
}

/** A text that was put together of hundreds of pieces stays so many until it is sent, each time anew. */
const inOnePiece = (text: string) => Buffer.from(text).toString();
