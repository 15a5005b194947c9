/** Commands on the control queue of a network card, a row each. Source: VIRTIO 1.3 §5.1.6.5. */
import { u16, u32, u64 } from '../dma.ts';
import { MAX_ADDRESSES, macAt, type NetFilter, RECEIVE_MODES } from './net-filter.ts';

/** What commands change. */
export interface NetControlled {
  readonly filter: NetFilter;
  readonly maxPairs: number;
  /** Queue pairs in use. */
  pairs: number;
  announced(): void;
  /** Whether the offloads are among those that were negotiated; takes them if so. */
  setGuestOffloads(offloads: bigint): boolean;
}

/** What a command needs to be allowed. */
export type ControlFeature = 'receive' | 'receiveExtra' | 'vlan' | 'mac' | 'announce' | 'pairs' | 'offloads';

interface Command {
  readonly needs: ControlFeature;
  /** Data bytes it has at least. */
  readonly bytes: number;
  /** False: it is refused. */
  run(device: NetControlled, data: Uint8Array): boolean;
}

export const MAX_CONTROL_BYTES = 8192;
const ADDRESS_BYTES = 6;
const MAX_VLAN = 4095;

// biome-ignore format: a table reads in columns
const COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(RECEIVE_MODES.map((mode, index) => [`0.${index}`, {
    needs: index < 2 ? 'receive' : 'receiveExtra', bytes: 1,
    run: ({ filter }, data) => { filter.state.modes[mode] = data[0] !== 0; return true; },
  } satisfies Command])),
  '1.0': { needs: 'receive',  bytes: 8, run: setTables },
  '1.1': { needs: 'mac',      bytes: 6, run: ({ filter }, data) => { filter.state.mac = macAt(data, 0); return true; } },
  '2.0': { needs: 'vlan',     bytes: 2, run: ({ filter }, data) => setVlan(filter, u16(data, 0), true) },
  '2.1': { needs: 'vlan',     bytes: 2, run: ({ filter }, data) => setVlan(filter, u16(data, 0), false) },
  '3.0': { needs: 'announce', bytes: 0, run: (device) => { device.announced(); return true; } },
  '4.0': { needs: 'pairs',    bytes: 2, run: setPairs },
  '5.0': { needs: 'offloads', bytes: 8, run: (device, data) => device.setGuestOffloads(u64(data, 0)) },
};

/** Carries out a command; whether it was one that may be. */
export function runControl(
  device: NetControlled,
  command: Uint8Array,
  may: (feature: ControlFeature) => boolean,
): boolean {
  const row = COMMANDS[`${command[0]}.${command[1]}`];
  const data = command.subarray(2);
  return row !== undefined && may(row.needs) && data.length >= row.bytes && row.run(device, data);
}

function setVlan(filter: NetFilter, vlan: number, isWanted: boolean): boolean {
  if (vlan >= MAX_VLAN) return false;
  filter.setVlan(vlan, isWanted);
  return true;
}

function setPairs(device: NetControlled, data: Uint8Array): boolean {
  const pairs = u16(data, 0);
  if (pairs < 1 || pairs > device.maxPairs) return false;
  device.pairs = pairs;
  return true;
}

/** Two lists of addresses, unicast and multicast, each after its length. */
function setTables({ filter }: NetControlled, data: Uint8Array): boolean {
  const unicast = readList(data, 0);
  const multicast = unicast && readList(data, unicast.end);
  if (unicast === undefined || multicast === undefined) return false;
  const { state } = filter;
  state.unicast = unicast.addresses;
  state.multicast = multicast.addresses;
  if (unicast.isTooLong) state.modes.allUnicast = true;
  if (multicast.isTooLong) state.modes.allMulticast = true;
  return true;
}

/** Of a list that is too long nothing is kept. */
function readList(
  data: Uint8Array,
  at: number,
): { addresses: number[]; isTooLong: boolean; end: number } | undefined {
  if (at + 4 > data.length) return undefined;
  const count = u32(data, at);
  const end = at + 4 + count * ADDRESS_BYTES;
  if (end > data.length) return undefined;
  const isTooLong = count > MAX_ADDRESSES;
  const addresses = Array.from({ length: isTooLong ? 0 : count }, (_, i) =>
    macAt(data, at + 4 + i * ADDRESS_BYTES),
  );
  return { addresses, isTooLong, end };
}
