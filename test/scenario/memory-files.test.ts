// Files in memory on a real host: a full ramdisk hurts nobody else, /etc comes back, logs and /tmp do not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { TestHost } from './host.ts';
import { http, upWithHttps } from './host-request.ts';
import { vmk } from './vmk.ts';

const MIB = 2 ** 20;

function* mebibytes(count: number): Generator<Uint8Array> {
  const part = new Uint8Array(MIB).fill(7);
  for (let i = 0; i < count; i++) yield part;
}

test('memory: a full /tmp refuses with 507, logs and /etc go on; what was saved comes back after KILL', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await upWithHttps(host);
  const status = async (method: string, path: string, body?: Parameters<typeof http>[3]) =>
    (await http(host, method, path, body))[0];
  const hostd = async () => (await host.vmk('log', 'tail', 'hostd', '--lines', '1000')).stdout;
  const motd = async () => (await http(host, 'GET', '/host/motd'))[1];
  const used = async () => {
    const esxcli = [
      'esxcli',
      '--home',
      host.home,
      '--formatter=json',
      'system',
      'visorfs',
      'ramdisk',
      'list',
    ];
    const rows: { RamdiskName: string; Used: string }[] = JSON.parse((await vmk(esxcli)).stdout);
    return rows.find(({ RamdiskName }) => RamdiskName === 'tmp')?.Used;
  };

  assert.equal(await status('PUT', '/tmp/large', mebibytes(254)), 201);
  assert.equal(await status('PUT', '/tmp/more', mebibytes(3)), 507);
  assert.equal(await status('PUT', '/tmp/said', new Uint8Array(3 * MIB)), 507);
  assert.equal(await used(), `${254 * 1024} KiB`, 'what was refused has left nothing');
  assert.equal(await status('PUT', '/host/motd', 'saved\n'), 200);
  assert.match(await hostd(), /PUT \/host\/motd 200/, 'the logs go on');
  await host.ok('host', 'backup');
  assert.equal(await status('PUT', '/host/motd', 'not saved\n'), 200);

  await host.end('SIGKILL');
  await upWithHttps(host);
  assert.equal(await motd(), 'saved\n');
  assert.equal(await status('GET', '/tmp/large'), 404);
  assert.doesNotMatch(await hostd(), /PUT \/host\/motd/);

  assert.equal(await status('PUT', '/tmp/small', 'x'), 201);
  assert.equal(await status('PUT', '/host/motd', 'at the end\n'), 200);
  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  await host.says('/folder', before);
  assert.equal(await motd(), 'at the end\n');
  assert.equal(await status('GET', '/tmp/small'), 404);
  assert.doesNotMatch(await hostd(), /PUT \/tmp\/small/);
});

test('first start: a port in use ends it, and root’s password is known nevertheless', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const failed = host.up('--https', String(port));
  await assert.rejects(
    failed,
    /has the password \S+; it is shown this once\n[^]*Cannot listen on 127\.0\.0\.1/,
  );
  taken.close();
  const before = host.said;
  await host.up('--https', '0');
  assert.doesNotMatch(host.said.slice(before.length), /has the password/);
});
