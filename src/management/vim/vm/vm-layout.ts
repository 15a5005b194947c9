/** The files of a VM as VIM lists them: layout, layoutEx, storage. */
import { basename } from 'node:path';
import { slotName } from '#vmm';
import { isVmdk } from '../../vms/vm-disks.ts';
import { moRef } from '../model/value.ts';
import type {
  VirtualMachineFileLayout,
  VirtualMachineFileLayoutEx,
  VirtualMachineFileLayoutExDiskLayout,
  VirtualMachineStorageInfo,
} from '../table/vim25.d.ts';
import { slotOfName } from './devices/storage-buses.ts';
import { snapshotRef } from './snapshot-tree.ts';
import type { VmObject } from './vm-object.ts';
import { storageOf } from './vm-runtime.ts';

/** Kinds of files by their names; the first that fits counts. */
// biome-ignore format: a table reads in columns
const KINDS: readonly (readonly [name: RegExp, type: string])[] = [
  [/\.vmx$/,                          'config'],
  [/\.vmxf$/,                         'extendedConfig'],
  [/\.vmsd$/,                         'snapshotList'],
  [/\.vmsn$/,                         'snapshotData'],
  [/\.vmss$/,                         'suspend'],
  [/\.nvram$/,                        'nvram'],
  [/\.vswp$/,                         'swap'],
  [/\.log$/,                          'log'],
  [/-(?:flat|delta|sesparse|s\d+|f\d+)\.vmdk$/, 'diskExtent'],
  [/\.vmdk$/,                         'diskDescriptor'],
  [/\.img$/,                          'diskExtent'],
  [/\.png$/,                          'screenshot'],
];

const kindOf = (name: string) => KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'config';

export function layoutEx(self: VmObject): VirtualMachineFileLayoutEx {
  const { files } = self;
  const keys = new Map(files.map(({ path }, key) => [basename(path), key]));
  return {
    file: files.map(({ path, bytes, usedBytes }, key) => ({
      ...{ key, name: self.datastorePath(path), type: kindOf(path) },
      ...{ size: usedBytes, uniqueSize: usedBytes, accessible: true },
      ...(bytes < 0 && {}),
    })),
    disk: diskLayouts(self, keys),
    snapshot: self.vm.snapshots.all.map(({ uid, fileName }) => ({
      ...{ key: snapshotRef(self, uid), dataKey: keys.get(fileName) ?? -1 },
      memoryKey: keys.get(fileName) ?? -1,
      disk: [],
    })),
    timestamp: new Date(self.nowMs),
  };
}

function diskLayouts(
  self: VmObject,
  keys: ReadonlyMap<string, number>,
): VirtualMachineFileLayoutExDiskLayout[] {
  return diskKeys(self).map(({ key, fileNames }) => ({
    key,
    chain: fileNames.map((name) => {
      const stem = name.replace(/\.vmdk$/, '');
      const parts = [name, `${stem}-flat.vmdk`, `${stem}-delta.vmdk`, `${stem}-sesparse.vmdk`];
      return { fileKey: [...new Set(parts)].flatMap((part) => keys.get(part) ?? []) };
    }),
  }));
}

/** Each disk with the files that it is built of, the oldest first. */
function diskKeys({ vm }: VmObject) {
  return vm.settings.disks
    .filter(({ readOnly }) => !readOnly)
    .flatMap((disk) => {
      const name = slotName(disk.unit);
      const key = name === undefined ? undefined : slotOfName(name);
      if (key === undefined) return [];
      const isOwn = isVmdk(disk) && basename(disk.fileName) === disk.fileName;
      return [
        { key, fileNames: isOwn ? chainOf(vm.disks.chainOf.bind(vm.disks), disk.fileName) : [disk.fileName] },
      ];
    });
}

/** A chain that cannot be read is its top. */
function chainOf(read: (name: string) => string[], name: string): string[] {
  try {
    return read(name).toReversed();
  } catch {
    return [name];
  }
}

export function layout(self: VmObject): VirtualMachineFileLayout {
  const named = (pattern: RegExp) => self.files.map(({ path }) => path).filter((path) => pattern.test(path));
  const { folder } = self.vm;
  return {
    configFile: named(/\.(?:vmx|nvram)$/).map((path) => basename(path)),
    logFile: named(/\.log$/).map((path) => basename(path)),
    disk: diskKeys(self).map(({ key, fileNames }) => ({
      key,
      diskFile: fileNames.map((name) => self.datastorePath(folder.resolve(name))),
    })),
    snapshot: self.vm.snapshots.all.map(({ uid, fileName }) => ({
      key: snapshotRef(self, uid),
      snapshotFile: [self.datastorePath(folder.resolve(fileName))],
    })),
  };
}

export function storageInfo(self: VmObject): VirtualMachineStorageInfo {
  const { committed, uncommitted, unshared, timestamp } = storageOf(self);
  const datastore = moRef('Datastore', `ha-datastore-${self.datastoreName}`);
  return { perDatastoreUsage: [{ datastore, committed, uncommitted, unshared }], timestamp };
}
