/** The VMs that a host knows: registered, found by name or id, kept over restarts. */
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { defaultSettings, type VmSettings, type Vmx } from '#vmm';
import { InventoryList, type ListedVm } from './inventory-list.ts';
import type { KeptLog } from './kept-file.ts';
import { withAddresses } from './nic-words.ts';
import { OutsideFiles } from './outside-files.ts';
import { isRunning } from './power-states.ts';
import type { VmRunner } from './runner.ts';
import { Vm } from './vm.ts';
import { VmFolder } from './vm-folder.ts';
import type { VmListener, VmWatcher } from './vm-listener.ts';
import { VmNames } from './vm-names.ts';

/** A VM that is registered but cannot be read: its folder vanished, or its .vmx is damaged. */
export interface LostVm {
  readonly id: number;
  readonly vmxPath: string;
  readonly reason: string;
}

export class Inventory {
  readonly #list: InventoryList;
  readonly #runner: VmRunner;
  readonly #volumes: string | undefined;
  readonly #listener: VmListener;
  readonly #watchers = new Set<VmWatcher>();
  readonly #vms = new Map<number, Vm>();
  readonly #names = new VmNames<Vm>();
  readonly #lost = new Map<number, LostVm>();
  /** Folders of VMs that are being removed. */
  readonly #leaving = new Set<string>();

  /** @param volumes - the folder of the datastores; undefined: VMs may name any files */
  constructor(file: KeptLog, runner: VmRunner, listener: VmListener, volumes?: string) {
    this.#volumes = volumes;
    this.#list = new InventoryList(file);
    this.#runner = runner;
    this.#listener = (vm, line) => {
      if (this.#vms.get(vm.id) === vm) this.#names.note(vm);
      listener(vm, line);
    };
  }

  /** `watcher` hears of VMs that come, go and change, until the result is called. */
  watch(watcher: VmWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  readonly #tell: VmWatcher = (vm, what, isNew) => {
    for (const watcher of this.#watchers) watcher(vm, what, isNew);
  };

  /** Takes in the VMs of the last time. @throws HostError `archive-damaged` for a list that cannot be read. */
  load(): void {
    this.#list.load();
    for (const listed of this.#list.vms) this.#load(listed);
  }

  get all(): readonly Vm[] {
    return [...this.#vms.values()];
  }

  get lost(): readonly LostVm[] {
    return [...this.#lost.values()];
  }

  /** The VM of that name. */
  named(name: string): Vm | undefined {
    return this.#names.find(name);
  }

  /** The VM of that name, or of that id. @throws HostError `no-such-vm` */
  find(nameOrId: string): Vm {
    const byName = this.named(nameOrId);
    const found = byName ?? (/^\d+$/.test(nameOrId) ? this.#vms.get(Number(nameOrId)) : undefined);
    if (found) return found;
    throw new HostError('no-such-vm', { vm: nameOrId });
  }

  /** Makes a VM: its folder in `parent`, its .vmx. @throws HostError */
  create(parent: string, settings: Partial<VmSettings> & { readonly name: string }): Vm {
    this.#requireFree(settings.name);
    const whole = wholeSettings(settings);
    const folder = VmFolder.create(parent, whole);
    try {
      // Where its disks are, on which controllers, is what the .vmx says.
      return this.#add(this.#list.claimId(), folder, folder.read(), { isGiven: true });
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  /** Makes a VM of a whole .vmx, at a path in a folder of its own. @throws HostError */
  createAt(vmxPath: string, vmx: Vmx): Vm {
    this.#requireNotLeaving(dirname(vmxPath));
    const folder = VmFolder.make(vmxPath, vmx);
    try {
      const settings = folder.settingsOf(vmx);
      this.#requireFree(settings.name);
      return this.#add(this.#list.claimId(), folder, settings, { vmx });
    } catch (error) {
      rmSync(vmxPath, { force: true });
      throw error;
    }
  }

  /**
   * Makes `count` running copies of a running VM, each a VM of its own beside it. They are written while their pCPU makes
   * them; when this returns all is on the disk. @throws HostError
   */
  async fork(vm: Vm, count: number): Promise<readonly Vm[]> {
    const parent = dirname(vm.folder.path);
    const children: Vm[] = [];
    let isNoted = false;
    try {
      for (const name of this.#freeNames(parent, vm.name, count))
        children.push(this.#draft(parent, vm, name));
      await vm.forkInto(children, () => {
        for (const child of children) child.saveDraft();
        this.#list.add(...children.map(listed));
        isNoted = true;
        return Promise.all([this.saved(), ...children.map(({ folder }) => folder.whenMade())]);
      });
    } catch (error) {
      // Nobody would find those again that are not noted.
      for (const child of children) if (!isNoted && child.state !== 'off') await child.stop();
      for (const child of children) if (child.state === 'off') this.delete(child);
      throw error;
    }
    return children;
  }

  /** A VM with the settings of another, of which nothing is written but its folder. @throws HostError */
  #draft(parent: string, { settings }: Vm, name: string): Vm {
    const own = wholeSettings({ ...settings, name, uuid: randomUUID() });
    return this.#know(this.#list.claimId(), VmFolder.claim(parent, name), own, {
      ...{ vmx: VmFolder.vmxOf(own), isGiven: true },
    });
  }

  /** What neither a VM nor a folder is called. */
  #freeNames(parent: string, stem: string, count: number): string[] {
    const taken = new Set(this.all.map(({ name }) => name));
    const names: string[] = [];
    for (let number = 1; names.length < count; number++) {
      const name = `${stem}-${number}`;
      if (!taken.has(name) && !existsSync(join(parent, name))) names.push(name);
    }
    return names;
  }

  /** Takes in a VM whose folder is there; `isGiven`: it may have what it names outside of the datastores. @throws HostError */
  register(vmxPath: string, { isGiven = false } = {}): Vm {
    this.#requireNotLeaving(dirname(vmxPath));
    const folder = VmFolder.at(vmxPath);
    const known = this.all.find((vm) => vm.folder.vmxPath === vmxPath);
    if (known) throw new HostError('vm-exists', { vm: known.name });
    const settings = folder.read();
    this.#requireFree(settings.name);
    return this.#add(this.#list.claimId(), folder, settings, { isNew: false, isGiven });
  }

  /** Forgets a VM; its folder stays. @throws HostError `vm-state` while it runs. */
  unregister(vm: Vm): void {
    // Another host may go on with it.
    vm.requireStopped('unregister');
    this.#forget(vm);
    this.#listener(vm, 'unregistered');
    this.#tell(vm, 'removed');
  }

  /** Forgets a VM that could not be read. */
  forget(id: number): void {
    if (!this.#lost.delete(id)) throw new HostError('no-such-vm', { vm: String(id) });
    this.#list.remove(id);
  }

  /** Removes a VM with its folder. @throws HostError `vm-state` unless it is off. */
  delete(vm: Vm): void {
    requireUnused(vm);
    this.#forget(vm);
    vm.folder.remove();
    this.#listener(vm, 'deleted');
    this.#tell(vm, 'removed');
  }

  /**
   * The same; it is forgotten at once, and resolves when its folder is gone.
   * @param names - of what is in its folder, where somebody has just looked
   * @throws HostError
   */
  async erase(vm: Vm, names?: readonly string[]): Promise<void> {
    requireUnused(vm, names);
    const { path } = vm.folder;
    this.#forget(vm);
    this.#listener(vm, 'deleted');
    this.#tell(vm, 'removed');
    this.#leaving.add(path);
    try {
      await vm.folder.erase(names);
    } finally {
      this.#leaving.delete(path);
    }
  }

  /** Whether a folder is that of a VM that is being removed: nobody makes anything in it. */
  isLeaving(folder: string): boolean {
    return this.#leaving.has(folder);
  }

  #forget(vm: Vm): void {
    this.#vms.delete(vm.id);
    this.#names.forget(vm);
    this.#list.remove(vm.id);
  }

  /** Resolves when what was changed before, and the .vmx of a VM that was made, are on the disk. @throws HostError */
  async saved(vm?: Vm): Promise<void> {
    await Promise.all([this.#list.saved(), vm?.folder.whenMade()]);
  }

  /** VMs with a machine. */
  get running(): readonly Vm[] {
    return this.all.filter(({ state }) => isRunning(state));
  }

  #requireFree(name: string): void {
    if (this.named(name)) throw new HostError('vm-exists', { vm: name });
  }

  #requireNotLeaving(folder: string): void {
    if (this.isLeaving(folder)) throw new HostError('vm-exists', { vm: basename(folder) });
  }

  #add(id: number, folder: VmFolder, settings: VmSettings, about: AboutNew = {}): Vm {
    const vm = this.#know(id, folder, settings, about);
    this.#list.add(listed(vm));
    return vm;
  }

  #know(id: number, folder: VmFolder, settings: VmSettings, about: AboutNew): Vm {
    const { vmx, isNew = true, isGiven = false } = about;
    folder.volumes = this.#volumes;
    const outside = this.#outside(id, []);
    const known = vmx ?? folder.readVmx();
    if (isGiven) outside.give(known, folder);
    outside.require(known, folder);
    const vm = new Vm(id, folder, settings, this.#runner, this.#listener, this.#tell, { vmx, outside });
    this.#vms.set(id, vm);
    this.#names.note(vm);
    this.#listener(vm, `registered as ${folder.vmxPath}`);
    this.#tell(vm, 'added', isNew);
    return vm;
  }

  #outside(id: number, given: readonly string[]): OutsideFiles {
    return new OutsideFiles(this.#volumes, given, () => {
      const vm = this.#vms.get(id);
      if (vm !== undefined) this.#list.add(listed(vm));
    });
  }

  #load({ id, vmx, outside: given }: ListedVm): void {
    const folder = VmFolder.at(vmx);
    folder.volumes = this.#volumes;
    try {
      const outside = this.#outside(id, given ?? []);
      const read = folder.readVmx();
      if (given === undefined) outside.give(read, folder);
      outside.require(read, folder);
      const settings = folder.settingsOf(read);
      const vm = new Vm(id, folder, settings, this.#runner, this.#listener, this.#tell, { outside });
      this.#vms.set(id, vm);
      this.#names.note(vm);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.#lost.set(id, { id, vmxPath: vmx, reason: error.message });
    }
  }
}

/** @throws HostError `vm-state` unless it is off, `vm-refused` while something is built on its disks */
function requireUnused(vm: Vm, names?: readonly string[]): void {
  vm.requireOff('delete');
  const [dependent] = vm.disks.dependents(names);
  if (dependent === undefined) return;
  const reason = `"${dependent}" is built on its disks`;
  throw new HostError('vm-refused', { action: 'delete', vm: vm.name, reason });
}

interface AboutNew {
  /** Its .vmx, where it is known already. */
  readonly vmx?: Vmx;
  readonly isNew?: boolean;
  /** Its owner has named what is in its .vmx. */
  readonly isGiven?: boolean;
}

/** The settings of a new VM, with the addresses of its network cards. */
function wholeSettings(settings: Partial<VmSettings>): VmSettings {
  const plain = { ...defaultSettings(), uuid: randomUUID(), ...settings };
  return { ...plain, nics: withAddresses(plain.nics, plain.uuid) };
}

const listed = ({ id, folder, outside }: Vm): ListedVm => ({
  ...{ id, vmx: folder.vmxPath, outside: outside.given },
});
