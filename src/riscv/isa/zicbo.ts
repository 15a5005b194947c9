/** Zicbom and Zicboz: cache-block management and zeroing. Source: Unprivileged ISA 20240411 §19 (CMO 1.0.1). */
import type { Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';

/** Bytes of a cache block, naturally aligned; the device tree says so too. */
export const CACHE_BLOCK_BYTES = 64;

const management = rowsOf('Zicbom');
const zeroing = rowsOf('Zicboz');

// biome-ignore format: a table reads in columns
export const ZICBO: readonly Instruction[] = [
  management('cbo.inval', '000000000000 rs1 010 00000 0001111', (x) => x.cacheBlock('inval', x.rs1)),
  management('cbo.clean', '000000000001 rs1 010 00000 0001111', (x) => x.cacheBlock('clean', x.rs1)),
  management('cbo.flush', '000000000010 rs1 010 00000 0001111', (x) => x.cacheBlock('flush', x.rs1)),
  zeroing('cbo.zero',     '000000000100 rs1 010 00000 0001111', (x) => x.cacheBlock('zero', x.rs1)),
];
