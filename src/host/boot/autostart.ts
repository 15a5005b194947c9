/** VMs that are switched on with the host. */
import { setTimeout } from 'node:timers/promises';
import { Autostart, type AutostartVm, isRunning, type KeptFile } from '#management';
import type { HostParts } from './parts.ts';

export const AUTOSTART_PATH = '/etc/vmware/hostd/vmAutoStart.json';

export function openAutostart(parts: HostParts, file: KeptFile): void {
  const logger = parts.loggerOf('hostd');
  const sleep = (milliseconds: number) => setTimeout(milliseconds);
  const vms = () => parts.vms.all.map(vmOf);
  parts.autostart = new Autostart({ file, vms, sleep, logger });
}

/** Goes on beside the host: it is up before they are. */
export function beginAutostart({ autostart }: HostParts): void {
  void autostart.powerOn();
}

function vmOf(vm: HostParts['vms']['all'][number]): AutostartVm {
  return {
    id: vm.id,
    name: vm.name,
    get isOff() {
      return !isRunning(vm.state);
    },
    get hasHeartbeat() {
      return vm.guest.heartbeat === 'green';
    },
    start: () => vm.start(),
    stop: () => unasked(vm).stop(),
    async suspend() {
      unasked(vm);
      if (vm.state === 'debugging') await vm.exact.endDebug();
      await vm.suspend();
    },
    askDown: () => vm.askDown('poweroff'),
  };
}

/** The host ends: nobody is asked anything any more. */
function unasked(vm: HostParts['vms']['all'][number]): HostParts['vms']['all'][number] {
  vm.questions.close();
  return vm;
}
