// The rows against the table, and every method with every shape of arguments: a VIM answer each time, and no privilege skipped.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { apiCoveragePage } from './coverage.ts';
import { ASKED } from './model/managed.ts';
import { KINDS } from './objects/kinds.ts';
import { Shapes } from './shapes.ts';
import type { Field, Method } from './table/type-table.ts';
import { TABLE, type TestClient, TestVim } from './testing.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const RUNS_PER_METHOD = 6;
const DAMAGED_RUNS = 2000;

test('docs/api-coverage.md is what tools/api-coverage.ts prints', () => {
  assert.equal(readFileSync(join(ROOT, 'docs/api-coverage.md'), 'utf8'), apiCoveragePage());
});

test('every row is of the table; where the table leaves the privilege open, the row has it', () => {
  for (const kind of KINDS) {
    const type = TABLE.managed(kind.name);
    assert.ok(type !== undefined, kind.name);
    for (const name of kind.propertyNames) assert.ok(type.properties.has(name), `${kind.name}.${name}`);
    for (const name of kind.methodNames) {
      const method = type.methods.get(name);
      assert.ok(method !== undefined, `${kind.name}.${name}`);
      const own = kind.method(name)?.privilege;
      assert.ok(method.privilege !== undefined || own !== undefined, `${kind.name}.${name}: no privilege`);
    }
  }
});

test('every object of a host has its type in KINDS', async () => {
  const vim = await TestVim.make();
  const known = new Set(KINDS.map(({ name }) => name));
  for (const name of TABLE.managedNames)
    for (const { ref } of vim.service.objects.ofType(name)) assert.ok(known.has(ref.type), ref.type);
});

/** Ends waits at once: nobody is there. */
const GONE = AbortSignal.abort();
/** They would end the sessions that the test runs with. */
const NOT_CALLED = new Set(['Logout', 'RemoveUser']);

async function isAnswered(
  client: TestClient,
  object: string,
  method: Method,
  args: string,
): Promise<string | undefined> {
  const answer = await client.call(object, method.name, args, GONE);
  if (answer.fault === undefined) return undefined;
  assert.ok(
    TABLE.data(answer.fault) !== undefined,
    `${method.owner}.${method.name}: ${answer.fault} is no fault of the table`,
  );
  return answer.fault;
}

test(`every method of every object, ${RUNS_PER_METHOD} shapes of arguments each: an answer or a fault of the table; nothing fails inside`, async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const shapes = new Shapes(new SeededRandom(6));
  for (const kind of KINDS) {
    for (const { ref } of vim.service.objects.ofType(kind.name)) {
      for (const method of TABLE.managed(kind.name)?.methods.values() ?? []) {
        if (NOT_CALLED.has(method.name)) continue;
        for (let run = 0; run < RUNS_PER_METHOD; run++)
          await isAnswered(client, ref.value, method, shapes.fields(method.params, 0));
      }
    }
  }
  assert.deepEqual(
    vim.lines.filter((line) => line.startsWith('error')),
    [],
  );
});

test('no method skips its privilege: who may do nothing is refused before arguments matter', async () => {
  const vim = await TestVim.make();
  await vim.accounts.createUser({ id: 'bob', password: 'kW5-ruqZo9t' }, 'root');
  const given = [{ principal: 'bob', group: false, roleId: -5, propagate: true }];
  vim.accounts.setEntityPermissions('ha-folder-root', given, 'root');
  const bob = vim.client(vim.session('bob'));
  const shapes = new Shapes(new SeededRandom(7));
  addUntouchable(vim);
  let refused = 0;
  for (const kind of KINDS) {
    for (const { ref } of vim.service.objects.ofType(kind.name)) {
      for (const method of TABLE.managed(kind.name)?.methods.values() ?? []) {
        const privilege = kind.method(method.name)?.privilege ?? method.privilege ?? 'System.Read';
        const isOpen =
          privilege === 'System.Anonymous' ||
          privilege === ASKED ||
          (privilege === 'System.View' && !TABLE.isA(kind.name, 'ManagedEntity'));
        if (isOpen || NOT_CALLED.has(method.name)) continue;
        for (let run = 0; run < 3; run++) {
          const fault = await isAnswered(
            bob,
            ref.value,
            method,
            run === 0 ? whole(method) : shapes.fields(method.params, 0),
          );
          const wanted = run === 0 ? ['NoPermission'] : ['NoPermission', 'InvalidRequest', 'InvalidArgument'];
          assert.ok(wanted.includes(fault ?? ''), `${kind.name}.${method.name}: ${fault}`);
        }
        refused++;
      }
    }
  }
  assert.ok(refused > 250, String(refused));
  assert.deepEqual(
    vim.lines.filter((line) => line.startsWith('error')),
    [],
  );
});

/** An object of each type that this host has none of: whoever gets so far as to touch it has skipped the privilege. */
function addUntouchable({ service }: TestVim): void {
  const self = new Proxy({}, { get: (_, name) => assert.fail(`${String(name)} was asked for`) });
  for (const [index, kind] of KINDS.entries()) {
    if (service.objects.ofType(kind.name).length > 0) continue;
    const ref = { type: kind.name, value: String(1000 + index) };
    service.objects.add({ ref, kind, self, owner: undefined });
  }
}

/** Arguments that are right as far as types go. */
function whole({ params }: Method): string {
  const value = ({ name, type, kind, isArray }: Field): string => {
    if (isArray) return '';
    if (kind === 'reference') return `<${name} type="x">ha-host</${name}>`;
    if (kind === 'enum') return `<${name}>${[...(TABLE.enumeration(type) ?? [])][0]}</${name}>`;
    if (kind === 'data')
      return `<${name} xsi:type="${type}">${(TABLE.data(type)?.fields ?? [])
        .filter(({ isOptional }) => !isOptional)
        .map(value)
        .join('')}</${name}>`;
    if (type === 'anyType') return `<${name} xsi:type="xsd:string">x</${name}>`;
    const texts: Record<string, string> = {
      boolean: 'true',
      dateTime: '2026-01-01T00:00:00Z',
      base64Binary: '',
      string: 'x',
    };
    return `<${name}>${texts[type] ?? '1'}</${name}>`;
  };
  return params
    .filter(({ isOptional }) => !isOptional)
    .map(value)
    .join('');
}

test(`${DAMAGED_RUNS} damaged requests: each gets a fault or an answer`, async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const random = new SeededRandom(8);
  const request = `<soapenv:Envelope xmlns:soapenv="s"><soapenv:Header><operationID>1</operationID></soapenv:Header><soapenv:Body><RetrievePropertiesEx xmlns="urn:vim25"><_this type="PropertyCollector">ha-property-collector</_this><specSet><propSet><type>HostSystem</type><all>false</all><pathSet>name</pathSet></propSet><objectSet><obj type="HostSystem">ha-host</obj></objectSet></specSet><options></options></RetrievePropertiesEx></soapenv:Body></soapenv:Envelope>`;
  const words = request.match(/<\/?[\w:]+|[\w-]+|[<>="]/g) ?? [];
  assert.equal((await client.send(request)).fault, undefined);
  for (let run = 0; run < DAMAGED_RUNS; run++) {
    let text = request;
    for (let edits = random.below(3) + 1; edits > 0; edits--) {
      const at = random.below(text.length + 1);
      text =
        text.slice(0, at) + (words[random.below(words.length)] ?? '') + text.slice(at + random.below(12));
    }
    const { fault } = await client.send(text, GONE);
    assert.ok(fault === undefined || TABLE.data(fault) !== undefined, text);
  }
  assert.deepEqual(
    vim.lines.filter((line) => line.startsWith('error')),
    [],
  );
});
