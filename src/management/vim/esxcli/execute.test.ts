// esxcli by the VIM API: the same answers as at the host, each command's privilege, and clear faults for what is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { available, COMMANDS, type Command, commandLine, esxcli, failed } from '../../esxcli/index.ts';
import { testHost } from '../../esxcli/testing.ts';
import { TestVim, textOf } from '../testing.ts';
import { readAnswer } from './answer.ts';
import { argumentsOf, CLI_INFO, execute, handlerId, PREFIX } from './execute.ts';

const ROOT = { user: 'root', allows: () => true };
const CALLER = { user: 'root', authorize: () => true };
const methodOf = ({ path }: Command) => PREFIX + path.join('.');

/** A command line whose command runs by its method. */
function remotely(host: ReturnType<typeof testHost>, words: readonly string[]) {
  return commandLine(words, CALLER, COMMANDS, async (row, args) => {
    const command = { moid: handlerId(row.path), method: methodOf(row), argument: argumentsOf(row, args) };
    const { response, fault } = await execute(host, command, ROOT);
    if (fault !== undefined) return failed(`${fault.faultMsg} ${fault.faultDetail}`);
    const read = readAnswer(row.output, response ?? '');
    assert.ok(read);
    return read.answer;
  });
}

test('execute: every command that needs no argument answers what it answers at the host', async () => {
  const host = testHost();
  const plain = available(COMMANDS, host).filter(
    ({ path, options }) =>
      /^(?:get|list)$/.test(path.at(-1) ?? '') && !Object.values(options).some((each) => each.required),
  );
  assert.ok(plain.length > 20);
  for (const { path } of plain) {
    for (const formatter of [[], ['--formatter=json']]) {
      const words = [...formatter, ...path];
      assert.deepEqual(await remotely(host, words), await esxcli(host, words, CALLER), words.join(' '));
    }
  }
});

test('execute: arguments are the ones of the command line, special characters and lists too', async () => {
  const host = testHost();
  const add = ['system', 'account', 'add', '-i', 'a<b&c', '-p', '"x"', '-c', '"x"', '-s', 'true'];
  assert.equal((await remotely(host, add)).status, 0);
  const listed = await remotely(host, ['--formatter=json', 'system', 'account', 'list']);
  assert.match(listed.output, /"UserID": "a<b&c"/);
  const missing = await execute(
    host,
    { moid: 'ha-cli-handler-system-account', method: 'vim.EsxCLI.system.account.add' },
    ROOT,
  );
  assert.match(missing.fault?.faultDetail ?? '', /<errMsg>Missing required parameter -i\|--id<\/errMsg>/);
});

// biome-ignore format: a table reads in columns
const WRONG: readonly (readonly [name: string, argument: readonly { name: string; val: string }[], says: RegExp])[] = [
  ['no XML',           [{ name: 'id', val: '<id>x' }],             /is no XML/],
  ['another element',  [{ name: 'id', val: '<name>x</name>' }],    /an element of another name/],
  ['unknown argument', [{ name: 'size', val: '<size>x</size>' }],  /Invalid option --size/],
  ['an option inside', [{ name: 'id', val: '<id>--help</id>' }],   /Missing required|Argument/],
];
for (const [name, argument, says] of WRONG) {
  test(`execute: ${name} is a CLIFault that says so`, async () => {
    const command = {
      moid: 'ha-cli-handler-system-account',
      method: 'vim.EsxCLI.system.account.remove',
      argument,
    };
    const { fault, response } = await execute(testHost(), command, ROOT);
    if (name === 'an option inside') assert.match(fault?.faultDetail ?? '', /'--help' does not exist/);
    else assert.match(fault?.faultDetail ?? '', says);
    assert.equal(response, undefined);
  });
}

test('ExecuteSoap: descriptions, privileges of each command, NotFound', async () => {
  const vim = await TestVim.make({ esxcli: testHost() });
  const root = vim.client();
  const found = await root.call('ha-host', 'RetrieveManagedMethodExecuter');
  const [executer = ''] = found.returned.map(textOf);
  const run = (client: typeof root, moid: string, method: string, argument = '') =>
    client.call(
      executer,
      'ExecuteSoap',
      `<moid>${moid}</moid><version>urn:vim25/5.0</version><method>${method}</method>${argument}`,
    );
  const typeName = (name: string) =>
    `<argument><name>typeName</name><val>&lt;typeName&gt;${name}&lt;/typeName&gt;</val></argument>`;
  const info = await run(root, CLI_INFO, 'vim.CLIInfo.FetchCLIInfo', typeName('vim.EsxCLI.system.account'));
  assert.match(info.body, /&lt;aliases&gt;--id&lt;\/aliases&gt;/);
  const account = 'ha-cli-handler-system-account';
  const users = await run(root, account, 'vim.EsxCLI.system.account.list');
  assert.match(users.body, /&lt;UserID&gt;vpxuser&lt;/);
  const strange = await run(root, account, 'vim.EsxCLI.system.account.explode');
  assert.match(strange.body, /could not be found/);
  const bob = vim.client(vim.session('bob'));
  assert.equal((await bob.call('ha-host', 'RetrieveManagedMethodExecuter')).fault, 'NoPermission');
  const refused = await run(bob, account, 'vim.EsxCLI.system.account.list');
  assert.match(refused.body, /NoPermission/);
  assert.doesNotMatch(refused.body, /vpxuser/);
});
