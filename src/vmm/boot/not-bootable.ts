/** Files that people hand in by mistake, told by their first bytes: what each is, and what to do about it. */
import { bytesToHex } from '#lib';

interface Mistake {
  readonly at: number;
  /** The bytes at `at`, in hexadecimal. */
  readonly bytes: string;
  readonly reason: string;
}

const decompress = (format: string, tool: string): string =>
  `it is compressed with ${format}; decompress it first (${tool})`;

// biome-ignore format: a table reads in columns
const MISTAKES: readonly Mistake[] = [
  { at: 0x202, bytes: '48647253',         reason: 'it is an x86 kernel (bzImage), not a RISC-V one' },
  { at: 0x38,  bytes: '41524d64',         reason: 'it is an ARM64 kernel (Image), not a RISC-V one' },
  { at: 0x24,  bytes: '18286f01',         reason: 'it is an ARM kernel (zImage), not a RISC-V one' },
  { at: 0x28,  bytes: '5f465648',         reason: 'it is EDK2 for flash memory, which machines here have none of; U-Boot boots disks with EFI too' },
  { at: 4,     bytes: '7a696d67',         reason: 'it is a self-extracting EFI kernel (vmlinuz.efi); hand in the Image in it' },
  { at: 0,     bytes: '1f8b',             reason: decompress('gzip', 'gunzip') },
  { at: 0,     bytes: '28b52ffd',         reason: decompress('zstd', 'unzstd') },
  { at: 0,     bytes: 'fd377a585a00',     reason: decompress('xz', 'unxz') },
  { at: 0,     bytes: '04224d18',         reason: decompress('lz4', 'unlz4') },
  { at: 0,     bytes: '02214c18',         reason: decompress('lz4', 'unlz4') },
  { at: 0,     bytes: '425a68',           reason: decompress('bzip2', 'bunzip2') },
  { at: 0,     bytes: '5d0000',           reason: decompress('lzma', 'unlzma') },
  { at: 0,     bytes: '894c5a4f',         reason: decompress('lzop', 'lzop -d') },
  { at: 0,     bytes: '27051956',         reason: 'it is a U-Boot image (uImage); hand in the Image in it' },
  { at: 0,     bytes: 'd00dfeed',         reason: 'it is a device tree or FIT image, not a kernel' },
  { at: 0,     bytes: '303730373031',     reason: 'it is a cpio archive (an initramfs), not a kernel' },
  { at: 0,     bytes: '213c617263683e0a', reason: 'it is an archive (a .deb or .a), not a kernel' },
];

/** Why a file that begins with `head` cannot be booted; undefined when it is none of the known mistakes. */
export function mistake(head: Uint8Array): string | undefined {
  return MISTAKES.find(({ at, bytes }) => bytesToHex(head.subarray(at, at + bytes.length / 2)) === bytes)
    ?.reason;
}
