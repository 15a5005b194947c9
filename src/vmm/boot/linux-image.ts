/**
 * The header of a RISC-V Linux `Image`, and whether the file is whole.
 * Source: Linux Documentation/arch/riscv/boot-image-header.rst; PE/COFF specification §3, §4.
 */
import { readU16, readU32, readU64 } from '#lib';

/** Bytes of the file's head that `parseLinuxImage` wants: the header, and the PE headers behind it. */
export const LINUX_IMAGE_HEAD_BYTES = 4096;

const HEADER_BYTES = 64;
/** Offsets of the header's fields; 64-bit ones little-endian. */
const FIELD = {
  textOffset: 8,
  imageSize: 16,
  flags: 24,
  version: 32,
  magic: 48,
  magic2: 56,
  peHeader: 60,
} as const;
/** "RISCV\0\0\0", deprecated, and "RSC\x05". */
const MAGIC = 0x56_4353_4952n;
const MAGIC2 = 0x0543_5352;
const FLAG_BIG_ENDIAN = 1n;
/** Above what any machine here has; keeps every sum exact. */
const MAX_BYTES = 2n ** 40n;

const PE_MAGIC = 0x4550;
const COFF = { sections: 6, optionalHeaderBytes: 20, bytes: 24 } as const;
const SECTION = { rawBytes: 16, rawOffset: 20, bytes: 40 } as const;

export interface LinuxImage {
  /** From the start of RAM to where the image wants to be, in bytes. */
  readonly textOffset: number;
  /** Memory it takes from there on, uninitialised data included. */
  readonly memoryBytes: number;
}

/** Either the header's content, or why the file cannot be booted. */
export type LinuxImageResult = { readonly image: LinuxImage } | { readonly reason: string };

/** Whether `head` begins a RISC-V Image. */
export function isLinuxImage(head: Uint8Array): boolean {
  if (head.length < HEADER_BYTES) return false;
  return readU32(head, FIELD.magic2) === MAGIC2 || readU64(head, FIELD.magic) === MAGIC;
}

/**
 * @param head - the file's first LINUX_IMAGE_HEAD_BYTES bytes, fewer when it is shorter.
 * Preconditions: `isLinuxImage(head)`.
 */
export function parseLinuxImage(head: Uint8Array, fileBytes: number): LinuxImageResult {
  const textOffset = readU64(head, FIELD.textOffset);
  const imageSize = readU64(head, FIELD.imageSize);
  if ((readU64(head, FIELD.flags) & FLAG_BIG_ENDIAN) !== 0n) return { reason: 'it is a big-endian kernel' };
  if (textOffset % 4096n !== 0n || textOffset > MAX_BYTES || imageSize > MAX_BYTES) {
    return { reason: `its header is damaged (text_offset ${textOffset}, image_size ${imageSize})` };
  }
  const wanted = wholeFileBytes(head, Number(imageSize));
  if (fileBytes < wanted) {
    return { reason: `it is truncated: ${fileBytes} bytes, its header says at least ${wanted}` };
  }
  return { image: { textOffset: Number(textOffset), memoryBytes: Math.max(Number(imageSize), fileBytes) } };
}

/**
 * How long the file is at least when it is whole. image_size counts uninitialised data, which the file has not:
 * the PE sections of the EFI stub say what is really there. An image without them is taken as cut when less than
 * half of image_size is there, since no kernel has more uninitialised than initialised data.
 */
function wholeFileBytes(head: Uint8Array, imageSize: number): number {
  const pe = readU32(head, FIELD.peHeader);
  if (pe + COFF.bytes > head.length || readU32(head, pe) !== PE_MAGIC) return Math.ceil(imageSize / 2);
  const sections = pe + COFF.bytes + readU16(head, pe + COFF.optionalHeaderBytes);
  let end = Math.min(imageSize, sections);
  for (let i = 0; i < readU16(head, pe + COFF.sections); i++) {
    const at = sections + i * SECTION.bytes;
    if (at + SECTION.bytes > head.length) break;
    end = Math.max(end, readU32(head, at + SECTION.rawOffset) + readU32(head, at + SECTION.rawBytes));
  }
  return end;
}
