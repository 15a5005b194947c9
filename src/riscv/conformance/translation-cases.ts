/** Cases of address translation: Sv39 and Sv48, rights, superpages, malformed tables, missing pages. */
import { Cause } from '../hart/causes.ts';
import { Exit } from '../hart/exit.ts';
import { Status } from '../isa/csr.ts';
import { patternOf } from '../isa/encode.ts';
import type { Case, ExpectedCase } from './case.ts';
import { HANDLER, pageAddress } from './case.ts';
import { ALL, PageTables, Pte } from './page-tables.ts';
import { DATA, program, START } from './program.ts';

const [A0, A1] = [10, 11];
/** Where cases map things: in the low and in the high half of the address space. */
const LOW = 0x40_0000n;
const HIGH = 0xffff_ffff_c020_0000n;
const STORED = 0x0123_4567_89ab_cdefn;
const DATA_BYTES = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const DATA_VALUE = 0x0807_0605_0403_0201n;

interface Setup {
  readonly tables: PageTables;
  readonly address: bigint;
  readonly fields?: Case['fields'];
  readonly map?: Case['map'];
  readonly memory?: Case['memory'];
}

function access(name: string, mnemonic: string, setup: Setup, ends: ExpectedCase['ends']): ExpectedCase {
  const { fields } = patternOf(mnemonic);
  const operands = {
    rs1: A0,
    ...(fields.has('rd') && mnemonic !== 'jalr' ? { rd: A1 } : {}),
    ...(fields.has('rs2') ? { rs2: A1 } : {}),
  };
  return program(name, (code) => code.emit(mnemonic, operands), ends, {
    x: { [A0]: setup.address, [A1]: STORED },
    fields: { satp: setup.tables.satp, ...setup.fields },
    memory: [{ address: DATA, bytes: DATA_BYTES }, ...setup.tables.memory, ...(setup.memory ?? [])],
    ...(setup.map ? { map: setup.map } : {}),
  });
}

const faulted = (cause: number, stval: bigint, sepc = START): ExpectedCase['ends'] => ({
  fields: { scause: BigInt(cause), stval, sepc, pc: HANDLER },
});
const loaded: ExpectedCase['ends'] = { x: { [A1]: DATA_VALUE }, fields: { traps: 0n } };
const tables = (flags: bigint, address = LOW, levels: 3 | 4 = 3): Setup => ({
  tables: new PageTables(levels).identity().map(address, DATA, flags),
  address,
});
const entry = ({ tables, address }: Setup): bigint => tables.entryAddress(address);
const pteOf = (flags: bigint): bigint => ((DATA >> 12n) << 10n) | flags;

const plain: readonly ExpectedCase[] = [
  access('Sv39 load', 'ld', tables(ALL), loaded),
  access('Sv39 load from the high half', 'ld', tables(ALL, HIGH), loaded),
  access('Sv48 load', 'ld', tables(ALL, LOW, 4), loaded),
  access('Sv48 load from the high half', 'ld', tables(ALL, 0xffff_8000_0000_0000n, 4), loaded),
  access(
    'Sv39: an address that is not canonical',
    'ld',
    { ...tables(ALL), address: 1n << 38n },
    faulted(Cause.LoadPage, 1n << 38n),
  ),
  access(
    'Sv48: an address that is not canonical',
    'sd',
    { ...tables(ALL, LOW, 4), address: 1n << 47n },
    faulted(Cause.StorePage, 1n << 47n),
  ),
  access('store', 'sd', tables(ALL), { ram: { address: DATA, value: STORED } }),
  access(
    'not mapped: load',
    'ld',
    { ...tables(ALL), address: LOW + 0x1000n },
    faulted(Cause.LoadPage, LOW + 0x1000n),
  ),
  access(
    'not mapped: store',
    'sd',
    { ...tables(ALL), address: LOW - 8n },
    faulted(Cause.StorePage, LOW - 8n),
  ),
  access(
    'not mapped: jump',
    'jalr',
    { ...tables(ALL), address: LOW - 8n },
    faulted(Cause.InstructionPage, LOW - 8n, LOW - 8n),
  ),
  access(
    'not mapped: AMO is a store',
    'amoadd.d',
    { ...tables(ALL), address: 0n },
    faulted(Cause.StorePage, 0n),
  ),
  access('not mapped: LR is a load', 'lr.d', { ...tables(ALL), address: 0n }, faulted(Cause.LoadPage, 0n)),
];

const rights: readonly ExpectedCase[] = [
  access('a page without R', 'ld', tables(Pte.V | Pte.X | Pte.A), faulted(Cause.LoadPage, LOW)),
  access(
    'a page without R, MXR set',
    'ld',
    { ...tables(Pte.V | Pte.X | Pte.A), fields: { sstatus: Status.MXR } },
    loaded,
  ),
  access('a page without W', 'sd', tables(Pte.V | Pte.R | Pte.A), faulted(Cause.StorePage, LOW)),
  access('a page without X', 'jalr', tables(Pte.V | Pte.R | Pte.A), faulted(Cause.InstructionPage, LOW, LOW)),
  access("S-mode at U's page", 'ld', tables(ALL | Pte.U), faulted(Cause.LoadPage, LOW)),
  access(
    "S-mode at U's page, SUM set",
    'ld',
    { ...tables(ALL | Pte.U), fields: { sstatus: Status.SUM } },
    loaded,
  ),
  access(
    "S-mode never runs U's code",
    'jalr',
    { ...tables(ALL | Pte.U), fields: { sstatus: Status.SUM } },
    faulted(Cause.InstructionPage, LOW, LOW),
  ),
  access(
    "U-mode cannot run S-mode's code",
    'ld',
    { ...tables(ALL), fields: { mode: 0n } },
    faulted(Cause.InstructionPage, START),
  ),
  access(
    'cbo.clean needs a right; reported as a store',
    'cbo.clean',
    tables(Pte.V | Pte.X | Pte.A),
    faulted(Cause.StorePage, LOW),
  ),
];

const used: readonly ExpectedCase[] = [
  access('a load sets A', 'ld', tables(Pte.V | Pte.R | Pte.W), {
    ram: { address: entry(tables(0n)), value: pteOf(Pte.V | Pte.R | Pte.W | Pte.A) },
  }),
  access('a store sets A and D', 'sd', tables(Pte.V | Pte.R | Pte.W), {
    ram: { address: entry(tables(0n)), value: pteOf(Pte.V | Pte.R | Pte.W | Pte.A | Pte.D) },
  }),
  access('a store that may not be sets nothing', 'sd', tables(Pte.V | Pte.R), {
    ram: { address: entry(tables(0n)), value: pteOf(Pte.V | Pte.R) },
  }),
  access(
    'A in a table on a page that may not be written leaves first',
    'ld',
    { ...tables(Pte.V | Pte.R), map: { 8: 1, 9: 1, 10: 1, 11: 1, 12: 1 } },
    {
      exit: Exit.PageMiss,
      x: { [A1]: DATA_VALUE },
    },
  ),
  access(
    'a missing table leaves first',
    'ld',
    { ...tables(ALL), map: { 8: 0 } },
    { ...loaded, exit: Exit.PageMiss },
  ),
];

const big = (physical: bigint, flags = ALL): PageTables =>
  new PageTables(3).identity().map(0x8_0000_0000n, physical, flags, 2).map(LOW, physical, flags, 1);
const malformed: readonly ExpectedCase[] = [
  access('W without R', 'sd', tables(Pte.V | Pte.W), faulted(Cause.StorePage, LOW)),
  access('bit 54 is reserved', 'ld', tables(ALL | (1n << 54n)), faulted(Cause.LoadPage, LOW)),
  access(
    'bit 63 is Svnapot, which is not here',
    'ld',
    tables(ALL | (1n << 63n)),
    faulted(Cause.LoadPage, LOW),
  ),
  access('a pointer at the lowest level', 'ld', tables(Pte.V), faulted(Cause.LoadPage, LOW)),
  access(
    'a pointer with A',
    'ld',
    { tables: big(DATA, Pte.V | Pte.A), address: LOW },
    faulted(Cause.LoadPage, LOW),
  ),
  access('1 GiB page', 'ld', { tables: big(START), address: 0x8_0000_0000n + (DATA - START) }, loaded),
  access('2 MiB page', 'ld', { tables: big(START), address: LOW + (DATA - START) }, loaded),
  access(
    '2 MiB page that is not aligned',
    'ld',
    { tables: big(DATA), address: LOW },
    faulted(Cause.LoadPage, LOW),
  ),
  access(
    'a table outside RAM',
    'ld',
    { tables: big(0x1000_0000n, Pte.V), address: LOW },
    faulted(Cause.LoadAccess, LOW),
  ),
];

/** The page behind LOW is missing, or may only be read. */
const half = (second: bigint): Setup => ({
  tables: new PageTables(3)
    .identity()
    .map(LOW, DATA, ALL)
    .map(LOW + 0x1000n, pageAddress(6), second),
  address: LOW + 0xffcn,
});
const crossing: readonly ExpectedCase[] = [
  access('load across pages that are not neighbours', 'ld', half(ALL), { fields: { traps: 0n } }),
  access('load whose second page is not mapped', 'ld', half(0n), faulted(Cause.LoadPage, LOW + 0x1000n)),
  access('store whose second page may not be written stores nothing', 'sd', half(Pte.V | Pte.R | Pte.A), {
    ...faulted(Cause.StorePage, LOW + 0x1000n),
  }),
  access(
    'code whose second half is not mapped',
    'jalr',
    codeAtEnd(),
    faulted(Cause.InstructionPage, LOW + 0x1000n, LOW + 0xffen),
  ),
];

/** A page that ends with the first half of a long instruction, and nothing behind it. */
function codeAtEnd(): Setup {
  return {
    tables: new PageTables(3).identity().map(LOW, DATA, ALL),
    address: LOW + 0xffen,
    memory: [{ address: DATA + 0xffen, bytes: Uint8Array.of(0x13, 0) }],
  };
}

export const TRANSLATION_CASES: readonly ExpectedCase[] = [
  ...plain,
  ...rights,
  ...used,
  ...malformed,
  ...crossing,
];
