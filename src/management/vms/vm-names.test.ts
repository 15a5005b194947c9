// VmNames: a VM is found by the name that it has now; of two with one name, the other when the first is gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VmNames } from './vm-names.ts';

test('VmNames: found by the name of now; the second of a name when the first is gone or renamed', () => {
  const names = new VmNames<{ name: string }>();
  const first = { name: 'a' };
  const second = { name: 'a' };
  for (const vm of [first, second, first]) names.note(vm);
  assert.equal(names.find('a'), first);
  first.name = 'b';
  names.note(first);
  assert.deepEqual([names.find('a'), names.find('b')], [second, first]);
  names.forget(second);
  names.forget(second);
  assert.deepEqual([names.find('a'), names.find('b')], [undefined, first]);
});
