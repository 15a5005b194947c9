// Prints the type table of the VIM API, and its types for TypeScript, from a schema: node tools/bootstrap.js tools/vim-table.ts SCHEMA.json
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Prop {
  readonly n: string;
  readonly t: string;
  readonly s: string;
  readonly o?: number;
  /** 1: a link, which is the key of what it names. */
  readonly f?: number;
  readonly priv?: string | null;
}

interface Method {
  readonly n: string;
  readonly s: string;
  readonly params: readonly Prop[];
  readonly ret: string;
  readonly retOpt: boolean;
  readonly priv: string | null;
  readonly faults: readonly string[];
}

interface Data {
  readonly vmodl: string;
  readonly parent: string | null;
  readonly s: string;
  readonly props: readonly Prop[];
}

interface Schema {
  readonly data: Readonly<Record<string, Data>>;
  readonly managed: Readonly<Record<string, Data & { readonly methods: Readonly<Record<string, Method>> }>>;
  readonly enum: Readonly<
    Record<string, { readonly vmodl: string; readonly s: string; readonly values: readonly string[] }>
  >;
}

const LINK = 1;
const TARGET = join(import.meta.dirname, '..', 'src', 'management', 'vim', 'table');
/** Names of simple types as they are on the wire. */
const SIMPLE: Readonly<Record<string, string>> = {
  'vmodl.PropertyPath': 'string',
  'vmodl.TypeName': 'string',
  'vmodl.MethodName': 'string',
  'vmodl.DateTime': 'dateTime',
  'vmodl.Binary': 'base64Binary',
  'vmodl.ManagedObject': 'ManagedObject',
};
/** Other services' types in the same schema. */
const FOREIGN = /^(?:eam|pbm|sms|vslm|vim\.vsan|vim\.cns|vim\.vslm\.vcenter)\b|^vim\.(?:Vsan|vsan)/;
/** What only vCenter has: in the table, since clients may name it, but nothing here is written in terms of it. */
const NOT_TYPED = /^vim\.(?:dvs|cluster|profile|vcha|storageDrs|tenant|alarm|scheduler|action|encryption)\./;
/** The versions of the API, oldest first. Types of other versions belong to other services. */
const VERSIONS =
  '2.0 2.5 2.5u2 2.5u2server 4.0 4.1 5.0 5.1 5.5 6.0 6.5 6.7 6.7.1 6.7.2 6.7.3 6.8.7 6.9.1 7.0.0.0 7.0.0.2 7.0.1.0 7.0.1.1 7.0.2.0 7.0.2.1 7.0.3.0 7.0.3.1 7.0.3.2 8.0.0.0 8.0.0.1 8.0.1.0 8.0.2.0 8.0.3.0'.split(
    ' ',
  );

/**
 * What hosts have for esxcli's clients, and no WSDL tells.
 * Source: the package `internal` of govmomi, whose esxcli uses it.
 */
const HOSTS_OWN: Schema = {
  data: {
    ReflectManagedMethodExecuterSoapArgument: {
      ...{ vmodl: 'vmodl.reflect.ManagedMethodExecuter.SoapArgument', parent: 'DynamicData', s: '4.0' },
      props: [
        { n: 'name', t: 'string', s: '4.0' },
        { n: 'val', t: 'string', s: '4.0' },
      ],
    },
    ReflectManagedMethodExecuterSoapFault: {
      ...{ vmodl: 'vmodl.reflect.ManagedMethodExecuter.SoapFault', parent: 'DynamicData', s: '4.0' },
      props: [
        { n: 'faultMsg', t: 'string', s: '4.0' },
        { n: 'faultDetail', t: 'string', s: '4.0', o: 1 },
      ],
    },
    ReflectManagedMethodExecuterSoapResult: {
      ...{ vmodl: 'vmodl.reflect.ManagedMethodExecuter.SoapResult', parent: 'DynamicData', s: '4.0' },
      props: [
        { n: 'response', t: 'string', s: '4.0', o: 1 },
        { n: 'fault', t: 'ReflectManagedMethodExecuterSoapFault', s: '4.0', o: 1 },
      ],
    },
  },
  managed: {
    ReflectManagedMethodExecuter: {
      ...{ vmodl: 'vmodl.reflect.ManagedMethodExecuter', parent: 'vmodl.ManagedObject', s: '4.0', props: [] },
      methods: {
        ExecuteSoap: {
          ...{ n: 'executeSoap', s: '4.0', ret: 'ReflectManagedMethodExecuterSoapResult', retOpt: true },
          ...{ priv: null, faults: [] },
          params: [
            { n: 'moid', t: 'string', s: '4.0' },
            { n: 'version', t: 'string', s: '4.0' },
            { n: 'method', t: 'string', s: '4.0' },
            { n: 'argument', t: 'ReflectManagedMethodExecuterSoapArgument[]', s: '4.0', o: 1 },
          ],
        },
      },
    },
    InternalDynamicTypeManager: {
      ...{ vmodl: 'vmodl.reflect.DynamicTypeManager', parent: 'vmodl.ManagedObject', s: '4.0', props: [] },
      methods: {},
    },
  },
  enum: {},
};
const HOSTS_OWN_METHODS: Readonly<Record<string, Method>> = {
  RetrieveManagedMethodExecuter: {
    ...{ n: 'retrieveManagedMethodExecuter', s: '4.0', params: [], priv: 'System.Read', faults: [] },
    ...{ ret: 'ReflectManagedMethodExecuter', retOpt: true },
  },
  RetrieveDynamicTypeManager: {
    ...{ n: 'retrieveDynamicTypeManager', s: '4.0', params: [], priv: 'System.Read', faults: [] },
    ...{ ret: 'InternalDynamicTypeManager', retOpt: true },
  },
};

const NOTICE = `# The types of the VIM API 8.0.3: printed by tools/vim-table.ts, not to be edited.
# Interface facts (names, types, order, versions, privileges, faults) as Debian's python3-pyvmomi declares them:
# pyVmomi, Copyright (c) VMware, Inc. and Broadcom, licensed under the Apache License, Version 2.0.
# D type parent since property:type[?][@since] …      a data object; properties in wire order
# M type parent since vmodl property:type[?][@since][!privilege] …   a managed object
# C type.method since vmodl-name result[?] privilege fault,… parameter:type[?][@since] …
# E type since value …
# V versions, oldest first
`;

function main(path: string | undefined): void {
  if (path === undefined) throw new Error('which schema?');
  const schema = ourPart(withHostsOwn(JSON.parse(readFileSync(path, 'utf8')) as Schema));
  writeFileSync(join(TARGET, 'vim25.txt'), NOTICE + tableLines(schema).join('\n') + '\n');
  writeFileSync(join(TARGET, 'vim25.d.ts'), declarations(schema));
}

function withHostsOwn({ data, managed, enum: enums }: Schema): Schema {
  const host = managed['HostSystem'];
  if (host === undefined) throw new Error('the schema has no HostSystem');
  const HostSystem = { ...host, methods: { ...host.methods, ...HOSTS_OWN_METHODS } };
  return {
    data: { ...data, ...HOSTS_OWN.data },
    managed: { ...managed, HostSystem, ...HOSTS_OWN.managed },
    enum: enums,
  };
}

/** The schema without what other services brought. */
function ourPart({ data, managed, enum: enums }: Schema): Schema {
  const isOurs = (entry: Data | Schema['enum'][string] | undefined): boolean => {
    if (entry === undefined) return false;
    const { vmodl, s } = entry;
    if (FOREIGN.test(vmodl) || (s !== '' && !VERSIONS.includes(s))) return false;
    const parent = 'parent' in entry ? entry.parent?.replace(/^vmodl\./, '') : undefined;
    return (
      !parent || /^(?:DataObject|ManagedObject)$/.test(parent) || isOurs(data[parent] ?? managed[parent])
    );
  };
  const known = (type: string) => {
    const name = type.replace(/\[\]$/, '');
    const entry = data[name] ?? managed[name] ?? enums[name];
    return entry === undefined || isOurs(entry);
  };
  const part = <T extends Data | Schema['enum'][string]>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([, entry]) => isOurs(entry)));
  const props = <T extends Data>(all: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(part(all)).map(([name, entry]) => [
        name,
        { ...entry, props: entry.props.filter(({ t, s }) => known(t) && (s === '' || VERSIONS.includes(s))) },
      ]),
    );
  const withMethods = Object.entries(props(managed)).map(([name, entry]) => {
    const methods = Object.entries(entry.methods).filter(
      ([, method]) => known(method.ret) && method.params.every(({ t }) => known(t)),
    );
    return [name, { ...entry, methods: Object.fromEntries(methods) }] as const;
  });
  return localized({ data: props(data), managed: Object.fromEntries(withMethods), enum: part(enums) });
}

/** The facts come from a library that shows faults bare; on the wire data has them in a LocalizedMethodFault. */
function localized({ data, managed, enum: enums }: Schema): Schema {
  const isFault = (type: string): boolean => {
    const parent = data[type]?.parent?.replace(/^vmodl\./, '');
    return type === 'MethodFault' || (parent !== undefined && isFault(parent));
  };
  const change = <T extends Prop>(given: T): T => {
    const prop = given.f === LINK ? { ...given, t: given.t.endsWith('[]') ? 'string[]' : 'string' } : given;
    return isFaultType(prop.t)
      ? { ...prop, t: `LocalizedMethodFault${prop.t.endsWith('[]') ? '[]' : ''}` }
      : prop;
  };
  const isFaultType = (type: string) => {
    const name = type.replace(/\[\]$/, '');
    return name !== 'LocalizedMethodFault' && data[name] !== undefined && isFault(name);
  };
  const changed: Record<string, Data> = Object.fromEntries(
    Object.entries(data).map(([name, entry]) => [name, { ...entry, props: entry.props.map(change) }]),
  );
  const { LocalizedMethodFault: wrapper, MethodFault: fault } = data;
  if (wrapper === undefined || fault === undefined) throw new Error('the schema has no faults');
  changed['LocalizedMethodFault'] = { ...wrapper, parent: 'DynamicData' };
  changed['MethodFault'] = {
    ...fault,
    props: fault.props.filter(({ n }) => n !== 'msg').map(change),
  };
  const objects = Object.entries(managed).map(([name, entry]) => {
    const methods = Object.entries(entry.methods).map(
      ([n, method]) => [n, { ...method, params: method.params.map(change) }] as const,
    );
    return [
      name,
      { ...entry, props: entry.props.map(change), methods: Object.fromEntries(methods) },
    ] as const;
  });
  return { data: changed, managed: Object.fromEntries(objects), enum: enums };
}

function wire(type: string): string {
  const base = type.replace(/\[\]$/, '');
  return (SIMPLE[base] ?? base) + (type.endsWith('[]') ? '[]' : '');
}

/** vmodl's names of versions to the ones on the wire. */
const since = (version: string) => version.replace('_', '.') || '-';

function tableLines({ data, managed, enum: enums }: Schema): string[] {
  const property = (owner: string) => (prop: Prop) => {
    const late = prop.s === owner ? '' : `@${since(prop.s)}`;
    const priv = prop.priv === undefined ? '' : `!${prop.priv ?? ''}`;
    return `${prop.n}:${wire(prop.t)}${prop.o ? '?' : ''}${late}${priv}`;
  };
  const props = (entry: Data) => entry.props.map(property(entry.s));
  const parent = (name: string | null) => (name ?? '-').replace(/^vmodl\./, '');
  return [
    `V ${VERSIONS.join(' ')}`,
    ...Object.entries(data).map(([name, entry]) =>
      ['D', name, parent(entry.parent), since(entry.s), ...props(entry)].join(' '),
    ),
    ...Object.entries(managed).flatMap(([name, entry]) => [
      ['M', name, parent(entry.parent), since(entry.s), entry.vmodl, ...props(entry)].join(' '),
      ...Object.entries(entry.methods).map(([wireName, method]) =>
        [
          ...['C', `${name}.${wireName}`, since(method.s), method.n],
          `${wire(method.ret)}${method.retOpt ? '?' : ''}`,
          method.priv ?? '-',
          method.faults.map((fault) => fault.replace(/^.*\./, '')).join(',') || '-',
          ...method.params.map(property(method.s)),
        ].join(' '),
      ),
    ]),
    ...Object.entries(enums).map(([name, entry]) => ['E', name, since(entry.s), ...entry.values].join(' ')),
  ];
}

const TS_SIMPLE: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  short: 'number',
  byte: 'number',
  long: 'number | bigint',
  float: 'number',
  double: 'number',
  dateTime: 'Date',
  base64Binary: 'Uint8Array',
  anyType: 'unknown',
  void: 'void',
};

/** The types for the compiler: nothing of them is there at run time. */
function declarations(schema: Schema): string {
  const { data, managed, enum: enums } = schema;
  const typeOf = (declared: string): string => {
    const type = wire(declared);
    const base = type.replace(/\[\]$/, '');
    const entry = data[base];
    const typed = entry && (NOT_TYPED.test(entry.vmodl) ? 'DynamicData' : base);
    const name = TS_SIMPLE[base] ?? typed ?? (enums[base] ? `Enum.${base}` : 'MoRef');
    if (!type.endsWith('[]')) return name;
    return name.includes('|') ? `readonly (${name})[]` : `readonly ${name}[]`;
  };
  const field = ({ n, t, o }: Prop) => {
    const type = typeOf(t);
    return o && type !== 'unknown' ? `${n}?: ${type} | undefined;` : `${n}${o ? '?' : ''}: ${type};`;
  };
  const fields = (props: readonly Prop[], indent: string) =>
    props.map((prop) => `${indent}${field(prop)}\n`).join('');
  const line = (name: string): string[] =>
    managed[name] === undefined ? [] : [...line((managed[name].parent ?? '').replace(/^vmodl\./, '')), name];
  const ours = Object.entries(data).filter(([, { vmodl }]) => !NOT_TYPED.test(vmodl));
  const objects = Object.entries(managed).filter(([, { vmodl }]) => !NOT_TYPED.test(vmodl));
  const methodType = ([name, { params, ret, retOpt }]: [string, Method]) => {
    const result = name.endsWith('_Task') ? 'MoRef' : typeOf(ret) + (retOpt ? ' | undefined' : '');
    return `      ${name}: { args: { ${params.map(field).join(' ')} }; result: ${result} };\n`;
  };
  return [
    '/** The types of the VIM API for the compiler: printed by tools/vim-table.ts from the same facts as vim25.txt, whose notice holds here too. */\n',
    '/** A reference to a managed object. */\nexport interface MoRef {\n  readonly type: string;\n  readonly value: string;\n}\n\n',
    '/** Data objects name their type where another one is declared. */\nexport interface DynamicData {\n  readonly _type?: string | undefined;\n}\n\n',
    ...ours
      .filter(([name]) => name !== 'DynamicData' && name !== 'DataObject')
      .map(([name, { parent, props }]) => {
        const base = parent === null || typeOf(parent) === 'MoRef' ? 'DynamicData' : typeOf(parent);
        return `export interface ${name} extends ${base} {\n${fields(props, '  ')}}\n\n`;
      }),
    '/** All data objects by name. */\nexport interface DataTypes {\n',
    ...ours.filter(([name]) => name !== 'DataObject').map(([name]) => `  ${name}: ${name};\n`),
    '}\n\nexport namespace Enum {\n',
    ...Object.entries(enums).map(
      ([name, { values }]) => `  export type ${name} = ${values.map((v) => `'${v}'`).join(' | ')};\n`,
    ),
    '}\n\n/** Managed objects: properties and methods, their bases’ too. */\nexport interface Managed {\n',
    ...objects.map(([name]) => {
      const chain = line(name).map((each) => managed[each] as (typeof managed)[string]);
      const props = chain.flatMap((each) => each.props);
      const methods = new Map(chain.flatMap((each) => Object.entries(each.methods)));
      return `  ${name}: {\n    properties: {\n${fields(props, '      ')}    };\n    methods: {\n${[
        ...methods,
      ]
        .map(methodType)
        .join('')}    };\n  };\n`;
    }),
    '}\n',
  ].join('');
}

main(process.argv[2]);
