// Disks of VMs through snapshots, copies and merging, on real disks: what is seen is always what was there.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SeededRandom } from '#lib';
import { actOnDisk, type FileDisk, openDisk } from '#storage';
import { Inventory } from './inventory.ts';
import type { RunningVm, VmEnd, VmRunner, VmToRun } from './runner.ts';
import type { Vm } from './vm.ts';

const SIZE = 4 * 2 ** 20;

/** A machine that has its disks open. */
class DiskMachine implements RunningVm {
  readonly disks: readonly FileDisk[];
  readonly #end = Promise.withResolvers<VmEnd>();
  readonly ended = this.#end.promise;

  constructor({ settings, folder }: VmToRun) {
    const root = join(folder, '..');
    this.disks = settings.disks.map(({ fileName, readOnly }) =>
      openDisk({ path: join(folder, fileName), readOnly, within: root }),
    );
  }

  input(): void {}
  retry(): void {}

  allocate(): void {}

  pause = async (): Promise<void> => {};
  resume = async (): Promise<void> => {};
  reset = async (): Promise<void> => {};

  async snapshot(path: string) {
    writeFileSync(path, 'state');
    return { pages: 1, bytes: 5, ms: 0 };
  }

  disk: RunningVm['disk'] = async (index, action) => actOnDisk(this.disks[index] as FileDisk, action);

  async stop(): Promise<void> {
    for (const disk of this.disks) disk.close();
    this.#end.resolve({ kind: 'stopped' });
    await this.ended;
  }
}

function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-disks-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const machines = new Map<string, DiskMachine>();
  const runner: VmRunner = {
    check: () => Promise.resolve(),
    async start(vm) {
      const machine = new DiskMachine(vm);
      machines.set(vm.name, machine);
      return machine;
    },
  };
  const inventory = new Inventory(
    { read: () => undefined, replace: () => {}, append: () => {}, saved: async () => {} },
    runner,
    () => {},
  );
  const create = (name: string): Vm => {
    const vm = inventory.create(folder, {
      name,
      disks: [{ unit: 0, fileName: `${name}.vmdk`, readOnly: false }],
    });
    vm.disks.create(`${name}.vmdk`, SIZE);
    return vm;
  };
  const files = (vm: Vm) => readdirSync(vm.folder.path).filter((name) => name.endsWith('.vmdk'));
  return {
    folder,
    inventory,
    create,
    files,
    diskOf: (vm: Vm) => machines.get(vm.name)?.disks[0] as FileDisk,
  };
}

/** Writes to random places, on the disk and on what it should hold. */
function scribble(disk: FileDisk, model: Uint8Array, random: SeededRandom): void {
  for (let i = 0; i < 20; i++) {
    const bytes = new Uint8Array(512 * (1 + random.below(60)));
    random.fill(bytes);
    const offset = 512 * random.below((SIZE - bytes.length) / 512);
    disk.submit({ kind: 'write', offset, buffers: [bytes] }, (status) => assert.equal(status, 'ok'));
    model.set(bytes, offset);
  }
}

function holds(disk: FileDisk, model: Uint8Array): void {
  const bytes = new Uint8Array(SIZE);
  disk.submit({ kind: 'read', offset: 0, buffers: [bytes] }, (status) => assert.equal(status, 'ok'));
  assert.ok(Buffer.from(bytes).equals(model));
}

test('snapshots: disks go back to what they were, and forward; all is merged in the end, while the machine runs', async (t) => {
  const { create, diskOf, files } = make(t);
  const random = new SeededRandom(1);
  const vm = create('a');
  const model = new Uint8Array(SIZE);
  const saved: Uint8Array[] = [];
  await vm.start();
  for (const name of ['one', 'two', 'three']) {
    scribble(diskOf(vm), model, random);
    await vm.saveSnapshot(name, 1);
    saved.push(model.slice());
  }
  scribble(diskOf(vm), model, random);
  holds(diskOf(vm), model);
  for (const index of [1, 0, 2]) {
    await vm.restoreSnapshot(String(index + 1));
    model.set(saved[index] as Uint8Array);
    holds(diskOf(vm), model);
    scribble(diskOf(vm), model, random);
  }
  for (const name of ['three', 'two', 'one']) {
    await vm.removeSnapshot(name);
    holds(diskOf(vm), model);
    scribble(diskOf(vm), model, random);
  }
  assert.deepEqual(vm.settings.disks[0]?.fileName, 'a.vmdk');
  assert.deepEqual(files(vm).sort(), ['a-flat.vmdk', 'a.vmdk']);
  await vm.stop();
  await vm.start();
  holds(diskOf(vm), model);
  await vm.stop();
});

test('removeSnapshot: of a machine that is off, also in the middle of others', async (t) => {
  const { create, diskOf, files } = make(t);
  const random = new SeededRandom(2);
  const vm = create('a');
  const model = new Uint8Array(SIZE);
  await vm.start();
  for (const name of ['one', 'two']) {
    scribble(diskOf(vm), model, random);
    await vm.saveSnapshot(name, 1);
  }
  scribble(diskOf(vm), model, random);
  await vm.stop();
  await vm.removeSnapshot('two');
  await vm.start();
  holds(diskOf(vm), model);
  await vm.stop();
  await vm.removeSnapshot('one');
  assert.deepEqual(files(vm).sort(), ['a-flat.vmdk', 'a.vmdk']);
  await vm.start();
  holds(diskOf(vm), model);
  await vm.stop();
});

test('fork: copies are built on the parent, which cannot be deleted before them; then it is whole again', async (t) => {
  const { create, diskOf, inventory, files } = make(t);
  const random = new SeededRandom(3);
  const vm = create('a');
  const model = new Uint8Array(SIZE);
  await vm.start();
  scribble(diskOf(vm), model, random);
  const children = await inventory.fork(vm, 3);
  const models = children.map(() => model.slice());
  scribble(diskOf(vm), model, random);
  for (const [i, child] of children.entries()) scribble(diskOf(child), models[i] as Uint8Array, random);
  holds(diskOf(vm), model);
  for (const [i, child] of children.entries()) holds(diskOf(child), models[i] as Uint8Array);
  await vm.consolidate();
  assert.equal(files(vm).length, 4, 'nothing is merged while copies need it');
  await vm.stop();
  assert.throws(() => inventory.delete(vm), /is built on its disks/);
  for (const child of children) {
    await child.stop();
    inventory.delete(child);
  }
  await vm.start();
  await vm.consolidate();
  holds(diskOf(vm), model);
  assert.deepEqual(files(vm).sort(), ['a-flat.vmdk', 'a.vmdk']);
  await vm.stop();
  inventory.delete(vm);
});

test('takeSnapshot: a tree with a current one; settings and disks go back; a machine without memory stays off', async (t) => {
  const { create, diskOf } = make(t);
  const vm = create('a');
  const wish = { description: 'd', memory: true, nowMs: 5 };
  const tree = () => vm.snapshots.all.map(({ uid, parent, hasMemory }) => [uid, parent, hasMemory]);
  await vm.takeSnapshot({ ...wish, name: 'off' });
  vm.reconfigure({ memoryMib: 64, annotation: 'later' });
  await vm.start();
  const random = new SeededRandom(2);
  const model = new Uint8Array(SIZE);
  scribble(diskOf(vm), model, random);
  await vm.takeSnapshot({ ...wish, name: 'same' });
  await vm.takeSnapshot({ ...wish, name: 'same', memory: false });
  assert.deepEqual(tree(), [
    [1, 0, false],
    [2, 1, true],
    [3, 2, false],
  ]);
  assert.equal(vm.snapshots.current, 3);

  await vm.restoreSnapshot('1');
  assert.deepEqual([vm.state, vm.settings.memoryMib, vm.settings.annotation], ['off', 512, '']);
  assert.equal(vm.snapshots.current, 1);
  await vm.start();
  holds(diskOf(vm), new Uint8Array(SIZE));
  await vm.restoreSnapshot('2');
  assert.deepEqual([vm.state, vm.settings.memoryMib], ['on', 64]);
  holds(diskOf(vm), model);
  await vm.restoreSnapshot('2', { isOff: true });
  assert.equal(vm.state, 'off');

  vm.snapshots.rename(2, { name: 'new', description: 'other' });
  assert.deepEqual(
    vm.snapshots.all.map(({ name, description }) => `${name} ${description}`),
    ['off d', 'new other', 'same d'],
  );
  await vm.removeSnapshot('2');
  assert.deepEqual(
    [tree(), vm.snapshots.current],
    [
      [
        [1, 0, false],
        [3, 1, false],
      ],
      1,
    ],
  );
});

test('watch: who watches the inventory hears of what comes, changes and goes', async (t) => {
  const { create, inventory } = make(t);
  const heard = new Set<string>();
  const end = inventory.watch((vm, what) => void heard.add(`${vm.name} ${what}`));
  const vm = create('a');
  vm.reconfigure({ annotation: 'x' });
  inventory.unregister(vm);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([...heard].sort(), ['a added', 'a changed', 'a removed']);
  heard.clear();
  end();
  inventory.register(vm.folder.vmxPath);
  assert.equal(heard.size, 0);
});
