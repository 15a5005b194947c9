// The files of a lease over HTTP: what comes in is whole or not there, what goes out is waited for.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
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
    ...{ id: 'lease', mode: 'pushOrGet', after: () => () => {} },
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
