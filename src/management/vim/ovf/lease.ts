/** A lease: the right to take a VM's files out, or to bring them in, for as long as somebody tells how far it is. */
import { randomBytes } from 'node:crypto';
import { FAULTS } from '../model/faults.ts';
import { fault, type MoRef, type VimFault } from '../model/value.ts';
import type { After } from '../properties/collector.ts';
import type { HttpNfcLeaseManifestEntry } from '../table/vim25.d.ts';

type LeaseState = 'initializing' | 'ready' | 'done' | 'error';
type ManifestEntry = Omit<HttpNfcLeaseManifestEntry, '_type'>;

/** One file of a lease. */
export interface LeaseFile {
  /** The device, as clients name it. */
  readonly key: string;
  readonly importKey: string;
  /** The last part of its URL: `disk-0.vmdk`. */
  readonly name: string;
  /** Of the machine. */
  readonly path: string;
  readonly isDisk: boolean;
  readonly sizeBytes: number;
  /** Where its parents are. */
  readonly within?: string;
}

export interface LeaseParts {
  readonly id: string;
  readonly after: After;
  /** Hears that it is another now. */
  readonly changed: () => void;
  /** Gives back what it holds. Called once, when it ends. */
  readonly release: (end: 'done' | 'error') => void | Promise<void>;
}

/** After so long without progress it ends. */
export const LEASE_TIMEOUT_SECONDS = 300;
const TOKEN_BYTES = 24;

export class Lease {
  readonly id: string;
  /** Whoever knows it may take and bring its files. */
  readonly token = randomBytes(TOKEN_BYTES).toString('hex');
  readonly #parts: LeaseParts;
  readonly #end = new AbortController();
  readonly manifest = new Map<string, ManifestEntry>();
  /** By the device's key: `sha1`, `sha256`. */
  readonly checksumTypes = new Map<string, string>();
  #state: LeaseState = 'initializing';
  #percent = 0;
  #error: VimFault | undefined;
  #files: readonly LeaseFile[] = [];
  #entity: MoRef | undefined;
  #cancel: () => void;

  constructor(parts: LeaseParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#cancel = this.#wait();
  }

  get state(): LeaseState {
    return this.#state;
  }

  get percent(): number {
    return this.#percent;
  }

  get error(): VimFault | undefined {
    return this.#error;
  }

  get files(): readonly LeaseFile[] {
    return this.#files;
  }

  get entity(): MoRef | undefined {
    return this.#entity;
  }

  /** Ends when the lease does. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** The files are there to be had. */
  ready(entity: MoRef, files: readonly LeaseFile[]): void {
    if (this.#state !== 'initializing') return;
    this.#state = 'ready';
    this.#entity = entity;
    this.#files = files;
    this.alive();
    this.#parts.changed();
  }

  /** Somebody is at work. */
  alive(): void {
    if (this.#state === 'done' || this.#state === 'error') return;
    this.#cancel();
    this.#cancel = this.#wait();
  }

  /** @returns the fault of a lease that is over, or of a number that is none */
  progress(percent: number): VimFault | undefined {
    if (!(percent >= 0 && percent <= 100)) return FAULTS.invalidArgument('percent');
    const refused = this.#requireReady();
    if (refused) return refused;
    this.#percent = percent;
    this.alive();
    this.#parts.changed();
    return undefined;
  }

  complete(): VimFault | undefined {
    const refused = this.#requireReady();
    if (refused) return refused;
    this.#percent = 100;
    this.#over('done', undefined);
    return undefined;
  }

  /** Ends it; what was brought in is taken away again. */
  abort(reason: VimFault): void {
    if (this.#state === 'done' || this.#state === 'error') return;
    this.#over('error', reason);
  }

  #requireReady(): VimFault | undefined {
    if (this.#state === 'ready') return undefined;
    return FAULTS.invalidState(`The lease is ${this.#state}.`);
  }

  #over(state: 'done' | 'error', error: VimFault | undefined): void {
    this.#cancel();
    this.#state = state;
    this.#error = error;
    this.#end.abort();
    void this.#parts.release(state);
    this.#parts.changed();
  }

  #wait(): () => void {
    return this.#parts.after(LEASE_TIMEOUT_SECONDS * 1000, () =>
      this.abort(
        fault('Timedout', {}, `The lease ended: ${LEASE_TIMEOUT_SECONDS} seconds without progress.`),
      ),
    );
  }
}
