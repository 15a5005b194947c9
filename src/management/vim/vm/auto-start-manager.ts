/** HostAutoStartManager: which VMs are switched on with the host, and what becomes of them at its end. */
import { present } from '../../present.ts';
import { type Autostart, type AutostartRow, STOP_ACTIONS, type StopAction } from '../../vms/autostart.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import { moRef, VimFault } from '../model/value.ts';
import type { AutoStartPowerInfo, HostAutoStartManagerConfig } from '../table/vim25.d.ts';

export interface AutoStartSelf {
  readonly vim: VimContext;
  readonly autostart: Autostart;
}

/** Clients write them in any case. */
const stopAction = (given: string): StopAction | undefined =>
  STOP_ACTIONS.find((each) => each.toLowerCase() === given.toLowerCase());

function config({ vim, autostart }: AutoStartSelf): HostAutoStartManagerConfig {
  const { defaults, rows } = autostart.state;
  const there = rows.filter(({ vm }) => vim.objects.get(String(vm)) !== undefined);
  return {
    defaults,
    powerInfo: there.map(({ vm, ...row }) => ({ key: moRef('VirtualMachine', String(vm)), ...row })),
  };
}

/** A row as it is kept, or what is wrong with it. */
function rowOf(given: AutoStartPowerInfo, { objects }: Call): AutostartRow | VimFault {
  const { key, startOrder, startDelay, waitForHeartbeat, stopDelay } = given;
  const vm = objects.get(key.value);
  if (vm?.kind.name !== 'VirtualMachine') return FAULTS.objectNotFound(key);
  const start = given.startAction.toLowerCase();
  if (start !== 'none' && start !== 'poweron') return FAULTS.invalidArgument('spec.powerInfo.startAction');
  const isDefault = given.stopAction.toLowerCase() === 'systemdefault';
  const stop = isDefault ? 'systemDefault' : stopAction(given.stopAction);
  if (stop === undefined) return FAULTS.invalidArgument('spec.powerInfo.stopAction');
  if (startDelay < -1 || stopDelay < -1 || startOrder < -1) return FAULTS.invalidArgument('spec.powerInfo');
  return {
    ...{ vm: Number(key.value), startOrder, startDelay, waitForHeartbeat, stopDelay, stopAction: stop },
    startAction: start === 'none' ? 'none' : 'powerOn',
  };
}

function reconfigure(
  self: AutoStartSelf,
  { defaults = {}, powerInfo = [] }: HostAutoStartManagerConfig,
  call: Call,
) {
  const rows = powerInfo.map((given) => rowOf(given, call));
  const wrong = rows.find((row) => row instanceof VimFault);
  if (wrong !== undefined) return wrong;
  const { enabled, startDelay, stopDelay, waitForHeartbeat } = defaults;
  const stop = defaults.stopAction === undefined ? undefined : stopAction(defaults.stopAction);
  if (defaults.stopAction !== undefined && stop === undefined)
    return FAULTS.invalidArgument('spec.defaults.stopAction');
  if ((startDelay ?? 0) < 0 || (stopDelay ?? 0) < 0) return FAULTS.invalidArgument('spec.defaults');
  const change = present({ enabled, startDelay, stopDelay, waitForHeartbeat, stopAction: stop });
  self.autostart.change(change, rows as AutostartRow[]);
  self.vim.objects.changed('ha-autostart-mgr', 'ha-host');
  return undefined;
}

export const HostAutoStartManager = managed<'HostAutoStartManager', AutoStartSelf>('HostAutoStartManager', {
  properties: { config },
  methods: {
    ReconfigureAutostart: (self, { spec }, call) => reconfigure(self, spec, call),
    /** Goes on by itself: VMs come one after another, over minutes. */
    AutoStartPowerOn({ autostart }) {
      void autostart.powerOn();
    },
    async AutoStartPowerOff({ autostart }) {
      await autostart.powerOff();
    },
  },
});
