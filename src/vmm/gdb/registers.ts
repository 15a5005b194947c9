/**
 * A hart's registers as gdb numbers and describes them: x0…x31, pc, f0…f31 from 33, CSRs from 65 by their number, the
 * privilege mode at 4161. Source: GDB manual, appendix G.5.11 (RISC-V features), and its numbers of registers.
 */
import { CSRS } from '#riscv';
import type { Hart } from '../hart.ts';
import { HartBetweenRuns } from '../hart-between-runs.ts';

const X_COUNT = 32;
const PC = 32;
const F_FIRST = 33;
const CSR_FIRST = 65;
const CSR_BY_ADDRESS = new Map(CSRS.map((csr) => [csr.address, csr]));
const CSR_LAST = CSR_FIRST + 0xfff;
const PRIVILEGE = CSR_LAST + 1;

/** Registers that `g` and `G` carry: x and pc. */
export const GENERAL = Array.from({ length: PC + 1 }, (_, index) => index);

// biome-ignore format: names in the order of their numbers
const X_NAMES = ['zero', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2', 'fp', 's1', 'a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7',
  's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10', 's11', 't3', 't4', 't5', 't6'];
// biome-ignore format: names in the order of their numbers
const F_NAMES = ['ft0', 'ft1', 'ft2', 'ft3', 'ft4', 'ft5', 'ft6', 'ft7', 'fs0', 'fs1', 'fa0', 'fa1', 'fa2', 'fa3', 'fa4', 'fa5',
  'fa6', 'fa7', 'fs2', 'fs3', 'fs4', 'fs5', 'fs6', 'fs7', 'fs8', 'fs9', 'fs10', 'fs11', 'ft8', 'ft9', 'ft10', 'ft11'];
/** They belong to the feature of floating point. */
const FLOAT_CSRS = new Set([1, 2, 3]);
const BYTES = 8;

export function readRegister(hart: Hart, number: number): Uint8Array | undefined {
  const value = valueOf(hart, number);
  return value === undefined ? undefined : littleEndian(value);
}

/** False when there is no such register, or it cannot be written. */
export function writeRegister(hart: Hart, number: number, bytes: Uint8Array): boolean {
  const { context } = hart;
  const value = fromLittleEndian(bytes);
  if (number < X_COUNT) context.setX(number, value);
  else if (number === PC) context.set('pc', value & ~1n);
  else if (number < CSR_FIRST) context.setF(number - F_FIRST, value);
  else if (number <= CSR_LAST) return writeCsr(hart, number - CSR_FIRST, value);
  else return false;
  return true;
}

function valueOf(hart: Hart, number: number): bigint | undefined {
  const { context } = hart;
  if (number < 0) return undefined;
  if (number < X_COUNT) return context.x(number);
  if (number === PC) return context.get('pc');
  if (number < CSR_FIRST) return context.f(number - F_FIRST);
  if (number <= CSR_LAST) return CSR_BY_ADDRESS.get(number - CSR_FIRST)?.read(between(hart));
  return number === PRIVILEGE ? context.get('mode') : undefined;
}

/** The target description that gdb asks for as target.xml. */
export function targetXml(): string {
  const reg = (name: string, number: number, type: string, group = ''): string =>
    `<reg name="${name}" bitsize="64" type="${type}" regnum="${number}"${group}/>`;
  const cpu = X_NAMES.map((name, index) => reg(name, index, xType(index)));
  const float = F_NAMES.map((name, index) => reg(name, F_FIRST + index, 'ieee_double'));
  const csr = (isFloat: boolean): string[] =>
    CSRS.filter(({ address }) => FLOAT_CSRS.has(address) === isFloat).map(({ address, name }) =>
      reg(name, CSR_FIRST + address, 'int', isFloat ? ' group="float"' : ''),
    );
  const features = [
    ['cpu', [...cpu, reg('pc', PC, 'code_ptr')]],
    ['fpu', [...float, ...csr(true)]],
    ['csr', csr(false)],
    ['virtual', [reg('priv', PRIVILEGE, 'int')]],
  ] as const;
  const text = features.map(
    ([name, rows]) => `<feature name="org.gnu.gdb.riscv.${name}">\n${rows.join('\n')}\n</feature>\n`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE target SYSTEM "gdb-target.dtd">
<target version="1.0">
<architecture>riscv:rv64</architecture>
<osabi>none</osabi>
${text.join('')}</target>
`;
}

/** False for a CSR that does not exist or is read-only. */
function writeCsr(hart: Hart, address: number, value: bigint): boolean {
  const csr = CSR_BY_ADDRESS.get(address);
  if (csr?.write === undefined) return false;
  csr.write(between(hart), value);
  return true;
}

const between = (hart: Hart): HartBetweenRuns => new HartBetweenRuns(hart.context, () => hart.time);

function xType(index: number): string {
  if (index === 1) return 'code_ptr';
  return [2, 3, 4, 8].includes(index) ? 'data_ptr' : 'int';
}

function littleEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true);
  return bytes;
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
