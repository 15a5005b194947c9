/** A VM elsewhere as a package here: its files come through a lease, its descriptor by the OvfManager. */
import { text } from 'node:stream/consumers';
import { HostError, reasonOf } from '#lib';
import type { PackageOut } from '../../local/client.ts';
import { packageName, packedName } from '../../ovf/package-of-vmx.ts';
import { type Exported, writePackage } from '../../ovf/write-package.ts';
import { moRef } from '../model/value.ts';
import type { HttpNfcLeaseDeviceUrl, OvfCreateDescriptorParams } from '../table/vim25.d.ts';
import { pathOf, RemoteLease, type RemoteParts, refusedFile } from './remote-lease.ts';
import { find, rowOf } from './vm-calls.ts';

const OK = 200;
const MIB = 2 ** 20;

interface RemoteFile {
  readonly href: string;
  readonly device: HttpNfcLeaseDeviceUrl;
}

/** When it fails, or is broken off, there is nothing of the package. @throws HostError */
export async function exportPackage(parts: RemoteParts, wanted: PackageOut): Promise<Exported> {
  const { vim } = parts;
  const id = await find(vim, { vm: wanted.vm });
  const { name } = await rowOf(vim, id);
  const stem = packageName(name);
  const ref = await vim.call('VirtualMachine', id, 'ExportVm', {});
  return await RemoteLease.with(vim, ref, async (lease) => {
    const files = namesOf(lease.info.deviceUrl ?? [], stem);
    const content = {
      stem,
      files: files.map((file, index) => ({
        ...{ href: file.href, path: file.href, mostBytes: mostBytes(file.device) },
        bytes: received(parts, file, wanted, (done) => lease.progress((index + done) / files.length)),
      })),
      describe: describer(parts, id, name, files),
    };
    return await writePackage(content, wanted);
  });
}

/** What the files are called here; what the host says of it is a stranger's. */
function namesOf(devices: readonly HttpNfcLeaseDeviceUrl[], stem: string): RemoteFile[] {
  const files: RemoteFile[] = [];
  for (const [index, device] of devices.entries()) {
    const own = device.disk ? `${stem}-disk${index + 1}.vmdk` : (device.targetId ?? '');
    const taken = files.map(({ href }) => href);
    files.push({ href: packedName(own, taken, stem), device });
  }
  return files;
}

/** What a disk that cannot be compressed takes: all of it, and tables. */
function mostBytes({ fileSize = 0 }: HttpNfcLeaseDeviceUrl): number {
  const size = Number(fileSize);
  return size + size / 16 + 64 * MIB;
}

function describer({ vim }: RemoteParts, id: string, name: string, files: readonly RemoteFile[]) {
  let most = Number.POSITIVE_INFINITY;
  return async (sizeOf: (href: string) => number): Promise<string> => {
    const cdp: OvfCreateDescriptorParams = {
      name,
      ovfFiles: files.map(({ href, device }) => ({ deviceId: device.key, path: href, size: sizeOf(href) })),
    };
    const obj = moRef('VirtualMachine', id);
    const made = await vim.call('OvfManager', 'ha-ovf-manager', 'CreateDescriptor', { obj, cdp });
    const [trouble] = made.error ?? [];
    if (trouble)
      throw new HostError('host-refused', { message: trouble.localizedMessage ?? 'No descriptor' });
    const length = Buffer.byteLength(made.ovfDescriptor);
    if (length > most)
      throw new HostError('host-failed', { message: `VM "${name}" was changed while it was exported` });
    most = Math.min(most, length);
    return made.ovfDescriptor;
  };
}

async function* received(
  { transport }: RemoteParts,
  { href, device }: RemoteFile,
  { progress, stop }: PackageOut,
  told: (done: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { status, stream } = await transport.open({ method: 'GET', path: pathOf(device), headers: {} });
  const cut = () => void stream.destroy();
  stop.addEventListener('abort', cut);
  try {
    stop.throwIfAborted();
    stream.end();
    if (status !== OK) throw refusedFile(href, status, await text(stream));
    const most = Math.max(1, Number(device.fileSize ?? 0));
    let size = 0;
    for await (const bytes of stream as AsyncIterable<Uint8Array>) {
      size += bytes.length;
      const done = Math.min(1, size / most);
      progress(`fetching ${href}`, done);
      await told(done);
      yield bytes;
    }
  } catch (cause) {
    if (cause instanceof HostError) throw cause;
    throw new HostError('host-failed', { message: `"${href}" broke off: ${reasonOf(cause)}` }, { cause });
  } finally {
    stop.removeEventListener('abort', cut);
    stream.destroy();
  }
}
