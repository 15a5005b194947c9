/** Steps of the boot about networks: switches as /etc says, and the NAT behind their uplink. */
import { assert, reasonOf } from '#lib';
import { firstNetworks, type NetworkConfig, parseNetworks } from '#net';
import { HostNetwork } from '../network/host-network.ts';
import { openNatUplink } from '../network/nat-uplink.ts';
import type { HostParts } from './parts.ts';

const FOLDER = '/etc/vmware';
const PATH = `${FOLDER}/network.json`;

export function openNetwork(parts: HostParts): void {
  const { files, keeper, cpus, clock } = parts;
  assert(cpus.lanes !== undefined, 'the pCPUs have switch ports');
  parts.network = new HostNetwork({
    lanes: cpus.lanes,
    config: keptNetworks(parts),
    keep(config) {
      files.makeFolders(FOLDER);
      files.write(PATH, `${JSON.stringify(config, undefined, 2)}\n`);
      keeper.save();
    },
    wallNanoseconds: () => clock.wallNanoseconds(),
  });
  parts.nat = openNatUplink();
  parts.network.start([parts.nat.device]);
}

export async function closeNetwork({ network, nat }: HostParts): Promise<void> {
  await network.close();
  nat.close();
}

/** As they were kept. Damaged ones do not keep the host from coming up: it has the first ones then, and says so. */
function keptNetworks({ files, loggerOf, notice }: HostParts): NetworkConfig {
  const text = files.readTextIfThere(PATH);
  if (text === undefined) return firstNetworks();
  try {
    return parseNetworks(text, PATH);
  } catch (error) {
    const line = `${reasonOf(error)}; the host has the networks of a new one`;
    loggerOf('network').error(line);
    notice(line);
    return firstNetworks();
  }
}
