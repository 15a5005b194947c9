/** A log folder on the machine's own file system: where a VM's vmware.log lies. */
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { HostError } from '#lib';
import type { LogFolder } from './log-folder.ts';

const MODE = 0o640;

/** @param path - of a folder that is there. */
export function machineLogFolder(path: string): LogFolder {
  const at = (name: string) => join(path, name);
  const sizeBytes = (name: string) => statSync(at(name), { throwIfNoEntry: false })?.size ?? 0;
  return {
    sizeBytes,
    read: (name) => told('read', at(name), () => readFileSync(at(name))),
    append: (name, bytes) => {
      const before = sizeBytes(name);
      told('write', at(name), () => {
        try {
          appendFileSync(at(name), bytes, { mode: MODE });
        } catch (error) {
          if (sizeBytes(name) > before) truncateSync(at(name), before);
          throw error;
        }
      });
    },
    write: (name, bytes) => told('write', at(name), () => writeFileSync(at(name), bytes, { mode: MODE })),
    rename: (from, to) => told('rename', at(from), () => renameSync(at(from), at(to))),
    remove: (name) => told('remove', at(name), () => rmSync(at(name), { force: true })),
    list: () => told('list', path, () => readdirSync(path)),
  };
}

function told<T>(action: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new HostError('file-io', { action, what: 'log file', path, reason }, { cause });
  }
}
