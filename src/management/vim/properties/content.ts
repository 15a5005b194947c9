/** The properties of an object as a client sees them now: those that are set, and those that it may not see. */

import { HostError } from '#lib';
import type { VimContext } from '../context.ts';
import type { Look } from '../model/call.ts';
import { FAULTS, hostErrorFault } from '../model/faults.ts';
import type { ManagedObject } from '../model/managed.ts';
import type { VimFault } from '../model/value.ts';
import type { ValueWriter } from '../soap/write-value.ts';
import type { TypeTable } from '../table/type-table.ts';
import type { DynamicProperty, MissingProperty, ObjectContent } from '../table/vim25.d.ts';
import { type Found, readPath, statedValue } from './property-path.ts';
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
  const privilege = privilegeOf(table, object.kind.name, path);
  if (privilege === 'System.Anonymous' || look.allows(privilege, object.ref)) return undefined;
  return FAULTS.noPermission(object.ref, privilege);
}

function privilegeOf(table: TypeTable, type: string, path: string): string {
  const name = /^\w+/.exec(path)?.[0] ?? '';
  return table.managed(type)?.properties.get(name)?.privilege ?? READING;
}

const stated = (found: Found | undefined) => found && statedValue(found);

export function contentOf(
  { table, kept }: Pick<VimContext, 'table' | 'kept'>,
  { object, paths }: Selected,
  look: Look,
  writer: ValueWriter,
): ObjectContent {
  const propSet: DynamicProperty[] = [];
  const missingSet: MissingProperty[] = [];
  for (const path of paths) {
    const refusal = readRefusal(table, object, path, look);
    if (refusal !== undefined) {
      missingSet.push({ path, fault: refusal.localized });
      continue;
    }
    const read = () => readPath(table, object, path, look);
    try {
      const val = object.kind.kept.has(path) ? kept.get(object, path, writer, read) : stated(read());
      if (val !== undefined) propSet.push({ name: path, val });
    } catch (error) {
      // A file that somebody has damaged: what else there is can be seen, of this object and of all others.
      if (!(error instanceof HostError)) throw error;
      missingSet.push({ path, fault: hostErrorFault(error).localized });
    }
  }
  return {
    obj: object.ref,
    ...(propSet.length > 0 && { propSet }),
    ...(missingSet.length > 0 && { missingSet }),
  };
}

/** What is the same for all objects of a type. */
interface OfType {
  readonly privileges: readonly string[];
  /** Names paths and version, where all of it may be kept. */
  readonly key: string | undefined;
}

/** Reads many objects for one answer: of what all of them ask for it finds out once what it takes, and what is kept is not worked out. */
export class ContentReader {
  readonly #vim: Pick<VimContext, 'table' | 'kept'>;
  readonly #look: Look;
  readonly #writer: ValueWriter;
  readonly #ofTypes = new Map<readonly string[], OfType>();

  constructor(vim: Pick<VimContext, 'table' | 'kept'>, look: Look, writer: ValueWriter) {
    this.#vim = vim;
    this.#look = look;
    this.#writer = writer;
  }

  /** Preconditions: one list of paths is of objects of one type. */
  read(selected: Selected): ObjectContent {
    const { object, paths } = selected;
    let ofType = this.#ofTypes.get(paths);
    if (ofType === undefined) this.#ofTypes.set(paths, (ofType = this.#about(selected)));
    const { key, privileges } = ofType;
    const read = () => contentOf(this.#vim, selected, this.#look, this.#writer);
    if (key === undefined || !privileges.every((each) => this.#look.allows(each, object.ref))) return read();
    return this.#vim.kept.content(object, key, this.#writer, read);
  }

  #about({ object: { kind }, paths }: Selected): OfType {
    const { table } = this.#vim;
    const isKept = paths.every((path) => kind.kept.has(path));
    return {
      privileges: [...new Set(paths.map((path) => privilegeOf(table, kind.name, path)))],
      key: isKept ? `${this.#writer.version} ${paths.length} ${paths.join(' ')}` : undefined,
    };
  }
}
