/** npm run bench -- kernel: many VMs on few cores: switches, throughput, copies, snapshots, what waits. */
import type { PromiseBench } from '../promises.ts';
import { HOST_ROWS } from './host-rows.ts';
import { LAB_ROWS } from './lab-rows.ts';

export const KERNEL_BENCH: PromiseBench = {
  name: 'kernel',
  title: 'kernel',
  about: `Measures what the kernel promises of many VMs on few cores. It fails when a promise is broken.
Nothing else should load the machine meanwhile: about six minutes, on Linux, with the default guest in the cache.`,
  aside: 'beside it',
  facts: [
    'each row on a host of its own; Linux guests are the default guest; the others are loops in S-mode',
  ],
  rows: [...LAB_ROWS, ...HOST_ROWS],
};
