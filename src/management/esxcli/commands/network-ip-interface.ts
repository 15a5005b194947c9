/** `esxcli network ip interface` and `ip route ipv4`: the kernel's own interfaces. */
import { ipText, parseIp, parseMask, SERVICE_NAMES } from '#net';
import { present } from '../../present.ts';
import { type Command, command, type Failed, failed } from '../command.ts';
import { bool, long, oneOf, required, str } from '../option.ts';
import { nothing, records, table, texts } from '../output.ts';
import type { NetworkPort, VmknicRow } from '../ports/network.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.Network';
const NONE = '0.0.0.0';
const NO_ID = 'N/A';
const DEFAULT_STACK = 'defaultTcpipStack';
/** What a packet has beside the data of TCP, and what offloading takes at once. */
const TSO_MSS = 65_535;
const INTERFACE = str('i', 'The name of the VMkernel network interface, such as vmk0.');
const STACK = str('N', 'The network stack instance; without it, all of them or the default one.');
const TAG = {
  'interface-name': required(INTERFACE),
  tagname: required(str('t', `The tag: ${SERVICE_NAMES.join(', ')}.`)),
};
const ROUTE = {
  gateway: required(str('g', 'The IPv4 address of the gateway.')),
  network: required(str('n', 'The network that the route is for: "default", or 0.0.0.0/0.')),
  netstack: STACK,
};

export const NETWORK_IP_INTERFACE_COMMANDS: readonly Command[] = [
  command({
    path: 'network ip interface list',
    summary: 'This command will list the VMkernel network interfaces currently known to the system.',
    privilege: VIEW,
    needs: ['network'],
    options: { netstack: STACK },
    output: records(
      'VMKernelInterface',
      {
        Name: 'string',
        'MAC Address': 'string',
        Enabled: 'boolean',
        Portset: 'string',
        Portgroup: 'string',
        'Netstack Instance': 'string',
        'VDS Name': 'string',
        'VDS UUID': 'string',
        'VDS Port': 'string',
        'VDS Connection': 'integer',
        'Opaque Network ID': 'string',
        'Opaque Network Type': 'string',
        'External ID': 'string',
        MTU: 'integer',
        'TSO MSS': 'integer',
        'RXDispQueue Size': 'integer',
        'Port ID': 'integer',
      },
      ({ Name }) => Name ?? '',
    ),
    run: ({ network }, { netstack }) =>
      ofStack(network, netstack).map((one) => ({
        ...{ Name: one.name, 'MAC Address': one.mac, Enabled: one.isUp, Portset: one.switch },
        ...{ Portgroup: one.portGroup, 'Netstack Instance': one.stack },
        ...{ 'VDS Name': NO_ID, 'VDS UUID': NO_ID, 'VDS Port': NO_ID, 'VDS Connection': -1 },
        ...{ 'Opaque Network ID': NO_ID, 'Opaque Network Type': NO_ID, 'External ID': NO_ID },
        ...{ MTU: one.mtuBytes, 'TSO MSS': TSO_MSS, 'RXDispQueue Size': 1, 'Port ID': one.portId ?? 0 },
      })),
  }),
  command({
    path: 'network ip interface add',
    summary: 'Add a new VMkernel network interface.',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      'interface-name': str('i', 'Its name: the first one that is free, which it has without this option.'),
      'mac-address': str('M', 'Its MAC address; without this option the host chooses one.'),
      mtu: long('m', 'The MTU of the interface.'),
      netstack: str('N', 'The network stack instance; without it, the default one.'),
      'portgroup-name': required(str('p', 'The name of the port group to add it to.')),
    },
    output: nothing(),
    run: ({ network }, { mtu, netstack, ...given }) => {
      const [name, mac] = [given['interface-name'], given['mac-address']];
      const { nextName } = network.own;
      if (name !== undefined && name !== nextName)
        return failed(`The name of the next interface is ${nextName}.`);
      network.own.add({
        portGroup: given['portgroup-name'],
        ...present({ mac, mtuBytes: mtu, stack: netstack }),
      });
      return undefined;
    },
  }),
  command({
    path: 'network ip interface remove',
    summary: 'Remove a VMkernel network interface from the ESXi host.',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      'interface-name': INTERFACE,
      netstack: STACK,
      'portgroup-name': str('p', 'The port group whose interface is to be removed.'),
    },
    output: nothing(),
    run: ({ network }, { netstack, ...given }) => {
      const [name, group] = [given['interface-name'], given['portgroup-name']];
      if ((name === undefined) === (group === undefined))
        return failed('One of --interface-name and --portgroup-name must be given.');
      const [found, ...more] = ofStack(network, netstack).filter(
        (one) => one.name === name || one.portGroup === group,
      );
      if (found === undefined || more.length > 0) return failed('There is not one such interface.');
      network.own.remove(found.name);
      return undefined;
    },
  }),
  command({
    path: 'network ip interface set',
    summary: 'This command sets the enabled status and MTU size of a given IP interface',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      enabled: bool('e', 'Set to true to enable the interface; none is disabled here.'),
      'interface-name': required(INTERFACE),
      mtu: long('m', 'The MTU to set.'),
    },
    output: nothing(),
    run: ({ network }, { enabled, mtu, ...given }) => {
      if (enabled === false) return failed('An interface cannot be disabled: remove it, or its address.');
      network.own.set(given['interface-name'], mtu === undefined ? {} : { mtuBytes: mtu });
      return undefined;
    },
  }),
  command({
    path: 'network ip interface ipv4 get',
    summary: 'Get IPv4 settings for VMkernel network interfaces.',
    privilege: VIEW,
    needs: ['network'],
    options: { 'interface-name': INTERFACE, netstack: STACK },
    output: table('IPv4Interface', {
      Name: 'string',
      'IPv4 Address': 'string',
      'IPv4 Netmask': 'string',
      'IPv4 Broadcast': 'string',
      'Address Type': 'string',
      Gateway: 'string',
      'DHCP DNS': 'boolean',
    }),
    run: ({ network }, { netstack, ...given }) =>
      ofStack(network, netstack)
        .filter(({ name }) => name === (given['interface-name'] ?? name))
        .map(({ name, address, netmask, broadcast, gateway, isDhcp }) => ({
          Name: name,
          'IPv4 Address': address ?? NONE,
          'IPv4 Netmask': netmask ?? NONE,
          'IPv4 Broadcast': broadcast ?? NONE,
          'Address Type': isDhcp ? 'DHCP' : address === undefined ? 'NONE' : 'STATIC',
          Gateway: gateway ?? NONE,
          'DHCP DNS': false,
        })),
  }),
  command({
    path: 'network ip interface ipv4 set',
    summary: 'Configure IPv4 setting for a given VMkernel network interface.',
    privilege: CHANGE,
    needs: ['network'],
    options: {
      gateway: str('g', 'The default gateway of its network stack; only with a static address.'),
      'interface-name': required(INTERFACE),
      ipv4: str('I', 'The static IPv4 address.'),
      netmask: str('N', 'The static IPv4 netmask.'),
      'peer-dns': bool('P', 'Whether the name servers of DHCP are used; they are not here.'),
      type: required(oneOf('t', ['dhcp', 'none', 'static'], 'How the interface gets its address.')),
    },
    output: nothing(),
    run: ({ network }, given) => setAddress(network, given),
  }),
  command({
    path: 'network ip interface tag get',
    summary: 'Gets the tags set on the given VMkernel network interface.',
    privilege: VIEW,
    needs: ['network'],
    options: { 'interface-name': required(INTERFACE) },
    output: texts(),
    run: ({ network }, args) =>
      withInterface(network, args['interface-name'], ({ services }) => [`Tags: ${services.join(', ')}`]),
  }),
  ...(['add', 'remove'] as const).map((word) =>
    command({
      path: `network ip interface tag ${word}`,
      summary: `${word === 'add' ? 'Adds a tag on' : 'Removes a tag from'} a given VMkernel network interface.`,
      privilege: CHANGE,
      needs: ['network'],
      options: TAG,
      output: nothing(),
      run: ({ network }, { tagname, ...args }) =>
        withInterface(network, args['interface-name'], ({ name }) => {
          const tag = SERVICE_NAMES.find((one) => one.toLowerCase() === tagname.toLowerCase());
          if (tag === undefined) return failed(`There is no tag "${tagname}": ${SERVICE_NAMES.join(', ')}.`);
          network.own.setService(name, tag, word === 'add');
          return undefined;
        }),
    }),
  ),
  command({
    path: 'network ip route ipv4 list',
    summary: 'List configured IPv4 routes',
    privilege: VIEW,
    needs: ['network'],
    options: { netstack: STACK },
    output: table('IPv4Route', {
      Network: 'string',
      Netmask: 'string',
      Gateway: 'string',
      Interface: 'string',
      Source: 'string',
    }),
    run: ({ network }, { netstack = DEFAULT_STACK }) => {
      const own = ofStack(network, netstack);
      const near = own.flatMap(({ name, address, netmask }) => {
        if (address === undefined || netmask === undefined) return [];
        const net = networkText(address, netmask);
        return [{ Network: net, Netmask: netmask, Gateway: NONE, Interface: name, Source: 'MANUAL' }];
      });
      const gateway = network.own.gatewayOf(netstack);
      const over = own.find(
        ({ address, netmask }) =>
          address !== undefined &&
          netmask !== undefined &&
          networkText(address, netmask) === networkText(gateway ?? '', netmask),
      );
      if (gateway === undefined || over === undefined) return near;
      const Source = over.isDhcp ? 'DHCP' : 'MANUAL';
      return [{ Network: 'default', Netmask: NONE, Gateway: gateway, Interface: over.name, Source }, ...near];
    },
  }),
  ...(['add', 'remove'] as const).map((word) =>
    command({
      path: `network ip route ipv4 ${word}`,
      summary: word === 'add' ? 'Add IPv4 route to the VMkernel.' : 'Remove IPv4 route',
      privilege: CHANGE,
      needs: ['network'],
      options: ROUTE,
      output: nothing(),
      run: ({ network: host }, { gateway, network, netstack = DEFAULT_STACK }) => {
        if (network !== 'default' && network !== '0.0.0.0/0')
          return failed('Only the default route can be set: the others are the networks of interfaces.');
        if (word === 'remove' && host.own.gatewayOf(netstack) !== gateway)
          return failed(`The gateway of ${netstack} is not ${gateway}.`);
        host.own.setGateway(netstack, word === 'add' ? gateway : undefined);
        return undefined;
      },
    }),
  ),
];

function ofStack(network: NetworkPort, stack: string | undefined): readonly VmknicRow[] {
  return network.vmknics().filter((one) => one.stack === (stack ?? one.stack));
}

function withInterface<T>(network: NetworkPort, name: string, use: (row: VmknicRow) => T): T | Failed {
  const found = network.vmknics().find((one) => one.name === name);
  return found === undefined ? failed(`There is no VMkernel network interface "${name}".`) : use(found);
}

function networkText(address: string, netmask: string): string {
  const [own = 0, mask = 0] = [parseIp(address), parseIp(netmask)];
  return ipText(own & mask);
}

interface AddressGiven {
  readonly type: 'dhcp' | 'none' | 'static';
  readonly 'interface-name': string;
  readonly ipv4: string | undefined;
  readonly netmask: string | undefined;
  readonly gateway: string | undefined;
  readonly 'peer-dns': boolean | undefined;
}

function setAddress(network: NetworkPort, given: AddressGiven): Failed | undefined {
  const { type, ipv4, netmask, gateway } = given;
  const name = given['interface-name'];
  if (given['peer-dns'] === true) return failed('The name servers of DHCP are not used.');
  if (type !== 'static') {
    if (ipv4 !== undefined || netmask !== undefined || gateway !== undefined)
      return failed(`With type ${type} no address, netmask and gateway can be given.`);
    network.own.set(name, { address: type });
    return undefined;
  }
  const before = network.vmknics().find((one) => one.name === name);
  const prefix = parseMask(netmask ?? before?.netmask ?? '');
  const address = ipv4 ?? before?.address;
  if (address === undefined) return failed('A static address must be given: -I|--ipv4.');
  if (prefix === undefined) return failed('A netmask must be given: -N|--netmask.');
  network.own.set(name, { address, prefix });
  if (gateway !== undefined) network.own.setGateway(before?.stack ?? DEFAULT_STACK, gateway);
  return undefined;
}
