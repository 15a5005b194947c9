// The networks of a package on a host: which port group each one becomes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkChooser } from './vm-package.ts';

test('networkChooser: as it is told, else that of the name, else "VM Network", else the first', () => {
  const chosen = (known: readonly string[], given: readonly string[], name: string) =>
    networkChooser(known, given)(name);
  assert.equal(chosen(['lab', 'VM Network'], [], 'lab'), 'lab');
  assert.equal(chosen(['lab', 'VM Network'], [], 'far'), 'VM Network');
  assert.equal(chosen(['lab', 'attic'], [], 'far'), 'lab', 'a host without "VM Network"');
  assert.equal(chosen(['lab', 'attic'], ['attic'], 'lab'), 'attic');
  assert.equal(chosen(['lab', 'attic'], ['lab', 'far=attic'], 'far'), 'attic');
  assert.throws(() => chosen([], [], 'far'), /no port group that a card on "far" could be plugged into/);
  assert.throws(() => chosen(['lab'], ['far=moon'], 'far'), /there is no port group "moon"/);
  assert.throws(() => chosen(['a', 'b'], ['a', 'b'], 'far'), /only one --net/);
});
