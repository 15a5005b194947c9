/** The other end of the local API: what `vmk` says to a running host. */
import { statSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { HostError } from '#lib';
import type { VmRow } from '../calls/vm.ts';
import type { Exported, PackageTarget } from '../ovf/write-package.ts';
import { type CallError, saidError } from './call-error.ts';

/** A VM as a package, out to here. */
export interface PackageOut extends PackageTarget {
  readonly vm: string;
  /** Hears what goes on, and how far it is, of 1. */
  readonly progress: (what: string, done: number) => void;
}

/** A package from here, as a VM. */
export interface PackageIn {
  /** An .ova or .ovf file; with `input` its name for messages. */
  readonly path: string;
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  readonly name?: string | undefined;
  readonly datastore?: string | undefined;
  /** The host's network for one of the package. */
  readonly network: (name: string) => string;
  readonly progress: (what: string, done: number) => void;
  readonly stop: AbortSignal;
}

/** Packages of a host whose files are out of reach. @throws HostError */
export interface HostPackages {
  export(wanted: PackageOut): Promise<Exported>;
  import(wanted: PackageIn): Promise<{ readonly row: VmRow; readonly notes: readonly string[] }>;
}

/** Says things to a host. */
export interface HostClient {
  /** Resolves to the call's result. @throws HostError: what the host said, or `host-absent`. */
  call<T>(name: string, given?: object): Promise<T>;
  /** The console of a VM. @throws HostError */
  console(vm: string): Promise<Duplex>;
  /** Absent where the host's files are those of this machine. */
  readonly packages?: HostPackages;
  /** Resolves when the host that was there does not listen any more. */
  gone(): Promise<void>;
}

const POLL_MS = 20;

/** Not an import: that would load whatever its exports lead to, the client of `fetch` too, at the start of each command. */
const http = () => process.getBuiltinModule('node:http');

/** A client of the host that listens at `socketPath`. */
export function localClient(socketPath: string): HostClient {
  return {
    call: (name, given = {}) => call(socketPath, name, given),
    console: (vm) => openConsole(socketPath, vm),
    async gone() {
      const inode = () => statSync(socketPath, { throwIfNoEntry: false })?.ino ?? 0;
      for (let at = inode(); at !== 0; ) {
        await setTimeout(POLL_MS);
        if (inode() !== at) at = 0;
      }
    },
  };
}

function call<T>(socketPath: string, name: string, given: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const asked = http().request(
      { socketPath, method: 'POST', path: `/call/${name}`, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('error', (cause) => reject(absent(socketPath, cause)));
        response.on('end', () => {
          const { result, error } = JSON.parse(text) as { result: T; error?: CallError };
          if (error) reject(saidError(error));
          else resolve(result);
        });
      },
    );
    asked.on('error', (cause) => reject(absent(socketPath, cause)));
    asked.end(JSON.stringify(given));
  });
}

function openConsole(socketPath: string, vm: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const path = `/console/${encodeURIComponent(vm)}`;
    const headers = { connection: 'Upgrade', upgrade: 'console' };
    const asked = http().request({ socketPath, path, headers, agent: false });
    asked.on('upgrade', (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => reject(saidError((JSON.parse(text) as { error: CallError }).error)));
    });
    asked.on('error', (cause) => reject(absent(socketPath, cause)));
    asked.end();
  });
}

function absent(path: string, cause: NodeJS.ErrnoException): HostError {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'nothing listens there',
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'it ended in the middle of the answer',
    EACCES: 'it belongs to somebody else',
  };
  const reason = reasons[cause.code ?? ''] ?? cause.message;
  return new HostError('host-absent', { path, reason }, { cause });
}
