/** A machine page begins to hold code: no TLB may send stores there past `codeWritten` any more. */
import * as L from '../core/layout.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';

const ENTRY_WORDS = (1 << L.TLB_ENTRY_SHIFT) / 4;
/** Differs from the page in the bits that chose the slot, so no address of this slot has such a tag. */
const OTHER_SLOT = BigInt((L.TLB_ENTRIES / 2) * PAGE_BYTES);

/** Drops what a context's TLB knows of stores to a machine page. */
export function forgetStores(memory: ArrayBufferLike, context: number, machine: number): void {
  for (let bank = 0; bank < L.BANKS; bank++) {
    const start = context + L.TLB_OFFSET + bank * L.BANK_BYTES + L.TLB_WRITE;
    const words = new Int32Array(memory, start, L.TLB_ENTRIES * ENTRY_WORDS);
    const tags = new BigUint64Array(memory, start, words.length / 2);
    for (let at = 0; at < words.length; at += ENTRY_WORDS) {
      if (words[at + L.TLB_HOST / 4] === machine) tags[at / 2] = (tags[at / 2] as bigint) ^ OTHER_SLOT;
    }
  }
}
