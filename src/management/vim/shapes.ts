/** For tests: values of the table's types as XML, right and wrong ones. */
import type { Random } from '#lib';
import type { Field } from './table/type-table.ts';
import { TABLE } from './testing.ts';

/** Chance decides; what is optional comes seldom, what is needed is missing seldom. */
export class Shapes {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  #one<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.#random.below(choices.length)] as T;
  }

  element(field: Pick<Field, 'name' | 'type' | 'kind' | 'isArray'>, depth: number): string {
    const count = field.isArray ? this.#random.below(3) : 1;
    return Array.from({ length: count }, () => this.#value(field, depth)).join('');
  }

  fields(fields: readonly Field[], depth: number): string {
    const isRight = this.#random.below(3) > 0;
    return fields
      .filter(({ isOptional }) =>
        isOptional ? this.#random.below(4) === 0 && depth < 6 : isRight || this.#random.below(5) > 0,
      )
      .map((field) => this.element(field, depth + 1))
      .join('');
  }

  #value({ name, type, kind }: Pick<Field, 'name' | 'type' | 'kind'>, depth: number): string {
    if (this.#random.below(12) === 0)
      return `<${name}>${this.#one('', '-1', 'x', '<y/>', '99999999999999999999', '..', '../../etc')}</${name}>`;
    if (kind === 'reference')
      return `<${name} type="${type}">${this.#one('ha-host', 'ha-folder-root', 'ha-folder-vm', '42', '', 'ha-datastore-datastore1')}</${name}>`;
    if (kind === 'enum')
      return `<${name}>${this.#one(...([...(TABLE.enumeration(type) ?? [])] as [string]), 'nothing')}</${name}>`;
    if (kind === 'data') return this.#data(name, type, depth);
    return `<${name}${type === 'anyType' ? ' xsi:type="xsd:string"' : ''}>${this.#simple(type)}</${name}>`;
  }

  #data(name: string, type: string, depth: number): string {
    const data = TABLE.data(type);
    const inner = data === undefined || depth > 8 ? '' : this.fields(data.fields, depth);
    return `<${name} xsi:type="${type}">${inner}</${name}>`;
  }

  #simple(type: string): string {
    if (type === 'boolean') return this.#one('true', 'false', '1', '0');
    if (type === 'dateTime') return this.#one('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456Z', 'now');
    if (type === 'base64Binary') return this.#one('AAAA', '!');
    if (type === 'string' || type === 'anyType')
      return this.#one(
        '',
        'root',
        'datastore1',
        '[nowhere] x/x.vmx',
        '[datastore1] ../outside',
        '[datastore1] web/web.vmx',
        '[datastore1]',
        'name',
        'a/b',
        'a'.repeat(300),
        '&#xE9;',
        'info.state',
        'HostSystem',
      );
    return this.#one('0', '1', '-1', '2147483647', '-2147483648', '7');
  }
}
