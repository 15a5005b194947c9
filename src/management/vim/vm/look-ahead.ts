/** What new VMs look like, worked out while nothing else is done: whoever is the first to ask for all of them does not wait for the files of a thousand. */
import type { After } from '../properties/collector.ts';

/** So long nothing came before it begins; and between one part and the next. */
const QUIET_MS = 1000;
const PAUSE_MS = 20;
const PART = 25;

export class LookAhead<Item> {
  readonly #after: After;
  readonly #look: (item: Item) => void;
  readonly #waiting = new Set<Item>();
  #cancel: () => void = () => {};

  constructor(after: After, look: (item: Item) => void) {
    this.#after = after;
    this.#look = look;
  }

  add(item: Item): void {
    this.#waiting.add(item);
    this.#later(QUIET_MS);
  }

  /** It is gone: there is nothing to look at. */
  remove(item: Item): void {
    this.#waiting.delete(item);
  }

  close(): void {
    this.#cancel();
    this.#waiting.clear();
  }

  #later(milliseconds: number): void {
    this.#cancel();
    this.#cancel = this.#after(milliseconds, () => this.#some());
  }

  #some(): void {
    let count = 0;
    for (const item of this.#waiting) {
      if (count++ === PART) return this.#later(PAUSE_MS);
      this.#waiting.delete(item);
      this.#look(item);
    }
  }
}
