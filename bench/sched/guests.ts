/** The guests of the scheduling benchmark: programs of a few instructions in S-mode, without an operating system. */

/** Instructions as words. Source: RISC-V Unprivileged ISA, "RV32/64G Instruction Set Listings". */
const r = (register: number) => register;
const A0 = r(10);
const A1 = r(11);
const A6 = r(16);
const A7 = r(17);
const T0 = r(5);
const T1 = r(6);
const ZERO = 0;

const iType = (opcode: number, funct3: number, rd: number, rs1: number, imm: number) =>
  ((imm & 0xfff) << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | opcode;
const addi = (rd: number, rs1: number, imm: number) => iType(0x13, 0, rd, rs1, imm);
const lui = (rd: number, high20: number) => (high20 << 12) | (rd << 7) | 0x37;
const add = (rd: number, rs1: number, rs2: number) => (rs2 << 20) | (rs1 << 15) | (rd << 7) | 0x33;
const csrrs = (rd: number, csr: number, rs1: number) => iType(0x73, 2, rd, rs1, csr);
const csrrw = (rd: number, csr: number, rs1: number) => iType(0x73, 1, rd, rs1, csr);
const bne = (rs1: number, rs2: number, offset: number) =>
  (((offset >> 12) & 1) << 31) |
  (((offset >> 5) & 0x3f) << 25) |
  (rs2 << 20) |
  (rs1 << 15) |
  (1 << 12) |
  (((offset >> 1) & 0xf) << 8) |
  (((offset >> 11) & 1) << 7) |
  0x63;
const jal = (rd: number, offset: number) =>
  (((offset >> 20) & 1) << 31) |
  (((offset >> 1) & 0x3ff) << 21) |
  (((offset >> 11) & 1) << 20) |
  (((offset >> 12) & 0xff) << 12) |
  (rd << 7) |
  0x6f;
const ECALL = 0x73;
const WFI = 0x1050_0073;
const TIME = 0xc01;
const STIMECMP = 0x14d;
const SIE = 0x104;
const TIMER_ENABLE = 0x20;

/** Computes for ever. */
export const BUSY = program([addi(A0, A0, 1), add(A1, A1, A0), addi(A1, A1, 3), jal(ZERO, -12)]);

/** SBI HSM: extension "HSM", function hart_start. Source: SBI 2.0 §9. */
const HSM_HIGH = 0x485;
const HSM_LOW = 0x34d;

/** As BUSY on hart 0, which starts hart 1 on the same loop first. */
export const BUSY_2 = program([
  // a0 = hart 1, a1 = where it starts: the loop, which is 11 instructions from here.
  iType(0x17, 0, A1, 0, 0) & ~0x7000, // auipc a1, 0
  addi(A1, A1, 8 * 4),
  addi(A0, ZERO, 1),
  addi(r(12), ZERO, 0),
  lui(A7, HSM_HIGH),
  addi(A7, A7, HSM_LOW),
  addi(A6, ZERO, 0),
  ECALL,
  addi(A0, A0, 1),
  add(A1, A1, A0),
  addi(A1, A1, 3),
  jal(ZERO, -12),
]);

/** Sleeps for so many ticks of 100 ns, computes for a multiple of 4096 times two instructions, and so on. */
export function sleeper(ticks: number, fourThousands = 4): Uint8Array {
  const high = (ticks + 0x800) >> 12;
  return program([
    csrrs(T0, TIME, ZERO),
    lui(T1, high),
    addi(T1, T1, ticks - (high << 12)),
    add(T0, T0, T1),
    csrrw(ZERO, STIMECMP, T0),
    addi(T1, ZERO, TIMER_ENABLE),
    csrrs(ZERO, SIE, T1),
    WFI,
    // With none of them a loop of one turn.
    fourThousands > 0 ? lui(A0, fourThousands) : addi(A0, ZERO, 1),
    addi(A0, A0, -1),
    bne(A0, ZERO, -4),
    jal(ZERO, -11 * 4),
  ]);
}

function program(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word >>> 0, true);
  return bytes;
}
