/** Who does what the host does now: known wherever the work for a call goes on, without being handed through it. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Actor {
  /** Empty for the host itself. */
  readonly user: string;
  /** What the events of one task have in common. */
  readonly chainId?: number;
}

const NOBODY: Actor = { user: '' };

export class Actors {
  readonly #storage = new AsyncLocalStorage<Actor>();

  get current(): Actor {
    return this.#storage.getStore() ?? NOBODY;
  }

  run<T>(actor: Actor, work: () => T): T {
    return this.#storage.run(actor, work);
  }
}
