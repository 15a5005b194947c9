/** The way out of a host that needs no privileges: a NAT of ours at the end of an uplink, over the host's own sockets. */
import { cable, FIRST_UPLINK, Nat, type NatNetwork, type Outside, type UplinkDevice } from '#net';
import { nodeOutside } from './node-outside.ts';
import { realStackHost } from './stack-host.ts';

const SPEED_MBPS = 10_000;
/** Addresses of our own making: those of the uplink, and of the gateway behind it. */
const UPLINK_MAC = 0x02_00_00_00_00_01;
const GATEWAY_MAC = 0x02_00_00_00_00_02;

export interface NatUplink {
  readonly device: UplinkDevice;
  readonly nat: Nat;
  readonly outside: Outside;
  close(): void;
}

export function openNatUplink({
  name = FIRST_UPLINK,
  network,
}: {
  name?: string;
  network?: NatNetwork;
} = {}): NatUplink {
  const [link, far] = cable();
  const outside = nodeOutside();
  const nat = new Nat({ link: far, mac: GATEWAY_MAC, ...(network && { network }) }, realStackHost(), outside);
  return {
    ...{ nat, outside },
    device: { name, link, mac: UPLINK_MAC, driver: 'nat', speedMbps: SPEED_MBPS },
    close: () => {
      nat.close();
      outside.close();
    },
  };
}
