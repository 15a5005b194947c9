/** System reset: power off and restart. Source: RISC-V SBI 2.0 §10. */
import { failure, row, SbiError, type SbiExtension, type SbiHandler } from './call.ts';

const TYPE = { shutdown: 0n, coldReboot: 1n, warmReboot: 2n } as const;
const REASON = { none: 0n, systemFailure: 1n } as const;
/** Types and reasons from here on belong to vendors and platforms, of which there are none. */
const FIRST_VENDOR = 0xf000_0000n;
const FIRST_PLATFORM_REASON = 0xe000_0000n;

const reset: SbiHandler = ({ machine, args }) => {
  const type = BigInt.asUintN(32, args[0]);
  const reason = BigInt.asUintN(32, args[1]);
  if (type >= FIRST_VENDOR || reason >= FIRST_PLATFORM_REASON) return failure(SbiError.NotSupported);
  if (type > TYPE.warmReboot || reason > REASON.systemFailure) return failure(SbiError.InvalidParam);
  if (type === TYPE.shutdown) machine.powerOff(reason === REASON.systemFailure ? 1 : 0);
  else machine.reset();
  return undefined;
};

export const SRST: SbiExtension = {
  eid: 0x53525354,
  name: 'SRST',
  usesDevices: true,
  functions: [row(0, 'system_reset', reset)],
};
