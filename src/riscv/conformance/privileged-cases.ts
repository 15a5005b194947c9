/** Cases of traps, interrupts, CSRs and floating-point state, with the ends that the manuals ask for. */
import { Cause } from '../hart/causes.ts';
import { Exit } from '../hart/exit.ts';
import { Status } from '../isa/csr.ts';
import type { FieldValues } from '../isa/encode.ts';
import { encode } from '../isa/encode.ts';
import type { ExpectedCase } from './case.ts';
import { codeBytes, HANDLER } from './case.ts';
import { DATA, DEVICE, one, program, START, trapped } from './program.ts';

const INTERRUPT = 1n << 63n;
/** CSR addresses. */
const Csr = { fcsr: 3, sstatus: 0x100, stvec: 0x105, satp: 0x180, stimecmp: 0x14d, cycle: 0xc00 } as const;
const A0 = 10;

const illegal = (name: string, fields: FieldValues = {}): ExpectedCase['ends'] =>
  trapped(Cause.Illegal, BigInt(encode(name, fields)));
const user = { mode: 0n };

const calls: readonly ExpectedCase[] = [
  program('ecall from U traps', one('ecall'), trapped(Cause.EcallFromU, 0n), { fields: user }),
  program('ecall from S leaves for the SBI', one('ecall'), { exit: Exit.Sbi, fields: { traps: 0n } }),
  program(
    'ecall from U of a user world leaves',
    one('ecall'),
    { exit: Exit.Syscall },
    { fields: { ...user, userWorld: 1n } },
  ),
  program('ebreak: stval is pc', one('ebreak'), trapped(Cause.Breakpoint, START)),
  program('c.ebreak: stval is pc', one('c.ebreak'), trapped(Cause.Breakpoint, START)),
  program(
    'illegal: 32 bits in stval',
    (code) => code.word(0xffff_ffff),
    trapped(Cause.Illegal, 0xffff_ffffn),
  ),
  program('illegal: 16 bits in stval', (code) => code.word(0, 2).word(0x1234, 2), trapped(Cause.Illegal, 0n)),
  program(
    'SRET to U: SPIE goes to SIE',
    one('sret'),
    { fields: { mode: 0n, sstatus: Status.SIE | Status.SPIE } },
    {
      fields: { sepc: HANDLER, sstatus: Status.SPIE },
    },
  ),
  program(
    'SRET to S: SPP goes to the mode',
    one('sret'),
    { fields: { mode: 1n, sstatus: Status.SPIE } },
    {
      fields: { sepc: HANDLER, sstatus: Status.SPP },
    },
  ),
  program(
    'trap in S: SPP and SPIE are saved',
    one('ebreak'),
    { fields: { sstatus: Status.SPP | Status.SPIE | Status.SUM } },
    {
      fields: { sstatus: Status.SIE | Status.SUM },
    },
  ),
];

const userMayNot: readonly ExpectedCase[] = [
  ...['sret', 'wfi', 'sfence.vma', 'sinval.vma', 'sfence.w.inval', 'sfence.inval.ir'].map((name) =>
    program(`${name} in U is illegal`, one(name), illegal(name), { fields: user }),
  ),
  ...['cbo.zero', 'cbo.inval', 'cbo.clean', 'cbo.flush'].map((name) =>
    program(`${name} in U without senvcfg is illegal`, one(name, { rs1: A0 }), illegal(name, { rs1: A0 }), {
      fields: user,
      x: { [A0]: DATA },
    }),
  ),
  program(
    'S CSR in U is illegal',
    one('csrrs', { rd: A0, csr: Csr.sstatus }),
    illegal('csrrs', { rd: A0, csr: Csr.sstatus }),
    {
      fields: user,
    },
  ),
  program(
    'cycle in U without scounteren is illegal',
    one('csrrs', { rd: A0, csr: Csr.cycle }),
    illegal('csrrs', { rd: A0, csr: Csr.cycle }),
    {
      fields: user,
    },
  ),
];

const csrs: readonly ExpectedCase[] = [
  program(
    'cycle in U with scounteren',
    one('csrrs', { rd: A0, csr: Csr.cycle }),
    { x: { [A0]: 1000n } },
    {
      fields: { ...user, scounteren: 1n },
    },
  ),
  program(
    'writing a read-only CSR is illegal',
    one('csrrw', { csr: Csr.cycle }),
    illegal('csrrw', { csr: Csr.cycle }),
  ),
  program('an unknown CSR is illegal', one('csrrs', { csr: 0x7c0 }), illegal('csrrs', { csr: 0x7c0 })),
  program('csrrs of x0 does not write', one('csrrs', { rd: A0, csr: Csr.cycle }), { x: { [A0]: 1000n } }),
  program(
    'sstatus: FS dirty shows SD',
    one('csrrs', { rd: A0, csr: Csr.sstatus }),
    {
      x: { [A0]: (1n << 63n) | (2n << 32n) | (3n << 13n) },
    },
    { fields: { fs: 3n } },
  ),
  program(
    'sstatus keeps only what exists',
    one('csrrw', { csr: Csr.sstatus, rs1: A0 }),
    {
      fields: { sstatus: Status.SPIE | Status.SPP | Status.SUM | Status.MXR | Status.SIE, fs: 3n },
    },
    { x: { [A0]: (1n << 64n) - 1n } },
  ),
  program(
    'stvec: bit 1 stays 0',
    one('csrrw', { csr: Csr.stvec, rs1: A0 }),
    { fields: { stvec: 0x1001n } },
    {
      x: { [A0]: 0x1003n },
    },
  ),
  program(
    'satp: a mode that does not exist changes nothing',
    one('csrrw', { csr: Csr.satp, rs1: A0 }),
    {
      fields: { satp: 0n, traps: 0n },
    },
    { x: { [A0]: (10n << 60n) | 0x8_0000n } },
  ),
  program('stimecmp ends the run, the instruction retires', one('csrrwi', { csr: Csr.stimecmp, imm: 5 }), {
    exit: Exit.Budget,
    fields: { stimecmp: 5n },
  }),
  program(
    'time from steps',
    one('csrrs', { rd: A0, csr: 0xc01 }),
    { x: { [A0]: 107n } },
    {
      fields: { timeMode: 1n, timeOffset: 100n },
    },
  ),
];

const floats: readonly ExpectedCase[] = [
  ...(
    [
      ['fadd.d', { rd: 1, rs1: 2, rs2: 3 }],
      ['flw', { rd: 1, rs1: A0 }],
      ['fsd', { rs1: A0, rs2: 1 }],
      ['fmv.x.d', { rd: 1, rs1: 2 }],
      ['csrrs', { rd: A0, csr: Csr.fcsr }],
    ] as const
  ).map(([name, fields]) =>
    program(`${name} with FS off is illegal`, one(name, fields), illegal(name, fields), {
      fields: { fs: 0n },
    }),
  ),
  program('dynamic rounding mode 5 is illegal', one('fadd.d', { rm: 7 }), illegal('fadd.d', { rm: 7 }), {
    fields: { fcsr: 5n << 5n },
  }),
  program(
    'loading a float register makes FS dirty',
    one('flw', { rd: 1, rs1: A0 }),
    { fields: { fs: 3n } },
    { x: { [A0]: DATA } },
  ),
  program(
    'storing one does not',
    one('fsw', { rs2: 1, rs1: A0 }),
    { fields: { fs: 1n } },
    { x: { [A0]: DATA } },
  ),
];

const interrupts: readonly ExpectedCase[] = [
  program(
    'an interrupt comes before the first instruction',
    one('addi', { rd: A0, rs1: A0, imm: 1 }),
    {
      ...trapped(INTERRUPT | 1n, 0n),
      x: { [A0]: 0n },
    },
    { fields: { sip: 2n, sie: 2n, sstatus: Status.SIE } },
  ),
  program('external before software before timer', one('addi'), trapped(INTERRUPT | 9n, 0n), {
    fields: { sip: 0x222n, sie: 0x222n, sstatus: Status.SIE },
  }),
  program('software before timer', one('addi'), trapped(INTERRUPT | 1n, 0n), {
    fields: { sip: 0x22n, sie: 0x222n, sstatus: Status.SIE },
  }),
  program(
    'vectored: an interrupt goes to its own entry',
    one('addi'),
    { fields: { pc: HANDLER + 20n } },
    {
      fields: { sip: 0x20n, sie: 0x20n, sstatus: Status.SIE, stvec: HANDLER | 1n },
    },
  ),
  program(
    'vectored: an exception goes to the base',
    one('ebreak'),
    { fields: { pc: HANDLER } },
    {
      fields: { stvec: HANDLER | 1n },
    },
  ),
  program('in U interrupts need no SIE', one('addi'), trapped(INTERRUPT | 1n, 0n), {
    fields: { ...user, sip: 2n, sie: 2n },
  }),
  program(
    'enabled by a CSR: taken behind it',
    one('csrrsi', { csr: Csr.sstatus, imm: 2 }),
    trapped(INTERRUPT | 1n, 0n, START + 4n),
    {
      fields: { sip: 2n, sie: 2n },
    },
  ),
  program('enabled by SRET: taken at its target', one('sret'), trapped(INTERRUPT | 1n, 0n, HANDLER), {
    fields: { sip: 2n, sie: 2n, sstatus: Status.SPIE | Status.SPP, sepc: HANDLER },
  }),
  program('WFI with nothing pending leaves, pc behind it', one('wfi'), {
    exit: Exit.WaitForInterrupt,
    fields: { pc: START + 4n },
  }),
  program(
    'WFI with an interrupt that is masked goes on',
    one('wfi'),
    { exit: Exit.Budget, fields: { traps: 0n } },
    {
      fields: { sip: 2n, sie: 2n },
    },
  ),
];

const hopeless: readonly ExpectedCase[] = [
  program(
    'a handler that cannot be fetched ends as a fault',
    one('ebreak'),
    { exit: Exit.Fault, fields: { traps: 10_000n + 1n } },
    {
      budget: 30_000,
      fields: { stvec: DEVICE },
    },
  ),
  {
    ...program('a handler that traps at one place ends as a fault', one('ebreak'), { exit: Exit.Fault }),
    budget: 30_000,
    memory: [
      { address: START, bytes: codeBytes([encode('ebreak')]) },
      { address: HANDLER, bytes: codeBytes([encode('addi'), encode('ebreak')]) },
    ],
  },
];

export const PRIVILEGED_CASES: readonly ExpectedCase[] = [
  ...calls,
  ...userMayNot,
  ...csrs,
  ...floats,
  ...interrupts,
  ...hopeless,
];
