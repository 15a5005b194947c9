// A dozen VMs with addresses of their own: `vmk net leases` and the list of VMs show them, each answers the host's ping.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestHost } from './host.ts';
import { addressMany } from './many-addresses.ts';

const VMS = 12;

test(`addresses: ${VMS} VMs of a host have one each, shown by the host, and answer its ping`, async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off', '--memory', '2G');
  const { addresses, silent, unlike } = await addressMany(host, VMS, (line) => t.diagnostic(line));
  assert.equal(new Set(addresses.values()).size, VMS);
  assert.deepEqual(silent, []);
  assert.deepEqual(unlike, []);
  const shown = await host.ok('net', 'leases');
  for (const [vm, address] of addresses) assert.match(shown, new RegExp(`^${address} .* ${vm}\\.eth0 `, 'm'));
});
