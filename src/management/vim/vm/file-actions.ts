/** What a changed .vmx asks of files: disks that are made, grown, needed, and removed. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Chain, createDisk, readDescriptor, removeFiles } from '#storage';
import type { VimFault } from '../model/value.ts';
import { fileOfVmx } from './datastore-path.ts';
import type { FileAction } from './devices/change-devices.ts';
import { VM_FAULTS } from './vm-faults.ts';

export interface FilePlace {
  readonly volumes: string;
  /** The VM's. */
  readonly folder: string;
  readonly toDatastorePath: (fileName: string) => string;
}

/** Makes and looks for what must be there before. What was made is removed again when something cannot be. @throws HostError */
export function prepareFiles(actions: readonly FileAction[], place: FilePlace): VimFault | undefined {
  const made: string[] = [];
  try {
    for (const action of actions) {
      const path = fileOfVmx(place.volumes, place.folder, action.fileName);
      if (action.kind === 'require' && !existsSync(path))
        return undo(made, VM_FAULTS.fileNotFound(place.toDatastorePath(action.fileName)));
      // Who put it there may have named any VMDK of the machine as its parent.
      if (action.kind === 'require' && path.endsWith('.vmdk'))
        Chain.open(path, { use: 'look', within: place.volumes }).close();
      if (action.kind !== 'create-disk') continue;
      if (existsSync(path)) return undo(made, VM_FAULTS.fileExists(place.toDatastorePath(action.fileName)));
      mkdirSync(dirname(path), { recursive: true });
      createDisk({ path, sizeBytes: action.bytes, format: action.isThin ? 'thin' : 'zeroedthick' });
      made.push(path);
    }
  } catch (error) {
    undo(made, undefined);
    throw error;
  }
  return undefined;
}

/** Removes what was made: the VM is as it was after all. @throws HostError */
export function undoFiles(actions: readonly FileAction[], place: FilePlace): void {
  for (const action of actions)
    if (action.kind === 'create-disk') removeDisk(fileOfVmx(place.volumes, place.folder, action.fileName));
}

/** Removes what is not wanted any more. @throws HostError */
export function finishFiles(actions: readonly FileAction[], place: FilePlace): void {
  for (const action of actions) {
    if (action.kind !== 'delete-disk') continue;
    removeDisk(fileOfVmx(place.volumes, place.folder, action.fileName));
  }
}

/** A disk with its extents; what is not there is fine. @throws HostError */
export function removeDisk(path: string): void {
  if (!existsSync(path)) return;
  if (path.endsWith('.vmdk')) removeFiles({ path, descriptor: readDescriptor(path).descriptor });
  else rmSync(path, { force: true });
}

function undo<T>(made: readonly string[], result: T): T {
  for (const path of made) removeDisk(path);
  return result;
}
