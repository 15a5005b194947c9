/** Methods of the folder of VMs: new ones, and ones whose files are there. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Vmx } from '#vmm';
import { VmFolder } from '../../vms/vm-folder.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED } from '../model/managed.ts';
import { type MoRef, moRef, VimFault } from '../model/value.ts';
import { ID } from '../objects/ids.ts';
import type { VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { vmxUuid } from './config-info.ts';
import { applySpec } from './config-spec.ts';
import { formatDatastorePath, machinePath, parseDatastorePath } from './datastore-path.ts';
import { finishFiles, prepareFiles } from './file-actions.ts';
import { foreignFile } from './foreign-files.ts';
import { nameFault } from './reconfigure.ts';
import { refusedNew, refusedTaken } from './spec-privileges.ts';
import { guarded, VM_FAULTS } from './vm-faults.ts';
import { vmxContext } from './vm-object.ts';
import type { Machines } from './vms-host.ts';

interface FolderSelf {
  readonly vim: VimContext;
  readonly id: string;
}

const ON_VOLUME = /^\/vmfs\/volumes\/([^/]+)\/(.+)$/;
const DEFAULT_MEMORY_MIB = '512';

/** A .vmx of which nothing has been said yet. */
function newVmx(): Vmx {
  const uuid = randomUUID();
  return Vmx.of([
    ['.encoding', 'UTF-8'],
    ['config.version', '8'],
    ['virtualHW.version', '21'],
    ['guestOS', 'other-64'],
    ['memSize', DEFAULT_MEMORY_MIB],
    ['numvcpus', '1'],
    ['uuid.bios', vmxUuid(uuid)],
    ['uuid.location', vmxUuid(uuid)],
    ['vc.uuid', vmxUuid(randomUUID())],
    ['firmware', 'bios'],
    ['scsi0.virtualDev', 'lsilogic'],
  ]);
}

/** Where a VM of that name goes: `[ds]` alone means a folder called like it. */
function vmxPathOf(vim: VimContext, name: string, wanted: string | undefined): string | VimFault {
  const text = wanted ?? defaultPlace(vim);
  const parsed = parseDatastorePath(text);
  if (parsed === undefined) return VM_FAULTS.invalidPath(text);
  if (vim.objects.get(`ha-datastore-${parsed.datastore}`) === undefined) return VM_FAULTS.invalidPath(text);
  if (parsed.path.endsWith('.vmx')) {
    const isAtTop = !parsed.path.includes('/');
    return formatDatastorePath(
      isAtTop ? { ...parsed, path: `${parsed.path.slice(0, -4)}/${parsed.path}` } : parsed,
    );
  }
  const folder = parsed.path === '' ? name : parsed.path;
  return formatDatastorePath({ ...parsed, path: `${folder}/${name}.vmx` });
}

function defaultPlace({ host }: VimContext): string {
  const [first] = host.datastores();
  return first ? `[${first.name}]` : '';
}

/** Makes folder, disks and .vmx, and takes the VM in. */
export async function createVm(
  vim: VimContext,
  machines: Machines,
  config: VirtualMachineConfigSpec,
  pool: string,
): Promise<MoRef | VimFault> {
  const { name } = config;
  if (name === undefined) return FAULTS.invalidArgument('configSpec.name');
  const refused = nameFault(name) ?? takenName(machines, name);
  if (refused) return refused;
  const path = vmxPathOf(vim, name, config.files?.vmPathName);
  if (path instanceof VimFault) return path;
  const vmxPath = machinePath(
    machines.volumes,
    parseDatastorePath(path) as NonNullable<ReturnType<typeof parseDatastorePath>>,
  );
  const folder = dirname(vmxPath);
  const isNew = !existsSync(folder);
  if (!isNew && (existsSync(vmxPath) || machines.vms.isLeaving(folder))) return VM_FAULTS.fileExists(path);
  const context = vmxContext(vim, machines, { vmxPath, isOn: false });
  const changed = applySpec(newVmx(), config, context);
  if (changed instanceof VimFault) return changed;
  // It is made with the .vmx, but for disks that are to be in it before.
  if (changed.files.length > 0) mkdirSync(folder, { recursive: true });
  const place = { volumes: machines.volumes, folder, toDatastorePath: context.toDatastorePath };
  const missing = prepareFiles(changed.files, place);
  if (missing) {
    if (isNew) rmdirSync(folder);
    return missing;
  }
  try {
    if (pool !== '') changed.vmx.set('sched.pool', pool);
    const vm = machines.vms.createAt(vmxPath, changed.vmx);
    await machines.vms.saved(vm);
    return moRef('VirtualMachine', String(vm.id));
  } catch (error) {
    finishFiles(
      changed.files.map((action) => ({ kind: 'delete-disk', fileName: action.fileName })),
      place,
    );
    if (isNew && existsSync(folder)) rmdirSync(folder);
    throw error;
  }
}

function takenName(machines: Machines, name: string): VimFault | undefined {
  const other = machines.vms.named(name);
  return other && VM_FAULTS.duplicateName(name, moRef('VirtualMachine', String(other.id)));
}

/** Takes a VM in whose .vmx is there. */
async function register(
  vim: VimContext,
  machines: Machines,
  path: string,
  name: string | undefined,
  pool: string | undefined,
): Promise<MoRef | VimFault> {
  const parsed = parseDatastorePath(path);
  if (parsed === undefined || !parsed.path.endsWith('.vmx')) return VM_FAULTS.invalidPath(path);
  if (vim.objects.get(`ha-datastore-${parsed.datastore}`) === undefined) return VM_FAULTS.invalidPath(path);
  const vmxPath = machinePath(machines.volumes, parsed);
  if (!existsSync(vmxPath)) return VM_FAULTS.fileNotFound(path);
  if (machines.vms.all.some(({ folder }) => folder.vmxPath === vmxPath)) return VM_FAULTS.alreadyExists(path);
  if (name !== undefined && name !== '') {
    const refused = nameFault(name) ?? takenName(machines, name);
    if (refused) return refused;
  }
  const foreign = foreignFile(machines.volumes, VmFolder.at(vmxPath).readVmx());
  if (foreign !== undefined)
    return VM_FAULTS.invalidConfig(foreign, `${foreign} names a file that is on no datastore.`);
  const vm = machines.vms.register(vmxPath);
  complete(vm, name, vim);
  if (pool !== undefined && pool !== vm.settings.pool) vm.reconfigure({ pool });
  await machines.vms.saved();
  return moRef('VirtualMachine', String(vm.id));
}

/** What every VM has to have, where its .vmx lacks it; volumes by their names, files beside it by theirs. */
function complete(
  vm: ReturnType<Machines['vms']['register']>,
  name: string | undefined,
  { host }: VimContext,
): void {
  const before = vm.vmx.toString();
  const vmx = Vmx.of(vm.vmx.entries());
  if (vmx.get('uuid.bios') === undefined) vmx.set('uuid.bios', vmxUuid(randomUUID()));
  if (vmx.get('vc.uuid') === undefined) vmx.set('vc.uuid', vmxUuid(randomUUID()));
  if (name !== undefined && name !== '') vmx.set('displayName', name);
  const names = new Map(host.datastores().map((datastore) => [datastore.uuid, datastore.name]));
  for (const [key, value] of [...vmx.entries()]) {
    const [, volume = '', rest = ''] = ON_VOLUME.exec(value) ?? [];
    if (rest === '') continue;
    const datastore = names.get(volume) ?? volume;
    const isBeside = vm.folder.path.endsWith(`/${datastore}/${dirname(rest)}`);
    vmx.set(key, isBeside ? basename(rest) : `/vmfs/volumes/${datastore}/${rest}`);
  }
  if (vmx.toString() !== before) vm.replaceVmx(vmx);
}

/** Empty for the root. */
function poolName({ host }: VimContext, { value }: MoRef): string {
  return host.pools?.all.find(({ id }) => `pool-${id}` === value)?.name ?? '';
}

/** In the folder of VMs alone; it cannot be done to the others. */
function inVmFolder(
  { vim, id }: FolderSelf,
  call: Call,
  work: (machines: Machines) => Promise<MoRef | VimFault>,
): MoRef | VimFault {
  const { machines } = vim.host;
  if (id !== ID.vmFolder || machines === undefined) return FAULTS.notSupported();
  return call.task(() => guarded(() => work(machines)));
}

export const FOLDER_METHODS = {
  CreateVM_Task: {
    privilege: ASKED,
    invoke(
      self: FolderSelf,
      { config, pool }: { config: VirtualMachineConfigSpec; pool: MoRef },
      call: Call,
    ) {
      const refused = call.refusal('VirtualMachine.Inventory.Create', call.self);
      if (refused) return refused;
      const chosen = self.vim.objects.get(pool.value);
      if (chosen?.kind.name !== 'ResourcePool') return FAULTS.objectNotFound(pool);
      const lacking = refusedNew(self.vim, { spec: config, folder: call.self, pool: chosen.ref }, call);
      if (lacking) return lacking;
      const into = poolName(self.vim, pool);
      return inVmFolder(self, call, (machines) => createVm(self.vim, machines, config, into));
    },
  },
  RegisterVM_Task: {
    privilege: ASKED,
    invoke(
      self: FolderSelf,
      {
        path,
        name,
        asTemplate,
        pool,
      }: {
        path: string;
        name?: string | undefined;
        asTemplate: boolean;
        pool?: MoRef | undefined;
      },
      call: Call,
    ) {
      const into = pool && self.vim.objects.get(pool.value);
      if (pool !== undefined && into?.kind.name !== 'ResourcePool') return FAULTS.objectNotFound(pool);
      const refused =
        call.refusal('VirtualMachine.Inventory.Register', call.self) ??
        refusedTaken(self.vim, { path, pool: into?.ref }, call);
      if (refused) return refused;
      if (asTemplate) return FAULTS.notSupported('A standalone host has no templates.');
      return inVmFolder(self, call, (machines) =>
        register(self.vim, machines, path, name, into && poolName(self.vim, into.ref)),
      );
    },
  },
};
