// "vmk --host" on pools and networks: what its calls come to on a service of the test, as the local ones do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError } from '#lib';
import type { PoolRow } from '../../calls/pool.ts';
import { Pools } from '../../vms/pools.ts';
import { TABLE, TestVim } from '../testing.ts';
import type { RemoteCall } from './call.ts';
import { NET_CALLS } from './net-calls.ts';
import { POOL_CALLS } from './pool-calls.ts';
import { VimClient } from './vim-client.ts';

async function make() {
  const file = { read: () => undefined, replace() {} };
  const pools = new Pools({ file, host: { set() {}, remove() {} }, members: () => [], warn: () => {} });
  const vim = await TestVim.make({ pools });
  const session = vim.session();
  const transport = {
    async send({ body: document }: { readonly body: string }) {
      const gone = new AbortController().signal;
      const from = { remote: '', userAgent: 'vmk', soapAction: 'urn:vim25/8.0.3.0' };
      const { isFault, body } = await vim.service.answer({ document, session, gone, ...from });
      return { status: isFault ? 500 : 200, text: body, cookies: [] };
    },
  };
  const client = new VimClient({ transport, table: TABLE });
  const call = async (name: string, given: object = {}): Promise<unknown> => {
    const row = { ...POOL_CALLS, ...NET_CALLS }[name] as RemoteCall;
    return await row(client, given as Record<string, unknown>);
  };
  return { vim, pools, call };
}

test('POOL_CALLS: made, changed, listed as the local call lists them, and removed when empty', async () => {
  const { pools, call } = await make();
  const made = {
    name: 'web',
    cpuShares: 'high',
    cpuLimitMhz: 800,
    memReservationMib: 64,
    memExpandable: false,
  };
  await call('pool.create', made);
  await call('pool.create', { name: 'inner', parent: 'web', cpuShares: 1234 });
  const rows = (await call('pool.list')) as PoolRow[];
  const local = pools.all.map((pool) => ({ ...pool, parent: pools.nameOf(pool.parent), vms: [] }));
  assert.deepEqual(rows, local);
  await call('pool.set', { pool: 'inner', name: 'core', memLimitMib: 'unlimited', memShares: 'low' });
  assert.deepEqual([pools.find('core')?.memShares, pools.find('core')?.cpuShares], ['low', 1234]);
  await assert.rejects(call('pool.delete', { pool: 'web' }), /there is something in it/);
  await call('pool.delete', { pool: 'core' });
  await call('pool.delete', { pool: '1' });
  assert.deepEqual(pools.all, []);
  await assert.rejects(call('pool.delete', { pool: 'web' }), HostError);
});

test('NET_CALLS: switches and port groups, with policies that are changed field by field', async () => {
  const { vim, call } = await make();
  const { networks } = vim.host.network;
  const group = (name: string) => networks.switchOf(name).group(name);
  await call('net.switch.add', { switch: 'vSwitch1' });
  await call('net.switch.set', { switch: 'vSwitch1', mtuBytes: 9000, promiscuous: true });
  assert.equal(networks.switch('vSwitch1').mtuBytes, 9000);
  assert.equal(networks.switch('vSwitch1').policies.security.allowPromiscuous, true);
  await call('net.group.add', { switch: 'vSwitch1', group: 'lab', vlan: 12 });
  await call('net.group.set', { group: 'lab', forgedTransmits: true });
  await call('net.group.set', { group: 'lab', macChange: true, averageKbps: 500 });
  assert.equal(group('lab').vlan, 12);
  assert.deepEqual(group('lab').overrides, {
    security: { allowForgedTransmits: true, allowMacChange: true },
    shaping: { averageKbps: 500 },
  });
  await call('net.group.set', { group: 'lab', inherit: ['security'] });
  assert.deepEqual(group('lab').overrides, { shaping: { averageKbps: 500 } });
  const rows = (await call('net.list')) as { name: string; groups: { name: string; vlan: number }[] }[];
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['vSwitch0', 'vSwitch1'],
  );
  assert.deepEqual(rows[1]?.groups, [{ name: 'lab', vlan: 12, ports: 0 }]);
  await assert.rejects(call('net.group.set', { group: 'nowhere' }), /there is no port group "nowhere"/);
  await call('net.group.remove', { group: 'lab' });
  await call('net.switch.remove', { switch: 'vSwitch1' });
  await assert.rejects(call('net.switch.remove', { switch: 'vSwitch1' }), HostError);
});
