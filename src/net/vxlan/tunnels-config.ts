/** The tunnels of a host as plain data, as they are kept. */
import { integer, list, parseKept, record, unique } from '../kept-config.ts';
import type { OutsideEndpoint } from '../nat/outside.ts';
import { checkedName } from '../network-config.ts';
import { parseIp } from '../stack/wire/address.ts';
import { MAX_VNI } from './header.ts';

export interface TunnelEntry {
  /** The uplink's. */
  readonly name: string;
  readonly vni: number;
  /** Where this host listens, and what others know it by. */
  readonly at: OutsideEndpoint;
  readonly peers: readonly OutsideEndpoint[];
}

export interface TunnelsConfig {
  readonly version: 1;
  readonly tunnels: readonly TunnelEntry[];
}

export const MAX_TUNNELS = 64;
const MAX_PEERS = 256;

/** Reads what `JSON.stringify` wrote of one. @throws HostError `file-io` that says what is wrong, and where */
export function parseTunnels(text: string, path: string): TunnelsConfig {
  return parseKept(text, path, 'tunnels', checkedTunnels);
}

/** @throws RangeError that names the place */
export function checkedTunnels(given: unknown): TunnelsConfig {
  const { version, tunnels } = record(given, 'the configuration');
  if (version !== 1) throw new RangeError('version is not 1');
  const checked = list(tunnels, 'tunnels', MAX_TUNNELS).map(tunnelOf);
  unique(checked.map(({ name }) => name));
  unique(checked.map(({ at, vni }) => `VNI ${vni} at ${at.address}:${at.port}`));
  return { version: 1, tunnels: checked };
}

function tunnelOf(given: unknown, index: number): TunnelEntry {
  const place = `tunnels[${index}]`;
  const { name, vni, at, peers } = record(given, place);
  const uplink = checkedName(name, `${place}.name`);
  const endpoints = list(peers, `${place}.peers`, MAX_PEERS).map((peer, i) =>
    endpointOf(peer, `${place}.peers[${i}]`),
  );
  unique(endpoints.map(({ address }) => address));
  return {
    ...{ name: uplink, vni: integer(vni, `${place}.vni`, 0, MAX_VNI) },
    ...{ at: endpointOf(at, `${place}.at`), peers: endpoints },
  };
}

function endpointOf(given: unknown, place: string): OutsideEndpoint {
  const { address, port } = record(given, place);
  if (typeof address !== 'string' || parseIp(address) === undefined)
    throw new RangeError(`${place}.address is no IPv4 address`);
  return { address, port: integer(port, `${place}.port`, 1, 0xffff) };
}
