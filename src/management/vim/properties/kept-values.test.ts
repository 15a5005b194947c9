// KeptValues: what is read once for how long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '#lib';
import type { Kind, ManagedObject } from '../model/managed.ts';
import { Objects } from '../model/objects.ts';
import { moRef } from '../model/value.ts';
import { ValueWriter } from '../soap/write-value.ts';
import { loadTypeTable } from '../table/type-table.ts';
import { KeptValues } from './kept-values.ts';

test('KeptValues: for two seconds; of what is steady until it says that it has changed', () => {
  const clock = new ManualClock();
  const objects = new Objects();
  const kept = new KeptValues(objects, clock);
  const writer = new ValueWriter(loadTypeTable(), 1);
  const self = { isOff: false };
  const kind: Kind = {
    name: 'VirtualMachine',
    property: () => undefined,
    method: () => undefined,
    kept: new Set(['name']),
    isSteady: (given) => given === self && self.isOff,
    propertyNames: [],
    methodNames: [],
  };
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
