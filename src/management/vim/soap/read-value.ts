/** Values from XML, by the type table alone. */
import { FAULTS } from '../model/faults.ts';
import { type MoRef, moRef, type VimFault } from '../model/value.ts';
import type { Field, TypeTable } from '../table/type-table.ts';
import type { Version } from '../table/version.ts';
import { SIMPLE } from './simple.ts';
import type { XmlNode } from './xml.ts';

type Values = Record<string, unknown>;

/** An attribute by its local name; `xsi:type` has a prefix, a reference's `type` has none. */
export function attributeOf(node: XmlNode, name: string, isPrefixed: boolean): string | undefined {
  return node.attributes.find(([key]) =>
    isPrefixed ? key.endsWith(`:${name}`) && !key.startsWith('xmlns:') : key === name,
  )?.[1];
}

export function readReference(node: XmlNode): MoRef {
  return moRef(attributeOf(node, 'type', false) ?? '', node.text.trim());
}

/** Reads the values of one request; the first trouble that it meets is the request's. */
export class ValueReader {
  trouble: VimFault | undefined;
  readonly #table: TypeTable;
  readonly #version: Version;

  constructor(table: TypeTable, version: Version) {
    this.#table = table;
    this.#version = version;
  }

  /**
   * Elements as the fields of a method or a data object. `owner` is what they are said to belong to; clients from its
   * beginning do not know the fields that came later, so those may be absent whatever the table says.
   */
  fields(
    elements: readonly XmlNode[],
    fields: readonly Field[],
    owner: string,
    path = '',
    begin = Number.POSITIVE_INFINITY,
  ): Values {
    const values: Values = {};
    for (const element of elements) {
      const field = fields.find(({ name }) => name === element.name);
      if (field === undefined || field.since > this.#version) {
        this.#refuse(FAULTS.invalidRequest(`Unexpected element "${element.name}" in ${owner}`));
        return values;
      }
      const value = this.value(element, field, `${path}${field.name}`);
      if (this.trouble !== undefined) return values;
      if (!field.isArray) values[field.name] = value;
      else ((values[field.name] ??= []) as unknown[]).push(value);
    }
    for (const { name, isArray, isOptional, since } of fields) {
      if (values[name] !== undefined || isOptional || since > begin) continue;
      if (isArray) values[name] = [];
      else this.#refuse(FAULTS.invalidRequest(`Required property ${name} is missing from ${owner}`));
    }
    return values;
  }

  /** One value of a declared type. */
  value(element: XmlNode, { type, kind }: Pick<Field, 'type' | 'kind'>, path: string): unknown {
    if (attributeOf(element, 'nil', true) === 'true') return undefined;
    if (kind === 'reference') return this.#reference(element, path);
    const stated = attributeOf(element, 'type', true)?.replace(/^[^:]*:/, '');
    if (type === 'anyType') return this.#any(element, stated, path);
    if (kind === 'simple') return this.#simple(element, type, path);
    if (kind === 'enum') return this.#enumerated(element, type, path);
    return this.#data(element, type, stated ?? type, path);
  }

  #refuse(trouble: VimFault): undefined {
    this.trouble ??= trouble;
    return undefined;
  }

  #reference(element: XmlNode, path: string): MoRef | undefined {
    if (element.children.length > 0) return this.#refuse(FAULTS.invalidArgument(path, 'it is no reference'));
    return readReference(element);
  }

  #simple(element: XmlNode, type: string, path: string): unknown {
    const value = element.children.length > 0 ? undefined : SIMPLE[type]?.read(element.text);
    return value ?? this.#refuse(FAULTS.invalidArgument(path, `it is no ${type}`));
  }

  #enumerated(element: XmlNode, type: string, path: string): string | undefined {
    const value = element.text.trim();
    if (element.children.length === 0 && this.#table.enumeration(type)?.has(value)) return value;
    return this.#refuse(FAULTS.invalidArgument(path, `it is no ${type}`));
  }

  #data(element: XmlNode, declared: string, actual: string, path: string): unknown {
    const found = this.#table.data(actual);
    if (found === undefined || !this.#table.isA(actual, declared))
      return this.#refuse(FAULTS.invalidRequest(`${path} cannot be of type "${actual}"`));
    if (element.children.length === 0 && element.text.trim() !== '')
      return this.#refuse(FAULTS.invalidRequest(`${path} has text where ${actual} has properties`));
    const owner = `data object of type ${actual}`;
    const values = this.fields(element.children, found.fields, owner, `${path}.`, found.since);
    values['_type'] = actual;
    return values;
  }

  /** The type is what the element says. */
  #any(element: XmlNode, stated: string | undefined, path: string): unknown {
    if (stated === undefined) return this.#refuse(FAULTS.invalidRequest(`${path} does not say its type`));
    const items = /^ArrayOf(\w+)$/.exec(stated)?.[1];
    if (items !== undefined) return this.#array(element, items, path);
    const kind = this.#table.kindOf(stated);
    if (kind === undefined || stated === 'anyType')
      return this.#refuse(FAULTS.invalidRequest(`${path} is of the unknown type "${stated}"`));
    return this.value(element, { type: stated, kind }, path);
  }

  #array(element: XmlNode, items: string, path: string): unknown {
    const type = this.#table.kindOf(items) === undefined ? items[0]?.toLowerCase() + items.slice(1) : items;
    const kind = this.#table.kindOf(type);
    if (kind === undefined)
      return this.#refuse(FAULTS.invalidRequest(`${path} is an array of an unknown type`));
    return element.children.map((child) => this.value(child, { type, kind }, path));
  }
}
