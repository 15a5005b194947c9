/** What the tests of this room share: boot files in memory, tiny guests as machine words, a machine to run them. */

import { MachineMemory } from '#kernel';
import { SeededRandom } from '#lib';
import { createEngine, type Engine, type EngineKind } from '#riscv';
import type { BootFile } from './boot/loadable.ts';
import { Machine } from './machine.ts';
import type { MachineConfig, MachineHost } from './machine-config.ts';
import { machineSize } from './machine-size.ts';
import type { RunObserver } from './run-observer.ts';

const MIB = 2 ** 20;
/** Where firmware without a header is loaded and entered. */
export const ENTRY = 0x8020_0000;

export function bootFile(path: string, bytes: Uint8Array): BootFile {
  return {
    path,
    sizeBytes: bytes.length,
    readInto(offset, target) {
      if (offset + target.length > bytes.length) throw new RangeError('read past the end');
      target.set(bytes.subarray(offset, offset + target.length));
    },
  };
}

/** Machine words, little-endian. */
export function program(...words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word, true);
  return bytes;
}

/** Registers by their names in the calling convention. */
export const X = {
  zero: 0,
  ra: 1,
  t0: 5,
  t1: 6,
  t2: 7,
  a0: 10,
  a1: 11,
  a2: 12,
  a3: 13,
  a6: 16,
  a7: 17,
} as const;

const iType = (opcode: number, funct3: number, rd: number, rs1: number, imm: number): number =>
  (((imm & 0xfff) << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | opcode) >>> 0;
const store = (funct3: number, rs2: number, rs1: number, imm: number): number =>
  (((imm >> 5) << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | ((imm & 31) << 7) | 0x23) >>> 0;
const csr = (funct3: number, number: number, rs1: number): number => iType(0x73, funct3, 0, rs1, number);

const atomic = (operation: number, rd: number, rs1: number, rs2: number): number =>
  ((operation << 27) | (rs2 << 20) | (rs1 << 15) | (2 << 12) | (rd << 7) | 0x2f) >>> 0;

/** The few instructions that test guests are made of. Source: Unprivileged ISA, RV64I listing. */
export const asm = {
  addi: (rd: number, rs1: number, imm: number): number => iType(0x13, 0, rd, rs1, imm),
  add: (rd: number, rs1: number, rs2: number): number => ((rs2 << 20) | (rs1 << 15) | (rd << 7) | 0x33) >>> 0,
  slli: (rd: number, rs1: number, by: number): number => iType(0x13, 1, rd, rs1, by),
  srli: (rd: number, rs1: number, by: number): number => iType(0x13, 5, rd, rs1, by),
  auipc: (rd: number, imm20: number): number => ((imm20 << 12) | (rd << 7) | 0x17) >>> 0,
  lui: (rd: number, imm20: number): number => ((imm20 << 12) | (rd << 7) | 0x37) >>> 0,
  lbu: (rd: number, rs1: number, imm: number): number => iType(0x03, 4, rd, rs1, imm),
  lw: (rd: number, rs1: number, imm: number): number => iType(0x03, 2, rd, rs1, imm),
  sb: (rs2: number, rs1: number, imm: number): number => store(0, rs2, rs1, imm),
  sw: (rs2: number, rs1: number, imm: number): number => store(2, rs2, rs1, imm),
  jalr: (rs1: number): number => iType(0x67, 0, 0, rs1, 0),
  /** Distance in bytes, even, within 1 MiB. */
  jal: (imm: number): number =>
    ((((imm >> 20) & 1) << 31) |
      (((imm >> 1) & 0x3ff) << 21) |
      (((imm >> 11) & 1) << 20) |
      (((imm >> 12) & 0xff) << 12) |
      0x6f) >>>
    0,
  /** Branches back or forth when the register is 0; distance in bytes, even, within 4 KiB. */
  beqz: (rs1: number, imm: number): number =>
    ((((imm >> 12) & 1) << 31) |
      (((imm >> 5) & 63) << 25) |
      (rs1 << 15) |
      (((imm >> 1) & 15) << 8) |
      (((imm >> 11) & 1) << 7) |
      0x63) >>>
    0,
  /** Branches to itself. */
  spin: 0x0000_006f,
  ecall: 0x0000_0073,
  wfi: 0x1050_0073,
  csrw: (number: number, rs1: number): number => csr(1, number, rs1),
  csrs: (number: number, rs1: number): number => csr(2, number, rs1),
  lrw: (rd: number, rs1: number): number => atomic(2, rd, rs1, 0),
  scw: (rd: number, rs1: number, rs2: number): number => atomic(3, rd, rs1, rs2),
} as const;

export const CSR = { sstatus: 0x100, sie: 0x104, stvec: 0x105, satp: 0x180, stimecmp: 0x14d } as const;

/** Puts an unsigned value of 32 bits into a register: two words, four from 2^31 on. */
export function load32(rd: number, value: number): number[] {
  const low = (value << 20) >> 20;
  const words = [asm.lui(rd, ((value - low) >>> 12) & 0xf_ffff), asm.addi(rd, rd, low)];
  return value < 2 ** 31 ? words : [...words, asm.slli(rd, rd, 32), asm.srli(rd, rd, 32)];
}

/** An SBI call with its arguments in a0, a1 … */
export function sbi(eid: number, fid: number, ...args: readonly number[]): number[] {
  const loads = args.flatMap((value, i) => load32(X.a0 + i, value));
  return [...loads, ...load32(X.a7, eid), ...load32(X.a6, fid), asm.ecall];
}

export const EID = { TIME: 0x54494d45, HSM: 0x48534d, SRST: 0x53525354, DBCN: 0x4442434e } as const;

/** What a test machine did so far. */
export interface TestMachine {
  readonly machine: Machine;
  readonly engine: Engine;
  readonly output: () => string;
  readonly reports: string[];
}

/** A machine of 4 MiB in deterministic time that runs `words` as firmware; not switched on yet. */
export function testMachine(
  words: readonly number[],
  more: {
    engine?: EngineKind;
    config?: Partial<MachineConfig>;
    observer?: RunObserver;
    ticks?: () => number;
  } = {},
): TestMachine {
  const config: MachineConfig = {
    name: 'test',
    ramBytes: 4 * MIB,
    harts: 1,
    deterministic: true,
    console: 'serial',
    append: '',
    payload: { kind: 'firmware', file: bootFile('guest.bin', program(...words)) },
    initrds: [],
    disks: [],
    ...more.config,
  };
  const size = machineSize(config.ramBytes, 1);
  const memory = new MachineMemory(size.machineBytes);
  const clock = { ticks: more.ticks ?? (() => 0) };
  const area = { base: memory.allocateTable('code', size.engineBytes), bytes: size.engineBytes };
  const engine = createEngine(more.engine ?? 'reference', { memory: memory.memory, clock, area });
  let output = '';
  const reports: string[] = [];
  const host: MachineHost = {
    clock,
    random: new SeededRandom(1),
    wallNanoseconds: () => 0n,
    output: (bytes) => void (output += String.fromCharCode(...bytes)),
    report: (line) => reports.push(line),
  };
  const machine = new Machine(config, memory, engine, host, more.observer);
  return { machine, engine, output: () => output, reports };
}
