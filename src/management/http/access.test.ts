// Tests of the port as clients see it: who may, /host and /tmp, what is not there, headers, the log.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask, basic, startPort, type TestPort } from './testing.ts';

let rig: TestPort;
before(async () => {
  rig = await startPort();
});
after(async () => await rig.close());

const DS = '?dcPath=ha-datacenter&dsName=datastore1';
const onDisk = (...path: string[]) => join(rig.folder, ...path);

test('who may: cookie, Basic, tickets; without them 401 and how to come in; without the privilege 403', async () => {
  writeFileSync(onDisk('who'), 'secret');
  const path = `/folder/who${DS}`;
  const status = async (given: Parameters<typeof ask>[2], to = path) => (await ask(rig, to, given)).status;
  const none = await ask(rig, path, { user: null });
  assert.equal(none.status, 401);
  assert.match(none.headers['www-authenticate'] ?? '', /^Basic realm="/);
  assert.ok(!none.text.includes('secret'));
  for (const authorization of [
    basic('root', 'wrong'),
    basic('nobody', 'x'),
    'Basic %%%',
    'Basic OnB3',
    'Bearer x',
    'Basic',
  ]) {
    assert.equal(await status({ user: null, headers: { Authorization: authorization } }), 401, authorization);
  }
  assert.equal(await status({ user: 'reader' }), 200);
  assert.equal(await status({ user: 'reader', method: 'PUT', body: 'x' }), 403);
  assert.equal(await status({ user: 'reader', method: 'DELETE' }), 403);
  assert.equal(await status({ user: 'stager' }), 403);
  rig.access.sessions.set('id-1', 'reader');
  for (const cookie of [
    'vmware_soap_session="id-1"',
    'vmware_soap_session=id-1; HttpOnly',
    'a=b; vmware_soap_session="id-1"; Path=/',
  ]) {
    assert.equal(await status({ user: null, headers: { Cookie: cookie } }), 200, cookie);
  }
  for (const cookie of ['', 'vmware_soap_session', 'vmware_soap_session=id-2', 'x=id-1']) {
    assert.equal(await status({ user: null, headers: { Cookie: cookie } }), 401, cookie);
  }
  assert.equal(readFileSync(onDisk('who'), 'utf8'), 'secret');
});

test('one-time tickets: once, and for that request only; the log does not tell them', async () => {
  const path = `/folder/who${DS}`;
  const ticket = (id: string, method = 'GET') =>
    rig.access.tickets.set(id, { userName: 'root', method, url: path });
  const use = async (given: Parameters<typeof ask>[2], to = path) =>
    (await ask(rig, to, { user: null, ...given })).status;
  ticket('t1');
  assert.equal(await use({ headers: { Cookie: 'vmware_cgi_ticket=t1' } }), 200);
  assert.equal(await use({ headers: { Cookie: 'vmware_cgi_ticket=t1' } }), 401);
  ticket('t2-hidden');
  assert.equal(await use({}, `${path}&ticket=t2-hidden`), 200);
  assert.ok(!rig.lines.join('\n').includes('t2-hidden'));
  ticket('t3', 'PUT');
  assert.equal(await use({ headers: { Cookie: 'vmware_cgi_ticket=t3' } }), 401);
});

test('another site may not change anything with our cookie', async () => {
  rig.access.sessions.set('id-root', 'root');
  const cookie = { Cookie: 'vmware_soap_session=id-root' };
  const status = async (headers: Record<string, string>) =>
    (
      await ask(rig, `/folder/csrf${DS}`, {
        method: 'POST',
        body: 'x',
        user: null,
        headers: { ...cookie, ...headers },
      })
    ).status;
  assert.equal(await status({ 'Sec-Fetch-Site': 'cross-site' }), 403);
  assert.equal(await status({ Origin: 'https://evil.example' }), 403);
  assert.equal(await status({ Origin: 'null' }), 403);
  assert.ok(!existsSync(onDisk('csrf')));
  assert.equal(
    await status({ Origin: rig.url, Host: `127.0.0.1:${rig.number}`, 'Sec-Fetch-Site': 'same-origin' }),
    201,
  );
});

test('/host: a list by the table, reading, checked writing; keys go in and never out', async () => {
  const list = JSON.parse((await ask(rig, '/host', { headers: { Accept: 'application/json' } })).text) as {
    files: { name: string }[];
  };
  const names = list.files.map(({ name }) => name);
  for (const name of ['hosts', 'esx.conf', 'ssl_cert', 'ssl_key', 'vmkernel.log'])
    assert.ok(names.includes(name), name);
  assert.ok(!names.includes('snmp.xml'));
  assert.match((await ask(rig, '/host')).text, /href="\/host\/hosts"/);
  assert.equal((await ask(rig, '/host/hosts')).text, '127.0.0.1 localhost\n');
  assert.equal((await ask(rig, '/host/vmkernel.log')).text, 'a line\n');
  assert.equal((await ask(rig, '/host/snmp.xml')).status, 404);
  assert.equal((await ask(rig, '/host/ssl_key')).status, 403);
  for (const name of ['shadow', '../etc/shadow', '%2e%2e%2fshadow', 'etc/shadow', 'hosts/x', '__proto__']) {
    const { status, text } = await ask(rig, `/host/${name}`);
    assert.ok(status >= 400 && !text.includes('SECRET'), name);
  }
  const put = (name: string, body: string | Buffer) => ask(rig, `/host/${name}`, { method: 'PUT', body });
  assert.equal((await put('hosts', '10.0.0.1 a b # c\n\n::1 localhost\n')).status, 200);
  assert.equal(rig.files.readText('/etc/hosts'), '10.0.0.1 a b # c\n\n::1 localhost\n');
  const refused = await put('hosts', '127.0.0.1 localhost\n10.0.0.300 x\n');
  assert.equal(refused.status, 400);
  assert.match(refused.text, /line 2: "10\.0\.0\.300" is not an address/);
  assert.equal((await put('hosts', Buffer.from([0xff, 0xfe]))).status, 400);
  assert.equal((await put('esx.conf', 'x')).status, 405);
  assert.equal((await put('vmkernel.log', 'x')).status, 405);
  assert.equal((await put('motd', 'x'.repeat(300_000))).status, 413);
  assert.equal((await put('motd', 'hello')).status, 200);
  assert.deepEqual(rig.changed, ['hosts', 'motd']);
  assert.equal(rig.files.readText('/etc/hosts'), '10.0.0.1 a b # c\n\n::1 localhost\n');
});

test('/host: configuration and logs have privileges of their own', async () => {
  const status = async (path: string, user: string, method = 'GET') =>
    (await ask(rig, path, { user, method })).status;
  assert.equal(await status('/host/vmkernel.log', 'stager'), 200);
  assert.equal(await status('/host/hosts', 'stager'), 403);
  assert.equal(await status('/host/hosts', 'stager', 'PUT'), 403);
  assert.equal(await status('/host', 'reader'), 403);
  const list = (await ask(rig, '/host', { user: 'stager' })).text;
  assert.ok(list.includes('vmkernel.log') && !list.includes('esx.conf'));
});

test('/tmp: stages files within the space there is', async () => {
  const put = (path: string, body: Buffer, user = 'stager') => ask(rig, path, { method: 'PUT', body, user });
  assert.equal((await put('/tmp/new.vib', Buffer.from('new'))).status, 201);
  assert.equal((await ask(rig, '/tmp/new.vib', { user: 'stager' })).text, 'new');
  assert.match((await ask(rig, '/tmp', { user: 'stager' })).text, /href="\/tmp\/patch\.vib"/);
  const full = await put('/tmp/big', Buffer.alloc(2 ** 21));
  assert.equal(full.status, 507);
  assert.match(full.text, /507 Insufficient Storage: "big": there is not enough space/);
  assert.equal((await put('/tmp/x', Buffer.from('x'), 'reader')).status, 403);
  assert.equal((await put('/tmp', Buffer.from('x'))).status, 405);
  assert.equal((await ask(rig, '/tmp', { method: 'DELETE' })).status, 405);
  assert.equal((await ask(rig, '/tmp/new.vib', { method: 'DELETE' })).status, 204);
  assert.equal((await ask(rig, '/tmp/../etc/shadow')).status, 400);
  assert.equal((await put('/tmp/new/folder/x', Buffer.from('x'))).status, 201);
  assert.equal((await put('/tmp/patch.vib/x', Buffer.from('x'))).status, 404);
  assert.equal((await put('/tmp/new', Buffer.from('x'))).status, 405);
  assert.equal((await ask(rig, '/tmp/new', { method: 'DELETE' })).status, 409);
  const names = JSON.parse((await ask(rig, '/tmp', { headers: { Accept: 'application/json' } })).text) as {
    entries: { name: string }[];
  };
  assert.deepEqual(
    names.entries.map(({ name }) => name),
    ['new', 'patch.vib'],
  );
  assert.equal(rig.files.readText('/tmp/patch.vib'), 'patch');
});

test('/tmp: links there do not lead past what they point at', async () => {
  const { view } = rig.files;
  view.symlink('/etc/shadow', '/tmp/link');
  view.symlink('/etc', '/tmp/folder-link');
  for (const path of ['/tmp/link', '/tmp/folder-link', '/tmp/folder-link/shadow']) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, text } = await ask(rig, path, {
        method,
        user: 'stager',
        ...(method === 'PUT' && { body: 'x' }),
      });
      assert.equal(status, 404, `${method} ${path}`);
      assert.ok(!text.includes('SECRET'));
    }
  }
  assert.ok(!(await ask(rig, '/tmp')).text.includes('folder-link'));
  assert.equal(rig.files.readText('/etc/shadow'), 'root:SECRET');
});

test('what is not there: 404, 405 with what there is, in the form that is preferred', async () => {
  const absent = await ask(rig, '/nothing', { user: null, headers: { Accept: 'text/html' } });
  assert.equal(absent.status, 404);
  assert.match(absent.text, /<h1>404 Not Found<\/h1>/);
  const method = await ask(rig, '/host', { method: 'DELETE' });
  assert.deepEqual([method.status, method.headers.allow], [405, 'GET, HEAD']);
  const json = await ask(rig, '/folder/absent?dsName=datastore1', {
    headers: { Accept: 'application/json' },
  });
  assert.deepEqual(JSON.parse(json.text), {
    status: 404,
    message: '"absent": there is no such file or folder',
  });
  assert.equal((await ask(rig, '/', { user: null })).status, 200);
});

test('headers: a client’s browser is told to be careful', async () => {
  writeFileSync(onDisk('page.html'), '<script>alert(1)</script>');
  const { headers } = await ask(rig, `/folder/page.html${DS}`, { headers: { Host: 'host.example' } });
  assert.equal(headers['content-type'], 'application/octet-stream');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['content-security-policy'], "default-src 'none'; sandbox");
  assert.match(headers['strict-transport-security'] ?? '', /max-age/);
  assert.ok(headers.date);
  assert.equal(headers.server, 'VMkernel');
  assert.equal(
    (await ask(rig, '/', { headers: { Host: 'localhost:8443' } })).headers['strict-transport-security'],
    undefined,
  );
});

test('the log: one line for each request, whatever is sent', async () => {
  writeFileSync(onDisk('logged'), 'secret');
  await ask(rig, `/folder/logged${DS}`, { headers: { 'User-Agent': 'a "b" é' } });
  await ask(rig, '/%0aforged', { user: null });
  // biome-ignore format: a pattern reads in one line
  const lines = [
    /^info: GET \/folder\/logged\?dcPath=ha-datacenter&dsName=datastore1 200 - 6 \d+ms root 127\.0\.0\.1:\d+ TLSv1\.3 "a\+\?b\?\+\?"$/,
    /^info: GET \/%0aforged 400 - \d+ /,
  ];
  // A line follows the answer.
  while (!lines.every((line) => rig.lines.some((said) => line.test(said)))) await new Promise(setImmediate);
  assert.equal(rig.lines.filter((line) => line.includes('forged')).length, 1);
});
