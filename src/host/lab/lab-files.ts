/** The files that a lab's machine is made of: opened and described for a recording, or found again for a replay. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { HostError, usageError } from '#lib';
import { type FileDisk, imageKind, openDisk } from '#storage';
import { type BootFile, type RecordedFile, type Recording, unusable } from '#vmm';
import { type OpenBootFile, openBootFile, openKernel } from '../boot-files.ts';
import { diskSha256 } from './disk-sha256.ts';
import type { LabRun } from './messages.ts';

/** Boot files up to this size are kept in the recording: scripts and such, which may be gone later. */
const MAX_EMBEDDED_BYTES = 2 ** 20;
const READ_BYTES = 2 ** 22;

/** A file that was named, not opened yet. */
type Named = Pick<RecordedFile, 'role' | 'path' | 'readOnly' | 'id'>;

/** A disk, and how the guest has it. */
export interface LabDisk {
  readonly file: FileDisk;
  readonly readOnly: boolean;
  readonly id: string;
}

export interface LabFiles {
  readonly payload: { readonly kind: 'kernel' | 'firmware'; readonly file: BootFile };
  readonly initrds: readonly BootFile[];
  /** In order. */
  readonly disks: readonly LabDisk[];
  close(): void;
}

/** What a configuration names, in the order of the recording's header. @throws HostError `usage` */
export function namedFiles({ kernel, firmware, initrd, disks, recordedDisks, origin }: LabRun): Named[] {
  const path = firmware ?? kernel;
  if (path === undefined) {
    throw usageError('there is nothing to boot: give --kernel or --firmware');
  }
  return [
    { role: firmware === undefined ? 'kernel' : 'firmware', path, readOnly: true },
    ...initrd.map((file) => ({ role: 'initrd', path: file, readOnly: true }) as const),
    ...disks.map(({ path: own, readOnly }, index) => {
      return { role: 'disk', path: recordedDisks?.[index] ?? own, readOnly } as const;
    }),
    ...(origin === undefined ? [] : [{ role: 'state', path: origin, readOnly: true } as const]),
  ];
}

/**
 * Opens files; `contents` has those that are not taken from where they were.
 * @param own - the disks of a machine that writes them; absent: those that are named are only read
 * @throws HostError
 */
export function openFiles(
  named: readonly Named[],
  contents: ReadonlyMap<number, Uint8Array>,
  own?: { readonly disks: LabRun['disks']; readonly onError: (line: string) => void },
): LabFiles {
  const opened: { close(): void }[] = [];
  const keep = <T extends { close(): void }>(file: T): T => {
    opened.push(file);
    return file;
  };
  const boot = ({ role, path }: Named, index: number): OpenBootFile => {
    const bytes = contents.get(index);
    if (bytes !== undefined) return inMemory(path, bytes);
    return keep(role === 'initrd' ? openBootFile('initramfs', path) : openKernel(role, path));
  };
  const close = (): void => {
    for (const file of opened.splice(0)) file.close();
  };
  try {
    const [first] = named;
    if (first === undefined || (first.role !== 'kernel' && first.role !== 'firmware')) {
      throw new TypeError('the first file is what is booted');
    }
    return {
      payload: { kind: first.role, file: boot(first, 0) },
      initrds: named.flatMap((file, index) => (file.role === 'initrd' ? [boot(file, index)] : [])),
      disks: named
        .filter(({ role }) => role === 'disk')
        .map(({ path, readOnly, id }, index) => {
          const mine = own?.disks[index];
          const options = mine ? { ...mine, onError: own?.onError } : { path, readOnly: true };
          const file = keep(openDisk(options));
          return { file, readOnly, id: id ?? file.id };
        }),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** What a recording's header says of files, and the content of those that it keeps. */
export function describeFiles(
  named: readonly Named[],
  ids: readonly string[],
): {
  files: RecordedFile[];
  contents: Map<number, Uint8Array>;
} {
  const contents = new Map<number, Uint8Array>();
  const left = [...ids];
  const files = named.map((given, index): RecordedFile => {
    const id = given.role === 'disk' ? left.shift() : undefined;
    const file = id === undefined ? given : { ...given, id };
    const { bytes, sha256 } = identify(file);
    const isEmbedded = file.role === 'initrd' && bytes <= MAX_EMBEDDED_BYTES;
    if (isEmbedded) contents.set(index, readFileSync(file.path));
    return { ...file, bytes, sha256, isEmbedded };
  });
  return { files, contents };
}

/** @throws HostError `recording-unusable` when a file is not what it was, by name. */
export function checkFiles(path: string, { header, files }: Recording): void {
  for (const [index, file] of header.files.entries()) {
    if (file.isEmbedded) {
      if (files.get(index)?.length === file.bytes) continue;
      throw unusable(path, `${file.role} "${file.path}" is not in it`);
    }
    const { bytes, sha256 } = identify(file);
    if (bytes === file.bytes && sha256 === file.sha256) continue;
    const reason = `${file.role} "${file.path}" was changed: expected SHA-256 ${file.sha256}, found ${sha256}`;
    throw unusable(path, reason);
  }
}

function inMemory(path: string, bytes: Uint8Array): OpenBootFile {
  return {
    path,
    sizeBytes: bytes.length,
    readInto: (offset, target) => target.set(bytes.subarray(offset, offset + target.length)),
    close: () => {},
  };
}

/** A VMDK is known by its content, whatever files it is in. */
function identify({ role, path }: Pick<Named, 'role' | 'path'>): { bytes: number; sha256: string } {
  if (role === 'disk' && imageKind(path) === 'vmdk') return diskSha256(path);
  const hash = createHash('sha256');
  const buffer = new Uint8Array(READ_BYTES);
  let bytes = 0;
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (cause) {
    throw new HostError('file-missing', { what: 'recorded file', path }, { cause });
  }
  try {
    for (;;) {
      const count = readSync(fd, buffer);
      if (count === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(buffer.subarray(0, count));
      bytes += count;
    }
  } finally {
    closeSync(fd);
  }
}
