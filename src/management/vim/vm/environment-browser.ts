/** EnvironmentBrowser: what hardware a VM of this host can have. */
import { MAX_MEMORY_MIB, MAX_VCPUS } from '#vmm';
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { hostCapability } from '../objects/host-capability.ts';
import { ID } from '../objects/ids.ts';
import type {
  ConfigTarget,
  GuestOsDescriptor,
  VirtualHardwareOption,
  VirtualMachineConfigOption,
} from '../table/vim25.d.ts';
import { DEFAULT_GUEST_ID, type GuestIds } from './guest-os.ts';
import { vmCapability } from './vm-capability.ts';

const VERSION = 'vmx-21';
const VERSION_NUMBER = 21;
/** What a client may ask for by its own name. */
const KNOWN_VERSION = /^vmx-(?:0[4-9]|1\d|2[01])$/;
const MAX_DISKS = 60;
const CONTROLLERS = [
  'VirtualLsiLogicController',
  'ParaVirtualSCSIController',
  'VirtualLsiLogicSASController',
  'VirtualAHCIController',
  'VirtualNVMEController',
];
const CARDS = ['VirtualVmxnet3', 'VirtualE1000e', 'VirtualE1000'];

const integers = (min: number, max: number, defaultValue: number) => ({ min, max, defaultValue });

function guestDescriptor(id: string, ids: GuestIds): GuestOsDescriptor {
  const { fullName = id, family = 'otherGuestFamily' } = ids.system(id) ?? {};
  return {
    ...{ id, family, fullName, supportedMaxCPUs: MAX_VCPUS, numSupportedPhysicalSockets: MAX_VCPUS },
    ...{ numSupportedCoresPerSocket: MAX_VCPUS, supportedMinMemMB: 4, supportedMaxMemMB: MAX_MEMORY_MIB },
    ...{ recommendedMemMB: 512, recommendedColorDepth: 32, supportedDiskControllerList: CONTROLLERS },
    recommendedSCSIController: 'ParaVirtualSCSIController',
    ...{ recommendedDiskController: 'ParaVirtualSCSIController', supportedNumDisks: MAX_DISKS },
    ...{ recommendedDiskSizeMB: 8192, recommendedCdromController: 'VirtualAHCIController' },
    ...{ supportedEthernetCard: CARDS, recommendedEthernetCard: 'VirtualVmxnet3', supportsSlaveDisk: true },
    ...{ cpuFeatureMask: [], smcRequired: false, supportsWakeOnLan: false, supportsVMI: false },
    ...{ supportsMemoryHotAdd: false, supportsCpuHotAdd: false, supportsCpuHotRemove: false },
    ...{ supportedFirmware: ['bios', 'efi'], recommendedFirmware: 'bios', supportedUSBControllerList: [] },
    ...{ supports3D: false, recommended3D: false, smcRecommended: false, ich7mRecommended: false },
    ...{ usbRecommended: false, supportLevel: 'supported', supportedForCreate: true },
    vRAMSizeInKB: integers(1024, 16_384, 4096),
    ...{ numSupportedFloppyDevices: 2, wakeOnLanEthernetCard: [], supportsPvscsiControllerForBoot: true },
    ...{ diskUuidEnabled: false, supportsHotPlugPCI: false, supportsTPM20: false },
  };
}

function hardware(): VirtualHardwareOption {
  return {
    hwVersion: VERSION_NUMBER,
    virtualDeviceOption: [],
    deviceListReadonly: false,
    numCPU: Array.from({ length: MAX_VCPUS }, (_, i) => i + 1),
    numCoresPerSocket: integers(1, MAX_VCPUS, 1),
    numCpuReadonly: false,
    memoryMB: integers(4, MAX_MEMORY_MIB, 512),
    numPCIControllers: integers(1, 1, 1),
    numIDEControllers: integers(2, 2, 2),
    numUSBControllers: integers(0, 1, 0),
    numUSBXHCIControllers: integers(0, 1, 0),
    numSIOControllers: integers(1, 1, 1),
    numPS2Controllers: integers(1, 1, 1),
    licensingLimit: [],
    resourceConfigOption: {
      cpuAllocationOption: {
        sharesOption: { sharesOption: integers(0, 1_000_000, 4000), defaultLevel: 'normal' },
      },
      memoryAllocationOption: {
        sharesOption: { sharesOption: integers(0, 1_000_000, 10), defaultLevel: 'normal' },
      },
    },
  } as unknown as VirtualHardwareOption;
}

function configOption(vim: VimContext, ids: ReadonlySet<string>): VirtualMachineConfigOption {
  return {
    version: VERSION,
    description: 'VMkernel machine (RISC-V)',
    guestOSDescriptor: [...ids].map((id) => guestDescriptor(id, vim.guestIds)),
    guestOSDefaultIndex: Math.max(0, [...ids].indexOf(DEFAULT_GUEST_ID)),
    hardwareOptions: hardware(),
    capabilities: vmCapability(vim.table.data('VirtualMachineCapability')?.fields ?? []),
    datastore: {},
    supportedMonitorType: ['release'],
    supportedOvfEnvironmentTransport: [],
    supportedOvfInstallTransport: [],
  };
}

function target({ host, objects }: VimContext): ConfigTarget {
  const { cpus } = host.facts.hardware;
  return {
    numCpus: cpus,
    numCpuCores: cpus,
    numNumaNodes: 1,
    maxCpusPerVm: MAX_VCPUS,
    maxMemMBOptimalPerf: MAX_MEMORY_MIB,
    supportedMaxMemMB: MAX_MEMORY_MIB,
    smcPresent: false,
    datastore: host.datastores().map(({ name, path, capacityBytes, freeBytes }) => ({
      name,
      datastore: {
        ...{ datastore: moRef('Datastore', `ha-datastore-${name}`), name, url: path, accessible: true },
        ...{ capacity: capacityBytes, freeSpace: freeBytes, type: 'VMFS', maintenanceMode: 'normal' },
      },
      capability: {
        ...{ directoryHierarchySupported: true, rawDiskMappingsSupported: false },
        ...{ perFileThinProvisioningSupported: true },
      },
      ...{ maxFileSize: 64 * 2 ** 40, mode: 'readWrite' },
    })),
    network: objects.refs('Network').map((network) => {
      const name = network.value.replace(/^HaNetwork-/, '');
      return { name, network: { network, name, accessible: true, ipPoolName: '' } };
    }),
    autoVmotion: false,
  } as unknown as ConfigTarget;
}

const allIds = (vim: VimContext) =>
  vim.table.enumeration('VirtualMachineGuestOsIdentifier') ?? new Set<string>();

export const EnvironmentBrowser = managed<'EnvironmentBrowser', VimContext>('EnvironmentBrowser', {
  properties: {},
  methods: {
    QueryTargetCapabilities: ({ table }) => hostCapability(table),
    QueryConfigOptionDescriptor: () => [
      {
        ...{ key: VERSION, description: 'VMkernel machine (RISC-V)', host: [moRef('HostSystem', ID.host)] },
        ...{ createSupported: true, defaultConfigOption: true, runSupported: true, upgradeSupported: true },
      },
    ],
    QueryConfigOption: (vim, { key }) =>
      key === undefined || KNOWN_VERSION.test(key) ? configOption(vim, allIds(vim)) : undefined,
    QueryConfigOptionEx(vim, { spec }) {
      if (spec?.key !== undefined && !KNOWN_VERSION.test(spec.key)) return undefined;
      const wanted = spec?.guestId;
      return configOption(vim, wanted && wanted.length > 0 ? new Set(wanted) : allIds(vim));
    },
    QueryConfigTarget: (vim) => target(vim),
  },
});
