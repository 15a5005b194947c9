/** What a thread needs to reach the pages of a VM that have no machine page: plain data, and the stores made of it. */
import { type CachePlace, CompressionCache, type MachineMemory, type PageStores } from '#kernel/machine';
import type { SwapFile } from '#storage';
import { late } from './late-rooms.ts';
import { MemoryWords } from './memory-words.ts';
import { ZstdPacker } from './zstd-packer.ts';

export interface MemorySeat {
  readonly cache: CachePlace;
  /** An open file of this process. */
  readonly swap: { readonly fd: number; readonly path: string };
  /** Buffer of its MemoryWords. */
  readonly words: SharedArrayBuffer;
}

export interface SeatStores extends PageStores {
  readonly compressed: CompressionCache;
  readonly swapped: SwapFile;
  readonly words: MemoryWords;
}

/** The stores, on this thread. @param onError - hears what goes wrong with the swap file */
export function openStores(
  machine: MachineMemory,
  { cache, swap, words: buffer }: MemorySeat,
  onError: (line: string) => void = () => {},
): SeatStores {
  const words = new MemoryWords(buffer);
  return {
    compressed: new CompressionCache(machine, cache, new ZstdPacker()),
    swapped: new late.storage.SwapFile({ ...swap, counts: words.swapCounts, onError }),
    words,
  };
}
