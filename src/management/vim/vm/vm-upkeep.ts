/** VirtualMachine: the version of its hardware, tickets for its console, sleep. */
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { fault, type VimFault } from '../model/value.ts';
import type { VirtualMachineTicket } from '../table/vim25.d.ts';
import { reconfigure } from './reconfigure.ts';
import { VM_FAULTS } from './vm-faults.ts';
import type { VmObject } from './vm-object.ts';

/** What a new machine has. */
const NEWEST = 21;
const OLDEST = 4;
const FIRST_VERSION = 7;
/** Kinds of tickets that lead to a console as a screen. */
const SCREEN = 'webmks';

async function upgrade(self: VmObject, version: string | undefined): Promise<VimFault | undefined> {
  if (self.powerState !== 'poweredOff') return VM_FAULTS.powerState(self.powerState, 'poweredOff');
  const wanted =
    version === undefined || version === '' ? NEWEST : Number(/^vmx-(\d{2})$/.exec(version)?.[1]);
  if (!(wanted >= OLDEST && wanted <= NEWEST)) return FAULTS.invalidArgument('version');
  const now = Number(self.vmx.get('virtualHW.version') ?? FIRST_VERSION);
  if (wanted <= now)
    return fault(
      'AlreadyUpgraded',
      {},
      'The virtual hardware is already at the version that is asked for, or a later one.',
    );
  return await reconfigure(self, { version: `vmx-${String(wanted).padStart(2, '0')}` });
}

export const UPKEEP_METHODS = {
  UpgradeVM_Task: (self: VmObject, { version }: { version?: string | undefined }, call: Call) =>
    call.task(() => upgrade(self, version)),
  AcquireTicket: {
    privilege: 'VirtualMachine.Interact.ConsoleInteract',
    invoke(self: VmObject, { ticketType }: { ticketType: string }): VirtualMachineTicket | VimFault {
      const kinds = self.vim.table.enumeration('VirtualMachineTicketType');
      if (kinds?.has(ticketType) !== true) return FAULTS.invalidArgument('ticketType');
      if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOn');
      if (ticketType !== SCREEN)
        return FAULTS.notSupported(`There are no tickets of type ${ticketType}: webmks alone.`);
      const ticket = self.vim.consoleTickets.open(self.id);
      if (ticket === undefined) return VM_FAULTS.generic('Too many tickets wait to be used.');
      return { ticket, cfgFile: self.vm.folder.vmxPath, port: self.host.httpsPort() };
    },
  },
  StandbyGuest(self: VmObject): VimFault {
    if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOn');
    if (!self.vm.guest.isThere) return VM_FAULTS.toolsUnavailable();
    return FAULTS.notSupported('The machine has no sleep state: nothing could wake its guest.');
  },
};
