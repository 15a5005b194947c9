/** A client of the VIM API in plain values: calls, properties, tasks; what is sent and understood comes from the table. */
import { HostError } from '#lib';
import { type MoRef, moRef } from '../model/value.ts';
import { ValueReader } from '../soap/read-value.ts';
import { ValueWriter } from '../soap/write-value.ts';
import { isTrouble, parseSoapXml, type XmlNode } from '../soap/xml.ts';
import { loadTypeTable, type Method, type TypeTable } from '../table/type-table.ts';
import type { Managed, ObjectContent, TaskInfo } from '../table/vim25.d.ts';
import type { Transport } from './transport.ts';

export interface VimClientOptions {
  readonly transport: Pick<Transport, 'send'>;
  /** Of the session; undefined before the login. */
  readonly cookie?: string | undefined;
  readonly table?: TypeTable;
}

const COOKIE = /^vmware_soap_session="?([^";]*)"?/;
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
const TAIL = '</soapenv:Body></soapenv:Envelope>';
const COLLECTOR = moRef('PropertyCollector', 'ha-property-collector');

type Methods<Type extends keyof Managed> = Managed[Type]['methods'];

/** An object with the properties that were asked for. */
export interface Read {
  readonly ref: MoRef;
  readonly values: Readonly<Record<string, unknown>>;
}

export class VimClient {
  cookie: string | undefined;
  readonly #transport: Pick<Transport, 'send'>;
  readonly #table: TypeTable;
  readonly #writer: ValueWriter;

  constructor({ transport, cookie, table = loadTypeTable() }: VimClientOptions) {
    this.#transport = transport;
    this.cookie = cookie;
    this.#table = table;
    this.#writer = new ValueWriter(table, table.versions.newest);
  }

  /** @throws HostError: `host-refused` with the fault's text, `host-absent` */
  async call<Type extends keyof Managed, Name extends keyof Methods<Type> & string>(
    type: Type,
    object: string,
    name: Name,
    args: Methods<Type>[Name] extends { args: infer Args } ? Args : never,
  ): Promise<Methods<Type>[Name] extends { result: infer Result } ? Result : never> {
    type Result = Methods<Type>[Name] extends { result: infer R } ? R : never;
    const method = this.#table.managed(type)?.methods.get(name);
    if (method === undefined) throw new TypeError(`${type} has no method ${name}`);
    return this.#result(method, await this.#send(method, moRef(type, object), args as object)) as Result;
  }

  /** The properties of all objects of a type in the inventory, or of one object. */
  async read(type: keyof Managed, paths: readonly string[], object?: string): Promise<Read[]> {
    const view =
      object === undefined
        ? await this.call('ViewManager', 'ViewManager', 'CreateContainerView', {
            container: moRef('Folder', 'ha-folder-root'),
            type: [type],
            recursive: true,
          })
        : undefined;
    const select = { _type: 'TraversalSpec', type: 'ContainerView', path: 'view', skip: false };
    const start = view ?? moRef(type, object ?? '');
    const objectSet = [
      { obj: start, skip: view !== undefined, ...(view !== undefined && { selectSet: [select] }) },
    ];
    const specSet = [{ propSet: [{ type, pathSet: paths }], objectSet }];
    const found = await this.call('PropertyCollector', COLLECTOR.value, 'RetrieveProperties', { specSet });
    if (view !== undefined) await this.call('ContainerView', view.value, 'DestroyView', {});
    return (found ?? []).map(values);
  }

  /** Waits for a task. Resolves to its result. @throws HostError with its fault's text */
  async finish(task: MoRef): Promise<unknown> {
    return await this.until(task, ['info'], (values) => {
      const { state, result, error } = (values['info'] ?? {}) as Partial<TaskInfo>;
      if (state === 'success') return { result };
      if (state === 'error')
        throw new HostError('host-refused', { message: error?.localizedMessage ?? 'The task failed' });
      return undefined;
    }).then(({ result }) => result);
  }

  /** Waits until something can be made of an object's properties. @throws HostError, and what `make` throws */
  async until<T>(
    object: MoRef,
    paths: readonly string[],
    make: (values: Readonly<Record<string, unknown>>) => T | undefined,
  ): Promise<T> {
    const collector = await this.call('PropertyCollector', COLLECTOR.value, 'CreatePropertyCollector', {});
    const propSet = [{ type: object.type, pathSet: paths }];
    const spec = { propSet, objectSet: [{ obj: object }] };
    await this.call('PropertyCollector', collector.value, 'CreateFilter', { spec, partialUpdates: false });
    try {
      const known: Record<string, unknown> = {};
      for (let version = ''; ; ) {
        const set = await this.call('PropertyCollector', collector.value, 'WaitForUpdatesEx', { version });
        version = set?.version ?? version;
        const changes = set?.filterSet?.flatMap(({ objectSet }) => objectSet ?? []) ?? [];
        for (const { name, val } of changes.flatMap(({ changeSet = [] }) => changeSet)) known[name] = val;
        const made = make(known);
        if (made !== undefined) return made;
      }
    } finally {
      await this.call('PropertyCollector', collector.value, 'DestroyPropertyCollector', {});
    }
  }

  async #send(method: Method, self: MoRef, args: object): Promise<XmlNode> {
    const given = args as Readonly<Record<string, unknown>>;
    const params = method.params.map((field) => this.#writer.element(field.name, field, given[field.name]));
    const target = this.#writer.element(
      '_this',
      { type: self.type, kind: 'reference', isArray: false },
      self,
    );
    const body = `${HEAD}<${method.name} xmlns="urn:vim25">${target}${params.join('')}</${method.name}>${TAIL}`;
    const reply = await this.#transport.send({
      ...{ method: 'POST', path: '/sdk', body },
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"urn:vim25/${this.#table.versions.ids.at(-1)}"`,
        'user-agent': 'vmk',
        ...(this.cookie !== undefined && { cookie: `vmware_soap_session=${this.cookie}` }),
      },
    });
    for (const each of reply.cookies) this.cookie = COOKIE.exec(each)?.[1] || undefined;
    return answerOf(reply.text);
  }

  #result(method: Method, answer: XmlNode): unknown {
    const isTask = method.name.endsWith('_Task');
    const { type, kind, isArray } = method.result;
    const declared = isTask ? ({ type: 'Task', kind: 'reference' } as const) : { type, kind };
    const reader = new ValueReader(this.#table, this.#table.versions.newest);
    const found = answer.children.map((each) => reader.value(each, declared, each.name));
    if (reader.trouble !== undefined) throw strange(reader.trouble.message);
    return isArray && !isTask ? found : found[0];
  }
}

function values({ obj, propSet = [] }: ObjectContent): Read {
  return { ref: obj, values: Object.fromEntries(propSet.map(({ name, val }) => [name, val])) };
}

const strange = (reason: string) =>
  new HostError('host-failed', { message: `The host said what nobody understands: ${reason}` });

/** The element of the answer. @throws HostError with the text of a fault */
function answerOf(text: string): XmlNode {
  const root = parseSoapXml(text);
  if (isTrouble(root)) throw strange(root.reason);
  const answer = root.children.find(({ name }) => name === 'Body')?.children[0];
  if (answer === undefined) throw strange('an empty answer');
  if (answer.name !== 'Fault') return answer;
  const message = answer.children.find(({ name }) => name === 'faultstring')?.text ?? 'The host refused';
  throw new HostError('host-refused', { message });
}
