// More clients of vSphere as Debian has them, unmodified, on one host: each makes a VM whose guest is real, and ends it.
// .ci/run installs them; one that is not there is skipped.
import assert from 'node:assert/strict';
import { type ExecFileOptions, execFile, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { TestHost } from './host.ts';
import { httpsPort, PASSWORD, passwordFileOf, upWithHttps } from './host-request.ts';
import { buildGo, noGo } from './vim/go-programs.ts';
import { pyVmomi8 } from './vim/pyvmomi8.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPTS = join(import.meta.dirname, 'vim');
const has = (command: string, ...given: readonly string[]) => spawnSync(command, given).status === 0;
const python8 = pyVmomi8();

const host = new TestHost();
const folder = mkdtempSync(join(tmpdir(), 'vmk-clients-'));
const passwordFile = passwordFileOf(host);
const onDatastore = (path: string) => join(host.home, 'volumes', 'datastore1', path);
let port = '';

/** A client's process; what it said when it does not end well. */
async function run(
  command: string,
  given: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, given, { ...options, encoding: 'utf8' });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command}: ${stdout}${stderr}`, { cause: error });
  }
}

/** What is there afterwards, seen from the host itself. */
async function vms(): Promise<string[]> {
  const { vms: rows } = await host.client.call<{ vms: { name: string; state: string }[] }>('vm.list', {});
  return rows.map(({ name, state }) => `${name} ${state}`);
}

before(async () => {
  await upWithHttps(host);
  port = String(httpsPort(host));
});
after(async () => {
  await host.remove();
  rmSync(folder, { recursive: true });
});

const no8 =
  python8 === undefined && 'no pyVmomi 8: node tools/bootstrap.js test/scenario/vim/pyvmomi8.ts fetches it';
const PYTHON_8 = { ...process.env, ...(python8 !== undefined && { PYTHONPATH: python8 }) };

test('pyVmomi 8: the host, and the life of a VM with a guest', { skip: no8 }, async () => {
  const options = { env: PYTHON_8 };
  assert.match(
    await run(PYTHON, [join(SCRIPTS, 'host.py'), port, passwordFile], options),
    /ok: .* reboot .*\n$/,
  );
  assert.match(
    await run(PYTHON, [join(SCRIPTS, 'vm.py'), port, passwordFile, 'brief'], options),
    /ok: .* is not\n$/,
  );
  assert.match(readFileSync(onDatastore('web/web.vmx'), 'utf8'), /^guestinfo.greeting = "hello"$/m);
  await host.client.call('vm.delete', { vm: 'shop' });
});

const noRuby = !has('ruby', '-e', 'require "rbvmomi"') && 'no ruby-rbvmomi';

test('rbvmomi: the life of a VM with a guest', { skip: noRuby }, async () => {
  const said = await run('ruby', [join(SCRIPTS, 'rbvmomi.rb'), port, passwordFile]);
  assert.match(said, /ok: it is removed\n$/);
  assert.ok(!existsSync(onDatastore('ruby')) && !(await vms()).includes('ruby'));
});

const noPacker = !has('packer', 'version') && 'no packer';

test('packer, vsphere-iso: a build that ends well', { skip: noPacker }, async () => {
  const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), () => {});
  mkdirSync(onDatastore('build'));
  copyFileSync(kernelPath, onDatastore('build/vmlinux'));
  copyFileSync(initramfsPath, onDatastore('build/guest.cpio'));
  const script = 'mount -t vfat -o ro /dev/vdb /mnt && cat /mnt/* >/dev/vda && sync';
  writeFileSync(onDatastore('build/script.cpio'), writeExecArchive(script, 'nonce'));
  const floppy = join(folder, 'floppy.txt');
  writeFileSync(floppy, 'what the floppy says\n');
  const given = ['-var', `api_port=${port}`, '-var', `password=${PASSWORD}`, '-var', `floppy=${floppy}`];
  const env = { ...process.env, PACKER_CONFIG_DIR: folder, CHECKPOINT_DISABLE: '1' };
  const said = await run('packer', ['build', '-color=false', ...given, join(SCRIPTS, 'packer.json')], {
    env,
  });
  assert.match(said, /--> vsphere-iso: packed\n/);
  assert.deepEqual(await vms(), ['packed powered off']);
  assert.match(readFileSync(onDatastore('packed/packed-flat.vmdk'), 'latin1'), /^what the floppy says\n\0/);
  assert.match(readFileSync(onDatastore('packed/packed.vmx'), 'utf8'), /^annotation = "built by packer"$/m);
  assert.ok(!existsSync(onDatastore('packed/packer-tmp-created-floppy.flp')));
  await host.client.call('vm.delete', { vm: 'packed' });
});

const noAnsible = no8 || (!has('ansible-playbook', '--version') && 'no ansible');

test('Ansible, community.vmware: a playbook', { skip: noAnsible }, async () => {
  const out = join(folder, 'out.yml');
  const playbook = join(SCRIPTS, 'ansible.yml');
  const variables = { api_port: port, password: PASSWORD, out };
  const env = { ...PYTHON_8, ANSIBLE_HOME: folder, ANSIBLE_LOCAL_TEMP: folder, ANSIBLE_NOCOLOR: '1' };
  const said = await run(
    'ansible-playbook',
    ['-i', 'localhost,', '-e', JSON.stringify(variables), playbook],
    {
      env,
    },
  );
  assert.match(said, /ok=18 +changed=10 +unreachable=0 +failed=0/);
  assert.equal(readFileSync(out, 'utf8'), readFileSync(playbook, 'utf8'), 'the guest gave back what went in');
  assert.ok(!existsSync(onDatastore('playbook')));
});

test('Go, govmomi: the life of a VM with a guest', {
  skip: noGo,
}, async () => {
  const program = join(folder, 'govmomi');
  await buildGo('govmomi', program);
  assert.match(await run(program, [port, passwordFile]), /ok: it is removed\n$/);
  assert.deepEqual(await vms(), []);
  assert.ok(!existsSync(onDatastore('gopher')));
});
