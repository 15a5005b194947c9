// The local API end to end: a server on a socket of its own, and its client.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostError } from '#lib';
import { callsOn } from './call.ts';
import { localClient } from './client.ts';
import { flag, integer, list, optional, takeArguments, text, textMap } from './fields.ts';
import { LocalServer } from './server.ts';

interface Adder {
  readonly base: number;
}

const call = callsOn<Adder>();
const CALLS = {
  add: call(
    'adds',
    { numbers: list(integer(0, 10)), twice: optional(flag()) },
    ({ base }, { numbers, twice }) => {
      const sum = numbers.reduce((a, b) => a + b, base);
      return twice === true ? 2 * sum : sum;
    },
  ),
  nothing: call('does nothing', {}, () => undefined),
  lose: call('fails outside', {}, () => {
    throw new HostError('no-such-vm', { vm: 'x' });
  }),
  slip: call('is wrong', {}, () => {
    throw new TypeError('slip');
  }),
};

async function serve(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-local-'));
  const path = join(folder, 's');
  const reports: string[] = [];
  const server = new LocalServer({
    calls: CALLS,
    context: { base: 100 },
    findConsole(vm) {
      if (vm !== 'a b') throw new HostError('no-such-vm', { vm });
      return (stream) => void stream.pipe(stream);
    },
    report: (line) => void reports.push(line),
  });
  await server.listen(path);
  t.after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return { path, reports, client: localClient(path) };
}

test('call: arguments go there, the result comes back', async (t) => {
  const { client } = await serve(t);
  assert.equal(await client.call('add', { numbers: [1, 2], twice: true }), 206);
  assert.equal(await client.call('nothing'), null);
});

test('listen: only the owner may open the socket', async (t) => {
  const { path } = await serve(t);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('call: what the host refuses is said in its words, with its status', async (t) => {
  const { client } = await serve(t);
  for (const [name, given, message] of [
    ['none', {}, /there is no call "none"/],
    ['add', { numbers: [11] }, /add: "numbers" is \[11\], not a list, each an integer in 0 … 10/],
    ['add', {}, /add: "numbers" is missing/],
    ['add', { numbers: [], more: 1 }, /add: there is no argument "more"/],
    ['add', [], /the arguments are not an object/],
    ['lose', {}, /There is no VM "x"\. "vmk vm list"/],
  ] as const) {
    await assert.rejects(client.call(name, given), (error) => {
      assert.ok(error instanceof HostError);
      assert.equal(error.exitStatus, 2);
      assert.match(error.message, message);
      return true;
    });
  }
});

test('call: a mistake of the host is reported there and told as one', async (t) => {
  const { client, reports } = await serve(t);
  await assert.rejects(client.call('slip'), /this is a mistake of the host: TypeError: slip/);
  assert.match(reports.join(), /TypeError: slip/);
});

test('serve: what is no call or no JSON is answered with 400; too long a body too', async (t) => {
  const { path } = await serve(t);
  const ask = (method: string, url: string, body = '') =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ socketPath: path, method, path: url, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  assert.equal(await ask('GET', '/call/add'), 400);
  assert.equal(await ask('POST', '/call/../add'), 400);
  assert.equal(await ask('POST', '/call/constructor'), 400);
  assert.equal(await ask('POST', '/call/add', '{"numbers":'), 400);
  assert.equal(await ask('POST', '/call/add', ' '.repeat(2 ** 20 + 1)), 400);
});

test('console: bytes go both ways; a VM that is not there is said', async (t) => {
  const { client } = await serve(t);
  const stream = await client.console('a b');
  stream.write('hello');
  const [got] = await new Promise<Buffer[]>((resolve) =>
    stream.once('data', (data: Buffer) => resolve([data])),
  );
  assert.equal(String(got), 'hello');
  stream.destroy();
  await assert.rejects(client.console('nobody'), /There is no VM "nobody"/);
});

test('localClient: without a host it says how to start one', async () => {
  await assert.rejects(localClient('/nowhere/vmk.sock').call('add'), (error) => {
    assert.ok(error instanceof HostError);
    assert.equal(error.code, 'host-absent');
    assert.match(error.hint, /vmk up/);
    return true;
  });
});

test('takeArguments: each kind takes what it is and nothing else', () => {
  const fields = { a: text(), b: textMap(), c: optional(integer(-1, 1)) };
  assert.deepEqual(takeArguments('x', fields, { a: '', b: { k: 'v' } }), {
    a: '',
    b: { k: 'v' },
    c: undefined,
  });
  for (const bad of [
    { a: 1, b: {} },
    { a: '', b: [] },
    { a: '', b: { k: 1 } },
    { a: '', b: {}, c: 0.5 },
  ]) {
    assert.throws(() => takeArguments('x', fields, bad), HostError);
  }
});
