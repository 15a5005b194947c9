/** What a VM of a host is to the parts that run it: from its settings, and the default guest where they name nothing to boot. */
import { join } from 'node:path';
import { cacheFolder, defaultFirmware, defaultGuest, type Guest, QUIET_KERNEL, type Report } from '#guest';
import { type CpuAllocation, SHARES_PER_MB } from '#kernel';
import { HostError } from '#lib';
import type { DiskConfig, VmToRun } from '#management';
import { PAGE_BYTES } from '#riscv';
import { type Limit, overheadPages, slotName, type VmDisk } from '#vmm';
import { bootChoice } from './boot-order.ts';
import type { VmMemoryConfig } from './host-memory.ts';
import type { VmConfig } from './messages.ts';

const MIB = 2 ** 20;
const CONSOLE_PARAMETER = { serial: 'console=ttyS0', virtio: 'console=hvc0', none: '' } as const;

/** What is booted where the settings name nothing; fetched when it is first needed. */
export interface BootFiles {
  readonly guest: () => Promise<Guest>;
  /** For a disk. */
  readonly firmware: () => Promise<string>;
}

export const bootFiles = (report: Report): BootFiles => ({
  guest: onceGood(() => defaultGuest(cacheFolder(), report)),
  firmware: onceGood(() => defaultFirmware(cacheFolder(), report)),
});

/** What `make` resolved to first; what failed is tried again. */
function onceGood<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** What the VM is owed of the pCPUs. */
export function allocationOf({ settings }: Pick<VmToRun, 'settings'>): CpuAllocation {
  const { cpuShares: shares, cpuReservationMhz: reservationMhz, cpuLimitMhz: limit } = settings;
  return { shares, reservationMhz, ...(limit !== 'unlimited' && { limitMhz: limit }) };
}

const PAGES_PER_MIB = MIB / PAGE_BYTES;

/** What the VM is owed of machine memory. */
export function memoryOf({ name, settings, folder }: VmToRun): Omit<VmMemoryConfig, 'pool'> {
  const { memoryMib, memReservationMib, memLimitMib, memShares, memBalloonMib } = settings;
  const pages = (mib: Limit): number | undefined => (mib === 'unlimited' ? undefined : mib * PAGES_PER_MIB);
  return {
    name,
    identity: settings.uuid === '' ? folder : settings.uuid,
    salt: settings.memSalt === '' ? undefined : settings.memSalt,
    isUnshared: !settings.memShare,
    maxBalloonPages: pages(memBalloonMib),
    allocation: {
      sizePages: memoryMib * PAGES_PER_MIB,
      reservationPages: memReservationMib * PAGES_PER_MIB,
      limitPages: pages(memLimitMib),
      shares: typeof memShares === 'number' ? memShares : SHARES_PER_MB[memShares] * memoryMib,
      overheadPages: overheadPages({ ramBytes: memoryMib * MIB, harts: settings.vcpus }),
    },
    swapPath: join(folder, `${name}.vswp`),
  };
}

/** A disk of the VM, for the machine. */
export function diskConfig(
  { unit, fileName, readOnly, allocation, scsi }: VmDisk,
  { settings, folder, datastores }: Pick<VmToRun, 'settings' | 'folder' | 'datastores'>,
): DiskConfig {
  return {
    path: fileName.startsWith('/') ? fileName : `${folder}/${fileName}`,
    readOnly,
    slot: slotName(unit),
    within: datastores,
    ...(allocation && { allocation }),
    ...(scsi && { scsi }),
    ...(!readOnly && fileName.endsWith('.vmdk') && { trackChanges: settings.trackChanges }),
  };
}

/** What the machine is, from the VM's settings and, where they name nothing to boot, its disk or the default guest. */
export async function configOf(
  { name, settings, folder, datastores }: VmToRun,
  boot: BootFiles,
): Promise<VmConfig> {
  const { kernel, initrds, append, console, memoryMib, vcpus, deterministic, engine } = settings;
  if (engine !== 'jit') {
    const reason = `its engine is ${engine}, and all machines of a host run on one`;
    throw new HostError('vm-refused', { action: 'start', vm: name, reason });
  }
  const { boots } = bootChoice({ name, settings, folder, datastores });
  const guest = boots === 'guest' ? await boot.guest() : undefined;
  const firmware = boots === 'disk' ? await boot.firmware() : settings.firmware;
  const own = guest === undefined ? '' : QUIET_KERNEL;
  const words = firmware === '' ? [CONSOLE_PARAMETER[console], append || 'quiet', own] : [append];
  return {
    name,
    ...(firmware === '' ? { kernel: guest?.kernelPath ?? kernel } : { firmware }),
    initrd: guest !== undefined && initrds.length === 0 ? [guest.initramfsPath] : initrds,
    append: words.filter((word) => word !== '').join(' '),
    memoryBytes: memoryMib * MIB,
    disks: settings.disks.map((disk) => diskConfig(disk, { settings, folder, datastores })),
    ...(settings.scsiHosts && { scsiHosts: settings.scsiHosts }),
    console,
    deterministic,
    // A deterministic run has no input but what is typed.
    agent: !deterministic,
    buttons: !deterministic,
    asks: true,
    trace: [],
    cpus: vcpus,
  };
}
