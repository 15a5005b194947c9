// Tests of the port as clients see it: reading, writing, listing and removing files, conditions, ranges, what goes wrong.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HTTP_LIMITS } from './limits.ts';
import { ask, basic, rawConnection, readAll, startPort, type TestPort } from './testing.ts';

let rig: TestPort;
before(async () => {
  rig = await startPort();
});
after(async () => await rig.close());

const DS = '?dcPath=ha-datacenter&dsName=datastore1';
const onDisk = (...path: string[]) => join(rig.folder, ...path);
const litter = () => readdirSync(onDisk('.vmk.sf'));

test('PUT and GET of /folder: a file with a name of any kind, its folders are made, 201 and then 200', async () => {
  for (const path of ['/folder/vm%20%C3%BC/a%2Bb.vmx', '/folder/vm%20%C3%BC%2Fa+b.vmx']) {
    const isFirst = !existsSync(onDisk('vm ü', 'a+b.vmx'));
    const put = await ask(rig, path + DS, { method: 'PUT', body: `content of ${path}` });
    assert.equal(put.status, isFirst ? 201 : 200);
    assert.equal(put.headers['content-length'], '0');
    const got = await ask(rig, path + DS);
    assert.equal(got.status, 200);
    assert.equal(got.text, `content of ${path}`);
    assert.equal(got.headers.etag, put.headers.etag);
    assert.equal(got.headers['content-type'], 'text/plain; charset=utf-8');
  }
  assert.deepEqual(readdirSync(onDisk('vm ü')), ['a+b.vmx']);
  assert.deepEqual(litter(), []);
});

test('the inventory path of the datacenter, none, and a wrong one', async () => {
  writeFileSync(onDisk('dc'), 'x');
  for (const query of [
    'dcPath=%2Fha-datacenter&dsName=datastore1',
    'dsName=datastore1',
    'dcPath=ha%2ddatacenter&dsName=datastore1',
  ]) {
    assert.equal((await ask(rig, `/folder/dc?${query}`)).status, 200, query);
  }
  assert.equal((await ask(rig, '/folder/dc?dcPath=other&dsName=datastore1')).status, 404);
  assert.equal((await ask(rig, '/folder/dc?dcPath=ha-datacenter')).status, 400);
  assert.equal((await ask(rig, '/folder/dc?dsName=other')).status, 404);
});

test('HEAD: the headers of GET, no body; also of lists and of what is not there', async () => {
  writeFileSync(onDisk('head.iso'), Buffer.alloc(5000));
  const [head, get] = [
    await ask(rig, `/folder/head.iso${DS}`, { method: 'HEAD' }),
    await ask(rig, `/folder/head.iso${DS}`),
  ];
  const { date } = head.headers;
  assert.ok(date);
  assert.deepEqual({ ...head.headers, date }, { ...get.headers, date });
  assert.equal(head.headers['content-length'], '5000');
  assert.equal(head.body.length, 0);
  for (const path of ['/folder', `/folder${DS}`, '/host', '/', `/folder/absent${DS}`]) {
    const answer = await ask(rig, path, { method: 'HEAD' });
    assert.equal(answer.body.length, 0, path);
    assert.ok(Number(answer.headers['content-length']) > 0, path);
  }
});

test('DELETE: files and empty folders, and nothing else', async () => {
  mkdirSync(onDisk('del', 'sub'), { recursive: true });
  writeFileSync(onDisk('del', 'f'), 'x');
  const remove = async (path: string) =>
    (await ask(rig, `/folder/${path}${DS}`, { method: 'DELETE' })).status;
  assert.equal(await remove('del'), 409);
  assert.equal(await remove('del/f'), 204);
  assert.equal(await remove('del/f'), 404);
  assert.equal(await remove('del/sub/'), 204);
  assert.equal(await remove('del'), 204);
  assert.equal(await remove(''), 409);
  assert.ok(!existsSync(onDisk('del')));
});

test('lists: HTML for people, the same as JSON, names escaped and links that lead there', async () => {
  mkdirSync(onDisk('list', 'sub folder'), { recursive: true });
  writeFileSync(onDisk('list', '<b>&"x.log'), 'x'.repeat(1536));
  writeFileSync(onDisk('list', 'disk 10'), '');
  writeFileSync(onDisk('list', 'disk 9'), '');
  const html = await ask(rig, `/folder/list${DS}`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
  assert.equal(html.headers['content-type'], 'text/html; charset=utf-8');
  assert.match(String(html.headers['content-security-policy']), /default-src 'none'; style-src 'sha256-/);
  assert.match(html.text, /&#60;b&#62;&#38;&#34;x\.log<\/a>.*1\.50 KiB/);
  assert.ok(!html.text.includes('<b>'));
  const links = [...html.text.matchAll(/<a href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&#38;', '&'),
  );
  for (const link of links) assert.equal((await ask(rig, link)).status, 200, link);
  const json = await ask(rig, `/folder/list${DS}`, { headers: { Accept: 'application/json' } });
  const { entries, freeBytes, path } = JSON.parse(json.text) as {
    entries: { name: string }[];
    freeBytes: number;
    path: string;
  };
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['sub folder', '<b>&"x.log', 'disk 9', 'disk 10'],
  );
  assert.ok(freeBytes > 0);
  assert.equal(path, 'list');
  const stores = JSON.parse(
    (await ask(rig, '/folder', { headers: { Accept: 'application/json' } })).text,
  ) as { datastores: { name: string }[] };
  assert.deepEqual(
    stores.datastores.map(({ name }) => name),
    ['datastore1'],
  );
});

test('ranges: one, from the end, several, out of bounds, nonsense', async () => {
  writeFileSync(onDisk('range'), '0123456789');
  const get = (range: string, more = {}) =>
    ask(rig, `/folder/range${DS}`, { headers: { Range: range, ...more } });
  // biome-ignore format: a table reads in columns
  const cases: [range: string, status: number, body: string, contentRange: string | undefined][] = [
    ['bytes=0-0',        206, '0',          'bytes 0-0/10'],
    ['bytes=2-5',        206, '2345',       'bytes 2-5/10'],
    ['bytes=7-',         206, '789',        'bytes 7-9/10'],
    ['bytes=-2',         206, '89',         'bytes 8-9/10'],
    ['bytes=-99',        206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99',       206, '56789',      'bytes 5-9/10'],
    ['bytes=0-4,5-6',    206, '0123456',    'bytes 0-6/10'],
    ['bytes=0-1,99-',    206, '01',         'bytes 0-1/10'],
    ['bytes=5-2',        200, '0123456789', undefined],
    ['bytes=x',          200, '0123456789', undefined],
    ['bytes=-',          200, '0123456789', undefined],
    ['lines=1-2',        200, '0123456789', undefined],
    [`bytes=${'0-0,'.repeat(99)}1-1`, 200, '0123456789', undefined],
  ];
  for (const [range, status, body, contentRange] of cases) {
    const answer = await get(range);
    assert.deepEqual(
      [answer.status, answer.text, answer.headers['content-range']],
      [status, body, contentRange],
      range,
    );
  }
  for (const range of ['bytes=10-', 'bytes=99-100', 'bytes=-0']) {
    const answer = await get(range);
    assert.equal(answer.status, 416, range);
    assert.equal(answer.headers['content-range'], 'bytes */10');
  }
  const parts = await get('bytes=0-1,4-5,-1');
  assert.equal(parts.status, 206);
  assert.equal(Number(parts.headers['content-length']), parts.body.length);
  const boundary = /boundary=(.*)/.exec(parts.headers['content-type'] ?? '')?.[1] ?? '';
  const bodies = parts.text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.split('\r\n\r\n')[1]?.trim());
  assert.deepEqual(bodies, ['01', '45', '9']);
  const { etag = '', 'last-modified': modified = '' } = (await get('bytes=0-0')).headers;
  assert.equal((await get('bytes=0-0', { 'If-Range': etag })).status, 206);
  assert.equal((await get('bytes=0-0', { 'If-Range': modified })).status, 206);
  assert.equal((await get('bytes=0-0', { 'If-Range': '"other"' })).status, 200);
  assert.equal((await get('bytes=0-0', { 'If-Range': `W/${etag}` })).status, 200);
});

test('conditions: what a client has is not sent again, what it did not expect is not changed', async () => {
  const path = `/folder/cond${DS}`;
  const put = (headers: Record<string, string>, body = 'x') =>
    ask(rig, path, { method: 'PUT', body, headers });
  const get = (headers: Record<string, string>) => ask(rig, path, { headers });
  assert.equal((await put({ 'If-Match': '*' })).status, 412);
  assert.equal((await put({ 'If-None-Match': '*' })).status, 201);
  assert.equal((await put({ 'If-None-Match': '*' }, 'y')).status, 412);
  const { etag = '', 'last-modified': modified = '' } = (await get({})).headers;
  for (const headers of [
    { 'If-None-Match': etag },
    { 'If-None-Match': `"a", W/${etag}` },
    { 'If-Modified-Since': modified },
  ]) {
    const answer = await get(headers);
    assert.deepEqual(
      [answer.status, answer.text, answer.headers.etag],
      [304, '', etag],
      JSON.stringify(headers),
    );
  }
  assert.equal((await get({ 'If-None-Match': '"a"', 'If-Modified-Since': modified })).status, 200);
  assert.equal((await get({ 'If-Match': '"a"' })).status, 412);
  assert.equal((await get({ 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' })).status, 412);
  assert.equal((await put({ 'If-Match': '"a"' }, 'z')).status, 412);
  assert.equal((await put({ 'If-Match': etag }, 'z')).status, 200);
  assert.equal((await put({ 'If-Match': etag }, 'late')).status, 412);
  assert.equal((await ask(rig, path, { method: 'DELETE', headers: { 'If-Match': etag } })).status, 412);
  assert.equal((await get({})).text, 'z');
});

test('bodies: in chunks, empty, large; parts and packed ones are refused', async () => {
  const path = `/folder/bodies${DS}`;
  async function* chunks() {
    for (let i = 0; i < 300; i++) yield Buffer.alloc(7001, i);
  }
  const headers = { 'Transfer-Encoding': 'chunked' };
  assert.equal((await ask(rig, path, { method: 'PUT', body: chunks(), headers })).status, 201);
  const file = readFileSync(onDisk('bodies'));
  assert.equal(file.length, 300 * 7001);
  assert.ok(file.every((byte, i) => byte === Math.floor(i / 7001) % 256));
  assert.ok((await ask(rig, path)).body.equals(file));
  assert.equal((await ask(rig, path, { method: 'PUT', body: '' })).status, 200);
  assert.equal((await ask(rig, path)).text, '');
  assert.equal((await ask(rig, path, { headers: { Range: 'bytes=0-' } })).status, 416);
  assert.equal(
    (await ask(rig, path, { method: 'PUT', body: 'x', headers: { 'Content-Range': 'bytes 0-0/2' } })).status,
    400,
  );
  assert.equal(
    (await ask(rig, path, { method: 'PUT', body: 'x', headers: { 'Content-Encoding': 'gzip' } })).status,
    415,
  );
  assert.equal((await ask(rig, `/folder/bodies/${DS}`, { method: 'PUT', body: 'x' })).status, 405);
  assert.equal((await ask(rig, `/folder/bodies/x${DS}`, { method: 'PUT', body: 'x' })).status, 404);
});

test('an upload that breaks off: the old file is whole, no litter, and the port goes on', async () => {
  writeFileSync(onDisk('broken'), 'old');
  for (const framing of ['Content-Length: 1000000', 'Transfer-Encoding: chunked']) {
    const socket = await rawConnection(rig);
    socket.on('error', () => {});
    socket.write(
      `PUT /folder/broken${DS} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('root')}\r\n${framing}\r\n\r\n`,
    );
    socket.write(`1000\r\n${'x'.repeat(0x1000)}\r\n`);
    while (litter().length === 0) await new Promise(setImmediate);
    socket.destroy();
    while (litter().length > 0) await new Promise(setImmediate);
    assert.equal(readFileSync(onDisk('broken'), 'utf8'), 'old');
  }
});

test('100-continue: asked for only when the file is wanted', async () => {
  const begin = async (user: string, path: string, length = 4) => {
    const socket = await rawConnection(rig);
    socket.write(
      `PUT ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(user)}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
    );
    return socket;
  };
  const accepted = await begin('root', `/folder/expect${DS}`);
  const [first] = (await once(accepted, 'data')) as [Buffer];
  assert.equal(first.toString(), 'HTTP/1.1 100 Continue\r\n\r\n');
  accepted.write('body');
  assert.match(await readAll(accepted), /^HTTP\/1\.1 201 /);
  for (const [user, path, length, status] of [
    ['reader', `/folder/expect${DS}`, 4, 403],
    ['nobody', `/folder/expect${DS}`, 4, 401],
    ['root', '/folder/expect?dsName=other', 4, 404],
    ['root', `/folder/expect${DS}`, 2 ** 52, 507],
    ['root', '/tmp/big', 2 ** 30, 507],
  ] as const) {
    const answer = await readAll(await begin(user, path, length));
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), path);
    assert.ok(!answer.includes('100 Continue'));
  }
  const other = await ask(rig, `/folder/expect${DS}`, {
    method: 'PUT',
    body: 'x',
    headers: { Expect: 'a-miracle' },
  });
  assert.equal(other.status, 417);
  assert.equal(readFileSync(onDisk('expect'), 'utf8'), 'body');
});

test('a refused body of any size: the answer arrives', async () => {
  const body = Buffer.alloc(3 * 2 ** 20);
  for (const length of [1000, body.length]) {
    const answer = await ask(rig, `/folder/refused${DS}`, {
      method: 'PUT',
      body: body.subarray(0, length),
      user: 'reader',
    });
    assert.equal(answer.status, 403);
    assert.equal(answer.headers.connection, 'close');
  }
});

test('names that climb out or cannot be: refused, and nothing outside is touched', async () => {
  const outside = join(rig.folder, '..', 'outside');
  mkdirSync(outside, { recursive: true });
  writeFileSync(join(outside, 'secret'), 'SECRET');
  symlinkSync(outside, onDisk('link'));
  symlinkSync(join(outside, 'secret'), onDisk('link-to-file'));
  const hostile = [
    '../outside/secret',
    '%2e%2e/outside/secret',
    '..%2Foutside%2Fsecret',
    '%2e%2e%2foutside%2fsecret',
    '%252e%252e%252foutside%252fsecret',
    'a/../../outside/secret',
    '%00',
    'a%00b',
    'a%0d%0aSet-Cookie:x',
    '%ff%fe',
    '%',
    '%zz',
    '..',
    '.',
    './x',
    'link/secret',
    'link-to-file',
    'x'.repeat(300),
    '..%c0%af..%c0%afetc/passwd',
    '%5c..%5c..%5coutside',
    '/////..//outside/secret',
    '.vmk.sf',
    '.vmk.sf/x',
    '%2Fetc%2Fpasswd',
    'file:///etc/passwd',
  ];
  for (const name of hostile) {
    for (const [method, body] of [
      ['GET', undefined],
      ['DELETE', undefined],
      ['PUT', 'x'],
    ] as const) {
      if (method === 'PUT' && /^(?:%252e|%5c|%2Fetc|file:)/.test(name)) continue;
      const answer = await ask(rig, `/folder/${name}${DS}`, { method, ...(body !== undefined && { body }) });
      assert.ok(
        answer.status >= 400 && answer.status < 500,
        `${method} ${name}: ${answer.status} ${answer.text}`,
      );
      assert.ok(!answer.text.includes('SECRET') && !answer.text.includes('root:'), name);
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  }
  assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'SECRET');
  assert.deepEqual(readdirSync(outside), ['secret']);
});

test('a body shorter than it says: nothing of it stays', async () => {
  writeFileSync(onDisk('short'), 'old');
  const socket = await rawConnection(rig);
  socket.on('error', () => {});
  const head = `PUT /folder/short${DS} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('root')}\r\nContent-Length: 10`;
  socket.end(`${head}\r\n\r\nhello`);
  await readAll(socket);
  while (litter().length > 0) await new Promise(setImmediate);
  assert.equal(readFileSync(onDisk('short'), 'utf8'), 'old');
});

test('a body that turns out too large for the space: 507, nothing stays, the old file is whole', async () => {
  async function* chunks() {
    for (let i = 0; i < 48; i++) yield Buffer.alloc(2 ** 16, i);
  }
  rig.files.write('/tmp/full', 'old');
  const headers = { 'Transfer-Encoding': 'chunked' };
  const answer = await ask(rig, '/tmp/full', { method: 'PUT', body: chunks(), headers });
  assert.equal(answer.status, 507);
  assert.equal(rig.files.readText('/tmp/full'), 'old');
  assert.deepEqual(
    rig.files.list('/tmp').map(({ name }) => name),
    ['full', 'patch.vib'],
  );
});

test('a file that shrinks while it is read: the connection ends, the length is not a lie', async () => {
  writeFileSync(onDisk('shrinks'), Buffer.alloc(32 * 2 ** 20));
  const socket = await rawConnection(rig);
  socket.on('error', () => {});
  socket.pause();
  socket.write(`GET /folder/shrinks${DS} HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('root')}\r\n\r\n`);
  await once(socket, 'readable');
  truncateSync(onDisk('shrinks'), 1000);
  const text = await readAll(socket);
  assert.match(text, /Content-Length: 33554432/);
  assert.ok(text.length < 32 * 2 ** 20);
  assert.match(rig.lines.join('\n'), /error: GET \/folder\/shrinks\S*: Error: the file ends at byte/);
});

test('a list of more than anybody reads: the first ones, and how many there are', async () => {
  const small = await startPort({ limits: { ...HTTP_LIMITS, listEntries: 3 } });
  for (let i = 1; i <= 12; i++) writeFileSync(join(small.folder, `f${i}`), '');
  const { text } = await ask(small, `/folder${DS}`);
  assert.ok(text.includes('f3') && !text.includes('f4') && text.includes('the first 3 of 12 entries'));
  const json = await ask(small, `/folder${DS}`, { headers: { Accept: 'application/json' } });
  const { count, entries } = JSON.parse(json.text) as { count: number; entries: unknown[] };
  assert.deepEqual([count, entries.length], [12, 3]);
  await small.close();
});
