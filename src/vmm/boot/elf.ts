/** ELF64 executables for RISC-V: a vmlinux, or a bare-metal payload. Source: System V ABI (ELF-64) §4, §5; RISC-V psABI §8. */
import { readU8, readU16, readU32, readU64 } from '#lib';
import type { Segment } from './loadable.ts';

/** Bytes of the file's head that `parseElf` wants; program headers beyond them make the file not bootable. */
export const ELF_HEAD_BYTES = 65_536;

// biome-ignore format: tables read in columns
const HEADER = { class: 4, data: 5, type: 16, machine: 18, entry: 24, programHeaders: 32, entryBytes: 54, entries: 56, bytes: 64 } as const;
// biome-ignore format: tables read in columns
const PROGRAM = { type: 0, offset: 8, virtual: 16, physical: 24, fileBytes: 32, memoryBytes: 40, bytes: 56 } as const;
const MAGIC = 0x464c_457f;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const EXECUTABLE = [2, 3];
const RISCV = 243;
const LOAD = 1;
/** Above what any machine here has; keeps every sum exact. */
const MAX_BYTES = 2n ** 40n;
/** Where a kernel that is linked for no address of this board goes, as an Image would: 2 MiB into RAM. */
const KERNEL_OFFSET = 0x20_0000;

/** Machines whose executables people hand in by mistake. Source: ELF e_machine registry. */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  40: 'ARM',
  62: 'x86-64',
  183: 'ARM64',
  243: 'RISC-V',
};

export interface ElfImage {
  readonly entry: number;
  readonly segments: readonly Segment[];
}

/** Either what to load, or why the file cannot be booted. */
export type ElfResult = { readonly image: ElfImage } | { readonly reason: string };

interface ProgramHeader {
  readonly virtual: bigint;
  readonly physical: bigint;
  readonly offset: bigint;
  readonly fileBytes: bigint;
  readonly memoryBytes: bigint;
}

/** Whether `head` begins an ELF file, of whatever machine. */
export function isElf(head: Uint8Array): boolean {
  return head.length >= HEADER.bytes && readU32(head, 0) === MAGIC;
}

/**
 * Places the loadable segments by their physical addresses; if these lie below RAM (a vmlinux), all are moved up
 * alike, so that the first one stands 2 MiB into RAM.
 * @param head - the file's first ELF_HEAD_BYTES bytes, fewer when it is shorter. Preconditions: `isElf(head)`.
 */
export function parseElf(head: Uint8Array, fileBytes: number, ramBase: number): ElfResult {
  const headers = programHeaders(head);
  if (typeof headers === 'string') return { reason: headers };
  const problem = headers.map((header) => segmentProblem(header, fileBytes)).find((text) => text !== '');
  if (problem !== undefined) return { reason: problem };
  if (headers.length === 0) return { reason: 'it has nothing to load (no PT_LOAD segment)' };
  return place(headers, readU64(head, HEADER.entry), ramBase);
}

/** The PT_LOAD headers with something in them, or why there are none to be had. */
function programHeaders(head: Uint8Array): ProgramHeader[] | string {
  const machine = readU16(head, HEADER.machine);
  if (machine !== RISCV)
    return `it is an ELF for ${MACHINES[machine] ?? `machine ${machine}`}, not for RISC-V`;
  if (readU8(head, HEADER.class) !== CLASS_64) return 'it is a 32-bit ELF';
  if (readU8(head, HEADER.data) !== LITTLE_ENDIAN) return 'it is a big-endian ELF';
  if (!EXECUTABLE.includes(readU16(head, HEADER.type))) return 'it is an ELF, but not an executable';
  const at = Number(readU64(head, HEADER.programHeaders));
  const count = readU16(head, HEADER.entries);
  if (readU16(head, HEADER.entryBytes) !== PROGRAM.bytes) return 'its ELF header is damaged (e_phentsize)';
  if (at + count * PROGRAM.bytes > head.length) return 'it is truncated: its program headers are not there';
  return Array.from({ length: count }, (_, i) => at + i * PROGRAM.bytes)
    .filter((row) => readU32(head, row + PROGRAM.type) === LOAD)
    .map((row) => programHeader(head, row))
    .filter(({ memoryBytes }) => memoryBytes > 0n);
}

function programHeader(head: Uint8Array, at: number): ProgramHeader {
  return {
    virtual: readU64(head, at + PROGRAM.virtual),
    physical: readU64(head, at + PROGRAM.physical),
    offset: readU64(head, at + PROGRAM.offset),
    fileBytes: readU64(head, at + PROGRAM.fileBytes),
    memoryBytes: readU64(head, at + PROGRAM.memoryBytes),
  };
}

function segmentProblem(header: ProgramHeader, fileBytes: number): string {
  const { offset, fileBytes: bytes, memoryBytes, physical } = header;
  if (memoryBytes > MAX_BYTES || physical > MAX_BYTES || bytes > memoryBytes) {
    return `its segment at 0x${physical.toString(16)} is damaged (${bytes} bytes in file, ${memoryBytes} in memory)`;
  }
  if (offset + bytes > BigInt(fileBytes)) {
    return `it is truncated: ${fileBytes} bytes, its segment at 0x${physical.toString(16)} ends at ${offset + bytes}`;
  }
  return '';
}

function place(headers: readonly ProgramHeader[], entry: bigint, ramBase: number): ElfResult {
  const lowest = headers.reduce((low, { physical }) => (physical < low ? physical : low), MAX_BYTES);
  const shift = lowest < BigInt(ramBase) ? BigInt(ramBase + KERNEL_OFFSET) - lowest : 0n;
  const home = headers.find(({ virtual, memoryBytes }) => entry >= virtual && entry < virtual + memoryBytes);
  if (home === undefined) return { reason: `its entry 0x${entry.toString(16)} lies in no segment` };
  const segments = headers
    .map((header) => ({
      address: Number(header.physical + shift),
      offset: Number(header.offset),
      fileBytes: Number(header.fileBytes),
      memoryBytes: Number(header.memoryBytes),
    }))
    .sort((a, b) => a.address - b.address);
  const overlap = segments.find((segment, i) => {
    const before = segments[i - 1];
    return before !== undefined && before.address + before.memoryBytes > segment.address;
  });
  if (overlap !== undefined) return { reason: `its segments overlap at 0x${overlap.address.toString(16)}` };
  return { image: { entry: Number(entry - home.virtual + home.physical + shift), segments } };
}
