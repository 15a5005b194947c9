/** What ESXi calls the disks of a lease: `/web/VirtualLsiLogicController0:1`; and the files of ours beside them. */
import { isCd, readSettings, type Vmx } from '#vmm';
import { FILE_KEY } from '../../ovf/vmx-words.ts';
import { controllerType, STORAGE_BUSES } from '../vm/devices/storage-buses.ts';

/** Something of a VM that goes over the wire. */
export interface LeaseDevice {
  /** Without its entity: `VirtualLsiLogicController0:1`, `riscv.firmware:0`. */
  readonly id: string;
  /** As it stands in the .vmx. */
  readonly fileName: string;
  readonly isDisk: boolean;
  /** `scsi0:1` of a disk. */
  readonly slot: string;
}

const SLOT = /^(scsi|sata|nvme|ide)(\d+):(\d+)$/;

export const deviceId = (entity: string, id: string): string => `/${entity}/${id}`;

/** The id of what is plugged in there; undefined for what is no place of a disk. */
export function idOfSlot(vmx: Vmx, slot: string): string | undefined {
  const [, prefix, busNumber, unit] = SLOT.exec(slot) ?? [];
  const bus = STORAGE_BUSES.find((one) => one.prefix === prefix);
  if (bus === undefined) return undefined;
  return `${controllerType(bus, vmx.get(`${prefix}${busNumber}.virtualDev`))}${busNumber}:${unit}`;
}

/** Hard disks, and what is booted and lies beside the .vmx. */
export function leaseDevices(vmx: Vmx): LeaseDevice[] {
  const settings = readSettings(vmx);
  if ('reason' in settings) return [];
  const found: LeaseDevice[] = [];
  for (const [key, fileName] of vmx.entries()) {
    const slot = key.replace(/\.fileName$/i, '');
    if (slot.length === key.length || fileName === '') continue;
    const id = idOfSlot(vmx, slot);
    if (id !== undefined && !isCd(vmx, slot)) found.push({ id, fileName, isDisk: true, slot });
  }
  for (const [key, value] of vmx.entries()) {
    if (!FILE_KEY.test(key) || value === '') continue;
    for (const [index, fileName] of value.split('|').entries())
      found.push({ id: `${key.toLowerCase()}:${index}`, fileName, isDisk: false, slot: '' });
  }
  return found;
}
