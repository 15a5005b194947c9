/** Calls on the TAP uplinks of a host. */
import type { TapEntry } from '#net';
import { callsOn } from '../local/call.ts';
import { text } from '../local/fields.ts';

/** What these calls need of the host. */
export interface TapServices {
  readonly taps: {
    list(): readonly TapRow[];
    add(entry: TapEntry): void;
    remove(name: string): Promise<void>;
  };
}

export type TapRow = TapEntry & {
  readonly framesIn: number;
  readonly framesOut: number;
  readonly dropped: number;
  readonly problem: string | undefined;
};

const call = callsOn<TapServices>();

// biome-ignore format: a table reads in columns
export const TAP_CALLS = {
  'net.tap.list':   call('uplinks that are TAP devices of the machine', {}, ({ taps }) => taps.list()),
  'net.tap.add':    call('makes an uplink that is a TAP device of the machine', { name: text(), device: text() }, ({ taps }, entry) => taps.add(entry)),
  'net.tap.remove': call('removes a TAP uplink that no switch uses', { name: text() }, ({ taps }, { name }) => taps.remove(name)),
};
