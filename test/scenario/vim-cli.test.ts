// "vmk --host URL": the commands of vmk on a host that is reached by its VIM API, with the session kept between them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { homePaths } from '#management';
import { TestHost } from './host.ts';
import { httpsPort, PASSWORD, upWithHttps } from './host-request.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const host = new TestHost();
const logins = join(host.home, 'state', 'vmkernel', 'logins.json');
let url = '';

before(async () => {
  await upWithHttps(host);
  url = `https://127.0.0.1:${httpsPort(host)}`;
});
after(() => host.remove());

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of its own, whose kept logins are the test's. */
function vmk(given: readonly string[], input = ''): Promise<Ran> {
  const environment = { ...process.env, XDG_STATE_HOME: join(host.home, 'state') };
  const child = spawn(process.execPath, [MAIN, '--host', url, ...given], { env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

/** What a console says to its end; the answer is typed when it has said `awaited`. */
function console(vm: string, awaited: string, answer: string): Promise<string> {
  const environment = { ...process.env, XDG_STATE_HOME: join(host.home, 'state') };
  const child = spawn(process.execPath, [MAIN, '--host', url, 'vm', 'console', vm], { env: environment });
  let said = '';
  let isAnswered = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (isAnswered || !said.includes(awaited)) return;
    isAnswered = true;
    child.stdin.write(answer);
  });
  return new Promise((resolve) => child.on('close', () => resolve(said)));
}

test('vmk --host: login, commands as on the host itself, logout', async () => {
  const before = await vmk(['user', 'list']);
  assert.equal(before.status, 2);
  assert.match(before.stderr, /there is no login at 127\.0\.0\.1:\d+/);
  const wrong = await vmk(['login'], 'no\n');
  assert.match(wrong.stderr, /incorrect user name or password/);
  const right = await vmk(['login', '--user', 'root'], `${PASSWORD}\n`);
  assert.equal(right.status, 0, right.stderr);
  assert.equal(statSync(logins).mode & 0o777, 0o600);

  const facts = await vmk(['host', 'show', '--json']);
  assert.match((JSON.parse(facts.stdout) as { version: string }).version, /^VMkernel /);
  const stores = await vmk(['ds', 'list', '--json']);
  assert.deepEqual(
    (JSON.parse(stores.stdout) as { name: string }[]).map(({ name }) => name),
    ['datastore1'],
  );
  assert.equal((await vmk(['vm', 'list'])).status, 0);
  assert.equal((await vmk(['user', 'create', 'far', '--password'], 'kW5-ruqZo9t\n')).status, 0);
  assert.equal((await vmk(['permission', 'set', 'far', 'ReadOnly'])).status, 0);
  const here = await host.vmk('permission', 'list', '--json');
  assert.match(here.stdout, /"principal": "far"[^}]*"role": "ReadOnly"/);
  const there = await vmk(['permission', 'list', '--json']);
  assert.deepEqual(JSON.parse(there.stdout), JSON.parse(here.stdout));
  const refused = await vmk(['role', 'remove', 'nobody']);
  assert.match(refused.stderr, /there is no role "nobody"/);
  const names = await vmk(['esxcli', 'system', 'hostname', 'get']);
  assert.match(
    names.stdout,
    /^ {3}Domain Name: .*\n {3}Fully Qualified Domain Name: \S+\n {3}Host Name: \S+\n$/,
  );
  const users = await vmk(['esxcli', '--formatter=csv', 'system', 'account', 'list']);
  assert.match(users.stdout, /^Description,ShellAccess,UserID,\n(?:.*\n)*.*,far,\n/);
  const failed = await vmk(['esxcli', 'system', 'account', 'remove', '-i', 'nobody']);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /nobody/);

  assert.equal((await vmk(['logout'])).status, 0);
  assert.equal((await vmk(['user', 'list'])).status, 2);
});

test('vmk --host: what VIM has no words for goes over the same port, for who may', async () => {
  await vmk(['login'], `${PASSWORD}\n`);
  for (const words of ['vm create far --memory 96M --scsi virtio-scsi --disk 1M', 'vm start far']) {
    const { status, stderr } = await vmk(words.split(' '));
    assert.equal(status, 0, `${words}: ${stderr}`);
  }
  assert.match(
    await console('far', '~ # ', 'echo I am $((6 * 7)) years old; poweroff\n'),
    /I am 42 years old/,
  );
  const shown = [
    ['log tail hostd --lines 3', /Hostd\[/],
    ['net vmknic list', /vmk0/],
    ['net ports --json', /vmk0/],
    ['ds show datastore1', /datastore1/],
    ['top --json', /pcpu/i],
    ['vm show far', /^disk 0 +\[datastore1\] far\/far\.vmdk$/m],
    ['vm add-disk far 1M', /^disk 1$/m],
  ] as const;
  const asked = shown.map(async ([words, expected]) => {
    const { status, stdout, stderr } = await vmk(words.split(' '));
    assert.equal(status, 0, `${words}: ${stderr}`);
    assert.match(stdout, expected, words);
  });
  await Promise.all(asked);
  assert.equal((await vmk(['vm', 'remove-disk', 'far', '1', '--delete'])).status, 0);
  const local = await vmk(['vm', 'debug', 'far']);
  assert.equal(local.status, 2);
  assert.match(local.stderr, /possible on the host's own machine only: gdb connects/);
  assert.equal((await vmk(['vm', 'delete', 'far'])).status, 0);
  await vmk(['user', 'create', 'mouse', '--password'], 'kW5-ruqZo9t\n');
  await vmk(['permission', 'set', 'mouse', 'ReadOnly']);
  await vmk(['logout']);
  assert.equal((await vmk(['login', '--user', 'mouse'], 'kW5-ruqZo9t\n')).status, 0);
  const refused = await vmk(['log', 'list']);
  assert.equal(refused.status, 2);
  assert.match(
    refused.stderr,
    /Permission to perform this operation was denied: it takes Global\.Diagnostics/,
  );
  await vmk(['logout']);
});

test('vmk --host: a VM goes out as a package and comes in again, and nothing of what fails is left', async () => {
  await vmk(['login'], `${PASSWORD}\n`);
  await host.ok('vm', 'create', 'web', '--memory', '96M', '--disk', '4M');
  const store = join(host.home, 'volumes', 'datastore1');
  const flat = (name: string) => readFileSync(join(store, name, `${name}-flat.vmdk`));
  const content = Buffer.alloc(4 * 2 ** 20);
  content.write('what was on it', 2 ** 20);
  writeFileSync(join(store, 'web', 'web-flat.vmdk'), content);
  writeFileSync(join(store, 'web', 'u-boot.bin'), 'a payload');
  await host.client.call('vm.set', { vm: 'web', firmware: 'u-boot.bin' });

  const ova = join(host.home, 'web.ova');
  const out = await vmk(['vm', 'export', 'web', ova, '--json']);
  assert.equal(out.status, 0, out.stderr);
  const { files } = JSON.parse(out.stdout) as { files: { name: string }[] };
  assert.deepEqual(
    files.map(({ name }) => name),
    ['web.ovf', 'web-disk1.vmdk', 'u-boot.bin'],
  );
  const twice = await vmk(['vm', 'export', 'web', ova]);
  assert.match(twice.stderr, /there is one already/);
  const unpacked = join(host.home, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['xf', ova, '-C', unpacked]);
  const sums = readFileSync(join(unpacked, 'web.mf'), 'utf8').replace(/^SHA256\((.+)\)= (\w+)$/gm, '$2  $1');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet'], { cwd: unpacked, input: sums });

  const back = await vmk(['vm', 'import', ova, '--name', 'again', '--net', 'VM Network', '--json']);
  assert.equal(back.status, 0, back.stderr);
  assert.match(back.stdout, /"name": "again"/);
  assert.ok(flat('again').equals(content));
  assert.equal(readFileSync(join(store, 'again', 'u-boot.bin'), 'utf8'), 'a payload');
  const taken = await vmk(['vm', 'import', ova]);
  assert.equal(taken.status, 2);
  assert.match(taken.stderr, /web/);

  // A package that is as it says, with a disk that is none: the host hears of it when the VM is there already.
  const descriptor = join(unpacked, 'web.ovf');
  const changed = readFileSync(descriptor, 'utf8').replace(/(href="web-disk1[^>]*size=")\d+/, '$1100');
  writeFileSync(descriptor, changed);
  writeFileSync(join(unpacked, 'web-disk1.vmdk'), Buffer.alloc(100));
  const damaged = await vmk(['vm', 'import', descriptor, '--name', 'bad']);
  assert.equal(damaged.status, 2, damaged.stderr);
  assert.match(damaged.stderr, /"web.ovf" is not as it was packed/);
  rmSync(join(unpacked, 'web.mf'));
  const refused = await vmk(['vm', 'import', descriptor, '--name', 'bad']);
  assert.equal(refused.status, 1, refused.stderr);
  assert.match(refused.stderr, /Cannot transfer "web-disk1\.vmdk": .*size 100 is not a multiple of 512/);
  const left = readdirSync(store).filter((name) => !name.startsWith('.'));
  assert.deepEqual(left.toSorted(), ['again', 'web']);
  for (const name of left) await host.ok('vm', 'delete', name);
  await vmk(['logout']);
});

test('vmk --host: another certificate than at the login is not talked to', async () => {
  await vmk(['login'], `${PASSWORD}\n`);
  const kept = readFileSync(logins, 'utf8');
  writeFileSync(logins, kept.replace(/[0-9A-F]{2}:[0-9A-F]{2}/, '00:11'));
  const refused = await vmk(['user', 'list']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /its certificate is another one than at the login/);
});

/** What the VIM API answers to a call by the local socket. */
function local(method: string, object: string, args: string): Promise<string> {
  const call = `<${method}><_this>${object}</_this>${args}</${method}>`;
  const body = `<e:Envelope xmlns:e="e"><e:Body>${call}</e:Body></e:Envelope>`;
  const { socket } = homePaths(host.home);
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, path: '/sdk', method: 'POST' }, (response) => {
      let all = '';
      response.setEncoding('utf8').on('data', (part: string) => (all += part));
      response.on('end', () => resolve(all));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('the local socket carries the VIM API too, in the name of root', async () => {
  const text = await local('Fetch', 'ha-sessionmgr', '<prop>currentSession.userName</prop>');
  assert.match(text, /<returnval xsi:type="xsd:string">root<\/returnval>/);
});

test('who waits for changes of the kernel’s own interfaces hears of them, by whatever way they come', async () => {
  const collector = 'ha-property-collector';
  const set =
    '<propSet><type>HostVirtualNicManager</type><pathSet>info</pathSet></propSet><objectSet><obj type="HostVirtualNicManager">ha-vnic-mgr</obj></objectSet>';
  await local('CreateFilter', collector, `<spec>${set}</spec><partialUpdates>false</partialUpdates>`);
  const look = (version: string) => local('CheckForUpdates', collector, `<version>${version}</version>`);
  const versionOf = (text: string) => /<version>([^<]*)</.exec(text)?.[1] ?? '';
  const first = await look('');
  assert.doesNotMatch(first, /vmotion\.key-vim\.host\.VirtualNic-vmk0<\/selectedVnic>/);
  const changed = await host.vmk('net', 'vmknic', 'set', 'vmk0', '--services', 'Management,VMotion');
  assert.equal(changed.status, 0, changed.stderr);
  const second = await look(versionOf(first));
  assert.match(second, /vmotion\.key-vim\.host\.VirtualNic-vmk0<\/selectedVnic>/);
  const remove = 'network ip interface tag remove -i vmk0 -t VMotion';
  const taken = await host.esxcli(...remove.split(' '));
  assert.equal(taken.status, 0, taken.stderr);
  const third = await look(versionOf(second));
  assert.match(third, /management\.key-vim\.host\.VirtualNic-vmk0<\/selectedVnic>/);
  assert.doesNotMatch(third, /vmotion\.key-vim\.host\.VirtualNic-vmk0<\/selectedVnic>/);
});
