/** What drivers of memory balloons write into buffers: page numbers and statistics. Source: VIRTIO 1.3 §5.5.6. */
import { byteLength, gather, u16, u32, u64 } from '../dma.ts';

/** Statistics by their tag. Source: §5.5.6.4, `VIRTIO_BALLOON_S_*`. */
export const STATISTICS = [
  'swapInBytes',
  'swapOutBytes',
  'majorFaults',
  'minorFaults',
  'freeBytes',
  'totalBytes',
  'availableBytes',
  'diskCacheBytes',
  'hugePagesAllocated',
  'hugePagesFailed',
  'oomKills',
  'allocationStalls',
  'asyncScans',
  'directScans',
  'asyncReclaims',
  'directReclaims',
] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** Those that the guest gave. */
export type BalloonStatistics = Partial<Record<StatisticName, number>>;

const NUMBER_BYTES = 4;
const STATISTIC_BYTES = 10;
/** A guest may know statistics that we do not; more than so many are not looked at. */
const MAX_STATISTICS = 64;

/** The 32-bit numbers in a chain; a rest that is no whole one is passed over. */
export function numbersIn(views: readonly Uint8Array[]): number[] {
  const bytes = gather(views, byteLength(views));
  const count = Math.floor(bytes.length / NUMBER_BYTES);
  return Array.from({ length: count }, (_, i) => u32(bytes, i * NUMBER_BYTES));
}

/** A value that says nothing is -1. */
export function readStatistics(views: readonly Uint8Array[]): BalloonStatistics {
  const bytes = gather(views, MAX_STATISTICS * STATISTIC_BYTES);
  const statistics: BalloonStatistics = {};
  for (let at = 0; at + STATISTIC_BYTES <= bytes.length; at += STATISTIC_BYTES) {
    const name = STATISTICS[u16(bytes, at)];
    const value = u64(bytes, at + 2);
    if (name !== undefined && value !== 2n ** 64n - 1n) statistics[name] = Number(value);
  }
  return statistics;
}
