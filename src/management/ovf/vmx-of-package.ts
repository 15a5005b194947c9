/** A package as the VM that it becomes: its .vmx, and under which names its files lie beside that. */
import { randomUUID } from 'node:crypto';
import { formatMac, generatedMac } from '#net';
import { addressProblem, DISK_SLOTS, MAX_NICS, readSettings, Vmx } from '#vmm';
import { vmxUuid } from '../vim/vm/config-info.ts';
import { vmxGuestOs } from '../vim/vm/guest-os.ts';
import type { OvfController, OvfDisk, OvfDrive, OvfFile, OvfMachine, OvfOwed, OvfPackage } from './model.ts';
import { badPackage, nameTrouble } from './names.ts';
import { CONFIG_KEYS, CONTROLLER_TYPES, FILE_KEY, NIC_TYPES, OWN_KEY, SYSTEMS, toVmx } from './vmx-words.ts';

/** Whether a file of that name in a VM's folder is none of those that make the VM. */
export function isPlainFile(name: string): boolean {
  return nameTrouble(name) === undefined && !OURS.test(name);
}

export interface UnpackedDisk {
  readonly disk: OvfDisk;
  readonly fileName: string;
}

export interface UnpackedVm {
  readonly vmx: Vmx;
  readonly disks: readonly UnpackedDisk[];
  /** What is taken as it is. */
  readonly files: readonly { readonly file: OvfFile; readonly fileName: string }[];
  readonly notes: readonly string[];
}

export interface Wishes {
  /** For messages. */
  readonly path: string;
  readonly name: string;
  /** The host's network for one of the package. */
  readonly network: (name: string) => string;
}

/** Ends of names that a VM's own files have. */
const OURS = /\.(?:vmx|vmsd|vmxf|vmdk|vswp|vmss|vmsn|log|lck)~?$/i;

/** @throws HostError `ovf-bad` for a machine that this host cannot have */
export function vmxOfPackage({ machine, files, notes }: OvfPackage, wishes: Wishes): UnpackedVm {
  const unpacking = new Unpacking(machine, files, wishes);
  const vmx = unpacking.vmx();
  const problem = readSettings(vmx);
  if ('reason' in problem)
    throw badPackage(wishes.path, `its machine cannot be had here: ${problem.key}: ${problem.reason}`);
  return { vmx, disks: unpacking.disks, files: unpacking.files, notes: [...notes, ...unpacking.notes] };
}

class Unpacking {
  readonly disks: UnpackedDisk[] = [];
  readonly files: { readonly file: OvfFile; readonly fileName: string }[] = [];
  readonly notes: string[] = [];
  readonly #machine: OvfMachine;
  readonly #all: readonly OvfFile[];
  readonly #wishes: Wishes;
  readonly #vmx = new Vmx();

  constructor(machine: OvfMachine, files: readonly OvfFile[], wishes: Wishes) {
    this.#machine = machine;
    this.#all = files;
    this.#wishes = wishes;
  }

  vmx(): Vmx {
    const { name } = this.#wishes;
    const { annotation, cpus, coresPerSocket, memoryMib, hardware, cpuOwed, memoryOwed } = this.#machine;
    const uuid = randomUUID();
    this.#set({
      ...{ '.encoding': 'UTF-8', 'config.version': '8', 'virtualHW.version': hardware?.slice(4) ?? '21' },
      ...{ displayName: name, guestOS: this.#guestOs(), memSize: memoryMib, numvcpus: cpus, annotation },
      'cpuid.coresPerSocket': coresPerSocket,
      ...{ 'uuid.bios': vmxUuid(uuid), 'uuid.location': vmxUuid(uuid), 'vc.uuid': vmxUuid(randomUUID()) },
    });
    this.#owed('cpu', cpuOwed);
    this.#owed('mem', memoryOwed);
    for (const controller of this.#machine.controllers) this.#controller(controller);
    for (const drive of this.#machine.drives) this.#drive(drive);
    this.#nics(uuid);
    this.#config();
    return this.#vmx;
  }

  #set(values: Readonly<Record<string, string | number | undefined>>): void {
    for (const [key, value] of Object.entries(values))
      if (value !== undefined) this.#vmx.set(key, String(value));
  }

  #guestOs(): string {
    const { osType, osId } = this.#machine;
    if (osType !== undefined && /^\w{1,60}$/.test(osType)) return vmxGuestOs(osType);
    return SYSTEMS.find(([, id]) => id === osId)?.[2] ?? 'other-64';
  }

  #owed(kind: 'cpu' | 'mem', { reservation, limit, weight }: OvfOwed): void {
    this.#set({
      [`sched.${kind}.min`]: reservation,
      [`sched.${kind}.max`]: limit,
      [`sched.${kind}.shares`]: weight,
    });
  }

  #controller({ bus, busNumber, subType }: OvfController): void {
    if (bus === 'ide') return;
    this.#set({ [`${bus}${busNumber}.present`]: 'TRUE' });
    const virtualDev = toVmx(CONTROLLER_TYPES[bus], subType?.split(/\s+/)[0]);
    if (bus === 'scsi') this.#set({ [`${bus}${busNumber}.virtualDev`]: virtualDev ?? 'lsilogic' });
  }

  #drive(drive: OvfDrive): void {
    if (drive.kind === 'floppy')
      return void this.notes.push(`"${drive.name}" is left out: there are no floppy drives`);
    const slot = this.#slotFor(drive);
    this.#set({ [`${slot}.present`]: 'TRUE' });
    if (drive.kind === 'cdrom') return this.#cdrom(slot, drive);
    const { disk } = drive;
    if (disk === undefined) return undefined;
    if (this.disks.some((one) => one.disk === disk)) this.#bad(`disk "${disk.id}" is plugged in twice`);
    const number = this.disks.length;
    const fileName = `${this.#wishes.name}${number === 0 ? '' : `_${number}`}.vmdk`;
    this.disks.push({ disk, fileName });
    this.#set({ [`${slot}.fileName`]: fileName, [`${slot}.deviceType`]: 'scsi-hardDisk' });
  }

  #cdrom(slot: string, { file }: OvfDrive): void {
    this.#set({
      [`${slot}.deviceType`]: file ? 'cdrom-image' : 'atapi-cdrom',
      [`${slot}.fileName`]: file ? this.#fileBeside(file) : '',
      [`${slot}.startConnected`]: file ? 'TRUE' : 'FALSE',
      [`${slot}.clientDevice`]: file ? undefined : 'TRUE',
    });
  }

  /** Where it is said to be, or the next free place of its controller; without one on scsi0. */
  #slotFor({ parent, unit, name, kind }: OvfDrive): string {
    const controller = this.#machine.controllers.find(({ instance }) => instance === parent);
    if (parent !== undefined && controller === undefined)
      this.#bad(`"${name}" is on controller "${parent}", which is not there`);
    const { bus, busNumber } = controller ?? {
      bus: kind === 'cdrom' ? ('ide' as const) : ('scsi' as const),
      busNumber: 0,
    };
    if (controller === undefined && bus === 'scsi') this.#set({ 'scsi0.present': 'TRUE' });
    const own = `${bus}${busNumber}`;
    const free = DISK_SLOTS.filter((slot) => slot.controller === own)
      .map((slot) => slot.name)
      .filter((slot) => this.#vmx.get(`${slot}.present`) === undefined);
    const chosen = free.find((slot) => slot === `${own}:${unit}`) ?? free[0];
    return chosen ?? this.#bad(`there is no place for "${name}" on ${own}`);
  }

  #nics(uuid: string): void {
    const { nics } = this.#machine;
    if (nics.length > MAX_NICS) this.#bad(`it has ${nics.length} network cards, more than ${MAX_NICS}`);
    for (const [index, { network, subType, address }] of nics.entries()) {
      const name = `ethernet${index}`;
      const isStatic = address !== undefined && addressProblem(address, 'static') === undefined;
      this.#set({
        [`${name}.present`]: 'TRUE',
        [`${name}.virtualDev`]: toVmx(NIC_TYPES, subType) ?? 'vmxnet3',
        [`${name}.networkName`]: this.#wishes.network(network),
        [`${name}.addressType`]: isStatic ? 'static' : 'generated',
        [isStatic ? `${name}.address` : `${name}.generatedAddress`]: isStatic
          ? address
          : formatMac(generatedMac(uuid, index)),
      });
    }
  }

  #config(): void {
    for (const [key, value] of this.#machine.config) {
      const vmxKey = toVmx(CONFIG_KEYS, key);
      if (vmxKey !== undefined)
        this.#set({ [vmxKey]: /^(?:true|false)$/i.test(value) ? value.toUpperCase() : value });
    }
    for (const [key, value] of this.#machine.extraConfig) {
      if (FILE_KEY.test(key)) this.#set({ [key]: this.#filesBeside(key, value) });
      else if (OWN_KEY.test(key)) this.notes.push(`"${key}" is left out`);
      else this.#set({ [key]: value });
    }
  }

  /** What is booted comes out of the package, never from elsewhere on this machine. */
  #filesBeside(key: string, value: string): string {
    const names = value.split('|').map((one) => {
      const id = /^ovf:\/file\/(.+)$/.exec(one)?.[1];
      const file = this.#all.find((known) => known.id === id);
      return file
        ? this.#fileBeside(file)
        : this.#bad(`"${key}" is "${one.slice(0, 80)}", which is no file of the package`);
    });
    return names.join('|');
  }

  #fileBeside(file: OvfFile): string {
    const known = this.files.find((one) => one.file === file);
    if (known) return known.fileName;
    const fileName = this.#freeName(file.href);
    this.files.push({ file, fileName });
    return fileName;
  }

  /** No file of a package comes in the place of another one, or of one of ours. */
  #freeName(href: string): string {
    const own = isPlainFile(href) ? href : `${href}.file`;
    const taken = new Set(this.files.map(({ fileName }) => fileName.toLowerCase()));
    if (!taken.has(own.toLowerCase())) return own;
    for (let number = 1; ; number++)
      if (!taken.has(`${number}-${own}`.toLowerCase())) return `${number}-${own}`;
  }

  #bad(reason: string): never {
    throw badPackage(this.#wishes.path, reason);
  }
}
