/** A VM that is registered and cannot be read: what ESXi calls inaccessible. It can be forgotten, nothing else. */
import type { LostVm } from '../../vms/inventory.ts';
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { moRef } from '../model/value.ts';
import { entityProperties } from '../objects/entity.ts';
import { ID } from '../objects/ids.ts';
import type { VirtualMachineRuntimeInfo } from '../table/vim25.d.ts';
import { datastorePathOf, formatDatastorePath } from './datastore-path.ts';
import { ENVIRONMENT_BROWSER } from './virtual-machine.ts';
import { vmCapability } from './vm-capability.ts';
import { guarded } from './vm-faults.ts';
import type { Machines } from './vms-host.ts';

interface LostSelf {
  readonly vim: VimContext;
  readonly machines: Machines;
  readonly lost: LostVm;
}

const pathOf = ({ machines, lost }: LostSelf): string => {
  const path = datastorePathOf(machines.volumes, lost.vmxPath);
  return path ? formatDatastorePath(path) : lost.vmxPath;
};
const refOf = ({ lost }: LostSelf) => moRef('VirtualMachine', String(lost.id));

const runtime = (): VirtualMachineRuntimeInfo => ({
  host: moRef('HostSystem', ID.host),
  connectionState: 'inaccessible',
  powerState: 'poweredOff',
  faultToleranceState: 'notConfigured',
  toolsInstallerMounted: false,
  numMksConnections: 0,
  recordReplayState: 'inactive',
  onlineStandby: false,
  consolidationNeeded: false,
});

export const LostVirtualMachine = managed<'VirtualMachine', LostSelf>('VirtualMachine', {
  properties: {
    ...entityProperties<LostSelf>({
      vim: ({ vim }) => vim,
      ref: refOf,
      name: pathOf,
      parent: () => moRef('Folder', ID.vmFolder),
    }),
    capability: ({ vim }) => vmCapability(vim.table.data('VirtualMachineCapability')?.fields ?? []),
    environmentBrowser: () => moRef('EnvironmentBrowser', ENVIRONMENT_BROWSER),
    resourcePool: () => moRef('ResourcePool', ID.rootPool),
    runtime,
    summary: (self) => ({
      vm: refOf(self),
      runtime: runtime(),
      config: { name: pathOf(self), template: false, vmPathName: pathOf(self) },
      quickStats: { guestHeartbeatStatus: 'gray' },
      overallStatus: 'red',
    }),
    guestHeartbeatStatus: () => 'gray',
  },
  methods: {
    UnregisterVM: ({ vim, machines, lost }) =>
      guarded(() => {
        machines.vms.forget(lost.id);
        vim.objects.remove(String(lost.id));
      }),
  },
});
