// A program for a Linux guest that sends one frame again and again, as fast as it can: to all stations, or to one.
import { gzipSync } from 'node:zlib';
import { Assembler } from '../../src/riscv/isa/assembler.ts';
import { writeElf } from './qemu-user/elf.ts';

const ADDRESS = 0x1_0000n;
const DATA_AT = 0x400;
const [S0, A0, A1, A2, A3, A4, A5, A7] = [8, 10, 11, 12, 13, 14, 15, 17];
/** Source: Linux, include/uapi/asm-generic/unistd.h. */
const CALL = { socket: 198n, sendto: 206n } as const;
/** Source: packet(7). */
const AF_PACKET = 17;
const SOCK_RAW = 3n;
const SOCKADDR_BYTES = 20;
const MAC_BYTES = 6;
/** An experimental one, which nobody answers. Source: IEEE 802, local experimental EtherType 1. */
const ETHERTYPE = 0x88b5;
/** The guest's only card, after the loopback. */
const INTERFACE = 2;

/** An ELF executable, compressed: it never ends by itself. */
export function floodProgram(to: Uint8Array, from: Uint8Array, frameBytes: number): Uint8Array {
  const asm = new Assembler(ADDRESS);
  const data = ADDRESS + BigInt(DATA_AT);
  asm.li(A0, BigInt(AF_PACKET)).li(A1, SOCK_RAW).li(A2, 0n).li(A7, CALL.socket).emit('ecall');
  asm.emit('addi', { rd: S0, rs1: A0, imm: 0 });
  asm.label('send').emit('addi', { rd: A0, rs1: S0, imm: 0 });
  asm
    .li(A1, data + BigInt(SOCKADDR_BYTES))
    .li(A2, BigInt(frameBytes))
    .li(A3, 0n);
  asm.li(A4, data).li(A5, BigInt(SOCKADDR_BYTES)).li(A7, CALL.sendto).emit('ecall');
  asm.jump('jal', { rd: 0 }, 'send');
  const code = asm.finish();
  const image = new Uint8Array(DATA_AT + SOCKADDR_BYTES + frameBytes);
  image.set(code);
  const view = new DataView(image.buffer, DATA_AT);
  view.setUint16(0, AF_PACKET, true);
  view.setUint16(2, ETHERTYPE);
  view.setUint32(4, INTERFACE, true);
  view.setUint8(11, MAC_BYTES);
  image.set(to, DATA_AT + 12);
  image.set(to, DATA_AT + SOCKADDR_BYTES);
  image.set(from, DATA_AT + SOCKADDR_BYTES + MAC_BYTES);
  view.setUint16(SOCKADDR_BYTES + 2 * MAC_BYTES, ETHERTYPE);
  return gzipSync(writeElf(image, ADDRESS, ADDRESS));
}
