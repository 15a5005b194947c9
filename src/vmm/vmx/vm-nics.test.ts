// The ethernetN.* keys: read as they are written, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNics, type VmNic, writeNics } from './vm-nics.ts';
import { Vmx } from './vmx.ts';

const NICS: readonly VmNic[] = [
  {
    index: 0,
    networkName: 'VM Network',
    addressType: 'generated',
    address: '00:0c:29:01:02:03',
    startConnected: true,
  },
  {
    index: 1,
    networkName: 'lab',
    addressType: 'static',
    address: '00:50:56:3f:ff:ff',
    startConnected: false,
  },
  { index: 9, networkName: '', addressType: 'vpx', address: '', startConnected: true },
];

test('writeNics, readNics: they are inverse; other keys of a card stay', () => {
  const vmx = Vmx.of([
    ['ethernet0.virtualDev', 'vmxnet3'],
    ['ethernet4.present', 'TRUE'],
  ]);
  writeNics(vmx, NICS);
  assert.deepEqual(readNics(vmx), NICS);
  assert.equal(vmx.get('ethernet0.virtualDev'), 'vmxnet3');
  assert.equal(vmx.get('ethernet4.present'), undefined);
});

test('readNics: names the key that holds what it may not', () => {
  for (const [key, value, also] of [
    ['addressType', 'magic', ''],
    ['address', '', 'static'],
    ['address', '01:50:56:40:00:00', 'static'],
    ['generatedAddress', '01:0c:29:00:00:00', 'generated'],
    ['generatedAddress', 'nonsense', 'vpx'],
  ] as const) {
    const entries: [string, string][] = [
      ['ethernet2.present', 'TRUE'],
      [`ethernet2.${key}`, value],
    ];
    if (also !== '') entries.push(['ethernet2.addressType', also]);
    const problem = readNics(Vmx.of(entries));
    assert.ok('reason' in problem, `${key} = ${value}`);
    assert.equal(problem.key, `ethernet2.${key}`);
  }
});
