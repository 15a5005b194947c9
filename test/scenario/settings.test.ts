// The story of what an administrator sets: it is there after a reboot and after a restart; logs of before are only remote.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { TestHost } from './host.ts';
import { Rsyslogd, rsyslogdMissing } from './rsyslogd.ts';
import { vmk } from './vmk.ts';

function esxcliOn(host: TestHost) {
  return async (line: string): Promise<string> => {
    const { stdout, stderr } = await vmk(['esxcli', '--home', host.home, ...line.split(' ')]);
    return stdout + stderr;
  };
}

test('settings: kept over a reboot; maintenance mode keeps VMs off; each run of a VM has its vmware.log', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const esxcli = esxcliOn(host);
  for (const line of [
    'system hostname set --fqdn=esx1.example.com',
    'system settings advanced set -o /UserVars/HostClientSessionTimeout -i 600',
    'network firewall ruleset set -r sshServer -e false',
    'network ip dns server add -s 192.0.2.53',
    'system ntp set -s pool.ntp.org',
    'system time set --year 2031 --month 5',
  ]) {
    assert.equal(await esxcli(line), '', line);
  }

  await host.ok('vm', 'create', 'broken', '--memory', '64M', '--kernel', '/nowhere/Image');
  const folder = join(host.home, 'volumes', 'datastore1', 'broken');
  for (let run = 0; run < 3; run++) {
    await host.vmk('vm', 'start', 'broken');
    while (!(await host.vmk('vm', 'show', 'broken')).stdout.includes('powered off')) await pause(50);
  }
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort();
  assert.deepEqual(logs, ['vmware-1.log', 'vmware-2.log', 'vmware.log']);
  assert.match(
    readFileSync(join(folder, 'vmware.log'), 'utf8'),
    /^2031-05-\S+Z In\(05\) vmx - Log for VMkernel pid=\d+[\s\S]*Er\(02\) vmx - cannot be started: .*\/nowhere\/Image/,
  );

  assert.equal(await esxcli('system maintenanceMode set -e true'), '');
  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  assert.match((await host.vmk('vm', 'start', 'broken')).stderr, /the host is in maintenance mode/);
  assert.equal(await esxcli('system maintenanceMode set -e false'), '');
  assert.match(await esxcli('system hostname get'), /Fully Qualified Domain Name: esx1\.example\.com/);
  assert.match(
    await esxcli('system settings advanced list -d'),
    /HostClientSessionTimeout\n[\s\S]*Int Value: 600/,
  );
  assert.match(await esxcli('network firewall ruleset list -r sshServer'), /sshServer {4}false/);
  assert.equal(await esxcli('network ip dns server list'), '   DNSServers: 192.0.2.53\n');
  assert.match(await esxcli('system ntp get'), /Servers: pool\.ntp\.org/);
  assert.match(await esxcli('hardware clock get'), /^2031-0[56]-/);
  assert.match(await esxcli('system stats uptime get'), /^\d{4,9}\n$/);
});

test('settings: remote syslog of a host, before and after its reboot', {
  skip: rsyslogdMissing(),
}, async (t) => {
  const rsyslogd = await Rsyslogd.make();
  t.after(() => rsyslogd.remove());
  await rsyslogd.start();
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const esxcli = esxcliOn(host);
  assert.equal(await esxcli(`system syslog config set --loghost=tcp://127.0.0.1:${rsyslogd.tcpPort}`), '');
  assert.equal(await esxcli('system syslog mark -s before-the-reboot'), '');
  const local = async () => (await host.vmk('log', 'tail', 'syslog', '--lines', '1000')).stdout;
  assert.match(await local(), /before-the-reboot/);
  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  assert.equal(await esxcli('system syslog mark -s after-the-reboot'), '');
  const kept = await local();
  assert.ok(kept.includes('after-the-reboot') && !kept.includes('before-the-reboot'), kept);
  const got = await rsyslogd.gets((all) => all.some(({ msg }) => msg.includes('after-the-reboot')));
  assert.equal(
    got.filter(({ msg, programname }) => msg.trim() === 'before-the-reboot' && programname === 'mark').length,
    1,
  );
  assert.match(
    (await host.vmk('log', 'remotes')).stdout,
    new RegExp(`tcp://127\\.0\\.0\\.1:${rsyslogd.tcpPort} +(?:idle|sending|confirming)`),
  );
});
