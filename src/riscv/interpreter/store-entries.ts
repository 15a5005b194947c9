/** A machine page begins to hold code: no TLB may send stores there past `codeWritten` any more. */
import * as L from '../core/layout.ts';

const ENTRY_WORDS = (1 << L.TLB_ENTRY_SHIFT) / 4;

/** Drops what a context's TLB knows of stores to a machine page. */
export function forgetStores(memory: ArrayBufferLike, context: number, machine: number): void {
  const host = machine >>> 0;
  for (let bank = 0; bank < L.BANKS; bank++) {
    const start = context + L.TLB_OFFSET + bank * L.BANK_BYTES + L.TLB_WRITE;
    const words = new Uint32Array(memory, start, L.TLB_ENTRIES * ENTRY_WORDS);
    const tags = new BigUint64Array(memory, start, words.length / 2);
    for (let at = 0; at < words.length; at += ENTRY_WORDS) {
      if (words[at + L.TLB_HOST / 4] !== host) continue;
      // Once and for all: what a fence has taken out must not come back.
      if (((words[at] as number) & 1) === 0) tags[at / 2] = takenOut(tags[at / 2] as bigint);
    }
  }
}

const takenOut = (tag: bigint): bigint => (tag ^ L.TLB_OTHER_SLOT) | 1n;
