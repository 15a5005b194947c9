/** A VM as a managed object: the VM, the host around it, and what is worth keeping of what was worked out. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import { diskInfo } from '#storage';
import type { Vmx } from '#vmm';
import { isRunning } from '../../vms/power-states.ts';
import type { Snapshot } from '../../vms/snapshots.ts';
import type { Vm } from '../../vms/vm.ts';
import type { VimContext } from '../context.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type { VirtualMachineConfigInfo } from '../table/vim25.d.ts';
import { readConfigInfo } from './config-info.ts';
import type { SpecContext } from './config-spec.ts';
import {
  datastorePathOf,
  fileOfVmx,
  formatDatastorePath,
  machinePath,
  parseDatastorePath,
} from './datastore-path.ts';
import type { VmsHost } from './vms-host.ts';
import type { DiskFacts } from './vmx-context.ts';

export interface FileOfVm {
  /** Of the machine. */
  readonly path: string;
  readonly bytes: number;
  readonly usedBytes: number;
}

const BLOCK_BYTES = 512;

/** Where a VM's files are, whether it is there yet or not. */
export function vmxContext(
  vim: VimContext,
  { volumes }: Pick<VmsHost, 'volumes'>,
  { vmxPath, isOn }: { readonly vmxPath: string; readonly isOn: boolean },
): SpecContext {
  const folder = dirname(vmxPath);
  const { objects } = vim;
  const onDatastore = (text: string) => {
    const parsed = parseDatastorePath(text);
    return parsed && objects.get(`ha-datastore-${parsed.datastore}`) ? parsed : undefined;
  };
  return {
    isOn,
    vmName: basename(vmxPath, '.vmx'),
    guestIds: vim.guestIds,
    toDatastorePath(fileName) {
      const path = datastorePathOf(volumes, fileOfVmx(volumes, folder, fileName));
      return path ? formatDatastorePath(path) : fileName;
    },
    toFileName(text) {
      const path = onDatastore(text);
      if (path === undefined || path.path === '') return undefined;
      const file = machinePath(volumes, path);
      return dirname(file) === folder ? basename(file) : `/vmfs/volumes/${path.datastore}/${path.path}`;
    },
    datastore(text) {
      const path = onDatastore(text);
      return path && moRef('Datastore', `ha-datastore-${path.datastore}`);
    },
    network: (name) => objects.get(`HaNetwork-${name}`)?.ref,
    networkName: ({ value }) =>
      objects.get(value)?.kind.name === 'Network' ? value.replace(/^HaNetwork-/, '') : undefined,
    disk: (fileName) => diskFacts(fileOfVmx(volumes, folder, fileName)),
  };
}

/** What a disk is; undefined when it is not there or damaged. */
export function diskFacts(path: string, { isFrozen } = { isFrozen: false }): DiskFacts | undefined {
  try {
    if (!path.endsWith('.vmdk')) return { capacityBytes: statSync(path).size, isThin: true };
    const top = diskInfo(path, { isFrozen });
    const isThin = top.format !== 'zeroedthick' && top.format !== 'eagerzeroedthick';
    const uuid = top.uuid
      .replace(/[^0-9a-f]/gi, '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const { changeId } = top;
    return {
      ...{ capacityBytes: top.sizeBytes, isThin },
      ...(uuid !== '' && { uuid }),
      ...(changeId !== undefined && { changeId }),
    };
  } catch (error) {
    if (error instanceof HostError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

export class VmObject {
  readonly vim: VimContext;
  readonly host: VmsHost;
  readonly vm: Vm;
  #config: VirtualMachineConfigInfo | undefined;
  #files: readonly FileOfVm[] | undefined;
  #changes = 0;
  #modified: Date;

  constructor(vim: VimContext, host: VmsHost, vm: Vm) {
    this.vim = vim;
    this.host = host;
    this.vm = vm;
    this.#modified = new Date(this.nowMs);
  }

  get id(): string {
    return String(this.vm.id);
  }

  get ref(): MoRef {
    return moRef('VirtualMachine', this.id);
  }

  get nowMs(): number {
    return Number(this.vim.host.clock.wallNanoseconds() / 1_000_000n);
  }

  get vmx(): Vmx {
    return this.vm.vmx;
  }

  /** A time of the machine's as the host's time has it. */
  hostMs(machineMs: number): number {
    return machineMs + this.vim.host.settings.time.offsetMs;
  }

  get isOn(): boolean {
    return isRunning(this.vm.state) && this.vm.state !== 'starting';
  }

  get powerState(): 'poweredOn' | 'poweredOff' | 'suspended' {
    if (this.vm.state === 'suspended') return 'suspended';
    return this.isOn ? 'poweredOn' : 'poweredOff';
  }

  /** `[datastore1] web/web.vmx` */
  get vmPathName(): string {
    return this.datastorePath(this.vm.folder.vmxPath);
  }

  datastorePath(path: string): string {
    const found = datastorePathOf(this.host.volumes, path);
    return found ? formatDatastorePath(found) : path;
  }

  /** The name of the datastore that it is on. */
  get datastoreName(): string {
    return datastorePathOf(this.host.volumes, this.vm.folder.vmxPath)?.datastore ?? '';
  }

  get context(): SpecContext {
    return {
      ...vmxContext(this.vim, this.host, { vmxPath: this.vm.folder.vmxPath, isOn: this.isOn }),
      isHot: (controller) => this.vm.isHot(controller),
    };
  }

  get config(): VirtualMachineConfigInfo {
    return (this.#config ??= this.#configOf(this.vmx, this.context));
  }

  /** As it was at a snapshot; undefined when its settings of then are not known. */
  configAt(snapshot: Snapshot): VirtualMachineConfigInfo | undefined {
    const vmx = this.vm.snapshots.settingsOf(snapshot, []);
    const frozen = new Set(snapshot.disks.map(({ fileName }) => fileName));
    const disk = (fileName: string) =>
      diskFacts(fileOfVmx(this.host.volumes, this.vm.folder.path, fileName), {
        isFrozen: frozen.has(fileName),
      });
    return vmx && this.#configOf(vmx, { ...this.context, disk });
  }

  #configOf(vmx: Vmx, context: SpecContext): VirtualMachineConfigInfo {
    return readConfigInfo(vmx, {
      ...context,
      name: this.vm.name,
      vmPathName: this.vmPathName,
      modified: this.#modified,
      changeVersion: `${this.#modified.toISOString()}-${this.#changes}`,
      datastoreUrl: { name: this.datastoreName, url: `/vmfs/volumes/${this.datastoreName}` },
      guestInfo: this.vm.guest.info,
    });
  }

  /** The files of its folder, its .vmx first: packer takes the first one's folder for the VM's. */
  get files(): readonly FileOfVm[] {
    const isVmx = ({ path }: FileOfVm) => Number(path === this.vm.folder.vmxPath);
    this.#files ??= filesIn(this.vm.folder.path).toSorted((a, b) => isVmx(b) - isVmx(a));
    return this.#files;
  }

  /** Something of the VM is another now. */
  forget(): void {
    this.#config = undefined;
    this.#files = undefined;
    this.#changes++;
  }

  /** Its settings were changed now. */
  touch(): void {
    this.#modified = new Date(this.nowMs);
    this.forget();
  }
}

function filesIn(folder: string): FileOfVm[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile()) return [];
      const path = join(folder, entry.name);
      const { size, blocks } = statSync(path);
      return [{ path, bytes: size, usedBytes: blocks * BLOCK_BYTES }];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
}
