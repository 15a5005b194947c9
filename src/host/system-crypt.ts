/** Password hashes of the C library, such as yescrypt, computed on a thread of their own. */
import { Worker } from 'node:worker_threads';
import type { SystemCrypt } from '#system';

export interface CryptRequest {
  readonly id: number;
  readonly password: string;
  readonly setting: string;
}

export interface CryptAnswer {
  readonly id: number;
  /** Undefined when the library cannot, or is not there. */
  readonly hash: string | undefined;
}

/** Nobody waits longer for a hash. */
const LIMIT_MS = 10_000;

/**
 * The most work that we ask the library for, since it cannot be interrupted: about a second. A character is a power of
 * two by its place in crypt's alphabet. Source: crypt(5).
 */
const COSTS: readonly (readonly [form: RegExp, most: string])[] = [
  [/^\$2[aby]\$(\d\d)\$/, '14'],
  [/^\$g?y\$j(.)/, 'E'],
  [/^\$7\$(.)/, 'H'],
  [/^\$1\$()/, ''],
];

/** Starts a thread at the first hash; it does not keep the process. */
export function systemCrypt(): SystemCrypt {
  let current: CryptThread | undefined;
  let nextId = 1;
  return (password, setting) => {
    if (!isBearable(setting)) return Promise.resolve(undefined);
    if (current === undefined || current.isOver) current = new CryptThread();
    return current.ask({ id: nextId++, password: new TextDecoder().decode(password), setting });
  };
}

function isBearable(setting: string): boolean {
  if (setting.includes('\0')) return false;
  return COSTS.some(([form, most]) => {
    const cost = form.exec(setting)?.[1];
    return cost !== undefined && cost <= most;
  });
}

class CryptThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (hash: string | undefined) => void>();
  isOver = false;

  constructor() {
    this.#worker = new Worker(new URL('./crypt-worker.ts', import.meta.url));
    this.#worker.unref();
    this.#worker.on('message', ({ id, hash }: CryptAnswer) => this.#answer(id, hash));
    this.#worker.on('error', () => this.#end());
    this.#worker.on('exit', () => this.#end());
  }

  ask(request: CryptRequest): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#worker.ref();
    const limit = setTimeout(() => this.#end(), LIMIT_MS);
    this.#waiting.set(request.id, (hash) => {
      clearTimeout(limit);
      resolve(hash);
    });
    this.#worker.postMessage(request);
    return promise;
  }

  #answer(id: number, hash: string | undefined): void {
    this.#waiting.get(id)?.(hash);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  /** Nobody waits for a thread that is gone. */
  #end(): void {
    this.isOver = true;
    for (const id of [...this.#waiting.keys()]) this.#answer(id, undefined);
    void this.#worker.terminate();
  }
}
