/** The leases of a host: made by ExportVm and ImportVApp, found by their tokens, ended with the sessions that made them. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { HostError, reasonOf } from '#lib';
import { type ImageSource, openSource } from '#storage';
import { isPlainFile } from '../../ovf/vmx-of-package.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { fault, type MoRef, moRef, VimFault } from '../model/value.ts';
import type { VirtualMachineConfigSpec } from '../table/vim25.d.ts';
import { datastorePathOf, fileOfVmx } from '../vm/datastore-path.ts';
import { createVm } from '../vm/folder-methods.ts';
import { vmErrorFault } from '../vm/vm-faults.ts';
import type { VmObject } from '../vm/vm-object.ts';
import type { Machines } from '../vm/vms-host.ts';
import { deviceId, leaseDevices } from './device-ids.ts';
import { HttpNfcLease } from './http-nfc-lease.ts';
import { Lease, type LeaseFile } from './lease.ts';

/** An ended lease can be looked at for so long. */
const LINGER_MS = 60_000;
const MAX_LEASES = 100;

const aborted = (reason: string) => fault('RequestCanceled', {}, reason);

export class Leases {
  readonly #vim: VimContext;
  readonly #machines: Machines;
  readonly #all = new Map<string, Lease>();

  constructor(vim: VimContext, machines: Machines) {
    this.#vim = vim;
    this.#machines = machines;
  }

  /** By what stands in a URL. */
  byToken(token: string): Lease | undefined {
    return [...this.#all.values()].find((lease) => lease.token === token && lease.state === 'ready');
  }

  /** Ends all, as their clients' going would. */
  close(): void {
    for (const lease of this.#all.values()) lease.abort(aborted('The host ends.'));
  }

  /** The VM is gone: so is what could be had of it. */
  forgetVm(id: string): void {
    for (const lease of this.#all.values())
      if (lease.entity?.value === id) lease.abort(aborted('The virtual machine was removed.'));
  }

  /** The files of a VM that is off, while nobody can switch it on. */
  exportVm({ vm, id, ref, vmx }: VmObject, call: Call): MoRef | VimFault {
    const held: ImageSource[] = [];
    const release = () => {
      for (const source of held.splice(0)) source.close();
    };
    const lease = this.#open(call, release);
    if (lease instanceof VimFault) return lease;
    try {
      const { volumes } = this.#machines;
      // What is booted from elsewhere on the machine is nobody's who comes by the network.
      const devices = leaseDevices(vmx).filter(
        ({ fileName }) =>
          datastorePathOf(volumes, fileOfVmx(volumes, vm.folder.path, fileName)) !== undefined,
      );
      const files = devices.map((device, index): LeaseFile => {
        const path = fileOfVmx(volumes, vm.folder.path, device.fileName);
        if (device.isDisk) held.push(openSource(path, { within: volumes }));
        const key = deviceId(id, device.id);
        const [name, sizeBytes] = device.isDisk
          ? [`disk-${index}.vmdk`, held.at(-1)?.sizeBytes ?? 0]
          : [plainName(path, index), statSync(path).size];
        return { ...{ key, importKey: key, name, path, sizeBytes }, isDisk: device.isDisk, within: volumes };
      });
      lease.ready(ref, files);
    } catch (error) {
      lease.abort(troubleOf(error));
    }
    return moRef('HttpNfcLease', lease.id);
  }

  /** Makes a VM of a spec; its files come afterwards. */
  importVm(config: VirtualMachineConfigSpec, pool: string, call: Call): MoRef | VimFault {
    let made: MoRef | undefined;
    const lease = this.#open(call, (end) => {
      if (end === 'error' && made !== undefined) this.#remove(made);
    });
    if (lease instanceof VimFault) return lease;
    void (async () => {
      try {
        const result = await createVm(this.#vim, this.#machines, config, pool);
        if (result instanceof VimFault) return lease.abort(result);
        made = result;
        // Whoever ended it meanwhile has not seen the VM.
        if (lease.state !== 'initializing') return this.#remove(made);
        lease.ready(made, this.#importFiles(made, config.name ?? ''));
      } catch (error) {
        lease.abort(troubleOf(error));
      }
      return undefined;
    })();
    return moRef('HttpNfcLease', lease.id);
  }

  #importFiles(ref: MoRef, name: string): LeaseFile[] {
    const vm = this.#machines.vms.find(ref.value);
    // What is booted is brought into the VM's own folder, and never in the place of a file that is its own.
    const devices = leaseDevices(vm.vmx).filter(({ isDisk, fileName }) => isDisk || isPlainFile(fileName));
    return devices.map((device, index) => {
      const path = fileOfVmx(this.#machines.volumes, vm.folder.path, device.fileName);
      return {
        ...{ key: deviceId(ref.value, device.id), importKey: deviceId(name, device.id), path },
        ...{
          name: device.isDisk ? `disk-${index}.vmdk` : plainName(path, index),
          isDisk: device.isDisk,
          sizeBytes: 0,
        },
      };
    });
  }

  #remove({ value }: MoRef): void {
    const { vms } = this.#machines;
    try {
      const vm = vms.all.find(({ id }) => String(id) === value);
      if (vm !== undefined) vms.delete(vm);
    } catch (error) {
      this.#vim.host.logger.warning(
        `the VM of a lease that was ended could not be removed: ${reasonOf(error)}`,
      );
    }
  }

  #open(call: Call, release: (end: 'done' | 'error') => void): Lease | VimFault {
    if (this.#all.size >= MAX_LEASES)
      return fault('InsufficientResourcesFault', {}, `There are ${MAX_LEASES} leases already.`);
    const { objects, host } = this.#vim;
    const id = this.#vim.newId('ha-nfc-lease');
    const lease = new Lease({
      ...{ id, after: host.after },
      changed: () => objects.changed(id),
      release: (end) => {
        release(end);
        host.after(LINGER_MS, () => {
          objects.remove(id);
          this.#all.delete(id);
        });
      },
    });
    this.#all.set(id, lease);
    const key = call.session?.key;
    objects.add(HttpNfcLease.object(id, { vim: this.#vim, machines: this.#machines, lease }, key));
    if (key !== undefined)
      this.#vim.onSessionEnd(key, () => lease.abort(aborted('The session that opened it has ended.')));
    return lease;
  }
}

/** As the last part of a URL. */
function plainName(path: string, index: number): string {
  const own = basename(path);
  return /^\w[\w.-]{0,79}$/.test(own) ? own : `file-${index}`;
}

function troubleOf(error: unknown): VimFault {
  if (error instanceof HostError) return vmErrorFault(error);
  return FAULTS.systemError(reasonOf(error));
}
