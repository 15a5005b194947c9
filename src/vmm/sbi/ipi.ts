/** Inter-processor interrupts. Source: RISC-V SBI 2.0 §7. */
import { failure, row, SbiError, type SbiExtension, success } from './call.ts';
import { hartsOf } from './hart-mask.ts';

export const IPI: SbiExtension = {
  eid: 0x735049,
  name: 'IPI',
  functions: [
    row(0, 'send_ipi', ({ machine, args }) => {
      const harts = hartsOf(machine.harts, args[0], args[1]);
      if (harts === undefined) return failure(SbiError.InvalidParam);
      for (const hart of harts) {
        hart.setSoftwareInterrupt();
        machine.wake(hart);
      }
      return success();
    }),
  ],
};
