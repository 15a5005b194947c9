// CSRs that hot code of S-mode reads and writes in its middle: it goes on, and leaves only where that makes a difference.
import assert from 'node:assert/strict';
import { Exit } from './hart/exit.ts';
import { RAM, type TestHart } from './testing/hart.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const HANDLER = RAM + 0x2000n;
const [T0, T1, T2, S0, A0, A2] = [5, 6, 7, 8, 10, 12];
const Csr = { sstatus: 0x100, sscratch: 0x140, sepc: 0x141, sip: 0x144 } as const;
const SIE = 2;
const FS = 3n << 13n;
const SOFTWARE = 2n;

/** Masks interrupts and lets them come again, 500 times, as a kernel does around what must not be interrupted. */
function maskingLoop(hart: TestHart): void {
  hart.program(RAM, (asm) => {
    asm.li(T0, 500n).label('loop').emit('csrrci', { rd: T1, imm: SIE, csr: Csr.sstatus });
    asm.emit('addi', { rd: A0, rs1: A0, imm: 1 }).emit('csrrw', { rd: T2, rs1: A0, csr: Csr.sscratch });
    asm.emit('csrrsi', { rd: 0, imm: SIE, csr: Csr.sstatus }).emit('addi', { rd: T0, rs1: T0, imm: -1 });
    asm.jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.set('sie', SOFTWARE);
  hart.context.set('sstatus', BigInt(SIE));
}

bench.test(
  'an interrupt that comes while they are masked is taken behind the write that lets them',
  (hart) => {
    hart.context.set('stvec', HANDLER);
    // Notes the place, and asks no more.
    hart.program(HANDLER, (asm) => {
      asm.emit('csrrs', { rd: S0, rs1: 0, csr: Csr.sepc }).emit('add', { rd: A2, rs1: A2, rs2: S0 });
      asm.emit('csrrci', { rd: 0, imm: 2, csr: Csr.sip }).emit('sret');
    });
    maskingLoop(hart);
    let asked = 0;
    while (hart.run(61) === Exit.Budget) {
      hart.context.set('sip', SOFTWARE);
      asked++;
    }
    assert.ok(asked > 40);
    assert.equal(hart.context.x(A0), 500n);
    assert.ok(hart.context.get('traps') > 30n, `${hart.context.get('traps')} of ${asked}`);
  },
);

bench.test('floating point that a write of sstatus switches off is off for what follows', (hart) => {
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) => {
    asm.emit('addi', { rd: A2, rs1: A2, imm: 1 }).emit('csrrs', { rd: 0, rs1: S0, csr: Csr.sstatus });
    asm.emit('sret');
  });
  hart.program(RAM, (asm) => {
    asm.li(T0, 200n).label('loop').emit('fadd.d', { rd: 1, rs1: 1, rs2: 2 });
    asm.emit('csrrc', { rd: 0, rs1: S0, csr: Csr.sstatus }).emit('fadd.d', { rd: 3, rs1: 1, rs2: 2 });
    asm.emit('addi', { rd: T0, rs1: T0, imm: -1 }).jump('bne', { rs1: T0, rs2: 0 }, 'loop').emit('ecall');
  });
  hart.context.setX(S0, FS);
  hart.context.setF(2, 0x3ff0_0000_0000_0000n);
  assert.equal(hart.run(10_000), Exit.Sbi);
  // Each second sum was tried twice.
  assert.deepEqual([hart.context.x(A2), hart.context.get('traps')], [200n, 200n]);
});
