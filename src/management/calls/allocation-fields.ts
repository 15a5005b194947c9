/** Arguments of calls that say what a VM or a pool is owed. */
import { either, type Field, integer, oneOf, optional } from '../local/fields.ts';

const MAX_SHARES = 1_000_000;
const MAX_MHZ = 2 ** 31;

const shares = () => either(oneOf('low', 'normal', 'high'), integer(1, MAX_SHARES));
/** A number up to `most`, or no bound. */
export const limit = (most: number): Field<number | 'unlimited'> =>
  either(oneOf('unlimited'), integer(1, most));

export const allocationFields = (mostMib: number) => ({
  cpuShares: optional(shares()),
  cpuReservationMhz: optional(integer(0, MAX_MHZ)),
  cpuLimitMhz: optional(limit(MAX_MHZ)),
  memShares: optional(shares()),
  memReservationMib: optional(integer(0, mostMib)),
  memLimitMib: optional(limit(mostMib)),
});
