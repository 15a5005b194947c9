/** Cases of loads, stores, atomics, reservations and cache blocks at RAM, devices and missing pages. */
import { Cause } from '../hart/causes.ts';
import { Exit } from '../hart/exit.ts';
import type { Assembler } from '../isa/assembler.ts';
import { encode } from '../isa/encode.ts';
import type { ExpectedCase } from './case.ts';
import { pageAddress } from './case.ts';
import { DATA, DEVICE, one, program, START, trapped } from './program.ts';

const [A0, A1, A2] = [10, 11, 12];
const user = { mode: 0n };

const memory: readonly ExpectedCase[] = [
  program(
    'device load: sign-extended by the instruction',
    one('lb', { rd: A1, rs1: A0, imm: 1 }),
    {
      exit: Exit.Device,
      x: { [A1]: BigInt.asUintN(64, BigInt.asIntN(8, (DEVICE + 1n) * 0x81n)) },
    },
    { x: { [A0]: DEVICE } },
  ),
  program(
    'device store leaves once',
    one('sw', { rs2: A1, rs1: A0 }),
    { exit: Exit.Device, fields: { traps: 0n, exitReady: 0n } },
    {
      x: { [A0]: DEVICE, [A1]: 0x1_2345_6789n },
    },
  ),
  program(
    'misaligned device load is an access fault',
    one('lw', { rd: A1, rs1: A0 }),
    trapped(Cause.LoadAccess, DEVICE + 2n),
    {
      x: { [A0]: DEVICE + 2n },
    },
  ),
  program(
    'AMO at a device is an access fault',
    one('amoadd.w', { rs1: A0 }),
    trapped(Cause.StoreAccess, DEVICE),
    {
      x: { [A0]: DEVICE },
    },
  ),
  program('LR at a device is an access fault', one('lr.d', { rs1: A0 }), trapped(Cause.LoadAccess, DEVICE), {
    x: { [A0]: DEVICE },
  }),
  program(
    'code at a device is an access fault',
    one('jalr', { rs1: A0 }),
    trapped(Cause.InstructionAccess, DEVICE, DEVICE),
    {
      x: { [A0]: DEVICE },
    },
  ),
  program('misaligned AMO', one('amoadd.d', { rs1: A0 }), trapped(Cause.StoreMisaligned, DATA + 4n), {
    x: { [A0]: DATA + 4n },
  }),
  program('misaligned LR', one('lr.w', { rs1: A0 }), trapped(Cause.LoadMisaligned, DATA + 2n), {
    x: { [A0]: DATA + 2n },
  }),
  program('misaligned SC', one('sc.w', { rs1: A0 }), trapped(Cause.StoreMisaligned, DATA + 2n), {
    x: { [A0]: DATA + 2n },
  }),
  program(
    'store and load across a page end',
    (code) => code.emit('sd', { rs1: A0, rs2: A1 }).emit('ld', { rd: A2, rs1: A0 }),
    { x: { [A2]: 0x1122_3344_5566_7788n } },
    {
      x: { [A0]: DATA - 3n, [A1]: 0x1122_3344_5566_7788n },
    },
  ),
  program(
    'load of a missing page leaves and comes back',
    one('ld', { rd: A1, rs1: A0 }),
    { exit: Exit.PageMiss, fields: { traps: 0n } },
    {
      x: { [A0]: DATA },
      map: { 4: 0 },
    },
  ),
  program(
    'store to a page that may not be written leaves and comes back',
    one('sd', { rs2: A1, rs1: A0 }),
    {
      exit: Exit.PageMiss,
      ram: { address: DATA, value: 77n },
    },
    { x: { [A0]: DATA, [A1]: 77n }, map: { 4: 1 } },
  ),
  program(
    'code on a missing page leaves and comes back',
    one('jalr', { rs1: A0 }),
    { exit: Exit.PageMiss, fields: { traps: 0n } },
    {
      x: { [A0]: pageAddress(1) },
      map: { 1: 0 },
    },
  ),
  program(
    'a store into the next instruction is seen at once',
    (code) => code.emit('sw', { rs1: A0, rs2: A1 }).emit('addi', { rd: A2, rs1: 0, imm: 1 }),
    { x: { [A2]: 2n } },
    {
      x: { [A0]: START + 4n, [A1]: BigInt(encode('addi', { rd: A2, rs1: 0, imm: 2 })) },
    },
  ),
  program(
    'cbo.zero clears its block only',
    one('cbo.zero', { rs1: A0 }),
    { ram: { address: DATA + 120n, value: 0n } },
    {
      x: { [A0]: DATA + 100n },
    },
  ),
  program(
    'cbo.zero in U with senvcfg',
    one('cbo.zero', { rs1: A0 }),
    { ram: { address: DATA, value: 0n } },
    {
      x: { [A0]: DATA },
      fields: { ...user, senvcfg: 0x80n },
    },
  ),
];

const lrSc = (code: Assembler): Assembler =>
  code.emit('lr.d', { rd: A1, rs1: A0 }).emit('sc.d', { rd: A2, rs1: A0, rs2: A0 });
const reservations: readonly ExpectedCase[] = [
  program(
    'SC behind LR succeeds',
    lrSc,
    { x: { [A2]: 0n }, ram: { address: DATA, value: DATA } },
    { x: { [A0]: DATA } },
  ),
  program(
    'SC without LR fails',
    one('sc.d', { rd: A2, rs1: A0 }),
    { x: { [A2]: 1n } },
    { x: { [A0]: DATA } },
  ),
  program(
    'SC of another size fails',
    (code) => code.emit('lr.w', { rd: A1, rs1: A0 }).emit('sc.d', { rd: A2, rs1: A0 }),
    { x: { [A2]: 1n } },
    { x: { [A0]: DATA } },
  ),
  program(
    'SC behind a store of another value fails',
    (code) =>
      code
        .emit('lr.d', { rd: A1, rs1: A0 })
        .emit('sb', { rs1: A0, rs2: 0 })
        .emit('sc.d', { rd: A2, rs1: A0 }),
    { x: { [A2]: 1n } },
    {
      x: { [A0]: DATA },
      memory: [{ address: DATA, bytes: Uint8Array.of(1) }],
    },
  ),
  program(
    'a second SC fails',
    (code) => lrSc(code).emit('sc.d', { rd: A2, rs1: A0 }),
    { x: { [A2]: 1n } },
    { x: { [A0]: DATA } },
  ),
];

export const MEMORY_CASES: readonly ExpectedCase[] = [...memory, ...reservations];
