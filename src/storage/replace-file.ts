/** A file replaced whole: after a crash at any moment the old or the new one is there. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileProblem, ImageFile } from './image-file.ts';

/** Puts bytes in the place of a file in one step, on the disk when it returns. @throws HostError */
export function replaceFile(path: string, content: Uint8Array | string, what = 'file'): void {
  const temporary = `${path}~`;
  try {
    rmSync(temporary, { force: true });
    const file = ImageFile.create(temporary, what);
    try {
      file.write([typeof content === 'string' ? Buffer.from(content) : content], 0);
    } finally {
      file.close();
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw fileProblem('write', what, path, cause);
  }
}

/** What was made, renamed or removed in a folder stays so after a crash. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
