/** Values as XML, by the type table alone, and only what the client's version knows. */
import { isMoRef, type MoRef, type TypedValue } from '../model/value.ts';
import type { DataType, Field, TypeTable } from '../table/type-table.ts';
import type { Version } from '../table/version.ts';
import { SIMPLE } from './simple.ts';
import { WrittenContent, WrittenValue } from './written-value.ts';
import { escapeXml } from './xml.ts';

type Declared = Pick<Field, 'type' | 'kind' | 'isArray'>;
type Values = Readonly<Record<string, unknown>>;
const INT_MAX = 2 ** 31 - 1;

export class ValueWriter {
  readonly #table: TypeTable;
  readonly version: Version;
  readonly #fields = new Map<string, readonly Field[]>();

  constructor(table: TypeTable, version: Version) {
    this.#table = table;
    this.version = version;
  }

  /** A value in an element, or each of an array's; nothing for what is unset. */
  element(name: string, declared: Declared, value: unknown): string {
    if (value === undefined || value === null) return '';
    if (!declared.isArray) return this.#one(name, declared, value, false);
    let text = '';
    for (const item of value as readonly unknown[]) text += this.#one(name, declared, item, false);
    return text;
  }

  /** A value whose element says its type, whatever it is: in `val`, and where anything may stand. */
  stated(name: string, declared: Declared, value: unknown): string {
    if (!declared.isArray) return this.#one(name, declared, value, true);
    const { type } = declared;
    const item = declared.kind === 'reference' ? 'ManagedObjectReference' : type;
    const array = `ArrayOf${item[0]?.toUpperCase()}${item.slice(1)}`;
    let text = `<${name} xsi:type="${array}">`;
    for (const each of value as readonly unknown[]) text += this.#one(item, declared, each, true);
    return `${text}</${name}>`;
  }

  #one(name: string, { type, kind }: Declared, value: unknown, isStated: boolean): string {
    if (type === 'anyType') return this.#any(name, value);
    if (kind === 'simple') {
      const written = SIMPLE[type]?.write(value) ?? '';
      const content = typeof value === 'string' ? escapeXml(written) : written;
      return isStated
        ? `<${name} xsi:type="xsd:${type}">${content}</${name}>`
        : `<${name}>${content}</${name}>`;
    }
    if (kind === 'enum')
      return `<${name}${isStated ? ` xsi:type="${type}"` : ''}>${escapeXml(String(value))}</${name}>`;
    if (kind === 'reference') return reference(name, value as MoRef, isStated);
    return this.#data(name, type, value as Values, isStated);
  }

  #data(name: string, declared: string, value: Values, isStated: boolean): string {
    if (value instanceof WrittenContent) return `<${name}>${value.xml}</${name}>`;
    const given = (value['_type'] as string | undefined) ?? declared;
    const known = this.#table.known(given, this.version) as DataType;
    let text = isStated || known.name !== declared ? `<${name} xsi:type="${known.name}">` : `<${name}>`;
    for (const field of this.#fieldsOf(known)) {
      const each = value[field.name];
      if (each !== undefined && each !== null) text += this.element(field.name, field, each);
    }
    return `${text}</${name}>`;
  }

  #any(name: string, value: unknown): string {
    if (value instanceof WrittenValue) return value.xml;
    const { type, kind, plain } = this.#typeOf(value);
    const isArray = Array.isArray(plain);
    return this.stated(name, { type, kind, isArray }, plain);
  }

  /** The type that a value has by itself. */
  #typeOf(value: unknown): { type: string; kind: Field['kind']; plain: unknown } {
    if (Array.isArray(value)) {
      const { type, kind } = value.length === 0 ? SIMPLE_STRING : this.#typeOf(value[0]);
      return { type, kind, plain: value };
    }
    if (isMoRef(value)) return { type: value.type, kind: 'reference', plain: value };
    if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
      return { type: simpleTypeOf(value), kind: 'simple', plain: value };
    const { _type: type = 'DynamicData' } = value as Partial<TypedValue>;
    const array = /^(\w+)\[\]$/.exec(type)?.[1];
    if (array !== undefined)
      return { type: array, kind: this.#table.kindOf(array) ?? 'data', plain: (value as TypedValue).value };
    const kind = this.#table.kindOf(type) ?? 'data';
    return { type, kind, plain: kind === 'data' ? value : (value as TypedValue).value };
  }

  /** What stands in the element of a data object of exactly this type. */
  inner(type: string, value: Values): string {
    let text = '';
    for (const field of this.#fieldsOf(this.#table.known(type, this.version) as DataType))
      text += this.element(field.name, field, value[field.name]);
    return text;
  }

  #fieldsOf(type: DataType): readonly Field[] {
    const known = this.#fields.get(type.name);
    if (known !== undefined) return known;
    const fields = type.fields.filter(({ since }) => since <= this.version);
    this.#fields.set(type.name, fields);
    return fields;
  }
}

const SIMPLE_STRING = { type: 'string', kind: 'simple' } as const;

function reference(name: string, { type, value }: MoRef, isStated: boolean): string {
  const stated = isStated ? ' xsi:type="ManagedObjectReference"' : '';
  return `<${name} type="${escapeXml(type)}"${stated}>${escapeXml(value)}</${name}>`;
}

function simpleTypeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'long';
  if (value instanceof Date) return 'dateTime';
  if (value instanceof Uint8Array) return 'base64Binary';
  if (typeof value !== 'number') return 'string';
  if (!Number.isInteger(value)) return 'double';
  return Math.abs(value) <= INT_MAX ? 'int' : 'long';
}
