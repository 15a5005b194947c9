/** Checksums of packets whose addresses are numbers. Source: RFC 1071, RFC 9293 §3.1, RFC 768. */
import { addToSum, fold } from '../../checksum.ts';

/** The sum of TCP's and UDP's pseudo-header, folded. */
export function pseudoHeaderSum(source: number, target: number, protocol: number, length: number): number {
  return fold((source >>> 16) + (source & 0xffff) + (target >>> 16) + (target & 0xffff) + protocol + length);
}

/** Whether bytes that hold their own checksum add up; `sum` is that of the pseudo-header. */
export function addsUp(bytes: Uint8Array, from: number, to: number, sum = 0): boolean {
  return fold(addToSum(bytes, from, to, sum)) === 0xffff;
}
