// Autostart: order, delays, heartbeats, what fails, what becomes of VMs at the end, and what is kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Logger, ManualClock } from '#lib';
import { Autostart, type AutostartRow, type AutostartVm } from './autostart.ts';

class TestVm implements AutostartVm {
  isOff = true;
  hasHeartbeat = false;
  readonly id: number;
  readonly name: string;
  readonly #did: string[];

  constructor(id: number, did: string[]) {
    this.id = id;
    this.name = `vm-${id}`;
    this.#did = did;
  }

  async start(): Promise<void> {
    this.#did.push(`start ${this.id}`);
    if (this.id === 3) throw new Error('no memory');
    this.isOff = false;
  }

  async stop(): Promise<void> {
    this.#did.push(`stop ${this.id}`);
    this.isOff = true;
  }

  async suspend(): Promise<void> {
    this.#did.push(`suspend ${this.id}`);
    this.isOff = true;
  }

  async askDown(): Promise<boolean> {
    this.#did.push(`ask ${this.id}`);
    return true;
  }
}

function rig(kept?: string) {
  const did: string[] = [];
  const lines: string[] = [];
  const vms = [1, 2, 3, 4].map((id) => new TestVm(id, did));
  const file = { text: kept, read: () => file.text, replace: (text: string) => void (file.text = text) };
  const logger = new Logger('hostd', ({ message }) => lines.push(message), new ManualClock());
  const sleep = async (milliseconds: number) => {
    did.push(`wait ${milliseconds}`);
  };
  const autostart = new Autostart({ file, vms: () => vms, sleep, logger });
  return { autostart, did, lines, vms, file };
}

const row = (vm: number, more: Partial<AutostartRow> = {}): AutostartRow => ({
  ...{ vm, startOrder: -1, startDelay: 1, waitForHeartbeat: 'no', startAction: 'powerOn' },
  ...{ stopDelay: 2, stopAction: 'systemDefault' },
  ...more,
});

test('powerOn: nothing while it is disabled; by order, with delays, past what fails', async () => {
  const { autostart, did, lines, vms } = rig();
  vms[0]!.hasHeartbeat = true;
  autostart.change({}, [
    row(1, { startOrder: 2, waitForHeartbeat: 'yes' }),
    row(2),
    row(3, { startOrder: 1 }),
    row(4, { startAction: 'none' }),
  ]);
  await autostart.powerOn();
  assert.deepEqual(did, []);
  autostart.change({ enabled: true }, []);
  await autostart.powerOn();
  assert.deepEqual(did, ['start 3', 'start 1', 'start 2']);
  assert.deepEqual(lines, ['autostart cannot start vm-3: no memory']);
  did.length = 0;
  vms[1]!.isOff = true;
  autostart.change({}, [row(1, { startOrder: 5 }), row(2, { startOrder: 1, startDelay: 2 })]);
  await autostart.powerOn();
  assert.deepEqual(did, ['start 3', 'start 2', 'wait 1000', 'wait 1000']);
});

test('powerOff: each VM its way, the default for the others; a guest that does not listen is stopped', async () => {
  const { autostart, did, vms } = rig();
  for (const vm of vms) vm.isOff = false;
  autostart.change({}, [row(1, { stopAction: 'suspend' }), row(2, { stopAction: 'guestShutdown' })]);
  await autostart.powerOff();
  assert.deepEqual([...did].sort(), [
    'ask 2',
    'stop 2',
    'stop 3',
    'stop 4',
    'suspend 1',
    'wait 1000',
    'wait 1000',
  ]);
});

test('Autostart: what was changed is there again; a damaged file starts nothing and is said', () => {
  const first = rig();
  first.autostart.change({ enabled: true }, [row(1)]);
  assert.deepEqual(rig(first.file.text).autostart.state, first.autostart.state);
  const damaged = rig('{');
  assert.equal(damaged.autostart.state.defaults.enabled, false);
  assert.match(damaged.lines[0] ?? '', /its file cannot be read/);
});
