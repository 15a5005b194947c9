/** A swap file in memory, of as many pages as a test wants. */
import type { PageStore, StoreProblem } from '../page-store.ts';

export class MemorySwap implements PageStore {
  readonly pages = new Map<number, Uint8Array>();
  room = Infinity;
  writes = 0;
  reads = 0;

  put(index: number, bytes: Uint8Array): number | StoreProblem {
    if (this.pages.size >= this.room) return 'full';
    this.writes++;
    this.pages.set(index, bytes.slice());
    return index;
  }

  read(place: number, into: Uint8Array): boolean {
    const bytes = this.pages.get(place);
    this.reads++;
    if (bytes !== undefined) into.set(bytes);
    return bytes !== undefined;
  }

  release(place: number): void {
    this.pages.delete(place);
  }
}
