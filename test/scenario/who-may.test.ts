// Who may what at the HTTPS port of a real host, whose certificate it shows, and what damage to its state costs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type PeerCertificate } from 'node:tls';
import { TestHost } from './host.ts';
import { http, httpsPort, PASSWORD, upWithHttps } from './host-request.ts';
import { vmk } from './vmk.ts';

async function certificate(host: TestHost): Promise<PeerCertificate> {
  const socket = connect({ host: '127.0.0.1', port: httpsPort(host), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const shown = socket.getPeerCertificate();
  socket.destroy();
  return shown;
}

test('permissions: what the host holds is asked for on the host, and the nearest permission wins', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await upWithHttps(host);
  for (const name of ['alice', 'bob', 'carol'])
    await host.client.call('user.create', { name, password: PASSWORD });
  const permit = (principal: string, role: string, entity: string) =>
    host.client.call('permission.set', { principal, role, entity });
  await permit('alice', 'Admin', 'ha-folder-root');
  await permit('alice', 'NoAccess', 'ha-host');
  await permit('bob', 'Admin', 'ha-host');
  await permit('carol', 'ReadOnly', 'ha-folder-root');
  const status = async (user: string, method: string, path: string) =>
    (await http(host, method, path, method === 'PUT' ? 'x\n' : undefined, user))[0];
  const all = async (user: string) => [
    await status(user, 'GET', '/host/hosts'),
    await status(user, 'PUT', '/host/motd'),
    await status(user, 'PUT', `/tmp/${user}`),
    await status(user, 'GET', '/folder?dcPath=ha-datacenter&dsName=datastore1'),
  ];
  assert.deepEqual(await all('root'), [200, 200, 201, 200]);
  assert.deepEqual(await all('alice'), [403, 403, 403, 200]);
  assert.deepEqual(await all('bob'), [200, 200, 201, 403]);
  assert.deepEqual((await all('carol')).slice(0, 3), [403, 403, 403]);
});

test('names: a renamed host shows a certificate with its new name; its banner is on the first page', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await upWithHttps(host);
  const esxcli = (...words: string[]) => vmk(['esxcli', '--home', host.home, ...words]);
  assert.equal((await esxcli('system', 'hostname', 'set', '--fqdn=esx7.example.com')).status, 0);
  while (!(await certificate(host)).subjectaltname?.includes('DNS:esx7.example.com')) await pause(20);
  const set = ['system', 'settings', 'advanced', 'set', '-o'];
  await esxcli(...set, '/Annotations/WelcomeMessage', '-s', 'Only <for> us');
  assert.match((await http(host, 'GET', '/'))[1], /<p>Only &#60;for&#62; us<\/p>/);
  await esxcli(...set, '/Config/Etc/motd', '-s', 'tidy up');
  assert.equal((await http(host, 'GET', '/host/motd'))[1], 'tidy up');
});

test('state: a damaged one costs no users, for the other bank has it too; that is said', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await upWithHttps(host);
  await host.client.call('user.create', { name: 'alice', password: PASSWORD });
  await host.vmk('down');
  await host.end();
  const path = join(host.home, 'bootbank', 'state.tgz');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length / 2));
  const before = host.said;
  await upWithHttps(host);
  const said = host.said.slice(before.length);
  assert.match(said, /bootbank: .*state\.tgz.*; the host boots from altbootbank, with what was saved there/);
  assert.doesNotMatch(said, /it is shown this once/);
  const users = await host.client.call<{ name: string }[]>('user.list');
  assert.ok(users.some(({ name }) => name === 'alice'));
  assert.equal((await http(host, 'GET', '/host/hosts'))[0], 200);
});
