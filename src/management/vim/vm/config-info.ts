/** A .vmx file as VIM's VirtualMachineConfigInfo. */
import type { Vmx } from '#vmm';
import type {
  OptionValue,
  VirtualMachineBootOptions,
  VirtualMachineConfigInfo,
  VirtualMachineFlagInfo,
} from '../table/vim25.d.ts';
import { readAllocation } from './allocation.ts';
import { readDevices } from './devices/read-devices.ts';
import type { GuestIds } from './guest-os.ts';
import { flagOf, integerOf, type VmxContext } from './vmx-context.ts';

/** What of it is not in the .vmx. */
export interface ConfigFacts extends VmxContext {
  readonly name: string;
  /** `[datastore1] web/web.vmx` */
  readonly vmPathName: string;
  readonly modified: Date;
  /** Counts changes. */
  readonly changeVersion: string;
  /** Ids of guests that the type table has. */
  readonly guestIds: GuestIds;
  readonly datastoreUrl: { readonly name: string; readonly url: string };
  /** Values that the running guest has set. */
  readonly guestInfo: ReadonlyMap<string, string>;
}

/** Keys that other properties show; all else is extraConfig. */
const SHOWN =
  /^(?:\.encoding|config\.version|virtualhw\.version|displayname|guestos|annotation|uuid\.(?:bios|location)|vc\.uuid|memsize|numvcpus|cpuid\.corespersocket|firmware|bios\.(?:boot[\w.]*|forcesetuponce)|uefi\.secureboot\.enabled|(?:scsi|sata|nvme|ide)\d+(?::\d+)?\..*|ethernet\d+\..*|floppy\d+\..*|serial\d+\..*|sched\..*|svga\.(?:vramsize|numdisplays|autodetect)|usb(?:_xhci)?\.present|ehci\.present|mem\.hotadd|vcpu\.hot(?:add|remove)|powertype\..*|tools\.(?:synctime|upgrade\.policy)|disk\.enableuuid)$/i;
const MAX_CORES = 128;
const DEFAULT_MEMORY_MIB = 512;

export function readConfigInfo(vmx: Vmx, facts: ConfigFacts): VirtualMachineConfigInfo {
  const guestId = facts.guestIds.ofVmx(vmx.get('guestOS') ?? '');
  const numCPU = integerOf(vmx, 'numvcpus', 1);
  const memoryMB = integerOf(vmx, 'memSize', DEFAULT_MEMORY_MIB);
  const folder = facts.vmPathName.replace(/[^/]*$/, '');
  const instanceUuid = uuidOf(vmx.get('vc.uuid'));
  return {
    changeVersion: facts.changeVersion,
    modified: facts.modified,
    name: facts.name,
    guestFullName: facts.guestIds.system(guestId)?.fullName ?? guestId,
    version: `vmx-${vmx.get('virtualHW.version')?.padStart(2, '0') ?? '21'}`,
    uuid: uuidOf(vmx.get('uuid.bios')) ?? '',
    ...(instanceUuid !== undefined && { instanceUuid }),
    template: false,
    guestId,
    alternateGuestName: vmx.get('guestOSAltName') ?? '',
    annotation: vmx.get('annotation') ?? '',
    files: {
      vmPathName: facts.vmPathName,
      snapshotDirectory: folder,
      suspendDirectory: folder,
      logDirectory: folder,
    },
    tools: tools(vmx),
    flags: flags(vmx),
    defaultPowerOps: powerOps(vmx),
    hardware: {
      numCPU,
      numCoresPerSocket: Math.min(integerOf(vmx, 'cpuid.coresPerSocket', 1), MAX_CORES),
      memoryMB,
      virtualICH7MPresent: false,
      virtualSMCPresent: false,
      device: readDevices(vmx, facts),
    },
    cpuAllocation: readAllocation(vmx, { kind: 'cpu', size: numCPU }),
    memoryAllocation: readAllocation(vmx, { kind: 'mem', size: memoryMB }),
    latencySensitivity: { level: 'normal' },
    memoryHotAddEnabled: flagOf(vmx, 'mem.hotadd'),
    cpuHotAddEnabled: flagOf(vmx, 'vcpu.hotadd'),
    cpuHotRemoveEnabled: flagOf(vmx, 'vcpu.hotremove'),
    extraConfig: extraConfig(vmx, facts.guestInfo),
    datastoreUrl: [{ ...facts.datastoreUrl }],
    swapPlacement: 'inherit',
    bootOptions: bootOptions(vmx),
    vAssertsEnabled: false,
    changeTrackingEnabled: flagOf(vmx, 'ctkEnabled'),
    firmware: vmx.get('firmware') ?? 'bios',
    maxMksConnections: integerOf(vmx, 'RemoteDisplay.maxConnections', 40),
    guestAutoLockEnabled: false,
    memoryReservationLockedToMax: flagOf(vmx, 'sched.mem.pin'),
    initialOverhead: { initialMemoryReservation: 0, initialSwapReservation: 0 },
    nestedHVEnabled: false,
    vPMCEnabled: false,
    messageBusTunnelEnabled: false,
    migrateEncryption: 'opportunistic',
  };
}

/** A UUID in VIM's form, of what stands in a .vmx: `56 4d …-…` or dashed. */
export function uuidOf(text: string | undefined): string | undefined {
  const digits = (text ?? '').replace(/[^0-9a-f]/gi, '').toLowerCase();
  return digits.length === 32
    ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined;
}

/** As ESXi writes a UUID into a .vmx. */
export function vmxUuid(uuid: string): string {
  const pairs =
    uuid
      .replace(/[^0-9a-f]/gi, '')
      .toLowerCase()
      .match(/../g) ?? [];
  return `${pairs.slice(0, 8).join(' ')}-${pairs.slice(8).join(' ')}`;
}

function extraConfig(vmx: Vmx, guestInfo: ReadonlyMap<string, string>): OptionValue[] {
  const all = new Map<string, string>();
  for (const [key, value] of vmx.entries()) if (!SHOWN.test(key)) all.set(key, value);
  for (const [key, value] of guestInfo) all.set(key, value);
  return [...all].map(([key, value]) => ({ key, value }));
}

function tools(vmx: Vmx) {
  return {
    toolsVersion: 0,
    afterPowerOn: true,
    afterResume: true,
    beforeGuestStandby: true,
    beforeGuestShutdown: true,
    beforeGuestReboot: true,
    toolsUpgradePolicy: vmx.get('tools.upgrade.policy') ?? 'manual',
    syncTimeWithHostAllowed: false,
    syncTimeWithHost: flagOf(vmx, 'tools.syncTime'),
    // Clients count on it: nobody installed the agent from here.
    lastInstallInfo: { counter: 0 },
  };
}

function flags(vmx: Vmx): VirtualMachineFlagInfo {
  return {
    disableAcceleration: false,
    enableLogging: true,
    useToe: false,
    runWithDebugInfo: false,
    monitorType: 'release',
    htSharing: 'any',
    snapshotDisabled: false,
    snapshotLocked: false,
    diskUuidEnabled: flagOf(vmx, 'disk.EnableUUID'),
    virtualMmuUsage: 'automatic',
    virtualExecUsage: 'hvAuto',
    snapshotPowerOffBehavior: 'powerOff',
    recordReplayEnabled: false,
    faultToleranceType: 'unset',
    cbrcCacheEnabled: false,
    vvtdEnabled: false,
    vbsEnabled: false,
  };
}

function powerOps(vmx: Vmx) {
  const type = (name: string) => vmx.get(`powerType.${name}`) ?? 'soft';
  return {
    powerOffType: type('powerOff'),
    suspendType: type('suspend'),
    resetType: type('reset'),
    defaultPowerOffType: 'soft',
    defaultSuspendType: 'hard',
    defaultResetType: 'soft',
    standbyAction: 'checkpoint',
  };
}

function bootOptions(vmx: Vmx): VirtualMachineBootOptions {
  return {
    bootDelay: integerOf(vmx, 'bios.bootDelay', 0),
    enterBIOSSetup: flagOf(vmx, 'bios.forceSetupOnce'),
    efiSecureBootEnabled: flagOf(vmx, 'uefi.secureBoot.enabled'),
    bootRetryEnabled: flagOf(vmx, 'bios.bootRetry.enabled'),
    bootRetryDelay: integerOf(vmx, 'bios.bootRetry.delay', 10_000),
    networkBootProtocol: 'ipv4',
  };
}
