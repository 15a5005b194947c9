/** Frames from a network as one input of a machine: each with the number of the card that it is for. */
import { concatBytes, readU8, readU16, writeU16 } from '#lib';

export interface CardFrame {
  /** Of the machine's network cards. */
  readonly nic: number;
  /** From the destination address on, finished: checksums are filled in. */
  readonly frame: Uint8Array;
}

/** nic u8 · length u16 · frame; little-endian. */
const HEAD_BYTES = 3;
/** A longer frame is none that comes finished from a switch. */
export const MAX_EVENT_FRAME_BYTES = 2 ** 16 - 1;

export function writeFrames(frames: readonly CardFrame[]): Uint8Array {
  return concatBytes(
    frames.flatMap(({ nic, frame }) => {
      const head = new Uint8Array(HEAD_BYTES);
      head[0] = nic;
      writeU16(head, 1, frame.length);
      return [head, frame];
    }),
  );
}

/** @throws RangeError when the bytes are none that `writeFrames` gives */
export function readFrames(bytes: Uint8Array): CardFrame[] {
  const frames: CardFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + HEAD_BYTES > bytes.length) throw new RangeError('a frame is cut off');
    const end = at + HEAD_BYTES + readU16(bytes, at + 1);
    if (end > bytes.length) throw new RangeError('a frame is cut off');
    frames.push({ nic: readU8(bytes, at), frame: bytes.subarray(at + HEAD_BYTES, end) });
    at = end;
  }
  return frames;
}
