/** TAP devices that are uplinks, as plain data, as they are kept. */
import { list, parseKept, record, unique } from './kept-config.ts';
import { checkedName } from './network-config.ts';

export interface TapEntry {
  /** The uplink's. */
  readonly name: string;
  /** The machine's device; it is made when it is not there. */
  readonly device: string;
}

export interface TapsConfig {
  readonly version: 1;
  readonly taps: readonly TapEntry[];
}

const MAX_TAPS = 16;
/** What Linux takes as the name of a device, without "%", by which it would choose one. Source: netdevice(7), IFNAMSIZ. */
const DEVICE = /^[A-Za-z0-9_.-]{1,15}$/;

/** Reads what `JSON.stringify` wrote of one. @throws HostError `file-io` that says what is wrong, and where */
export function parseTaps(text: string, path: string): TapsConfig {
  return parseKept(text, path, 'TAP devices', checkedTaps);
}

/** @throws RangeError that names the place */
export function checkedTaps(given: unknown): TapsConfig {
  const { version, taps } = record(given, 'the configuration');
  if (version !== 1) throw new RangeError('version is not 1');
  const checked = list(taps, 'taps', MAX_TAPS).map(tapOf);
  unique(checked.map(({ name }) => name));
  unique(checked.map(({ device }) => `device ${device}`));
  return { version: 1, taps: checked };
}

function tapOf(given: unknown, index: number): TapEntry {
  const place = `taps[${index}]`;
  const { name, device } = record(given, place);
  const uplink = checkedName(name, `${place}.name`);
  const isDevice = typeof device === 'string' && DEVICE.test(device) && !/^\.{1,2}$/.test(device);
  if (!isDevice) throw new RangeError(`${place}.device: "${String(device)}" is no name of a network device`);
  return { name: uplink, device };
}
