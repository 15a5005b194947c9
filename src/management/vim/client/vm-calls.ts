/** Calls on VMs, by the VIM API. */
import { HostError, parseSize, usageError } from '#lib';
import type { VmRow } from '../../calls/vm.ts';
import { data, type MoRef, moRef } from '../model/value.ts';
import type { VirtualDevice, VirtualDeviceConfigSpec, VirtualMachineSnapshotTree } from '../table/vim25.d.ts';
import { type Given, optionalText, type RemoteCall, text } from './call.ts';
import type { Read, VimClient } from './vim-client.ts';

const VM = 'VirtualMachine';
const PATHS = [
  'name',
  'runtime.powerState',
  'config.hardware.memoryMB',
  'config.hardware.numCPU',
  'config.files.vmPathName',
  'runtime.question',
];
const DEVICES = 'config.hardware.device';
const FIRST_DISK_KEY = 2000;
const FIRST_CARD_KEY = 4000;
const DEFAULT_MEMORY_MIB = 512;
const KIBIBYTE = 1024;

// biome-ignore format: a table reads in columns
const STATES: Readonly<Record<string, string>> = { poweredOn: 'running', poweredOff: 'off', suspended: 'suspended' };

function row({ ref, values }: Read): VmRow {
  const state = String(values['runtime.powerState']);
  return {
    ...{ id: Number(ref.value), name: String(values['name']), state: STATES[state] ?? state },
    memoryMib: Number(values['config.hardware.memoryMB'] ?? 0),
    vcpus: Number(values['config.hardware.numCPU'] ?? 0),
    isAsking: values['runtime.question'] !== undefined,
    vmx: (values['config.files.vmPathName'] as string | undefined) ?? '',
  };
}

/** By name, else by id. @throws HostError `no-such-vm` */
export async function find(vim: VimClient, given: Given): Promise<string> {
  const wanted = text(given, 'vm');
  const all = await vim.read(VM, ['name']);
  const found =
    all.find(({ values }) => values['name'] === wanted) ?? all.find(({ ref }) => ref.value === wanted);
  if (found === undefined) throw new HostError('no-such-vm', { vm: wanted });
  return found.ref.value;
}

/** @throws HostError `no-such-vm` */
export async function rowOf(vim: VimClient, id: string): Promise<VmRow> {
  const [found] = await vim.read(VM, PATHS, id);
  if (found === undefined) throw new HostError('no-such-vm', { vm: id });
  return row(found);
}

const NO_ARGUMENTS = {};
type Plain = 'PowerOffVM_Task' | 'ResetVM_Task' | 'SuspendVM_Task' | 'Destroy_Task';

const task =
  (method: Plain): RemoteCall =>
  async (vim, given) => {
    await vim.finish(await vim.call(VM, await find(vim, given), method, NO_ARGUMENTS));
  };

async function show(vim: VimClient, id: string) {
  const paths = [
    ...PATHS,
    'config.uuid',
    'config.guestId',
    'config.annotation',
    'guest.ipAddress',
    'guest.hostName',
    DEVICES,
  ];
  const [found] = await vim.read(VM, paths, id);
  if (found === undefined) throw new HostError('no-such-vm', { vm: id });
  const { values } = found;
  const rest = Object.entries(values).filter(([path]) => path !== DEVICES && !PATHS.includes(path));
  const settings = Object.fromEntries(rest.map(([path, value]) => [path.replace(/^.*\./, ''), value]));
  const [disks, cards] = [disksOf(found), cardsOf(found)];
  const nics = cards.map(({ index, mac }) => ({ nic: `eth${index}`, mac }));
  return { ...row(found), settings: { ...settings, disks, nics: cards }, nics, lastEnd: undefined };
}

const devicesOf = (found: Read | undefined): readonly VirtualDevice[] =>
  (found?.values[DEVICES] ?? []) as readonly VirtualDevice[];

const diskDevices = (found: Read | undefined): VirtualDevice[] =>
  devicesOf(found).filter(({ _type }) => _type === 'VirtualDisk');

function disksOf(found: Read) {
  return diskDevices(found).map(({ key, backing }) => {
    const { fileName, diskMode } = backing as { fileName?: string; diskMode?: string };
    return { unit: key - FIRST_DISK_KEY, fileName: fileName ?? '', readOnly: diskMode === 'nonpersistent' };
  });
}

function cardsOf(found: Read) {
  const cards = devicesOf(found).filter((device) => 'macAddress' in device);
  return cards.map(({ key, backing, ...card }) => ({
    index: key - FIRST_CARD_KEY,
    networkName: (backing as { deviceName?: string } | undefined)?.deviceName ?? '',
    mac: String((card as { macAddress?: string }).macAddress),
  }));
}

const flatBacking = (fileName: string) =>
  data('VirtualDiskFlatVer2BackingInfo', { fileName, diskMode: 'persistent', thinProvisioned: true });

function diskSpec(given: string, index: number): VirtualDeviceConfigSpec {
  const bytes = parseSize(given);
  if (bytes === undefined)
    throw usageError(`"${given}" is no size: a disk of another machine cannot be named here`);
  const backing = flatBacking('');
  return {
    ...{ operation: 'add', fileOperation: 'create' },
    device: data('VirtualDisk', {
      ...{ key: -101 - index, controllerKey: -100, unitNumber: index < 7 ? index : index + 1, backing },
      capacityInKB: bytes / KIBIBYTE,
    }),
  };
}

async function create(vim: VimClient, given: Given): Promise<VmRow> {
  const name = text(given, 'name');
  const disks = (given['disks'] as readonly string[] | undefined) ?? [];
  const controller: VirtualDeviceConfigSpec = {
    operation: 'add',
    device: data('ParaVirtualSCSIController', { key: -100, busNumber: 0, sharedBus: 'noSharing' }),
  };
  const config = {
    ...{ name, files: { vmPathName: `[${optionalText(given, 'datastore') ?? 'datastore1'}]` } },
    ...{ memoryMB: Number(given['memoryMib'] ?? DEFAULT_MEMORY_MIB), numCPUs: Number(given['vcpus'] ?? 1) },
    annotation: optionalText(given, 'annotation'),
    guestId: optionalText(given, 'guestId') ?? 'otherLinux64Guest',
    deviceChange: disks.length === 0 ? [] : [controller, ...disks.map(diskSpec)],
  };
  const pool = moRef('ResourcePool', 'ha-root-pool');
  const made = await vim.finish(await vim.call('Folder', 'ha-folder-vm', 'CreateVM_Task', { config, pool }));
  const [found] = await vim.read(VM, PATHS, (made as MoRef).value);
  return row(found as Read);
}

async function set(vim: VimClient, given: Given) {
  const id = await find(vim, given);
  const spec = {
    ...(given['memoryMib'] !== undefined && { memoryMB: Number(given['memoryMib']) }),
    ...(given['vcpus'] !== undefined && { numCPUs: Number(given['vcpus']) }),
    annotation: optionalText(given, 'annotation'),
  };
  await vim.finish(await vim.call(VM, id, 'ReconfigVM_Task', { spec }));
  return await show(vim, id);
}

/** The place of a disk on SCSI buses by its key, and back. */
const UNITS_EACH = 16;
const FIRST_CONTROLLER_KEY = 1000;

async function addDisk(vim: VimClient, given: Given): Promise<{ unit: number }> {
  const id = await find(vim, given);
  const disk = text(given, 'disk');
  const unit = given['unit'] as number | undefined;
  const place =
    unit === undefined
      ? { controllerKey: undefined, unitNumber: undefined }
      : {
          controllerKey: FIRST_CONTROLLER_KEY + Math.floor(unit / UNITS_EACH),
          unitNumber: unit % UNITS_EACH,
        };
  const isThere = /^\[[^\]]+\] *\S/.test(disk);
  const { device, ...created } = diskSpec(isThere ? '512' : disk, 0);
  const change = isThere
    ? { operation: 'add' as const, device: { ...device, backing: flatBacking(disk), ...place } }
    : { ...created, device: { ...device, ...place } };
  const before = await diskKeys(vim, id);
  await vim.finish(await vim.call(VM, id, 'ReconfigVM_Task', { spec: { deviceChange: [change] } }));
  const added = (await diskKeys(vim, id)).find((key) => !before.includes(key));
  return { unit: (added ?? FIRST_DISK_KEY) - FIRST_DISK_KEY };
}

async function removeDisk(vim: VimClient, given: Given): Promise<void> {
  const key = FIRST_DISK_KEY + Number(given['unit']);
  const device = data('VirtualDisk', { key, capacityInKB: 0 });
  const isDeleted = given['isDeleted'] === true;
  const change = {
    operation: 'remove' as const,
    ...(isDeleted && { fileOperation: 'destroy' as const }),
    device,
  };
  const id = await find(vim, given);
  await vim.finish(await vim.call(VM, id, 'ReconfigVM_Task', { spec: { deviceChange: [change] } }));
}

async function diskKeys(vim: VimClient, id: string): Promise<number[]> {
  const [found] = await vim.read(VM, [DEVICES], id);
  return diskDevices(found).map(({ key }) => key);
}

interface Snapshot {
  readonly uid: number;
  readonly name: string;
  readonly createdMs: number;
  readonly base: number;
  readonly ref: MoRef;
}

async function snapshots(vim: VimClient, id: string): Promise<Snapshot[]> {
  const [found] = await vim.read(VM, ['snapshot.rootSnapshotList'], id);
  const flat = (trees: readonly VirtualMachineSnapshotTree[], base: number): Snapshot[] =>
    trees.flatMap(({ id: uid, name, createTime, snapshot, childSnapshotList = [] }) => [
      { uid, name, createdMs: createTime.getTime(), base, ref: snapshot },
      ...flat(childSnapshotList, uid),
    ]);
  return flat(
    (found?.values['snapshot.rootSnapshotList'] as VirtualMachineSnapshotTree[] | undefined) ?? [],
    0,
  );
}

async function snapshotOf(vim: VimClient, given: Given): Promise<string> {
  const name = text(given, 'name');
  const found = (await snapshots(vim, await find(vim, given))).find((each) => each.name === name);
  if (found === undefined) throw usageError(`there is no snapshot "${name}"`);
  return found.ref.value;
}

// biome-ignore format: a table reads in columns
export const VM_CALLS: Readonly<Record<string, RemoteCall>> = {
  'vm.list':       async (vim) => ({ vms: (await vim.read(VM, PATHS)).map(row), lost: [] }),
  'vm.show':       async (vim, given) => await show(vim, await find(vim, given)),
  'vm.create':     create,
  'vm.set':        set,
  'vm.disk.add':    addDisk,
  'vm.disk.remove': removeDisk,
  'vm.start':      async (vim, given) => void (await vim.finish(await vim.call(VM, await find(vim, given), 'PowerOnVM_Task', NO_ARGUMENTS))),
  'vm.stop':       task('PowerOffVM_Task'),
  'vm.reset':      task('ResetVM_Task'),
  'vm.suspend':    task('SuspendVM_Task'),
  'vm.delete':     task('Destroy_Task'),
  'vm.unregister': async (vim, given) => await vim.call(VM, await find(vim, given), 'UnregisterVM', NO_ARGUMENTS),
  'vm.register':   async (vim, given) => {
    const pool = moRef('ResourcePool', 'ha-root-pool');
    const made = await vim.finish(await vim.call('Folder', 'ha-folder-vm', 'RegisterVM_Task', { path: text(given, 'vmx'), asTemplate: false, pool }));
    return row((await vim.read(VM, PATHS, (made as MoRef).value))[0] as Read);
  },
  'vm.snapshots':        async (vim, given) => (await snapshots(vim, await find(vim, given))).map(({ uid, name, createdMs, base }) => ({ uid, name, createdMs, base })),
  'vm.snapshot.save':    async (vim, given) => void (await vim.finish(await vim.call(VM, await find(vim, given), 'CreateSnapshot_Task', { name: text(given, 'name'), memory: true, quiesce: false }))),
  'vm.snapshot.restore': async (vim, given) => void (await vim.finish(await vim.call('VirtualMachineSnapshot', await snapshotOf(vim, given), 'RevertToSnapshot_Task', NO_ARGUMENTS))),
  'vm.snapshot.remove':  async (vim, given) => void (await vim.finish(await vim.call('VirtualMachineSnapshot', await snapshotOf(vim, given), 'RemoveSnapshot_Task', { removeChildren: false }))),
};
