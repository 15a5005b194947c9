// Dialogues with esxcli: what is typed, what it prints, and with which status it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { COMMANDS } from './commands.ts';
import { available, esxcli, withSecrets } from './esxcli.ts';
import { ROOT, run, testHost } from './testing.ts';

const lines = (...text: string[]) => text.map((line) => `${line}\n`).join('');

test('esxcli system account list: the columns of ESXi', async () => {
  const { output, status } = await run(testHost(), 'system account list');
  assert.equal(
    output,
    lines(
      'User ID  Description                                  Shell Access',
      '-------  -------------------------------------------  ------------',
      'root     Administrator                                        true',
      'dcui     DCUI User                                           false',
      'vpxuser  VMware VirtualCenter administration account         false',
    ),
  );
  assert.equal(status, 0);
});

// biome-ignore format: a table reads in columns
const ANSWERS: readonly (readonly [line: string, output: string])[] = [
  ['system uuid get',                                   '5c0371b5-9d7c-4f4e-8f4d-000c29a1b2c3\n'],
  ['system time get',                                   '2018-12-02T05:25:49Z\n'],
  ['hardware clock get',                                '2018-12-02T05:25:49Z\n'],
  ['system stats installtime get',                      '2018-12-02T05:25:49\n'],
  ['system stats uptime get',                           '4611686018427387904\n'],
  ['system maintenanceMode get',                        'Disabled\n'],
  ['--formatter=csv --format-param=fields=="WorldID,DisplayName" vm process list', 'DisplayName,WorldID,\ndebian,2099719,\n'],
  ['--formatter csv system hostname get',               'DomainName,FullyQualifiedDomainName,HostName,\nexample.com,esx1.example.com,esx1,\n'],
  ['--formatter=keyvalue system hostname get',          lines('FullyQualifiedHostName.DomainName.string=example.com', 'FullyQualifiedHostName.FullyQualifiedDomainName.string=esx1.example.com', 'FullyQualifiedHostName.HostName.string=esx1')],
  ['hardware memory get',                               '   Physical Memory: 8589332480 Bytes\n   NUMA Node Count: 1\n'],
  ['--formatter=csv network nic list',                  lines('AdminStatus,Description,Driver,Duplex,LinkStatus,MACAddress,MTU,Name,PCIDevice,Speed,', 'Up,VMkernel nat uplink,nat,Full,Up,02:00:00:00:00:01,1500,vmnic0,N/A,10000,')],
  ['--formatter=csv network vswitch standard portgroup list', lines('ActiveClients,Name,VLANID,VirtualSwitch,', '1,VM Network,7,vSwitch0,', '1,Management Network,0,vSwitch0,')],
  ['--formatter=csv --format-param=fields="Name,IPv4Address,AddressType" network ip interface ipv4 get', lines('AddressType,IPv4Address,Name,', 'STATIC,10.0.2.4,vmk0,')],
  ['system permission list',                            lines('Principal  Is Group  Role   Role Description  ', '---------  --------  -----  ------------------', 'dcui          false  Admin  Full access rights', 'root          false  Admin  Full access rights')],
];

for (const [line, output] of ANSWERS) {
  test(`esxcli ${line}`, async () => {
    assert.deepEqual(await run(testHost(), line), { output, error: '', status: 0 });
  });
}

// biome-ignore format: a table reads in columns
const COMPLAINTS: readonly (readonly [line: string, error: RegExp])[] = [
  ['system acount list',                               /^Error: Unknown command or namespace system acount list\n$/],
  ['vsan cluster get',                                 /^Error: Unknown command or namespace vsan cluster get\n$/],
  ['--formatter=yaml system uuid get',                 /^Error: Invalid formatter 'yaml'\. Available formatters: xml, csv/],
  ['--frobnicate system uuid get',                     /^Error: Invalid option --frobnicate\n/],
  ['--formatter',                                      /^Error: While processing '--formatter'\. Argument expected\n/],
  ['--format-param=x system uuid get',                 /^Error: Invalid format parameter 'x'\n/],
  ['system --bogus',                                   /^Error: Invalid option --bogus\n\nUsage: esxcli system/],
  ['system account remove',                            /^Error: Missing required parameter -i\|--id\n\nUsage: esxcli system account remove \[cmd options\]\n/],
  ['vm process kill',                                  /^Error: Missing required parameter -t\|--type\n {7}Missing required parameter -w\|--world-id\n\nUsage/],
  ['system account remove --idd x',                    /^Error: Invalid option --idd\n\nUsage/],
  ['system account remove x',                          /^Error: Unexpected argument 'x'\n\nUsage/],
  ['vm process kill -t soft -w abc',                   /^Error: While processing '-w'\. Argument type mismatch\. Expecting integer value\. Got 'abc'\n/],
  ['vm process kill --type=mild -w 1',                 /^Error: While processing '--type'\. Argument type mismatch\. Expecting one of \{soft, hard, force\}\. Got 'mild'\n/],
  ['system maintenanceMode set -e Falsefff',           /^Error: While processing '-e'\. Argument type mismatch\. Expecting one of \{0, 1, n\[o\], y\[es\], f\[alse\], t\[rue\], off, on\}\. Got 'Falsefff'\n/],
  ['system permission set -g=1 -i x -r Admin',         /^Error: While processing '-g'\. It takes no value\n/],
  ['system account add -i bob -p',                     /^Error: While processing '--password'\. Argument expected\n/],
  ['system account add -i bob -p a -c b',              /^Password and password confirmation do not match\.\n$/],
  ['system account remove -i nobody',                  /^The user or group named 'nobody' does not exist\.\n$/],
  ['vm process kill -t hard -w 12',                    /^Unable to find a virtual machine with the world ID 12\.\n$/],
  ['system maintenanceMode set -e false',              /^Maintenance mode is already disabled\.\n$/],
  ['hardware clock set -M 2 -d 30',                    /^There is no such time as 2018 2 30 5 25 49\.\n$/],
  ['system time set -H 24',                            /^There is no such time as 2018 12 2 24 25 49\.\n$/],
  ['system time set -y 99999999',                      /^There is no such time as 99999999 12 2/],
  ['system shutdown reboot -r now',                    /^The host must be in maintenance mode\.\n$/],
  ['--format-param=fields=Foo system account list',    /^Error: Unknown field 'Foo'/],
  ['system hostname set -f a.b -H c',                  /^--fqdn cannot be given together/],
];

for (const [line, error] of COMPLAINTS) {
  test(`esxcli ${line}: says what is wrong, status 1`, async () => {
    const outcome = await run(testHost(), line);
    assert.match(outcome.error, error);
    assert.equal(outcome.output, '');
    assert.equal(outcome.status, 1);
  });
}

test('esxcli: short and long options, with and without an equals sign', async () => {
  for (const line of [
    '-i=bob -d=B',
    '-i bob -d B',
    '--id bob --description B',
    '--id=bob --description=B',
    '-ibob -dB',
  ]) {
    const host = testHost();
    assert.equal((await run(host, `system account add ${line}`)).error, '');
    assert.deepEqual(host.accounts?.list().at(-1), { id: 'bob', description: 'B', shellAccess: false });
  }
});

test('esxcli: a secret without a value is asked for, twice when it is confirmed', async () => {
  const prompts: string[] = [];
  const ask = (prompt: string) => {
    prompts.push(prompt);
    return Promise.resolve('s3cret');
  };
  const host = testHost();
  await run(host, 'system account add -i bob -p -c', { ...ROOT, ask });
  assert.deepEqual(prompts, ["Enter value for 'password': ", "Enter value for 'password-confirmation': "]);
  assert.deepEqual(host.log, ['root creates bob s3cret']);
  const words = await withSecrets(['system', 'account', 'add', '-p', '-i', 'bob', '-c'], ask);
  await esxcli(host, words, ROOT);
  assert.deepEqual(host.log, ['root creates bob s3cret', 'root creates bob s3cret']);
});

test('esxcli: a caller without the privilege is told which one, and nothing happens', async () => {
  const host = testHost();
  const outcome = await run(host, 'vm process kill -t force -w 2099719', {
    user: 'eve',
    authorize: () => false,
  });
  assert.equal(
    outcome.error,
    "Permission to perform this operation was denied. Required privilege 'VirtualMachine.Interact.PowerOff' on managed object with id 'ha-host'.\n",
  );
  assert.deepEqual(host.log, []);
});

test('esxcli: a clock is set, and what is not given stays', async () => {
  const host = testHost();
  await run(host, 'system time set -y 2031 -H 0');
  await run(host, 'hardware clock set --min=1 --sec=2');
  assert.deepEqual(host.log, ['time 2031-12-02T00:25:49.000Z', 'time 2018-12-02T05:01:02.000Z']);
});

test('esxcli: reboots only in maintenance mode', async () => {
  const host = testHost();
  await run(host, 'system maintenanceMode set --enable true');
  assert.equal((await run(host, 'system maintenanceMode get')).output, 'Enabled\n');
  await run(host, "system shutdown reboot -d 0 -r 'new memory'");
  assert.deepEqual(host.log, ['reboot in 0 s: new memory']);
});

test('esxcli: what the host does not have is absent, also from the lists', async () => {
  const { vms: _, ...host } = testHost();
  assert.match((await run(host, 'vm process list')).error, /Unknown command or namespace/);
  assert.doesNotMatch((await run(host, '')).output, /^ {2}vm /m);
  assert.doesNotMatch((await run(host, 'esxcli command list')).output, /vm\.process/);
});

test('esxcli esxcli command list: namespaces with dots', async () => {
  const { output } = await run(testHost(), '--formatter=csv esxcli command list');
  assert.match(output, /^Command,Namespace,\n/);
  assert.match(output, /^list,system\.account,$/m);
  assert.equal(output.split('\n').length - 2, available(COMMANDS, testHost()).length);
});

test('help: a namespace lists what is in it', async () => {
  const { output, status } = await run(testHost(), 'system account');
  assert.equal(
    output,
    lines(
      'Usage: esxcli system account {cmd} [cmd options]',
      '',
      'Available Commands: ',
      '  add                   Create a new local user account.',
      '  list                  List local user accounts.',
      '  remove                Remove an existing local user account.',
      '  set                   Modify an existing local user account.',
    ),
  );
  assert.equal(status, 0);
});

test('help: a command tells its options, a long name on a line of its own, wrapped at the width', async () => {
  const { output } = await run(testHost(), '--screen-width=80 system account add --help');
  assert.equal(
    output,
    lines(
      'Usage: esxcli system account add [cmd options]',
      '',
      'Description: ',
      '  add                   Create a new local user account.',
      '',
      'Cmd options: ',
      '  -d|--description=<str>',
      '                        User description, e.g. full name.',
      '  -i|--id=<str>         User ID, e.g. "administrator". (required)',
      '  -p|--password=<str>   User password. (secret)',
      '                        WARNING: Providing secret values on the command line is',
      '                        insecure because it may be logged or preserved in',
      '                        history files. Instead, specify this option with no',
      '                        value on the command line, and enter the value on the',
      '                        supplied prompt.',
      '  -c|--password-confirmation=<str>',
      '                        Password confirmation. Required if password is',
      '                        specified. (secret)',
      '                        WARNING: Providing secret values on the command line is',
      '                        insecure because it may be logged or preserved in',
      '                        history files. Instead, specify this option with no',
      '                        value on the command line, and enter the value on the',
      '                        supplied prompt.',
      '  -s|--shell-access=<bool>',
      '                        Whether the user has access to the shell.',
    ),
  );
});

test('commands: every row has a summary, a privilege, options with letters of their own, and a lone name', () => {
  const paths = COMMANDS.map(({ path }) => path.join(' '));
  assert.deepEqual(
    paths.filter((path, i) => paths.indexOf(path) !== i),
    [],
  );
  for (const { path, summary, privilege, options } of COMMANDS) {
    assert.ok(summary !== '' && /^[A-Z]\w+\.[A-Z]/.test(privilege), path.join(' '));
    const letters = Object.values(options)
      .map(({ short }) => short)
      .filter((letter) => letter !== '');
    assert.equal(new Set(letters).size, letters.length, path.join(' '));
    assert.ok(!paths.includes(path.slice(0, -1).join(' ')), `${path.join(' ')} is under a command`);
  }
});

test('esxcli: whatever is typed, it answers with a status and throws nothing', async () => {
  const random = new SeededRandom(7);
  const vocabulary = [
    ...COMMANDS.flatMap(({ path }) => path),
    ...COMMANDS.map(({ path }) => path.join(' ')),
    '-i',
    '-w',
    '--id',
    '--id=',
    '-p',
    '--type=soft',
    '--help',
    '-?',
    '--',
    '-',
    '',
    '=',
    '-1',
    '\u0000',
    'ÿ',
    '--formatter=json',
    '--formatter',
    '--format-param=fields=',
    '--screen-width=0',
    '1',
    'true',
  ];
  for (let i = 0; i < 3000; i++) {
    const words = Array.from(
      { length: random.below(9) },
      () => vocabulary[random.below(vocabulary.length)] as string,
    );
    const { status, output, error } = await esxcli(
      testHost(),
      words.flatMap((word) => word.split(' ')),
      ROOT,
    );
    assert.equal(status === 0, error === '', `${JSON.stringify(words)}: ${output}${error}`);
  }
});
