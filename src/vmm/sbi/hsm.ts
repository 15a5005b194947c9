/** Hart state management: start, stop, suspend. Source: RISC-V SBI 2.0 §9. */
import { HART_STATUS } from '../hart.ts';
import { Post } from '../hart-words.ts';
import { failure, row, type SbiCall, SbiError, type SbiExtension, type SbiHandler, success } from './call.ts';

/** Suspend types: default retentive, default non-retentive. Those of platforms and reserved ones do not exist. */
const RETENTIVE = 0n;
const NON_RETENTIVE = 0x8000_0000n;
const PLATFORM_TYPES = [
  [0x1000_0000n, 0x7fff_ffffn],
  [0x9000_0000n, 0xffff_ffffn],
] as const;

const start: SbiHandler = ({ machine, args: [id, address, opaque] }) => {
  const hart = machine.harts[Number(id)];
  if (hart === undefined) return failure(SbiError.InvalidParam);
  if (hart.status !== 'stopped') return failure(SbiError.AlreadyAvailable);
  if (!machine.isRam(address)) return failure(SbiError.InvalidAddress);
  if (!hart.claim()) return failure(SbiError.AlreadyAvailable);
  machine.fence([hart], Post.fence | Post.fenceCode);
  hart.start(address, opaque);
  machine.wake(hart);
  return success();
};

const stop: SbiHandler = ({ hart }) => {
  hart.stop();
  return undefined;
};

const getStatus: SbiHandler = ({ machine, args: [id] }) => {
  const hart = machine.harts[Number(id)];
  return hart === undefined ? failure(SbiError.InvalidParam) : success(HART_STATUS[hart.status]);
};

const suspend: SbiHandler = (call) => {
  const type = BigInt.asUintN(32, call.args[0]);
  if (type === RETENTIVE) {
    call.hart.wait();
    return success();
  }
  if (type === NON_RETENTIVE) return suspendNonRetentive(call, call.args[1], call.args[2]);
  const isPlatforms = PLATFORM_TYPES.some(([first, last]) => type >= first && type <= last);
  return failure(isPlatforms ? SbiError.NotSupported : SbiError.InvalidParam);
};

/** The hart waits; an interrupt that it has enabled starts it again at `address`. Also SUSP's way of sleeping. */
export function suspendNonRetentive(
  { machine, hart }: SbiCall,
  address: bigint,
  opaque: bigint,
): ReturnType<SbiHandler> {
  if (!machine.isRam(address)) return failure(SbiError.InvalidAddress);
  hart.suspend(address, opaque);
  return undefined;
}

export const HSM: SbiExtension = {
  eid: 0x48534d,
  name: 'HSM',
  // biome-ignore format: a table reads in columns
  functions: [
    row(0, 'hart_start',      start),
    row(1, 'hart_stop',       stop),
    row(2, 'hart_get_status', getStatus),
    row(3, 'hart_suspend',    suspend),
  ],
};
