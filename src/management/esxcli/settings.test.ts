// Dialogues with esxcli about settings: syslog, advanced options, firewall, DNS, NTP.
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
