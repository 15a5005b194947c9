/** System suspend: to RAM. Source: RISC-V SBI 2.0 §13. */
import { failure, row, SbiError, type SbiExtension, type SbiHandler } from './call.ts';
import { suspendNonRetentive } from './hsm.ts';

const SUSPEND_TO_RAM = 0n;
const FIRST_PLATFORM_TYPE = 0x8000_0000n;

/** All other harts must be stopped; the one that calls sleeps until an interrupt that it has enabled. */
const suspend: SbiHandler = (call) => {
  const { machine, hart, args } = call;
  const type = BigInt.asUintN(32, args[0]);
  if (type >= FIRST_PLATFORM_TYPE) return failure(SbiError.NotSupported);
  if (type !== SUSPEND_TO_RAM) return failure(SbiError.InvalidParam);
  if (machine.harts.some((other) => other !== hart && other.status !== 'stopped')) {
    return failure(SbiError.Denied);
  }
  return suspendNonRetentive(call, args[1], args[2]);
};

export const SUSP: SbiExtension = {
  eid: 0x53555350,
  name: 'SUSP',
  functions: [row(0, 'system_suspend', suspend)],
};
