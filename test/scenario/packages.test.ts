// The story of a package: made from a folder, signed, staged by PUT, installed on a host, there after a reboot, removed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestHost } from './host.ts';
import { http, upWithHttps } from './host-request.ts';
import { vmk } from './vmk.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmkernel-packages-'));
const at = (name: string) => join(folder, name);

test('packages: a file and a service come into a host, stay over a reboot, and go', async (t) => {
  const host = new TestHost();
  t.after(async () => {
    await host.remove();
    rmSync(folder, { recursive: true });
  });
  // A package of one file that the host shows, and of a service.
  mkdirSync(at('tree/etc'), { recursive: true });
  mkdirSync(at('tree/usr/lib/vmware/services'), { recursive: true });
  writeFileSync(at('tree/etc/issue'), 'from the package\n');
  const service = { key: 'web', label: 'Web server', policy: 'off', command: ['/bin/httpd', '-f'] };
  writeFileSync(at('tree/usr/lib/vmware/services/web.json'), JSON.stringify(service));
  const descriptor = { name: 'web', version: '1.0-1', vendor: 'Us', acceptance: 'PartnerSupported' };
  writeFileSync(at('web.json'), JSON.stringify({ ...descriptor, liveInstall: true, liveRemove: true }));
  const key = await vmk(['package', 'key', at('key.pem'), '--level', 'PartnerSupported', '--name', 'us']);
  const build = ['package', 'build', at('tree'), at('web.json')];
  assert.equal((await vmk([...build, '--key', at('key.pem'), '--output', at('web.vib')])).status, 0);
  assert.equal((await vmk([...build, '--output', at('unsigned.vib')])).status, 0);

  await upWithHttps(host);
  const esxcli = (...words: readonly string[]) => vmk(['esxcli', '--home', host.home, ...words]);
  const install = (path: string, ...more: readonly string[]) =>
    esxcli('software', 'vib', 'install', '-v', path, ...more);
  const issue = async () => (await http(host, 'GET', '/host/issue'))[1];
  const put = async (path: string, body: Uint8Array | string) => {
    const [status, text] = await http(host, 'PUT', path, body);
    assert.ok([200, 201, 204].includes(status), `${path}: ${status} ${text}`);
  };
  const before = await issue();

  // Nothing is taken that nobody trusted has signed.
  for (const name of ['web.vib', 'unsigned.vib']) {
    await put(`/tmp/${name}`, readFileSync(at(name)));
  }
  assert.match((await install('/tmp/unsigned.vib')).stderr, /it is not signed/);
  assert.match((await install('/tmp/web.vib')).stderr, /that signed it is not trusted/);
  assert.equal((await http(host, 'PUT', '/host/package-keys', 'nonsense'))[0], 400);
  await put('/host/package-keys', key.stdout);
  assert.match((await install('/tmp/web.vib', '--dry-run')).stdout, /Dryrun only, host not changed/);
  assert.equal(await issue(), before);

  const installed = await install('/tmp/web.vib');
  assert.match(installed.stdout, /Reboot Required: false\n +VIBs Installed: Us_bootbank_web_1.0-1/);
  assert.equal(await issue(), 'from the package\n');
  const services = async () => (await host.vmk('service', 'list')).stdout;
  assert.match(await services(), /web/);
  const started = await host.vmk('service', 'start', 'web');
  assert.match(
    started.stderr,
    /Cannot start service "web": it is the program \/bin\/httpd, and this host has no user/,
  );
  assert.notEqual(started.status, 0);
  assert.match((await esxcli('system', 'visorfs', 'tardisk', 'list')).stdout, /^web\/files/m);

  const said = host.said;
  await host.ok('host', 'reboot');
  await host.says('/folder', said);
  assert.match((await esxcli('software', 'vib', 'list')).stdout, /^web +1.0-1 +Us +PartnerSupported/m);
  assert.match((await esxcli('software', 'vib', 'signature', 'verify')).stdout, /^web .*Succeeded/m);
  assert.equal(await issue(), 'from the package\n');
  assert.match((await install('/tmp/web.vib')).stderr, /No such file or directory/, '/tmp was in memory');

  assert.match(
    (await esxcli('software', 'vib', 'remove', '-n', 'web')).stdout,
    /VIBs Removed: Us_bootbank_web/,
  );
  assert.equal(await issue(), before);
  assert.doesNotMatch(await services(), /web/);
});
