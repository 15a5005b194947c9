// KeptValues and ContentReader: what is read once for how long, and who gets it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '#lib';
import type { Kind, ManagedObject } from '../model/managed.ts';
import { Objects } from '../model/objects.ts';
import { moRef } from '../model/value.ts';
import { ValueWriter } from '../soap/write-value.ts';
import { loadTypeTable } from '../table/type-table.ts';
import { ContentReader } from './content.ts';
import { KeptValues } from './kept-values.ts';

const kindOf = (rows: Pick<Kind, 'property' | 'isSteady'>): Kind => ({
  ...{ name: 'VirtualMachine', kept: new Set(['name']), method: () => undefined },
  ...{ propertyNames: [], methodNames: [], ...rows },
});

test('KeptValues: for two seconds; of what is steady until it says that it has changed', () => {
  const clock = new ManualClock();
  const objects = new Objects();
  const kept = new KeptValues(objects, clock);
  const writer = new ValueWriter(loadTypeTable(), 1);
  const self = { isOff: false };
  const kind = kindOf({
    property: () => undefined,
    isSteady: (given) => given === self && self.isOff,
  });
  const object: ManagedObject = { ref: moRef('VirtualMachine', '1'), kind, self, owner: undefined };
  objects.add(object);
  let reads = 0;
  const look = (seconds: number) => {
    clock.advance(BigInt(seconds) * 1_000_000_000n);
    const declared = { type: 'string', kind: 'simple', isArray: false } as const;
    kept.get(object, 'name', writer, () => ({ declared, value: `read ${++reads}` }));
    return reads;
  };
  assert.deepEqual([look(0), look(1), look(1)], [1, 1, 2], 'two seconds');
  self.isOff = true;
  assert.deepEqual([look(60), look(3600)], [2, 2], 'as long as it is steady');
  objects.changed('1');
  assert.deepEqual([look(0), look(60)], [3, 3], 'it has changed');
  self.isOff = false;
  assert.deepEqual([look(0), look(1)], [4, 4], 'it is steady no more');
});

test('ContentReader: what is kept is what would be read, until a change, for who may read it, in each version', () => {
  const objects = new Objects();
  const table = loadTypeTable();
  const vim = { table, kept: new KeptValues(objects, new ManualClock()) };
  let name = 'a <b>';
  const kind = kindOf({ property: () => () => name, isSteady: () => true });
  const object = objects.add({ ref: moRef('VirtualMachine', '1'), kind, self: {}, owner: undefined });
  const read = (paths: readonly string[], { isAllowed = true, version = 1 } = {}) => {
    const writer = new ValueWriter(table, version);
    const look = { objects, session: undefined, allows: () => isAllowed };
    const content = new ContentReader(vim, look, writer).read({ object, paths });
    return writer.element('objects', { type: 'ObjectContent', kind: 'data', isArray: false }, content);
  };
  const obj = '<obj type="VirtualMachine">1</obj>';
  const told = `<objects>${obj}<propSet><name>name</name><val xsi:type="xsd:string">a &lt;b&gt;</val></propSet></objects>`;
  assert.equal(read(['name']), told);
  name = 'other';
  assert.equal(read(['name']), told, 'nobody said that it has changed');
  assert.match(read(['name'], { version: 2 }), />other</, 'not kept for this version');
  assert.equal(read([]), `<objects>${obj}</objects>`);
  assert.match(read(['name'], { isAllowed: false }), /^<objects>.*<missingSet>.*NoPermission/);
  objects.changed('1');
  assert.match(read(['name']), />other</);
});
