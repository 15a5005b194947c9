// Bad input by real requests to a host that is up: each gets its VIM fault, nothing stays locked or running, and the host stays up.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { TestHost } from './host.ts';
import { http, httpsPort, PASSWORD, upWithHttps } from './host-request.ts';
import { envelope, inEnvelope, RawSoap } from './vim/raw-soap.ts';

const host = new TestHost();
let soap: RawSoap;
const onDatastore = (...path: readonly string[]) => join(host.home, 'volumes', 'datastore1', ...path);
const POOL = '<pool type="ResourcePool">ha-root-pool</pool>';
const ROOT = ['SessionManager', 'ha-sessionmgr'] as const;
const SEARCH = ['SearchIndex', 'ha-searchindex'] as const;
const COLLECTOR = ['PropertyCollector', 'ha-property-collector'] as const;

before(async () => {
  await upWithHttps(host);
  soap = new RawSoap(httpsPort(host));
  assert.equal((await soap.login('root', PASSWORD)).fault, undefined);
});
after(async () => {
  soap.close();
  await host.remove();
});

const create = (config: string, pool = POOL) =>
  soap.task('CreateVM_Task', 'Folder', 'ha-folder-vm', `<config>${config}</config>${pool}`);
const named = (name: string, more = '') =>
  `<name>${name}</name><guestId>otherGuest64</guestId><files><vmPathName>[datastore1]</vmPathName></files><memoryMB>128</memoryMB>${more}`;

const NOT_SOAP = 'InvalidRequest';
const times = (count: number, text: string) => text.repeat(count);
const BOMB = `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;
const OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
const find = (args: string) => envelope('FindByUuid', ...SEARCH, args);

/** What is sent, and the fault that answers it. */
const DOCUMENTS: readonly (readonly [what: string, document: string, fault: string])[] = [
  ['nothing', '', NOT_SOAP],
  ['no XML', 'hello', NOT_SOAP],
  ['bytes that are no text', '\u0000\u0001<\u0002', NOT_SOAP],
  ['XML that does not end', find('').slice(0, -30), NOT_SOAP],
  ['elements that cross', '<a><b></a></b>', NOT_SOAP],
  ['no envelope', '<Login/>', NOT_SOAP],
  ['two calls', inEnvelope('<Logout/><Logout/>'), NOT_SOAP],
  ['a call of nothing', inEnvelope('<Logout xmlns="urn:vim25"/>'), NOT_SOAP],
  ['entities that grow', BOMB + find('<uuid>&c;</uuid>'), NOT_SOAP],
  ['an entity of outside', OUTSIDE + find('<uuid>&a;</uuid>'), NOT_SOAP],
  ['an entity that nobody knows', find('<uuid>&nbsp;</uuid>'), NOT_SOAP],
  ['deep nesting', find(times(50_000, '<a>') + times(50_000, '</a>')), NOT_SOAP],
  ['more elements than anybody has', find(times(300_000, '<a/>')), NOT_SOAP],
  ['more attributes than anybody has', find(`<uuid ${times(99, 'a="1" ')}/>`), NOT_SOAP],
  ['an unknown argument', find('<color>red</color>'), 'InvalidRequest'],
  ['a missing argument', find(''), 'InvalidRequest'],
  ['a text for a flag', find('<uuid>x</uuid><vmSearch>perhaps</vmSearch>'), 'InvalidArgument'],
  ['elements for a text', find('<uuid><a/></uuid><vmSearch>true</vmSearch>'), 'InvalidArgument'],
  [
    'an unknown type',
    envelope('CreateFilter', ...COLLECTOR, '<spec xsi:type="Nothing"/><partialUpdates>0</partialUpdates>'),
    'InvalidRequest',
  ],
  [
    'a type that does not fit',
    envelope('CreateFilter', ...COLLECTOR, '<spec xsi:type="Event"/><partialUpdates>0</partialUpdates>'),
    'InvalidRequest',
  ],
  ['an unknown method', envelope('Explode', ...SEARCH), 'MethodNotFound'],
  ['an unknown object', envelope('PowerOnVM_Task', 'VirtualMachine', '4711'), 'ManagedObjectNotFound'],
  ['an object without a name', envelope('PowerOnVM_Task', 'VirtualMachine', ''), 'ManagedObjectNotFound'],
  ['a method that a host has not', envelope('ReconnectHost_Task', 'HostSystem', 'ha-host'), 'NotSupported'],
];

for (const [what, document, fault] of DOCUMENTS) {
  test(`bad requests: ${what} is ${fault}`, async () => {
    const answer = await soap.send(document);
    assert.equal(answer.status, 500);
    assert.equal(answer.fault, fault, answer.text);
    assert.notEqual(answer.said, '');
  });
}

test('bad requests: one that is larger than all that is taken is not read', async () => {
  const { status } = await soap.send(find(`<uuid>${'x'.repeat(17 * 2 ** 20)}</uuid>`));
  assert.equal(status, 413);
});

test('bad requests: of who has not logged in, less is taken', async () => {
  const stranger = new RawSoap(httpsPort(host));
  assert.equal((await stranger.send(find(`<uuid>${'x'.repeat(2 ** 20)}</uuid>`))).status, 413);
  const answer = await stranger.send(find(times(3000, '<a/>')));
  assert.match(answer.said, /too many elements/);
  stranger.close();
});

test('bad requests: a huge array of one kind is answered for what it is', async () => {
  const paths = times(100_000, '<pathSet>name</pathSet>');
  const spec = `<specSet><propSet><type>HostSystem</type>${paths}</propSet><objectSet><obj type="HostSystem">ha-host</obj></objectSet></specSet>`;
  const { status, text } = await soap.call('RetrieveProperties', ...COLLECTOR, spec);
  assert.equal(status, 200);
  assert.equal(text.split('<propSet>').length - 1, 1);
});

/** A configuration that cannot be, and the fault that says so. */
const CONFIGS: readonly (readonly [what: string, config: string, fault: string, pool?: string])[] = [
  ['negative memory', named('a', '').replace('>128<', '>-128<'), 'InvalidArgument'],
  ['no memory', named('a').replace('>128<', '>0<'), 'InvalidArgument'],
  [
    'more memory than there are bytes',
    named('a').replace('>128<', '>9223372036854775807<'),
    'InvalidArgument',
  ],
  ['memory that is no number', named('a').replace('>128<', '>NaN<'), 'InvalidArgument'],
  [
    'a negative number of processors',
    named('a', '').replace('<memoryMB>', '<numCPUs>-1</numCPUs><memoryMB>'),
    'InvalidArgument',
  ],
  ['a name with slashes', named('../../a'), 'InvalidName'],
  ['a name with a line break', named('a&#10;b'), 'InvalidName'],
  ['no name', named(''), 'InvalidName'],
  ['a name without an end', named('a'.repeat(5000)), 'InvalidName'],
  [
    'a datastore that is not there',
    named('a').replace('[datastore1]', '[nowhere] x/x.vmx'),
    'InvalidDatastorePath',
  ],
  [
    'a path that leaves its datastore',
    named('a').replace('[datastore1]', '[datastore1] ../../x/x.vmx'),
    'InvalidDatastorePath',
  ],
  ['no path', named('a').replace('[datastore1]', 'x/x.vmx'), 'InvalidDatastorePath'],
  ['a system that nobody knows', named('a').replace('otherGuest64', 'plan9Guest'), 'InvalidArgument'],
  [
    'a pool that is not there',
    named('a'),
    'ManagedObjectNotFound',
    '<pool type="ResourcePool">pool-99</pool>',
  ],
  ['a host for a pool', named('a'), 'ManagedObjectNotFound', '<pool type="HostSystem">ha-host</pool>'],
];

for (const [what, config, fault, pool] of CONFIGS) {
  test(`CreateVM_Task: ${what} is ${fault}, and leaves nothing`, async () => {
    const before = readdirSync(onDatastore());
    const answer = await create(config, pool);
    assert.equal(answer.fault, fault, answer.text);
    assert.deepEqual(readdirSync(onDatastore()), before);
  });
}

test('RegisterVM_Task: what is not there, is nowhere, or is no .vmx', async () => {
  const register = (path: string) =>
    soap.task(
      'RegisterVM_Task',
      'Folder',
      'ha-folder-vm',
      `<path>${path}</path><asTemplate>false</asTemplate>${POOL}`,
    );
  mkdirSync(onDatastore('junk'));
  writeFileSync(onDatastore('junk', 'junk.vmx'), 'this is not it\n\0');
  assert.equal((await register('[nowhere] x/x.vmx')).fault, 'InvalidDatastorePath');
  assert.equal((await register('[datastore1] x/x.vmx')).fault, 'FileNotFound');
  assert.equal((await register('[datastore1] ../volumes/x.vmx')).fault, 'InvalidDatastorePath');
  assert.equal((await register('[datastore1] junk/junk.vmx')).fault, 'InvalidVmConfig');
  rmSync(onDatastore('junk'), { recursive: true });
});

const DISK = `<deviceChange><operation>add</operation><device xsi:type="VirtualLsiLogicController"><key>-1</key><busNumber>0</busNumber><sharedBus>noSharing</sharedBus></device></deviceChange><deviceChange><operation>add</operation><fileOperation>create</fileOperation><device xsi:type="VirtualDisk"><key>-2</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName></fileName><diskMode>persistent</diskMode></backing><controllerKey>-1</controllerKey><unitNumber>0</unitNumber><capacityInKB>8192</capacityInKB></device></deviceChange>`;

const stateOf = async (vm: string, ...paths: readonly string[]) => {
  const asked = paths.map((path) => `<pathSet>${path}</pathSet>`).join('');
  const spec = `<specSet><propSet><type>VirtualMachine</type>${asked}</propSet><objectSet><obj type="VirtualMachine">${vm}</obj></objectSet></specSet>`;
  return (await soap.call('RetrieveProperties', ...COLLECTOR, spec)).text;
};

test('a disk that is truncated: the machine is seen, does not start, says why, and can be taken away', async () => {
  const made = await create(named('cut', DISK));
  const vm = RawSoap.resultOf(made);
  assert.equal(made.fault, undefined, made.text);
  truncateSync(onDatastore('cut', 'cut-flat.vmdk'), 1000);
  const answer = await soap.task('PowerOnVM_Task', 'VirtualMachine', vm);
  assert.equal(answer.fault, 'GenericVmConfigFault', answer.text);
  assert.match(answer.said, /&quot;\/vmfs\/volumes\/datastore1\/cut\/cut-flat\.vmdk&quot;/);
  truncateSync(onDatastore('cut', 'cut.vmdk'), 10);
  assert.match((await soap.task('PowerOnVM_Task', 'VirtualMachine', vm)).fault ?? '', /^\w+$/);
  assert.match(await stateOf(vm, 'summary', 'config', 'runtime.powerState'), />poweredOff</);
  assert.equal((await soap.task('Destroy_Task', 'VirtualMachine', vm)).fault, undefined);
  assert.ok(!existsSync(onDatastore('cut')));
});

test('a machine whose folder vanished: seen, refused by fault, and forgotten', async () => {
  const vm = RawSoap.resultOf(await create(named('gone')));
  rmSync(onDatastore('gone'), { recursive: true });
  assert.match(await stateOf(vm, 'name', 'runtime.powerState', 'summary', 'config', 'layoutEx'), />gone</);
  for (const [method, args] of [
    ['PowerOnVM_Task', ''],
    ['ReconfigVM_Task', '<spec><annotation>x</annotation></spec>'],
    ['CreateSnapshot_Task', '<name>a</name><memory>false</memory><quiesce>false</quiesce>'],
  ] as const)
    assert.ok((await soap.task(method, 'VirtualMachine', vm, args)).fault !== undefined, method);
  assert.equal((await soap.call('UnregisterVM', 'VirtualMachine', vm)).fault, undefined);
  assert.equal((await soap.call('UnregisterVM', 'VirtualMachine', vm)).fault, 'ManagedObjectNotFound');
  const other = RawSoap.resultOf(await create(named('gone')));
  rmSync(onDatastore('gone'), { recursive: true });
  const second = new RawSoap(httpsPort(host));
  await second.login('root', PASSWORD);
  const twice = [soap, second].map((client) => client.task('Destroy_Task', 'VirtualMachine', other));
  const faults = (await Promise.all(twice)).map(({ fault }) => fault ?? 'none');
  assert.deepEqual(faults.toSorted(), ['ManagedObjectNotFound', 'none']);
  second.close();
});

test('files that are put into a folder of a machine: they reach nothing outside, and harm no other machine', async () => {
  const vm = RawSoap.resultOf(await create(named('put')));
  const other = RawSoap.resultOf(await create(named('other')));
  const put = (name: string, text: string) =>
    http(host, 'PUT', `/folder/put/${name}?dcPath=ha-datacenter&dsName=datastore1`, text);
  assert.equal((await put('put.vmx', 'displayName = "put"\nriscv.kernel = "/etc/passwd"\n'))[0], 200);
  const answer = await soap.call('Reload', 'VirtualMachine', vm);
  assert.match(answer.said, /riscv.kernel.*\/etc\/passwd.* is on no datastore/);
  const list =
    'snapshot.numSnapshots = "1"\nsnapshot0.uid = "1"\nsnapshot0.filename = "../../../../etc/passwd"\n';
  assert.equal((await put('put.vmsd', list))[0], 201);
  assert.equal((await soap.task('RemoveAllSnapshots_Task', 'VirtualMachine', vm)).fault !== undefined, true);
  assert.ok(existsSync('/etc/passwd'));
  const traversal =
    '<skip>true</skip><selectSet xsi:type="TraversalSpec"><type>Folder</type><path>childEntity</path><selectSet xsi:type="TraversalSpec"><type>VirtualMachine</type><path>rootSnapshot</path></selectSet></selectSet>';
  const spec = `<specSet><propSet><type>VirtualMachine</type><pathSet>snapshot</pathSet><pathSet>name</pathSet></propSet><objectSet><obj type="Folder">ha-folder-vm</obj>${traversal}</objectSet></specSet>`;
  const { text } = await soap.call('RetrieveProperties', ...COLLECTOR, spec);
  assert.match(text, />put<.*<missingSet><path>snapshot<.*>other</s);
  for (const each of [vm, other])
    assert.equal((await soap.task('Destroy_Task', 'VirtualMachine', each)).fault, undefined);
  assert.ok(!existsSync(onDatastore('put')));
});

test('cookies: one that nobody gave, one of a session that is over, one that was ended by another', async () => {
  const other = new RawSoap(httpsPort(host));
  const isRefused = async () => (await other.call('CurrentTime', 'ServiceInstance', 'ServiceInstance')).fault;
  for (const cookie of [
    'vmware_soap_session="1234"',
    'vmware_soap_session=',
    'x',
    'vmware_soap_session="../../x"',
  ]) {
    other.cookie = cookie;
    assert.equal(await isRefused(), 'NotAuthenticated', cookie);
  }
  other.cookie = undefined;
  assert.equal((await other.login('root', 'wrong')).fault, 'InvalidLogin');
  assert.equal(await isRefused(), 'NotAuthenticated');
  await other.login('root', PASSWORD);
  const { cookie } = other;
  await other.call('Logout', ...ROOT);
  other.cookie = cookie;
  assert.equal(await isRefused(), 'NotAuthenticated', 'replayed after the logout');
  const answer = await other.login('root', PASSWORD);
  const key = /<key>([^<]*)</.exec(answer.text)?.[1] ?? '';
  assert.equal(
    (await soap.call('TerminateSession', ...ROOT, `<sessionId>${key}</sessionId>`)).fault,
    undefined,
  );
  assert.equal(await isRefused(), 'NotAuthenticated', 'ended by another');
  other.close();
});

/** Asks again until it is so: what a client leaves behind is cleared away when its connection is seen to be gone. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(10);
}

test('clients that disappear: half a request, at any point, is nobody’s', async () => {
  const body = envelope('CurrentTime', 'ServiceInstance', 'ServiceInstance');
  await soap.sendHalf(body);
  await soap.sendHalf('', 'POST /sdk HTTP/1.1\r\nHost');
  await soap.sendHalf(body, 'POST /sdk HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n');
  await soap.sendHalf('', 'BREW /sdk HTTP/9\r\n\r\n');
  assert.equal((await soap.send(body)).status, 200);
});

test('clients that disappear: in the middle of CreateVM_Task the machine is made whole, and is theirs who come', async () => {
  const config = `<config>${named('orphan', DISK)}</config>${POOL}`;
  await soap.sendAndGo(envelope('CreateVM_Task', 'Folder', 'ha-folder-vm', config));
  const path = '<inventoryPath>ha-datacenter/vm/orphan</inventoryPath>';
  let vm = '';
  await until(async () => {
    const { text } = await soap.call('FindByInventoryPath', ...SEARCH, path);
    vm = /<returnval[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
    return vm !== '';
  });
  assert.equal((await create(named('orphan'))).fault, 'DuplicateName');
  assert.equal((await soap.task('Destroy_Task', 'VirtualMachine', vm)).fault, undefined);
  assert.ok(!existsSync(onDatastore('orphan')));
});

test('clients that disappear: from WaitForUpdates, and their collector waits for the next one', async () => {
  const waiting = envelope(
    'WaitForUpdatesEx',
    ...COLLECTOR,
    '<version></version><options><maxWaitSeconds>600</maxWaitSeconds></options>',
  );
  await soap.sendAndGo(waiting);
  const spec =
    '<spec><propSet><type>Folder</type><pathSet>childEntity</pathSet></propSet><objectSet><obj type="Folder">ha-folder-vm</obj></objectSet></spec><partialUpdates>true</partialUpdates>';
  const { text } = await soap.call('CreateFilter', ...COLLECTOR, spec);
  const filter = /<returnval[^>]*>([^<]*)</.exec(text)?.[1] ?? '';
  const first = await soap.call('WaitForUpdatesEx', ...COLLECTOR, '<version></version>');
  const version = /<version>([^<]*)</.exec(first.text)?.[1] ?? '';
  await soap.sendAndGo(envelope('WaitForUpdatesEx', ...COLLECTOR, `<version>${version}</version>`));
  const heard = soap.call('WaitForUpdatesEx', ...COLLECTOR, `<version>${version}</version>`);
  const vm = RawSoap.resultOf(await create(named('late')));
  // The one that is gone may have ended the wait of the one that came; who is told of nothing asks again.
  const told = await heard;
  const again = told.text.includes('childEntity')
    ? told
    : await soap.call('WaitForUpdatesEx', ...COLLECTOR, `<version>${version}</version>`);
  assert.match(again.text, /childEntity/);
  await soap.call('DestroyPropertyFilter', 'PropertyFilter', filter);
  assert.equal((await soap.task('Destroy_Task', 'VirtualMachine', vm)).fault, undefined);
});

test('clients that disappear: from an upload, of which nothing is left, and the name is free', async () => {
  const path = '/folder/half/disk.iso?dcPath=ha-datacenter&dsName=datastore1';
  mkdirSync(onDatastore('half'));
  // Where a datastore has what is on its way.
  const passing = () => readdirSync(onDatastore('.vmk.sf'));
  const before = passing();
  const sending = request({
    ...{ host: '127.0.0.1', port: httpsPort(host), path, method: 'PUT', auth: `root:${PASSWORD}` },
    ...{ agent: false, rejectUnauthorized: false, headers: { 'content-length': 2 ** 20 } },
  });
  sending.on('error', () => {});
  sending.write(Buffer.alloc(2 ** 16, 1));
  await until(async () => passing().length > before.length);
  sending.destroy();
  await until(async () => passing().length === before.length);
  assert.deepEqual(readdirSync(onDatastore('half')), []);
  assert.equal((await http(host, 'PUT', path, 'whole'))[0], 201);
  assert.deepEqual(readdirSync(onDatastore('half')), ['disk.iso']);
});

test('after all of it: no task runs, nothing failed inside, and the host answers', async () => {
  const { text } = await soap.call(
    'RetrieveProperties',
    ...COLLECTOR,
    '<specSet><propSet><type>TaskManager</type><pathSet>recentTask</pathSet></propSet><objectSet><obj type="TaskManager">ha-taskmgr</obj></objectSet></specSet>',
  );
  const tasks = [...text.matchAll(/type="Task"[^>]*>([^<]*)</g)].map(([, id]) => id as string);
  assert.ok(tasks.length > 10);
  for (const id of tasks) {
    const spec = `<specSet><propSet><type>Task</type><pathSet>info.state</pathSet></propSet><objectSet><obj type="Task">${id}</obj></objectSet></specSet>`;
    assert.match((await soap.call('RetrieveProperties', ...COLLECTOR, spec)).text, />(?:success|error)</, id);
  }
  const [status, log] = await http(host, 'GET', '/host/hostd.log');
  assert.equal(status, 200);
  assert.equal(/^.*\bat .*\.ts:\d+.*$/m.exec(log)?.[0], undefined);
  assert.deepEqual((await host.client.call<{ vms: unknown[] }>('vm.list', {})).vms, []);
  const ended = host.end();
  await host.vmk('down');
  assert.equal(await ended, 0);
});
