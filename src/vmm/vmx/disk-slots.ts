/** Where a VM's disks are plugged in: each place on each bus of a .vmx has a number, scsi0:N those from 0. */

interface DiskBus {
  readonly prefix: string;
  readonly buses: number;
  readonly units: number;
  /** A unit that the controller itself has. */
  readonly ownUnit?: number;
  /** Number of the first place. */
  readonly first: number;
}

export const SCSI: DiskBus = { prefix: 'scsi', buses: 4, units: 16, first: 0, ownUnit: 7 };
// biome-ignore format: a table reads in columns
const BUSES: readonly DiskBus[] = [
  SCSI,
  { prefix: 'sata', buses: 4, units: 30, first: 64 },
  { prefix: 'nvme', buses: 4, units: 15, first: 184 },
  { prefix: 'ide',  buses: 2, units: 2,  first: 244 },
];
const FLOPPIES = { first: 248, count: 2 } as const;

export interface DiskSlot {
  readonly number: number;
  /** `scsi0:1`; of a floppy `floppy0`. */
  readonly name: string;
  /** `scsi0`; undefined where none has to be there. */
  readonly controller: string | undefined;
}

/** All places, in the order in which a machine finds what is there. */
export const DISK_SLOTS: readonly DiskSlot[] = BUSES.flatMap(({ prefix, buses, units, ownUnit, first }) =>
  Array.from({ length: buses * units }, (_, i) => {
    const controller = `${prefix}${Math.floor(i / units)}`;
    return { number: first + i, name: `${controller}:${i % units}`, controller, unit: i % units };
  }).filter(({ unit }) => unit !== ownUnit),
);

export const FLOPPY_SLOTS: readonly DiskSlot[] = Array.from({ length: FLOPPIES.count }, (_, i) => ({
  number: FLOPPIES.first + i,
  name: `floppy${i}`,
  controller: undefined,
}));

/** What the place of that number is called in a .vmx; undefined for floppies, and where there is none. */
export function slotName(number: number | undefined): string | undefined {
  return DISK_SLOTS.find((slot) => slot.number === number)?.name;
}

/** The SCSI controller of a place, and the target there; undefined for places elsewhere. */
export function scsiPlace(
  number: number,
): { readonly controller: number; readonly target: number } | undefined {
  const controller = Math.floor(number / SCSI.units);
  return controller < SCSI.buses ? { controller, target: number % SCSI.units } : undefined;
}
