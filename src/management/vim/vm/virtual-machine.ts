/** VirtualMachine: its properties, and the methods on it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consolePicture } from '../../vms/screen/picture.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { type MoRef, moRef, type VimFault } from '../model/value.ts';
import { entityProperties } from '../objects/entity.ts';
import { ID } from '../objects/ids.ts';
import { poolRef } from '../objects/pool-words.ts';
import { queryChangedDiskAreas } from './changed-areas.ts';
import { checkName, reconfigure } from './reconfigure.ts';
import { typed } from './scan-codes.ts';
import { snapshotInfo, snapshotRef, snapshotRefs } from './snapshot-tree.ts';
import { refusedSpec } from './spec-privileges.ts';
import { removeSnapshots, revert } from './virtual-machine-snapshot.ts';
import { vmCapability } from './vm-capability.ts';
import { guarded, VM_FAULTS } from './vm-faults.ts';
import { layout, layoutEx, storageInfo } from './vm-layout.ts';
import type { VmObject } from './vm-object.ts';
import { POWER_METHODS } from './vm-power.ts';
import { REMOVE_METHODS } from './vm-remove.ts';
import { guestOf, runtimeOf, summaryOf } from './vm-runtime.ts';
import { UPKEEP_METHODS } from './vm-upkeep.ts';

export const ENVIRONMENT_BROWSER = 'ha-environment-browser';
const MAX_SCREENSHOTS = 1000;

function networks(self: VmObject): MoRef[] {
  const found = new Map<string, MoRef>();
  for (let number = 0; number < 10; number++) {
    if (!/^true$/i.test(self.vmx.get(`ethernet${number}.present`) ?? '')) continue;
    const network = self.context.network(self.vmx.get(`ethernet${number}.networkName`) ?? 'VM Network');
    if (network) found.set(network.value, network);
  }
  return [...found.values()];
}

function datastores(self: VmObject): MoRef[] {
  const { context, vm } = self;
  const names = [
    self.vmPathName,
    ...vm.settings.disks.map(({ fileName }) => context.toDatastorePath(fileName)),
  ];
  const found = new Map<string, MoRef>();
  for (const name of names) {
    const datastore = context.datastore(name);
    if (datastore) found.set(datastore.value, datastore);
  }
  return [...found.values()];
}

interface Wanted {
  readonly name: string;
  readonly description?: string | undefined;
  readonly memory: boolean;
}

function takeSnapshot(self: VmObject, { name, description = '', memory }: Wanted, call: Call): MoRef {
  return call.task(() => {
    if (name === '') return FAULTS.invalidName(name);
    if (self.powerState === 'suspended') return VM_FAULTS.powerState('suspended', 'poweredOn');
    return guarded(async () => {
      const { uid } = await self.vm.takeSnapshot({ name, description, memory, nowMs: self.nowMs });
      self.forget();
      self.vim.objects.changed(self.id);
      return snapshotRef(self, uid);
    }, self);
  });
}

/** Writes the console's picture into the VM's folder. */
function screenshot(self: VmObject): string | VimFault {
  if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOn');
  const { folder, console } = self.vm;
  for (let number = 1; number <= MAX_SCREENSHOTS; number++) {
    const path = join(folder.path, `${folder.name}-${number}.png`);
    if (existsSync(path)) continue;
    writeFileSync(path, consolePicture(console.scrollback), { mode: 0o600, flag: 'wx' });
    self.forget();
    return self.datastorePath(path);
  }
  return VM_FAULTS.generic(`There are ${MAX_SCREENSHOTS} screenshots of it already.`);
}

/** Sets a name in the .vmx; its folder stays as it is called. */
async function rename(self: VmObject, newName: string): Promise<VimFault | undefined> {
  return checkName(self, newName) ?? (await reconfigure(self, { name: newName }));
}

function reload(self: VmObject, call: Call): MoRef {
  return call.task(() =>
    guarded(() => {
      self.vm.reload();
      self.touch();
    }, self),
  );
}

export const VirtualMachine = managed<'VirtualMachine', VmObject>('VirtualMachine', {
  properties: {
    ...entityProperties<VmObject>({
      vim: ({ vim }) => vim,
      ref: ({ ref }) => ref,
      name: ({ vm }) => vm.name,
      parent: () => moRef('Folder', ID.vmFolder),
    }),
    value: () => [],
    availableField: () => [],
    capability: ({ vim }) => vmCapability(vim.table.data('VirtualMachineCapability')?.fields ?? []),
    config: (self) => self.config,
    layout,
    layoutEx,
    storage: storageInfo,
    environmentBrowser: () => moRef('EnvironmentBrowser', ENVIRONMENT_BROWSER),
    resourcePool: ({ vim, vm }) =>
      poolRef(vim.host.pools?.all.find(({ name }) => name === vm.settings.pool)?.id ?? 0),
    resourceConfig: ({ ref, config }) => ({
      entity: ref,
      changeVersion: config.changeVersion,
      cpuAllocation: config.cpuAllocation ?? {},
      memoryAllocation: config.memoryAllocation ?? {},
    }),
    runtime: runtimeOf,
    guest: guestOf,
    summary: (self) => summaryOf(self, self.isOn ? self.host.sampler.of(self.vm.name) : undefined),
    datastore: datastores,
    network: networks,
    snapshot: snapshotInfo,
    rootSnapshot: snapshotRefs,
    guestHeartbeatStatus: ({ vm }) => vm.guest.heartbeat,
  },
  kept: ['name', 'summary', 'config'],
  isSteady: ({ vm }) => vm.state === 'off',
  methods: {
    ...POWER_METHODS,
    ...REMOVE_METHODS,
    ...UPKEEP_METHODS,
    ReconfigVM_Task: {
      privilege: ASKED,
      invoke: (self, { spec }, call) =>
        refusedSpec(self, spec, call) ?? call.task(() => reconfigure(self, spec)),
    },
    Rename_Task: {
      privilege: 'VirtualMachine.Config.Rename',
      invoke: (self, { newName }, call) => call.task(() => rename(self, newName)),
    },
    CreateSnapshot_Task: (self, args, call) => takeSnapshot(self, args, call),
    CreateSnapshotEx_Task: (self, args, call) => takeSnapshot(self, args, call),
    RevertToCurrentSnapshot_Task(self, { suppressPowerOn }, call) {
      const { current } = self.vm.snapshots;
      if (current === 0) return call.task(() => FAULTS.notFound());
      return revert(self, current, suppressPowerOn ?? false, call);
    },
    RemoveAllSnapshots_Task: (self, _args, call) =>
      removeSnapshots(self, () => self.vm.snapshots.all.map(({ uid }) => uid).toReversed(), call),
    ConsolidateVMDisks_Task: (self, _args, call) =>
      call.task(() => guarded(() => self.vm.consolidate(), self)),
    CreateScreenshot_Task: (self, _args, call) => call.task(() => screenshot(self)),
    Reload: (self) => guarded(() => self.vm.reload(), self),
    reloadVirtualMachineFromPath_Task(self, { configurationPath }, call) {
      if (configurationPath === self.vmPathName) return reload(self, call);
      return call.task(() =>
        FAULTS.invalidArgument('configurationPath', 'a virtual machine is read from its own file'),
      );
    },
    RefreshStorageInfo(self) {
      self.forget();
      self.vim.objects.changed(self.id);
    },
    PutUsbScanCodes(self, { spec: { keyEvents } }) {
      if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOn');
      for (const { usbHidCode, modifiers } of keyEvents) {
        const text = typed(usbHidCode, modifiers);
        if (text !== undefined) self.vm.console.type(Buffer.from(text));
      }
      return keyEvents.length;
    },
    ExportVm(self, _args, call) {
      if (self.powerState !== 'poweredOff') return VM_FAULTS.powerState(self.powerState, 'poweredOff');
      return self.vim.leases?.exportVm(self, call) ?? FAULTS.notSupported();
    },
    QueryChangedDiskAreas: queryChangedDiskAreas,
    QueryUnownedFiles: () => [],
    ResetGuestInformation(self) {
      if (self.isOn) return VM_FAULTS.powerState(self.powerState, 'poweredOff');
      return undefined;
    },
  },
});
