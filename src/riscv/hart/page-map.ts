/**
 * The map from guest-physical pages to machine pages as every back end reads it: an array of u32 in machine
 * memory, one entry a page of guest RAM. Owner: kernel/mm, which alone writes it (page-state machine).
 */

export const PAGE_BYTES = 4096;
export const PAGE_SHIFT = 12;

/** Bits of an entry below the machine page's address (bits 31:12). */
export const MapFlag = {
  /** A machine page stands behind this page: loads and fetches may go there. */
  Present: 1,
  /** Stores may go there too; without it a store leaves the run with PageMiss. */
  Writable: 2,
} as const;

/** Where a guest's RAM is and where its map stands; the fields of the same names in the context. */
export interface RamLayout {
  /** Machine address of the map. */
  readonly mapBase: number;
  /** First guest-physical page number of RAM, and how many pages. */
  readonly ramFirstPage: number;
  readonly ramPages: number;
}
