/**
 * What was sent again, and whether that was lost too: when something arrived that was sent well after it.
 * Source: the idea of RFC 8985 §6.2 (RACK), counted in bytes instead of time.
 */

interface Entry {
  readonly start: number;
  readonly end: number;
  /** What was sent first after it begins here. */
  readonly sentBefore: number;
}

export class Resent {
  /** In the order in which they were sent again. */
  #entries: Entry[] = [];
  /** Those that are lost again. */
  #lost: { readonly start: number; readonly end: number }[] = [];

  add(start: number, end: number, nxt: number): void {
    this.#entries.push({ start, end, sentBefore: nxt });
  }

  /** Something up to `sackedEnd` has arrived; `slack` bytes may have come out of order. Whether anything is lost again. */
  judge(sackedEnd: number, slack: number, isHere: (start: number, end: number) => boolean): boolean {
    let isAnyLost = false;
    while (this.#entries.length > 0) {
      const { start, end, sentBefore } = this.#entries[0] as Entry;
      if (sackedEnd < sentBefore + slack) break;
      this.#entries.shift();
      if (isHere(start, end)) continue;
      this.#lost.push({ start, end });
      isAnyLost = true;
    }
    return isAnyLost;
  }

  /** The next one to send once more; undefined when there is none. */
  next(
    isHere: (start: number, end: number) => boolean,
  ): { readonly start: number; readonly end: number } | undefined {
    for (let lost = this.#lost.shift(); lost !== undefined; lost = this.#lost.shift()) {
      if (!isHere(lost.start, lost.end)) return lost;
    }
    return undefined;
  }

  /** Bytes that are counted as under way and are not. */
  lostBytes(isHere: (start: number, end: number) => boolean): number {
    let bytes = 0;
    for (const { start, end } of this.#lost) if (!isHere(start, end)) bytes += end - start;
    return bytes;
  }

  clear(): void {
    this.#entries = [];
    this.#lost = [];
  }
}
