/**
 * The firewall's rule sets as a table.
 * Origin: names, labels, defaults and ports as VMware ESXi has them, facts gathered from its own lists.
 */

export interface FirewallRule {
  readonly direction: 'inbound' | 'outbound';
  readonly protocol: 'tcp' | 'udp';
  /** Which port of a packet the rule looks at. */
  readonly portType: 'dst' | 'src';
  readonly firstPort: number;
  readonly lastPort: number;
}

export interface RulesetRow {
  readonly key: string;
  readonly label: string;
  /** Until somebody changes it. */
  readonly enabled: boolean;
  /** The service that it belongs to; empty: none. */
  readonly service: string;
  readonly rules: readonly FirewallRule[];
}

type Row = readonly [key: string, label: string, enabled: boolean, service: string, rules: string];

/** Rules are `in|out:tcp|udp/FIRST[-LAST]`, an `s` behind it for source ports. */
// biome-ignore format: a table reads in columns
const ROWS: readonly Row[] = [
  ['CIMHttpServer', 'CIM Server', true, 'sfcbd-watchdog', 'in:tcp/5988'],
  ['CIMHttpsServer', 'CIM Secure Server', true, 'sfcbd-watchdog', 'in:tcp/5989'],
  ['CIMSLP', 'CIM SLP', true, '', 'in:udp/427 out:udp/427 in:tcp/427 out:tcp/427'],
  ['DHCPv6', 'DHCPv6', true, '', 'out:tcp/547 in:tcp/546 out:udp/547 in:udp/546'],
  ['DVFilter', 'DVFilter', false, '', 'in:tcp/2222'],
  ['DVSSync', 'DVSSync', true, '', 'out:udp/8302 in:udp/8301 out:udp/8301 in:udp/8302'],
  ['HBR', 'HBR', true, '', 'out:tcp/31031 out:tcp/44046'],
  ['NFC', 'NFC', true, '', 'in:tcp/902 out:tcp/902'],
  ['WOL', 'WOL', true, '', 'out:udp/9'],
  ['activeDirectoryAll', 'Active Directory All', false, '', 'out:udp/88 out:tcp/88 out:udp/123 out:udp/137 out:tcp/139 out:tcp/389 out:udp/389 out:tcp/445 out:udp/464 out:tcp/464 out:tcp/3268 out:tcp/7476 in:tcp/2020'],
  ['cmmds', 'Virtual SAN Clustering Service', false, '', 'in:udp/12345 in:udp/23451 out:udp/12345 out:udp/23451 in:udp/12321 out:udp/12321'],
  ['dhcp', 'DHCP Client', true, '', 'in:udp/68 out:udp/68s'],
  ['dns', 'DNS Client', true, '', 'in:udp/53 out:udp/53 out:tcp/53'],
  ['esxupdate', 'esxupdate', false, '', 'out:tcp/443'],
  ['faultTolerance', 'Fault Tolerance', true, '', 'out:tcp/80 in:tcp/8300 out:tcp/8300'],
  ['ftpClient', 'FTP Client', false, '', 'out:tcp/21 in:tcp/20s'],
  ['gdbserver', 'gdbserver', false, '', 'in:tcp/1000-9999 in:tcp/50000-50999'],
  ['httpClient', 'httpClient', false, '', 'out:tcp/80 out:tcp/443'],
  ['iSCSI', 'Software iSCSI Client', false, '', 'out:tcp/3260'],
  ['iofiltervp', 'iofiltervp', true, '', 'in:tcp/9080'],
  ['ipfam', 'NSX Distributed Logical Router Service', false, '', 'in:udp/6999 out:udp/6999'],
  ['nfs41Client', 'nfs41Client', false, '', 'out:tcp/0-65535'],
  ['nfsClient', 'NFS Client', false, '', 'out:tcp/0-65535'],
  ['ntpClient', 'NTP Client', false, 'ntpd', 'out:udp/123'],
  ['pvrdma', 'pvrdma', false, '', 'out:tcp/28250-28761 in:tcp/28250-28761'],
  ['rabbitmqproxy', 'rabbitmqproxy', true, '', 'out:tcp/5671'],
  ['rdt', 'Virtual SAN Transport', false, '', 'in:tcp/2233 out:tcp/2233'],
  ['remoteSerialPort', 'VM serial port connected over network', false, '', 'out:tcp/0-65535 in:tcp/23 in:tcp/1024-65535'],
  ['snmp', 'SNMP Server', true, 'snmpd', 'in:udp/161'],
  ['sshClient', 'SSH Client', false, '', 'out:tcp/22'],
  ['sshServer', 'SSH Server', true, '', 'in:tcp/22'],
  ['syslog', 'syslog', false, '', 'out:udp/514 out:tcp/514 out:tcp/1514'],
  ['updateManager', 'vCenter Update Manager', true, '', 'out:tcp/80 out:tcp/9000-9100'],
  ['vMotion', 'vMotion', true, '', 'in:tcp/8000 out:tcp/8000'],
  ['vSPC', 'VM serial port connected to vSPC', false, '', 'out:tcp/0-65535'],
  ['vSphereClient', 'vSphere Web Client', true, '', 'in:tcp/902 in:tcp/443'],
  ['vpxHeartbeats', 'VMware vCenter Agent', true, 'vpxa', 'out:udp/902'],
  ['vsanEncryption', 'vsanEncryption', false, '', 'out:tcp/0-65535'],
  ['vsanhealth-multicasttest', 'vsanhealth-multicasttest', false, '', 'out:udp/5001 in:udp/5001'],
  ['vsanvp', 'vsanvp', false, '', 'in:tcp/8080 out:tcp/8080'],
  ['vvold', 'vvold', false, '', 'out:tcp/0-65535'],
  ['webAccess', 'vSphere Web Access', true, '', 'in:tcp/80'],
];

export const RULESETS: readonly RulesetRow[] = ROWS.map(([key, label, enabled, service, rules]) => ({
  ...{ key, label, enabled, service, rules: rules.split(' ').map(rule) },
}));

function rule(text: string): FirewallRule {
  const [, way, protocol, first, last, source] =
    /^(in|out):(tcp|udp)\/(\d+)(?:-(\d+))?(s?)$/.exec(text) ?? [];
  return {
    direction: way === 'in' ? 'inbound' : 'outbound',
    protocol: protocol as 'tcp' | 'udp',
    portType: source === 's' ? 'src' : 'dst',
    firstPort: Number(first),
    lastPort: Number(last ?? first),
  };
}
