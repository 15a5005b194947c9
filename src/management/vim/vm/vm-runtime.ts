/** What a VM does now, as VIM tells it: runtime, guest, summary. */
import type { Question } from '../../vms/questions.ts';
import type { VmEnd } from '../../vms/runner.ts';
import { moRef } from '../model/value.ts';
import { ID } from '../objects/ids.ts';
import type {
  GuestInfo,
  GuestNicInfo,
  VirtualMachineGuestSummary,
  VirtualMachineQuickStats,
  VirtualMachineRuntimeInfo,
  VirtualMachineStorageSummary,
  VirtualMachineSummary,
} from '../table/vim25.d.ts';
import { uuidOf } from './config-info.ts';
import type { VmObject } from './vm-object.ts';
import type { VmUsage } from './vm-usage.ts';
import { integerOf } from './vmx-context.ts';

const MIB = 2 ** 20;
/** What our agent is to clients that know VMware's. */
const TOOLS_VERSION = '12352';
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const LOCAL = /^(?:127\.|169\.254\.|fe80:)/;
const MAX_DISKS = 120;

export function runtimeOf(self: VmObject): VirtualMachineRuntimeInfo {
  const { vm, powerState } = self;
  const { cpuMhz } = self.vim.host.facts.hardware;
  const { memoryMib, vcpus } = vm.settings;
  return {
    device: [],
    host: moRef('HostSystem', ID.host),
    connectionState: 'connected',
    powerState,
    vmFailoverInProgress: false,
    faultToleranceState: 'notConfigured',
    toolsInstallerMounted: false,
    ...(vm.bootMs !== undefined && { bootTime: new Date(self.hostMs(vm.bootMs)) }),
    ...questionOf(vm.questions.pending[0]),
    suspendInterval: 0,
    memoryOverhead: 0,
    ...(powerState === 'poweredOn' && { maxCpuUsage: vcpus * cpuMhz, maxMemoryUsage: memoryMib }),
    numMksConnections: 0,
    recordReplayState: 'inactive',
    ...(powerState === 'poweredOff' && { cleanPowerOff: isClean(vm.lastEnd) }),
    onlineStandby: false,
    consolidationNeeded: false,
    offlineFeatureRequirement: [],
    featureRequirement: [],
    paused: vm.state === 'paused',
    snapshotInBackground: false,
    quiescedForkParent: false,
    instantCloneFrozen: false,
    cryptoState: 'null',
    suspendedToMemory: false,
    iommuActive: false,
  };
}

/** What it stands still for, until AnswerVM. */
function questionOf(asked: Question | undefined): Pick<VirtualMachineRuntimeInfo, 'question'> {
  if (asked === undefined) return {};
  const { id, messageId, text, choices, defaultIndex } = asked;
  const choiceInfo = choices.map(({ key, label }) => ({ key, label, summary: label }));
  return {
    question: {
      ...{ id, text },
      choice: { choiceInfo, defaultIndex },
      message: [{ id: messageId, argument: [], text }],
    },
  };
}

const isClean = (end: VmEnd | undefined) => end === undefined || end.kind !== 'fault';

/** Addresses of the guest that others can reach it by, IPv4 first. */
export function addressesOf({ vm }: VmObject): string[] {
  const all = (vm.guest.facts?.nics ?? []).flatMap(({ addresses }) =>
    addresses.map(({ address }) => address),
  );
  return all
    .filter((address) => !LOCAL.test(address))
    .toSorted((a, b) => Number(IPV4.test(b)) - Number(IPV4.test(a)));
}

function toolsOf({ vm, isOn }: VmObject) {
  const { isThere } = vm.guest;
  const isRunning = isOn && isThere;
  return {
    toolsStatus: isRunning ? 'toolsOk' : vm.guest.wasThere ? 'toolsNotRunning' : 'toolsNotInstalled',
    toolsVersionStatus: isRunning || vm.guest.wasThere ? 'guestToolsUnmanaged' : 'guestToolsNotInstalled',
    toolsVersionStatus2: isRunning || vm.guest.wasThere ? 'guestToolsUnmanaged' : 'guestToolsNotInstalled',
    toolsRunningStatus: isRunning ? 'guestToolsRunning' : 'guestToolsNotRunning',
  } as const;
}

export function guestOf(self: VmObject): GuestInfo {
  const { vm, isOn } = self;
  const { facts, isThere } = vm.guest;
  const [ipAddress] = addressesOf(self);
  const isReady = isOn && isThere;
  return {
    ...toolsOf(self),
    toolsVersion: isThere ? TOOLS_VERSION : '0',
    toolsInstallType: isThere ? 'guestToolsTypeOpenVMTools' : 'guestToolsTypeUnknown',
    ...(facts && {
      guestId: 'otherLinux64Guest',
      guestFamily: 'linuxGuest',
      guestFullName: facts.system === '' ? facts.kernel : `${facts.system} (${facts.kernel})`,
      hostName: facts.hostName,
    }),
    ...(ipAddress !== undefined && { ipAddress }),
    ...(facts && { net: nicsOf(self), disk: disksOf(self) }),
    screen: { width: 640, height: 400 },
    guestState: isReady ? 'running' : isOn ? 'unknown' : 'notRunning',
    appHeartbeatStatus: 'appStatusGray',
    guestKernelCrashed: false,
    appState: 'none',
    guestOperationsReady: isReady,
    interactiveGuestOperationsReady: false,
    guestStateChangeSupported: isReady,
    hwVersion: hardwareVersion(self),
  };
}

const hardwareVersion = ({ vmx }: VmObject) =>
  `vmx-${vmx.get('virtualHW.version')?.padStart(2, '0') ?? '21'}`;

function nicsOf(self: VmObject): GuestNicInfo[] {
  const { facts } = self.vm.guest;
  const cards = self.config.hardware.device?.filter((device) => 'macAddress' in device) ?? [];
  return (facts?.nics ?? []).map(({ mac, addresses }) => {
    const card = cards.find((device) => (device as { readonly macAddress?: string }).macAddress === mac);
    return {
      ...(card?.deviceInfo && { network: card.deviceInfo.summary }),
      ipAddress: addresses.map(({ address }) => address),
      macAddress: mac,
      connected: true,
      deviceConfigId: card?.key ?? -1,
      ipConfig: {
        ipAddress: addresses.map(({ address, prefix }) => ({
          ipAddress: address,
          prefixLength: prefix,
          state: 'preferred',
        })),
      },
    };
  });
}

function disksOf({ vm }: VmObject) {
  return (vm.guest.facts?.disks ?? [])
    .slice(0, MAX_DISKS)
    .map(({ path, bytes, freeBytes }) => ({ diskPath: path, capacity: bytes, freeSpace: freeBytes }));
}

export function summaryOf(self: VmObject, usage: VmUsage | undefined): VirtualMachineSummary {
  const { vm, vmx } = self;
  const { memoryMib, vcpus, annotation, cpuReservationMhz, memReservationMib, guestId, uuid } = vm.settings;
  const { guestIds } = self.vim;
  const id = guestIds.ofVmx(guestId);
  const instanceUuid = uuidOf(vmx.get('vc.uuid'));
  return {
    vm: self.ref,
    runtime: runtimeOf(self),
    guest: guestSummary(self),
    config: {
      name: vm.name,
      template: false,
      vmPathName: self.vmPathName,
      memorySizeMB: memoryMib,
      cpuReservation: cpuReservationMhz,
      memoryReservation: memReservationMib,
      numCpu: vcpus,
      numEthernetCards: countEthernets(self),
      numVirtualDisks: vm.settings.disks.filter(({ readOnly }) => !readOnly).length,
      uuid: uuidOf(uuid) ?? '',
      ...(instanceUuid !== undefined && { instanceUuid }),
      guestId: id,
      guestFullName: guestIds.system(id)?.fullName ?? id,
      annotation,
      installBootRequired: false,
      tpmPresent: false,
      numVmiopBackings: 0,
      hwVersion: hardwareVersion(self),
    },
    storage: storageOf(self),
    quickStats: quickStats(self, usage),
    overallStatus: 'green',
  };
}

function countEthernets({ vmx }: VmObject): number {
  return Array.from({ length: 10 }, (_, i) => vmx.get(`ethernet${i}.present`)).filter((value) =>
    /^true$/i.test(value ?? ''),
  ).length;
}

function guestSummary(self: VmObject): VirtualMachineGuestSummary {
  const { facts } = self.vm.guest;
  const [ipAddress] = addressesOf(self);
  return {
    ...(facts && { guestId: 'otherLinux64Guest', guestFullName: facts.kernel }),
    ...toolsOf(self),
    ...(facts && { hostName: facts.hostName }),
    ...(ipAddress !== undefined && { ipAddress }),
    hwVersion: hardwareVersion(self),
  };
}

export function storageOf(self: VmObject): VirtualMachineStorageSummary {
  const committed = self.files.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  const sizes = self.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    committed,
    uncommitted: Math.max(0, sizes - committed),
    unshared: committed,
    timestamp: new Date(self.nowMs),
  };
}

function quickStats(self: VmObject, usage: VmUsage | undefined): VirtualMachineQuickStats {
  const { vm, isOn } = self;
  const uptimeSeconds =
    vm.bootMs === undefined ? 0 : Math.max(0, Math.floor((self.nowMs - self.hostMs(vm.bootMs)) / 1000));
  const mib = (bytes: number | undefined) => Math.floor((bytes ?? 0) / MIB);
  const memory = usage?.memory;
  return {
    overallCpuUsage: isOn ? Math.round(usage?.cpuMhz ?? 0) : 0,
    overallCpuDemand: isOn ? Math.round(usage?.demandMhz ?? 0) : 0,
    guestMemoryUsage: isOn ? mib(memory?.active) : 0,
    hostMemoryUsage: isOn ? mib(memory?.consumed ?? memory?.size) : 0,
    guestHeartbeatStatus: vm.guest.heartbeat,
    distributedCpuEntitlement: 0,
    distributedMemoryEntitlement: 0,
    staticCpuEntitlement: vm.settings.vcpus * self.vim.host.facts.hardware.cpuMhz,
    staticMemoryEntitlement: integerOf(self.vmx, 'memSize', vm.settings.memoryMib),
    grantedMemory: mib(memory?.granted ?? memory?.size),
    privateMemory: mib((memory?.consumed ?? memory?.size ?? 0) - (memory?.shared ?? 0)),
    sharedMemory: mib(memory?.shared),
    swappedMemory: mib(memory?.swapped),
    balloonedMemory: mib(memory?.balloon),
    consumedOverheadMemory: mib(memory?.overhead),
    compressedMemory: Math.floor((memory?.compressed ?? 0) / 1024),
    uptimeSeconds,
    ssdSwappedMemory: 0,
    ftLogBandwidth: -1,
    ftSecondaryLatency: -1,
    ftLatencyStatus: 'gray',
  };
}
