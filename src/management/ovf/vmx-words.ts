/** What OVF and a .vmx file call the same things: tables for both ways. */
import type { OvfBus } from './model.ts';

type Pair = readonly [ovf: string, vmx: string];

/** `ResourceSubType` of a controller, and `scsi0.virtualDev`. The first of a bus is meant when nothing is said. */
// biome-ignore format: a table reads in columns
export const CONTROLLER_TYPES: Readonly<Record<OvfBus, readonly Pair[]>> = {
  scsi: [['lsilogic', 'lsilogic'], ['VirtualSCSI', 'pvscsi'], ['lsilogicsas', 'lsisas1068'], ['buslogic', 'buslogic'], ['virtio-scsi', 'virtio-scsi']],
  sata: [['vmware.sata.ahci', 'ahci'], ['AHCI', 'ahci']],
  nvme: [['vmware.nvme.controller', 'nvme']],
  ide:  [],
};

/** `ResourceSubType` of a network card, and `ethernet0.virtualDev`. */
// biome-ignore format: a table reads in columns
export const NIC_TYPES: readonly Pair[] = [
  ['VmxNet3', 'vmxnet3'],
  ['E1000',   'e1000'],
  ['E1000e',  'e1000e'],
  ['VmxNet2', 'vmxnet'],
  ['PCNet32', 'vlance'],
];

/** Keys of `vmw:Config` and of a .vmx; truths are `true` in the one and `TRUE` in the other. */
// biome-ignore format: a table reads in columns
export const CONFIG_KEYS: readonly Pair[] = [
  ['firmware',                          'firmware'],
  ['memoryHotAddEnabled',               'mem.hotadd'],
  ['cpuHotAddEnabled',                  'vcpu.hotadd'],
  ['cpuHotRemoveEnabled',               'vcpu.hotremove'],
  ['changeTrackingEnabled',             'ctkEnabled'],
  ['bootOptions.efiSecureBootEnabled',  'uefi.secureBoot.enabled'],
  ['tools.syncTimeWithHost',            'tools.syncTime'],
  ['tools.toolsUpgradePolicy',          'tools.upgrade.policy'],
  ['powerOpInfo.powerOffType',          'powerType.powerOff'],
  ['powerOpInfo.suspendType',           'powerType.suspend'],
  ['powerOpInfo.resetType',             'powerType.reset'],
];

/** Keys of a .vmx that name what is booted: such files go into the package. */
export const FILE_KEY = /^riscv\.(?:kernel|firmware|initrd)$/i;

/** Lines of a .vmx that other parts of a descriptor say, that are of one host or one life of a VM, or that name files. */
export const OWN_KEY =
  /^(?:\.encoding|config\.version|virtualhw\.version|displayname|guestos(?:altname)?|annotation|uuid\..*|vc\.uuid|memsize|numvcpus|cpuid\.corespersocket|(?:scsi|sata|nvme|ide)\d+(?:[:.].*)?|(?:ethernet|floppy|serial|parallel|sound|usb|vmci|pcibridge|hpet)\d*[.:_].*|sched\..*|extendedconfigfile|nvram|workingdir|checkpoint\..*|suspend\..*|snapshot\d*\..*|migrate\..*|vmotion\..*|toolscripts\..*|log\..*|logfilename|disk\.(?:filename|locking)|svga\..*|.*\.pcislotnumber|.*\.filename)$/i;

/** Beginning of an id of ESXi's list, and CIM's number. Source: CIM_OperatingSystem.OSType of DMTF CIM 2.22. */
// biome-ignore format: a table reads in columns
export const SYSTEMS: readonly (readonly [start: RegExp, osId: number, vmx: string])[] = [
  [/^debian.*64/i,                   96, 'debian12-64'],
  [/^debian/i,                       95, 'debian12'],
  [/^ubuntu.*64/i,                   94, 'ubuntu-64'],
  [/^ubuntu/i,                       93, 'ubuntu'],
  [/^(?:rhel|redhat).*64/i,          80, 'rhel9-64'],
  [/^(?:suse|sles|opensuse).*64/i,   85, 'sles15-64'],
  [/^centos.*64/i,                  107, 'centos9-64'],
  [/^freebsd.*64/i,                  78, 'freebsd14-64'],
  [/linux.*64|^fedora.*64/i,        101, 'otherlinux-64'],
  [/linux/i,                         36, 'otherlinux'],
  [/64/,                            102, 'other-64'],
  [/./,                               1, 'other'],
];

export const toVmx = (pairs: readonly Pair[], ovf: string | undefined): string | undefined =>
  pairs.find(([name]) => name.toLowerCase() === ovf?.toLowerCase())?.[1];
export const toOvf = (pairs: readonly Pair[], vmx: string | undefined): string | undefined =>
  pairs.find(([, name]) => name.toLowerCase() === vmx?.toLowerCase())?.[0];
