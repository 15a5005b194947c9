/** Fetch: one property of one object. No WSDL has it; pyVmomi 8 reads properties by it. Source: pyVmomi's traffic. */

import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { ManagedObject } from '../model/managed.ts';
import type { VimFault } from '../model/value.ts';
import type { ValueReader } from '../soap/read-value.ts';
import type { ValueWriter } from '../soap/write-value.ts';
import type { XmlNode } from '../soap/xml.ts';
import type { Field, TypeTable } from '../table/type-table.ts';
import { readRefusal } from './content.ts';
import { isPathOf, readPath } from './property-path.ts';

const PROP: Field = {
  ...{ name: 'prop', type: 'string', kind: 'simple', isArray: false, isOptional: false, since: 0 },
  privilege: undefined,
};

/** The `returnval` with its type; nothing for what is unset. */
export function fetchProperty(
  table: TypeTable,
  object: ManagedObject,
  args: readonly XmlNode[],
  reader: ValueReader,
  call: Call,
  writer: ValueWriter,
): string | VimFault {
  const values = reader.fields(args, [PROP], 'method Fetch');
  if (reader.trouble !== undefined) return reader.trouble;
  const path = String(values['prop']);
  if (!isPathOf(table, object.kind.name, path, call.version)) return FAULTS.invalidProperty(path);
  const refusal = readRefusal(table, object, path, call);
  if (refusal !== undefined) return refusal;
  const found = readPath(table, object, path, call);
  return found === undefined ? '' : writer.stated('returnval', found.declared, found.value);
}
