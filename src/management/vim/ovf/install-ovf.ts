/** Adds OvfManager, and the leases that it leads to. */
import type { Installer } from '../service.ts';
import { Leases } from './leases.ts';
import { OvfManager } from './ovf-manager.ts';

export const installOvf: Installer = (vim) => {
  const { machines } = vim.host;
  if (machines === undefined) return undefined;
  const leases = new Leases(vim, machines);
  vim.leases = leases;
  vim.objects.add(OvfManager.object('ha-ovf-manager', vim));
  const unwatch = machines.vms.watch((vm, what) => {
    if (what === 'removed') leases.forgetVm(String(vm.id));
  });
  return () => {
    unwatch();
    leases.close();
  };
};
