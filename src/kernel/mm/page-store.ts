/** Where the bytes of pages are kept that have no machine page: what compression cache, swap file and remote host are to a map. */

/** The stores of one VM. A place is a number of at most 20 bits. */
export interface PageStore {
  /** Keeps the bytes of the page at `index`; its place, or why it cannot. */
  put(index: number, bytes: Uint8Array): number | StoreProblem;
  /** Fills `into` with what is kept at a place; false when it cannot be had. */
  read(place: number, into: Uint8Array): boolean;
  /** What is kept at a place is not needed any more. */
  release(place: number): void;
}

/** `unfit`: this page cannot be kept here, others may. `full`: no page can. `failed`: the disk said so. */
export type StoreProblem = 'unfit' | 'full' | 'failed';

/** Stores by the state of the pages that they keep. */
export interface PageStores {
  readonly compressed?: PageStore;
  readonly swapped?: PageStore;
  readonly remote?: PageStore;
}
