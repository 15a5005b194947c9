// The files of a lease over HTTP: what comes in is whole or not there, what goes out is waited for.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import type { Exchange } from '../../http/exchange.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { VimService } from '../service.ts';
import { Lease } from './lease.ts';
import { nfcRoutes } from './nfc-route.ts';

const KEY = '/9/riscv.firmware:0';

/** A lease of one file that is no disk, and what a request to it does. */
function make(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-nfc-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'u-boot.bin');
  const lease = new Lease({
    ...{ id: 'lease', after: () => () => {} },
    ...{ changed: () => {}, release: () => {} },
  });
  lease.ready({ type: 'VirtualMachine', value: '9' }, [
    { key: KEY, importKey: KEY, name: 'u-boot.bin', path, isDisk: false, sizeBytes: 0 },
  ]);
  const routes = nfcRoutes(async () => ({ leases: { byToken: () => lease } }) as unknown as VimService);
  const ask = (method: 'GET' | 'PUT', more: object) => {
    const exchange = {
      ...{ request: { method }, target: { path: ['nfc', lease.token, 'u-boot.bin'] } },
      ...{ begin: () => {}, reply: async () => {}, ...more },
    };
    return routes.find(({ methods }) => methods.includes(method))?.handle(exchange as unknown as Exchange);
  };
  return { folder, path, lease, ask };
}

test('nfcRoutes: a second PUT of a file that is on its way is refused, and the first one arrives', async (t) => {
  const { folder, path, ask } = make(t);
  const body = new PassThrough();
  const first = ask('PUT', { takeBody: () => body });
  while (!existsSync(`${path}.nfc~`)) await new Promise((resolve) => setImmediate(resolve));
  body.write('firm');
  await assert.rejects(async () => ask('PUT', { takeBody: () => new PassThrough() }), HttpProblem);
  body.end('ware');
  await first;
  assert.equal(readFileSync(path, 'utf8'), 'firmware');
  assert.deepEqual(readdirSync(folder), ['u-boot.bin']);
});

test('nfcRoutes: a PUT that is empty, or breaks off, leaves nothing', async (t) => {
  const { folder, ask } = make(t);
  // biome-ignore lint/suspicious/useAwait: a stream
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('firm');
    throw new Error('reset');
  }
  await assert.rejects(async () => ask('PUT', { takeBody: () => new PassThrough().end() }), /is empty/);
  await assert.rejects(async () => ask('PUT', { takeBody: broken }), /the body broke off/);
  assert.deepEqual(readdirSync(folder), []);
});

test('nfcRoutes: a GET to a slow client waits for it without piling up listeners, and notes the digest that was asked for', async (t) => {
  const { path, lease, ask } = make(t);
  const content = Buffer.alloc(2 ** 20, 'firmware');
  writeFileSync(path, content);
  lease.checksumTypes.set(KEY, 'sha256');
  const got: Buffer[] = [];
  let most = 0;
  const response = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      most = Math.max(most, response.listenerCount('close'));
      got.push(chunk);
      setImmediate(done);
    },
  });
  await ask('GET', { response });
  assert.ok(Buffer.concat(got).equals(content));
  assert.ok(got.length > 8 && most <= 1, `${most} listeners after ${got.length} pieces`);
  const { sha1, checksum, checksumType } = lease.manifest.get(KEY) ?? {};
  const digest = (type: string) => createHash(type).update(content).digest('hex');
  assert.deepEqual([sha1, checksum, checksumType], [digest('sha1'), digest('sha256'), 'sha256']);
});
