// The story of esxcli on a host that is up: what it prints, in each format, and how it ends.
import assert from 'node:assert/strict';
import { cpus, totalmem } from 'node:os';
import { test } from 'node:test';
import { TestHost } from './host.ts';
import { vmk } from './vmk.ts';

test('esxcli: facts of a host in every format, unknown commands refused', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', '0');
  const esxcli = async (...words: readonly string[]) => {
    const { status, stdout, stderr } = await vmk(['esxcli', '--home', host.home, ...words]);
    return { status, stdout, stderr };
  };

  const memory = (await esxcli('--formatter=json', 'hardware', 'memory', 'get')).stdout;
  assert.deepEqual(JSON.parse(memory), { PhysicalMemory: `${totalmem()} Bytes` });
  const version = await esxcli('--formatter=keyvalue', 'system', 'version', 'get');
  assert.match(version.stdout, /^VersionGet\.Product\.string=VMkernel$/m);
  const list = (await esxcli('--formatter=csv', 'hardware', 'cpu', 'list')).stdout;
  assert.equal(list.split('\n').length - 2, cpus().length);
  assert.match((await esxcli('--formatter=xml', 'vm', 'process', 'list')).stdout, /<list type="structure">/);
  assert.match((await esxcli('system', 'stats', 'uptime', 'get')).stdout, /^\d+\n$/);
  assert.match((await esxcli()).stdout, /^Usage: esxcli \[options\][\s\S]*Available Namespaces/);

  const absent = await esxcli('vsan', 'cluster', 'get');
  assert.deepEqual(absent, {
    status: 1,
    stdout: '',
    stderr: 'Error: Unknown command or namespace vsan cluster get\n',
  });
  assert.match(
    (await esxcli('vm', 'process', 'kill', '-w', '1')).stderr,
    /Missing required parameter -t\|--type/,
  );
});

test('accounts: what is made on a host outlives its reboot', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', '0');
  await host.says('shown this once', '');
  assert.match(
    host.said,
    /the user root has the password (?:[a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}; it is shown this once/,
  );
  const esxcli = (...words: readonly string[]) => vmk(['esxcli', '--home', host.home, ...words]);
  const secret = ['--password=mX3-vuqPo8h', '--password-confirmation=mX3-vuqPo8h'];
  assert.equal((await esxcli('system', 'account', 'add', '-i', 'bob', ...secret)).stderr, '');
  assert.match(
    (await esxcli('system', 'account', 'add', '-i', 'bob', ...secret)).stderr,
    /'bob' already exists/,
  );
  await host.ok('group', 'create', 'ops');
  await host.ok('group', 'assign', 'bob', 'ops');
  assert.equal((await esxcli('system', 'permission', 'set', '-g', '-i', 'ops', '-r', 'ReadOnly')).stderr, '');
  assert.match((await host.vmk('user', 'remove', 'root')).stderr, /belongs to the system/);

  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  assert.doesNotMatch(host.said.slice(before.length), /has the password/);
  assert.match((await esxcli('--formatter=csv', 'system', 'account', 'list')).stdout, /^,false,bob,$/m);
  assert.match((await esxcli('system', 'permission', 'list')).stdout, /^ops +true {2}ReadOnly /m);
  assert.match((await host.vmk('user', 'list')).stdout, /bob +users, ops/);
});
