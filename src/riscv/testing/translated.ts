/** A hart under page tables for tests: code, its tables, two pages of data, and a handler that counts traps. */
import assert from 'node:assert/strict';
import { Exit } from '../hart/exit.ts';
import { RAM, type TestHart } from './hart.ts';
import { Leaf, Tables } from './page-tables.ts';

/** Two pages that take turns behind the virtual address V; they begin with 1 and 1000. */
export const [ONE, OTHER] = [RAM + 0x8000n, RAM + 0x9000n] as const;
export const V = 0x12_3456_7000n;
export const HANDLER = RAM + 0x2000n;
/** a3, where the handler counts. */
export const TRAPS = 13;

const [RA, T0, T1, T2, S0, A0, S2] = [1, 5, 6, 7, 8, 10, 18];
const SEPC = 0x141;

/**
 * Sv39 or Sv48 with global identity pages for code and tables. The handler goes on 4 bytes behind what trapped; it
 * uses t1.
 */
export function translated(hart: TestHart, mode: 8 | 9 = 8): Tables {
  const tables = new Tables(hart, mode);
  tables.map(RAM, RAM, Leaf.RWX | Leaf.Global, 8);
  tables.map(RAM + 0x3_0000n, RAM + 0x3_0000n, Leaf.RW | Leaf.Global, 16);
  hart.context.set('satp', tables.satp());
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) => {
    asm.emit('csrrs', { rd: T1, rs1: 0, csr: SEPC }).emit('addi', { rd: T1, rs1: T1, imm: 4 });
    asm.emit('csrrw', { rd: 0, rs1: T1, csr: SEPC });
    asm.emit('addi', { rd: TRAPS, rs1: TRAPS, imm: 1 }).emit('sret');
  });
  hart.write64(ONE, 1n);
  hart.write64(OTHER, 1000n);
  return tables;
}

/** S2 is V, S0 the address of V's leaf, T0 and T2 its values for ONE and OTHER. */
export function twoPages(hart: TestHart, tables: Tables, bits: number = Leaf.RW): void {
  tables.set(V, ONE, bits);
  hart.context.setX(S0, tables.entry(V));
  hart.context.setX(T0, hart.read64(tables.entry(V)));
  hart.context.setX(T2, hart.read64(tables.entry(V)) + ((OTHER - ONE) >> 2n));
  hart.context.setX(S2, V);
}

/** Code in both pages: in ONE it adds 1 to a0 and returns, in OTHER 100. */
export function adders(hart: TestHart): void {
  for (const [page, imm] of [
    [ONE, 1],
    [OTHER, 100],
  ] as const) {
    hart.program(page, (asm) => {
      asm.emit('addi', { rd: A0, rs1: A0, imm }).emit('jalr', { rd: 0, rs1: RA, imm: 0 });
    });
  }
}

/** Runs a program to its environment call. */
export const finish = (hart: TestHart): void => assert.equal(hart.run(50_000), Exit.Sbi);
