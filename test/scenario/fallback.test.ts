// A new image that does not come up: the host leaves it by itself, and goes on with the one before.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { BootState, formatBootCfg, packState, parseBootCfg, unpackState } from '#system';
import { TestHost } from './host.ts';

const INVENTORY = '/etc/vmware/hostd/vmInventory.json';

test('fallback: a bank that fails to boot is left for the other one', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', '0');
  await host.client.call('vm.create', { name: 'one' });
  await host.vmk('down');
  await host.end();

  // The other bank gets an update that brings a list of VMs which nobody can read.
  const [old, fresh] = ['bootbank', 'altbootbank'].map((name) => join(host.home, name)) as [string, string];
  cpSync(old, fresh, { recursive: true });
  const cfg = parseBootCfg(readFileSync(join(old, 'boot.cfg'), 'utf8'));
  const changed = { ...cfg, bootstate: BootState.untried, updated: cfg.updated + 1 };
  writeFileSync(join(fresh, 'boot.cfg'), formatBootCfg(changed));
  const state = unpackState(readFileSync(join(fresh, 'state.tgz')));
  const entries = state.entries.map((entry) =>
    entry.kind === 'file' && `/${entry.path.replace(/^\//, '')}` === INVENTORY
      ? { ...entry, data: new TextEncoder().encode('{') }
      : entry,
  );
  assert.notDeepEqual(entries, state.entries);
  writeFileSync(join(fresh, 'state.tgz'), packState({ ...state, entries }));

  const before = host.said;
  await host.up('--https', '0');
  const said = host.said.slice(before.length);
  assert.match(said, /The new image in altbootbank did not come up: .*list of VMs/);
  const { vms } = await host.client.call<{ vms: { name: string }[] }>('vm.list');
  assert.deepEqual(
    vms.map(({ name }) => name),
    ['one'],
  );
  assert.equal(parseBootCfg(readFileSync(join(fresh, 'boot.cfg'), 'utf8')).bootstate, BootState.bad);
});

test('fallback: a port in use says nothing about a new image, which is tried again', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  await host.vmk('down');
  await host.end();
  const [old, fresh] = ['bootbank', 'altbootbank'].map((name) => join(host.home, name)) as [string, string];
  cpSync(old, fresh, { recursive: true });
  const cfg = () => parseBootCfg(readFileSync(join(fresh, 'boot.cfg'), 'utf8'));
  const untried = { ...cfg(), bootstate: BootState.untried, updated: cfg().updated + 1 };
  writeFileSync(join(fresh, 'boot.cfg'), formatBootCfg(untried));

  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await assert.rejects(host.up('--https', String(port)), /Cannot listen/);
  taken.close();
  assert.equal(cfg().bootstate, BootState.untried);
  await host.up('--https', 'off');
  assert.equal(cfg().bootstate, BootState.good);
});
