/** Steps of the boot about networks: switches as /etc says, the NAT behind their uplink, the kernel's own interfaces. */
import { assert, reasonOf } from '#lib';
import {
  FIRST_NAT,
  firstNetworks,
  firstVmknics,
  ipText,
  openDoor,
  parseNat,
  parseNetworks,
  parseTaps,
  parseTunnels,
  parseVmknics,
  type TcpConnection,
  Vmknics,
  vmknicMac,
} from '#net';
import { HostNetwork } from '../network/host-network.ts';
import { HostNat } from '../network/kept-nat.ts';
import { openNatUplink } from '../network/nat-uplink.ts';
import { realStackHost } from '../network/stack-host.ts';
import { Taps } from '../network/taps.ts';
import { Tunnels } from '../network/tunnels.ts';
import { secretRandom } from '../real-world.ts';
import type { HostParts } from './parts.ts';

const FOLDER = '/etc/vmware';
const PATHS = {
  networks: `${FOLDER}/network.json`,
  nat: `${FOLDER}/nat.json`,
  vmknics: `${FOLDER}/vmknics.json`,
  tunnels: `${FOLDER}/tunnels.json`,
  taps: `${FOLDER}/taps.json`,
} as const;
const HTTPS_PORT = 443;
const HTTPS_RULES = { ruleset: 'vSphereClient' } as const;

export async function openNetwork(parts: HostParts): Promise<void> {
  const { cpus, clock } = parts;
  assert(cpus.lanes !== undefined, 'the pCPUs have switch ports');
  parts.network = new HostNetwork({
    lanes: cpus.lanes,
    config: kept(parts, PATHS.networks, parseNetworks, firstNetworks),
    keep: keeper(parts, PATHS.networks),
    wallNanoseconds: () => clock.wallNanoseconds(),
  });
  parts.nat = openNatUplink();
  parts.network.start([parts.nat.device]);
  const nat = kept(parts, PATHS.nat, parseNat, () => FIRST_NAT);
  parts.hostNat = new HostNat(parts.nat.nat, nat, keeper(parts, PATHS.nat));
  await parts.hostNat.start((line) => parts.loggerOf('network').warning(line));
  await openTunnels(parts);
  openTaps(parts);
  openVmknics(parts);
}

export async function closeNetwork({ network, nat, vmknics, tunnels, taps }: HostParts): Promise<void> {
  vmknics.stop();
  await tunnels.close();
  await taps.close();
  await network.close();
  nat.close();
}

async function openTunnels(parts: HostParts): Promise<void> {
  const { network, nat } = parts;
  const config = kept(parts, PATHS.tunnels, parseTunnels, () => ({ version: 1, tunnels: [] }) as const);
  parts.tunnels = new Tunnels(config, {
    ...{ networks: network.networks, outside: nat.outside, keep: keeper(parts, PATHS.tunnels) },
    nowMs: () => performance.now(),
    newMac: newUplinkMac,
  });
  await parts.tunnels.start((line) => parts.loggerOf('network').warning(line));
}

function openTaps(parts: HostParts): void {
  const config = kept(parts, PATHS.taps, parseTaps, () => ({ version: 1, taps: [] }) as const);
  const { networks } = parts.network;
  parts.taps = new Taps(config, { networks, newMac: newUplinkMac, keep: keeper(parts, PATHS.taps) });
  parts.taps.start((line) => parts.loggerOf('network').warning(line));
}

function newUplinkMac(): number {
  return 0x02_00_00_00_00_00 + secretRandom.nextU32();
}

function openVmknics(parts: HostParts): void {
  const { network } = parts;
  const stack = realStackHost();
  const keep = keeper(parts, PATHS.vmknics);
  let isNew = false;
  const first = () => {
    isNew = true;
    return firstVmknics(vmknicMac(stack.random.nextU32()));
  };
  const config = kept(parts, PATHS.vmknics, parseVmknics, first);
  // Its address is of chance: it stays what it is.
  if (isNew) keep(config);
  parts.vmknics = new Vmknics(config, {
    ...{ networks: network.networks, stack },
    changed: (after) => {
      keep(after);
      network.changed();
    },
    hostName: () => parts.settings.identity.fullName.split('.')[0] ?? '',
  });
  parts.vmknics.onStack = (made) => {
    openDoor(made, parts.nat.outside, {
      port: HTTPS_PORT,
      to: (connection) => management(parts, connection),
    });
  };
  parts.vmknics.start();
}

/** The HTTPS port, for who comes to an interface with the tag "Management" and the firewall lets in. */
function management(
  { vmknics, https, httpsPort, settings }: HostParts,
  { tuple }: TcpConnection,
): { address: string; port: number } | undefined {
  if (https === undefined || !vmknics.hasService(tuple.local.address, 'Management')) return undefined;
  if (!settings.firewall.mayConnect(HTTPS_RULES, ipText(tuple.remote.address))) return undefined;
  return { address: '127.0.0.1', port: httpsPort };
}

function keeper({ files, keeper }: HostParts, path: string): (config: object) => void {
  return (config) => {
    files.makeFolders(FOLDER);
    files.write(path, `${JSON.stringify(config, undefined, 2)}\n`);
    keeper.save();
  };
}

/** As it was kept. What is damaged does not keep the host from coming up: it has that of a new one then, and says so. */
function kept<T>(
  { files, loggerOf, notice }: HostParts,
  path: string,
  parse: (text: string, path: string) => T,
  first: () => T,
): T {
  const text = files.readTextIfThere(path);
  if (text === undefined) return first();
  try {
    return parse(text, path);
  } catch (error) {
    const line = `${reasonOf(error)}; the host has what a new one has`;
    loggerOf('network').error(line);
    notice(line);
    return first();
  }
}
