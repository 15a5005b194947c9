/** `esxcli network ip dns`: whom the host asks for names. */
import { type Command, command, failed } from '../command.ts';
import { present, required, str } from '../option.ts';
import { nothing, record } from '../output.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.Network';
const DOMAIN = { domain: required(str('d', 'The string name of a domain, such as example.com.')) };

export const NETWORK_IP_DNS_COMMANDS: readonly Command[] = [
  command({
    path: 'network ip dns server list',
    summary:
      'Print a list of the DNS server currently configured on the system in the order in which they will be used.',
    privilege: VIEW,
    needs: ['dns'],
    options: {},
    output: record('DNSServers', { DNSServers: 'string[]' }),
    run: ({ dns }) => ({ DNSServers: dns.state.servers }),
  }),
  command({
    path: 'network ip dns server add',
    summary: 'Add a new DNS server to the end of the list of DNS servers to use for this ESXi host.',
    privilege: CHANGE,
    needs: ['dns'],
    options: {
      server: required(
        str('s', 'The IP address (v4 or v6) of the DNS server to add to the DNS server list.'),
      ),
    },
    output: nothing(),
    run: ({ dns }, { server }) => dns.addServer(server),
  }),
  command({
    path: 'network ip dns server remove',
    summary: 'Remove a DNS server from the list of DNS servers to use for this ESXi host.',
    privilege: CHANGE,
    needs: ['dns'],
    options: {
      all: present('a', 'Remove all DNS server from the list of DNS servers to use for this ESXi host.'),
      server: str('s', 'The IP address (v4 or v6) of the DNS server to remove from the DNS server list.'),
    },
    output: nothing(),
    run: ({ dns }, { all, server }) => {
      if (all === (server !== undefined)) return failed('One of --all and --server must be given.');
      if (server === undefined) dns.clearServers();
      else dns.removeServer(server);
      return undefined;
    },
  }),
  command({
    path: 'network ip dns search list',
    summary:
      'List the search domains currently configured on the ESXi host in the order in which they will be used when searching.',
    privilege: VIEW,
    needs: ['dns'],
    options: {},
    output: record('DNSSearchDomains', { 'DNSSearch Domains': 'string[]' }),
    run: ({ dns }) => ({ 'DNSSearch Domains': dns.state.search }),
  }),
  command({
    path: 'network ip dns search add',
    summary:
      'Add a search domain to the list of domains to be searched when trying to resolve an host name on the ESXi host.',
    privilege: CHANGE,
    needs: ['dns'],
    options: DOMAIN,
    output: nothing(),
    run: ({ dns }, { domain }) => dns.addSearch(domain),
  }),
  command({
    path: 'network ip dns search remove',
    summary:
      'Remove a search domain from the list of domains to be searched when trying to resolve an host name on the ESXi host.',
    privilege: CHANGE,
    needs: ['dns'],
    options: DOMAIN,
    output: nothing(),
    run: ({ dns }, { domain }) => dns.removeSearch(domain),
  }),
];
