/** HostSystem: the host itself, its hardware, its configuration as its managers have it. */
import { present } from '../../present.ts';
import type { VimContext } from '../context.ts';
import type { Look } from '../model/call.ts';
import { type ManagedObject, managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import type {
  HostConfigInfo,
  HostHardwareInfo,
  HostListSummary,
  HostRuntimeInfo,
  HostSystemInfo,
} from '../table/vim25.d.ts';
import { about } from './about.ts';
import { lockdownMode } from './access-manager.ts';
import { entityProperties } from './entity.ts';
import { hostCapability } from './host-capability.ts';
import { enterMaintenance, exitMaintenance, rebootHost, shutdownHost } from './host-power.ts';
import { configManager, ID } from './ids.ts';
import { EXECUTER, TYPE_MANAGER } from './method-executer.ts';

const MEBIBYTE = 2 ** 20;
const HERTZ_PER_MEGAHERTZ = 1_000_000;
const HTTPS_PORT = 443;

const NO_BITS = '----:----:----:----:----:----:----:----';
/** CPUID 8000_0001h with its bit for 64-bit code alone: by it libvirt knows which guests there can be, and needs it to connect. */
const CPU_FEATURES = [
  { level: -0x7fff_ffff, eax: NO_BITS, ebx: NO_BITS, ecx: NO_BITS, edx: `--1-${NO_BITS.slice(4)}` },
];

const nowMs = ({ host }: VimContext) => Number(host.clock.wallNanoseconds() / 1_000_000n);

function systemInfo({ host }: VimContext): HostSystemInfo {
  const { vendor, model } = host.facts.hardware;
  return { vendor, model, uuid: host.facts.uuid, otherIdentifyingInfo: [] };
}

function hardware(vim: VimContext): HostHardwareInfo {
  const { cpus, cpuMhz, cpuModel, memoryBytes } = vim.host.facts.hardware;
  const hz = cpuMhz * HERTZ_PER_MEGAHERTZ;
  return {
    systemInfo: systemInfo(vim),
    cpuInfo: { numCpuPackages: 1, numCpuCores: cpus, numCpuThreads: cpus, hz },
    cpuPkg: [
      {
        ...{ index: 0, vendor: 'unknown', hz, busHz: hz, description: cpuModel },
        threadId: Array.from({ length: cpus }, (_, id) => id),
        cpuFeature: [],
      },
    ],
    ...{ memorySize: memoryBytes, smcPresent: false, pciDevice: [], cpuFeature: CPU_FEATURES },
    biosInfo: { biosVersion: vim.host.facts.version, vendor: 'VMkernel' },
  };
}

function runtime({ host }: VimContext): HostRuntimeInfo {
  return {
    ...{ connectionState: 'connected', powerState: 'poweredOn', standbyMode: 'none' },
    inMaintenanceMode: host.settings.maintenance.state === 'maintenance',
    inQuarantineMode: false,
    bootTime: new Date(host.facts.startedMs()),
  };
}

function summary(vim: VimContext): HostListSummary {
  const { host } = vim;
  const { cpus, cpuMhz, cpuModel, memoryBytes } = host.facts.hardware;
  const use = host.facts.use();
  return {
    host: moRef('HostSystem', ID.host),
    hardware: {
      ...systemInfo(vim),
      ...{ memorySize: memoryBytes, cpuModel, cpuMhz, numCpuPkgs: 1, numCpuCores: cpus, numCpuThreads: cpus },
      ...{ numNics: 0, numHBAs: 0 },
    },
    runtime: runtime(vim),
    config: {
      ...{ name: host.settings.identity.fullName, port: HTTPS_PORT, product: about(host.facts) },
      ...{ vmotionEnabled: false, faultToleranceEnabled: false },
    },
    quickStats: {
      overallCpuUsage: Math.round(use.cpuMhz),
      overallMemoryUsage: Math.trunc(use.memoryBytes / MEBIBYTE),
      uptime: Math.trunc((nowMs(vim) - host.facts.startedMs()) / 1000),
    },
    ...{ overallStatus: 'green', rebootRequired: false },
  };
}

/** A part of `config` is the property of the manager that changes it. */
// biome-ignore format: a table reads in columns
const CONFIG_PARTS: readonly (readonly [field: keyof HostConfigInfo, manager: string, property: string])[] = [
  ['storageDevice',         'storageSystem',    'storageDeviceInfo'],
  ['multipathState',        'storageSystem',    'multipathStateInfo'],
  ['fileSystemVolume',      'storageSystem',    'fileSystemVolumeInfo'],
  ['network',               'networkSystem',    'networkInfo'],
  ['capabilities',          'networkSystem',    'capabilities'],
  ['offloadCapabilities',   'networkSystem',    'offloadCapabilities'],
  ['virtualNicManagerInfo', 'ha-vnic-mgr',      'info'],
  ['datastoreCapabilities', 'ha-datastoresystem', 'capabilities'],
  ['service',               'serviceSystem',    'serviceInfo'],
  ['firewall',              'firewallSystem',   'firewallInfo'],
  ['autoStart',             'ha-autostart-mgr', 'config'],
  ['option',                'ha-adv-options',   'setting'],
  ['optionDef',             'ha-adv-options',   'supportedOption'],
  ['dateTimeInfo',          'dateTimeSystem',   'dateTimeInfo'],
  ['powerSystemCapability', 'ha-power-system',  'capability'],
  ['powerSystemInfo',       'ha-power-system',  'info'],
];

function config(vim: VimContext, look: Look): HostConfigInfo {
  const { host, objects } = vim;
  const parts = CONFIG_PARTS.map(([field, manager, property]) => [
    field,
    valueOf(objects.get(manager), property, look),
  ]);
  return {
    host: moRef('HostSystem', ID.host),
    product: about(host.facts),
    hyperThread: { available: false, active: false, config: false },
    ...present<Partial<HostConfigInfo>>(Object.fromEntries(parts)),
    adminDisabled: host.accounts.lockdown.mode !== 'disabled',
    lockdownMode: lockdownMode(vim),
    ...{ systemFile: [], domainList: [] },
  };
}

const valueOf = (object: ManagedObject | undefined, property: string, look: Look) =>
  object?.kind.property(property)?.(object.self, look);

export const HostSystem = managed<'HostSystem', VimContext>('HostSystem', {
  properties: {
    ...entityProperties<VimContext>({
      vim: (vim) => vim,
      ref: () => moRef('HostSystem', ID.host),
      name: ({ host }) => host.settings.identity.fullName,
      parent: () => moRef('ComputeResource', ID.computeResource),
    }),
    runtime,
    summary,
    hardware,
    capability: ({ table }) => hostCapability(table),
    licensableResource: ({ host }) => ({
      resource: [
        { key: 'numCpuPackages', value: { _type: 'long', value: host.facts.hardware.cpus > 0 ? 1 : 0 } },
      ],
    }),
    configManager: ({ objects }) => configManager(objects),
    config,
    vm: ({ objects }) => objects.refs('VirtualMachine'),
    datastore: ({ objects }) => objects.refs('Datastore'),
    network: ({ objects }) => objects.refs('Network'),
    datastoreBrowser: () => moRef('HostDatastoreBrowser', 'ha-host-datastorebrowser'),
  },
  methods: {
    EnterMaintenanceMode_Task: enterMaintenance,
    ExitMaintenanceMode_Task: exitMaintenance,
    RebootHost_Task: rebootHost,
    ShutdownHost_Task: shutdownHost,
    RetrieveManagedMethodExecuter: () => moRef('ReflectManagedMethodExecuter', EXECUTER),
    RetrieveDynamicTypeManager: () => moRef('InternalDynamicTypeManager', TYPE_MANAGER),
    RetrieveHardwareUptime: (vim) => Math.trunc((nowMs(vim) - vim.host.facts.startedMs()) / 1000),
  },
});
