/** Calls on the tunnels of a host. */
import { usageError } from '#lib';
import {
  MAX_VNI,
  type OutsideEndpoint,
  parseIp,
  type TunnelCounts,
  type TunnelEntry,
  VXLAN_PORT,
} from '#net';
import { callsOn } from '../local/call.ts';
import { integer, list, optional, text } from '../local/fields.ts';

/** What these calls need of the host. */
export interface VxlanServices {
  readonly tunnels: {
    list(): readonly TunnelRow[];
    add(entry: TunnelEntry): Promise<void>;
    remove(name: string): Promise<void>;
  };
}

export type TunnelRow = TunnelEntry & {
  readonly counts: TunnelCounts | undefined;
  readonly problem: string | undefined;
};

const call = callsOn<VxlanServices>();

// biome-ignore format: a table reads in columns
export const VXLAN_CALLS = {
  'net.vxlan.list':   call('tunnels to other hosts',   {}, ({ tunnels }) => tunnels.list()),
  'net.vxlan.add':    call('makes an uplink that is a VXLAN tunnel to other hosts', { name: text(), vni: integer(0, MAX_VNI), peers: list(text()), bind: optional(text()) }, ({ tunnels }, { name, vni, peers, bind = '0.0.0.0' }) => tunnels.add({ name, vni, at: endpoint(bind), peers: peers.map(endpoint) })),
  'net.vxlan.remove': call('removes a tunnel that no switch uses', { name: text() }, ({ tunnels }, { name }) => tunnels.remove(name)),
};

/** `10.0.0.2` or `10.0.0.2:4790`. */
function endpoint(given: string): OutsideEndpoint {
  const [address = '', port = String(VXLAN_PORT), ...rest] = given.split(':');
  if (parseIp(address) === undefined || !/^\d{1,5}$/.test(port) || rest.length > 0)
    throw usageError(`"${given}" is no ADDRESS[:PORT]`);
  return { address, port: Number(port) };
}
