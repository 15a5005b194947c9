/**
 * The frame of a recording's file: a magic number, then records, each with its length, kind and checksum, so that
 * what is cut off or damaged is known from what is whole.
 *
 * record = length u32 · kind u8 · payload · CRC-32 of all that u32, little-endian.
 */
import { concatBytes, crc32, readU32, writeU32 } from '#lib';

/** Also the version of the format. */
export const MAGIC = new TextEncoder().encode('VMKREC1\n');
const HEAD_BYTES = 5;
const CHECKSUM_BYTES = 4;
/** No record is longer: files of this size and more are named, not embedded. */
export const MAX_PAYLOAD_BYTES = 16 * 2 ** 20;

export interface Frame {
  readonly kind: number;
  readonly payload: Uint8Array;
}

/** What a file holds: frames, and why it ends before its end. */
export interface Frames {
  readonly frames: readonly Frame[];
  /** `cut`: the last record is not whole. `damaged`: bytes are not what was written. */
  readonly problem: { readonly kind: 'cut' | 'damaged'; readonly reason: string } | undefined;
}

export function encodeFrame({ kind, payload }: Frame): Uint8Array {
  const frame = new Uint8Array(HEAD_BYTES + payload.length + CHECKSUM_BYTES);
  writeU32(frame, 0, payload.length);
  frame[4] = kind;
  frame.set(payload, HEAD_BYTES);
  const end = HEAD_BYTES + payload.length;
  writeU32(frame, end, crc32(frame.subarray(0, end)));
  return frame;
}

/** A file of these frames, as it begins. */
export function encodeFrames(frames: readonly Frame[]): Uint8Array {
  return concatBytes([MAGIC, ...frames.map(encodeFrame)]);
}

/** Takes a file apart, as far as it is whole. */
export function readFrames(bytes: Uint8Array): Frames {
  const frames: Frame[] = [];
  const end = (kind: 'cut' | 'damaged', reason: string): Frames => ({ frames, problem: { kind, reason } });
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) return end('damaged', 'it does not begin as a recording');
  for (let at = MAGIC.length; at < bytes.length; ) {
    const where = `record ${frames.length + 1} at byte ${at}`;
    if (at + HEAD_BYTES > bytes.length) return end('cut', `${where} is cut off`);
    const length = readU32(bytes, at);
    if (length > MAX_PAYLOAD_BYTES) return end('damaged', `${where} has a length of ${length} bytes`);
    const checksumAt = at + HEAD_BYTES + length;
    if (checksumAt + CHECKSUM_BYTES > bytes.length) return end('cut', `${where} is cut off`);
    if (readU32(bytes, checksumAt) !== crc32(bytes.subarray(at, checksumAt))) {
      return end('damaged', `${where} does not fit its checksum`);
    }
    frames.push({ kind: bytes[at + 4] as number, payload: bytes.slice(at + HEAD_BYTES, checksumAt) });
    at = checksumAt + CHECKSUM_BYTES;
  }
  return { frames, problem: undefined };
}
