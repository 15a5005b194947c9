/** What all disks in files share: requests are checked, done before `submit` returns, and what fails is told. */
import type { BlockBackend, BlockRequest, BlockStatus } from '#devices';
import { reasonOf } from '#lib';
import type { DiskGate } from './schedule/disk-arbiter.ts';
import { DiskStats } from './schedule/disk-stats.ts';
import type { FileCalls } from './vectored.ts';

export interface FileDiskOptions {
  /** Told what goes wrong with a request; the guest is told `ioerr` only. */
  readonly onError?: (message: string) => void;
  /**
   * Told once when there is no space for what is written, which waits then until `retry`. Absent: the guest is told `ioerr`.
   */
  readonly onFull?: (message: string) => void;
  /** Where other threads see what it does; see `diskCounters`. */
  readonly counters?: SharedArrayBuffer | undefined;
  /** What is asked of the system for the disk's files; absent: the system's own. */
  readonly calls?: FileCalls;
}

/** How the bytes of a disk are kept. What fails is thrown. */
export interface DiskStore {
  readonly sizeBytes: number;
  /** Preconditions: the span is on the disk. */
  apply(request: BlockRequest): void;
  resize(bytes: number): void;
  /** Something that was written is known to this store only, until the next flush. */
  readonly isDirty?: boolean;
  close(): void;
}

interface Facts extends FileDiskOptions {
  readonly path: string;
  readonly readOnly: boolean;
  readonly id: string;
}

/** A block back end over a store. Owner: one VM; it does its work in the VM's own thread. */
export class FileDisk implements BlockBackend {
  readonly path: string;
  readonly readOnly: boolean;
  readonly id: string;
  readonly #store: DiskStore;
  readonly #onError: (message: string) => void;
  readonly #onFull: ((message: string) => void) | undefined;
  #isFull = false;
  #ready: () => void = () => {};
  #closed = false;
  #resized: () => void = () => {};
  readonly stats: DiskStats;
  /** When requests may be taken; set before a device has the disk. */
  gate: DiskGate | undefined;

  constructor({ path, readOnly, id, onError = () => {}, onFull, counters }: Facts, store: DiskStore) {
    this.path = path;
    this.readOnly = readOnly;
    this.id = id;
    this.#store = store;
    this.#onError = onError;
    this.#onFull = onFull;
    this.stats = new DiskStats(counters);
  }

  get sizeBytes(): number {
    return this.#store.sizeBytes;
  }

  /** Whether who opens its files would find all that was written. */
  get isSettled(): boolean {
    return this.#store.isDirty !== true;
  }

  submit(request: BlockRequest, done: (status: BlockStatus) => void): void {
    const beganMs = performance.now();
    const bytes = 'buffers' in request ? byteLength(request.buffers) : 0;
    const status = this.#perform(request, bytes);
    if (status !== 'later') this.stats.record(request, bytes, beganMs, performance.now(), status === 'ok');
    done(status);
  }

  /** Makes it larger. @throws HostError */
  resize(bytes: number): void {
    this.#store.resize(bytes);
    this.#resized();
  }

  onResize(listener: () => void): void {
    this.#resized = listener;
  }

  onReady(listener: () => void): void {
    this.#ready = listener;
  }

  /** What there was no space for is tried again. */
  retry(): void {
    if (!this.#isFull) return;
    this.#isFull = false;
    this.#ready();
  }

  /** Flushes, and lets go of the files. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#store.close();
  }

  #perform(request: BlockRequest, bytes: number): BlockStatus {
    if (this.#isFull && request.kind !== 'read') return 'later';
    try {
      this.#check(request, bytes);
      this.#store.apply(request);
      return 'ok';
    } catch (error) {
      if (this.#onFull && isFull(error)) {
        this.#isFull = true;
        this.#onFull(`disk "${this.path}": ${reasonOf(error)}`);
        return 'later';
      }
      this.#onError(`disk "${this.path}": ${request.kind} failed: ${reasonOf(error)}`);
      return 'ioerr';
    }
  }

  #check(request: BlockRequest, bytes: number): void {
    if (this.#closed) throw new Error('the disk is closed');
    if (this.readOnly && request.kind !== 'read' && request.kind !== 'flush')
      throw new Error('it is read-only');
    if (request.kind === 'flush') return;
    const length = 'length' in request ? request.length : bytes;
    if (request.offset < 0 || request.offset + length > this.sizeBytes) {
      throw new Error(`bytes ${request.offset} … ${request.offset + length} are not on the disk`);
    }
  }
}

/** Of the system's errors those that end when somebody makes space. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

function isFull(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return FULL.has(code) || FULL.has(cause?.code);
}

export function byteLength(buffers: readonly Uint8Array[]): number {
  let length = 0;
  for (const buffer of buffers) length += buffer.length;
  return length;
}
