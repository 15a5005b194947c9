// PostLane: what comes in plain form is answered in one piece; everything else by the long way, on the same connection.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { HTTP_LIMITS, type HttpLimits } from './limits.ts';
import type { Route } from './routes.ts';
import { rawConnection, readAll, startPort } from './testing.ts';

/** It says which way a request came, and its body. */
function routes(told: { gone?: () => void; wait?: Promise<void> } = {}): Route[] {
  return [
    {
      ...{ methods: ['POST'], path: '/way', gate: 'open' },
      async handle(exchange) {
        await exchange.reply(200, {}, `long:${(await exchange.smallBody(1_000_000)).toString()}`);
      },
      async whole(request) {
        const body = request.body.toString();
        if (body === 'fail') throw new RangeError('no such thing');
        if (body === 'wait') {
          request.onGone(() => told.gone?.());
          await told.wait;
        }
        const text = body === 'large' ? 'ü'.repeat(400_000) : `short:${body}`;
        return { status: 200, headers: {}, body: text, userName: 'somebody' };
      },
    },
  ];
}

async function open(given: { told?: Parameters<typeof routes>[0]; limits?: Partial<HttpLimits> } = {}) {
  const limits = { ...HTTP_LIMITS, ...given.limits };
  const port = await startPort({ routes: routes(given.told), limits });
  return { port, socket: await rawConnection(port) };
}

const post = (body: string, ...more: readonly string[]) =>
  `${['POST /way HTTP/1.1', 'Host: h', ...more, `Content-Length: ${Buffer.byteLength(body)}`, '', ''].join('\r\n')}${body}`;

/** The body of the next answer on a connection. */
async function answer(socket: TLSSocket): Promise<string> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n');
    const length = end < 0 ? undefined : /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1];
    const whole = end + 4 + Number(length);
    if (length !== undefined && bytes.length >= whole) {
      const rest = bytes.subarray(whole);
      if (rest.length > 0) socket.unshift(rest);
      return bytes.toString('utf8', end + 4, whole);
    }
    const [part] = (await once(socket, 'data')) as [Buffer];
    socket.pause();
    bytes = Buffer.concat([bytes, part]);
    socket.resume();
  }
}

test('PostLane: one connection, one request after the other, in all forms; nothing of them is lost', async () => {
  const { port, socket } = await open();
  try {
    socket.write(post('a'));
    assert.equal(await answer(socket), 'short:a');
    const [head, body] = [post('later').slice(0, -5), 'later'];
    socket.write(head, () => setImmediate(() => socket.write(body)));
    assert.equal(await answer(socket), 'short:later');
    socket.write(post('large'));
    assert.equal((await answer(socket)).length, 400_000);
    socket.write(post('fail'));
    assert.match(await answer(socket), /^500 /);
    socket.write(post('b', 'Expect: 100-continue'));
    assert.match(String(await once(socket, 'data')), /^HTTP\/1\.1 100 Continue/);
    assert.equal(await answer(socket), 'long:b');
    socket.write(post('c'));
    assert.equal(await answer(socket), 'long:c', 'it stays there');
    assert.ok(
      port.lines.some((line) =>
        /POST \/way 200 5 11 \d+ms somebody 127\.0\.0\.1:\d+ TLSv1\.3 "-"/.test(line),
      ),
    );
    assert.ok(port.lines.some((line) => line.includes('RangeError: no such thing')));
  } finally {
    socket.destroy();
    await port.close();
  }
});

test('PostLane: requests that come together are answered in their order', async () => {
  const wait = Promise.withResolvers<void>();
  const { port, socket } = await open({ told: { wait: wait.promise } });
  try {
    socket.write(post('wait'));
    socket.write(`${post('a')}${post('b')}`, () => setImmediate(wait.resolve));
    assert.equal(await answer(socket), 'short:wait');
    assert.equal(await answer(socket), 'long:a');
    assert.equal(await answer(socket), 'long:b');
  } finally {
    socket.destroy();
    await port.close();
  }
});

test('PostLane: who waits hears that the other end is gone; who sends nothing is sent away', async () => {
  const gone = Promise.withResolvers<void>();
  const limits = { headerMs: 150, keepAliveMs: 150 };
  const { port, socket } = await open({ told: { gone: gone.resolve, wait: gone.promise }, limits });
  try {
    socket.write(post('wait'), () => socket.destroy());
    await gone.promise;
    assert.match(await readAll(await rawConnection(port)), /^HTTP\/1\.1 408 /);
    const used = await rawConnection(port);
    used.write(post('a'));
    assert.equal(await answer(used), 'short:a');
    assert.equal(await readAll(used), '');
  } finally {
    await port.close();
  }
});
