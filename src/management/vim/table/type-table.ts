/** The type table: what vim25.txt says of a type, read when it is first asked for. */
import { readFileSync } from 'node:fs';
import { type Version, Versions } from './version.ts';

/** Simple types, as the wire names them. */
export const SIMPLE_TYPES = [
  ...['string', 'boolean', 'int', 'long', 'short', 'byte', 'float', 'double', 'dateTime', 'base64Binary'],
  ...['anyType', 'anyURI'],
] as const;

const SIMPLE: ReadonlySet<string> = new Set(SIMPLE_TYPES);

/** What a value of a type is. */
export type TypeKind = 'simple' | 'data' | 'enum' | 'reference';

/** A property of a type, or a parameter of a method. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly kind: TypeKind;
  readonly isArray: boolean;
  readonly isOptional: boolean;
  readonly since: Version;
  /** For properties of managed objects: what it takes to read them; undefined for what the object's reading takes. */
  readonly privilege: string | undefined;
}

export interface DataType {
  readonly name: string;
  readonly parent: string | undefined;
  readonly since: Version;
  /** Its own and its bases', bases first: the order on the wire. */
  readonly fields: readonly Field[];
}

export interface Method {
  readonly name: string;
  /** The type that declares it. */
  readonly owner: string;
  /** The name in ids of tasks: `VirtualMachine.powerOn`. */
  readonly id: string;
  readonly since: Version;
  readonly result: Omit<Field, 'name' | 'since' | 'privilege'>;
  /** Undefined where it depends on the arguments. */
  readonly privilege: string | undefined;
  readonly faults: readonly string[];
  readonly params: readonly Field[];
}

export interface ManagedType {
  readonly name: string;
  readonly parent: string | undefined;
  readonly since: Version;
  /** Its own and its bases'. */
  readonly properties: ReadonlyMap<string, Field>;
  readonly methods: ReadonlyMap<string, Method>;
}

type Letter = 'D' | 'M' | 'E';

export class TypeTable {
  readonly versions: Versions;
  readonly #lines: Readonly<Record<Letter, ReadonlyMap<string, string>>>;
  readonly #methodLines: ReadonlyMap<string, readonly string[]>;
  readonly #data = new Map<string, DataType>();
  readonly #managed = new Map<string, ManagedType>();
  #children: Map<string, string[]> | undefined;
  readonly #enums = new Map<string, ReadonlySet<string>>();

  constructor(text: string) {
    const lines = {
      D: new Map<string, string>(),
      M: new Map<string, string>(),
      E: new Map<string, string>(),
    };
    const methods = new Map<string, string[]>();
    let versions: string[] = [];
    for (const line of text.split('\n')) {
      const [letter, name = ''] = line.split(' ', 2);
      if (letter === 'D' || letter === 'M' || letter === 'E') lines[letter].set(name, line);
      else if (letter === 'C') {
        const owner = name.slice(0, name.indexOf('.'));
        const known = methods.get(owner);
        if (known === undefined) methods.set(owner, [line]);
        else known.push(line);
      } else if (letter === 'V') versions = line.split(' ').slice(1);
    }
    this.versions = new Versions(versions);
    this.#lines = lines;
    this.#methodLines = methods;
  }

  get dataNames(): readonly string[] {
    return [...this.#lines.D.keys()];
  }

  get managedNames(): readonly string[] {
    return [...this.#lines.M.keys()];
  }

  kindOf(type: string): TypeKind | undefined {
    if (SIMPLE.has(type)) return 'simple';
    if (this.#lines.D.has(type)) return 'data';
    if (this.#lines.E.has(type)) return 'enum';
    return this.#lines.M.has(type) || type === 'ManagedObjectReference' ? 'reference' : undefined;
  }

  data(name: string): DataType | undefined {
    return kept(this.#data, name, () => {
      const line = this.#lines.D.get(name);
      if (line === undefined) return undefined;
      const [, , parent = '-', since = '-', ...fields] = line.split(' ');
      const own = this.#place(since);
      const base = this.data(parent)?.fields ?? [];
      return {
        ...{ name, parent: parent === '-' ? undefined : parent, since: own },
        fields: [...base, ...fields.map((each) => this.#field(each, own))],
      };
    });
  }

  managed(name: string): ManagedType | undefined {
    return kept(this.#managed, name, () => {
      const line = this.#lines.M.get(name);
      if (line === undefined) return undefined;
      const [, , parent = '-', since = '-', vmodl = '', ...fields] = line.split(' ');
      const own = this.#place(since);
      const base = this.managed(parent);
      const properties = fields.map((each) => this.#field(each, own));
      const methods = (this.#methodLines.get(name) ?? []).map((each) => this.#method(each, vmodl));
      return {
        ...{ name, parent: base === undefined ? undefined : parent, since: own },
        properties: new Map([
          ...(base?.properties ?? []),
          ...properties.map((each) => [each.name, each] as const),
        ]),
        methods: new Map([...(base?.methods ?? []), ...methods.map((each) => [each.name, each] as const)]),
      };
    });
  }

  enumeration(name: string): ReadonlySet<string> | undefined {
    return kept(this.#enums, name, () => {
      const line = this.#lines.E.get(name);
      return line === undefined ? undefined : new Set(line.split(' ').slice(3));
    });
  }

  /** Whether a data or managed type is another one or descends from it. */
  isA(type: string, base: string): boolean {
    for (
      let at: string | undefined = type;
      at !== undefined;
      at = this.data(at)?.parent ?? this.managed(at)?.parent
    )
      if (at === base) return true;
    return base === 'ManagedObject' && this.#lines.M.has(type);
  }

  /** The nearest type, itself or a base, that a client of this version knows. */
  known(type: string, version: Version): DataType | undefined {
    let at = this.data(type);
    while (at !== undefined && at.since > version) at = this.data(at.parent ?? '');
    return at;
  }

  /** Whether a type that descends from this one has a property of this name. */
  isKnownBelow(type: string, property: string): boolean {
    this.#children ??= this.#childrenOfAll();
    return (this.#children.get(type) ?? []).some(
      (child) =>
        this.data(child)?.fields.some(({ name }) => name === property) || this.isKnownBelow(child, property),
    );
  }

  #childrenOfAll(): Map<string, string[]> {
    const children = new Map<string, string[]>();
    for (const line of this.#lines.D.values()) {
      const [, name = '', parent = ''] = line.split(' ', 3);
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [name]);
      else known.push(name);
    }
    return children;
  }

  #place(since: string): Version {
    return this.versions.place(since);
  }

  /** `name:type[]?@since!privilege` */
  #field(text: string, owner: Version): Field {
    const [, name = '', type = '', array, optional, since, mark, privilege] =
      /^(\w+):(\w+)(\[\])?(\?)?(?:@([\w.-]+?))?(?:(!)([\w.]*))?$/.exec(text) ?? [];
    return {
      ...{ name, type, kind: this.kindOf(type) ?? 'reference' },
      ...{ isArray: array !== undefined, isOptional: optional !== undefined },
      since: since === undefined ? owner : this.#place(since),
      privilege: mark === undefined || privilege === '' ? undefined : privilege,
    };
  }

  #method(line: string, vmodl: string): Method {
    const [, names = '', since = '-', id = '', result = '', privilege = '-', faults = '-', ...params] =
      line.split(' ');
    const mark = names.indexOf('.');
    const own = this.#place(since);
    return {
      ...{ owner: names.slice(0, mark), name: names.slice(mark + 1) },
      id: `${vmodl.replace(/^vim\./, '')}.${id}`,
      since: own,
      result: this.#field(`result:${result}`, own),
      privilege: privilege === '-' ? undefined : privilege,
      faults: faults === '-' ? [] : faults.split(','),
      params: params.map((each) => this.#field(each, own)),
    };
  }
}

function kept<T>(map: Map<string, T>, name: string, make: () => T | undefined): T | undefined {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = make();
  if (made !== undefined) map.set(name, made);
  return made;
}

/** The table that the project brings. */
export function loadTypeTable(): TypeTable {
  return new TypeTable(readFileSync(new URL('./vim25.txt', import.meta.url), 'utf8'));
}
