/** Adds the VMs of a host to the objects of the API, with their snapshots, and follows them. */
import { HostError, reasonOf } from '#lib';
import type { Vm } from '../../vms/vm.ts';
import type { VimContext } from '../context.ts';
import { ContentReader } from '../properties/content.ts';
import type { Installer } from '../service.ts';
import { HostAutoStartManager } from './auto-start-manager.ts';
import { EnvironmentBrowser } from './environment-browser.ts';
import { LookAhead } from './look-ahead.ts';
import { LostVirtualMachine } from './lost-vm.ts';
import { snapshotRef } from './snapshot-tree.ts';
import { ENVIRONMENT_BROWSER, VirtualMachine } from './virtual-machine.ts';
import { VirtualMachineSnapshot } from './virtual-machine-snapshot.ts';
import { VmObject } from './vm-object.ts';
import { UsageSampler } from './vm-usage.ts';
import type { Machines } from './vms-host.ts';

const SAVE_MS = 1000;
/** What clients ask for of all VMs. */
const USUAL = ['summary'];

export const installVms: Installer = (vim) => {
  const { machines, clock, facts } = vim.host;
  if (machines === undefined) return undefined;
  const nowMs = () => Number(clock.nowNanoseconds() / 1_000_000n);
  const sampler = new UsageSampler(machines.usage, facts.hardware.cpuMhz, nowMs);
  const host = { ...machines, sampler, saveSoon: savingSoon(vim.host, machines.vms) };
  const objects = new Map<number, VmObject>();
  const snapshots = new Map<number, readonly string[]>();
  const ahead = new LookAhead<VmObject>(vim.host.after, (object) => lookAt(vim, object));

  function follow(object: VmObject): void {
    const before = snapshots.get(object.vm.id) ?? [];
    const uids = object.vm.snapshots.all.map(({ uid }) => uid);
    const now = uids.map((uid) => snapshotRef(object, uid).value);
    for (const [index, id] of now.entries()) {
      if (!before.includes(id))
        vim.objects.add(VirtualMachineSnapshot.object(id, { vm: object, uid: uids[index] as number }));
    }
    for (const id of before) if (!now.includes(id)) vim.objects.remove(id);
    snapshots.set(object.vm.id, now);
  }

  /** `isBare`: there cannot be snapshots of it yet. */
  function add(vm: Vm, isBare = false): void {
    const object = new VmObject(vim, host, vm);
    objects.set(vm.id, object);
    ahead.add(object);
    vim.objects.add(VirtualMachine.object(object.id, object));
    if (!isBare) follow(object);
  }

  function remove({ id }: Vm): void {
    for (const snapshot of snapshots.get(id) ?? []) vim.objects.remove(snapshot);
    snapshots.delete(id);
    const object = objects.get(id);
    if (object !== undefined) ahead.remove(object);
    objects.delete(id);
    vim.objects.remove(String(id));
  }

  if (machines.autostart !== undefined) {
    const self = { vim, autostart: machines.autostart };
    vim.objects.add(HostAutoStartManager.object('ha-autostart-mgr', self));
  }
  vim.objects.add(EnvironmentBrowser.object(ENVIRONMENT_BROWSER, vim));
  for (const vm of machines.vms.all) add(vm);
  for (const lost of machines.vms.lost)
    vim.objects.add(LostVirtualMachine.object(String(lost.id), { vim, machines, lost }));
  const endWatch = machines.vms.watch((vm, what) => {
    if (what === 'added') return add(vm, vm.folder.isNew);
    if (what === 'removed') return remove(vm);
    const object = objects.get(vm.id);
    if (object === undefined) return undefined;
    object.forget();
    follow(object);
    vim.objects.changed(object.id);
    return undefined;
  });
  return () => {
    endWatch();
    ahead.close();
  };
};

/** Works the summary out, and keeps it as clients want it written. */
function lookAt(vim: VimContext, { id }: VmObject): void {
  const object = vim.objects.get(id);
  if (object === undefined) return;
  // For nobody: what is kept is the same for all, and who asks for it is asked what they may.
  const look = { ...vim.look(undefined), allows: () => true };
  try {
    new ContentReader(vim, look, vim.usualWriter).read({ object, paths: USUAL });
  } catch (error) {
    // Whoever asks hears of it.
    if (!(error instanceof HostError)) throw error;
  }
}

/** Once for all that asked within a second: waiting for the disk is a third of what taking a VM away costs. */
function savingSoon({ after, logger }: VimContext['host'], vms: Machines['vms']): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    after(SAVE_MS, () => {
      isAsked = false;
      vms.saved().catch((error: unknown) => logger.error(`the list of VMs: ${reasonOf(error)}`));
    });
  };
}
