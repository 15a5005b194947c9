/** Which SCSI controllers of a .vmx are virtio SCSI hosts: those that say so, and spare ones for disks that come later. */
import { SCSI } from './disk-slots.ts';
import type { Vmx } from './vmx.ts';

export interface ScsiHost {
  /** N of scsiN. */
  readonly number: number;
  /**
   * It is there for disks that come while the machine runs: those that it was switched on with are devices of their own. It
   * comes after all other devices, which are then where they always were.
   */
  readonly isSpare: boolean;
}

/** The value of `virtualDev` that makes a controller one of virtio. */
const VIRTIO_SCSI = 'virtio-scsi';
/** Those of VMware's, which mean virtio disks here. */
const VMWARE = /^(?:pvscsi|lsilogic|lsisas1068|buslogic)$/i;

/** Whether scsiN is a virtio SCSI host, all of whose disks are units of it. */
export const isVirtioScsi = (vmx: Vmx, number: number): boolean =>
  vmx.get(`scsi${number}.virtualDev`)?.toLowerCase() === VIRTIO_SCSI;

export function scsiHostsOf(vmx: Vmx): ScsiHost[] {
  return Array.from({ length: SCSI.buses }, (_, number) => number).flatMap((number): ScsiHost[] => {
    if (isVirtioScsi(vmx, number)) return [{ number, isSpare: false }];
    const kind = vmx.get(`scsi${number}.virtualDev`) ?? '';
    const isThere = /^true$/i.test(vmx.get(`scsi${number}.present`) ?? '');
    return isThere && VMWARE.test(kind) ? [{ number, isSpare: true }] : [];
  });
}
