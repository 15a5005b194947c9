/** The tunnels of a host as plain data, as they are kept. */
import { HostError, reasonOf } from '#lib';
import type { OutsideEndpoint } from '../nat/outside.ts';
import { nameProblem } from '../network-config.ts';
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
  try {
    return checkedTunnels(JSON.parse(text));
  } catch (error) {
    throw new HostError('file-io', { action: 'read', what: 'tunnels', path, reason: reasonOf(error) });
  }
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
  const problem = typeof name === 'string' ? nameProblem(name) : 'it is no text';
  if (problem !== undefined) throw new RangeError(`${place}.name: ${problem}`);
  const endpoints = list(peers, `${place}.peers`, MAX_PEERS).map((peer, i) =>
    endpointOf(peer, `${place}.peers[${i}]`),
  );
  unique(endpoints.map(({ address }) => address));
  return {
    ...{ name: name as string, vni: integer(vni, `${place}.vni`, 0, MAX_VNI) },
    ...{ at: endpointOf(at, `${place}.at`), peers: endpoints },
  };
}

function endpointOf(given: unknown, place: string): OutsideEndpoint {
  const { address, port } = record(given, place);
  if (typeof address !== 'string' || parseIp(address) === undefined)
    throw new RangeError(`${place}.address is no IPv4 address`);
  return { address, port: integer(port, `${place}.port`, 1, 0xffff) };
}

function integer(given: unknown, place: string, least: number, most: number): number {
  if (Number.isInteger(given) && (given as number) >= least && (given as number) <= most)
    return given as number;
  throw new RangeError(`${place} is not an integer in ${least} … ${most}`);
}

function record(given: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return given as Record<string, unknown>;
  throw new RangeError(`${place} is no object`);
}

function list(given: unknown, place: string, most: number): readonly unknown[] {
  if (!Array.isArray(given)) throw new RangeError(`${place} is no list`);
  if (given.length > most) throw new RangeError(`${place} has ${given.length} items, more than ${most}`);
  return given;
}

function unique(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`there are two of ${twice}`);
}
