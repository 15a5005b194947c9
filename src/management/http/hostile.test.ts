// Tests of what no client should do: plain HTTP, slow senders, huge headers, a thousand at once, and random bytes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect as tlsConnect } from 'node:tls';
import { type Random, SeededRandom } from '#lib';
import { HTTP_LIMITS } from './limits.ts';
import { ask, basic, rawConnection, readAll, startPort, type TestPort } from './testing.ts';

const LIMITS = {
  ...HTTP_LIMITS,
  handshakeMs: 300,
  headerMs: 400,
  paceWindowMs: 50,
  bytesPerSecondMin: 2000,
  discardMs: 50,
};

let rig: TestPort;
let banned: string | undefined;
before(async () => {
  rig = await startPort({ limits: LIMITS, mayConnect: (address) => address !== banned });
  writeFileSync(join(rig.folder, 'file'), 'content');
});
after(async () => await rig.close());

const FILE = '/folder/file?dsName=datastore1';
const alive = async () => assert.equal((await ask(rig, FILE)).text, 'content');

async function plain(request: string | Buffer): Promise<string> {
  const socket = connect(rig.number, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(request);
  return await readAll(socket);
}

test('plain HTTP: a reader is sent to HTTPS, others are told, what is no HTTP is closed', async () => {
  const get = await plain(
    `GET ${FILE} HTTP/1.1\r\nHost: h.example:8443\r\nAuthorization: Basic eA==\r\n\r\n`,
  );
  assert.match(get, /^HTTP\/1\.1 301 /);
  assert.match(get, /\r\nLocation: https:\/\/h\.example:8443\/folder\/file\?dsName=datastore1\r\n/);
  assert.match(get, /speaks HTTPS only/);
  assert.match(
    await plain('POST /sdk HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx'),
    /^HTTP\/1\.1 400 /,
  );
  assert.match(await plain('GET / HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 400 /);
  const split = await plain('GET /a HTTP/1.1\r\nHost: h\r\nX: https://evil\r\n\r\n');
  assert.match(split, /Location: https:\/\/h\/a\r\n/);
  assert.equal(await plain('SSH-2.0-x\r\n'), '');
  assert.equal(await plain(Buffer.from([0x80, 0, 1, 2])), '');
  await alive();
});

test('more connections than there may be: closed at once, the others go on', async () => {
  const small = await startPort({ limits: { ...HTTP_LIMITS, connections: 3 } });
  const held = [await rawConnection(small), await rawConnection(small), await rawConnection(small)];
  await assert.rejects(rawConnection(small));
  for (const socket of held) socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  for (const socket of held) assert.match(await readAll(socket), /^HTTP\/1\.1 200 /);
  (await rawConnection(small)).destroy();
  await small.close();
});

test('the firewall: who may not connect gets nothing', async () => {
  banned = '127.0.0.1';
  assert.equal(await plain('GET / HTTP/1.1\r\nHost: h\r\n\r\n'), '');
  banned = undefined;
  await alive();
});

test('slow before TLS, in the handshake, in the header: closed in time', async () => {
  assert.equal(await plain(''), '');
  assert.equal(await plain(Buffer.from([0x16, 3, 1, 2, 0, 1])), '');
  const header = await rawConnection(rig);
  header.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow:');
  assert.match(await readAll(header), /^(?:HTTP\/1\.1 408 |$)/);
  assert.match(await readAll(await rawConnection(rig)), /^(?:HTTP\/1\.1 408 |$)/);
  await alive();
});

test('a body that trickles: 408, and nothing stays', async () => {
  const socket = await rawConnection(rig);
  socket.on('error', () => {});
  socket.write(
    `PUT /folder/slow?dsName=datastore1 HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('root')}\r\nContent-Length: 100000\r\n\r\n`,
  );
  const trickle = setInterval(() => socket.write('x'), 10);
  const answer = await readAll(socket);
  clearInterval(trickle);
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.deepEqual(readdirSync(join(rig.folder, '.vmk.sf')), []);
  await alive();
});

test('a reader that does not read: its connection is closed, its file too', async () => {
  writeFileSync(join(rig.folder, 'large'), Buffer.alloc(24 * 2 ** 20));
  const socket = await rawConnection(rig);
  socket.on('error', () => {});
  socket.pause();
  const closed = rig.lines.length;
  socket.write(
    `GET /folder/large?dsName=datastore1 HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('root')}\r\n\r\n`,
  );
  const ended = () => rig.lines.slice(closed).some((line) => /large\S* 200 broken-off/.test(line));
  while (!ended()) await new Promise(setImmediate);
  socket.destroy();
  await alive();
});

test('headers: too large, too many targets, none of a host', async () => {
  const send = async (head: string) => {
    const socket = await rawConnection(rig);
    socket.on('error', () => {});
    socket.write(`${head}\r\n\r\n`);
    return await readAll(socket);
  };
  const host = 'Host: x\r\nConnection: close';
  assert.match(await send(`GET / HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(20_000)}`), /^HTTP\/1\.1 431 /);
  assert.match(await send(`GET /${'x'.repeat(9000)} HTTP/1.1\r\n${host}`), /^HTTP\/1\.1 414 /);
  assert.match(await send('GET / HTTP/1.1\r\nConnection: close'), /^HTTP\/1\.1 400 /);
  assert.match(await send(`GET / HTTP/9.9\r\n${host}`), /^HTTP\/1\.1 400 /);
  assert.match(
    await send(`PUT ${FILE} HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked`),
    /^HTTP\/1\.1 400 /,
  );
  assert.match(await send(`PUT ${FILE} HTTP/1.1\r\n${host}\r\nContent-Length: -1`), /^HTTP\/1\.1 400 /);
  assert.match(await send(`GET https://127.0.0.1/ HTTP/1.1\r\n${host}`), /^HTTP\/1\.1 200 /);
  await alive();
});

test('TLS: 1.2 and 1.3 only, HTTP/1.1 only, ciphers with forward secrecy only', async () => {
  const speak = async (options: object): Promise<string> => {
    const socket = tlsConnect({ host: '127.0.0.1', port: rig.number, rejectUnauthorized: false, ...options });
    try {
      await once(socket, 'secureConnect');
      return `${socket.getProtocol()} ${socket.alpnProtocol || '-'} ${socket.getCipher().name}`;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'error';
    } finally {
      socket.destroy();
    }
  };
  assert.equal(await speak({ ALPNProtocols: ['h2', 'http/1.1'] }), 'TLSv1.3 http/1.1 TLS_AES_128_GCM_SHA256');
  assert.match(
    await speak({ maxVersion: 'TLSv1.2' }),
    /^TLSv1\.2 - TLS_ECDHE|^TLSv1\.2 - ECDHE-ECDSA-AES128-GCM-SHA256/,
  );
  assert.match(await speak({ ALPNProtocols: ['h2'] }), /NO_APPLICATION_PROTOCOL/);
  for (const version of ['TLSv1', 'TLSv1.1']) {
    assert.match(
      await speak({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
      /^E/,
    );
  }
  assert.match(await speak({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-GCM-SHA384' }), /^E/);
  await alive();
});

test('the certificate: put in two halves, new connections have it, old ones go on', async () => {
  const fingerprint = async () => {
    const socket = await rawConnection(rig);
    const found = socket.getPeerX509Certificate()?.fingerprint256;
    socket.destroy();
    return found;
  };
  const [before, old] = [await fingerprint(), await rawConnection(rig)];
  const other = await startPort();
  const { certificatePem, keyPem } = other.certificates.current;
  await other.close();
  const put = (name: string, body: string) => ask(rig, `/host/${name}`, { method: 'PUT', body });
  assert.equal((await put('ssl_key', 'nonsense')).status, 400);
  assert.equal((await put('ssl_cert', keyPem)).status, 400);
  assert.equal((await put('ssl_cert', certificatePem)).status, 202);
  assert.equal(await fingerprint(), before);
  assert.equal((await put('ssl_key', keyPem)).status, 200);
  assert.notEqual(await fingerprint(), before);
  old.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  assert.match(await readAll(old), /^HTTP\/1\.1 200 /);
  await alive();
});

test('a thousand clients at once: each gets its answer, readers and writers alike', async () => {
  const slow = await startPort({ limits: { ...HTTP_LIMITS, handshakeMs: 60_000 } });
  writeFileSync(join(slow.folder, 'file'), 'content');
  const sockets = await Promise.all(Array.from({ length: 1000 }, () => rawConnection(slow)));
  const answers = await Promise.all(
    sockets.map(async (socket, i) => {
      const head = `Host: x\r\nAuthorization: ${basic('root')}\r\nConnection: close\r\n`;
      if (i % 4 === 0) {
        socket.write(
          `PUT /folder/f${i}?dsName=datastore1 HTTP/1.1\r\n${head}Content-Length: ${70_000 + i}\r\n\r\n`,
        );
        socket.write(Buffer.alloc(70_000 + i, i));
      } else {
        socket.write(`GET ${FILE} HTTP/1.1\r\n${head}\r\n`);
      }
      return (await readAll(socket)).split('\r\n', 1)[0];
    }),
  );
  const count = (status: string) =>
    answers.filter((answer) => answer?.startsWith(`HTTP/1.1 ${status}`)).length;
  assert.deepEqual([count('200'), count('201')], [750, 250]);
  for (let i = 0; i < 1000; i += 100) {
    const bytes = readFileSync(join(slow.folder, `f${i}`));
    assert.ok(bytes.length === 70_000 + i && bytes.every((byte) => byte === i % 256));
  }
  await slow.close();
});

test('fuzz: random requests and random bytes get an answer or an end, never more than that', async () => {
  const random = new SeededRandom(0x5eed);
  const seen = new Set<string>();
  for (let i = 0; i < 250; i++) {
    const socket = await rawConnection(rig);
    socket.on('error', () => {});
    socket.end(fuzzRequest(random));
    const status = /^HTTP\/1\.1 (\d{3})/.exec(await readAll(socket))?.[1] ?? '-';
    assert.notEqual(status, '500', `request ${i}`);
    seen.add(status);
  }
  assert.ok(seen.size >= 4, [...seen].join());
  assert.deepEqual(
    rig.lines.filter((line) => line.startsWith('error')),
    [],
  );
  assert.deepEqual(readdirSync(join(rig.folder, '.vmk.sf')), []);
  assert.deepEqual(readdirSync(join(rig.folder, '..')), ['datastore1']);
  writeFileSync(join(rig.folder, 'file'), 'content');
  await alive();
});

/** A request of good pieces, some of them broken. */
function fuzzRequest(random: Random): Buffer {
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)] as T;
  const segment = () =>
    pick([
      'a',
      '..',
      '%2e%2e',
      '%2F',
      '%00',
      'file',
      '%',
      '%ff',
      'x'.repeat(300),
      '',
      '.',
      'ü',
      '%25',
      '\\',
      'tmp',
      '\u0001',
      'a b',
    ]);
  const path = `/${pick(['folder', 'host', 'tmp', '', 'sdk'])}/${Array.from({ length: random.below(5) }, segment).join('/')}`;
  const query = pick([
    '',
    '?dsName=datastore1',
    '?dsName=',
    '?dsName=%00&dcPath=..',
    '?ticket=x',
    '?&&==&%',
    '?dsName=datastore1&dsName=x',
  ]);
  const header = () =>
    pick([
      `Authorization: ${basic('root')}`,
      'Authorization: Basic ====',
      'Cookie: =;;=a; vmware_soap_session="',
      'Content-Length: 5',
      'Content-Length: 99999999999999999999',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip, chunked',
      'Range: bytes=0-,-1,5-2',
      'Range: bytes=99999999999999999-',
      'If-Match: "',
      'If-None-Match: *',
      'If-Modified-Since: never',
      'Expect: 100-continue',
      'Accept: */*;q=x, text/html;q=9',
      'Content-Encoding: gzip',
      'Upgrade: websocket\r\nConnection: Upgrade',
      'Bad Header',
      `X: ${'y'.repeat(random.below(3000))}`,
    ]);
  const headers = Array.from({ length: random.below(6) }, header);
  const method = pick([
    'GET',
    'PUT',
    'HEAD',
    'DELETE',
    'POST',
    'OPTIONS',
    'CONNECT',
    'TRACE',
    'get',
    'BREW',
    '',
  ]);
  const line = `${method} ${path}${query} ${pick(['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 ', ''])}`;
  const text = [
    line,
    'Host: x',
    ...headers,
    '',
    pick(['', 'hello', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n']),
  ].join('\r\n');
  const bytes = Buffer.from(text);
  for (let i = random.below(4) === 0 ? random.below(6) : 0; i > 0; i--)
    bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
