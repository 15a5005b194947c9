/** The CD drive of a VM in its .vmx: a disc put in, or taken out. */
import { statSync } from 'node:fs';
import { usageError } from '#lib';
import { DISK_SLOTS, isCd, slotName, type VmDisk, Vmx } from '#vmm';
import type { VmFolder } from './vm-folder.ts';

/** Where ESXi puts the first one. */
const FIRST_DRIVE = 'ide1:0';
const CD_BLOCK_BYTES = 2048;
const ON_DATASTORE = /^\[([^\]/]+)\]\s*(.+)$/;

/** A .vmx with that disc in its drive; without an image the drive is empty. @throws HostError `usage` */
export function withDisc(before: Vmx, folder: VmFolder, image: string | undefined): Vmx {
  const vmx = Vmx.of(before.entries());
  const drive = driveOf(vmx) ?? FIRST_DRIVE;
  if (image === undefined) {
    if (driveOf(vmx) === undefined) return vmx;
    vmx.set(`${drive}.deviceType`, 'atapi-cdrom');
    vmx.set(`${drive}.fileName`, '');
    vmx.set(`${drive}.clientDevice`, 'TRUE');
    vmx.set(`${drive}.startConnected`, 'FALSE');
    return vmx;
  }
  if (drive === FIRST_DRIVE && driveOf(vmx) === undefined && vmx.get(`${drive}.fileName`) !== undefined)
    throw usageError(`${FIRST_DRIVE} has a disk: there is no place for a CD drive`);
  requireImage(folder.resolve(image), image);
  const [, datastore, rest = ''] = ON_DATASTORE.exec(image) ?? [];
  vmx.delete(`${drive}.clientDevice`);
  vmx.delete(`${drive}.connected`);
  vmx.set(`${drive}.present`, 'TRUE');
  vmx.set(`${drive}.deviceType`, 'cdrom-image');
  vmx.set(`${drive}.fileName`, datastore === undefined ? image : `/vmfs/volumes/${datastore}/${rest}`);
  vmx.set(`${drive}.startConnected`, 'TRUE');
  return vmx;
}

/** The disc that is in the drive of a SCSI controller and connected, by its name in the .vmx. */
export function discIn(vmx: Vmx, disks: readonly VmDisk[]): string | undefined {
  const disc = disks.find(({ scsi }) => scsi?.kind === 'cdrom');
  const drive = slotName(disc?.unit);
  const isConnected = !/^false$/i.test(vmx.get(`${drive}.connected`) ?? '');
  return isConnected ? disc?.fileName : undefined;
}

function driveOf(vmx: Vmx): string | undefined {
  return DISK_SLOTS.find(({ name }) => isCd(vmx, name))?.name;
}

function requireImage(path: string, image: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw usageError(`there is no image "${image}"`);
  if (stats.size === 0 || stats.size % CD_BLOCK_BYTES !== 0)
    throw usageError(
      `"${image}" is no image of a CD: its size of ${stats.size} bytes is no multiple of ${CD_BLOCK_BYTES}`,
    );
}
