// VirtualMachine, HostAutoStartManager, EnvironmentBrowser: what no client of CI asks for: answers, keys, autostart, configuration options.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger, ManualClock } from '#lib';
import { Vmx } from '#vmm';
import { sampleAt } from '../../top/testing.ts';
import { Autostart } from '../../vms/autostart.ts';
import { Inventory } from '../../vms/inventory.ts';
import type { VmEnd, VmRunner } from '../../vms/runner.ts';
import { TestVim } from '../testing.ts';
import { installVms } from './install-vms.ts';
import { ENVIRONMENT_BROWSER } from './virtual-machine.ts';

async function make(t: TestContext) {
  const volumes = mkdtempSync(join(tmpdir(), 'vmk-vim-methods-'));
  t.after(() => rmSync(volumes, { recursive: true }));
  const datastore = join(volumes, 'datastore1');
  mkdirSync(datastore);
  const done = async () => {};
  let typed = '';
  const pressed: string[] = [];
  let hasDriver = false;
  const runner: VmRunner = {
    check: done,
    async start() {
      const end = Promise.withResolvers<VmEnd>();
      return {
        ended: end.promise,
        input: (bytes) => void (typed += Buffer.from(bytes).toString('latin1')),
        press: async (button) => hasDriver && pressed.push(button) > 0,
        ...{ allocate() {}, retry() {}, pause: done, resume: done, reset: done },
        snapshot: async () => ({ pages: 0, bytes: 0, ms: 0 }),
        disk: async () => undefined,
        stop: async () => end.resolve({ kind: 'stopped' }),
      };
    },
  };
  const none = { read: () => undefined, replace() {}, append() {}, saved: done };
  const vms = new Inventory(none, runner, () => {}, volumes);
  const vm = vms.create(datastore, { name: 'web' });
  const autostart = new Autostart({
    ...{ file: none, sleep: done, logger: new Logger('test', () => {}, new ManualClock()) },
    vms: () => [
      {
        ...{ id: vm.id, name: vm.name, isOff: vm.state === 'off', hasHeartbeat: false },
        ...{ start: () => vm.start(), stop: () => vm.stop(), suspend: done, askDown: async () => false },
      },
    ],
  });
  const machines = { vms, autostart, volumes, usage: { sample: () => sampleAt(1) }, httpsPort: () => 443 };
  const vim = await TestVim.make({ machines, installers: [installVms] });
  const client = vim.client();
  const call = async (method: string, args = '', object = String(vm.id)) =>
    await client.call(object, method, args);
  const buttons = { pressed, giveDriver: () => void (hasDriver = true) };
  return { vim, client, call, vm, buttons, typed: () => typed };
}

test('AnswerVM: the question is there to be read; what is no question or no choice is refused, what is one counts', async (t) => {
  const { client, call, vm } = await make(t);
  await vm.start();
  const answer = vm.questions.askToRetry('msg.disk.full', 'The disk is full.');
  const [{ id } = { id: '' }] = vm.questions.pending;
  const [text, asked] = await client.get(
    String(vm.id),
    'VirtualMachine',
    'runtime.question.text',
    'runtime.question.id',
  );
  assert.deepEqual([text, asked], ['The disk is full.', id]);
  const say = async (question: string, choice: string) =>
    (await call('AnswerVM', `<questionId>${question}</questionId><answerChoice>${choice}</answerChoice>`))
      .fault;
  assert.equal(await say('nothing', '0'), 'InvalidArgument');
  assert.equal(await say(id, '7'), 'InvalidArgument');
  assert.equal(await say(id, '0'), undefined);
  assert.equal(await answer, true);
  assert.equal(await say(id, '0'), 'InvalidArgument');
});

test('PutUsbScanCodes: what a person would type; of a VM that is off it is InvalidPowerState', async (t) => {
  const { call, vm, typed } = await make(t);
  const key = (usage: number, modifier = '') =>
    `<keyEvents><usbHidCode>${(usage << 16) | 7}</usbHidCode>${modifier && `<modifiers><${modifier}>true</${modifier}></modifiers>`}</keyEvents>`;
  const spec = `<spec>${key(0x0b, 'leftShift')}${key(0x0c)}${key(0x06, 'leftControl')}${key(0x28)}</spec>`;
  assert.equal((await call('PutUsbScanCodes', spec)).fault, 'InvalidPowerState');
  await vm.start();
  assert.equal((await call('PutUsbScanCodes', spec)).returned[0]?.text, '4');
  assert.equal(typed(), 'Hi\x03\r');
});

test('ShutdownGuest, RebootGuest: without an agent by a button, and where no driver hears it there is nobody to ask', async (t) => {
  const { call, vm, buttons } = await make(t);
  assert.equal((await call('RebootGuest')).fault, 'InvalidPowerState');
  await vm.start();
  assert.equal((await call('RebootGuest')).fault, 'ToolsUnavailable');
  assert.equal((await call('ShutdownGuest')).fault, 'ToolsUnavailable');
  buttons.giveDriver();
  assert.equal((await call('RebootGuest')).fault, undefined);
  assert.equal((await call('ShutdownGuest')).fault, undefined);
  assert.deepEqual(buttons.pressed, ['restart', 'power']);
});

test('AcquireTicket: of a VM that is on, for a screen, good once and for a minute', async (t) => {
  const { vim, call, vm } = await make(t);
  const acquire = async (type: string) => await call('AcquireTicket', `<ticketType>${type}</ticketType>`);
  assert.equal((await acquire('webmks')).fault, 'InvalidPowerState');
  await vm.start();
  const ticketOf = async () =>
    /<ticket>([0-9a-f]{32})<\/ticket>/.exec((await acquire('webmks')).body)?.[1] ?? '';
  const [first, second] = [await ticketOf(), await ticketOf()];
  const { consoleTickets } = vim.service;
  assert.deepEqual([consoleTickets.take(first), consoleTickets.take(first)], [String(vm.id), undefined]);
  vim.advance(60_000);
  assert.equal(consoleTickets.take(second), undefined);
  assert.equal((await acquire('mks')).fault, 'NotSupported');
  assert.equal((await acquire('key')).fault, 'InvalidArgument');
});

test('UpgradeVM_Task, StandbyGuest: newer hardware once, while it is off; a guest that could not be woken does not sleep', async (t) => {
  const { client, call, vm } = await make(t);
  const upgrade = async (version: string) => {
    const { returned } = await call('UpgradeVM_Task', version && `<version>${version}</version>`);
    const task = returned[0]?.text ?? '';
    for (;;) {
      const [state] = await client.get(task, 'Task', 'info.state');
      if (state === 'success' || state === 'error') return state;
      await nextTurn();
    }
  };
  const version = () => vm.vmx.get('virtualHW.version');
  vm.replaceVmx(Vmx.of([...vm.vmx.entries(), ['virtualHW.version', '10']]));
  assert.equal(await upgrade('vmx-14'), 'success');
  assert.equal(version(), '14');
  for (const wrong of ['vmx-13', 'vmx-14', 'vmx-22', 'latest'])
    assert.equal(await upgrade(wrong), 'error', wrong);
  assert.equal(version(), '14');
  await upgrade('');
  assert.equal(version(), '21');
  assert.equal((await call('StandbyGuest')).fault, 'InvalidPowerState');
  await vm.start();
  assert.equal((await call('StandbyGuest')).fault, 'ToolsUnavailable');
});

test('HostAutoStartManager: rows are kept and shown; PowerOn switches on, PowerOff off; what cannot be is refused', async (t) => {
  const { client, call, vm } = await make(t);
  const row = (more: Readonly<Record<string, string>>) => {
    const fields = {
      ...{ key: String(vm.id), startOrder: '1', startDelay: '-1', waitForHeartbeat: 'systemDefault' },
      ...{ startAction: 'PowerOn', stopDelay: '-1', stopAction: 'SystemDefault', ...more },
    };
    const [key = '', ...rest] = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
    return `<powerInfo>${key.replace('<key>', '<key type="VirtualMachine">')}${rest.join('')}</powerInfo>`;
  };
  const manager = async (method: string, args = '') => (await call(method, args, 'ha-autostart-mgr')).fault;
  const set = (info: string) =>
    manager('ReconfigureAutostart', `<spec><defaults><enabled>true</enabled></defaults>${info}</spec>`);
  assert.equal(await set(row({ startAction: 'dance' })), 'InvalidArgument');
  assert.equal(await set(row({ stopAction: 'dance' })), 'InvalidArgument');
  assert.equal(await set(row({ startDelay: '-2' })), 'InvalidArgument');
  assert.equal(await set(row({ key: '99' })), 'ManagedObjectNotFound');
  assert.equal(await set(row({})), undefined);
  const [config = ''] = await client.get('ha-autostart-mgr', 'HostAutoStartManager', 'config');
  assert.match(config, /true/);
  assert.equal(await manager('AutoStartPowerOn'), undefined);
  while (vm.state !== 'on') await new Promise(setImmediate);
  assert.equal(await manager('AutoStartPowerOff'), undefined);
  assert.equal(vm.state, 'off');
});

test('EnvironmentBrowser: options of the hardware with the descriptor that names them, and what it can be on', async (t) => {
  const { call } = await make(t);
  const browser = async (method: string, args = '') => await call(method, args, ENVIRONMENT_BROWSER);
  const described = await browser('QueryConfigOptionDescriptor');
  const key = /<key>(vmx-\d+)<\/key>/.exec(described.body)?.[1];
  assert.notEqual(key, undefined);
  const option = await browser(
    'QueryConfigOptionEx',
    `<spec><key>${key}</key><guestId>debian12_64Guest</guestId></spec>`,
  );
  assert.match(option.body, new RegExp(`<version>${key}</version>`));
  assert.match(option.body, /debian12_64Guest/);
  const target = await browser('QueryConfigTarget');
  assert.match(target.body, /datastore1/);
});
