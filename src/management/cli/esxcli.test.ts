// "vmk esxcli": its words go to the host as they are, secrets are asked for here, the answer is printed as it comes.
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { runEsxcli } from './esxcli.ts';

async function run(given: readonly string[], input = '') {
  const calls: unknown[] = [];
  let [stdout, stderr] = ['', ''];
  const context = {
    process: Object.assign(new EventEmitter(), {
      stdin: Readable.from([input]),
      stdout: { write: (text: string) => void (stdout += text) },
      stderr: { write: (text: string) => void (stderr += text) },
      exit: () => {},
    }) as never,
    connect: (home: string | undefined) => ({
      call: <T>(name: string, more: object = {}) => {
        calls.push([name, { home, ...more }]);
        return Promise.resolve({ output: 'out\n', error: 'err\n', status: 1 } as T);
      },
      console: () => assert.fail('no console'),
      gone: () => assert.fail('not asked'),
    }),
  };
  const status = await runEsxcli(given, context);
  return { calls, stdout, stderr, status };
}

test('vmk esxcli: the words of esxcli, with its own options, go to the host', async () => {
  const words = ['--formatter=csv', 'system', 'version', 'get', '--home', 'x'];
  assert.deepEqual(await run(words), {
    calls: [['esxcli.run', { home: undefined, words }]],
    stdout: 'out\n',
    stderr: 'err\n',
    status: 1,
  });
});

test('vmk esxcli: the home folder is named first', async () => {
  for (const home of [['--home', '/h'], ['--home=/h']]) {
    const { calls } = await run([...home, 'vm', 'process', 'list']);
    assert.deepEqual(calls, [['esxcli.run', { home: '/h', words: ['vm', 'process', 'list'] }]]);
  }
  await assert.rejects(run(['--home']), /--home needs a value/);
});

test('vmk esxcli: secrets come from the input, one a line, and are not shown', async () => {
  const add = ['system', 'account', 'add', '-i', 'bob', '-p', '-c'];
  const { calls, stderr } = await run(add, 'one\ntwo\n');
  assert.deepEqual(calls, [
    ['esxcli.run', { home: undefined, words: [...add, '--password=one', '--password-confirmation=two'] }],
  ]);
  assert.equal(stderr, "Enter value for 'password': \nEnter value for 'password-confirmation': \nerr\n");
  await assert.rejects(run(add, 'one\n'), /no answer was given/);
});
