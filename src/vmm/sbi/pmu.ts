/** Performance monitoring with no counters: the guest reads cycle, time and instret by their CSRs. Source: RISC-V SBI 2.0 §11. */
import { failure, row, SbiError, type SbiExtension, type SbiHandler, success } from './call.ts';

/** Whatever counter is named, there is none. */
const noCounter: SbiHandler = () => failure(SbiError.InvalidParam);
/** No counter can count what is asked for. */
const noMatch: SbiHandler = () => failure(SbiError.NotSupported);

export const PMU: SbiExtension = {
  eid: 0x504d55,
  name: 'PMU',
  // biome-ignore format: a table reads in columns
  functions: [
    row(0, 'num_counters',               () => success(0n)),
    row(1, 'counter_get_info',           noCounter),
    row(2, 'counter_config_matching',    noMatch),
    row(3, 'counter_start',              noCounter),
    row(4, 'counter_stop',               noCounter),
    row(5, 'counter_fw_read',            noCounter),
    row(6, 'counter_fw_read_hi',         noCounter),
    row(7, 'snapshot_set_shmem',         noMatch),
  ],
};
