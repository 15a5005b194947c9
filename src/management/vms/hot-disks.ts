/** Disks that a machine gets, or loses, while it runs: units of its SCSI controllers. */
import { HostError } from '#lib';
import type { ScsiHost, VmDisk } from '#vmm';
import type { RunningVm } from './runner.ts';

/** What a machine is to lose and to get. */
export interface DiskChange {
  readonly out: readonly VmDisk[];
  readonly in: readonly VmDisk[];
}

/** From what the settings were to what they are; CDs and devices of their own are none of it. */
export function diskChange(before: readonly VmDisk[], after: readonly VmDisk[]): DiskChange {
  const units = (disks: readonly VmDisk[]) => disks.filter(({ scsi }) => scsi?.kind === 'disk');
  const [had, has] = [units(before), units(after)];
  const isIn = (disks: readonly VmDisk[]) => (disk: VmDisk) => disks.some((one) => isSame(one, disk));
  return { out: had.filter((disk) => !isIn(has)(disk)), in: has.filter((disk) => !isIn(had)(disk)) };
}

function isSame(one: VmDisk, other: VmDisk): boolean {
  return one.unit === other.unit && one.fileName === other.fileName && one.readOnly === other.readOnly;
}

/**
 * Carries a change out, all of it or nothing.
 * @param resolved - a disk with its file as the machine needs it
 * @returns undoes it
 * @throws HostError
 */
export async function changeDisks(
  running: RunningVm,
  change: DiskChange,
  resolved: (disk: VmDisk) => VmDisk,
): Promise<() => Promise<void>> {
  const done: (() => Promise<unknown>)[] = [];
  const undo = async () => {
    for (const step of done.toReversed()) await step();
  };
  try {
    for (const disk of change.out) {
      await running.unplug?.(disk.unit);
      done.push(async () => running.plug?.(resolved(disk)));
    }
    for (const disk of change.in) {
      await running.plug?.(resolved(disk));
      done.push(async () => running.unplug?.(disk.unit));
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
}

/** @throws HostError `vm-refused` when a machine that was started with these controllers cannot be changed so */
export function requireHot(
  vm: string,
  running: RunningVm,
  hosts: readonly ScsiHost[],
  { out, in: coming }: DiskChange,
): void {
  const refused = (reason: string) => new HostError('vm-refused', { action: 'change a disk of', vm, reason });
  if (running.plug === undefined || running.unplug === undefined) throw refused('it runs in exact steps');
  for (const { scsi } of [...out, ...coming])
    if (!hosts.some(({ number }) => number === scsi?.controller))
      throw refused(`it was switched on without the virtio SCSI controller scsi${scsi?.controller}`);
}
