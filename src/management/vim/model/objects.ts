/** The managed objects of a host: found by id, listed by type, and watched for changes. */
import type { ManagedObject } from './managed.ts';
import type { MoRef } from './value.ts';

/** Hears what changed: an object whose properties are others now, came, or went. */
export type ObjectListener = (id: string, what: 'changed' | 'added' | 'removed') => void;

export class Objects {
  readonly #byId = new Map<string, ManagedObject>();
  readonly #byType = new Map<string, Map<string, ManagedObject>>();
  /** Ids of what sessions have for themselves. */
  readonly #byOwner = new Map<string, Set<string>>();
  readonly #revisions = new Map<string, number>();
  readonly #listeners = new Set<ObjectListener>();

  /** By its id alone: clients name its type by a base sometimes. */
  get(id: string): ManagedObject | undefined {
    return this.#byId.get(id);
  }

  /** Those of exactly this type, oldest first. */
  ofType(type: string): readonly ManagedObject[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  refs(type: string): MoRef[] {
    return this.ofType(type).map(({ ref }) => ref);
  }

  /** The references of those ids that are there. */
  present(...ids: readonly string[]): MoRef[] {
    return ids.flatMap((id) => this.#byId.get(id)?.ref ?? []);
  }

  add(object: ManagedObject): ManagedObject {
    const { type, value } = object.ref;
    if (object.owner !== undefined) this.#own(object.owner, value);
    this.#byId.set(value, object);
    const ofType = this.#byType.get(type) ?? new Map<string, ManagedObject>();
    ofType.set(value, object);
    this.#byType.set(type, ofType);
    this.#tell(value, 'added');
    return object;
  }

  remove(id: string): void {
    const object = this.#byId.get(id);
    if (object === undefined) return;
    this.#byId.delete(id);
    this.#byType.get(object.ref.type)?.delete(id);
    this.#byOwner.get(object.owner ?? '')?.delete(id);
    this.#tell(id, 'removed');
    this.#revisions.delete(id);
  }

  /** Removes what was a session's own. */
  removeOwned(owner: string): void {
    for (const id of this.#byOwner.get(owner) ?? []) this.remove(id);
    this.#byOwner.delete(owner);
  }

  #own(owner: string, id: string): void {
    const owned = this.#byOwner.get(owner) ?? new Set();
    this.#byOwner.set(owner, owned.add(id));
  }

  /** Says that properties of an object are, or may be, others than they were. */
  changed(...ids: readonly string[]): void {
    for (const id of ids) if (this.#byId.has(id)) this.#tell(id, 'changed');
  }

  /** Grows with each change of an object. */
  revision(id: string): number {
    return this.#revisions.get(id) ?? 0;
  }

  /** Returns what ends it. */
  watch(listener: ObjectListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(id: string, what: Parameters<ObjectListener>[1]): void {
    this.#revisions.set(id, this.revision(id) + 1);
    for (const listener of this.#listeners) listener(id, what);
  }
}
