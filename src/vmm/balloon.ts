/** What a VM's memory balloon does to its page map, and what the guest last said about its memory. */
import type { BalloonHost, BalloonStatistics, MemoryRange } from '#devices';
import type { GuestMap } from '#kernel';
import { PAGE_BYTES } from '#riscv';

/** Pages given back at once, so that few harts stop for them and nobody else waits long. */
const BATCH_PAGES = 4096;

export class MapBalloon implements BalloonHost {
  /** The guest's last statistics; empty before it gave any. */
  lastStatistics: BalloonStatistics = {};
  /** How often it gave some. */
  answers = 0;
  readonly #map: GuestMap;

  constructor(map: GuestMap) {
    this.#map = map;
  }

  inflate(pages: readonly number[]): void {
    this.#map.discard(pages, 'inflate');
  }

  deflate(pages: readonly number[]): void {
    this.#map.discard(pages, 'deflate');
  }

  /** Whole pages only. */
  reported(ranges: readonly MemoryRange[]): void {
    const { ramFirstPage, ramPages } = this.#map.layout;
    for (const { address, length } of ranges) {
      const end = Math.min(Math.floor((address + length) / PAGE_BYTES), ramFirstPage + ramPages);
      let first = Math.max(Math.ceil(address / PAGE_BYTES), ramFirstPage);
      for (; first < end; first += BATCH_PAGES) {
        const count = Math.min(BATCH_PAGES, end - first);
        this.#map.discard(pagesFrom(first, count), 'release');
      }
    }
  }

  statistics(statistics: BalloonStatistics): void {
    this.lastStatistics = statistics;
    this.answers++;
  }
}

function* pagesFrom(first: number, count: number): Generator<number> {
  for (let page = first; page < first + count; page++) yield page;
}
