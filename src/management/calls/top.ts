/** The call behind "vmk top". */
import { callsOn } from '../local/call.ts';
import type { TopSource } from '../top/sample.ts';

/** What it works on. */
export interface TopServices {
  readonly top: TopSource;
}

const call = callsOn<TopServices>();

export const TOP_CALLS = {
  'top.sample': call('counters of worlds, memory and disks', {}, ({ top }) => top.sample()),
};
