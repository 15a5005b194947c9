/** Timer extension. Source: RISC-V SBI 2.0 §6. */
import { row, type SbiExtension, success } from './call.ts';

export const TIME: SbiExtension = {
  eid: 0x54494d45,
  name: 'TIME',
  functions: [
    row(0, 'set_timer', ({ hart, args }) => {
      hart.context.set('stimecmp', args[0]);
      hart.updateTimer();
      return success();
    }),
  ],
};
