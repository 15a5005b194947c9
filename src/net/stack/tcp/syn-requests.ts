/** Requests that nobody has answered yet: bounded in all, and for each who asks, so that none keeps the others out. */
import type { FourTuple } from './syn-cookies.ts';
import type { SynRequest } from './syn-request.ts';

const LIMIT = { all: 4096, perPeer: 256 } as const;

export class SynRequests {
  readonly #open = new Map<string, SynRequest>();
  /** By the peer's address; those without any are not there. */
  readonly #counts = new Map<number, number>();

  /** The request of those two endpoints. */
  find(tuple: FourTuple): SynRequest | undefined {
    return this.#open.get(keyOf(tuple));
  }

  hasRoom({ remote }: FourTuple): boolean {
    return this.#open.size < LIMIT.all && (this.#counts.get(remote.address) ?? 0) < LIMIT.perPeer;
  }

  /** Takes the place of an older one of the same endpoints. */
  add(request: SynRequest): void {
    const { tuple } = request;
    this.delete(tuple);
    this.#open.set(keyOf(tuple), request);
    this.#counts.set(tuple.remote.address, (this.#counts.get(tuple.remote.address) ?? 0) + 1);
  }

  delete(tuple: FourTuple): void {
    if (!this.#open.delete(keyOf(tuple))) return;
    const { address } = tuple.remote;
    const left = (this.#counts.get(address) ?? 1) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }

  clear(): void {
    this.#open.clear();
    this.#counts.clear();
  }
}

const keyOf = ({ local, remote }: FourTuple): string =>
  `${local.address}:${local.port} ${remote.address}:${remote.port}`;
