// What all generated programs share: where they are, and the two system calls that they make.
import type { Assembler } from '../../../src/riscv/isa/assembler.ts';

/** One segment; its first byte is the entry. */
export const IMAGE_BASE = 0x10_0000n;
export const IMAGE_BYTES = 16 * 4096;

/** Source: Linux, include/uapi/asm-generic/unistd.h. */
export const SYS_WRITE = 64n;
export const SYS_EXIT = 93n;

/** write(1, address, bytes): changes a0, a1, a2, a7. */
export function emitWrite(code: Assembler, address: bigint, bytes: number): void {
  code.li(10, 1n).li(11, address).li(12, BigInt(bytes)).li(17, SYS_WRITE).emit('ecall');
}

/** exit(0). */
export function emitExit(code: Assembler): void {
  code.li(10, 0n).li(17, SYS_EXIT).emit('ecall');
}
