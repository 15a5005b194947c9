/** The properties of an object as a client sees them now: those that are set, and those that it may not see. */

import type { Look } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { ManagedObject } from '../model/managed.ts';
import type { VimFault } from '../model/value.ts';
import type { TypeTable } from '../table/type-table.ts';
import type { DynamicProperty, MissingProperty, ObjectContent } from '../table/vim25.d.ts';
import { readPath, statedValue } from './property-path.ts';
import type { Selected } from './selection.ts';

/** What it takes to read a property that names no privilege. */
const READING = 'System.Read';

/** NoPermission when it may not be read. */
export function readRefusal(
  table: TypeTable,
  object: ManagedObject,
  path: string,
  look: Look,
): VimFault | undefined {
  const name = /^\w+/.exec(path)?.[0] ?? '';
  const privilege = table.managed(object.kind.name)?.properties.get(name)?.privilege ?? READING;
  if (privilege === 'System.Anonymous' || look.allows(privilege, object.ref)) return undefined;
  return FAULTS.noPermission(object.ref, privilege);
}

export function contentOf(table: TypeTable, { object, paths }: Selected, look: Look): ObjectContent {
  const propSet: DynamicProperty[] = [];
  const missingSet: MissingProperty[] = [];
  for (const path of paths) {
    const refusal = readRefusal(table, object, path, look);
    if (refusal !== undefined) {
      missingSet.push({ path, fault: refusal.localized });
      continue;
    }
    const found = readPath(table, object, path, look);
    if (found !== undefined) propSet.push({ name: path, val: statedValue(found) });
  }
  return {
    obj: object.ref,
    ...(propSet.length > 0 && { propSet }),
    ...(missingSet.length > 0 && { missingSet }),
  };
}
