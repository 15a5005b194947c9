/**
 * Instructions that stand one behind the other so often that one handler does both: the machine guesses where a handler goes on, and
 * in code that is cold it often guesses wrong. By how often the interpreter meets them when Debian's kernel boots; jumps are near ones.
 */

/** First instruction with its length in bytes, and what may follow. */
// biome-ignore format: a table reads in columns
export const PAIRS: readonly (readonly [first: string, seconds: string])[] = [
  ['add.2',   'add.2 auipc.4 ld.2 addi.2 beq.4 addi.4 ld.4 add.4 bne.4 bgeu.4 bltu.4 jal.2 beq.2 slli.2 slli.4 sd.4 lw.4'],
  ['add.4',   'lbu.4 add.2'],
  ['addi.2',  'addi.2 sd.2 jalr.2 bne.4 add.2 ld.2 bltu.4 bne.2 addi.4 beq.4 auipc.4 beq.2 sd.4 bgeu.4 slli.2'],
  ['addi.4',  'addi.4 addi.2 add.2 auipc.4 bltu.4 slli.2 add.4 beq.4 ld.4 sd.4 bne.4'],
  ['addiw.2', 'add.4'],
  ['addw.4',  'srliw.4 addw.4 xor.4 slliw.4'],
  ['andi.2',  'bne.2'],
  ['auipc.4', 'jalr.4 addi.4 lbu.4'],
  ['beq.2',   'addi.2 ld.2'],
  ['beq.4',   'sltu.4 ld.2 sd.2 addi.2 ld.4'],
  ['bgeu.4',  'ld.2 add.2 ld.4'],
  ['bltu.4',  'ld.2'],
  ['bne.2',   'ld.2 add.2 bltu.4'],
  ['bne.4',   'ld.2 ld.4 add.2 lbu.4 addiw.2 bne.4'],
  ['lb.4',    'lb.4'],
  ['lbu.4',   'lbu.4 addi.2 addi.4 andi.2 bne.2'],
  ['ld.2',    'ld.2 addi.2 add.2 ld.4 beq.2'],
  ['ld.4',    'ld.4 add.2 or.2 addi.2 sd.4 sub.4 ld.2 beq.4 xor.2'],
  ['lui.2',   'add.2'],
  ['lw.4',    'lw.4 add.2 addi.2'],
  ['or.4',    'addw.4 or.4 xor.4 srliw.4 sd.4'],
  ['sb.4',    'sb.4'],
  ['sd.2',    'sd.2 addi.2 sd.4 add.2'],
  ['sd.4',    'sd.4 addi.4 addi.2 bne.4 add.2'],
  ['slli.2',  'add.2 slli.2'],
  ['slli.4',  'add.2 srli.4 srli.2 or.4'],
  ['slliw.4', 'or.4 srliw.4 slliw.4 xor.4'],
  ['sltu.4',  'sd.2'],
  ['srli.4',  'add.2 slli.4'],
  ['srliw.4', 'slliw.4 srliw.4 xor.4 addw.4'],
  ['sub.4',   'and.4 beq.4 sub.4'],
  ['subw.2',  'sw.2'],
  ['sw.4',    'sw.4'],
  ['xor.2',   'addi.2'],
  ['xor.4',   'xor.4 or.4 srliw.4 addw.4'],
];
