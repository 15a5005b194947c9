/** Base extension: which SBI this is and what it has. Source: RISC-V SBI 2.0 §4. */
import { row, type SbiExtension, type SbiHandler, success } from './call.ts';

/** Major number in bits 30:24. */
const SPECIFICATION = (2n << 24n) | 0n;
/** Ours: not registered, outside the list of known implementations. "VMK" in ASCII. */
const IMPLEMENTATION = 0x56_4d4bn;
const IMPLEMENTATION_VERSION = 1n;
/** mvendorid, marchid and mimpid of 0: not a commercial part, nothing registered. */
const UNREGISTERED = 0n;

const always =
  (value: bigint): SbiHandler =>
  () =>
    success(value);

/** @param has - whether there is an extension of this number. */
export function baseExtension(has: (eid: bigint) => boolean): SbiExtension {
  return {
    eid: 0x10,
    name: 'BASE',
    // biome-ignore format: a table reads in columns
    functions: [
      row(0, 'get_spec_version', always(SPECIFICATION)),
      row(1, 'get_impl_id',      always(IMPLEMENTATION)),
      row(2, 'get_impl_version', always(IMPLEMENTATION_VERSION)),
      row(3, 'probe_extension',  ({ args }) => success(has(args[0]) ? 1n : 0n)),
      row(4, 'get_mvendorid',    always(UNREGISTERED)),
      row(5, 'get_marchid',      always(UNREGISTERED)),
      row(6, 'get_mimpid',       always(UNREGISTERED)),
    ],
  };
}
