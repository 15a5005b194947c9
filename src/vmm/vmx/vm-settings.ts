/**
 * What a .vmx file says of a VM, one row a key: its kind, what it may hold, and its value when it is absent.
 * Keys of ESXi where it has one; `riscv.*` for what its machines do not have.
 */
import type { ScsiSlot } from '#devices';
import { DISK_SLOTS, type DiskSlot, FLOPPY_SLOTS, SCSI, scsiPlace } from './disk-slots.ts';
import { type ScsiHost, scsiHostsOf } from './scsi-hosts.ts';
import { readNics, type VmNic, writeNics } from './vm-nics.ts';
import type { Vmx } from './vmx.ts';

/** How a key's text becomes a value; `parse` says undefined for what it may not be. */
interface Kind<T> {
  readonly what: string;
  parse(text: string): T | undefined;
  format(value: T): string;
}

interface Row<T> {
  readonly key: string;
  readonly kind: Kind<T>;
  readonly initial: T;
}

const text: Kind<string> = { what: 'text', parse: (given) => given, format: (value) => value };
const flag: Kind<boolean> = {
  what: 'TRUE or FALSE',
  parse: (given) => ({ true: true, false: false })[given.toLowerCase()],
  format: (value) => (value ? 'TRUE' : 'FALSE'),
};
const integer = (least: number, most: number, step = 1): Kind<number> => ({
  what: `an integer in ${least} … ${most}${step === 1 ? '' : `, a multiple of ${step}`}`,
  parse(given) {
    const value = Number(given);
    return /^\d+$/.test(given) && value >= least && value <= most && value % step === 0 ? value : undefined;
  },
  format: String,
});
/** A number, or no bound at all. */
export type Limit = number | 'unlimited';
const limit: Kind<Limit> = {
  what: 'a number, or "unlimited"',
  parse: (given) => (/^(?:-1|unlimited)$/i.test(given) ? 'unlimited' : integer(1, 2 ** 31).parse(given)),
  format: String,
};
const oneOf = <T extends string>(...words: readonly T[]): Kind<T> => ({
  what: words.join(' or '),
  parse: (given) => words.find((word) => word === given.toLowerCase()),
  format: (value) => value,
});
/** low, normal, high, or a number of shares. */
export type Shares = 'low' | 'normal' | 'high' | number;
const shares: Kind<Shares> = {
  what: 'low, normal, high, or a number of shares in 1 … 1000000',
  parse: (given) => oneOf('low', 'normal', 'high').parse(given) ?? integer(1, 1_000_000).parse(given),
  format: String,
};
const paths: Kind<readonly string[]> = {
  what: 'paths, joined by "|7C"',
  parse: (given) => (given === '' ? [] : given.split('|')),
  format: (value) => value.join('|'),
};

const row = <T>(key: string, kind: Kind<T>, initial: T): Row<T> => ({ key, kind, initial });

/** The most virtual CPUs and memory of one VM. */
export const MAX_VCPUS = 8;
export const MAX_MEMORY_MIB = 3968;

// biome-ignore format: a table reads in columns
export const VM_KEYS = {
  name:              row('displayName',         text,                                         ''),
  guestId:           row('guestOS',             text,                                         'other-64'),
  annotation:        row('annotation',          text,                                         ''),
  uuid:              row('uuid.bios',           text,                                         ''),
  memoryMib:         row('memSize',             integer(4, MAX_MEMORY_MIB, 4),                512),
  vcpus:             row('numvcpus',            integer(1, MAX_VCPUS),                        1),
  cpuReservationMhz: row('sched.cpu.min',       integer(0, 2 ** 31),                          0),
  cpuLimitMhz:       row('sched.cpu.max',       limit,                                        'unlimited'),
  cpuShares:         row<Shares>('sched.cpu.shares', shares, 'normal'),
  memReservationMib: row('sched.mem.min',       integer(0, MAX_MEMORY_MIB),                   0),
  memLimitMib:       row('sched.mem.max',       limit,                                        'unlimited'),
  memShares:         row<Shares>('sched.mem.shares', shares, 'normal'),
  memShare:          row('sched.mem.pshare.enable', flag,                                     true),
  memSalt:           row('sched.mem.pshare.salt', text,                                       ''),
  memBalloonMib:     row('sched.mem.maxmemctl', limit,                                        'unlimited'),
  pool:              row('sched.pool',          text,                                         ''),
  kernel:            row('riscv.kernel',        text,                                         ''),
  initrds:           row<readonly string[]>('riscv.initrd', paths, []),
  append:            row('riscv.append',        text,                                         ''),
  firmware:          row('riscv.firmware',      text,                                         ''),
  scsiType:          row('scsi0.virtualDev',    text,                                         ''),
  console:           row('riscv.console',       oneOf('serial', 'virtio', 'none'),            'serial'),
  deterministic:     row('riscv.deterministic', flag,                                         false),
  trackChanges:      row('ctkEnabled',          flag,                                         false),
  engine:            row('riscv.engine',        oneOf('jit', 'interpreter', 'reference'),     'jit'),
} as const;

type ValueOf<R> = R extends Row<infer T> ? T : never;

/** A disk of the VM. */
export interface VmDisk {
  /** Where it is plugged in: N of `scsi0:N`; see disk-slots.ts for the other buses. */
  readonly unit: number;
  /** Relative to the VM's folder, or absolute. */
  readonly fileName: string;
  readonly readOnly: boolean;
  /** On the bus of a virtio SCSI controller; absent: a virtio disk of its own. */
  readonly scsi?: ScsiSlot;
  /** It came while the machine ran, to a controller whose disks are else devices of their own; there it stays. */
  readonly hotAdded?: boolean;
  /** What it is owed of its datastore; absent: as others. */
  readonly allocation?: DiskAllocation;
}

/** In requests a second, and in shares against others. */
export interface DiskAllocation {
  readonly reservation: number;
  readonly limit: Limit;
  readonly shares: number;
}

export type VmSettings = { readonly [K in keyof typeof VM_KEYS]: ValueOf<(typeof VM_KEYS)[K]> } & {
  readonly disks: readonly VmDisk[];
  /** Controllers that are virtio SCSI hosts, also without a disk; absent: none is. */
  readonly scsiHosts?: readonly ScsiHost[];
  readonly nics: readonly VmNic[];
};

/** What is wrong, and at which key. */
export interface VmxProblem {
  readonly key: string;
  readonly reason: string;
}

/** What every file of ours begins with. */
const HEADER: readonly (readonly [string, string])[] = [
  ['.encoding', 'UTF-8'],
  ['config.version', '8'],
  ['virtualHW.version', '21'],
];

/** The settings in a .vmx file, or the first key that holds what it may not. */
export function readSettings(vmx: Vmx): VmSettings | VmxProblem {
  const settings: Record<string, unknown> = {};
  for (const [name, { key, kind, initial }] of Object.entries(VM_KEYS)) {
    const given = vmx.get(key);
    const value = given === undefined ? initial : (kind as Kind<unknown>).parse(given);
    if (value === undefined) return { key, reason: `"${given}" is not ${kind.what}` };
    settings[name] = value;
  }
  const nics = readNics(vmx);
  if ('reason' in nics) return nics;
  const scsiHosts = settings['deterministic']
    ? scsiHostsOf(vmx).filter(({ isSpare }) => !isSpare)
    : scsiHostsOf(vmx);
  return {
    ...settings,
    disks: readDisks(vmx, scsiHosts),
    nics,
    ...(scsiHosts.length > 0 && { scsiHosts }),
  } as unknown as VmSettings;
}

/** Writes what differs from the defaults into `vmx`; all else in it stays. */
export function writeSettings(vmx: Vmx, settings: Partial<VmSettings>): void {
  for (const [key, value] of HEADER) if (vmx.get(key) === undefined) vmx.set(key, value);
  for (const [name, { key, kind, initial }] of Object.entries(VM_KEYS)) {
    if (!(name in settings)) continue;
    const value = settings[name as keyof VmSettings];
    const written = (kind as Kind<unknown>).format(value);
    const isDefault = written === (kind as Kind<unknown>).format(initial);
    if (isDefault && vmx.get(key) === undefined && !ALWAYS.has(name)) continue;
    vmx.set(key, written);
  }
  if (settings.disks) writeDisks(vmx, settings.disks);
  if (settings.nics) writeNics(vmx, settings.nics);
}

/** Written also with their defaults: other tools read them. */
const ALWAYS: ReadonlySet<string> = new Set(['name', 'guestId', 'memoryMib', 'vcpus', 'uuid']);

/** The settings that nobody has set. */
export function defaultSettings(): VmSettings {
  const entries = Object.entries(VM_KEYS).map(([name, { initial }]) => [name, initial]);
  return { ...Object.fromEntries(entries), disks: [], nics: [] } as VmSettings;
}

const FILE_NAME = /\.fileName$/i;
/** Of a disk: see VmDisk.hotAdded. */
export const HOT_ADDED = 'hotAdded';

/** Hard disks first, then images of CDs and floppies, which are read-only disks to these machines. */
function readDisks(vmx: Vmx, hosts: readonly ScsiHost[]): VmDisk[] {
  // Most places are empty, and a VM has hundreds.
  const filled = new Set<string>();
  for (const [key] of vmx.entries()) if (FILE_NAME.test(key)) filled.add(placeIn(key));
  if (filled.size === 0) return [];
  const slots = DISK_SLOTS.filter(({ name }) => filled.has(name));
  const hard = slots
    .filter(({ name }) => !isCd(vmx, name))
    .flatMap(({ number, name }) =>
      diskAt(vmx, number, name, flag.parse(vmx.get(`${name}.readonly`) ?? '') ?? false),
    );
  const media = [
    ...slots.filter(({ name }) => vmx.get(`${name}.deviceType`)?.toLowerCase() === 'cdrom-image'),
    ...FLOPPY_SLOTS.filter(({ name }) => vmx.get(`${name}.fileType`)?.toLowerCase() === 'file'),
  ].filter(({ name }) => flag.parse(vmx.get(`${name}.startConnected`) ?? 'TRUE') ?? true);
  return onBuses(
    hosts,
    hard,
    media.flatMap(({ number, name }) => diskAt(vmx, number, name, true)),
  );
}

/** Targets of media that are plugged in elsewhere: beyond those that a bus of a .vmx has. */
const FIRST_MEDIUM_TARGET = SCSI.units;

/** Which disks and media are units of a SCSI controller: those on it, and CDs when there is one that is no spare one. */
function onBuses(hosts: readonly ScsiHost[], hard: readonly VmDisk[], media: readonly VmDisk[]): VmDisk[] {
  const disks = hard.map((disk): VmDisk => {
    const place = scsiPlace(disk.unit);
    const host = hosts.find(({ number }) => number === place?.controller);
    if (place === undefined || host === undefined || (host.isSpare && !disk.hotAdded)) return disk;
    return { ...disk, scsi: { ...place, kind: 'disk' } };
  });
  const first = hosts.find(({ isSpare }) => !isSpare)?.number;
  if (first === undefined) return [...disks, ...media];
  const cds = media.map((medium, index): VmDisk => {
    const isFloppy = FLOPPY_SLOTS.some(({ number }) => number === medium.unit);
    if (isFloppy) return medium;
    return { ...medium, scsi: { controller: first, target: FIRST_MEDIUM_TARGET + index, kind: 'cdrom' } };
  });
  return [...disks, ...cds];
}

/** Whether the drive at a place is one for CDs, with a disc or without. */
export function isCd(vmx: Vmx, name: string): boolean {
  return /cdrom/i.test(vmx.get(`${name}.deviceType`) ?? '');
}

function diskAt(vmx: Vmx, unit: number, name: string, readOnly: boolean): VmDisk[] {
  const fileName = vmx.get(`${name}.fileName`) ?? '';
  const isThere = flag.parse(vmx.get(`${name}.present`) ?? 'TRUE') ?? false;
  if (fileName === '' || !isThere) return [];
  const allocation = diskAllocation(vmx, name);
  const hotAdded = flag.parse(vmx.get(`${name}.${HOT_ADDED}`) ?? '') ?? false;
  return [{ unit, fileName, readOnly, ...(allocation && { allocation }), ...(hotAdded && { hotAdded }) }];
}

/** Shares of a disk by the words for them. Source: SharesLevel of the VIM API. */
const DISK_SHARES: Readonly<Record<string, number>> = { low: 500, normal: 1000, high: 2000 };
const ALLOCATION_KEYS = ['shares', 'reservation', 'throughputCap'] as const;

/** `sched.scsi0:0.shares`, `.reservation`, `.throughputCap`; what is none of what they may be counts as absent. */
function diskAllocation(vmx: Vmx, name: string): DiskAllocation | undefined {
  const [sharesText, reservationText, capText] = ALLOCATION_KEYS.map(
    (key) => vmx.get(`sched.${name}.${key}`) ?? '',
  );
  const cap = Number(/^(\d{1,9})(?:iops)?$/i.exec(capText ?? '')?.[1] ?? 0);
  const owed = {
    reservation: integer(0, 2 ** 31).parse(reservationText ?? '') ?? 0,
    limit: cap > 0 ? cap : ('unlimited' as const),
    shares:
      DISK_SHARES[(sharesText ?? '').toLowerCase()] ?? integer(1, 1_000_000).parse(sharesText ?? '') ?? 1000,
  };
  const isUsual = owed.reservation === 0 && owed.limit === 'unlimited' && owed.shares === 1000;
  return isUsual ? undefined : owed;
}

function writeAllocation(vmx: Vmx, name: string, allocation: DiskAllocation | undefined): void {
  for (const key of ALLOCATION_KEYS) vmx.delete(`sched.${name}.${key}`);
  if (allocation === undefined) return;
  vmx.set(`sched.${name}.shares`, String(allocation.shares));
  if (allocation.reservation > 0) vmx.set(`sched.${name}.reservation`, String(allocation.reservation));
  if (allocation.limit !== 'unlimited') vmx.set(`sched.${name}.throughputCap`, `${allocation.limit}IOPS`);
}

/** What a key is of: `scsi0:1` of `scsi0:1.fileName`, and of `sched.scsi0:1.shares`. */
function placeIn(key: string): string {
  const [first = '', second = ''] = key.toLowerCase().split('.', 2);
  return first === 'sched' ? second : first;
}

function writeDisks(vmx: Vmx, disks: readonly VmDisk[]): void {
  const mentioned = new Set<string>();
  for (const [key] of vmx.entries()) mentioned.add(placeIn(key));
  for (const { number, name, controller } of DISK_SLOTS) {
    const isPlain = !mentioned.has(name) && !disks.some(({ unit }) => unit === number);
    if (isPlain || isCd(vmx, name)) continue;
    for (const key of ['present', 'fileName', 'deviceType', 'readonly', HOT_ADDED])
      vmx.delete(`${name}.${key}`);
    const disk = disks.find(({ unit }) => unit === number);
    writeAllocation(vmx, name, disk?.allocation);
    if (disk === undefined) continue;
    writeDisk(vmx, { name, controller }, disk);
  }
}

/** Writes a disk to a place that is free. */
export function writeDisk(
  vmx: Vmx,
  { name, controller }: Pick<DiskSlot, 'name' | 'controller'>,
  { fileName, readOnly, hotAdded }: Pick<VmDisk, 'fileName' | 'readOnly' | 'hotAdded'>,
): void {
  vmx.set(`${controller}.present`, 'TRUE');
  vmx.set(`${name}.present`, 'TRUE');
  vmx.set(`${name}.fileName`, fileName);
  vmx.set(`${name}.deviceType`, 'scsi-hardDisk');
  if (readOnly) vmx.set(`${name}.readonly`, 'TRUE');
  if (hotAdded) vmx.set(`${name}.${HOT_ADDED}`, 'TRUE');
}
