/** Calls on datastores: what there is, what it is used for, and the files on it. */
import { opendirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { HostError, reasonOf, usageError } from '#lib';
import { diskInfo, type HeldLock, type LockingHost } from '#storage';
import { callsOn } from '../local/call.ts';
import { integer, optional, text } from '../local/fields.ts';
import type { Vm } from '../vms/vm.ts';
import { writableDisks } from '../vms/vm-disks.ts';
import type { DatastoreRow, HostServices } from './services.ts';

/** A VM on a datastore, and what its disks take there. */
export interface VmSpace {
  readonly name: string;
  /** What is taken now. */
  readonly usedBytes: number;
  /** What its disks may still take, for they are thin. */
  readonly uncommittedBytes: number;
}

export interface DatastoreDetails extends DatastoreRow {
  /** Of all files on it. */
  readonly usedBytes: number;
  /** What is used, and what thin disks of VMs may still take: more than the capacity where it was promised twice. */
  readonly provisionedBytes: number;
  /** Requests a second; 0: none. */
  readonly iopsLimit: number;
  readonly vms: readonly VmSpace[];
  readonly locks: readonly HeldLock[];
  /** Those that use it or did. */
  readonly hosts: readonly LockingHost[];
}

export interface DatastoreFile {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'disk';
  /** Of a disk: what a guest sees. */
  readonly sizeBytes: number;
  readonly usedBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** Source: stat(2). */
const STAT_BLOCK_BYTES = 512;
/** Folders in folders that are looked into: VMs have no more. */
const MAX_DEPTH = 8;
const SYSTEM_FOLDER = '.vmk.sf';

const call = callsOn<HostServices>();

// biome-ignore format: a table reads in columns
export const DATASTORE_CALLS = {
  'datastore.list':   call('the datastores',                  {}, ({ datastores }) => datastores.list()),
  'datastore.show':   call('what a datastore is used for',    { name: text() }, show),
  'datastore.limit':  call('how much a datastore is given',   { name: text(), iops: integer(0, 2 ** 31) }, ({ datastores }, { name, iops }) => datastores.setLimit(name, iops)),
  'datastore.folder': call('where it is on the machine',      { name: optional(text()) }, ({ datastores }, { name }) => datastores.folder(name)),
  'datastore.browse': call('the files on a datastore',        { name: text(), path: optional(text()) }, browse),
};

function show({ datastores, vms }: HostServices, { name }: { name: string }): DatastoreDetails {
  const folder = datastores.folder(name);
  const row = datastores.list().find((one) => one.name === name);
  if (row === undefined) throw usageError(`there is no datastore "${name}"`);
  const here = vms.all.filter((vm) => dirname(vm.folder.path) === folder).map(spaceOf);
  const usedBytes = usedBelow(folder, 0);
  const uncommitted = here.reduce((sum, vm) => sum + vm.uncommittedBytes, 0);
  return {
    ...row,
    usedBytes,
    provisionedBytes: usedBytes + uncommitted,
    iopsLimit: datastores.limit(name),
    vms: here,
    ...datastores.holders(name),
  };
}

function spaceOf({ name, folder, settings }: Vm): VmSpace {
  const uncommitted = writableDisks(settings.disks).map(({ fileName }) => {
    const info = diskAt(folder.resolve(fileName));
    return info === undefined ? 0 : Math.max(0, info.sizeBytes - info.usedBytes);
  });
  return {
    name,
    usedBytes: usedBelow(folder.path, 0),
    uncommittedBytes: uncommitted.reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Undefined for what is no disk, or none that can be read now. */
function diskAt(path: string): { readonly sizeBytes: number; readonly usedBytes: number } | undefined {
  try {
    return diskInfo(path);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** Links are not followed. */
function usedBelow(folder: string, depth: number): number {
  let used = 0;
  for (const { name, isFolder, blocks } of entriesOf(folder)) {
    used += blocks * STAT_BLOCK_BYTES;
    if (isFolder && depth < MAX_DEPTH) used += usedBelow(join(folder, name), depth + 1);
  }
  return used;
}

function browse(
  { datastores }: HostServices,
  { name, path = '' }: { name: string; path: string | undefined },
): DatastoreFile[] {
  const top = datastores.folder(name);
  const folder = join(top, path);
  if (relative(top, folder).startsWith('..')) throw usageError(`"${path}" is not on the datastore`);
  const found = entriesOf(folder).filter((entry) => folder !== top || entry.name !== SYSTEM_FOLDER);
  return found
    .map(({ name: file, isFolder, blocks, size, modifiedMs }): DatastoreFile => {
      const facts = { name: file, usedBytes: blocks * STAT_BLOCK_BYTES, modifiedMs };
      const disk = file.endsWith('.vmdk') && !isFolder ? diskAt(join(folder, file)) : undefined;
      if (disk !== undefined)
        return { ...facts, kind: 'disk', sizeBytes: disk.sizeBytes, usedBytes: disk.usedBytes };
      return { ...facts, kind: isFolder ? 'folder' : 'file', sizeBytes: isFolder ? 0 : size };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  readonly blocks: number;
  readonly modifiedMs: number;
}

/** Files and folders, no links and devices. @throws HostError */
function entriesOf(folder: string): Entry[] {
  const entries: Entry[] = [];
  try {
    using all = opendirSync(folder);
    for (let entry = all.readSync(); entry !== null; entry = all.readSync()) {
      if (!entry.isFile() && !entry.isDirectory()) continue;
      // It may be gone by now.
      const stats = statSync(join(folder, entry.name), { throwIfNoEntry: false });
      if (stats === undefined) continue;
      const { size, blocks, mtimeMs } = stats;
      entries.push({ name: entry.name, isFolder: entry.isDirectory(), size, blocks, modifiedMs: mtimeMs });
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new HostError('file-missing', { what: 'folder', path: folder }, { cause });
    const details = { action: 'read', what: 'folder', path: folder, reason: reasonOf(cause) };
    throw new HostError('file-io', details, { cause });
  }
  return entries;
}
