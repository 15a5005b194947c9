/**
 * C: the 16-bit forms, each a 32-bit row with its operands found elsewhere. HINTs do what their base does;
 * reserved encodings match nothing. Source: Unprivileged ISA 20240411 §28 (RV64).
 */
import type { Compressed, Instruction } from './instruction.ts';
import { compressedOf } from './instruction.ts';

/** @param rows the base instructions. */
export function rv64c(rows: readonly Instruction[]): readonly Compressed[] {
  const c = compressedOf(rows);
  // biome-ignore format: a table reads in columns
  return [
    // Quadrant 0
    c('c.addi4spn', "000 nzuimm[5:4|9:6|2|3]           rd'  00", 'addi', { rs1: 2 }),
    c('c.fld',      "001 uimm[5:3]     rs1' uimm[7:6]  rd'  00", 'fld'),
    c('c.lw',       "010 uimm[5:3]     rs1' uimm[2|6]  rd'  00", 'lw'),
    c('c.ld',       "011 uimm[5:3]     rs1' uimm[7:6]  rd'  00", 'ld'),
    c('c.fsd',      "101 uimm[5:3]     rs1' uimm[7:6]  rs2' 00", 'fsd'),
    c('c.sw',       "110 uimm[5:3]     rs1' uimm[2|6]  rs2' 00", 'sw'),
    c('c.sd',       "111 uimm[5:3]     rs1' uimm[7:6]  rs2' 00", 'sd'),
    // Quadrant 1; c.nop is c.addi with rd = 0
    c('c.addi',     '000 imm[5]   rd/rs1        imm[4:0]        01', 'addi'),
    c('c.addiw',    '001 imm[5]   rd/rs1≠0      imm[4:0]        01', 'addiw'),
    c('c.li',       '010 imm[5]   rd            imm[4:0]        01', 'addi', { rs1: 0 }),
    c('c.addi16sp', '011 nzimm[9] 00010         nzimm[4|6|8:7|5] 01', 'addi', { rd: 2, rs1: 2 }),
    c('c.lui',      '011 nzimm[17] rd≠{2}       nzimm[16:12]    01', 'lui'),
    c('c.srli',     "100 shamt[5] 00 rd'/rs1'   shamt[4:0]      01", 'srli'),
    c('c.srai',     "100 shamt[5] 01 rd'/rs1'   shamt[4:0]      01", 'srai'),
    c('c.andi',     "100 imm[5]   10 rd'/rs1'   imm[4:0]        01", 'andi'),
    c('c.sub',      "100 0        11 rd'/rs1'   00 rs2'         01", 'sub'),
    c('c.xor',      "100 0        11 rd'/rs1'   01 rs2'         01", 'xor'),
    c('c.or',       "100 0        11 rd'/rs1'   10 rs2'         01", 'or'),
    c('c.and',      "100 0        11 rd'/rs1'   11 rs2'         01", 'and'),
    c('c.subw',     "100 1        11 rd'/rs1'   00 rs2'         01", 'subw'),
    c('c.addw',     "100 1        11 rd'/rs1'   01 rs2'         01", 'addw'),
    c('c.j',        '101 imm[11|4|9:8|10|6|7|3:1|5]             01', 'jal', { rd: 0 }),
    c('c.beqz',     "110 imm[8|4:3] rs1'        imm[7:6|2:1|5]  01", 'beq', { rs2: 0 }),
    c('c.bnez',     "111 imm[8|4:3] rs1'        imm[7:6|2:1|5]  01", 'bne', { rs2: 0 }),
    // Quadrant 2
    c('c.slli',     '000 shamt[5] rd/rs1        shamt[4:0]      10', 'slli'),
    c('c.fldsp',    '001 uimm[5]  rd            uimm[4:3|8:6]   10', 'fld', { rs1: 2 }),
    c('c.lwsp',     '010 uimm[5]  rd≠0          uimm[4:2|7:6]   10', 'lw', { rs1: 2 }),
    c('c.ldsp',     '011 uimm[5]  rd≠0          uimm[4:3|8:6]   10', 'ld', { rs1: 2 }),
    c('c.jr',       '100 0        rs1≠0         00000           10', 'jalr', { rd: 0, imm: 0 }),
    c('c.mv',       '100 0        rd            rs2≠0           10', 'add', { rs1: 0 }),
    c('c.ebreak',   '100 1        00000         00000           10', 'ebreak'),
    c('c.jalr',     '100 1        rs1≠0         00000           10', 'jalr', { rd: 1, imm: 0 }),
    c('c.add',      '100 1        rd/rs1        rs2≠0           10', 'add'),
    c('c.fsdsp',    '101 uimm[5:3|8:6]          rs2             10', 'fsd', { rs1: 2 }),
    c('c.swsp',     '110 uimm[5:2|7:6]          rs2             10', 'sw', { rs1: 2 }),
    c('c.sdsp',     '111 uimm[5:3|8:6]          rs2             10', 'sd', { rs1: 2 }),
  ];
}
