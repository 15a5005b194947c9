/** VirtualDiskManager: virtual disks on datastores made, copied, grown, removed. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { HostError } from '#lib';
import {
  copyDisk,
  createDisk,
  type DiskFormat,
  diskInfo,
  type FileDisk,
  growImage,
  moveDisk,
  openDisk,
  removeDisk,
  setDiskUuid,
} from '#storage';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { TaskControl } from '../model/tasks.ts';
import { type MoRef, VimFault } from '../model/value.ts';
import type { FileBackedVirtualDiskSpec, VirtualDiskSpec } from '../table/vim25.d.ts';
import { vmxUuid } from '../vm/config-info.ts';
import { FILE_PRIVILEGE, onFiles, type Place, type Places } from './places.ts';

const KIB = 1024;
const ZERO_BYTES = 2 ** 22;
const SECTOR_BYTES = 512;
const HEADS = 255;
const TRACK_SECTORS = 63;

/** Formats of disks by VIM's names. */
// biome-ignore format: a table reads in columns
const FORMATS: Readonly<Record<string, DiskFormat>> = {
  thin:               'thin',
  preallocated:       'zeroedthick',
  thick:              'zeroedthick',
  eagerZeroedThick:   'eagerzeroedthick',
  sparseMonolithic:   'monolithicSparse',
  sparse2Gb:          'twoGbMaxExtentSparse',
  flatMonolithic:     'monolithicFlat',
  thick2Gb:           'twoGbMaxExtentFlat',
};

/** Something done to the disk of that name, as a task. */
function diskTask(
  places: Places,
  name: string,
  call: Call,
  work: (place: Place, task: TaskControl) => unknown,
): MoRef {
  return call.task((task) => {
    const place = places.existing(name, FILE_PRIVILEGE, call);
    if (place instanceof VimFault) return place;
    return onFiles(place.text, () => work(place, task));
  });
}

function create(places: Places, name: string, spec: VirtualDiskSpec, call: Call): string | VimFault {
  const place = places.free(name, call, false);
  if (place instanceof VimFault) return place;
  const format = FORMATS[spec.diskType];
  if (format === undefined) return FAULTS.invalidArgument('spec.diskType');
  const { capacityKb } = spec as FileBackedVirtualDiskSpec;
  const sizeBytes = Number(capacityKb ?? 0) * KIB;
  if (!(sizeBytes > 0)) return FAULTS.invalidArgument('spec.capacityKb');
  if (!place.path.endsWith('.vmdk')) return FAULTS.invalidArgument('name');
  createDisk({ path: place.file, sizeBytes, format });
  return place.text;
}

const formatOf = (file: string): DiskFormat => {
  const format = file.endsWith('.vmdk') ? diskInfo(file).format : undefined;
  return format === undefined || format === 'delta' || format === 'other' ? 'thin' : format;
};

interface Copy {
  readonly sourceName: string;
  readonly destName: string;
  readonly destSpec?: VirtualDiskSpec | undefined;
  readonly force?: boolean | undefined;
}

async function copy(
  places: Places,
  from: Place,
  args: Copy,
  call: Call,
  task: TaskControl,
): Promise<string | VimFault> {
  const to = places.free(args.destName, call, args.force ?? false);
  if (to instanceof VimFault) return to;
  const wanted = args.destSpec?.diskType;
  const format = wanted === undefined ? formatOf(from.file) : FORMATS[wanted];
  if (format === undefined) return FAULTS.invalidArgument('destSpec.diskType');
  if (to.file === from.file) return FAULTS.invalidArgument('destName');
  const busy = places.used(from);
  if (busy) return busy;
  const { volumes } = places.machines;
  await copyDisk({
    ...{ from: from.file, to: to.file, format, within: volumes },
    progress: (done) => task.progress(done * 100),
  });
  return to.text;
}

/** Another name where its file system can do that; else a copy, and then the old one is gone. */
async function move(places: Places, from: Place, args: Copy, call: Call, task: TaskControl) {
  const to = places.free(args.destName, call, args.force ?? false);
  if (to instanceof VimFault) return to;
  const busy = places.used(from);
  if (busy) return busy;
  if (isRenamed(from.file, to.file)) return to.text;
  const moved = await copy(places, from, args, call, task);
  if (!(moved instanceof VimFault)) removeDisk(from.file);
  return moved;
}

/** False where it cannot be: it is no VMDK, the place is taken, or on another file system. @throws HostError */
function isRenamed(from: string, to: string): boolean {
  if (!from.endsWith('.vmdk') || !to.endsWith('.vmdk') || existsSync(to)) return false;
  try {
    moveDisk(from, to);
    return true;
  } catch (error) {
    if (error instanceof HostError && error.code === 'file-io') return false;
    throw error;
  }
}

/** Gives a disk all its space: a copy takes its place, and its name in the guest, when it is whole. */
async function inflate(
  places: Places,
  { file, text }: Place,
  task: TaskControl,
): Promise<VimFault | undefined> {
  const busy = places.used({ file, text, datastore: '', path: '' });
  if (busy) return busy;
  const aside = file.replace(/\.vmdk$/, `-${randomBytes(4).toString('hex')}.vmdk`);
  const { volumes } = places.machines;
  await copyDisk({
    ...{ from: file, to: aside, format: 'eagerzeroedthick', within: volumes },
    progress: (done) => task.progress(done * 100),
  });
  const { uuid } = diskInfo(file);
  if (uuid !== '') setDiskUuid(aside, uuid);
  removeDisk(file);
  moveDisk(aside, file);
  return undefined;
}

function withDisk<T>(path: string, within: string, use: (disk: FileDisk) => T): T {
  const disk = openDisk({ path, readOnly: false, within, onError: () => {} });
  try {
    return use(disk);
  } finally {
    disk.close();
  }
}

function zeroFill(path: string, within: string, task: TaskControl): VimFault | undefined {
  return withDisk(path, within, (disk) => {
    for (let offset = 0; offset < disk.sizeBytes; offset += ZERO_BYTES) {
      const length = Math.min(ZERO_BYTES, disk.sizeBytes - offset);
      const ends: string[] = [];
      disk.submit({ kind: 'write-zeroes', offset, length, unmap: true }, (status) => ends.push(status));
      if (ends[0] !== 'ok') return FAULTS.systemError('the disk cannot be written');
      task.progress((offset / disk.sizeBytes) * 100);
    }
    return undefined;
  });
}

/** As ESXi writes the UUID of a disk: `60 00 C2 9f …-…`. */
function uuidOf(file: string): string {
  return diskInfo(file).uuid;
}

export const VirtualDiskManager = managed<'VirtualDiskManager', Places>('VirtualDiskManager', {
  properties: {},
  methods: {
    CreateVirtualDisk_Task: (places, { name, spec }, call) =>
      call.task(() => onFiles(name, () => create(places, name, spec, call))),
    DeleteVirtualDisk_Task: (places, { name }, call) =>
      diskTask(places, name, call, (place) => {
        const busy = places.used(place);
        if (busy) return busy;
        return removeDisk(place.file);
      }),
    MoveVirtualDisk_Task: (places, args, call) =>
      diskTask(places, args.sourceName, call, (place, task) => move(places, place, args, call, task)),
    CopyVirtualDisk_Task: (places, args, call) =>
      diskTask(places, args.sourceName, call, (place, task) => copy(places, place, args, call, task)),
    ExtendVirtualDisk_Task: (places, { name, newCapacityKb }, call) =>
      diskTask(places, name, call, (place) => {
        const busy = places.used(place);
        if (busy) return busy;
        return growImage(place.file, Number(newCapacityKb) * KIB, { within: places.machines.volumes });
      }),
    InflateVirtualDisk_Task: (places, { name }, call) =>
      diskTask(places, name, call, (place, task) => inflate(places, place, task)),
    EagerZeroVirtualDisk_Task: (places, { name }, call) =>
      diskTask(places, name, call, (place, task) => inflate(places, place, task)),
    ZeroFillVirtualDisk_Task: (places, { name }, call) =>
      diskTask(
        places,
        name,
        call,
        (place, task) => places.used(place) ?? zeroFill(place.file, places.machines.volumes, task),
      ),
    async QueryVirtualDiskUuid(places, { name }, call) {
      const place = places.existing(name, FILE_PRIVILEGE, call);
      if (place instanceof VimFault) return place;
      return await onFiles(place.text, () => uuidOf(place.file));
    },
    async SetVirtualDiskUuid(places, { name, uuid }, call) {
      const canonical = uuid.replace(/[\s-]/g, '').toLowerCase();
      if (!/^[0-9a-f]{32}$/.test(canonical)) return FAULTS.invalidArgument('uuid');
      const place = places.existing(name, FILE_PRIVILEGE, call);
      if (place instanceof VimFault) return place;
      const busy = places.used(place);
      if (busy) return busy;
      const result = await onFiles(place.text, () => setDiskUuid(place.file, vmxUuid(canonical)));
      return result instanceof VimFault ? result : undefined;
    },
    async QueryVirtualDiskGeometry(places, { name }, call) {
      const place = places.existing(name, FILE_PRIVILEGE, call);
      if (place instanceof VimFault) return place;
      return await onFiles(place.text, () => {
        const sectors = diskInfo(place.file).sizeBytes / SECTOR_BYTES;
        return {
          cylinder: Math.floor(sectors / (HEADS * TRACK_SECTORS)),
          head: HEADS,
          sector: TRACK_SECTORS,
        };
      });
    },
    QueryVirtualDiskFragmentation: (places, { name }, call) => {
      const place = places.existing(name, FILE_PRIVILEGE, call);
      return place instanceof VimFault ? place : 0;
    },
  },
});
