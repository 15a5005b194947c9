/** Property paths such as `config.hardware.device[4000].key`: taken apart, checked against the table, and followed. Source: vSphere Web Services SDK, "Property Paths". */
import type { Look } from '../model/call.ts';
import type { ManagedObject } from '../model/managed.ts';
import type { TypedValue } from '../model/value.ts';
import type { Field, TypeTable } from '../table/type-table.ts';
import type { Version } from '../table/version.ts';

interface Step {
  readonly name: string;
  readonly key: string | undefined;
}

/** A value with what the table declares of it. */
export interface Found {
  readonly declared: Pick<Field, 'type' | 'kind' | 'isArray'>;
  readonly value: unknown;
}

const MAX_STEPS = 32;
const STEP = /(\w+)(?:\[(?:"([^"\]]*)"|([^\]"]*))\])?(?:\.|$)/y;

/** Undefined for what is no path. */
export function parsePath(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const pattern = new RegExp(STEP);
  while (pattern.lastIndex < path.length) {
    const found = pattern.exec(path);
    if (found === null || steps.length === MAX_STEPS) return undefined;
    steps.push({ name: found[1] as string, key: found[2] ?? found[3] });
  }
  return steps.length === 0 || path.endsWith('.') ? undefined : steps;
}

/** Whether a path can be of an object of this type, as far as declared types tell. */
export function isPathOf(table: TypeTable, type: string, path: string, version: Version): boolean {
  const [first, ...rest] = parsePath(path) ?? [];
  const top = first && table.managed(type)?.properties.get(first.name);
  if (top === undefined || top.since > version) return false;
  let field: Field = top;
  let key = first?.key;
  for (const step of rest) {
    if (field.isArray && key === undefined) return false;
    if (field.type === 'anyType') return true;
    if (field.kind !== 'data') return false;
    const next: Field | undefined = table.data(field.type)?.fields.find(({ name }) => name === step.name);
    if (next === undefined) return table.isKnownBelow(field.type, step.name);
    if (next.since > version) return false;
    field = next;
    key = step.key;
  }
  return true;
}

/** The value at a path now; undefined when it is unset. */
export function readPath(
  table: TypeTable,
  object: ManagedObject,
  path: string,
  look: Look,
): Found | undefined {
  const [first, ...rest] = parsePath(path) ?? [];
  const field = first && table.managed(object.kind.name)?.properties.get(first.name);
  if (first === undefined || field === undefined) return undefined;
  const value = object.kind.property(first.name)?.(object.self, look);
  let found = itemOf({ declared: field, value }, first.key);
  for (const step of rest) {
    if (found === undefined || found.declared.isArray) return undefined;
    found = itemOf(fieldOf(table, found, step.name), step.key);
  }
  return found;
}

function fieldOf(table: TypeTable, { declared, value }: Found, name: string): Found | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const type = (value as Partial<TypedValue>)._type ?? declared.type;
  const field = table.data(type)?.fields.find((each) => each.name === name);
  return field && { declared: field, value: (value as Record<string, unknown>)[name] };
}

/** The item of an array that has this key. */
function itemOf(found: Found | undefined, key: string | undefined): Found | undefined {
  if (found === undefined || found.value === undefined || found.value === null) return undefined;
  if (key === undefined) return found;
  if (!found.declared.isArray) return undefined;
  const value = (found.value as readonly unknown[]).find((item) => String(keyOf(item)) === key);
  return value === undefined ? undefined : { declared: { ...found.declared, isArray: false }, value };
}

function keyOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if ('key' in item) return item.key;
  return 'value' in item ? item.value : undefined;
}

/** A value that says its type, for where anything may stand. */
export function statedValue({ declared, value }: Found): unknown {
  if (declared.type === 'anyType') return value;
  if (declared.isArray) return { _type: `${declared.type}[]`, value };
  if (declared.kind === 'reference') return value;
  if (declared.kind !== 'data') return { _type: declared.type, value };
  const data = value as { readonly _type?: string };
  return data._type === undefined ? { ...data, _type: declared.type } : data;
}
