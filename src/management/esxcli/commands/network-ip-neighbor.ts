/** `esxcli network ip neighbor`: who the kernel's own interfaces have heard of on their links. */
import { type Command, command, failed } from '../command.ts';
import { required, str } from '../option.ts';
import { nothing, table } from '../output.ts';
import type { NetworkPort } from '../ports/network.ts';

const MS = 1000;
const NETSTACK = str('N', 'The network stack instance; without it, all of them.');
const IPV6 = 'There is no IPv6 here: the version is 4.';

export const NETWORK_IP_NEIGHBOR_COMMANDS: readonly Command[] = [
  command({
    path: 'network ip neighbor list',
    summary: 'List ARP table entries',
    privilege: 'System.View',
    needs: ['network'],
    options: {
      'interface-name': str('i', 'The VMkernel network interface to list the neighbors of.'),
      netstack: NETSTACK,
      version: str('v', 'The IP version of the neighbors: 4, 6 or all.'),
    },
    output: table('Neighbor', {
      Neighbor: 'string',
      'Mac Address': 'string',
      Vmknic: 'string',
      Expiry: 'string',
      State: 'string',
      Type: 'string',
    }),
    run: ({ network }, { netstack, version = 'all', ...given }) => {
      if (!['4', '6', 'all'].includes(version)) return failed(`"${version}" is none of 4, 6, all.`);
      const names = namesOf(network, netstack, given['interface-name']);
      const known = version === '6' ? [] : network.own.neighbours();
      return known
        .filter(({ vmknic }) => names.includes(vmknic))
        .map(({ address, mac, vmknic, leftMs }) => ({
          ...{ Neighbor: address, 'Mac Address': mac, Vmknic: vmknic },
          ...{ Expiry: `${Math.ceil(leftMs / MS)} sec`, State: '', Type: 'Unknown' },
        }));
    },
  }),
  command({
    path: 'network ip neighbor remove',
    summary: 'Remove ARP table entries',
    privilege: 'Host.Config.Network',
    needs: ['network'],
    options: {
      'interface-name': str(
        'i',
        'The VMkernel network interface that is to forget it; without it, all of them.',
      ),
      'neighbor-addr': required(str('a', 'The IPv4 address of the neighbor.')),
      netstack: NETSTACK,
      version: required(str('v', 'The IP version of the neighbor: 4.')),
    },
    output: nothing(),
    run: ({ network }, { netstack, version, ...given }) => {
      if (version !== '4') return failed(IPV6);
      const address = given['neighbor-addr'];
      const names = namesOf(network, netstack, given['interface-name']);
      const found = network.own
        .neighbours()
        .filter((one) => one.address === address && names.includes(one.vmknic));
      if (found.length === 0) return failed(`There is no neighbor ${address}.`);
      for (const { vmknic } of found) network.own.forgetNeighbour(vmknic, address);
      return undefined;
    },
  }),
];

/** The interfaces of a stack, or one of them. */
function namesOf(network: NetworkPort, stack: string | undefined, name: string | undefined): string[] {
  const rows = network.vmknics().filter((one) => one.stack === (stack ?? one.stack));
  return rows.map((one) => one.name).filter((one) => one === (name ?? one));
}
