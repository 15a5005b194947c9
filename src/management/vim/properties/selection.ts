/** Which objects a PropertyFilterSpec selects, and which paths of each: the walk along its traversal specs. Source: vSphere Web Services SDK, "Property Collector". */

import { HostError } from '#lib';
import type { Look } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { ManagedObject } from '../model/managed.ts';
import { isMoRef, type MoRef, type VimFault } from '../model/value.ts';
import type { TypeTable } from '../table/type-table.ts';
import type { Version } from '../table/version.ts';
import type { PropertyFilterSpec, SelectionSpec, TraversalSpec } from '../table/vim25.d.ts';
import { isPathOf, readPath } from './property-path.ts';

/** An object on the way, whether it is left out, and where it leads. */
type Step = [object: ManagedObject, skip: boolean, selectSet: readonly SelectionSpec[]];

/** Visits of one walk: more than any inventory needs, few enough to end soon. */
const MAX_VISITS = 2_000_000;

export interface Selected {
  readonly object: ManagedObject;
  readonly paths: readonly string[];
}

export interface Selection {
  readonly selected: ReadonlyMap<string, Selected>;
  /** The ids of objects whose properties led to others. */
  readonly passed: ReadonlySet<string>;
}

/** What is wrong with a spec: types that nobody knows, paths that its types do not have. */
export function specTrouble(
  table: TypeTable,
  spec: PropertyFilterSpec,
  version: Version,
): VimFault | undefined {
  for (const { type, pathSet = [] } of spec.propSet) {
    if (table.managed(type) === undefined) return FAULTS.invalidType(type);
    const wrong = pathSet.find((path) => !isPathOf(table, type, path, version));
    if (wrong !== undefined) return FAULTS.invalidProperty(wrong);
  }
  for (const traversal of traversals(spec).all) {
    if (table.managed(traversal.type) === undefined) return FAULTS.invalidType(traversal.type);
    if (!isPathOf(table, traversal.type, traversal.path, version))
      return FAULTS.invalidProperty(traversal.path);
  }
  return undefined;
}

export function select(table: TypeTable, spec: PropertyFilterSpec, look: Look): Selection | VimFault {
  return new Walk(table, spec, look).run();
}

/** All traversal specs of a spec, and those that have names. */
function traversals(spec: PropertyFilterSpec): { all: TraversalSpec[]; named: Map<string, TraversalSpec> } {
  const all: TraversalSpec[] = [];
  const named = new Map<string, TraversalSpec>();
  const gather = (specs: readonly SelectionSpec[] | undefined): void => {
    for (const each of specs ?? []) {
      if (!isTraversal(each)) continue;
      all.push(each);
      if (each.name !== undefined && each.name !== '') named.set(each.name, each);
      gather(each.selectSet);
    }
  };
  for (const { selectSet } of spec.objectSet) gather(selectSet);
  return { all, named };
}

function isTraversal(spec: SelectionSpec): spec is TraversalSpec {
  return spec._type === 'TraversalSpec';
}

class Walk {
  readonly #table: TypeTable;
  readonly #spec: PropertyFilterSpec;
  readonly #look: Look;
  readonly #named: ReadonlyMap<string, TraversalSpec>;
  readonly #selected = new Map<string, Selected>();
  readonly #passed = new Set<string>();
  /** By object, the selection sets that it was met with. */
  readonly #met = new Map<string, Set<readonly SelectionSpec[]>>();
  readonly #pathsOfType = new Map<string, readonly string[] | undefined>();
  #visits = 0;

  constructor(table: TypeTable, spec: PropertyFilterSpec, look: Look) {
    this.#table = table;
    this.#spec = spec;
    this.#look = look;
    this.#named = traversals(spec).named;
  }

  run(): Selection | VimFault {
    for (const { obj, skip, selectSet = [] } of this.#spec.objectSet) {
      const object = this.#find(obj);
      if (object === undefined) {
        if (this.#spec.reportMissingObjectsInResults === true) continue;
        return FAULTS.objectNotFound(obj);
      }
      const queue: Step[] = [[object, skip ?? false, selectSet]];
      // Depth first, in the order of the properties: the order in which clients see objects.
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (++this.#visits > MAX_VISITS) return FAULTS.invalidRequest('The traversal does not end');
        const steps = this.#visit(...next);
        if (steps.length > 0) queue.push(...steps.toReversed());
      }
    }
    return { selected: this.#selected, passed: this.#passed };
  }

  #find({ value }: MoRef): ManagedObject | undefined {
    const object = this.#look.objects.get(value);
    if (object === undefined) return undefined;
    if (object.owner !== undefined && object.owner !== this.#look.session?.key) return undefined;
    return object;
  }

  #visit(object: ManagedObject, skip: boolean, selectSet: readonly SelectionSpec[]): Step[] {
    if (!this.#look.allows('System.View', object.ref)) return NOWHERE;
    const id = object.ref.value;
    if (!skip && !this.#selected.has(id)) {
      const paths = this.#pathsOf(object);
      if (paths !== undefined) this.#selected.set(id, { object, paths });
    }
    if (selectSet.length === 0) return NOWHERE;
    const met = this.#met.get(id) ?? new Set();
    this.#met.set(id, met);
    if (met.has(selectSet)) return NOWHERE;
    met.add(selectSet);
    return selectSet.flatMap((each) => this.#follow(object, each));
  }

  #follow(object: ManagedObject, spec: SelectionSpec): Step[] {
    const traversal = isTraversal(spec) ? spec : this.#named.get(spec.name ?? '');
    if (traversal === undefined || !this.#table.isA(object.kind.name, traversal.type)) return [];
    this.#passed.add(object.ref.value);
    const value = this.#valueAt(object, traversal.path);
    const refs: readonly unknown[] = Array.isArray(value) ? value : [value];
    const steps: Step[] = [];
    for (const ref of refs) {
      const next = isMoRef(ref) ? this.#find(ref) : undefined;
      if (next !== undefined) steps.push([next, traversal.skip ?? false, traversal.selectSet ?? NONE]);
    }
    return steps;
  }

  /** What cannot be read leads nowhere; the others of the walk are seen. */
  #valueAt(object: ManagedObject, path: string): unknown {
    try {
      return readPath(this.#table, object, path, this.#look)?.value;
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  }

  /** Undefined when no property spec is for this type. */
  #pathsOf({ kind }: ManagedObject): readonly string[] | undefined {
    if (this.#pathsOfType.has(kind.name)) return this.#pathsOfType.get(kind.name);
    const specs = this.#spec.propSet.filter(({ type }) => this.#table.isA(kind.name, type));
    const paths = specs.flatMap(({ all, pathSet }) => (all === true ? kind.propertyNames : (pathSet ?? [])));
    const found = specs.length === 0 ? undefined : [...new Set(paths)];
    this.#pathsOfType.set(kind.name, found);
    return found;
  }
}

const NONE: readonly SelectionSpec[] = [];
const NOWHERE: Step[] = [];
