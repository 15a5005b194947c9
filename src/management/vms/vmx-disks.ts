/** Disks of a VM in its .vmx: one more, or one less; of a machine that runs too, where its controller can. */
import { existsSync } from 'node:fs';
import { HostError, usageError } from '#lib';
import { DISK_SLOTS, type DiskSlot, isCd, isVirtioScsi, removeDevice, scsiPlace, Vmx, writeDisk } from '#vmm';
import type { Vm } from './vm.ts';

/** A disk to be put in: of so many bytes, or the image that is there. */
export interface NewDisk {
  readonly bytes?: number | undefined;
  readonly image?: string | undefined;
  readonly readOnly?: boolean;
  /** Its place; absent: the first that is free. */
  readonly unit?: number | undefined;
}

/** Puts a disk in. @returns its place. @throws HostError */
export async function addDisk(vm: Vm, { bytes, image, readOnly = false, unit }: NewDisk): Promise<number> {
  const vmx = Vmx.of(vm.vmx.entries());
  const slot = freeSlot(vmx, unit);
  const { number } = slot;
  // What is suspended goes on with the disks that it had.
  if (vm.isOn) requireHot(vm, slot, 'put a disk into');
  else vm.requireOff('put a disk into');
  const fileName = image ?? freeName(vm);
  if (image !== undefined && !existsSync(vm.folder.resolve(image)))
    throw usageError(`there is no image "${image}"`);
  const hotAdded = vm.isOn && !isVirtioScsi(vmx, scsiPlace(number)?.controller ?? 0);
  writeDisk(vmx, slot, { fileName, readOnly, hotAdded });
  if (image !== undefined) vm.outside.give(vmx, vm.folder);
  if (bytes !== undefined) vm.disks.create(fileName, bytes);
  try {
    await vm.changeHardware(vmx);
  } catch (error) {
    if (bytes !== undefined) vm.disks.remove(fileName);
    throw error;
  }
  return number;
}

/** Takes a disk out. `isDeleted`: its file goes too. @throws HostError */
export async function removeDisk(vm: Vm, unit: number, isDeleted: boolean): Promise<void> {
  const slot = DISK_SLOTS.find(({ number }) => number === unit);
  const disk = vm.settings.disks.find((one) => one.unit === unit);
  if (slot === undefined || disk === undefined || isCd(vm.vmx, slot.name))
    throw new HostError('vm-refused', {
      action: 'take a disk out of',
      vm: vm.name,
      reason: `it has no disk ${unit}`,
    });
  if (vm.isOn) {
    requireHot(vm, slot, 'take a disk out of');
    if (disk.scsi === undefined) {
      const reason = `disk ${unit} was there when it was switched on, and is no unit of ${slot.controller}`;
      throw new HostError('vm-refused', { action: 'take a disk out of', vm: vm.name, reason });
    }
  } else vm.requireOff('take a disk out of');
  const isKept = vm.snapshots.frozenNames.has(disk.fileName) || !vm.disks.isFree(disk.fileName);
  if (isDeleted && isKept) {
    const reason = `a snapshot or another VM needs ${disk.fileName}`;
    throw new HostError('vm-refused', { action: 'delete a disk of', vm: vm.name, reason });
  }
  const vmx = Vmx.of(vm.vmx.entries());
  removeDevice(vmx, slot.name);
  await vm.changeHardware(vmx);
  if (isDeleted) vm.disks.remove(disk.fileName);
}

function requireHot(vm: Vm, { number, controller }: DiskSlot, action: string): void {
  const place = scsiPlace(number);
  if (place !== undefined && vm.isHot(place.controller)) return;
  const reason = `it was switched on without a SCSI controller ${controller} that takes disks while it runs: say which by --scsi while it is off`;
  throw new HostError('vm-refused', { action, vm: vm.name, reason });
}

/** @throws HostError `usage` */
function freeSlot(vmx: Vmx, unit: number | undefined): DiskSlot {
  const isFree = ({ name }: DiskSlot) =>
    (vmx.get(`${name}.fileName`) ?? '') === '' && !/^true$/i.test(vmx.get(`${name}.present`) ?? '');
  const free = DISK_SLOTS.filter((slot) => isFree(slot));
  const found = unit === undefined ? free[0] : free.find(({ number }) => number === unit);
  if (found) return found;
  throw usageError(
    unit === undefined ? 'there is no place for another disk' : `there is no free place ${unit} for a disk`,
  );
}

/** The first that no file has: web.vmdk, web_1.vmdk, … */
function freeName({ folder }: Vm): string {
  for (let number = 0; ; number++) {
    const name = `${folder.name}${number === 0 ? '' : `_${number}`}.vmdk`;
    if (!existsSync(folder.resolve(name))) return name;
  }
}
