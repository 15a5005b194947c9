/** What it takes to ask for a configuration: privileges on the VM by part of the spec, on datastores by the files that it names, on networks. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { type MoRef, moRef, type VimFault } from '../model/value.ts';
import type { VirtualDevice, VirtualDisk, VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { parseDatastorePath } from './datastore-path.ts';
import type { VmObject } from './vm-object.ts';

type Spec = VirtualMachineConfigSpec;
type Change = NonNullable<Spec['deviceChange']>[number];

/** Devices that the VM has. */
type Devices = readonly VirtualDevice[];

const changes = ({ deviceChange }: Spec) => deviceChange ?? [];
const isDisk = ({ device }: Change) => device._type === 'VirtualDisk';
const deviceOf = ({ device }: Change, devices: Devices) => devices.find(({ key }) => key === device.key);
/** By what the VM has, whatever the spec calls it. */
const removesDisk = (change: Change, devices: Devices) =>
  change.operation === 'remove' && (isDisk(change) || deviceOf(change, devices)?._type === 'VirtualDisk');
const extendsDisk = (change: Change, devices: Devices) => {
  if (change.operation !== 'edit' || !isDisk(change)) return false;
  const before = deviceOf(change, devices) as VirtualDisk | undefined;
  const { capacityInKB, capacityInBytes } = change.device as VirtualDisk;
  return (
    Number(capacityInKB ?? 0) > Number(before?.capacityInKB ?? 0) ||
    Number(capacityInBytes ?? 0) > Number(before?.capacityInBytes ?? 0)
  );
};

/** Which privilege on the VM a part of a spec takes. Source: the vSphere API reference, ReconfigVM_Task. */
// biome-ignore format: a table reads in columns
const ON_VM: readonly (readonly [privilege: string, isAsked: (spec: Spec, devices: Devices) => boolean])[] = [
  ['VirtualMachine.Config.Rename',         ({ name }) => name !== undefined],
  ['VirtualMachine.Config.Annotation',     ({ annotation }) => annotation !== undefined],
  ['VirtualMachine.Config.CPUCount',       ({ numCPUs, numCoresPerSocket, cpuHotAddEnabled }) => (numCPUs ?? numCoresPerSocket ?? cpuHotAddEnabled) !== undefined],
  ['VirtualMachine.Config.Memory',         ({ memoryMB, memoryHotAddEnabled }) => (memoryMB ?? memoryHotAddEnabled) !== undefined],
  ['VirtualMachine.Config.Resource',       ({ cpuAllocation, memoryAllocation }) => (cpuAllocation ?? memoryAllocation) !== undefined],
  ['VirtualMachine.Config.AdvancedConfig', ({ extraConfig }) => (extraConfig ?? []).length > 0],
  ['VirtualMachine.Config.ChangeTracking', ({ changeTrackingEnabled }) => changeTrackingEnabled !== undefined],
  ['VirtualMachine.Config.Settings',       ({ guestId, bootOptions, firmware, flags, powerOpInfo, tools, uuid, instanceUuid, version }) =>
    (guestId ?? bootOptions ?? firmware ?? flags ?? powerOpInfo ?? tools ?? uuid ?? instanceUuid ?? version) !== undefined],
  ['VirtualMachine.Config.AddNewDisk',     (spec) => changes(spec).some((c) => c.operation === 'add' && isDisk(c) && c.fileOperation !== undefined)],
  ['VirtualMachine.Config.AddExistingDisk', (spec) => changes(spec).some((c) => c.operation === 'add' && isDisk(c) && c.fileOperation === undefined)],
  ['VirtualMachine.Config.RemoveDisk',     (spec, devices) => changes(spec).some((c) => removesDisk(c, devices))],
  ['VirtualMachine.Config.DiskExtend',     (spec, devices) => changes(spec).some((c) => extendsDisk(c, devices))],
  ['VirtualMachine.Config.AddRemoveDevice', (spec, devices) => changes(spec).some((c) => c.operation !== 'edit' && !isDisk(c) && !removesDisk(c, devices))],
  ['VirtualMachine.Config.EditDevice',     (spec) => changes(spec).some((c) => c.operation === 'edit')],
];

/** Of these, what counts for a VM that is yet to be made, on its folder. Source: the vSphere API reference, CreateVM_Task. */
const ON_FOLDER: ReadonlySet<string> = new Set([
  'VirtualMachine.Config.AddNewDisk',
  'VirtualMachine.Config.AddExistingDisk',
]);

/** What is written to a datastore, and what is only read there. */
const ALLOCATE = 'Datastore.AllocateSpace';
const BROWSE = 'Datastore.Browse';
const ASSIGN_NETWORK = 'Network.Assign';
const ASSIGN_POOL = 'Resource.AssignVMToPool';
const VOLUME = /^\/vmfs\/volumes\/([^/]+)\//;

/** The datastore that a file of a spec is on; `own` for a name without one. */
function datastoreOf(fileName: string, own: string): string {
  return VOLUME.exec(fileName)?.[1] ?? parseDatastorePath(fileName)?.datastore ?? own;
}

/** What the files and networks of a spec take: [privilege, on what]. */
function onOthers(spec: Spec, own: string): (readonly [privilege: string, on: MoRef])[] {
  const asked: (readonly [string, MoRef])[] = [];
  const datastore = (name: string) => moRef('Datastore', `ha-datastore-${name}`);
  for (const change of changes(spec)) {
    if (change.operation === 'remove') continue;
    const { fileName, deviceName } = (change.device.backing ?? {}) as {
      readonly fileName?: string;
      readonly deviceName?: string;
    };
    const isNetwork = change.device.backing?._type === 'VirtualEthernetCardNetworkBackingInfo';
    if (isNetwork && deviceName) asked.push([ASSIGN_NETWORK, moRef('Network', `HaNetwork-${deviceName}`)]);
    if (isDisk(change) && change.operation === 'add')
      asked.push([ALLOCATE, datastore(datastoreOf(fileName ?? '', own))]);
    else if (!isDisk(change) && fileName) asked.push([BROWSE, datastore(datastoreOf(fileName, own))]);
  }
  for (const { value } of spec.extraConfig ?? []) {
    const files = typeof value === 'string' ? value.split('|') : [];
    for (const file of files) {
      const name = datastoreOf(file, '');
      if (name !== '') asked.push([BROWSE, datastore(name)]);
    }
  }
  return asked;
}

/** What is not there is not asked about: that it is missing is said when it is looked for. */
function refusedOthers(vim: VimContext, spec: Spec, own: string, call: Call): VimFault | undefined {
  for (const [privilege, on] of onOthers(spec, own)) {
    const refused = vim.objects.get(on.value) && call.refusal(privilege, on);
    if (refused) return refused;
  }
  return undefined;
}

/** The first privilege that they lack to change a VM so, as a fault. */
export function refusedSpec(vm: VmObject, spec: Spec, call: Call): VimFault | undefined {
  const devices = changes(spec).length > 0 ? (vm.config.hardware.device ?? []) : [];
  for (const [privilege, isAsked] of ON_VM) {
    const refused = isAsked(spec, devices) ? call.refusal(privilege, vm.ref) : undefined;
    if (refused) return refused;
  }
  return refusedOthers(vm.vim, spec, vm.datastoreName, call);
}

/** The same for one whose .vmx is there. Source: the vSphere API reference, RegisterVM_Task. */
export function refusedTaken(
  vim: VimContext,
  { path, pool }: { readonly path: string; readonly pool: MoRef | undefined },
  call: Call,
): VimFault | undefined {
  const place = vim.objects.get(`ha-datastore-${datastoreOf(path, '')}`);
  return (pool && call.refusal(ASSIGN_POOL, pool)) ?? (place && call.refusal(BROWSE, place.ref));
}

/** The same for a VM that is to be made, in a folder and a pool. */
export function refusedNew(
  vim: VimContext,
  { spec, folder, pool }: { readonly spec: Spec; readonly folder: MoRef; readonly pool: MoRef },
  call: Call,
): VimFault | undefined {
  for (const [privilege, isAsked] of ON_VM) {
    const refused = ON_FOLDER.has(privilege) && isAsked(spec, []) && call.refusal(privilege, folder);
    if (refused) return refused;
  }
  const own = datastoreOf(spec.files?.vmPathName ?? '', vim.host.datastores()[0]?.name ?? '');
  const place = moRef('Datastore', `ha-datastore-${own}`);
  return (
    call.refusal(ASSIGN_POOL, pool) ??
    (vim.objects.get(place.value) && call.refusal(ALLOCATE, place)) ??
    refusedOthers(vim, spec, own, call)
  );
}
