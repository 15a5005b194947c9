// OVF leases of the VIM API with clients as Debian has them: disks that went out and came in again are the same to qemu-img.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { SeededRandom } from '#lib';
import { TestHost } from './host.ts';
import { httpsPort, passwordFileOf, upWithHttps } from './host-request.ts';
import { buildGo, noGo } from './vim/go-programs.ts';

interface VmDetails {
  readonly settings: { readonly firmware: string };
}

const PYTHON = '/usr/bin/python3';
const SCRIPTS = join(import.meta.dirname, 'vim');
const MIB = 2 ** 20;
const run = promisify(execFile);
const has = (command: string, ...given: readonly string[]) => spawnSync(command, given).status === 0;
const noPyVmomi = !has(PYTHON, '-c', 'import pyVmomi') && 'no python3-pyvmomi';
const noQemuImg = !has('qemu-img', '--version');

const host = new TestHost();
const passwordFile = passwordFileOf(host);
const onDatastore = (...path: readonly string[]) => join(host.home, 'volumes', 'datastore1', ...path);
let port = '';

before(async () => {
  await upWithHttps(host);
  port = String(httpsPort(host));
  await makeWeb();
});
after(() => host.remove());

/** The VM that goes out: chance on two disks, which are mostly empty, and a payload of its own. */
async function makeWeb(): Promise<void> {
  const random = new SeededRandom(3);
  await host.client.call('vm.create', {
    ...{ name: 'web', memoryMib: 128, disks: [String(20 * MIB), String(3 * MIB)] },
  });
  for (const [name, bytes] of [
    ['web-flat.vmdk', 20 * MIB],
    ['web_1-flat.vmdk', 3 * MIB],
  ] as const) {
    const content = new Uint8Array(bytes);
    for (let i = 0; i < 12; i++) {
      const at = 512 * random.below(bytes / 512);
      random.fill(content.subarray(at, at + 512 * (1 + random.below(500))));
    }
    writeFileSync(onDatastore('web', name), content, { flag: 'r+' });
  }
  writeFileSync(onDatastore('web', 'u-boot.bin'), 'a payload');
  await host.client.call('vm.set', { vm: 'web', firmware: 'u-boot.bin' });
}

async function compare(name: string): Promise<void> {
  for (const [from, to] of [
    ['web-flat.vmdk', `${name}-flat.vmdk`],
    ['web_1-flat.vmdk', `${name}_1-flat.vmdk`],
  ] as const) {
    const [one, other] = [onDatastore('web', from), onDatastore(name, to)];
    assert.ok(readFileSync(one).equals(readFileSync(other)), to);
    if (!noQemuImg) execFileSync('qemu-img', ['compare', '-q', '-f', 'raw', '-F', 'raw', one, other]);
  }
  const { settings } = await host.client.call<VmDetails>('vm.show', { vm: name });
  assert.equal(readFileSync(onDatastore(name, settings.firmware), 'utf8'), 'a payload');
}

test('pyVmomi: out by ExportVm, in by ImportVApp, and nothing of leases that end badly', {
  skip: noPyVmomi,
}, async () => {
  const folder = join(host.home, 'fetched');
  mkdirSync(folder);
  const { stdout } = await run(PYTHON, [join(SCRIPTS, 'ovf.py'), port, passwordFile, folder]).catch(
    (error: Error & { stdout?: string }) => {
      throw new Error(`${error.stdout}${error.message}`);
    },
  );
  assert.match(stdout, /ok: what is no descriptor is told\n$/);
  if (!noQemuImg) execFileSync('qemu-img', ['check', '-q', join(folder, 'web-disk-0.vmdk')]);
  await compare('came');
  const there = readdirSync(onDatastore()).filter((name) => !name.startsWith('.'));
  assert.deepEqual(there.toSorted(), ['came', 'web']);
  const left = readdirSync(onDatastore('came')).filter((name) => name.endsWith('~'));
  assert.deepEqual(left, []);
  await host.ok('vm', 'import', join(folder, 'web.ovf'), '--name', 'third');
});

test('govmomi: lease and updater as its importer and exporter use them', { skip: noGo }, async () => {
  const folder = join(host.home, 'gone');
  mkdirSync(folder);
  const program = join(folder, 'ovf');
  await buildGo('ovf', program);
  const { stdout } = await run(program, [port, passwordFile, folder]).catch(
    (error: Error & { stdout?: string }) => {
      throw new Error(`${error.stdout}${error.message}`);
    },
  );
  assert.match(stdout, /ok: it went in\n$/);
  await compare('went');
});
