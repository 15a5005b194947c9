// Dialogues with esxcli about settings: syslog, advanced options, firewall, DNS, NTP, networks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EsxcliHost } from './host.ts';
import { run, testHost } from './testing.ts';

type Dialogue = readonly (readonly [line: string, output: string | RegExp])[];

async function talk(dialogue: Dialogue): Promise<EsxcliHost & { readonly log: string[] }> {
  const host = testHost();
  for (const [line, expected] of dialogue) {
    const { output, error, status } = await run(host, line);
    const said = output + error;
    if (typeof expected === 'string') assert.equal(said, expected, line);
    else assert.match(said, expected, line);
    assert.equal(status, error === '' ? 0 : 1, line);
  }
  return host;
}

// biome-ignore format: a table reads in columns
const DIALOGUES: Readonly<Record<string, Dialogue>> = {
  'system syslog config': [
    ['system syslog config get',                                      /Local Log Output: \/var\/log\n {3}Local Log Output Is Configured: false\n[\s\S]*Remote Host: <none>\n/],
    ['system syslog config set --loghost=udp://a,ssl://[::1]:6514?formatter=RFC_5424 --default-size=2048', ''],
    ['--formatter=keyvalue system syslog config get',                 /^SyslogGlobal\.RemoteHost\.string=udp:\/\/a,ssl:\/\/\[::1\]:6514\?formatter=RFC_5424$/m],
    ['system syslog config get',                                      /Local Logging Default Rotation Size: 2048\n/],
    ['system syslog config set --loghost=ftp://a --default-size=512', /^Cannot set Syslog\.global\.logHost to "ftp:\/\/a": "ftp" is none of udp, tcp, ssl\n$/],
    ['system syslog config get',                                      /Local Logging Default Rotation Size: 2048\n/],
    ['system syslog config set --default-rotate 101',                 /it is an integer in 0 … 100/],
    ['system syslog config set --reset=loghost,default-size',         ''],
    ['system syslog config get',                                      /Rotation Size: 1024\n[\s\S]*Remote Host: <none>/],
    ['system syslog config set --reset=nothing',                      "There is no parameter 'nothing' to reset.\n"],
    ['system syslog config set',                                      'There is nothing to set.\n'],
  ],
  'system syslog config logger': [
    ['system syslog config logger list',                              /^vmkernel\n {3}Description: VMkernel logs\n {3}Destination: vmkernel\.log\n {3}ID: vmkernel\n {3}Rotation Size: 1024\n {3}Rotations: 8\n\nvmkwarning\n/],
    ['system syslog config logger set --id=hostd --rotate=20 --size=4096', ''],
    ['system settings advanced list -o /Syslog/loggers/hostd/size',   /Int Value: 4096\n {3}Default Int Value: 10240\n/],
    ['system syslog config logger set --id=hostd --reset=size',       ''],
    ['system settings advanced list -d -t /Syslog/loggers',           /^ {3}Path: \/Syslog\/loggers\/hostd\/rotate\n(?:.*\n){9}$/],
    ['system syslog config logger set --id=nobody --size=1',          "There is no logger 'nobody'.\n"],
  ],
  'system settings advanced': [
    ['system settings advanced list -o /Mem/MemZipMaxAllocPct',           '   Path: /Mem/MemZipMaxAllocPct\n   Type: integer\n   Int Value: 50\n   Default Int Value: 50\n   Min Value: 5\n   Max Value: 100\n   String Value: \n   Default String Value: \n   Valid Characters: \n   Description: Size of the compression cache at most, in percent of a VM\'s allocated memory\n'],
    ['system settings advanced set -o /Mem/MemZipMaxAllocPct -i 4',       'Cannot set Mem.MemZipMaxAllocPct to 4: it is an integer in 5 … 100\n'],
    ['system settings advanced set -o Mem.MemZipMaxAllocPct -i 10',       ''],
    ['system settings advanced set -o /Syslog/global/logDirUnique -i 1', ''],
    ["system settings advanced set -o /Annotations/WelcomeMessage -s 'hello there'", ''],
    ['--formatter=csv --format-param=fields=Path,IntValue,StringValue system settings advanced list -d', 'IntValue,Path,StringValue,\n,/Annotations/WelcomeMessage,hello there,\n10,/Mem/MemZipMaxAllocPct,,\n1,/Syslog/global/logDirUnique,,\n'],
    ['system settings advanced set -o /Mem/MemZipMaxAllocPct -d',         ''],
    ['system settings advanced set -o /Mem/MemZipMaxAllocPct -s x',       'Mem.MemZipMaxAllocPct is set by --int-value.\n'],
    ['system settings advanced set -o /Mem/MemZipMaxAllocPct',            /^One of --default, --int-value and --string-value/],
    ['system settings advanced list -o /Net/ENOENT',                  'There is no option "Net.ENOENT"\n'],
    ['system settings advanced list -t /Nothing',                     'There is no option "/Nothing"\n'],
  ],
  'network firewall': [
    ['network firewall get',                                          '   Default Action: DROP\n   Enabled: true\n   Loaded: true\n'],
    ['network firewall set -d true -e false',                         ''],
    ['network firewall unload',                                       ''],
    ['network firewall get',                                          '   Default Action: PASS\n   Enabled: false\n   Loaded: false\n'],
    ['network firewall ruleset list -r syslog',                       'Name    Enabled\n------  -------\nsyslog    false\n'],
    ['network firewall ruleset set --ruleset-id=syslog --enabled=true --allowed-all=false', ''],
    ['network firewall ruleset allowedip add -r syslog -i 192.0.2.0/24', ''],
    ['network firewall ruleset allowedip add -r syslog -i 2001:DB8::1', ''],
    ['network firewall ruleset allowedip list -r syslog',             'Ruleset  Allowed IP Addresses     \n-------  -------------------------\nsyslog   192.0.2.0/24, 2001:db8::1\n'],
    ['network firewall ruleset allowedip remove -r syslog -i 192.0.2.0/24', ''],
    ['network firewall ruleset allowedip add -r syslog -i 192.0.2',   'Cannot use an address for rule set "syslog": "192.0.2" is no address and no network\n'],
    ['network firewall ruleset rule list -r syslog',                  'Ruleset  Direction  Protocol  Port Type  Port Begin  Port End\n-------  ---------  --------  ---------  ----------  --------\nsyslog   Outbound   UDP       Dst               514       514\nsyslog   Outbound   TCP       Dst               514       514\nsyslog   Outbound   TCP       Dst              1514      1514\n'],
    ['network firewall ruleset set -r nothing -e true',               'Cannot find rule set "nothing": there is none of that name\n'],
  ],
  'network ip dns': [
    ['network ip dns server add -s 192.0.2.53',                       ''],
    ['network ip dns server list',                                    '   DNSServers: 192.0.2.53\n'],
    ['network ip dns server remove -a -s 192.0.2.53',                 'One of --all and --server must be given.\n'],
    ['network ip dns server remove -a',                               ''],
    ['network ip dns server list',                                    '   DNSServers: \n'],
    ['network ip dns search add -d example.com',                      ''],
    ['network ip dns search list',                                    '   DNSSearch Domains: example.com\n'],
    ['network ip dns search remove -d example.org',                   'Cannot set search domain to "example.org": there is none like it to remove\n'],
  ],
  'network ip interface': [
    ['network ip interface list',                                     /^vmk0\n {3}Name: vmk0\n {3}MAC Address: 00:50:56:60:00:01\n {3}Enabled: true\n {3}Portset: vSwitch0\n {3}Portgroup: Management Network\n {3}Netstack Instance: defaultTcpipStack\n[\s\S]* {3}MTU: 1500\n/],
    ["network ip interface add -p 'VM Network' -i vmk7",              'The name of the next interface is vmk1.\n'],
    ["network ip interface add -p 'VM Network' -N vmotion -m 1400",   ''],
    ['network ip interface ipv4 set -i vmk1 -t static -I 10.0.2.9',   'A netmask must be given: -N|--netmask.\n'],
    ['network ip interface ipv4 set -i vmk1 -t static -I 10.0.2.9 -N 255.0.255.0', 'A netmask must be given: -N|--netmask.\n'],
    ['network ip interface ipv4 set -i vmk1 -t static -I 10.0.2.9 -N 255.255.255.0 -g 10.0.2.2', ''],
    ['network ip interface ipv4 get -N vmotion',                      'Name  IPv4 Address  IPv4 Netmask   IPv4 Broadcast  Address Type  Gateway   DHCP DNS\n----  ------------  -------------  --------------  ------------  --------  --------\nvmk1  10.0.2.9      255.255.255.0  10.0.2.255      STATIC        10.0.2.2     false\n'],
    ['network ip route ipv4 list -N vmotion',                         'Network   Netmask        Gateway   Interface  Source\n--------  -------------  --------  ---------  ------\ndefault   0.0.0.0        10.0.2.2  vmk1       MANUAL\n10.0.2.0  255.255.255.0  0.0.0.0   vmk1       MANUAL\n'],
    ['network ip route ipv4 remove -N vmotion -n default -g 10.0.2.3', 'The gateway of vmotion is not 10.0.2.3.\n'],
    ['network ip route ipv4 remove -N vmotion -n default -g 10.0.2.2', ''],
    ['network ip route ipv4 add -N vmotion -n 10.1.0.0/16 -g 10.0.2.2', /^Only the default route can be set/],
    ['network ip route ipv4 add -N vmotion -n default -g 10.0.2.3',   ''],
    ['network ip interface tag add -i vmk1 -t vmotion',               ''],
    ['network ip interface tag add -i vmk1 -t Management',            ''],
    ['network ip interface tag get -i vmk1',                          /Tags: VMotion, Management/],
    ['network ip interface tag remove -i vmk1 -t Management',         ''],
    ['network ip interface tag add -i vmk1 -t nothing',               /^There is no tag "nothing": Management, VMotion/],
    ['network ip interface ipv4 set -i vmk1 -t dhcp -g 10.0.2.2',     'With type dhcp no address, netmask and gateway can be given.\n'],
    ['network ip interface ipv4 set -i vmk1 -t dhcp',                 ''],
    ['--formatter=csv --format-param=fields=Name,AddressType network ip interface ipv4 get -i vmk1', 'AddressType,Name,\nDHCP,vmk1,\n'],
    ['network ip interface ipv4 set -i vmk1 -t none',                 ''],
    ['network ip interface set -i vmk1 -m 9000',                      ''],
    ['network ip interface set -i vmk1 -e false',                     /^An interface cannot be disabled/],
    ['network ip interface set -i vmk9 -m 9000',                      'there is no VMkernel interface "vmk9"\n'],
    ['network ip interface remove -i vmk1',                           ''],
    ["network ip interface remove -p 'VM Network'",                   'There is not one such interface.\n'],
  ],
  'network ip neighbor': [
    ['network ip neighbor list',                                      'Neighbor  Mac Address        Vmknic  Expiry   State  Type   \n--------  -----------------  ------  -------  -----  -------\n10.0.2.6  02:00:00:00:00:09  vmk0    600 sec         Unknown\n'],
    ['--formatter=csv --format-param=fields=Neighbor network ip neighbor list -i vmk1', 'Neighbor,\n'],
    ['--formatter=csv --format-param=fields=Neighbor network ip neighbor list -v 6', 'Neighbor,\n'],
    ['network ip neighbor list -v 5',                                 '"5" is none of 4, 6, all.\n'],
    ['network ip neighbor remove -a 10.0.2.6 -v 6',                   'There is no IPv6 here: the version is 4.\n'],
    ['network ip neighbor remove -a 10.0.2.7 -v 4',                   'There is no neighbor 10.0.2.7.\n'],
    ['network ip neighbor remove -a 10.0.2.6 -v 4 -i vmk0',           ''],
    ['network ip neighbor remove -a 10.0.2.6 -v 4',                   'There is no neighbor 10.0.2.6.\n'],
  ],
  'network vswitch standard': [
    ['network vswitch standard list -v vSwitch0',                     'vSwitch0\n   Name: vSwitch0\n   Class: cswitch\n   Num Ports: 128\n   Used Ports: 2\n   Configured Ports: 128\n   MTU: 1500\n   CDP Status: down\n   Beacon Enabled: false\n   Beacon Interval: 1\n   Beacon Threshold: 3\n   Beacon Required By: \n   Uplinks: vmnic0\n   Portgroups: VM Network, Management Network\n'],
    ['network vswitch standard add -v inner',                         ''],
    ['network vswitch standard set -v inner -m 9000',                 ''],
    ['network vswitch standard set -v inner -m 5',                    /MTU of 5/],
    ['network vswitch standard portgroup add -v inner -p lab',        ''],
    ['network vswitch standard portgroup set -p lab -v 4096',         'VLAN 4096 is not in 0 … 4095\n'],
    ['network vswitch standard portgroup set -p lab -v 30',           ''],
    ['network vswitch standard portgroup list',                       /lab +inner +0 +30\n/],
    ['network vswitch standard policy security set -v inner -o true', ''],
    ['network vswitch standard portgroup policy security set -p lab -f true', ''],
    ['network vswitch standard portgroup policy security get -p lab', '   Allow Promiscuous: true\n   Allow MAC Address Change: false\n   Allow Forged Transmits: true\n'],
    ['network vswitch standard portgroup policy security set -p lab -u', ''],
    ['network vswitch standard portgroup policy security get -p lab', /Allow Forged Transmits: false/],
    ['network vswitch standard policy shaping set -v inner -e true -b 1000 -k 2000 -t 100', ''],
    ['network vswitch standard portgroup policy shaping get -p lab',  '   Enabled: true\n   Average Bandwidth: 1000\n   Peak Bandwidth: 2000\n   Burst Size: 100\n'],
    ['network vswitch standard policy failover get -v vSwitch0',      '   Load Balancing: srcport\n   Network Failure Detection: link\n   Notify Switches: true\n   Failback: true\n   Active Adapters: vmnic0\n   Standby Adapters: \n   Unused Adapters: \n'],
    ['network vswitch standard policy failover set -v inner -a vmnic0', 'virtual switch "inner" has no uplink "vmnic0"\n'],
    ['network vswitch standard policy failover set -v inner',         'There is nothing to set.\n'],
    ['network vswitch standard uplink remove -v vSwitch0 -u vmnic0',  ''],
    ['network vswitch standard uplink add -v inner -u vmnic0',        ''],
    ['network vswitch standard uplink add -v vSwitch0 -u vmnic0',     'uplink "vmnic0" is used by virtual switch "inner"\n'],
    ['network vswitch standard remove -v vSwitch0',                   'virtual switch "vSwitch0" is in use by web.eth0, vmk0\n'],
    ['network vswitch standard portgroup remove -v vSwitch0 -p lab',  'Virtual switch "vSwitch0" has no port group "lab".\n'],
    ['network vswitch standard portgroup remove -v inner -p lab',     ''],
    ['network vswitch standard remove -v inner',                      ''],
    ['network vswitch standard list -v inner',                        'There is no virtual switch "inner".\n'],
  ],
  'network vm': [
    ['network vm list',                                               /^World ID +Name +Num Ports +Networks *\n-[- ]*\n +7 +web +1 +VM Network\n/],
    ['network vm port list -w 7',                                     /Port ID: \d+\n {3}vSwitch: vSwitch0\n {3}Portgroup: VM Network\n {3}DVPort ID: \n {3}MAC Address: 00:50:56:01:02:03\n {3}IP Address: 10\.0\.2\.15\n/],
    ['network vm port list -w 8',                                     'There is no VM with ports and world ID 8.\n'],
  ],
  'system ntp': [
    ['system ntp set -s pool.ntp.org -s 192.0.2.1 -l debug',          ''],
    ['system ntp get',                                                '   Enabled: false\n   Loglevel: debug\n   Servers: pool.ntp.org, 192.0.2.1\n'],
    ['system ntp set -e true',                                        'Cannot find service "ntpd": this host has none of that name\n'],
    ['system ntp set --reset',                                        ''],
    ['system ntp get',                                                '   Enabled: false\n   Loglevel: warning\n   Servers: \n'],
  ],
};

for (const [name, dialogue] of Object.entries(DIALOGUES)) {
  test(`esxcli ${name}`, async () => {
    await talk(dialogue);
  });
}

test('esxcli system syslog: mark and reload reach the log service', async () => {
  const { log } = await talk([
    ["system syslog mark -s 'a message'", ''],
    ['system syslog reload', ''],
  ]);
  assert.deepEqual(log, ['mark a message', 'reload']);
});
