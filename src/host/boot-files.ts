/** Boot files of the host: opened once, read straight into guest memory; gzip is taken off on the way. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '#lib';
import type { RunConfig } from '#management';
import { type BootFile, type SymbolLookup, systemMap } from '#vmm/run';

const GZIP_MAGIC = [0x1f, 0x8b];
/** The largest read at a time that every platform takes. */
const MAX_READ_BYTES = 2 ** 30;

/** A boot file, and its end. */
export interface OpenBootFile extends BootFile {
  close(): void;
}

/**
 * @param what - `kernel`, `initramfs`, `firmware`; for messages.
 * @throws HostError `file-missing`, `file-denied`, `file-not-regular`, `file-io`.
 */
export function openBootFile(what: string, path: string): OpenBootFile {
  const fd = open(what, path);
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw new HostError('file-not-regular', {
      what,
      path,
      kind: stat.isDirectory() ? 'a directory' : 'a device',
    });
  }
  return {
    path,
    sizeBytes: stat.size,
    readInto: (offset, target) => readFully(fd, { what, path }, offset, target),
    close: () => closeSync(fd),
  };
}

/** As `openBootFile`, but what is compressed with gzip is there decompressed. */
export function openKernel(what: string, path: string): OpenBootFile {
  const file = openBootFile(what, path);
  const magic = new Uint8Array(Math.min(GZIP_MAGIC.length, file.sizeBytes));
  file.readInto(0, magic);
  if (magic.length < GZIP_MAGIC.length || !GZIP_MAGIC.every((byte, i) => magic[i] === byte)) return file;
  file.close();
  const bytes = gunzip(what, path);
  return {
    path,
    sizeBytes: bytes.length,
    readInto: (offset, target) => target.set(bytes.subarray(offset, offset + target.length)),
    close: () => {},
  };
}

/** Symbols of a kernel whose System.map lies beside it; it is read when the first one is asked for. */
export function symbolsBeside(kernelPath: string): SymbolLookup {
  const name = basename(kernelPath).replace(/^[^-]*/, 'System.map');
  const path = [name, 'System.map']
    .map((file) => join(dirname(kernelPath), file))
    .find((file) => existsSync(file));
  if (path === undefined) return () => undefined;
  let lookup: SymbolLookup | undefined;
  return (address) => {
    lookup ??= systemMap(readFileSync(path, 'latin1'));
    return lookup(address);
  };
}

/** The symbols of a run's kernel: of the file that was named, else of the one beside the kernel. @throws HostError */
export function kernelSymbols({ kernel, profile }: Partial<RunConfig>): SymbolLookup {
  const path = profile?.systemMap;
  if (path === undefined) return kernel === undefined ? () => undefined : symbolsBeside(kernel);
  try {
    return systemMap(readFileSync(path, 'latin1'));
  } catch (cause) {
    throw fileError('symbols', path, cause as NodeJS.ErrnoException);
  }
}

function open(what: string, path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw fileError(what, path, cause as NodeJS.ErrnoException);
  }
}

function fileError(what: string, path: string, cause: NodeJS.ErrnoException): HostError {
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
    return new HostError('file-missing', { what, path });
  if (cause.code === 'EACCES') return new HostError('file-denied', { what, path });
  return new HostError('file-io', { action: 'open', what, path, reason: cause.message }, { cause });
}

function readFully(
  fd: number,
  file: { what: string; path: string },
  offset: number,
  target: Uint8Array,
): void {
  for (let done = 0; done < target.length; ) {
    const length = Math.min(target.length - done, MAX_READ_BYTES);
    const count = readSync(fd, target, done, length, offset + done);
    if (count === 0) {
      throw new HostError('file-io', { action: 'read', ...file, reason: `it ends at byte ${offset + done}` });
    }
    done += count;
  }
}

function gunzip(what: string, path: string): Uint8Array {
  try {
    // Hardly any kernel is, and it takes 4 ms to load.
    return process.getBuiltinModule('node:zlib').gunzipSync(readFileSync(path));
  } catch (cause) {
    const reason = `it cannot be decompressed (${(cause as Error).message})`;
    throw new HostError(what === 'firmware' ? 'firmware-not-bootable' : 'kernel-not-bootable', {
      path,
      reason,
    });
  }
}
