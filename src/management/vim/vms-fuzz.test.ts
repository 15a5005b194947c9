// Every method of VMs, files and disks with many shapes of arguments, on real folders: answers or faults of the table, and nothing outside is touched.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Logger, ManualClock, SeededRandom } from '#lib';
import { sampleAt } from '../top/testing.ts';
import { Autostart } from '../vms/autostart.ts';
import { Inventory } from '../vms/inventory.ts';
import type { RunningVm, VmEnd, VmRunner } from '../vms/runner.ts';
import { installFiles } from './files/install-files.ts';
import { installGuest } from './guest/install-guest.ts';
import { KINDS } from './objects/kinds.ts';
import { installOvf } from './ovf/install-ovf.ts';
import { Shapes } from './shapes.ts';
import { TABLE, TestVim } from './testing.ts';
import { installVms } from './vm/install-vms.ts';

const RUNS_PER_METHOD = 8;
const TYPES = [
  ...['VirtualMachine', 'VirtualMachineSnapshot', 'Folder', 'EnvironmentBrowser', 'HostAutoStartManager'],
  ...['HostDatastoreBrowser', 'FileManager', 'VirtualDiskManager', 'Datastore', 'SearchIndex'],
  ...[
    'OvfManager',
    'HttpNfcLease',
    'GuestOperationsManager',
    'GuestAuthManager',
    'GuestFileManager',
    'GuestProcessManager',
  ],
];

/** A machine that does what it is told, at once. */
function machine(): RunningVm {
  const end = Promise.withResolvers<VmEnd>();
  const done = async () => {};
  return {
    ended: end.promise,
    ...{ input: () => {}, allocate: () => {}, retry: () => {}, pause: done, resume: done, reset: done },
    async snapshot(path) {
      writeFileSync(path, 'state');
      return { pages: 1, bytes: 5, ms: 0 };
    },
    disk: () => Promise.reject(new TypeError('it has no VMDK')),
    stop: async () => end.resolve({ kind: 'stopped' }),
  };
}

test(`VMs, files, disks: every method, ${RUNS_PER_METHOD} shapes of arguments each`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-vim-fuzz-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const volumes = join(folder, 'volumes');
  mkdirSync(join(volumes, 'datastore1'), { recursive: true });
  mkdirSync(join(volumes, 'outside'));
  const canary = join(volumes, 'outside', 'canary');
  writeFileSync(canary, 'sings');
  const runner: VmRunner = { start: async () => machine(), check: () => Promise.resolve() };
  let kept: string | undefined;
  const file = {
    read: () => kept,
    replace: (text: string) => void (kept = text),
    append: (text: string) => void (kept = `${kept}${text}`),
    saved: async () => {},
  };
  const vms = new Inventory(file, runner, () => {});
  const usage = { sample: () => sampleAt(1) };
  const none = { read: () => undefined, replace: () => {} };
  const logger = new Logger('hostd', () => {}, new ManualClock());
  const sleep = async () => {};
  const autostart = new Autostart({ file: none, vms: () => [], sleep, logger });
  const installers = [installVms, installFiles, installGuest, installOvf];
  const vim = await TestVim.make({
    machines: { vms, volumes, usage, autostart, httpsPort: () => 443 },
    installers,
  });
  const client = vim.client();
  const shapes = new Shapes(new SeededRandom(9));
  for (let name = 0; name < 3; name++) vms.create(join(volumes, 'datastore1'), { name: `vm-${name}` });
  let answers = 0;
  for (const type of TYPES) {
    const kind = KINDS.find(({ name }) => name === type);
    for (const method of kind?.methodNames ?? []) {
      for (let run = 0; run < RUNS_PER_METHOD; run++) {
        const object = vim.service.objects.ofType(type).at(-1);
        const declared = TABLE.managed(type)?.methods.get(method);
        if (object === undefined || declared === undefined) break;
        const args = shapes.fields(declared.params, 0);
        const { fault } = await client.call(object.ref.value, method, args, AbortSignal.abort());
        assert.ok(fault === undefined || TABLE.data(fault) !== undefined, `${type}.${method}: ${fault}`);
        if (fault === undefined) answers++;
      }
    }
  }
  const isEnded = () => vim.service.tasks.all.every((task) => task.isEnded);
  while (!isEnded()) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(existsSync(canary), 'what lies outside of datastores is nobody’s');
  assert.ok(answers > 250, String(answers));
  assert.deepEqual(
    vim.lines.filter((line) => line.startsWith('error')),
    [],
  );
});
