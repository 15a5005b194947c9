/** Methods of VirtualMachine that switch it on and off, and ask its guest to do so. */
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import type { MoRef, VimFault } from '../model/value.ts';
import { guarded, type VimPowerState, VM_FAULTS } from './vm-faults.ts';
import type { VmObject } from './vm-object.ts';

/** A task that begins in one of these states. `wanted` is where it leads. */
function powerTask(
  self: VmObject,
  call: Call,
  {
    from,
    wanted,
    work,
  }: {
    readonly from: readonly VimPowerState[];
    readonly wanted: VimPowerState;
    readonly work: () => Promise<void>;
  },
): MoRef {
  return call.task(() => {
    if (!from.includes(self.powerState)) return VM_FAULTS.powerState(self.powerState, wanted);
    return guarded(work, self);
  });
}

/** Asks the guest for something that only it can do. */
async function askGuest(self: VmObject, how: 'poweroff' | 'reboot'): Promise<VimFault | undefined> {
  if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOff');
  let isHeard = false;
  const fault = await guarded(async () => void (isHeard = await self.vm.askDown(how)), self);
  if (fault !== undefined) return fault;
  return isHeard ? undefined : VM_FAULTS.toolsUnavailable();
}

export const POWER_METHODS = {
  PowerOnVM_Task: (self: VmObject, _args: object, call: Call) =>
    powerTask(self, call, {
      from: ['poweredOff', 'suspended'],
      wanted: 'poweredOn',
      work: () => self.vm.start(),
    }),
  PowerOffVM_Task: (self: VmObject, _args: object, call: Call) =>
    powerTask(self, call, {
      from: ['poweredOn', 'suspended'],
      wanted: 'poweredOff',
      work: () => self.vm.stop(),
    }),
  SuspendVM_Task: (self: VmObject, _args: object, call: Call) =>
    powerTask(self, call, { from: ['poweredOn'], wanted: 'suspended', work: () => self.vm.suspend() }),
  ResetVM_Task: (self: VmObject, _args: object, call: Call) =>
    powerTask(self, call, { from: ['poweredOn'], wanted: 'poweredOn', work: () => self.vm.reset() }),
  /** What is no question or no choice is an argument that cannot be. */
  async AnswerVM(self: VmObject, args: { questionId: string; answerChoice: string }) {
    const fault = await guarded(() => self.vm.questions.answer(args.questionId, args.answerChoice), self);
    return fault === undefined ? undefined : FAULTS.invalidArgument('answerChoice');
  },
  ShutdownGuest: (self: VmObject) => askGuest(self, 'poweroff'),
  RebootGuest: (self: VmObject) => askGuest(self, 'reboot'),
  async TerminateVM(self: VmObject): Promise<VimFault | undefined> {
    if (self.powerState !== 'poweredOn') return VM_FAULTS.powerState(self.powerState, 'poweredOff');
    return (await guarded(() => self.vm.stop(), self)) as VimFault | undefined;
  },
};
