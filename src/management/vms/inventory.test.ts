// VMs and their inventory with a runner of the test: what may be done when, and what is kept.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { duplexPair } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import type { VmSettings } from '#vmm';
import { Inventory } from './inventory.ts';
import type { RunningVm, VmEnd, VmOrigin, VmRunner } from './runner.ts';

/** A machine that does as it is told; `calls` is what it was told. */
class FakeMachine implements RunningVm {
  readonly calls: string[] = [];
  readonly #end = Promise.withResolvers<VmEnd>();
  readonly ended = this.#end.promise;
  readonly output: (bytes: Uint8Array) => void;

  constructor(output: (bytes: Uint8Array) => void) {
    this.output = output;
  }

  finish(end: VmEnd): Promise<VmEnd> {
    this.#end.resolve(end);
    return this.ended;
  }

  input(bytes: Uint8Array): void {
    this.calls.push(`input ${Buffer.from(bytes).toString()}`);
  }

  retry(): void {
    this.calls.push('retry');
  }

  allocate = ({ cpuShares, memShares }: VmSettings): void =>
    void this.calls.push(`allocate ${cpuShares} ${memShares}`);

  pause = async (): Promise<void> => void this.calls.push('pause');
  resume = async (): Promise<void> => void this.calls.push('resume');
  reset = async (): Promise<void> => void this.calls.push('reset');

  async snapshot(path: string, base: string | undefined) {
    this.calls.push(`snapshot ${basename(path)} on ${base === undefined ? 'nothing' : basename(base)}`);
    writeFileSync(path, 'state');
    return { pages: 1, bytes: 5, ms: 0 };
  }

  disk = (): Promise<unknown> => Promise.reject(new TypeError('it has no VMDK'));

  async stop(): Promise<void> {
    this.calls.push('stop');
    await this.finish({ kind: 'stopped' });
  }
}

function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-inventory-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const machines: FakeMachine[] = [];
  const origins: (VmOrigin | undefined)[] = [];
  const lines: string[] = [];
  let refusal: HostError | undefined;
  let damage: HostError | undefined;
  const runner: VmRunner = {
    check: () => (damage === undefined ? Promise.resolve() : Promise.reject(damage)),
    start(_vm, output, origin) {
      if (refusal) return Promise.reject(refusal);
      origins.push(origin);
      const machine = new FakeMachine(output);
      machines.push(machine);
      return Promise.resolve(machine);
    },
  };
  let kept: string | undefined;
  let problem: HostError | undefined;
  const file = {
    read: () => kept,
    replace: (text: string) => void (kept = text),
    append(text: string) {
      if (problem) throw problem;
      kept = `${kept}${text}`;
    },
    saved: async () => {},
  };
  const open = () => {
    const inventory = new Inventory(file, runner, (vm, line) => void lines.push(`${vm.name}: ${line}`));
    inventory.load();
    return inventory;
  };
  return {
    ...{ folder, machines, origins, lines, open, inventory: open() },
    machine: () => machines.at(-1) as FakeMachine,
    refuse: (error: HostError | undefined) => void (refusal = error),
    damageStates: (error: HostError) => void (damage = error),
    /** The list of VMs cannot be written. */
    breakList: (error: HostError | undefined) => void (problem = error),
    damage: (text: string) => void (kept = text),
  };
}

const refusedWith = (code: string, pattern?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HostError, String(error));
  assert.equal(error.code, code);
  if (pattern) assert.match(error.message, pattern);
  return true;
};

test('create: writes a folder with a .vmx; a second host finds the VM again', (t) => {
  const { folder, inventory, open } = make(t);
  const vm = inventory.create(folder, { name: 'a b', memoryMib: 64 });
  assert.match(readFileSync(join(folder, 'a b', 'a b.vmx'), 'utf8'), /memSize = "64"/);
  const again = open();
  assert.deepEqual(again.find('a b').settings, vm.settings);
  assert.equal(again.find('1').id, vm.id);
  assert.equal(again.create(folder, { name: 'c' }).id, 2, 'ids are not used again');
});

test('create: names that are no folders, or taken, are refused and leave nothing', (t) => {
  const { folder, inventory } = make(t);
  for (const name of ['', '.', '..', 'a/b', 'a\\b', '.a', ' a', 'a ', 'a\n', 'x'.repeat(81)]) {
    assert.throws(() => inventory.create(folder, { name }), refusedWith('usage'), JSON.stringify(name));
  }
  inventory.create(folder, { name: 'a' });
  assert.throws(() => inventory.create(folder, { name: 'a' }), refusedWith('vm-exists'));
  assert.equal(inventory.all.length, 1);
});

test('register: a VM that was unregistered comes back; a damaged one is named', (t) => {
  const { folder, inventory } = make(t);
  const vm = inventory.create(folder, { name: 'a', vcpus: 2 });
  inventory.unregister(vm);
  assert.throws(() => inventory.find('a'), refusedWith('no-such-vm'));
  assert.equal(inventory.register(vm.folder.vmxPath).settings.vcpus, 2);
  writeFileSync(join(folder, 'bad.vmx'), 'memSize = "lots"\n');
  assert.throws(
    () => inventory.register(join(folder, 'bad.vmx')),
    refusedWith('vm-settings', /: memSize: "lots" is not/),
  );
  assert.throws(() => inventory.register(join(folder, 'none.vmx')), refusedWith('file-missing'));
});

test('load: a VM whose folder vanished is lost, not forgotten; the others are there', (t) => {
  const { folder, inventory, open } = make(t);
  inventory.create(folder, { name: 'a' });
  inventory.create(folder, { name: 'b' });
  rmSync(join(folder, 'a'), { recursive: true });
  const again = open();
  assert.deepEqual(
    again.all.map(({ name }) => name),
    ['b'],
  );
  assert.match(again.lost[0]?.reason ?? '', /a\.vmx/);
  again.create(folder, { name: 'c' });
  assert.equal(open().lost.length, 1);
  open().forget(1);
  assert.equal(open().lost.length, 0);
});

test('load: a damaged list is refused, not overwritten', (t) => {
  const { damage, open } = make(t);
  for (const text of ['', '{', '[]', '{"nextId":1}', '{"nextId":1,"vms":[{"id":"x","vmx":1}]}', 'null']) {
    damage(text);
    assert.throws(open, refusedWith('archive-damaged'));
  }
});

test('start, pause, resume, reset, stop: reach the machine, in the states that allow them', async (t) => {
  const { folder, inventory, machine } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await assert.rejects(vm.stop(), refusedWith('vm-state', /Cannot stop VM "a": it is powered off/));
  await vm.start();
  await assert.rejects(vm.start(), refusedWith('vm-state'));
  await vm.pause();
  await assert.rejects(vm.pause(), refusedWith('vm-state', /it is paused/));
  assert.throws(() => vm.reconfigure({ vcpus: 2 }), refusedWith('vm-state'));
  assert.throws(() => inventory.delete(vm), refusedWith('vm-state'));
  await vm.reset();
  assert.equal(vm.state, 'on');
  await vm.stop();
  assert.equal(vm.state, 'off');
  assert.deepEqual(machine().calls, ['pause', 'reset', 'resume', 'stop']);
});

test('start: what cannot be started is off again, and says why', async (t) => {
  const { folder, inventory, refuse, lines } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  refuse(new HostError('host-limit', { what: 'memory', reason: 'none is left' }));
  await assert.rejects(vm.start(), refusedWith('host-limit'));
  assert.equal(vm.state, 'off');
  assert.match(lines.at(-1) ?? '', /cannot be started: .*none is left/);
  refuse(undefined);
  await vm.start();
  assert.equal(vm.state, 'on');
});

test('ended: a guest that switches itself off, or faults, leaves the VM off, with the reason', async (t) => {
  const { folder, inventory, machine } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  for (const end of [
    { kind: 'powered-off', status: 3 },
    { kind: 'fault', reason: 'trap loop' },
  ] as const) {
    await vm.start();
    await machine().finish(end);
    await Promise.resolve();
    assert.equal(vm.state, 'off');
    assert.deepEqual(vm.lastEnd, end);
  }
});

test('delete: the folder is gone', (t) => {
  const { folder, inventory } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  vm.disks.create('a.vmdk', 4096);
  inventory.delete(vm);
  assert.equal(existsSync(join(folder, 'a')), false);
});

test('console: who joins sees what was said last; what is typed reaches the machine', async (t) => {
  const { folder, inventory, machine } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  machine().output(Buffer.from('before '));
  const [person, stream] = duplexPair();
  vm.console.join(stream);
  machine().output(Buffer.from('after'));
  const seen: string[] = [];
  person.setEncoding('utf8').on('data', (text: string) => void seen.push(text));
  person.end('typed');
  await once(stream, 'end');
  assert.equal(seen.join(''), 'before after');
  assert.deepEqual(machine().calls, ['input typed']);
  machine().output(new Uint8Array(100_000).fill(0x61));
  assert.ok(vm.console.scrollback.length <= 2 * 65_536, 'scrollback is bounded');
});

test('reconfigure: is written, and read by the next host', (t) => {
  const { folder, inventory, open } = make(t);
  inventory.create(folder, { name: 'a' }).reconfigure({ annotation: 'a "note"\nof two lines', cpuShares: 5 });
  const { annotation, cpuShares } = open().find('a').settings;
  assert.deepEqual({ annotation, cpuShares }, { annotation: 'a "note"\nof two lines', cpuShares: 5 });
});

test('suspend: the state is in a file, also for the next host, until the VM goes on or is stopped', async (t) => {
  const { folder, inventory, machine, origins, open } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  const path = join(folder, 'a', 'a.vmss');
  await vm.start();
  await vm.suspend();
  assert.equal(vm.state, 'suspended');
  assert.deepEqual(machine().calls, ['pause', 'snapshot a.vmss on nothing', 'stop']);
  const again = open().find('a');
  assert.equal(again.state, 'suspended');
  assert.throws(() => again.reconfigure({ vcpus: 2 }), refusedWith('vm-state'));
  await vm.start();
  assert.deepEqual(origins.at(-1), { kind: 'snapshot', path });
  assert.equal(existsSync(path), false);
  await vm.suspend();
  await vm.stop();
  assert.equal(vm.state, 'off');
  assert.equal(existsSync(path), false);
});

test('suspend: a state that cannot be resumed stays, and the VM is suspended', async (t) => {
  const { folder, inventory, refuse } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  await vm.suspend();
  refuse(new HostError('host-limit', { what: 'memory', reason: 'none is left' }));
  await assert.rejects(vm.start(), refusedWith('host-limit'));
  assert.equal(vm.state, 'suspended');
  assert.ok(existsSync(join(folder, 'a', 'a.vmss')));
});

test('guestMemory: what the guest says; a guest that says nothing is told of', async (t) => {
  const { folder, inventory, machine } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await assert.rejects(vm.guestMemory(), refusedWith('vm-state'));
  await vm.start();
  await assert.rejects(vm.guestMemory(), refusedWith('vm-refused', /no driver for its balloon/));
  Object.assign(machine(), { guestMemory: () => Promise.resolve({ totalBytes: 7 }) });
  assert.deepEqual(await vm.guestMemory(), { totalBytes: 7 });
});

test('snapshots: one that is damaged, or lacks a file, is refused, and the machine goes on as it was', async (t) => {
  const { folder, inventory, machine, damageStates, lines } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  writeFileSync(join(folder, 'a', 'raw.img'), 'now');
  vm.reconfigure({ disks: [{ fileName: 'raw.img', unit: 0, readOnly: false }] });
  await vm.start();
  await vm.saveSnapshot('one', 1000);
  const { calls } = machine();
  const before = [...calls];
  const vmx = readFileSync(vm.folder.vmxPath, 'utf8');
  lines.length = 0;
  damageStates(new HostError('archive-damaged', { what: 'snapshot "x"', reason: 'byte 7' }));
  await assert.rejects(vm.restoreSnapshot('one'), refusedWith('archive-damaged', /"x": byte 7/));
  rmSync(join(folder, 'a', 'a-Snapshot1-disk0.img'));
  await assert.rejects(vm.restoreSnapshot('one'), refusedWith('file-missing', /a-Snapshot1-disk0\.img/));
  assert.deepEqual([vm.state, calls, lines], ['on', before, []]);
  assert.equal(readFileSync(vm.folder.vmxPath, 'utf8'), vmx);
});

test('snapshots: saved with disks, each on the one before, restored with what the disks had', async (t) => {
  const { folder, inventory, machine, origins } = make(t);
  const disks = [{ unit: 0, fileName: 'a.img', readOnly: false }];
  const vm = inventory.create(folder, { name: 'a', disks });
  const disk = join(folder, 'a', 'a.img');
  await assert.rejects(vm.saveSnapshot('early', 1), refusedWith('vm-state'));
  writeFileSync(disk, 'one');
  await vm.start();
  await vm.saveSnapshot('one', 1000);
  writeFileSync(disk, 'two');
  await vm.saveSnapshot('two', 2000);
  await assert.rejects(vm.saveSnapshot('two', 3000), refusedWith('vm-refused', /there is a snapshot "two"/));
  assert.deepEqual(
    machine().calls.filter((call) => call.startsWith('snapshot')),
    ['snapshot a-Snapshot1.vmsn on nothing', 'snapshot a-Snapshot2.vmsn on a-Snapshot1.vmsn'],
  );
  assert.deepEqual(
    vm.snapshots.all.map(({ uid, name, createdMs, base }) => [uid, name, createdMs, base]),
    [
      [1, 'one', 1000, 0],
      [2, 'two', 2000, 1],
    ],
  );
  await assert.rejects(vm.removeSnapshot('one'), refusedWith('vm-refused', /"two" builds on it/));
  await vm.restoreSnapshot('one');
  assert.equal(readFileSync(disk, 'utf8'), 'one');
  assert.deepEqual(origins.at(-1), { kind: 'snapshot', path: join(folder, 'a', 'a-Snapshot1.vmsn') });
  await vm.removeSnapshot('two');
  await vm.removeSnapshot('one');
  assert.deepEqual(vm.snapshots.all, []);
  assert.throws(() => vm.snapshots.find('one'), refusedWith('vm-refused'));
});

test('fork: copies are VMs of their own, with names, UUIDs and disks of their own; the parent goes on', async (t) => {
  const { folder, inventory, machines, origins } = make(t);
  const vm = inventory.create(folder, {
    name: 'a',
    disks: [{ unit: 0, fileName: 'a.img', readOnly: false }],
  });
  writeFileSync(join(folder, 'a', 'a.img'), 'data');
  inventory.create(folder, { name: 'a-1' });
  await assert.rejects(inventory.fork(vm, 1), refusedWith('vm-state'));
  assert.equal(inventory.all.length, 2, 'nothing is left of copies that could not be made');
  await vm.start();
  const children = await inventory.fork(vm, 2);
  assert.deepEqual(
    children.map(({ name, state }) => [name, state]),
    [
      ['a-2', 'on'],
      ['a-3', 'on'],
    ],
  );
  assert.equal(new Set(inventory.all.map(({ settings }) => settings.uuid)).size, 4);
  assert.equal(readFileSync(join(folder, 'a-2', 'a.img'), 'utf8'), 'data');
  assert.equal(origins.at(-1)?.kind, 'fork');
  assert.deepEqual(machines[0]?.calls, ['pause', 'resume']);
});

test('fork: one copy of a machine without disks is made by its pCPU, which holds it up by itself', async (t) => {
  const { folder, inventory, machines } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  const [copy] = await inventory.fork(vm, 1);
  assert.deepEqual(machines[0]?.calls, []);
  assert.ok(existsSync(copy?.folder.vmxPath as string));
  assert.deepEqual(copy?.folder.read().name, 'a-1');
});

test('fork: copies that cannot be noted are switched off and gone', async (t) => {
  const { folder, inventory, machines, breakList } = make(t);
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  breakList(new HostError('disk-full', { action: 'write', what: 'file', path: '/list' }));
  await assert.rejects(inventory.fork(vm, 2), refusedWith('disk-full'));
  breakList(undefined);
  assert.deepEqual(
    machines.map(({ calls }) => calls),
    [['pause', 'resume'], ['stop'], ['stop']],
  );
  assert.deepEqual(
    inventory.all.map(({ name }) => name),
    ['a'],
  );
  assert.ok(!existsSync(join(folder, 'a-1')));
});
