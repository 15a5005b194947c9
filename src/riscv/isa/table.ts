/** All instructions there are, and how the device tree names the set. Order is stable: a row's place is its number. */
import type { Compressed, Instruction } from './instruction.ts';
import { rowsOf } from './instruction.ts';
import { PRIVILEGED } from './privileged-instructions.ts';
import { RV64A } from './rv64a.ts';
import { rv64c } from './rv64c.ts';
import { RV64D } from './rv64d.ts';
import { RV64F } from './rv64f.ts';
import { RV64I } from './rv64i.ts';
import { RV64M } from './rv64m.ts';
import { ZBA } from './zba.ts';
import { ZBB } from './zbb.ts';
import { ZBS } from './zbs.ts';
import { ZICBO } from './zicbo.ts';
import { ZICOND } from './zicond.ts';
import { ZICSR } from './zicsr.ts';
import { ZIFENCEI } from './zifencei.ts';
import { ZIHINTPAUSE } from './zihintpause.ts';

/** What a word means that no row matches. It never matches a word itself. */
export const ILLEGAL: Instruction = rowsOf('I')('illegal', '00000000000000000000000000000000', (x) =>
  x.illegal(),
);

/** Every 32-bit row; the last one is ILLEGAL. */
export const INSTRUCTIONS: readonly Instruction[] = [
  ...RV64I,
  ...RV64M,
  ...RV64A,
  ...ZICSR,
  ...ZIFENCEI,
  ...RV64F,
  ...RV64D,
  ...ZBA,
  ...ZBB,
  ...ZBS,
  ...ZICOND,
  ...ZICBO,
  ...ZIHINTPAUSE,
  ...PRIVILEGED,
  ILLEGAL,
];

export const COMPRESSED: readonly Compressed[] = rv64c(INSTRUCTIONS);

/**
 * Names for the device tree's riscv,isa-extensions. Zicntr and Sstc are CSRs, Svinval rows of PRIVILEGED; svadu:
 * the walkers set the A and D bits of page-table entries themselves.
 */
export const ISA_EXTENSIONS: readonly string[] = [
  ['i', 'm', 'a', 'f', 'd', 'c'],
  ['zicbom', 'zicboz', 'zicntr', 'zicond', 'zicsr', 'zifencei', 'zihintpause', 'zba', 'zbb', 'zbs'],
  ['sstc', 'svadu', 'svinval'],
].flat();

/** The device tree's riscv,isa: 'rv64imafdc_zicbom_…'. */
export const ISA_STRING: string =
  `rv64${ISA_EXTENSIONS.filter((name) => name.length === 1).join('')}_` +
  ISA_EXTENSIONS.filter((name) => name.length > 1).join('_');
