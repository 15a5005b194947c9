/** Buses of disks and CD-ROMs: how they are called in a .vmx file, and which keys ESXi gives what is on them. */

/** A kind of storage bus. */
export interface StorageBus {
  /** `scsi0:1` in a .vmx file. */
  readonly prefix: 'scsi' | 'sata' | 'nvme' | 'ide';
  readonly buses: number;
  readonly units: number;
  /** A unit that the controller itself has. */
  readonly ownUnit?: number;
  /** Key of the first controller; the others follow. */
  readonly controllerKey: number;
  /** Key of unit 0 of bus 0. */
  readonly deviceKey: number;
  readonly name: string;
  /** VIM's types, by `virtualDev`; the first is meant when none is given. */
  readonly types: readonly (readonly [virtualDev: string, type: string])[];
  /** Every machine has it. */
  readonly isFixed?: boolean;
}

// biome-ignore format: a table reads in columns
export const STORAGE_BUSES: readonly StorageBus[] = [
  { prefix: 'scsi', buses: 4, units: 16, ownUnit: 7, controllerKey: 1000, deviceKey: 2000, name: 'SCSI',
    types: [['lsilogic', 'VirtualLsiLogicController'], ['pvscsi', 'ParaVirtualSCSIController'],
            ['lsisas1068', 'VirtualLsiLogicSASController'], ['buslogic', 'VirtualBusLogicController']] },
  { prefix: 'sata', buses: 4, units: 30, controllerKey: 15000, deviceKey: 16000, name: 'SATA', types: [['ahci', 'VirtualAHCIController']] },
  { prefix: 'nvme', buses: 4, units: 15, controllerKey: 31000, deviceKey: 32000, name: 'NVME', types: [['nvme', 'VirtualNVMEController']] },
  { prefix: 'ide',  buses: 2, units: 2,  controllerKey: 200,   deviceKey: 3000,  name: 'IDE',  types: [['ide', 'VirtualIDEController']], isFixed: true },
];

/** VIM's type of a controller by its `virtualDev`. */
export function controllerType({ types }: StorageBus, virtualDev: string | undefined): string {
  const given = virtualDev?.toLowerCase();
  const [, type = ''] = types.find(([known]) => known === given) ?? types[0] ?? [];
  return type;
}

/** A place on a bus. */
export interface Slot {
  readonly bus: StorageBus;
  readonly busNumber: number;
  readonly unit: number;
}

/** `scsi0:1` */
export function slotKey({ bus, busNumber, unit }: Slot): string {
  return `${bus.prefix}${busNumber}:${unit}`;
}

export function deviceKeyOf({ bus, busNumber, unit }: Slot): number {
  return bus.deviceKey + busNumber * bus.units + unit;
}

export function slotOfDevice(key: number): Slot | undefined {
  for (const bus of STORAGE_BUSES) {
    const index = key - bus.deviceKey;
    if (index < 0 || index >= bus.buses * bus.units) continue;
    return { bus, busNumber: Math.floor(index / bus.units), unit: index % bus.units };
  }
  return undefined;
}

/** The bus and its number of a controller's key. */
export function busOfController(
  key: number,
): { readonly bus: StorageBus; readonly busNumber: number } | undefined {
  const bus = STORAGE_BUSES.find(
    ({ controllerKey, buses }) => key >= controllerKey && key < controllerKey + buses,
  );
  return bus && { bus, busNumber: key - bus.controllerKey };
}

/** Every place there can be something. */
export function* allSlots(): Generator<Slot> {
  for (const bus of STORAGE_BUSES)
    for (let busNumber = 0; busNumber < bus.buses; busNumber++)
      for (let unit = 0; unit < bus.units; unit++) if (unit !== bus.ownUnit) yield { bus, busNumber, unit };
}

/** The key of what is at `scsi0:1`. */
export function slotOfName(name: string): number | undefined {
  const [, prefix, busNumber, unit] = /^([a-z]+)(\d+):(\d+)$/.exec(name) ?? [];
  const bus = STORAGE_BUSES.find((one) => one.prefix === prefix);
  return bus && deviceKeyOf({ bus, busNumber: Number(busNumber), unit: Number(unit) });
}
