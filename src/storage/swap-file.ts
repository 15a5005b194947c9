/**
 * The swap file of one VM: a page's place in it is its number in the VM's memory, so that nothing has to be allocated and
 * any thread can read what another wrote. It takes space as pages are written, and is removed with the VM's power.
 */
import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { PageStore, StoreProblem } from '#kernel';
import { HostError, reasonOf } from '#lib';

const PAGE_BYTES = 4096;
const OWNER_ONLY = 0o600;
/** The disk, or the user's share of it, is used up. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);

export interface SwapFileOptions {
  readonly path: string;
  /** Told once for each thing that goes wrong; the VM hears `full` or `failed`. */
  readonly onError?: (message: string) => void;
  /** An open file of another thread of this process, in place of a new one. */
  readonly fd?: number;
  /** Pages read and written, by all threads; shared words. */
  readonly counts?: Int32Array;
}

const READS = 0;
const WRITES = 1;

export class SwapFile implements PageStore {
  /** To be handed to other threads. */
  readonly fd: number;
  readonly #path: string;
  readonly #onError: (message: string) => void;
  readonly #counts: Int32Array;

  /** Makes the file, or empties it. @throws HostError `file-io` when that fails. */
  constructor({ path, fd, onError = () => {}, counts = new Int32Array(2) }: SwapFileOptions) {
    this.#path = path;
    this.#counts = counts;
    this.#onError = onError;
    this.fd = fd ?? create(path);
  }

  /** Pages written. */
  get writes(): number {
    return Atomics.load(this.#counts, WRITES);
  }

  get reads(): number {
    return Atomics.load(this.#counts, READS);
  }

  put(index: number, bytes: Uint8Array): number | StoreProblem {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.fd, bytes, done, bytes.length - done, index * PAGE_BYTES + done);
      }
      Atomics.add(this.#counts, WRITES, 1);
      return index;
    } catch (error) {
      this.#report('write', error);
      return FULL.has((error as NodeJS.ErrnoException).code ?? '') ? 'full' : 'failed';
    }
  }

  read(place: number, into: Uint8Array): boolean {
    try {
      for (let done = 0; done < into.length; ) {
        const count = readSync(this.fd, into, done, into.length - done, place * PAGE_BYTES + done);
        if (count === 0) throw new Error(`page ${place} is behind its end`);
        done += count;
      }
      Atomics.add(this.#counts, READS, 1);
      return true;
    } catch (error) {
      this.#report('read', error);
      return false;
    }
  }

  /** The space stays with the file: the next page of this number goes there. */
  release(): void {}

  /** Closes and removes the file. */
  destroy(): void {
    closeSync(this.fd);
    rmSync(this.#path, { force: true });
  }

  #report(action: string, error: unknown): void {
    const reason = reasonOf(error);
    this.#onError(`swap file "${this.#path}": ${action} failed: ${reason}`);
  }
}

function create(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, OWNER_ONLY);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new HostError('file-io', { action: 'make', what: 'swap file', path, reason }, { cause });
  }
}
