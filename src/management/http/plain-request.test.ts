// PlainRequests: what it takes is what Node's parser reads, to the byte; what has another form it leaves alone.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { PlainRequests } from './plain-request.ts';

const LIMITS = { headBytesMax: 16 * 1024, headersMax: 100 };
const ROUNDS = 4000;
const lines = (...more: readonly string[]) =>
  ['POST /sdk HTTP/1.1', 'Host: h:443', 'Content-Type: text/xml; charset=utf-8', ...more, '', ''].join(
    '\r\n',
  );
const requests = new PlainRequests(LIMITS);
/** Each twice: what is known is read as what is new. */
const plain = (text: string) => {
  const found = requests.read(Buffer.from(text, 'latin1'));
  assert.deepEqual(requests.read(Buffer.from(text, 'latin1')), found);
  return found;
};

test('PlainRequests: the usual form, and where its body is', () => {
  const head = lines(
    'Cookie: a="b"',
    'User-Agent: Go 1',
    'CONNECTION:  keep-alive'.replace('  ', ' '),
    'Content-Length: 5',
  );
  const found = plain(`${head}hello and more`);
  assert.equal(found?.path, '/sdk');
  assert.deepEqual([found?.from, found?.to], [head.length, head.length + 5]);
  assert.deepEqual([found?.headers.get('cookie'), found?.headers.get('connection')], ['a="b"', 'keep-alive']);
  assert.equal(plain(head)?.to, head.length + 5, 'the body may come later');
});

test('PlainRequests: other forms are left alone', () => {
  const length = 'Content-Length: 0';
  const others = [
    lines(),
    lines(length, length),
    lines(length, 'Transfer-Encoding: chunked'),
    lines(length, 'Expect: 100-continue'),
    lines(length, 'Connection: close'),
    lines(length, 'Origin: https://other'),
    lines(length, 'X: '),
    lines(length, 'X : y'),
    lines(length, ' folded'),
    lines(length, 'X: a\nb'),
    lines(length, 'X: \x01'),
    lines(length, 'X: ü'),
    lines('Content-Length: 00'),
    lines('Content-Length: 5, 5'),
    lines('Content-Length: -1'),
    lines('Content-Length: 0x10'),
    lines(length).replace('Host', 'Ghost'),
    lines(length).replace('POST', 'GET'),
    lines(length).replace('1.1', '1.0'),
    lines(length).replace('/sdk', '/sdk?x'),
    lines(length).replace('/sdk', 'https://h/sdk'),
    lines(length).replaceAll('\r\n', '\n'),
    lines(length).trimEnd(),
    lines(length, `X: ${'y'.repeat(LIMITS.headBytesMax)}`),
    lines(length, ...Array.from({ length: LIMITS.headersMax }, (_, i) => `X-${'a'.repeat(i + 1)}: y`)),
  ];
  for (const text of others) assert.equal(plain(text), undefined, JSON.stringify(text.slice(0, 200)));
});

/** As Node reads it. */
async function byNode(text: string): Promise<{ message: IncomingMessage; body: string } | undefined> {
  const server = createServer({ maxHeaderSize: LIMITS.headBytesMax });
  const read = Promise.withResolvers<{ message: IncomingMessage; body: string } | undefined>();
  server.on('request', (message) => {
    const parts: Buffer[] = [];
    message.on('data', (part: Buffer) => parts.push(part));
    message.on('end', () => read.resolve({ message, body: Buffer.concat(parts).toString('latin1') }));
  });
  server.on('clientError', () => read.resolve(undefined));
  const [client, served] = duplexPair();
  server.emit('connection', served);
  client.write(Buffer.from(text, 'latin1'));
  const found = await read.promise;
  client.destroy();
  served.destroy();
  return found;
}

test(`PlainRequests: ${ROUNDS} requests with something wrong in them: what it takes Node takes, and reads the same`, async () => {
  const random = new SeededRandom(71);
  const pick = (list: readonly string[]) => list[random.below(list.length)] as string;
  const pieces = [
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ':',
    ',',
    '\0',
    'é',
    'x',
    '0',
    '9',
    '"',
    'Content-Length: 3\r\n',
    'TE: x\r\n',
  ];
  let taken = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let text = `${lines('Cookie: a="b"', 'X-Any: some thing', 'Content-Length: 6')}abcdef`;
    for (let change = random.below(3); change >= 0; change--) {
      const at = random.below(text.length - 6);
      text = text.slice(0, at) + pick(pieces) + text.slice(at + random.below(2));
    }
    const found = plain(text);
    if (found === undefined || found.to > text.length) continue;
    taken++;
    const node = await byNode(text.slice(0, found.to));
    const shown = JSON.stringify(text);
    assert.equal(node?.message.url, found.path, shown);
    assert.equal(node?.body, text.slice(found.from, found.to), shown);
    for (const [name, value] of found.headers) assert.equal(node?.message.headers[name], value, shown);
    assert.equal(Object.keys(node?.message.headers ?? {}).length, found.headers.size, shown);
  }
  assert.ok(taken > ROUNDS / 20, `${taken} were taken`);
});
