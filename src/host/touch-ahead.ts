/**
 * Touches memory that a machine is about to use. The first touch of a page clears it, which for those of 2 MiB takes as long as
 * thousands of the guest's instructions: better here than on the thread of the pCPU, which meanwhile loads its code.
 */
import { setImmediate } from 'node:timers/promises';

/** What is touched by one access, where the platform gives such pages. */
const HUGE_PAGE_BYTES = 2 ** 21;

/** A part of machine memory. */
export interface Span {
  readonly base: number;
  readonly bytes: number;
}

/** Touches one page after the other, and changes nothing; other events get their chance in between. */
export async function touchAhead(
  memory: ArrayBufferLike,
  spans: readonly Span[],
  isOver: () => boolean,
): Promise<void> {
  const words = new Int32Array(memory);
  for (const { base, bytes } of spans) {
    const end = Math.min(base + bytes, memory.byteLength);
    for (let at = base; at < end; at += HUGE_PAGE_BYTES) {
      if (isOver()) return;
      // Others may be writing there.
      Atomics.or(words, at >>> 2, 0);
      await setImmediate();
    }
  }
}
