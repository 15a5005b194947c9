/** A package here as a VM elsewhere: checked whole, described to the OvfManager, its files brought through a lease. */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError, usageError } from '#lib';
import type { HostPackages, PackageIn } from '../../local/client.ts';
import type { OvfFile } from '../../ovf/model.ts';
import { type OpenedPackage, openPackage } from '../../ovf/open-package.ts';
import { fileTrouble, regularFile } from '../../ovf/package-writer.ts';
import { type MoRef, moRef } from '../model/value.ts';
import type {
  HttpNfcLeaseDeviceUrl,
  LocalizedMethodFault,
  OvfCreateImportSpecResult,
} from '../table/vim25.d.ts';
import { pathOf, RemoteLease, type RemoteParts, refusedFile } from './remote-lease.ts';
import type { VimClient } from './vim-client.ts';
import { rowOf } from './vm-calls.ts';

const POOL = moRef('ResourcePool', 'ha-root-pool');
const FOLDER = moRef('Folder', 'ha-folder-vm');
const DEFAULT_DATASTORE = 'datastore1';
const BLOCK_BYTES = 2 ** 20;
const MOST_OK = 299;

type Imported = Awaited<ReturnType<HostPackages['import']>>;

/** When it fails, or is broken off, there is nothing of the VM. @throws HostError */
export async function importPackage(parts: RemoteParts, wanted: PackageIn): Promise<Imported> {
  const { path, progress, stop } = wanted;
  const scratch = mkdtempSync(join(tmpdir(), 'vmk-import-'));
  try {
    const opened = await openPackage({ path, scratch, progress, stop }, wanted.input);
    stop.throwIfAborted();
    return await bring(parts, opened, wanted);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function bring(parts: RemoteParts, opened: OpenedPackage, wanted: PackageIn): Promise<Imported> {
  const { vim } = parts;
  const { importSpec: spec, fileItem: items = [], warning = [] } = await describe(vim, opened, wanted);
  if (spec === undefined)
    throw new HostError('host-failed', { message: 'The host made nothing of the descriptor' });
  const ref = await vim.call('ResourcePool', POOL.value, 'ImportVApp', { spec, folder: FOLDER });
  const entity = await RemoteLease.with(vim, ref, async (lease) => {
    for (const [index, item] of items.entries()) {
      const file = opened.package.files.find(({ href }) => href === item.path);
      const device = lease.info.deviceUrl?.find(({ importKey }) => importKey === item.deviceId);
      if (file === undefined || device === undefined)
        throw new HostError('host-failed', { message: `The host has no place for "${item.path}"` });
      const told = (done: number) => lease.progress((index + done) / items.length);
      await send(parts, { file, device, from: opened.pathOf(file) }, wanted, told);
    }
    return lease.info.entity;
  });
  return { row: await rowOf(vim, entity.value), notes: warning.map(messageOf) };
}

async function describe(
  vim: VimClient,
  { package: { machine, networks }, text }: OpenedPackage,
  { name, datastore = DEFAULT_DATASTORE, network }: PackageIn,
): Promise<OvfCreateImportSpecResult> {
  const known = await named(vim, 'Network');
  const networkMapping = networks.flatMap((one) => {
    const ref = known.get(network(one.name));
    return ref === undefined ? [] : [{ name: one.name, network: ref }];
  });
  const store = (await named(vim, 'Datastore')).get(datastore);
  if (store === undefined) throw usageError(`there is no datastore "${datastore}"`);
  const cisp = { entityName: name ?? machine.name, networkMapping, diskProvisioning: 'thin' };
  const made = await vim.call('OvfManager', 'ha-ovf-manager', 'CreateImportSpec', {
    ...{ ovfDescriptor: text, resourcePool: POOL, datastore: store },
    cisp: { ...cisp, locale: '', deploymentOption: '' },
  });
  const [trouble] = made.error ?? [];
  if (trouble) throw new HostError('host-refused', { message: messageOf(trouble) });
  return made;
}

/** What there is of a type, by its names. */
async function named(vim: VimClient, type: 'Network' | 'Datastore'): Promise<ReadonlyMap<string, MoRef>> {
  const found = await vim.read(type, ['name']);
  return new Map(found.map(({ ref, values }) => [String(values['name']), ref]));
}

const messageOf = ({ localizedMessage = 'The host refused' }: LocalizedMethodFault) => localizedMessage;

async function send(
  { transport }: RemoteParts,
  { file, device, from }: { file: OvfFile; device: HttpNfcLeaseDeviceUrl; from: string },
  { progress, stop }: PackageIn,
  told: (done: number) => Promise<void>,
): Promise<void> {
  const { size } = await fileTrouble('open', from, () => regularFile(from));
  const body = read(from, async (sent) => {
    const done = sent / Math.max(1, size);
    progress(`sending ${file.href}`, done);
    await told(done);
  });
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  const asked = { method: 'PUT', path: pathOf(device), headers };
  const { status, text } = await transport.upload(asked, body, stop);
  if (status > MOST_OK) throw refusedFile(file.href, status, text);
}

async function* read(path: string, told: (sent: number) => Promise<void>): AsyncGenerator<Uint8Array> {
  let sent = 0;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: BLOCK_BYTES })) {
      sent += (bytes as Uint8Array).length;
      await told(sent);
      yield bytes as Uint8Array;
    }
  } catch (cause) {
    // Names the file, and leaves what the host said as it is.
    await fileTrouble('read', path, () => Promise.reject(cause));
  }
}
