// The managers as clients use them: users, roles, permissions, options, services, firewall, names, maintenance mode.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { XmlNode } from './soap/xml.ts';
import { type TestClient, TestVim, textOf } from './testing.ts';

const BOB =
  '<user xsi:type="HostPosixAccountSpec"><id>bob</id><password>kW5-ruqZo9t</password><description>Bob</description><shellAccess>true</shellAccess></user>';

async function good(client: TestClient, object: string, method: string, args = ''): Promise<string[]> {
  const answer = await client.call(object, method, args);
  assert.equal(answer.fault, undefined, `${method}: ${answer.body}`);
  return answer.returned.map(textOf);
}

async function faultOf(
  client: TestClient,
  object: string,
  method: string,
  args = '',
): Promise<string | undefined> {
  return (await client.call(object, method, args)).fault;
}

test('users and groups: made, found, changed, removed; what is wrong has its fault', async () => {
  const vim = await TestVim.make();
  const root = vim.client();
  await good(root, 'ha-localacctmgr', 'CreateUser', BOB);
  assert.equal(await faultOf(root, 'ha-localacctmgr', 'CreateUser', BOB), 'AlreadyExists');
  const weak = '<user><id>eve</id><password>abc</password></user>';
  assert.equal(await faultOf(root, 'ha-localacctmgr', 'CreateUser', weak), 'InvalidArgument');
  await good(root, 'ha-localacctmgr', 'CreateGroup', '<group><id>ops</id></group>');
  await good(root, 'ha-localacctmgr', 'AssignUserToGroup', '<user>bob</user><group>ops</group>');
  const search =
    '<searchStr>b</searchStr><belongsToGroup>ops</belongsToGroup><exactMatch>false</exactMatch><findUsers>true</findUsers><findGroups>false</findGroups>';
  const found = await root.call('ha-user-directory', 'RetrieveUserGroups', search);
  assert.match(
    found.body,
    /xsi:type="PosixUserSearchResult"><principal>bob<\/principal><fullName>Bob<\/fullName><group>false<\/group><id>\d+<\/id><shellAccess>true</,
  );
  const bob = vim.client(vim.session('bob'));
  const password = (old: string) =>
    `<user>bob</user><oldPassword>${old}</oldPassword><newPassword>pL6-wxmYr2c</newPassword>`;
  assert.equal(await faultOf(bob, 'ha-localacctmgr', 'ChangePassword', password('x')), 'InvalidLogin');
  await good(bob, 'ha-localacctmgr', 'ChangePassword', password('kW5-ruqZo9t'));
  await good(root, 'ha-localacctmgr', 'RemoveUser', '<userName>bob</userName>');
  assert.equal(
    await faultOf(root, 'ha-localacctmgr', 'RemoveUser', '<userName>bob</userName>'),
    'UserNotFound',
  );
});

test('roles and permissions: what they give is what the next call may', async () => {
  const vim = await TestVim.make();
  const root = vim.client();
  await good(root, 'ha-localacctmgr', 'CreateUser', BOB);
  const [id] = await good(
    root,
    'ha-authmgr',
    'AddAuthorizationRole',
    '<name>Ops</name><privIds>Host.Config.AdvancedConfig</privIds>',
  );
  assert.equal(
    await faultOf(root, 'ha-authmgr', 'AddAuthorizationRole', '<name>Ops</name>'),
    'AlreadyExists',
  );
  const bob = vim.client(vim.session('bob'));
  const change =
    '<changedValue><key>UserVars.SuppressShellWarning</key><value xsi:type="xsd:int">1</value></changedValue>';
  assert.equal(await faultOf(bob, 'ha-adv-options', 'UpdateOptions', change), 'NoPermission');
  const permission = (role: string) =>
    `<entity type="Folder">ha-folder-root</entity><permission><principal>bob</principal><group>false</group><roleId>${role}</roleId><propagate>true</propagate></permission>`;
  await good(root, 'ha-authmgr', 'SetEntityPermissions', permission(id ?? ''));
  await good(bob, 'ha-adv-options', 'UpdateOptions', change);
  assert.deepEqual(
    await good(bob, 'ha-adv-options', 'QueryOptions', '<name>UserVars.SuppressShellWarning</name>'),
    ['UserVars.SuppressShellWarning 1'],
  );
  assert.equal(await faultOf(bob, 'ha-authmgr', 'SetEntityPermissions', permission('-1')), 'NoPermission');
  assert.equal(
    await faultOf(
      root,
      'ha-authmgr',
      'RemoveAuthorizationRole',
      `<roleId>${id}</roleId><failIfUsed>true</failIfUsed>`,
    ),
    'RemoveFailed',
  );
  const has = `<entity type="Folder">ha-folder-vm</entity><sessionId>${bob.session?.key}</sessionId><privId>Host.Config.AdvancedConfig</privId><privId>System.Read</privId><privId>Global.Settings</privId>`;
  assert.deepEqual(await good(root, 'ha-authmgr', 'HasPrivilegeOnEntity', has), ['true', 'true', 'false']);
  const remove = '<entity type="Folder">ha-folder-root</entity><user>root</user><isGroup>false</isGroup>';
  assert.equal(
    await faultOf(root, 'ha-authmgr', 'RemoveEntityPermission', remove),
    'AuthMinimumAdminPermission',
  );
  assert.equal(
    await faultOf(
      root,
      'ha-authmgr',
      'SetEntityPermissions',
      permission('77').replace('ha-folder-root', 'nowhere'),
    ),
    'ManagedObjectNotFound',
  );
});

test('options: by key and by stem, with their types; wrong ones change nothing', async () => {
  const client = (await TestVim.make()).client();
  const all = await client.call('ha-adv-options', 'QueryOptions');
  assert.ok(all.returned.length > 20);
  const stem = await good(client, 'ha-adv-options', 'QueryOptions', '<name>Syslog.global.</name>');
  assert.ok(stem.length > 3 && stem.every((row) => row.startsWith('Syslog.global.')));
  assert.equal(await faultOf(client, 'ha-adv-options', 'QueryOptions', '<name>Nobody</name>'), 'InvalidName');
  const value = (key: string, text: string) =>
    `<changedValue><key>${key}</key><value xsi:type="xsd:string">${text}</value></changedValue>`;
  const both = value('Syslog.global.logHost', 'udp://a:514') + value('Nobody', 'x');
  assert.equal(await faultOf(client, 'ha-adv-options', 'UpdateOptions', both), 'InvalidName');
  assert.deepEqual(
    await good(client, 'ha-adv-options', 'QueryOptions', '<name>Syslog.global.logHost</name>'),
    ['Syslog.global.logHost '],
  );
  const definitions = await client.call('ha-adv-options', 'Fetch', '<prop>supportedOption</prop>');
  for (const type of ['LongOption', 'StringOption', 'BoolOption'])
    assert.ok(definitions.body.includes(`xsi:type="${type}"`), type);
});

test('services, firewall, names and NTP: changed, and seen by who waits', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  let runs = 0;
  const service = { start: () => void runs++, stop: () => void runs-- };
  vim.host.settings.services.provide('TSM-SSH', service);
  await good(client, 'serviceSystem', 'StartService', '<id>TSM-SSH</id>');
  assert.equal(runs, 1);
  assert.equal(await faultOf(client, 'serviceSystem', 'StartService', '<id>TSM-SSH</id>'), 'InvalidState');
  assert.equal(await faultOf(client, 'serviceSystem', 'StopService', '<id>nobody</id>'), 'NotFound');
  await good(client, 'serviceSystem', 'UpdateServicePolicy', '<id>TSM-SSH</id><policy>off</policy>');
  await good(client, 'firewallSystem', 'DisableRuleset', '<id>httpClient</id>');
  const hosts = (network: string) =>
    `<id>httpClient</id><spec><allowedHosts><ipAddress>10.0.0.7</ipAddress><ipNetwork><network>${network}</network><prefixLength>24</prefixLength></ipNetwork><allIp>false</allIp></allowedHosts></spec>`;
  await good(client, 'firewallSystem', 'UpdateRuleset', hosts('192.168.1.0'));
  assert.equal(await faultOf(client, 'firewallSystem', 'UpdateRuleset', hosts('nowhere')), 'InvalidArgument');
  const [rule] = await client.get(
    'firewallSystem',
    'HostFirewallSystem',
    'firewallInfo.ruleset["httpClient"].allowedHosts',
  );
  assert.equal(rule, '10.0.0.7 192.168.1.0 24 false');
  await good(
    client,
    'networkSystem',
    'UpdateDnsConfig',
    '<config><dhcp>false</dhcp><hostName>box</hostName><domainName>lab</domainName><address>10.0.0.1</address></config>',
  );
  assert.deepEqual(await client.get('ha-host', 'HostSystem', 'name', 'config.network.dnsConfig.address'), [
    'box.lab',
    '10.0.0.1',
  ]);
  await good(
    client,
    'dateTimeSystem',
    'UpdateDateTimeConfig',
    '<config><ntpConfig><server>ntp.example.org</server></ntpConfig></config>',
  );
  assert.deepEqual(await client.get('ha-host', 'HostSystem', 'config.dateTimeInfo.ntpConfig.server'), [
    'ntp.example.org',
  ]);
  const time = (text: string) => `<dateTime>${text}</dateTime>`;
  await good(client, 'dateTimeSystem', 'UpdateDateTime', time('2031-05-06T07:08:09Z'));
  assert.match((await client.call('dateTimeSystem', 'QueryDateTime', '')).body, /2031-05-06T07:08:09/);
  assert.match((await client.call('ServiceInstance', 'CurrentTime', '')).body, /2031-05-06T07:08:09/);
  for (const wrong of ['1969-12-31T23:59:59Z', '2200-01-01T00:00:00Z', 'yesterday'])
    assert.match(
      String(await faultOf(client, 'dateTimeSystem', 'UpdateDateTime', time(wrong))),
      /^Invalid/,
      wrong,
    );
});

test('maintenance mode and the end: tasks, with their time and their conditions', async () => {
  const vim = await TestVim.make();
  const client = vim.client();
  const enter = (seconds: number) => `<timeout>${seconds}</timeout>`;
  assert.equal(await faultOf(client, 'ha-host', 'RebootHost_Task', '<force>false</force>'), 'InvalidState');
  vim.running.push('web');
  const [late] = await good(client, 'ha-host', 'EnterMaintenanceMode_Task', enter(5));
  await setImmediate();
  vim.advance(5000);
  await setImmediate();
  const [state, error] = await client.get(late ?? '', 'Task', 'info.state', 'info.error');
  assert.equal(state, 'error');
  assert.match(error ?? '', /web/);
  vim.running.pop();
  await good(client, 'ha-host', 'EnterMaintenanceMode_Task', enter(0));
  await setImmediate();
  assert.deepEqual(await client.get('ha-host', 'HostSystem', 'runtime.inMaintenanceMode'), ['true']);
  await good(client, 'ha-host', 'RebootHost_Task', '<force>false</force>');
  await setImmediate();
  vim.advance(1000);
  assert.deepEqual(vim.ends, ['reboot']);
  await good(client, 'ha-host', 'ExitMaintenanceMode_Task', enter(0));
  await setImmediate();
  assert.deepEqual(await client.get('ha-host', 'HostSystem', 'runtime.inMaintenanceMode'), ['false']);
  assert.equal(await faultOf(client, 'ha-host', 'ShutdownHost_Task', '<force>false</force>'), 'InvalidState');
  await good(client, 'ha-host', 'ShutdownHost_Task', '<force>true</force>');
  await setImmediate();
  vim.advance(1000);
  assert.deepEqual(vim.ends, ['reboot', 'stop']);
});

test('LicenseManager, ServiceManager, DiagnosticManager: no licence is missing, no services beside it, logs by lines', async () => {
  const lines = Array.from({ length: 5 }, (_, i) => `line ${i + 1}`);
  const logs = {
    list: () => [{ name: 'hostd', path: '/var/log/hostd.log', description: 'the host' }],
    tail: (_log: string, count: number) => lines.slice(-count),
  };
  const client = (await TestVim.make({ logs })).client();
  assert.deepEqual(await client.get('ha-license-manager', 'LicenseManager', 'licensedEdition'), [
    'vmkernel.free',
  ]);
  const feature = '<featureKey>any</featureKey>';
  assert.equal(
    (await client.call('ha-license-manager', 'CheckLicenseFeature', feature)).returned[0]?.text,
    'true',
  );
  assert.deepEqual((await client.call('ha-servicemanager', 'QueryServiceList')).returned, []);
  const [described] = (await client.call('ha-diagnosticmgr', 'QueryDescriptions')).returned;
  assert.match(textOf(described as XmlNode), /^hostd \/var\/log\/hostd\.log/);
  const browse = async (args: string) => {
    const { returned, fault } = await client.call('ha-diagnosticmgr', 'BrowseDiagnosticLog', args);
    return fault ?? textOf(returned[0] as XmlNode);
  };
  assert.equal(await browse('<key>hostd</key><start>4</start><lines>1</lines>'), '4 4 line 4');
  assert.equal(await browse('<key>hostd</key>'), `1 5 ${lines.join(' ')}`);
  assert.equal(await browse('<key>hostd</key><start>999999999</start>'), '6 5');
  assert.equal(await browse('<key>../shadow</key>'), 'CannotAccessFile');
});
