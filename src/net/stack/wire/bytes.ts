/** Hardware addresses in packets, as numbers of 48 bits. The caller has checked the bounds. */
import { readBig16, readBig32, writeBig16, writeBig32 } from '../../checksum.ts';

export function readMac(bytes: Uint8Array, at: number): number {
  return readBig16(bytes, at) * 2 ** 32 + readBig32(bytes, at + 2);
}

export function writeMac(bytes: Uint8Array, at: number, mac: number): void {
  writeBig16(bytes, at, Math.floor(mac / 2 ** 32));
  writeBig32(bytes, at + 2, mac % 2 ** 32);
}
