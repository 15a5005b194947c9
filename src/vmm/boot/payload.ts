/** A file to boot becomes something to load: Linux Image, ELF, or (firmware only) raw bytes; or one clear error. */
import { HostError } from '#lib';
import { ELF_HEAD_BYTES, isElf, parseElf } from './elf.ts';
import { isLinuxImage, parseLinuxImage } from './linux-image.ts';
import { type BootFile, head, type Loadable } from './loadable.ts';
import { mistake } from './not-bootable.ts';

/** Where firmware without a header goes: behind the 2 MiB that M-mode firmware has on such boards. */
const PAYLOAD_OFFSET = 0x20_0000;

/** `kernel`: a Linux Image or an ELF. `firmware`: an ELF, or raw bytes such as U-Boot's u-boot.bin. */
export type PayloadKind = 'kernel' | 'firmware';

/** @throws HostError `kernel-not-bootable` or `firmware-not-bootable`, with the reason. */
export function parsePayload(kind: PayloadKind, file: BootFile, ramBase: number): Loadable {
  const start = head(file, ELF_HEAD_BYTES);
  const result = read(kind, start, file.sizeBytes, ramBase);
  if ('reason' in result) {
    throw new HostError(`${kind}-not-bootable`, { path: file.path, reason: result.reason });
  }
  return result;
}

function read(
  kind: PayloadKind,
  start: Uint8Array,
  fileBytes: number,
  ramBase: number,
): Loadable | { reason: string } {
  if (isElf(start)) return readElf(start, fileBytes, ramBase);
  if (isLinuxImage(start)) return readLinux(start, fileBytes, ramBase);
  if (fileBytes === 0) return { reason: 'it is empty' };
  const reason = mistake(start);
  if (reason !== undefined) return { reason };
  if (kind === 'firmware') return whole('raw image', ramBase + PAYLOAD_OFFSET, fileBytes, fileBytes);
  return {
    reason:
      fileBytes < 64 ? `it is truncated: ${fileBytes} bytes` : 'it is neither a RISC-V Image nor an ELF',
  };
}

function readElf(start: Uint8Array, fileBytes: number, ramBase: number): Loadable | { reason: string } {
  const result = parseElf(start, fileBytes, ramBase);
  return 'reason' in result ? result : { what: 'ELF', ...result.image };
}

function readLinux(start: Uint8Array, fileBytes: number, ramBase: number): Loadable | { reason: string } {
  const result = parseLinuxImage(start, fileBytes);
  if ('reason' in result) return result;
  return whole('Linux image', ramBase + result.image.textOffset, fileBytes, result.image.memoryBytes);
}

function whole(what: Loadable['what'], address: number, fileBytes: number, memoryBytes: number): Loadable {
  return { what, entry: address, segments: [{ address, offset: 0, fileBytes, memoryBytes }] };
}
