/** Files of the boot banks on the machine's disk: replaced whole, in steps after each of which a crash does no harm. */
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** What banks are written through. */
export interface BankDisk {
  /** Undefined when there is no such file. */
  read(path: string): Uint8Array | undefined;
  /** Names of the files in a folder; none when there is no folder. */
  list(folder: string): readonly string[];
  makeFolder(folder: string): void;
  /** Puts a file in the place of another in one step, on the disk when this returns. */
  replace(path: string, bytes: Uint8Array): void;
  remove(path: string): void;
  /** Opens a file to append to: made anew with these bytes. */
  openLog(path: string, bytes: Uint8Array): BankLog;
  /** Changes when a file is another: replaced, or written. Undefined when there is none. */
  mark(path: string): string | undefined;
}

/** A file that is appended to. */
export interface BankLog {
  append(bytes: Uint8Array): void;
  /** Resolves when all that was appended before is on the disk. */
  sync(): Promise<void>;
  close(): void;
}

type BeforeStep = (step: string) => void;

const STAGED = '.staged';
/** Nobody wants to end it in the middle. */
const NOTHING: BeforeStep = () => {};
const fdatasync = promisify(fs.fdatasync);

/** @param beforeStep - told before each step that changes the disk: tests end the process there. */
export function machineDisk(beforeStep: BeforeStep = NOTHING): BankDisk {
  return {
    read(path) {
      try {
        return fs.readFileSync(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    list: (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []),
    makeFolder(folder) {
      beforeStep(`mkdir ${basename(folder)}`);
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    },
    replace(path, bytes) {
      const staged = join(dirname(path), `${STAGED}-${basename(path)}`);
      writeWhole(staged, bytes, beforeStep);
      beforeStep(`rename ${basename(path)}`);
      fs.renameSync(staged, path);
      beforeStep(`sync folder of ${basename(path)}`);
      syncFolder(dirname(path));
    },
    remove(path) {
      beforeStep(`remove ${basename(path)}`);
      fs.rmSync(path, { force: true });
    },
    openLog(path, bytes) {
      beforeStep(`create ${basename(path)}`);
      const fd = fs.openSync(path, 'w', 0o600);
      const append = (added: Uint8Array) =>
        writeInParts(fd, added, `append to ${basename(path)}`, beforeStep);
      append(bytes);
      syncFolder(dirname(path));
      return { append, sync: () => fdatasync(fd), close: () => fs.closeSync(fd) };
    },
    mark(path) {
      const status = fs.statSync(path, { throwIfNoEntry: false });
      return status && `${status.ino} ${status.mtimeMs}`;
    },
  };
}

/** Whether a file is one that a crash left behind before it got its name. */
export function isStaged(name: string): boolean {
  return name.startsWith(STAGED);
}

function writeWhole(path: string, bytes: Uint8Array, beforeStep: BeforeStep): void {
  beforeStep(`create ${basename(path)}`);
  const fd = fs.openSync(path, 'w', 0o600);
  try {
    writeInParts(fd, bytes, `write ${basename(path)}`, beforeStep);
    beforeStep(`sync ${basename(path)}`);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** In halves where a test may end in the middle, else at once. */
function writeInParts(fd: number, bytes: Uint8Array, step: string, beforeStep: BeforeStep): void {
  const half = beforeStep === NOTHING ? bytes.length : Math.floor(bytes.length / 2);
  for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
    beforeStep(step);
    for (let done = 0; done < part.length; ) done += fs.writeSync(fd, part, done);
  }
}

function syncFolder(folder: string): void {
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
