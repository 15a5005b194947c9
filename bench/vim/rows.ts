/** What the VIM benchmark measures, one function each; the number is in the unit of its row. */
import { performance } from 'node:perf_hooks';
import { SoapClient, type Target, valueOf } from './soap-client.ts';

export interface Sizes {
  readonly vms: number;
  readonly cycles: number;
  readonly changes: number;
  readonly sessions: number;
}

export interface VimRow {
  readonly what: string;
  readonly unit: string;
  /** A server has `vms` VMs, named vm-0 …, all off. */
  measure(client: SoapClient, target: Target, sizes: Sizes): Promise<number>;
}

export const rows = (sizes: Sizes): readonly VimRow[] => [
  { what: `RetrieveProperties: the summaries of ${sizes.vms} VMs`, unit: 'ms', measure: summaries },
  { what: `create and destroy a VM, mean of ${sizes.cycles}`, unit: 'ms', measure: cycles },
  {
    what: `from power on to its update, mean of ${sizes.changes}`,
    unit: 'ms',
    measure: (...given) => changes('on', ...given),
  },
  {
    what: `from power off to its update, mean of ${sizes.changes}`,
    unit: 'ms',
    measure: (...given) => changes('off', ...given),
  },
  { what: `${sizes.sessions} sessions at once: login, all names, logout`, unit: 'ms', measure: sessions },
];

const TRAVERSAL = `<selectSet xsi:type="TraversalSpec"><type>Folder</type><path>childEntity</path></selectSet>`;
const vmSpec = (paths: string) =>
  `<specSet><propSet><type>VirtualMachine</type>${paths}</propSet><objectSet><obj type="Folder">ha-folder-vm</obj><skip>true</skip>${TRAVERSAL}</objectSet></specSet>`;

/** Makes VMs without disks. */
export async function create(client: SoapClient, name: string): Promise<string> {
  const config = `<config><name>${name}</name><guestId>otherGuest64</guestId><files><vmPathName>[${client.target.datastore}]</vmPathName></files><numCPUs>1</numCPUs><memoryMB>128</memoryMB></config><pool type="ResourcePool">ha-root-pool</pool>`;
  return await client.finish(valueOf(await client.call('Folder', 'ha-folder-vm', 'CreateVM_Task', config)));
}

async function destroy(client: SoapClient, vm: string): Promise<void> {
  await client.finish(valueOf(await client.call('VirtualMachine', vm, 'Destroy_Task')));
}

async function timed(action: () => Promise<void>): Promise<number> {
  const since = performance.now();
  await action();
  return performance.now() - since;
}

async function summaries(client: SoapClient, _target: Target, { vms }: Sizes): Promise<number> {
  const spec = vmSpec('<pathSet>summary</pathSet>');
  return await timed(async () => {
    const text = await client.call('PropertyCollector', 'ha-property-collector', 'RetrieveProperties', spec);
    const found = text.split('VirtualMachineSummary').length - 1;
    if (found !== vms) throw new RangeError(`${found} summaries of ${vms} VMs came`);
  });
}

async function cycles(client: SoapClient, _target: Target, sizes: Sizes): Promise<number> {
  const all = await timed(async () => {
    for (let cycle = 0; cycle < sizes.cycles; cycle++)
      await destroy(client, await create(client, `cycle-${cycle}`));
  });
  return all / sizes.cycles;
}

/** A second session waits for the power state, and hears of it. */
async function changes(to: 'on' | 'off', client: SoapClient, target: Target, sizes: Sizes): Promise<number> {
  const watcher = new SoapClient(target);
  await watcher.login();
  const vm = await create(client, `power-${to}`);
  const spec = `<spec><propSet><type>VirtualMachine</type><pathSet>runtime.powerState</pathSet></propSet><objectSet><obj type="VirtualMachine">${vm}</obj></objectSet></spec><partialUpdates>false</partialUpdates>`;
  await watcher.call('PropertyCollector', 'ha-property-collector', 'CreateFilter', spec);
  let version = '';
  const wait = async (state: string) => {
    for (;;) {
      const text = await watcher.call(
        'PropertyCollector',
        'ha-property-collector',
        'WaitForUpdatesEx',
        `<version>${version}</version>`,
      );
      version = /<version>([^<]*)<\/version>/.exec(text)?.[1] ?? version;
      if (text.includes(`>${state}</val>`)) return;
    }
  };
  await wait('poweredOff');
  const times = { on: 0, off: 0 };
  for (let change = 0; change < sizes.changes; change++) {
    for (const [key, method, state] of [
      ['on', 'PowerOnVM_Task', 'poweredOn'],
      ['off', 'PowerOffVM_Task', 'poweredOff'],
    ] as const) {
      const heard = wait(state);
      let task: Promise<string> | undefined;
      times[key] += await timed(async () => {
        task = client.finish(valueOf(await client.call('VirtualMachine', vm, method)));
        // A task that fails ends it all.
        await Promise.race([heard, task.then(() => heard)]);
      });
      await task;
    }
  }
  await destroy(client, vm);
  watcher.close();
  return times[to] / sizes.changes;
}

async function sessions(_client: SoapClient, target: Target, sizes: Sizes): Promise<number> {
  const clients = Array.from({ length: sizes.sessions }, () => new SoapClient(target));
  const spec = vmSpec('<pathSet>name</pathSet>');
  const time = await timed(async () => {
    await Promise.all(
      clients.map(async (client) => {
        await client.login();
        await client.call('PropertyCollector', 'ha-property-collector', 'RetrieveProperties', spec);
        await client.call('SessionManager', 'ha-sessionmgr', 'Logout');
      }),
    );
  });
  for (const client of clients) client.close();
  return time;
}
