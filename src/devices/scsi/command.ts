/** A SCSI command on its way: what the driver sent, what becomes of it, and fields of command blocks. Source: SPC-4 §4.2. */
import type { BlockRequest } from '../virtio/block-backend.ts';
import type { SenseName } from './sense.ts';

export interface ScsiCommand {
  readonly cdb: Uint8Array;
  /** Data for the unit. */
  readonly sent: readonly Uint8Array[];
  readonly sentBytes: number;
  /** Room for data of the unit. */
  readonly room: readonly Uint8Array[];
  readonly roomBytes: number;
}

/** What to ask of the store, one after the other, and then the data; or why not. */
export type ScsiOutcome =
  | { readonly steps: readonly BlockRequest[]; readonly bytes?: number }
  | { readonly data: Uint8Array }
  | { readonly sense: SenseName };

export const DONE: ScsiOutcome = { steps: [] };

/** Big-endian, as all of SCSI. */
export function be16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function be24(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | be16(bytes, at + 1);
}

export function be32(bytes: Uint8Array, at: number): number {
  return be16(bytes, at) * 0x1_0000 + be16(bytes, at + 2);
}

/** Beyond what a number holds exactly it is beyond any disk too. */
export function be64(bytes: Uint8Array, at: number): number {
  return be32(bytes, at) * 0x1_0000_0000 + be32(bytes, at + 4);
}

export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes.set([(value >>> 8) & 0xff, value & 0xff], at);
}

export function put32(bytes: Uint8Array, at: number, value: number): void {
  put16(bytes, at, Math.floor(value / 0x1_0000) & 0xffff);
  put16(bytes, at + 2, value & 0xffff);
}

export function put64(bytes: Uint8Array, at: number, value: number): void {
  put32(bytes, at, Math.floor(value / 0x1_0000_0000));
  put32(bytes, at + 4, value % 0x1_0000_0000);
}

/** Where a command's blocks are; by the group of its code. Source: SPC-4 §4.2.2. */
export function blocksOf(cdb: Uint8Array): { readonly block: number; readonly count: number } {
  switch ((cdb[0] ?? 0) >> 5) {
    case 0:
      // Zero means 256 here. Source: SBC-3 §5.10.
      return { block: be24(cdb, 1) & 0x1f_ffff, count: cdb[4] || 256 };
    case 4:
      return { block: be64(cdb, 2), count: be32(cdb, 10) };
    case 5:
      return { block: be32(cdb, 2), count: be32(cdb, 6) };
    default:
      return { block: be32(cdb, 2), count: be16(cdb, 7) };
  }
}

/** As much of the data as the command asks for. */
export function cut(data: Uint8Array, allocation: number): ScsiOutcome {
  return { data: data.subarray(0, allocation) };
}

export function text(bytes: Uint8Array, at: number, length: number, value: string): void {
  const padded = value.padEnd(length).slice(0, length);
  for (let i = 0; i < length; i++) bytes[at + i] = padded.charCodeAt(i) & 0x7f;
}
