// EventManager and the histories: what is told of logins and accounts, filters, pages, who hears of news, and tasks of the host's earlier lives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryHistory } from '../events/history-file.ts';
import { PASSWORD, type TestAnswer, type TestClient, TestVim } from './testing.ts';

const types = ({ returned }: Pick<TestAnswer, 'returned'>) =>
  returned.map(({ attributes }) => attributes.find(([name]) => name.endsWith('type'))?.[1] ?? '');
const query = async (client: TestClient, filter: string) =>
  await client.call('ha-eventmgr', 'QueryEvents', `<filter>${filter}</filter>`);

async function withEvents(): Promise<{ vim: TestVim; client: TestClient }> {
  const vim = await TestVim.make();
  const { events, actors } = vim.host;
  const web = { id: 7, name: 'web' };
  for (const [user, type, vm] of [
    ['ann', 'VmCreatedEvent', web],
    ['ann', 'VmPoweredOnEvent', web],
    ['', 'VmPoweredOffEvent', web],
    ['ben', 'EnteringMaintenanceModeEvent', undefined],
  ] as const) {
    actors.run({ user }, () => events.add({ type, vm }));
    vim.advance(1000);
  }
  return { vim, client: vim.client() };
}

test('QueryEvents: by type, base type, user, category, time, entity, and how many', async () => {
  const { client } = await withEvents();
  assert.equal((await query(client, '')).returned.length, 4);
  assert.deepEqual(types(await query(client, '<type>VmPoweredOnEvent</type>')), ['VmPoweredOnEvent']);
  assert.equal((await query(client, '<type>VmEvent</type>')).returned.length, 3);
  assert.equal(
    (await query(client, '<eventTypeId>vim.event.VmCreatedEvent</eventTypeId>')).returned.length,
    1,
  );
  const user = (names: string, system = false) =>
    `<userName><systemUser>${system}</systemUser>${names}</userName>`;
  assert.equal((await query(client, user('<userList>ann</userList>'))).returned.length, 2);
  assert.deepEqual(types(await query(client, user('<userList>nobody</userList>', true))), [
    'VmPoweredOffEvent',
  ]);
  assert.equal((await query(client, '<category>error</category>')).returned.length, 0);
  const at = (seconds: number) => new Date(1_795_651_200_000 + seconds * 1000).toISOString();
  const time = `<time><beginTime>${at(1)}</beginTime><endTime>${at(2)}</endTime></time>`;
  assert.deepEqual(types(await query(client, time)), ['VmPoweredOnEvent', 'VmPoweredOffEvent']);
  const host = (how: string) =>
    `<entity><entity type="HostSystem">ha-host</entity><recursion>${how}</recursion></entity>`;
  assert.deepEqual(types(await query(client, host('self'))), ['EnteringMaintenanceModeEvent']);
  assert.deepEqual(types(await query(client, '<maxCount>1</maxCount>')), ['EnteringMaintenanceModeEvent']);
  const nobody = '<entity><entity type="VirtualMachine">99</entity><recursion>all</recursion></entity>';
  assert.equal((await query(client, nobody)).fault, 'ManagedObjectNotFound');
  const { body } = await query(client, '<type>VmPoweredOnEvent</type>');
  assert.match(body, /<fullFormattedMessage>web on esx.example.org in ha-datacenter is powered on</);
  assert.match(body, /<vm><name>web<\/name><vm type="VirtualMachine">7<\/vm><\/vm>/);
  assert.doesNotMatch(
    (await query(client, '<disableFullMessage>true</disableFullMessage>')).body,
    /fullFormatted/,
  );
});

test('EventHistoryCollector: pages in both ways, and whoever waits for the latest page hears of an event', async () => {
  const { vim, client } = await withEvents();
  const made = await client.call('ha-eventmgr', 'CreateCollectorForEvents', '<filter></filter>');
  const id = made.returned[0]?.text ?? '';
  const page = async (method: string, count: number) =>
    types(await client.call(id, method, `<maxCount>${count}</maxCount>`));
  await client.call(id, 'RewindCollector');
  assert.deepEqual(await page('ReadNextEvents', 2), ['VmCreatedEvent', 'VmPoweredOnEvent']);
  assert.deepEqual(await page('ReadNextEvents', 9), ['VmPoweredOffEvent', 'EnteringMaintenanceModeEvent']);
  assert.deepEqual(await page('ReadNextEvents', 9), []);
  assert.deepEqual(await page('ReadPreviousEvents', 1), ['EnteringMaintenanceModeEvent']);
  assert.equal((await client.call(id, 'ReadNextEvents', '<maxCount>0</maxCount>')).fault, 'InvalidArgument');
  const spec = `<spec><propSet><type>EventHistoryCollector</type><pathSet>latestPage</pathSet></propSet><objectSet><obj type="EventHistoryCollector">${id}</obj></objectSet></spec><partialUpdates>true</partialUpdates>`;
  await client.call('ha-property-collector', 'CreateFilter', spec);
  const first = await client.call('ha-property-collector', 'WaitForUpdatesEx', '<version></version>');
  const version = /<version>(.*?)<\/version>/.exec(first.body)?.[1] ?? '';
  const heard = client.call('ha-property-collector', 'WaitForUpdatesEx', `<version>${version}</version>`);
  vim.host.events.add({ type: 'ExitMaintenanceModeEvent' });
  assert.match((await heard).body, /ExitMaintenanceModeEvent/);
  await client.call(id, 'DestroyCollector');
  assert.equal((await client.call(id, 'RewindCollector')).fault, 'ManagedObjectNotFound');
});

test('events: of logins, right and wrong, of accounts and roles; never a password', async () => {
  const vim = await TestVim.make();
  const client = vim.stranger();
  const login = (user: string, password: string) =>
    `<userName>${user}</userName><password>${password}</password>`;
  await client.call('ha-sessionmgr', 'Login', login('mallory', 'x'));
  await client.call('ha-sessionmgr', 'Login', login('root', PASSWORD));
  const user = `<user><id>ann</id><password>kX9-wzPo2q!</password><description>Ann</description></user>`;
  await client.call('ha-localacctmgr', 'CreateUser', user);
  await client.call('ha-authmgr', 'AddAuthorizationRole', '<name>keepers</name>');
  await client.call('ha-localacctmgr', 'RemoveUser', '<userName>ann</userName>');
  await client.call('ha-localacctmgr', 'RemoveUser', '<userName>ann</userName>');
  await client.call('ha-sessionmgr', 'Logout');
  const found = await query(vim.client(), '');
  assert.deepEqual(types(found), [
    ...['BadUsernameSessionEvent', 'UserLoginSessionEvent', 'AccountCreatedEvent'],
    ...['RoleAddedEvent', 'AccountRemovedEvent', 'UserLogoutSessionEvent'],
  ]);
  assert.match(found.body, /Cannot login mallory@10\.0\.0\.1/);
  assert.match(found.body, /User root@10\.0\.0\.1 logged in as test/);
  assert.match(found.body, /logged out \(login time: \w+day, \d\d \w+, 2026 \d\d:\d\d:\d\d [AP]M, number/);
  assert.match(found.body, /Account ann was created on host esx\.example\.org/);
  assert.doesNotMatch(found.body, /kX9|mX3/);
});

test('EventManager: what people log, descriptions, and who may not', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const entity = '<entity type="HostSystem">ha-host</entity>';
  await client.call('ha-eventmgr', 'LogUserEvent', `${entity}<msg>fans &amp; dust</msg>`);
  const [latest, description] = await client.get('ha-eventmgr', 'EventManager', 'latestEvent', 'description');
  assert.match(latest ?? '', /User logged event: fans & dust fans & dust/);
  assert.match(description ?? '', /VmPoweredOnEvent/);
  const other = vim.client(vim.session('nobody-known'));
  assert.equal(
    (await other.call('ha-eventmgr', 'LogUserEvent', `${entity}<msg>x</msg>`)).fault,
    'NoPermission',
  );
  const args = await client.call(
    'ha-eventmgr',
    'RetrieveArgumentDescription',
    '<eventTypeId>vim.event.VmRenamedEvent</eventTypeId>',
  );
  assert.match(args.body, /<name>oldName<\/name><type>string/);
  assert.equal(
    (await client.call('ha-eventmgr', 'RetrieveArgumentDescription', '<eventTypeId>Tea</eventTypeId>')).fault,
    'InvalidArgument',
  );
});

test('TaskHistoryCollector: tasks of the host before it was started anew; what ran then has failed', async () => {
  const taskHistory = new MemoryHistory();
  const before = await TestVim.make({ taskHistory });
  const never = new Promise(() => {});
  const start = { method: 'PowerOnVM_Task', descriptionId: 'VirtualMachine.powerOn', user: 'ann' };
  before.service.tasks.start(start, () => ({ type: 'VirtualMachine', value: '4' }));
  before.service.tasks.start(start, () => never);
  await new Promise(setImmediate);
  const vim = await TestVim.make({ taskHistory });
  const client = vim.client();
  const made = await client.call('ha-taskmgr', 'CreateCollectorForTasks', '<filter></filter>');
  const id = made.returned[0]?.text ?? '';
  await client.call(id, 'RewindCollector');
  const { body } = await client.call(id, 'ReadNextTasks', '<maxCount>10</maxCount>');
  assert.deepEqual(
    [...body.matchAll(/<state>(\w+)</g)].map(([, state]) => state),
    ['success', 'error'],
  );
  assert.match(body, /<result type="VirtualMachine" xsi:type="ManagedObjectReference">4</);
  assert.match(body, /was started anew while the task was running/);
  const again = vim.service.tasks.start(start, () => undefined);
  assert.match(again.value, /-3$/, 'numbers go on');
});
