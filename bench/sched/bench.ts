/** npm run bench -- sched: what CPU scheduling promises, measured with guests that compute. */
import type { PromiseBench } from '../promises.ts';
import { SCHED_ROWS } from './rows.ts';

export const SCHED_BENCH: PromiseBench = {
  name: 'sched',
  title: 'scheduling',
  about: `Measures what CPU scheduling promises: shares, pools, limits, reservations, wake-ups. It fails when a promise is broken.
Nothing else should load the machine meanwhile: about a minute.`,
  aside: 'CPU time ÷ run time',
  facts: [
    'each row on a host of its own with one pCPU, where it does not say otherwise; guests are loops in S-mode',
  ],
  rows: SCHED_ROWS,
};
