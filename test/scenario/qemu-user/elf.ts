// Writes the smallest static RISC-V ELF executable there is: one segment, readable, writable, executable.
// Source: ELF-64 Object File Format 1.5; RISC-V ELF psABI 1.0 §8.1 (e_machine, e_flags).

const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
/** The segment's place in the file: its address modulo the page size is the file offset modulo the same. */
const IMAGE_OFFSET = 4096;

const ET_EXEC = 2;
const EM_RISCV = 243;
/** EF_RISCV_RVC | EF_RISCV_FLOAT_ABI_DOUBLE. */
const FLAGS = 5;
const PT_LOAD = 1;
const READ_WRITE_EXECUTE = 7;

/**
 * @param image bytes of the segment.
 * @param address page-aligned virtual address of the segment.
 */
export function writeElf(image: Uint8Array, address: bigint, entry: bigint): Uint8Array {
  const file = new Uint8Array(IMAGE_OFFSET + image.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // magic, 64 bits, little-endian, version 1
  view.setUint16(16, ET_EXEC, true);
  view.setUint16(18, EM_RISCV, true);
  view.setUint32(20, 1, true); // e_version
  view.setBigUint64(24, entry, true);
  view.setBigUint64(32, BigInt(HEADER_BYTES), true); // e_phoff
  view.setUint32(48, FLAGS, true);
  view.setUint16(52, HEADER_BYTES, true);
  view.setUint16(54, SEGMENT_BYTES, true);
  view.setUint16(56, 1, true); // e_phnum
  view.setUint16(58, 64, true); // e_shentsize
  writeSegment(new DataView(file.buffer, HEADER_BYTES), BigInt(image.length), address);
  file.set(image, IMAGE_OFFSET);
  return file;
}

function writeSegment(view: DataView, size: bigint, address: bigint): void {
  view.setUint32(0, PT_LOAD, true);
  view.setUint32(4, READ_WRITE_EXECUTE, true);
  view.setBigUint64(8, BigInt(IMAGE_OFFSET), true);
  view.setBigUint64(16, address, true); // p_vaddr
  view.setBigUint64(24, address, true); // p_paddr
  view.setBigUint64(32, size, true); // p_filesz
  view.setBigUint64(40, size, true); // p_memsz
  view.setBigUint64(48, 4096n, true); // p_align
}
