/** A log folder in the host's file system: `/var/log`, or a folder of a datastore. */

import { type FileView, HostFiles, isErrno, joinPath, type OpenFile, OpenFlag } from '#kernel';
import { HostError } from '#lib';
import type { LogFolder } from './log-folder.ts';

const MODE = 0o640;
const FOLDER_MODE = 0o755;

/** The folder is made when it is not there. */
export function vfsLogFolder(view: FileView, path: string): LogFolder {
  const files = new HostFiles(view);
  const at = (name: string) => joinPath(path, name);
  files.makeFolders(path, FOLDER_MODE);
  /** Those that were appended to: a path is walked once for thousands of lines. */
  const open = new Map<string, OpenFile>();
  const letGo = (...names: readonly string[]) => {
    for (const name of names) {
      open.get(name)?.close();
      open.delete(name);
    }
  };
  return {
    sizeBytes: (name) => sizeOf(view, at(name)),
    read: (name) => files.readBytes(at(name)),
    append(name, bytes) {
      const known = open.get(name);
      if (known !== undefined && isGone(known)) letGo(name);
      const file = open.get(name) ?? openToAppend(view, at(name));
      open.set(name, file);
      appendWhole(view, file, at(name), bytes);
    },
    write: (name, bytes) => files.write(at(name), bytes, { mode: MODE }),
    rename(from, to) {
      letGo(from, to);
      files.rename(at(from), at(to));
    },
    remove(name) {
      letGo(name);
      files.remove(at(name));
    },
    list: () => files.list(path).map(({ name }) => name),
    close: () => letGo(...open.keys()),
  };
}

/** Somebody else has removed it: what is written goes nowhere. */
function isGone(file: OpenFile): boolean {
  const status = file.status();
  return isErrno(status) || status.links === 0;
}

function openToAppend(view: FileView, path: string): OpenFile {
  const file = view.open(path, OpenFlag.writeOnly | OpenFlag.create | OpenFlag.append, MODE);
  if (isErrno(file)) throw failed(path, file.text);
  return file;
}

function sizeOf(view: FileView, path: string): number {
  const status = view.stat(path);
  return isErrno(status) ? 0 : status.sizeBytes;
}

/** A full file system may have taken a part of it: that part is taken back. */
function appendWhole(view: FileView, file: OpenFile, path: string, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const count = file.write(done === 0 ? bytes : bytes.subarray(done));
    if (isErrno(count)) {
      const now = file.status();
      if (!isErrno(now) && done > 0) view.truncate(path, now.sizeBytes - done);
      throw failed(path, count.text);
    }
    done += count;
  }
}

const failed = (path: string, reason: string) =>
  new HostError('file-system', { action: 'write', path, reason });
