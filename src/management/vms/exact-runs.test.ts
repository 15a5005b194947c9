// A VM that goes over to a lab to be recorded and comes back, with machines of the test's own.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { Inventory } from './inventory.ts';
import type { RunningVm, VmEnd, VmOrigin } from './runner.ts';

const NOW_MS = 1000;
const GDB_ADDRESS = '127.0.0.1:1234';

/** Machines in the order in which they were started, and what each was told. */
async function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-exact-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const told: string[] = [];
  const problems = new Map<string, HostError>();
  const machine = (where: string): RunningVm => {
    const end = Promise.withResolvers<VmEnd>();
    const tell = async (what: string): Promise<void> => {
      told.push(`${where}: ${what}`);
      const problem = problems.get(`${where}: ${what}`);
      if (problem) throw problem;
    };
    return {
      ...{ ended: end.promise, input() {}, allocate() {}, retry() {} },
      pause: () => tell('pause'),
      resume: () => tell('resume'),
      reset: () => tell('reset'),
      async snapshot(path) {
        await tell(`snapshot ${basename(path)}`);
        writeFileSync(path, 'state');
        return { pages: 1, bytes: 5, ms: 0 };
      },
      disk: () => Promise.reject(new TypeError('it has none')),
      async stop() {
        end.resolve({ kind: 'stopped' });
        await tell('stop');
      },
    };
  };
  const begin = async (where: string, from: string | undefined): Promise<RunningVm> => {
    told.push(`${where} from ${from === undefined ? 'power-on' : basename(from)}`);
    const problem = problems.get(where);
    if (problem) throw problem;
    return machine(where);
  };
  const pathOf = (origin: VmOrigin | undefined) => (origin?.kind === 'snapshot' ? origin.path : undefined);
  const none = () => Promise.reject(new TypeError('not asked for here'));
  const file = { read: () => undefined, replace() {}, append() {}, saved: async () => {} };
  const inventory = new Inventory(
    file,
    {
      check: async () => {},
      start: (_vm, _output, origin) => begin('pcpu', pathOf(origin)),
      labs: {
        record: (_vm, _output, { origin }) => begin('lab', origin),
        debug: async (_vm, _output, origin) => ({ ...(await begin('lab', origin)), address: GDB_ADDRESS }),
        replay: none,
      },
    },
    () => {},
  );
  inventory.load();
  const vm = inventory.create(folder, { name: 'a' });
  await vm.start();
  told.length = 0;
  const has = (name: string) => existsSync(join(folder, 'a', name));
  return { vm, told, problems, has };
}

const full = new HostError('disk-full', { action: 'write', what: 'snapshot', path: 'x' });
const refused = (code: string) => (error: unknown) => error instanceof HostError && error.code === code;

test('record: a VM that is on goes over with its memory, which stays, and comes back at the end', async (t) => {
  const { vm, told, has } = await make(t);
  assert.equal((await vm.exact.record(NOW_MS)).recording, 'a-1.vmrec');
  assert.equal(vm.state, 'recording');
  assert.deepEqual(told.splice(0), [
    ...['pcpu: pause', 'pcpu: snapshot a-1.vmrec.vmsn', 'pcpu: stop', 'lab from a-1.vmrec.vmsn'],
  ]);
  assert.deepEqual(await vm.exact.endRecord(), { recording: 'a-1.vmrec' });
  assert.equal(vm.state, 'on');
  assert.deepEqual(told, ['lab: pause', 'lab: snapshot a.vmss', 'lab: stop', 'pcpu from a.vmss']);
  assert.ok(has('a-1.vmrec.vmsn'));
  assert.ok(!has('a.vmss'));
  await assert.rejects(vm.exact.endRecord(), refused('vm-refused'));
});

test('record: a VM that cannot be recorded, or saved for it, goes on where it was', async (t) => {
  const { vm, told, problems, has } = await make(t);
  problems.set('pcpu: snapshot a-1.vmrec.vmsn', full);
  await assert.rejects(vm.exact.record(NOW_MS), refused('disk-full'));
  assert.deepEqual([vm.state, told.at(-1)], ['on', 'pcpu: resume']);
  problems.clear();

  problems.set('lab', new HostError('host-limit', { what: 'memory', reason: 'none is left' }));
  await assert.rejects(vm.exact.record(NOW_MS), refused('host-limit'));
  assert.deepEqual([vm.state, told.at(-1)], ['on', 'pcpu from a.vmss']);
  assert.deepEqual([has('a-1.vmrec'), has('a-1.vmrec.vmsn'), has('a.vmss')], [false, false, false]);
});

test('record, debug: a VM that is suspended goes on where it was, or stays suspended when it cannot', async (t) => {
  const { vm, told, problems, has } = await make(t);
  const place = { host: '127.0.0.1', port: 1234 };
  await vm.suspend();
  told.length = 0;
  problems.set('lab', new HostError('host-limit', { what: 'memory', reason: 'none is left' }));
  await assert.rejects(vm.exact.record(NOW_MS), refused('host-limit'));
  await assert.rejects(vm.exact.debug(place), refused('host-limit'));
  assert.deepEqual([vm.state, has('a.vmss'), has('a-1.vmrec.vmsn')], ['suspended', true, false]);
  problems.clear();
  await vm.exact.debug(place);
  assert.deepEqual([vm.state, told.at(-1), has('a.vmss')], ['debugging', 'lab from a.vmss', false]);
  await vm.exact.endDebug();
  await vm.suspend();
  await vm.exact.record(NOW_MS);
  assert.deepEqual([vm.state, told.at(-1)], ['recording', 'lab from a-1.vmrec.vmsn']);
  assert.deepEqual([has('a.vmss'), has('a-1.vmrec.vmsn')], [false, true]);
  await vm.exact.endRecord();
  assert.equal(vm.state, 'on');
});

test('endRecord: a VM that cannot be saved stays where it is; one that cannot come back is suspended', async (t) => {
  const { vm, told, problems, has } = await make(t);
  await vm.exact.record(NOW_MS);
  problems.set('lab: snapshot a.vmss', full);
  await assert.rejects(vm.exact.endRecord(), refused('disk-full'));
  assert.deepEqual([vm.state, told.at(-1)], ['recording', 'lab: resume']);
  problems.clear();

  problems.set('pcpu', new HostError('host-limit', { what: 'memory', reason: 'none is left' }));
  await assert.rejects(vm.exact.endRecord(), refused('host-limit'));
  assert.deepEqual([vm.state, has('a.vmss')], ['suspended', true]);
});

test('endDebug: a VM that cannot be saved stays where gdb finds it', async (t) => {
  const { vm, told, problems } = await make(t);
  const place = { host: '127.0.0.1', port: 1234 };
  await vm.exact.debug(place);
  problems.set('lab: snapshot a.vmss', full);
  await assert.rejects(vm.exact.endDebug(), refused('disk-full'));
  assert.deepEqual([vm.state, told.at(-1)], ['debugging', 'lab: resume']);
  assert.deepEqual(await vm.exact.debug(place), { address: GDB_ADDRESS });
  problems.clear();
  await vm.exact.endDebug();
  assert.equal(vm.state, 'on');
});
