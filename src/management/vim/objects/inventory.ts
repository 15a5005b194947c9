/** The inventory as a tree: what lies directly below an entity, and all that lies below it. */
import type { Look } from '../model/call.ts';
import type { ManagedObject } from '../model/managed.ts';
import { isMoRef } from '../model/value.ts';

/** The properties of each type that lead down. */
// biome-ignore format: a table reads in columns
const DOWN: Readonly<Record<string, readonly string[]>> = {
  Folder:          ['childEntity'],
  Datacenter:      ['vmFolder', 'hostFolder', 'datastoreFolder', 'networkFolder'],
  ComputeResource: ['host', 'resourcePool'],
  HostSystem:      ['vm', 'datastore', 'network'],
  ResourcePool:    ['resourcePool', 'vm'],
};

export function childrenOf(object: ManagedObject, look: Look): ManagedObject[] {
  return (DOWN[object.kind.name] ?? []).flatMap((name) => {
    const value = object.kind.property(name)?.(object.self, look);
    const refs = Array.isArray(value) ? value : [value];
    return refs.flatMap((ref: unknown) => (isMoRef(ref) ? (look.objects.get(ref.value) ?? []) : []));
  });
}

/** All below an entity, each once, those above before those below. */
export function descendantsOf(top: ManagedObject, look: Look): ManagedObject[] {
  const found = new Map<string, ManagedObject>();
  const queue = [...childrenOf(top, look)];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (found.has(next.ref.value)) continue;
    found.set(next.ref.value, next);
    queue.push(...childrenOf(next, look));
  }
  return [...found.values()];
}
