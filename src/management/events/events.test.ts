// Events: the log, its file over a restart and a crash, and what becomes of VMs as events with those who did it.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { HostError, ManualClock } from '#lib';
import { Inventory } from '../vms/inventory.ts';
import type { RunningVm, VmEnd, VmRunner } from '../vms/runner.ts';
import { Actors } from './actor.ts';
import { EventLog, MAX_EVENTS } from './event-log.ts';
import { EVENT_TYPES, formatEvent } from './event-types.ts';
import { HistoryFile, MemoryHistory } from './history-file.ts';
import { VmEvents } from './vm-events.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'vmk-events-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const clock = () => new ManualClock(1_700_000_000_000_000_000n);

test('EventLog: keys grow over a restart; the newest are kept; what is damaged is left out', (t) => {
  const path = join(folder(t), 'osdata', 'events.jsonl');
  const reports: string[] = [];
  const open = () => {
    const file = new HistoryFile(path, MAX_EVENTS, (line) => reports.push(line));
    return { file, log: new EventLog(clock(), new Actors(), file) };
  };
  const first = open();
  first.log.add({ type: 'VmPoweredOnEvent', vm: { id: 3, name: 'web' } });
  first.log.add({ type: 'HostShutdownEvent', detail: { reason: 'stop' } });
  first.file.flush();
  appendFileSync(path, '{"type":"VmPow');
  const second = open();
  assert.deepEqual(
    second.log.all.map(({ key, type }) => [key, type]),
    [
      [1, 'VmPoweredOnEvent'],
      [2, 'HostShutdownEvent'],
    ],
  );
  assert.equal(second.log.add({ type: 'VmPoweredOffEvent' }).key, 3);
  second.file.flush();
  writeFileSync(path, `[]\nnull\n{"type":1}\n${readFileSync(path, 'utf8')}`);
  assert.deepEqual(
    open().log.all.map(({ key }) => key),
    [1, 2, 3],
  );
  assert.deepEqual(reports, []);
});

test('HistoryFile: it stays within bounds, and says once that it cannot be written', (t) => {
  const path = join(folder(t), 'tasks.jsonl');
  const reports: string[] = [];
  const file = new HistoryFile(path, 10, (line) => reports.push(line));
  for (let record = 0; record < 100; record++) {
    file.append({ record });
    if (record % 7 === 0) file.flush();
  }
  file.flush();
  assert.ok(readFileSync(path, 'utf8').split('\n').length <= 21);
  assert.deepEqual(new HistoryFile(path, 10, () => {}).read().at(-1), { record: 99 });
  const nowhere = new HistoryFile(join(path, 'below-a-file'), 10, (line) => reports.push(line));
  for (let record = 0; record < 3; record++) {
    nowhere.append({ record });
    nowhere.flush();
  }
  assert.equal(reports.length, 1);
});

test('HistoryFile: events of one turn are written together, by themselves', async (t) => {
  const path = join(folder(t), 'events.jsonl');
  const file = new HistoryFile(path, 10, () => {});
  file.append(1);
  file.append(2);
  await setImmediate();
  assert.equal(readFileSync(path, 'utf8'), '1\n2\n');
});

test('formatEvent: every text names only what there is', () => {
  const fields = { vm: { name: 'web' }, host: { name: 'esx' }, datacenter: { name: 'dc' } };
  const texts = EVENT_TYPES.filter(({ type }) => type.startsWith('VmPowered')).map(({ format }) =>
    formatEvent(format, fields),
  );
  assert.deepEqual(texts, ['web on esx in dc is powered on', 'web on esx in dc is powered off']);
  assert.equal(new Set(EVENT_TYPES.map(({ type }) => type)).size, EVENT_TYPES.length);
});

function machine(end: Promise<VmEnd>): RunningVm {
  const nothing = async () => {};
  return {
    ended: end,
    ...{ input() {}, retry() {}, allocate() {} },
    ...{ pause: nothing, resume: nothing, reset: nothing, stop: nothing },
    snapshot: async () => ({ pages: 0, bytes: 0, ms: 0 }),
    disk: async () => undefined,
  };
}

function host(t: TestContext) {
  const actors = new Actors();
  const events = new EventLog(clock(), actors, new MemoryHistory());
  const ends: PromiseWithResolvers<VmEnd>[] = [];
  let refusal: HostError | undefined;
  const runner: VmRunner = {
    check: () => Promise.resolve(),
    async start() {
      if (refusal !== undefined) throw refusal;
      const end = Promise.withResolvers<VmEnd>();
      ends.push(end);
      return {
        ...machine(end.promise),
        press: async () => true,
        stop: async () => end.resolve({ kind: 'stopped' }),
      };
    },
  };
  const file = { read: () => undefined, replace() {}, append() {}, saved: async () => {} };
  const vms = new Inventory(file, runner, () => {});
  t.after(new VmEvents(events, actors).follow(vms));
  const told = () => events.all.map(({ type, user }) => `${type.replace(/Event$/, '')} ${user}`);
  return {
    actors,
    events,
    vms,
    ends,
    told,
    parent: folder(t),
    refuse: (error?: HostError) => (refusal = error),
  };
}

test('VmEvents: the life of a VM, each with who did it', async (t) => {
  const { actors, vms, ends, told, parent } = host(t);
  const as = <T>(user: string, work: () => T) => actors.run({ user }, work);
  const vm = as('ann', () => vms.create(parent, { name: 'web' }));
  await as('ben', () => vm.start());
  await as('cay', () => vm.reset());
  assert.equal(await as('cay', () => vm.askDown('reboot')), true);
  assert.equal(await as('cay', () => vm.askDown('poweroff')), true);
  await as('dan', () => vm.stop());
  await setImmediate();
  await as('ann', () => vm.start());
  ends[1]?.resolve({ kind: 'powered-off', status: 0 });
  await setImmediate();
  as('eve', () => vm.reconfigure({ memoryMib: 1024 }));
  await setImmediate();
  as('eve', () => vm.reconfigure({ name: 'shop' }));
  await setImmediate();
  as('eve', () => vms.delete(vm));
  assert.deepEqual(told(), [
    ...[
      'VmCreated ann',
      'VmStarting ben',
      'VmPoweredOn ben',
      'VmResetting cay',
      'VmGuestReboot cay',
      'VmGuestShutdown cay',
      'VmStopping dan',
      'VmPoweredOff dan',
    ],
    ...[
      'VmStarting ann',
      'VmPoweredOn ann',
      'VmPoweredOff ',
      'VmReconfigured eve',
      'VmRenamed eve',
      'VmRemoved eve',
    ],
  ]);
});

test('VmEvents: what cannot be started says why', async (t) => {
  const { vms, events, told, parent, refuse } = host(t);
  const vm = vms.create(parent, { name: 'web' });
  refuse(new HostError('cpu-admission', { reason: 'there is no CPU left' }));
  await assert.rejects(vm.start());
  await setImmediate();
  assert.deepEqual(told(), ['VmCreated ', 'VmStarting ', 'VmFailedToPowerOn ']);
  assert.match(JSON.stringify(events.all.at(-1)?.detail), /there is no CPU left/);
});
