/** A property filter: what its client was told of each object, and what is different now. */
import type { VimContext } from '../context.ts';
import type { Look } from '../model/call.ts';
import { type MoRef, VimFault } from '../model/value.ts';
import type { ValueWriter } from '../soap/write-value.ts';
import { WrittenValue } from '../soap/written-value.ts';
import type { ObjectUpdate, PropertyChange, PropertyFilterSpec } from '../table/vim25.d.ts';
import { contentOf } from './content.ts';
import { type Selected, select } from './selection.ts';

interface Told {
  readonly ref: MoRef;
  /** Each path's value as it was written. */
  readonly values: Map<string, string>;
}

const ANY = { type: 'anyType', kind: 'simple', isArray: false } as const;

export class PropertyFilterState {
  readonly id: string;
  readonly spec: PropertyFilterSpec;
  readonly partialUpdates: boolean;
  readonly #vim: Pick<VimContext, 'table' | 'kept'>;
  readonly #writer: ValueWriter;
  readonly #told = new Map<string, Told>();
  #selected: ReadonlyMap<string, Selected> = new Map();
  #passed: ReadonlySet<string> = new Set();
  #dirty = new Set<string>();
  /** The objects must be looked for anew. */
  #isMoved = true;

  constructor(
    id: string,
    spec: PropertyFilterSpec,
    partialUpdates: boolean,
    vim: Pick<VimContext, 'table' | 'kept'>,
    writer: ValueWriter,
  ) {
    this.id = id;
    this.spec = spec;
    this.partialUpdates = partialUpdates;
    this.#vim = vim;
    this.#writer = writer;
  }

  /** The client knows nothing any more. */
  reset(): void {
    this.#told.clear();
    this.#isMoved = true;
  }

  /** An object has changed, came or went. Returns whether that may matter. */
  touch(id: string): boolean {
    const isPassed = this.#passed.has(id);
    const isSelected = this.#selected.has(id);
    if (isPassed || (isSelected && this.#isStart(id))) this.#isMoved = true;
    if (isSelected) this.#dirty.add(id);
    return isPassed || isSelected || this.#isMoved;
  }

  #isStart(id: string): boolean {
    return this.spec.objectSet.some(({ obj }) => obj.value === id);
  }

  /** What the client has to be told now. */
  updates(look: Look): ObjectUpdate[] {
    const updates: ObjectUpdate[] = [];
    if (this.#isMoved) {
      const selection = select(this.#vim.table, this.spec, look);
      this.#selected = selection instanceof VimFault ? new Map() : selection.selected;
      this.#passed = selection instanceof VimFault ? new Set() : selection.passed;
      for (const [id, { ref }] of this.#told) {
        if (this.#selected.has(id)) continue;
        this.#told.delete(id);
        updates.push({ kind: 'leave', obj: ref });
      }
      for (const [id, selected] of this.#selected) {
        if (!this.#told.has(id)) updates.push(this.#enter(id, selected, look));
      }
    }
    for (const id of this.#dirty) {
      const selected = this.#selected.get(id);
      const told = this.#told.get(id);
      const update = selected && told && this.#modify(selected, told, look);
      if (update !== undefined) updates.push(update);
    }
    this.#isMoved = false;
    this.#dirty = new Set();
    return updates;
  }

  #enter(id: string, selected: Selected, look: Look): ObjectUpdate {
    const told: Told = { ref: selected.object.ref, values: new Map() };
    this.#told.set(id, told);
    this.#dirty.delete(id);
    const { propSet = [], missingSet } = contentOf(this.#vim, selected, look, this.#writer);
    const changeSet = propSet.map(({ name, val }): PropertyChange => {
      const written = this.#writer.element('val', ANY, val);
      told.values.set(name, written);
      return { name, op: 'assign', val: new WrittenValue(written) };
    });
    return { kind: 'enter', obj: told.ref, changeSet, ...(missingSet && { missingSet }) };
  }

  #modify(selected: Selected, told: Told, look: Look): ObjectUpdate | undefined {
    const { propSet = [], missingSet } = contentOf(this.#vim, selected, look, this.#writer);
    const now = new Map(propSet.map(({ name, val }) => [name, val]));
    const changeSet: PropertyChange[] = [];
    for (const path of selected.paths) {
      const val = now.get(path);
      const written = val === undefined ? undefined : this.#writer.element('val', ANY, val);
      if (written === told.values.get(path)) continue;
      if (written === undefined) told.values.delete(path);
      else told.values.set(path, written);
      const assigned = written !== undefined && { val: new WrittenValue(written) };
      changeSet.push({ name: path, op: 'assign', ...assigned });
    }
    if (changeSet.length === 0) return undefined;
    return { kind: 'modify', obj: told.ref, changeSet, ...(missingSet && { missingSet }) };
  }
}
