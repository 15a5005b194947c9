/** OvfManager: descriptors looked at, made into specs, and written for VMs. */
import { HostError } from '#lib';
import { openSource } from '#storage';
import type { OvfPackage, OvfFile as PackageFile } from '../../ovf/model.ts';
import { packageOfVmx } from '../../ovf/package-of-vmx.ts';
import { MAX_DESCRIPTOR_BYTES, readDescriptor } from '../../ovf/read-descriptor.ts';
import { writeDescriptor } from '../../ovf/write-descriptor.ts';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed, guarded as privileged } from '../model/managed.ts';
import { fault, type MoRef, VimFault } from '../model/value.ts';
import { ID } from '../objects/ids.ts';
import type {
  OvfCreateDescriptorParams,
  OvfCreateDescriptorResult,
  OvfCreateImportSpecParams,
  OvfCreateImportSpecResult,
  OvfFile,
  OvfParseDescriptorResult,
  OvfValidateHostResult,
  VirtualMachineImportSpec,
} from '../table/vim25.d.ts';
import { fileOfVmx } from '../vm/datastore-path.ts';
import { nameFault } from '../vm/reconfigure.ts';
import { guarded } from '../vm/vm-faults.ts';
import type { VmObject } from '../vm/vm-object.ts';
import { make } from '../vm/vmx-context.ts';
import { deviceId, idOfSlot, leaseDevices } from './device-ids.ts';
import { importSpec, packageFault } from './import-spec.ts';

const NAME = 'descriptor.ovf';

/** The package of a descriptor, or what is wrong with it. */
function parse(text: string): OvfPackage | VimFault {
  if (text.length > MAX_DESCRIPTOR_BYTES)
    return fault('OvfInvalidPackage', { lineNumber: 0 }, 'The descriptor has more than 4 MiB.');
  try {
    return readDescriptor(text, NAME);
  } catch (error) {
    if (error instanceof HostError && error.code === 'ovf-bad') return packageFault(error);
    throw error;
  }
}

const warnings = (notes: readonly string[]) =>
  notes.length === 0
    ? {}
    : { warning: notes.map((note) => fault('OvfUnsupportedPackage', {}, note).localized) };

function sizes({ files, disks }: OvfPackage) {
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((all, value) => all + (value ?? 0), 0);
  return {
    download: sum(files.map(({ sizeBytes }) => sizeBytes)),
    flat: sum(disks.map(({ capacityBytes }) => capacityBytes)),
    sparse: sum(disks.map(({ populatedBytes, file }) => populatedBytes ?? file?.sizeBytes ?? 0)),
  };
}

function parseDescriptor(text: string): OvfParseDescriptorResult {
  const parsed = parse(text);
  const nothing = { annotation: '', defaultEntityName: '', virtualApp: false, defaultDeploymentOption: '' };
  if (parsed instanceof VimFault) return { ...nothing, error: [parsed.localized] };
  const { machine, networks, notes } = parsed;
  const { download, flat, sparse } = sizes(parsed);
  return {
    ...nothing,
    network: networks.map(({ name, description = '' }) => ({ name, description })),
    ...{ annotation: machine.annotation ?? '', defaultEntityName: machine.name },
    ...{
      approximateDownloadSize: download,
      approximateFlatDeploymentSize: flat,
      approximateSparseDeploymentSize: sparse,
    },
    ...warnings(notes),
  };
}

function validateHost(text: string): OvfValidateHostResult {
  const parsed = parse(text);
  if (parsed instanceof VimFault) return { error: [parsed.localized] };
  const { download, flat, sparse } = sizes(parsed);
  return {
    ...{ downloadSize: download, flatDeploymentSize: flat, sparseDeploymentSize: sparse },
    supportedDiskProvisioning: ['thin', 'thick', 'monolithicSparse', 'monolithicFlat'],
    ...warnings(parsed.notes),
  };
}

interface Wanted {
  readonly ovfDescriptor: string;
  readonly resourcePool: MoRef;
  readonly datastore: MoRef;
  readonly cisp: OvfCreateImportSpecParams;
}

function createImportSpec(
  vim: VimContext,
  { ovfDescriptor, datastore, resourcePool, cisp }: Wanted,
): OvfCreateImportSpecResult | VimFault {
  for (const [ref, type] of [
    [datastore, 'Datastore'],
    [resourcePool, 'ResourcePool'],
  ] as const)
    if (vim.objects.get(ref.value)?.kind.name !== type) return FAULTS.objectNotFound(ref);
  const parsed = parse(ovfDescriptor);
  if (parsed instanceof VimFault) return { error: [parsed.localized] };
  const name = cisp.entityName === '' ? parsed.machine.name : cisp.entityName;
  const refused = nameFault(name);
  if (refused) return refused;
  try {
    const made = importSpec(
      parsed,
      {
        ...{ name, datastore: datastore.value.replace(/^ha-datastore-/, '') },
        ...{ networks: cisp.networkMapping ?? [], provisioning: cisp.diskProvisioning },
      },
      vim,
    );
    return {
      importSpec: make<VirtualMachineImportSpec>('VirtualMachineImportSpec', { configSpec: made.spec }),
      fileItem: made.items,
      ...warnings(made.notes),
    };
  } catch (error) {
    if (error instanceof HostError && error.code === 'ovf-bad')
      return { error: [packageFault(error).localized] };
    throw error;
  }
}

/** The files that a client has fetched, by the names that it gave them; others are left out. */
function describe(
  { vm, vmx, id, host, vim }: VmObject,
  { ovfFiles = [], name, description }: OvfCreateDescriptorParams,
): OvfCreateDescriptorResult {
  const { files, package: package_ } = packageOfVmx(vmx, {
    ...{ name: name || vm.name, guestIds: vim.guestIds },
    diskBytes(fileName) {
      const source = openSource(fileOfVmx(host.volumes, vm.folder.path, fileName), { within: host.volumes });
      source.close();
      return source.sizeBytes;
    },
  });
  const devices = leaseDevices(vmx);
  const given = new Map<string, OvfFile>();
  for (const packed of files) {
    const key =
      packed.slot === undefined
        ? devices.find(({ isDisk, fileName }) => !isDisk && fileName === packed.fileName)?.id
        : idOfSlot(vmx, packed.slot);
    const found = ovfFiles.find((one) => key !== undefined && one.deviceId === deviceId(id, key));
    if (found) given.set(packed.file.id, found);
  }
  const renamed = (file: PackageFile): PackageFile | undefined => {
    const found = given.get(file.id);
    return found && { ...file, href: found.path, sizeBytes: Number(found.size) };
  };
  const disks = package_.disks.map(({ file, format, ...disk }) => {
    const own = file && renamed(file);
    const populated = file && given.get(file.id)?.populatedSize;
    return {
      ...disk,
      ...(own && { file: own, ...(format !== undefined && { format }) }),
      ...(populated !== undefined && { populatedBytes: Number(populated) }),
    };
  });
  const { machine } = package_;
  const drives = machine.drives.map((drive) => {
    const disk = disks.find((one) => one.id === drive.disk?.id);
    return { ...drive, ...(disk && { disk }) };
  });
  const extraConfig = new Map(
    [...machine.extraConfig].filter(([, value]) => filesOf(value).every((file) => given.has(file))),
  );
  return {
    ovfDescriptor: writeDescriptor({
      ...package_,
      files: package_.files.flatMap((file) => renamed(file) ?? []),
      disks,
      machine: {
        ...machine,
        drives,
        extraConfig,
        ...(description !== undefined && description !== '' && { annotation: description }),
      },
    }),
  };
}

const filesOf = (value: string): string[] =>
  value.split('|').flatMap((one) => /^ovf:\/file\/(.+)$/.exec(one)?.[1] ?? []);

export const OvfManager = managed<'OvfManager', VimContext>('OvfManager', {
  properties: { ovfImportOption: () => [], ovfExportOption: () => [] },
  methods: {
    ParseDescriptor: (_vim, { ovfDescriptor }) => parseDescriptor(ovfDescriptor),
    ValidateHost(_vim, { ovfDescriptor, host }) {
      if (host.value !== ID.host) return FAULTS.objectNotFound(host);
      return validateHost(ovfDescriptor);
    },
    CreateImportSpec: (vim, args: Wanted) => createImportSpec(vim, args),
    CreateDescriptor: privileged(
      'asked',
      (vim: VimContext, { obj, cdp }: { obj: MoRef; cdp: OvfCreateDescriptorParams }, call) => {
        const refused = call.refusal('VApp.Export', obj);
        if (refused) return refused;
        const object = vim.objects.get(obj.value);
        if (object?.kind.name !== 'VirtualMachine') return FAULTS.objectNotFound(obj);
        const vm = object.self as VmObject;
        return guarded(() => describe(vm, cdp), vm);
      },
    ),
  },
});
