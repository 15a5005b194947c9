/** The host's certificate and key: made at first start, kept in /etc/vmware/ssl, replaced half by half. */
import { X509Certificate } from 'node:crypto';
import { dirname } from 'node:path/posix';
import type { HostFiles } from '#kernel';
import type { Clock, Logger } from '#lib';
import { type HostNames, makeCertificate } from './make-certificate.ts';
import { belongTogether, certificateProblem, keyProblem, type PemPair, pairProblem } from './pair.ts';

/** Where the two are kept. Source: ESXi's own names. */
export const CERTIFICATE_PATH = '/etc/vmware/ssl/rui.crt';
export const KEY_PATH = '/etc/vmware/ssl/rui.key';
/** The fingerprint of the certificate that the host made itself: another one is the administrator's. */
export const OWN_PATH = '/etc/vmware/ssl/rui.self-signed';

/** What the store needs of the host's file system; folders above a path are made. */
export interface TextFiles {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  write(path: string, text: string, mode: number): void;
}

export interface CertificateStoreOptions {
  readonly files: TextFiles;
  readonly clock: Pick<Clock, 'wallNanoseconds'>;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly logger: Logger;
  readonly names: HostNames;
}

/** The files of a host, as the store needs them. */
export function certificateFiles(files: HostFiles): TextFiles {
  return {
    read: (path) => files.readTextIfThere(path),
    write(path, text, mode) {
      files.makeFolders(dirname(path));
      files.write(path, text, { mode });
    },
  };
}

/** What became of a new half: it is in effect, it waits for the other one, or it was refused with a reason. */
export type Replacement =
  | { readonly kind: 'in-effect' }
  | { readonly kind: 'waiting'; readonly for: 'certificate' | 'key' }
  | { readonly kind: 'refused'; readonly reason: string };

const CERTIFICATE_MODE = 0o644;
const KEY_MODE = 0o400;

/**
 * A certificate and a key come by two requests, in either order. A half that fits the one in use takes effect at once;
 * one that does not is held back until its other half comes, so that the port never stands there with a wrong pair.
 */
export class CertificateStore {
  readonly #options: CertificateStoreOptions;
  readonly #listeners = new Set<(pair: PemPair) => void>();
  #current: PemPair;
  #waiting: Partial<PemPair> = {};
  #renewal: Promise<void> = Promise.resolve();

  private constructor(options: CertificateStoreOptions, current: PemPair) {
    this.#options = options;
    this.#current = current;
  }

  /** Reads the pair, or makes one. A pair that cannot be used stays where it is; one in memory stands in for it. */
  static async open(options: CertificateStoreOptions): Promise<CertificateStore> {
    const { files, logger } = options;
    const certificatePem = files.read(CERTIFICATE_PATH);
    const keyPem = files.read(KEY_PATH);
    if (certificatePem !== undefined && keyPem !== undefined) {
      const pair = { certificatePem, keyPem };
      const problem = pairProblem(pair, wallMs(options));
      if (problem === undefined) return new CertificateStore(options, pair);
      // Without a certificate nobody could come in and put a better one there.
      logger.error(`${CERTIFICATE_PATH}: ${problem}; a self-signed one is used until it is replaced`);
      return new CertificateStore(options, await make(options));
    }
    const store = new CertificateStore(options, await make(options));
    store.#save(true);
    logger.info(`${CERTIFICATE_PATH}: made for ${options.names.hostName}`);
    return store;
  }

  get current(): PemPair {
    return this.#current;
  }

  /** Calls `listener` with each new pair. Returns what ends that. */
  onChange(listener: (pair: PemPair) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  replaceCertificate(certificatePem: string): Replacement {
    const reason = certificateProblem(certificatePem, wallMs(this.#options));
    return reason === undefined ? this.#take({ certificatePem }, 'key') : { kind: 'refused', reason };
  }

  replaceKey(keyPem: string): Replacement {
    const reason = keyProblem(keyPem);
    return reason === undefined ? this.#take({ keyPem }, 'certificate') : { kind: 'refused', reason };
  }

  /** A new self-signed pair for new names, in the place of one that the host made itself; an administrator's stays. */
  renew(names: HostNames): Promise<void> {
    this.#renewal = this.#renewal.then(async () => {
      if (!this.#isOwn) return;
      const before = this.#current;
      const pair = await make({ ...this.#options, names });
      // Meanwhile somebody may have put his own.
      if (this.#current === before) this.#use(pair, true);
    });
    return this.#renewal;
  }

  get #isOwn(): boolean {
    return this.#options.files.read(OWN_PATH)?.trim() === fingerprint(this.#current);
  }

  #take(half: Partial<PemPair>, other: 'certificate' | 'key'): Replacement {
    const waited = { ...this.#waiting, ...half };
    const pair = [
      { ...this.#current, ...half },
      { ...this.#current, ...waited },
    ].find(belongTogether);
    if (pair === undefined) {
      this.#waiting = half;
      return { kind: 'waiting', for: other };
    }
    const reason = pairProblem(pair, wallMs(this.#options));
    if (reason !== undefined) return { kind: 'refused', reason };
    this.#use(pair, false);
    return { kind: 'in-effect' };
  }

  #use(pair: PemPair, isOwn: boolean): void {
    this.#waiting = {};
    this.#current = pair;
    this.#save(isOwn);
    this.#options.logger.info(`${CERTIFICATE_PATH}: replaced`);
    for (const listener of this.#listeners) listener(pair);
  }

  #save(isOwn: boolean): void {
    this.#options.files.write(KEY_PATH, this.#current.keyPem, KEY_MODE);
    this.#options.files.write(CERTIFICATE_PATH, this.#current.certificatePem, CERTIFICATE_MODE);
    if (isOwn) this.#options.files.write(OWN_PATH, `${fingerprint(this.#current)}\n`, CERTIFICATE_MODE);
  }
}

function fingerprint({ certificatePem }: PemPair): string {
  return new X509Certificate(certificatePem).fingerprint256;
}

function make(options: CertificateStoreOptions): Promise<PemPair> {
  return makeCertificate({ ...options.names, nowMs: wallMs(options), randomBytes: options.randomBytes });
}

function wallMs({ clock }: CertificateStoreOptions): number {
  return Number(clock.wallNanoseconds() / 1_000_000n);
}
