// Names behind addresses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemMap } from './system-map.ts';

const MAP = `ffffffff80000000 T _start
ffffffff80002000 t helper
ffffffff80001000 T start_kernel
ffffffff80001800 D data
nonsense
`;

test('systemMap: the last function at or below an address, with the distance', () => {
  const lookup = systemMap(MAP);
  assert.equal(lookup(0xffff_ffff_8000_0000n), '_start+0x0');
  assert.equal(lookup(0xffff_ffff_8000_1fffn), 'start_kernel+0xfff');
  assert.equal(lookup(0xffff_ffff_8000_2010n), 'helper+0x10');
});

test('systemMap: nothing below the first, nothing in an empty file', () => {
  assert.equal(systemMap(MAP)(0x8000_0000n), undefined);
  assert.equal(systemMap('')(5n), undefined);
});
