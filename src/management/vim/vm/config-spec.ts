/** VIM's VirtualMachineConfigSpec applied to a .vmx file: what is said changes, all else stays. */
import { MAX_MEMORY_MIB, MAX_VCPUS, Vmx } from '#vmm';
import { FAULTS } from '../model/faults.ts';
import { fault, type VimFault } from '../model/value.ts';
import type { VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { writeAllocation } from './allocation.ts';
import { uuidOf, vmxUuid } from './config-info.ts';
import { DeviceChanger, type FileAction } from './devices/change-devices.ts';
import { isForeign } from './foreign-files.ts';
import { type GuestIds, vmxGuestOs } from './guest-os.ts';
import { put, type VmxContext } from './vmx-context.ts';

export interface SpecContext extends VmxContext {
  /** What its files are called after. */
  readonly vmName: string;
  readonly guestIds: GuestIds;
}

export interface ChangedConfig {
  readonly vmx: Vmx;
  readonly files: readonly FileAction[];
  /** A running machine cannot be changed so. */
  readonly needsOff: boolean;
  /** Why not, of a device. */
  readonly notHot?: VimFault | undefined;
  /** guestinfo.* that the running guest is to hear of. */
  readonly guestInfo: ReadonlyMap<string, string>;
}

const MIN_MEMORY_MIB = 4;
const MEMORY_STEP_MIB = 4;
const GUEST_INFO = /^guestinfo\./i;
const MAX_TEXT_BYTES = 65_536;
/** Keys that have properties of their own. */
const FORBIDDEN_KEY =
  /^(?:displayname|memsize|numvcpus|guestos|uuid\.bios|vc\.uuid|config\.version|\.encoding)$/i;
const KEY = /^[^\s=#"]{1,255}$/;

/** A .vmx as the spec wants it; `before` stays as it is. */
export function applySpec(
  before: Vmx,
  spec: VirtualMachineConfigSpec,
  context: SpecContext,
): ChangedConfig | VimFault {
  const vmx = Vmx.of(before.entries());
  const needs = { off: false };
  const guestInfo = new Map<string, string>();
  for (const step of STEPS) {
    const refused = step({ vmx, spec, context, needs, guestInfo });
    if (refused) return refused;
  }
  const changer = new DeviceChanger(vmx, context.vmName, context);
  const refused = changer.apply(spec.deviceChange ?? []);
  if (refused) return refused;
  const { files, needsOff, notHot } = changer.changes;
  return { vmx, files, needsOff: needs.off || needsOff, notHot, guestInfo };
}

interface Work {
  readonly vmx: Vmx;
  readonly spec: VirtualMachineConfigSpec;
  readonly context: SpecContext;
  readonly needs: { off: boolean };
  readonly guestInfo: Map<string, string>;
}
type Step = (work: Work) => VimFault | undefined;

const STEPS: readonly Step[] = [names, guest, size, allocations, bootAndPower, flags, extra];

function names({ vmx, spec }: Work): VimFault | undefined {
  const { name, annotation, uuid, instanceUuid, version, alternateGuestName } = spec;
  if (name !== undefined) vmx.set('displayName', name);
  if (annotation !== undefined) {
    if (Buffer.byteLength(annotation) > MAX_TEXT_BYTES) return bad('annotation');
    vmx.set('annotation', annotation);
  }
  for (const [key, given] of [
    ['uuid.bios', uuid],
    ['vc.uuid', instanceUuid],
  ] as const) {
    if (given === undefined || given === '') continue;
    const canonical = uuidOf(given);
    if (canonical === undefined) return bad(key === 'uuid.bios' ? 'uuid' : 'instanceUuid');
    vmx.set(key, vmxUuid(canonical));
  }
  if (version !== undefined) {
    const number = /^vmx-(\d{2})$/.exec(version)?.[1];
    if (number === undefined)
      return fault(
        'InvalidArgument',
        { invalidProperty: 'configSpec.version' },
        'A specified parameter was not correct: configSpec.version',
      );
    vmx.set('virtualHW.version', String(Number(number)));
  }
  if (alternateGuestName !== undefined && alternateGuestName !== '')
    vmx.set('guestOSAltName', alternateGuestName);
  return undefined;
}

function guest({ vmx, spec: { guestId }, context }: Work): VimFault | undefined {
  if (guestId === undefined || guestId === '') return undefined;
  if (context.guestIds.system(guestId) === undefined) return bad('guestId');
  vmx.set('guestOS', vmxGuestOs(guestId));
  return undefined;
}

function size({ vmx, spec, needs }: Work): VimFault | undefined {
  const { numCPUs, numCoresPerSocket, memoryMB } = spec;
  if (memoryMB !== undefined) {
    const mib = Number(memoryMB);
    const isPossible = mib >= MIN_MEMORY_MIB && mib <= MAX_MEMORY_MIB && mib % MEMORY_STEP_MIB === 0;
    if (!isPossible) return bad('memoryMB', `${mib} is not a multiple of 4 in 4 … ${MAX_MEMORY_MIB}`);
    needs.off ||= String(mib) !== vmx.get('memSize');
    vmx.set('memSize', String(mib));
  }
  if (numCPUs !== undefined) {
    if (!(numCPUs >= 1 && numCPUs <= MAX_VCPUS))
      return bad('numCPUs', `${numCPUs} is not in 1 … ${MAX_VCPUS}`);
    needs.off ||= String(numCPUs) !== (vmx.get('numvcpus') ?? '1');
    vmx.set('numvcpus', String(numCPUs));
  }
  if (numCoresPerSocket !== undefined) {
    const cpus = Number(vmx.get('numvcpus') ?? 1);
    if (
      numCoresPerSocket < 0 ||
      numCoresPerSocket > cpus ||
      (numCoresPerSocket > 0 && cpus % numCoresPerSocket !== 0)
    )
      return bad('numCoresPerSocket');
    if (numCoresPerSocket > 0) vmx.set('cpuid.coresPerSocket', String(numCoresPerSocket));
  }
  return undefined;
}

function allocations({ vmx, spec }: Work): VimFault | undefined {
  for (const [kind, given, property] of [
    ['cpu', spec.cpuAllocation, 'cpuAllocation'],
    ['mem', spec.memoryAllocation, 'memoryAllocation'],
  ] as const) {
    const field = given && writeAllocation(vmx, kind, given);
    if (field !== undefined) return bad(`${property}.${field}`);
  }
  return undefined;
}

function bootAndPower({ vmx, spec }: Work): VimFault | undefined {
  const { bootOptions, powerOpInfo, firmware, tools } = spec;
  if (firmware !== undefined) {
    if (firmware !== 'bios' && firmware !== 'efi') return bad('firmware');
    vmx.set('firmware', firmware);
  }
  if (bootOptions) {
    const { bootDelay, enterBIOSSetup, efiSecureBootEnabled, bootRetryEnabled, bootRetryDelay } = bootOptions;
    if (bootDelay !== undefined) put(vmx, 'bios.bootDelay', Number(bootDelay));
    if (enterBIOSSetup !== undefined) put(vmx, 'bios.forceSetupOnce', enterBIOSSetup);
    if (efiSecureBootEnabled !== undefined) put(vmx, 'uefi.secureBoot.enabled', efiSecureBootEnabled);
    if (bootRetryEnabled !== undefined) put(vmx, 'bios.bootRetry.enabled', bootRetryEnabled);
    if (bootRetryDelay !== undefined) put(vmx, 'bios.bootRetry.delay', Number(bootRetryDelay));
  }
  for (const [key, type] of [
    ['powerOff', powerOpInfo?.powerOffType],
    ['suspend', powerOpInfo?.suspendType],
    ['reset', powerOpInfo?.resetType],
  ] as const)
    if (type !== undefined && type !== '') vmx.set(`powerType.${key}`, type);
  if (tools?.syncTimeWithHost !== undefined) put(vmx, 'tools.syncTime', tools.syncTimeWithHost);
  if (tools?.toolsUpgradePolicy !== undefined) vmx.set('tools.upgrade.policy', tools.toolsUpgradePolicy);
  return undefined;
}

function flags({ vmx, spec, needs }: Work): undefined {
  const { memoryHotAddEnabled, cpuHotAddEnabled, cpuHotRemoveEnabled, changeTrackingEnabled } = spec;
  for (const [key, value] of [
    ['mem.hotadd', memoryHotAddEnabled],
    ['vcpu.hotadd', cpuHotAddEnabled],
    ['vcpu.hotremove', cpuHotRemoveEnabled],
    ['disk.EnableUUID', spec.flags?.diskUuidEnabled],
    ['ctkEnabled', changeTrackingEnabled],
    ['sched.mem.pin', spec.memoryReservationLockedToMax],
  ] as const) {
    if (value === undefined) continue;
    const isOther = (vmx.get(key) ?? 'FALSE') !== (value ? 'TRUE' : 'FALSE');
    if (isOther && !key.startsWith('sched')) needs.off = true;
    if (isOther) put(vmx, key, value);
  }
  return undefined;
}

function extra({ vmx, spec, guestInfo }: Work): VimFault | undefined {
  for (const { key, value } of spec.extraConfig ?? []) {
    if (!KEY.test(key) || FORBIDDEN_KEY.test(key)) return bad('extraConfig.key', `"${key}" cannot be set`);
    const text = textOf(value);
    if (Buffer.byteLength(text) > MAX_TEXT_BYTES) return bad(`extraConfig["${key}"]`);
    // What was there before stays, as clients say again what they read.
    if (vmx.get(key) !== text && isForeign(key, text))
      return bad('extraConfig.value', `${key} names a file that is on no datastore`);
    if (text === '') vmx.delete(key);
    else vmx.set(key, text);
    if (GUEST_INFO.test(key)) guestInfo.set(key, text);
  }
  return undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'object' && value !== null && 'value' in value) return textOf(value.value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? `${value}`
    : '';
}

function bad(property: string, reason?: string): VimFault {
  return FAULTS.invalidArgument(`configSpec.${property}`, reason);
}
