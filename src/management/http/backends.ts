/** What the HTTPS port needs of the rest of the host, as interfaces: files, accounts, firewall, certificate, timers. */

/** A path below the top of a tree: names, none of them empty, "." or "..". */
export type Path = readonly string[];

export interface FileFacts {
  readonly kind: 'file' | 'folder';
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Another one when the content is another one. */
  readonly tag: string;
}

export interface FileEntry extends FileFacts {
  readonly name: string;
}

export interface OpenFile {
  readonly facts: FileFacts;
  /** Reads up to `into.length` bytes; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** A file on its way: in its place after `commit`, gone after `abort`, which may come after either. */
export interface Upload {
  write(buffers: readonly Uint8Array[]): Promise<void>;
  commit(): Promise<FileFacts>;
  abort(): Promise<void>;
}

export interface Space {
  readonly capacityBytes: number;
  readonly freeBytes: number;
}

/** Files and folders, of a datastore or in memory. What cannot be is thrown with the system's `code`: ENOENT, ENOSPC … */
export interface FileTree {
  stat(path: Path): Promise<FileFacts>;
  list(path: Path): Promise<readonly FileEntry[]>;
  open(path: Path): Promise<OpenFile>;
  /** Folders above it are made. ENOSPC at once when `expectedBytes` do not fit. */
  create(path: Path, expectedBytes?: number, mode?: number): Promise<Upload>;
  /** A file, or an empty folder. */
  remove(path: Path): Promise<void>;
  space(path: Path): Promise<Space>;
}

export interface Datastore extends FileTree {
  readonly name: string;
}

/** The datastores as they are now. */
export interface Datastores {
  list(): readonly Datastore[];
}

/** Who a request comes from, once it is known; the accounts know more of it. */
export interface Principal {
  readonly userName: string;
}

/** What a privilege is asked for: one datastore, or the host. */
export type Entity = { readonly kind: 'host' } | { readonly kind: 'datastore'; readonly name: string };

/** Accounts, sessions and permissions. */
export interface Access {
  /** By name and password; undefined when they do not fit, whatever the reason. */
  authenticate(userName: string, password: string, remoteAddress: string): Promise<Principal | undefined>;
  /** The session of a cookie, if it lives; being asked for keeps it alive. */
  session(id: string): Principal | undefined;
  /** Takes a one-time ticket for exactly this request: path and query as they are sent, without the ticket. */
  redeemTicket(
    ticket: string,
    request: { readonly method: string; readonly url: string },
  ): Principal | undefined;
  allows(principal: Principal, privilege: string, entity: Entity): boolean;
}

/** Whether the firewall lets an address in. */
export type MayConnect = (remoteAddress: string) => boolean;

/** Calls something again and again until it is cancelled. Returns what cancels it. */
export type Every = (milliseconds: number, action: () => void) => () => void;

export interface PemPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export type Replacement =
  | { readonly kind: 'in-effect' }
  | { readonly kind: 'waiting'; readonly for: 'certificate' | 'key' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The certificate of the port, and how it is replaced. */
export interface Certificates {
  readonly current: PemPair;
  onChange(listener: (pair: PemPair) => void): () => void;
  replaceCertificate(pem: string): Replacement;
  replaceKey(pem: string): Replacement;
}
