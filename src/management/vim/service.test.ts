// The VIM API as a client meets it: sessions, faults, properties, versions, views, updates, tasks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PASSWORD, TestVim, textOf } from './testing.ts';

const INVENTORY = `<specSet><propSet><type>ManagedEntity</type><pathSet>name</pathSet></propSet><objectSet>
  <obj type="Folder">ha-folder-root</obj><skip>false</skip>
  <selectSet xsi:type="TraversalSpec"><name>f</name><type>Folder</type><path>childEntity</path>
    <selectSet><name>f</name></selectSet><selectSet><name>d</name></selectSet><selectSet><name>c</name></selectSet></selectSet>
  <selectSet xsi:type="TraversalSpec"><name>d</name><type>Datacenter</type><path>hostFolder</path><selectSet><name>f</name></selectSet></selectSet>
  <selectSet xsi:type="TraversalSpec"><name>c</name><type>ComputeResource</type><path>host</path></selectSet>
</objectSet></specSet>`;

test('Login: a session with a cookie, once; wrong ones get InvalidLogin in ESXi’s words', async () => {
  const vim = await TestVim.make();
  const client = vim.stranger();
  const login = (password: string) =>
    client.call('ha-sessionmgr', 'Login', `<userName>root</userName><password>${password}</password>`);
  const refused = await login('no');
  assert.equal(refused.fault, 'InvalidLogin');
  assert.match(
    refused.body,
    /<faultstring>Cannot complete login due to an incorrect user name or password\.</,
  );
  assert.match(refused.body, /<InvalidLoginFault xmlns="urn:vim25" xsi:type="InvalidLogin">/);
  const good = await login(PASSWORD);
  assert.equal(good.session?.user, 'root');
  assert.equal((await login(PASSWORD)).fault, 'InvalidState');
  assert.equal((await client.call('ha-sessionmgr', 'Logout')).session, null);
  assert.equal(vim.accounts.sessions.list().length, 0);
});

test('every method but the open ones: NotAuthenticated without a session', async () => {
  const client = (await TestVim.make()).stranger();
  assert.equal((await client.call('ServiceInstance', 'RetrieveServiceContent')).fault, undefined);
  for (const [object, method] of [
    ['ServiceInstance', 'CurrentTime'],
    ['ha-property-collector', 'RetrieveProperties'],
    ['ha-host', 'Fetch'],
    ['nowhere', 'Nothing'],
  ] as const)
    assert.equal((await client.call(object, method)).fault, 'NotAuthenticated', method);
});

// biome-ignore format: a table reads in columns
const FAULTS: readonly (readonly [object: string, method: string, args: string, fault: string, detail: RegExp])[] = [
  ['ha-host',               'Nothing',             '',                                            'MethodNotFound',        /<method>Nothing<\/method>/],
  ['ha-host',               'AcquireCimServicesTicket', '',                                       'NotSupported',          /./],
  ['42',                    'CurrentTime',         '',                                            'ManagedObjectNotFound', /<obj type="x">42<\/obj>/],
  ['ServiceInstance',       'CurrentTime',         '<x/>',                                        'InvalidRequest',        /Unexpected element &quot;x&quot;|Unexpected element "x"/],
  ['ha-property-collector', 'CreateFilter',        '<partialUpdates>true</partialUpdates>',       'InvalidRequest',        /Required property spec is missing/],
  ['ha-property-collector', 'CreateFilter',        '<spec/><partialUpdates>maybe</partialUpdates>', 'InvalidArgument',     /<invalidProperty>partialUpdates</],
  ['ha-property-collector', 'RetrieveProperties',  '<specSet xsi:type="VirtualDisk"/>',           'InvalidRequest',        /cannot be of type/],
  ['ha-property-collector', 'RetrieveProperties',  '<specSet><propSet><type>Nobody</type></propSet></specSet>', 'InvalidType', /./],
  ['ha-property-collector', 'RetrieveProperties',  '<specSet><propSet><type>HostSystem</type><pathSet>runtime.nix</pathSet></propSet></specSet>', 'InvalidProperty', /<name>runtime.nix</],
  ['ha-property-collector', 'WaitForUpdatesEx',    '<version>9</version>',                        'InvalidCollectorVersion', /./],
  ['ha-sessionmgr',         'TerminateSession',    '<sessionId>x</sessionId>',                    'NotFound',              /./],
];

for (const [object, method, args, fault, detail] of FAULTS) {
  test(`${method}${args.slice(0, 60)}: ${fault}`, async () => {
    const answer = await (await TestVim.make()).client().call(object, method, args);
    assert.equal(answer.fault, fault);
    assert.match(answer.body, detail);
  });
}

test('RetrieveProperties: walks named traversal specs', async () => {
  const client = (await TestVim.make()).client();
  const { returned } = await client.call('ha-property-collector', 'RetrieveProperties', INVENTORY);
  assert.deepEqual(returned.map(textOf), [
    'ha-folder-root name ha-folder-root',
    'ha-datacenter name ha-datacenter',
    'ha-folder-host name host',
    'ha-compute-res name esx.example.org',
    'ha-host name esx.example.org',
  ]);
});

test('RetrievePropertiesEx: pages, to their end and not again', async () => {
  const client = (await TestVim.make()).client();
  const options = '<options><maxObjects>2</maxObjects></options>';
  const first = await client.call('ha-property-collector', 'RetrievePropertiesEx', INVENTORY + options);
  const [result] = first.returned;
  assert.equal(result?.children.filter(({ name }) => name === 'objects').length, 2);
  const token = `<token>${result?.children.find(({ name }) => name === 'token')?.text}</token>`;
  const rest = await client.call('ha-property-collector', 'ContinueRetrievePropertiesEx', token);
  assert.equal(rest.returned[0]?.children.length, 3);
  const again = await client.call('ha-property-collector', 'ContinueRetrievePropertiesEx', token);
  assert.equal(again.fault, 'InvalidArgument');
});

test('Fetch: a value with its type; nothing for what is unset', async () => {
  const client = (await TestVim.make()).client();
  const host = await client.call('ha-datacenter', 'Fetch', '<prop>datastore</prop>');
  assert.match(
    host.body,
    /<returnval xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Datastore" xsi:type="ManagedObjectReference">/,
  );
  const unset = await client.call('ha-folder-root', 'Fetch', '<prop>parent</prop>');
  assert.match(unset.body, /<FetchResponse xmlns="urn:vim25"><\/FetchResponse>/);
});

test('versions: what a client does not know it is not sent', async () => {
  const vim = await TestVim.make();
  const session = vim.session();
  const about = async (version: string) =>
    (await vim.client(session, version).call('ServiceInstance', 'RetrieveServiceContent')).body;
  assert.match(await about('urn:vim25/8.0.3.0'), /<patchLevel>/);
  assert.doesNotMatch(await about('urn:vim25/6.5'), /<patchLevel>/);
  assert.match(await about('urn:vim25/9.1.0.0'), /<patchLevel>/);
  const late = await vim.client(session, 'urn:vim25/4.0').get('ha-compute-res', 'ComputeResource', 'name');
  assert.deepEqual(late, ['esx.example.org']);
  const refused = vim.client(session, 'urn:vim25/4.0').get('ha-host', 'HostSystem', 'licensableResource');
  await assert.rejects(refused, /InvalidProperty/);
});

test('WaitForUpdatesEx: what is there, then what comes, changes and goes; an end when nothing does', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const filter = `<spec><propSet><type>TaskManager</type><pathSet>recentTask</pathSet></propSet><propSet><type>Task</type><pathSet>info.state</pathSet></propSet>
    <objectSet><obj type="TaskManager">ha-taskmgr</obj><selectSet xsi:type="TraversalSpec"><type>TaskManager</type><path>recentTask</path></selectSet></objectSet></spec><partialUpdates>false</partialUpdates>`;
  await client.call('ha-property-collector', 'CreateFilter', filter);
  const wait = async (version: string, seconds = 60) => {
    const options = `<options><maxWaitSeconds>${seconds}</maxWaitSeconds></options>`;
    return await client.call(
      'ha-property-collector',
      'WaitForUpdatesEx',
      `<version>${version}</version>${options}`,
    );
  };
  assert.match((await wait('')).body, /<kind>enter<\/kind><obj type="TaskManager">/);
  const done = Promise.withResolvers<string>();
  const waiting = wait('1');
  await setImmediate();
  vim.service.tasks.start({ method: 'X_Task', descriptionId: 'X.x', user: 'root' }, () => done.promise);
  const began = await waiting;
  assert.match(began.body, /<version>2<\/version>/);
  assert.match(
    began.body,
    /<kind>enter<\/kind><obj type="Task">haTask-ha-host-vim.X.x-1<\/obj>.*>running<\/val>/,
  );
  const next = wait('2');
  await setImmediate();
  done.resolve('fine');
  assert.match(
    (await next).body,
    /<kind>modify<\/kind><obj type="Task">.*info.state<\/name><op>assign<\/op><val xsi:type="TaskInfoState">success</,
  );
  assert.equal((await wait('3', 0)).body.includes('returnval'), false);
  const idle = wait('3', 5);
  await setImmediate();
  vim.advance(5000);
  assert.deepEqual((await idle).returned, []);
  const cancelled = wait('3');
  await setImmediate();
  await client.call('ha-property-collector', 'CancelWaitForUpdates');
  assert.equal((await cancelled).fault, 'RequestCanceled');
  assert.match((await wait('2', 0)).body, /success/, 'a lost answer is given again');
});

test('a session that ends takes its waits, views and collectors along', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const created = await client.call('ha-property-collector', 'CreatePropertyCollector');
  const collector = textOf(created.returned[0] as never);
  const view = await client.call(
    'ViewManager',
    'CreateContainerView',
    '<container type="Folder">ha-folder-root</container><type>HostSystem</type><recursive>true</recursive>',
  );
  const id = textOf(view.returned[0] as never);
  assert.deepEqual(await client.get(id, 'ContainerView', 'view'), ['ha-host']);
  assert.equal((await vim.client().call(collector, 'WaitForUpdates')).fault, 'ManagedObjectNotFound');
  const waiting = client.call(collector, 'WaitForUpdates');
  await setImmediate();
  await client.call('ha-sessionmgr', 'Logout');
  assert.equal((await waiting).fault, 'RequestCanceled');
  assert.equal(vim.service.objects.get(id), undefined);
  assert.equal(vim.service.objects.get(collector), undefined);
});

test('a session that idles for half an hour: its cookie opens nothing, and what it had is gone', async () => {
  const vim = await TestVim.make();
  const session = vim.session();
  const client = vim.client(session);
  const made = await client.call('ha-property-collector', 'CreatePropertyCollector');
  const collector = textOf(made.returned[0] as never);
  vim.advance(1_799_999);
  assert.ok(vim.accounts.sessions.use(session.cookie));
  vim.advance(1_800_000);
  assert.equal(vim.accounts.sessions.use(session.cookie), undefined, 'replayed when it is too late');
  assert.equal(vim.service.objects.get(collector), undefined);
  assert.equal((await vim.stranger().call(collector, 'WaitForUpdates')).fault, 'NotAuthenticated');
});

test('WaitForUpdatesEx: a first look at a task alone waits a moment for its end, and no longer', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const work = Promise.withResolvers<string>();
  const start = () =>
    vim.service.tasks.start({ method: 'X', user: 'root', descriptionId: 'X.x' }, () => work.promise);
  const look = async (task: { value: string }) => {
    const made = await client.call('ha-property-collector', 'CreatePropertyCollector');
    const collector = textOf(made.returned[0] as never);
    const spec = `<spec><propSet><type>Task</type><pathSet>info.state</pathSet></propSet><objectSet><obj type="Task">${task.value}</obj></objectSet></spec><partialUpdates>false</partialUpdates>`;
    await client.call(collector, 'CreateFilter', spec);
    return client.call(collector, 'WaitForUpdatesEx');
  };
  const answers: string[] = [];
  void look(start()).then(({ body }) => answers.push(body));
  for (; answers.length === 0; vim.advance(10)) await setImmediate();
  assert.match(answers[0] ?? '', />running</);
  const ends = look(start());
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  work.resolve('');
  assert.match((await ends).body, />success</);
});

test('privileges: each row’s own, at the entity; what may not be seen is left out', async () => {
  const vim = await TestVim.make();
  await vim.accounts.createUser({ id: 'bob', password: 'kW5-ruqZo9t' }, 'root');
  const given = [{ principal: 'bob', group: false, roleId: -2, propagate: true }];
  assert.equal(vim.accounts.setEntityPermissions('ha-folder-host', given, 'root'), undefined);
  const bob = vim.client(vim.session('bob'));
  assert.deepEqual(await bob.get('ha-host', 'HostSystem', 'name'), ['esx.example.org']);
  assert.deepEqual(await bob.get('ha-datastore-datastore1', 'Datastore', 'name'), [undefined]);
  const killing = await bob.call('ha-sessionmgr', 'TerminateSession', '<sessionId>x</sessionId>');
  assert.equal(killing.fault, 'NoPermission');
  assert.match(killing.body, /<privilegeId>Sessions.TerminateSession</);
});

test('a task: cancelled by its owner; its failure is the host’s word and a line in the log', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const task = vim.service.tasks.start(
    { method: 'X_Task', descriptionId: 'X.x', user: 'root', isCancelable: true },
    async (control) => {
      control.progress(40);
      await new Promise((resolve) => control.signal.addEventListener('abort', resolve));
      throw new Error('oh');
    },
  );
  await setImmediate();
  assert.deepEqual(await client.get(task.value, 'Task', 'info.progress', 'info.state'), ['40', 'running']);
  assert.equal((await client.call(task.value, 'CancelTask')).fault, undefined);
  await setImmediate();
  const [state, cancelled, error] = await client.get(
    task.value,
    'Task',
    'info.state',
    'info.cancelled',
    'info.error',
  );
  assert.deepEqual([state, cancelled], ['error', 'true']);
  assert.match(error ?? '', /A general system error occurred/);
  assert.ok(vim.lines.some((line) => line.includes('Error: oh')));
  assert.equal((await client.call(task.value, 'CancelTask')).fault, 'InvalidState');
});

test('TaskHistoryCollector: pages of the tasks that a filter selects, forth and back; latestPage is news', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  for (let n = 0; n < 12; n++)
    vim.service.tasks.start(
      { method: 'X_Task', descriptionId: 'X.x', user: n < 2 ? 'bob' : 'root' },
      () => n,
    );
  await setImmediate();
  const filter = (inner: string) => `<filter>${inner}</filter>`;
  const made = await client.call(
    'ha-taskmgr',
    'CreateCollectorForTasks',
    filter('<userName><systemUser>false</systemUser><userList>root</userList></userName>'),
  );
  const id = textOf(made.returned[0] as never);
  const numbers = async (method: string, count = 4) => {
    const { returned } = await client.call(id, method, `<maxCount>${count}</maxCount>`);
    return returned.map(({ children }) => Number(/-(\d+)$/.exec(children[0]?.text ?? '')?.[1]));
  };
  assert.deepEqual(await numbers('ReadNextTasks', 20), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  await client.call(id, 'RewindCollector');
  assert.deepEqual(await numbers('ReadNextTasks'), [3, 4, 5, 6]);
  assert.deepEqual(await numbers('ReadNextTasks'), [7, 8, 9, 10]);
  assert.deepEqual(await numbers('ReadPreviousTasks'), [7, 8, 9, 10]);
  assert.deepEqual(await numbers('ReadPreviousTasks'), [3, 4, 5, 6]);
  assert.deepEqual(await numbers('ReadPreviousTasks'), []);
  assert.equal(
    (await client.call(id, 'SetCollectorPageSize', '<maxCount>0</maxCount>')).fault,
    'InvalidArgument',
  );
  await client.call(id, 'SetCollectorPageSize', '<maxCount>2</maxCount>');
  assert.deepEqual(await numbers('ReadNextTasks', 9), [11, 12]);
  await client.call('ha-sessionmgr', 'Logout');
  assert.equal(vim.service.objects.get(id), undefined);
});
