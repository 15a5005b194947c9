/** What an OVF descriptor says: files, disks, networks and one machine. Source: DMTF DSP0243 1.1.0. */

/** A file of the package. */
export interface OvfFile {
  readonly id: string;
  /** Its name in the package: no folder, no dots. */
  readonly href: string;
  readonly sizeBytes?: number;
  readonly isGzip?: boolean;
}

export interface OvfDisk {
  readonly id: string;
  readonly capacityBytes: number;
  /** Its file; absent for a disk that is empty. */
  readonly file?: OvfFile;
  readonly format?: string;
  readonly populatedBytes?: number;
}

export type OvfBus = 'scsi' | 'sata' | 'nvme' | 'ide';

/** A controller of disks. */
export interface OvfController {
  readonly instance: string;
  readonly bus: OvfBus;
  readonly busNumber: number;
  /** As VMware calls it: `lsilogic`, `VirtualSCSI`, `AHCI`. */
  readonly subType?: string;
}

/** Something that is plugged into a controller, or a floppy. */
export interface OvfDrive {
  readonly kind: 'disk' | 'cdrom' | 'floppy';
  readonly name: string;
  /** Of the controller; absent where nothing is said. */
  readonly parent?: string;
  readonly unit?: number;
  /** `disk` and `file` of the package that are in it; neither for an empty drive. */
  readonly disk?: OvfDisk;
  readonly file?: OvfFile;
}

export interface OvfNic {
  /** The network of the package that it is on. */
  readonly network: string;
  /** `VmxNet3`, `E1000`. */
  readonly subType?: string;
  readonly address?: string;
}

/** What a machine is owed of CPU or memory: units are MHz and MiB. */
export interface OvfOwed {
  readonly reservation?: number;
  readonly limit?: number;
  readonly weight?: number;
}

export interface OvfMachine {
  readonly id: string;
  readonly name: string;
  readonly annotation?: string;
  /** CIM's number of an operating system, and VMware's name of one. */
  readonly osId?: number;
  readonly osType?: string;
  /** `vmx-21` */
  readonly hardware?: string;
  readonly cpus: number;
  readonly coresPerSocket?: number;
  readonly cpuOwed: OvfOwed;
  readonly memoryMib: number;
  readonly memoryOwed: OvfOwed;
  readonly controllers: readonly OvfController[];
  readonly drives: readonly OvfDrive[];
  readonly nics: readonly OvfNic[];
  /** VMware's own: what a .vmx has under other names, and lines of a .vmx. */
  readonly config: ReadonlyMap<string, string>;
  readonly extraConfig: ReadonlyMap<string, string>;
}

export interface OvfPackage {
  readonly files: readonly OvfFile[];
  readonly disks: readonly OvfDisk[];
  readonly networks: readonly { readonly name: string; readonly description?: string }[];
  readonly machine: OvfMachine;
  /** What was read and means nothing here, for people. */
  readonly notes: readonly string[];
}

export const STREAM_FORMAT = 'http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized';

// biome-ignore format: a table reads in columns
export const NAMESPACES = {
  ovf:  'http://schemas.dmtf.org/ovf/envelope/1',
  rasd: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData',
  vssd: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData',
  vmw:  'http://www.vmware.com/schema/ovf',
  xsi:  'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** Kinds of hardware. Source: CIM_ResourceAllocationSettingData.ResourceType of DMTF CIM 2.22. */
export const RESOURCE = {
  other: 1,
  cpu: 3,
  memory: 4,
  ide: 5,
  scsi: 6,
  ethernet: 10,
  floppy: 14,
  cdrom: 15,
  dvd: 16,
  disk: 17,
  otherStorage: 20,
  serial: 21,
  usb: 23,
  graphics: 24,
  sound: 35,
} as const;
