/**
 * The control and status registers that S- and U-mode see: one row each, generic in the value type.
 *
 * Source: Privileged ISA 20241017 §10 (supervisor), Unprivileged ISA §7 (counters), §20.2 (fcsr); Sstc; Zicbom/Zicboz.
 * What is not here does not exist: an access is an illegal instruction.
 */
import type { FieldName } from '../hart/context.ts';
import type { Arithmetic, State } from './semantics.ts';

export type CsrRead = <V, B>(x: Arithmetic<V, B> & State<V>) => V;
export type CsrWrite = <V, B>(x: Arithmetic<V, B> & State<V>, value: V) => void;

export interface Csr {
  readonly address: number;
  readonly name: string;
  readonly read: CsrRead;
  /** Absent: read-only by its address, a write is illegal. */
  readonly write?: CsrWrite;
  /** Reading or writing needs floating point switched on (sstatus.FS). */
  readonly float?: boolean;
  /** In U-mode readable only when this bit of scounteren is set. */
  readonly counterBit?: number;
}

/** sstatus bits that are stored as such; FS and SD come from `fs`, UXL is fixed to 64 bits. */
export const Status = {
  SIE: 1n << 1n,
  SPIE: 1n << 5n,
  SPP: 1n << 8n,
  SUM: 1n << 18n,
  MXR: 1n << 19n,
} as const;
const STORED_STATUS = Status.SIE | Status.SPIE | Status.SPP | Status.SUM | Status.MXR;
const FS_SHIFT = 13n;
const UXL_64 = 2n << 32n;
const SD_BIT = 63n;

/** Supervisor software, timer and external interrupt. */
const SUPERVISOR_INTERRUPTS = (1n << 1n) | (1n << 5n) | (1n << 9n);
const SOFTWARE_INTERRUPT = 1n << 1n;

/** Translation modes of satp that exist: Bare, Sv39, Sv48. Others leave satp as it was. */
const SATP_MODE_SHIFT = 60n;
const SATP_MODES = [0n, 8n, 9n] as const;
/** CBIE (as flush or inval), CBCFE, CBZE. Source: CMO 1.0 §2.5. */
const SENVCFG_BITS = 0b1111_0000n;
/** The counters that exist: cycle, time, instret; the others read zero where allowed. */
const COUNTER_BITS = 0xffff_ffffn;

const stored =
  (field: FieldName): CsrRead =>
  (x) =>
    x.get(field);
const masked =
  (field: FieldName, mask: bigint): CsrWrite =>
  (x, value) =>
    x.set(field, x.and(value, x.const(mask)));
const row = (
  address: number,
  name: string,
  read: CsrRead,
  write?: CsrWrite,
  more: Partial<Csr> = {},
): Csr => ({
  address,
  name,
  read,
  ...(write ? { write } : {}),
  ...more,
});

/** SD is set when FS is dirty: (fs == 3). */
const readStatus: CsrRead = (x) => {
  const fs = x.get('fs');
  const sd = x.shl(x.bit(x.eq(fs, x.const(3n))), x.const(SD_BIT));
  return x.or(x.or(x.get('sstatus'), x.const(UXL_64)), x.or(x.shl(fs, x.const(FS_SHIFT)), sd));
};

const writeStatus: CsrWrite = (x, value) => {
  x.set('fs', x.and(x.shr(value, x.const(FS_SHIFT)), x.const(3n)));
  x.set('sstatus', x.and(value, x.const(STORED_STATUS)));
  x.effect('translation');
  x.effect('interrupts');
};

/** A write with a mode that does not exist has no effect at all. ASID has 16 bits, PPN 44. */
const writeSatp: CsrWrite = (x, value) => {
  const mode = x.let(x.shr(value, x.const(SATP_MODE_SHIFT)));
  const exists = SATP_MODES.map((known) => x.eq(mode, x.const(known))).reduce((a, b) => x.either(a, b));
  x.when(exists, () => x.set('satp', value));
  x.effect('address-space');
};

/** mode bits 1 (vectored) and 0 exist; bit 1 of the address part is WARL zero. */
const writeStvec: CsrWrite = (x, value) => x.set('stvec', x.and(value, x.const(~2n)));

const writeSie: CsrWrite = (x, value) => {
  x.set('sie', x.and(value, x.const(SUPERVISOR_INTERRUPTS)));
  x.effect('interrupts');
};
/** Only SSIP can be written; STIP follows stimecmp, SEIP the interrupt controller. */
const writeSip: CsrWrite = (x, value) => {
  const kept = x.and(x.get('sip'), x.const(~SOFTWARE_INTERRUPT));
  x.set('sip', x.or(kept, x.and(value, x.const(SOFTWARE_INTERRUPT))));
  x.effect('interrupts');
};
const writeTimeCompare: CsrWrite = (x, value) => {
  x.set('stimecmp', value);
  x.effect('timer');
};

/** fcsr = frm << 5 | fflags. */
const readFlags: CsrRead = (x) => x.and(x.get('fcsr'), x.const(0x1fn));
const readRounding: CsrRead = (x) => x.shr(x.get('fcsr'), x.const(5n));
const writeFlags: CsrWrite = (x, value) =>
  x.set('fcsr', x.or(x.and(x.get('fcsr'), x.const(0xe0n)), x.and(value, x.const(0x1fn))));
const writeRounding: CsrWrite = (x, value) =>
  x.set('fcsr', x.or(x.and(x.get('fcsr'), x.const(0x1fn)), x.shl(x.and(value, x.const(7n)), x.const(5n))));

const zero: CsrRead = (x) => x.const(0n);

/** hpmcounter3..31: none counts anything here. */
const hardwareCounters = Array.from({ length: 29 }, (_, index) =>
  row(0xc03 + index, `hpmcounter${index + 3}`, zero, undefined, { counterBit: index + 3 }),
);

// biome-ignore format: a table reads in columns
export const CSRS: readonly Csr[] = [
  row(0x001, 'fflags',     readFlags,             writeFlags,    { float: true }),
  row(0x002, 'frm',        readRounding,          writeRounding, { float: true }),
  row(0x003, 'fcsr',       stored('fcsr'),        masked('fcsr', 0xffn), { float: true }),
  row(0x100, 'sstatus',    readStatus,            writeStatus),
  row(0x104, 'sie',        stored('sie'),         writeSie),
  row(0x105, 'stvec',      stored('stvec'),       writeStvec),
  row(0x106, 'scounteren', stored('scounteren'),  masked('scounteren', COUNTER_BITS)),
  row(0x10a, 'senvcfg',    stored('senvcfg'),     masked('senvcfg', SENVCFG_BITS)),
  row(0x140, 'sscratch',   stored('sscratch'),    (x, value) => x.set('sscratch', value)),
  row(0x141, 'sepc',       stored('sepc'),        masked('sepc', ~1n)),
  row(0x142, 'scause',     stored('scause'),      (x, value) => x.set('scause', value)),
  row(0x143, 'stval',      stored('stval'),       (x, value) => x.set('stval', value)),
  row(0x144, 'sip',        stored('sip'),         writeSip),
  row(0x14d, 'stimecmp',   stored('stimecmp'),    writeTimeCompare),
  row(0x180, 'satp',       stored('satp'),        writeSatp),
  row(0xc00, 'cycle',      (x) => x.retired(),    undefined, { counterBit: 0 }),
  row(0xc01, 'time',       (x) => x.time(),       undefined, { counterBit: 1 }),
  row(0xc02, 'instret',    (x) => x.retired(),    undefined, { counterBit: 2 }),
  ...hardwareCounters,
];

/** The lowest privilege that may access a CSR (0 U, 1 S, 3 M). Source: Privileged ISA §2.1, bits 9:8. */
export const csrPrivilege = (address: number): number => (address >> 8) & 3;
