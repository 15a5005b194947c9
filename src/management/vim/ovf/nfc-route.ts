/** `/nfc/TOKEN/disk-0.vmdk`: the files of a lease, out by GET and in by PUT or POST. The token is the right to them. */
import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { HostError } from '#lib';
import { DiskStream, fillDisk } from '#storage';
import { ClientGone, type Exchange } from '../../http/exchange.ts';
import { HttpProblem } from '../../http/problem.ts';
import { READ, type Route } from '../../http/routes.ts';
import { write } from '../../http/send-file.ts';
import { fileTrouble, syncFile, writeNew } from '../../ovf/package-writer.ts';
import type { VimService } from '../service.ts';
import type { Lease, LeaseFile } from './lease.ts';

const VMDK = { 'Content-Type': 'application/x-vnd.vmware-streamVmdk' };
const BYTES = { 'Content-Type': 'application/octet-stream' };
const MAX_PLAIN_BYTES = 2 ** 32;

export function nfcRoutes(service: () => Promise<VimService>): readonly Route[] {
  const find = async ({ target }: Exchange): Promise<{ lease: Lease; file: LeaseFile }> => {
    const [, token = '', name, ...rest] = target.path;
    const lease = (await service()).leases?.byToken(token);
    const file = lease?.files.find((one) => one.name === name);
    if (lease === undefined || file === undefined || rest.length > 0)
      throw new HttpProblem(404, 'There is no such file, or its lease is over');
    lease.alive();
    return { lease, file };
  };
  const send = async (exchange: Exchange) => await sendFile(exchange, await find(exchange));
  const receive = async (exchange: Exchange) => await receiveFile(exchange, await find(exchange));
  return [
    { methods: READ, path: '/nfc/+', gate: 'open', handle: send },
    { methods: ['PUT', 'POST'], path: '/nfc/+', gate: 'open', handle: receive },
  ];
}

/** How long a compressed disk is shows at its end: it goes in chunks. */
async function sendFile(
  exchange: Exchange,
  { lease, file }: { lease: Lease; file: LeaseFile },
): Promise<void> {
  const { response } = exchange;
  if (exchange.isHead) return exchange.reply(200, file.isDisk ? VMDK : BYTES);
  const source = await leaseSays(() =>
    file.isDisk
      ? new DiskStream(file.path, { fileName: file.name, within: file.within })
      : createReadStream(file.path),
  );
  const checksumType = lease.checksumTypes.get(file.key) ?? 'sha1';
  const hashes = new Map(['sha1', checksumType].map((type) => [type, createHash(type)]));
  let size = 0;
  const cut = () => response.destroy();
  lease.ended.addEventListener('abort', cut);
  try {
    exchange.begin(200, file.isDisk ? VMDK : BYTES);
    for await (const block of source as AsyncIterable<Uint8Array>) {
      for (const hash of hashes.values()) hash.update(block);
      size += block.length;
      lease.alive();
      await write(response, block);
    }
    const digests = new Map([...hashes].map(([type, hash]) => [type, hash.digest('hex')]));
    const [sha1 = '', checksum = ''] = [digests.get('sha1'), digests.get(checksumType)];
    lease.manifest.set(file.key, {
      ...{ key: file.key, sha1, checksum, checksumType, size, disk: file.isDisk },
      ...(file.isDisk && { capacity: file.sizeBytes, populatedSize: size }),
    });
    response.end();
  } finally {
    lease.ended.removeEventListener('abort', cut);
    if (source instanceof DiskStream) source.close();
    else source.destroy();
  }
}

/** Aside first: a disk is written only when all of it came and it is one. */
async function receiveFile(
  exchange: Exchange,
  { lease, file }: { lease: Lease; file: LeaseFile },
): Promise<void> {
  const aside = `${file.path}.nfc~`;
  const most = file.isDisk ? Number.MAX_SAFE_INTEGER : MAX_PLAIN_BYTES;
  const body = exchange.takeBody();
  const cut = () => body.destroy();
  lease.ended.addEventListener('abort', cut);
  try {
    await leaseSays(async () => {
      const size = await writeNew(aside, received(body as AsyncIterable<Uint8Array>, lease), (bytes) => {
        if (bytes > most) throw new HttpProblem(413, `The file has more than ${most} bytes`);
      });
      try {
        if (size === 0) throw new HttpProblem(400, 'The file is empty');
        await syncFile(aside);
        if (file.isDisk) await fillDisk(aside, file.path, () => lease.alive());
        else await fileTrouble('write', file.path, () => rename(aside, file.path));
      } finally {
        rmSync(aside, { force: true });
      }
    });
  } finally {
    lease.ended.removeEventListener('abort', cut);
  }
  if (lease.state !== 'ready') throw new HttpProblem(410, 'The lease is over');
  await exchange.reply(exchange.request.method === 'PUT' ? 201 : 200);
}

/** What comes, for as long as it does. */
async function* received(body: AsyncIterable<Uint8Array>, lease: Lease): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of body) {
      lease.alive();
      yield part;
    }
  } catch (cause) {
    throw new ClientGone('the body broke off', { cause });
  }
}

async function leaseSays<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new HttpProblem(
      error.code === 'disk-full' ? 507 : error.code.startsWith('disk-') ? 400 : 500,
      error.message,
    );
  }
}
