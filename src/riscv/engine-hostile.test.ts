// Addresses chosen to meet what empty TLB entries hold, or to reach machine memory: each faults or goes to a device.
import assert from 'node:assert/strict';
import { EMPTY_TAG, TLB_ENTRIES } from './core/layout.ts';
import type { Assembler } from './isa/assembler.ts';
import { CANARY, RAM, RAM_PAGES, type TestHart } from './testing/hart.ts';
import { Leaf, Tables } from './testing/page-tables.ts';
import { Bench } from './testing/scenario.ts';

const bench = new Bench();
const HANDLER = RAM + 0x2000n;
const PAGE = 4096n;
const [T0, T1, S0, S1, A0] = [5, 6, 8, 9, 10];

const near = (address: bigint): bigint[] =>
  [-4096n, -8n, -1n, 0n, 1n, 7n, 8n, 0x80n, 0xf7fn, 0xf80n, 4088n, 4089n, 4096n].map((by) =>
    BigInt.asUintN(64, address + by),
  );
/** The fill patterns of the caches, their repairs, what a fence leaves, zero, minus one, and the machine's own places. */
const HOSTILE = [
  ...near(EMPTY_TAG),
  ...near(~EMPTY_TAG),
  ...near(EMPTY_TAG ^ BigInt((TLB_ENTRIES / 2) * 4096)),
  ...near(0n),
  ...near(-1n),
  ...near(0x2000n),
  ...near(0x8080_8080n),
  ...near(0xffff_ffff_8080_8080n),
  ...near(1n << 32n),
  ...near(1n << 38n),
  ...near(1n << 47n),
  ...near(1n << 55n),
  ...near(1n << 56n),
  ...near(1n << 63n),
  ...near(RAM + BigInt(RAM_PAGES) * PAGE),
  ...near(RAM - PAGE),
].filter((address) => address < RAM || address >= RAM + PAGE);

/** Loads and stores at S0, at all widths, and adds up in A0 what the loads gave. */
function touch(asm: Assembler): Assembler {
  asm.label('loop');
  for (const width of ['b', 'h', 'w', 'd']) {
    asm.emit(`l${width}`, { rd: T0, rs1: S0, imm: 0 }).emit('or', { rd: A0, rs1: A0, rs2: T0 });
    asm.emit(`s${width}`, { rs1: S0, rs2: S1, imm: 0 });
  }
  asm.emit('amoadd.d', { rd: T0, rs1: S0, rs2: S1 }).emit('lr.w', { rd: T0, rs1: S0 });
  asm.emit('sc.d', { rd: T0, rs1: S0, rs2: S1 }).emit('cbo.zero', { rs1: S0 });
  return asm.jump('jal', { rd: 0 }, 'loop');
}

function prepare(hart: TestHart): void {
  hart.context.set('stvec', HANDLER);
  hart.program(HANDLER, (asm) => {
    asm.emit('csrrs', { rd: T1, rs1: 0, csr: 0x141 }).emit('addi', { rd: T1, rs1: T1, imm: 4 });
    asm.emit('csrrw', { rd: 0, rs1: T1, csr: 0x141 }).emit('sret');
  });
  hart.program(RAM, touch);
  hart.context.setX(S1, 0x55n);
}

/** No register has a byte of machine memory beside the guest's. */
function checkLoads(hart: TestHart, address: bigint): void {
  const canary = BigInt(CANARY);
  for (let at = 0n; at < 64n; at += 8n) {
    assert.notEqual(
      (hart.context.x(A0) >> at) & 255n,
      canary,
      `a load from 0x${address.toString(16)} met the canary`,
    );
  }
}

bench.test('hostile addresses without translation', (hart) => {
  prepare(hart);
  for (const address of HOSTILE) {
    for (const mode of [0, 1]) {
      hart.context.setX(S0, address);
      hart.context.setX(A0, 0n);
      hart.context.set('pc', RAM);
      hart.context.set32('mode', mode);
      hart.run(60);
      checkLoads(hart, address);
    }
  }
  hart.checkCanary();
});

for (const mode of [8, 9] as const) {
  bench.test(`hostile addresses under ${mode === 8 ? 'Sv39' : 'Sv48'}, in each bank of the TLB`, (hart) => {
    prepare(hart);
    const tables = new Tables(hart, mode);
    tables.map(RAM, RAM, Leaf.RWX, 1);
    tables.map(HANDLER, HANDLER, Leaf.RX, 1);
    const user = 0x10_0000n;
    tables.map(user, RAM, Leaf.RX | Leaf.User, 1);
    hart.context.set('satp', tables.satp());
    for (const address of HOSTILE) {
      for (const [inMode, status] of [
        [0n, 0n],
        [1n, 0n],
        [1n, 1n << 18n],
        [1n, 1n << 19n],
      ] as const) {
        hart.context.setX(S0, address);
        hart.context.setX(A0, 0n);
        hart.context.set('pc', inMode ? RAM : user);
        hart.context.set('mode', inMode);
        hart.context.set('sstatus', status);
        hart.run(40);
        checkLoads(hart, address);
      }
    }
    hart.checkCanary();
  });
}

bench.test('hostile addresses to jump to', (hart) => {
  prepare(hart);
  for (const address of HOSTILE) {
    if (address >= RAM && address < RAM + BigInt(RAM_PAGES) * PAGE) continue;
    hart.context.setX(S0, address);
    hart.program(RAM + 0x1000n, (asm) => asm.emit('jalr', { rd: 0, rs1: S0, imm: 0 }));
    hart.context.set('pc', RAM + 0x1000n);
    hart.run(2);
    assert.deepEqual([hart.context.get('scause'), hart.context.get('stval')], [1n, address & ~1n]);
  }
});

bench.test('fences of hostile addresses leave the TLB right', (hart) => {
  prepare(hart);
  hart.write64(RAM + 0x8000n, 77n);
  hart.program(RAM, (asm) => {
    asm
      .emit('ld', { rd: A0, rs1: S1, imm: 0 })
      .emit('sfence.vma', { rs1: S0 })
      .emit('ld', { rd: T0, rs1: S0, imm: 0 });
    asm.emit('ld', { rd: A0, rs1: S1, imm: 0 }).emit('sd', { rs1: S0, rs2: A0, imm: 0 });
    asm.label('end').jump('jal', { rd: 0 }, 'end');
  });
  for (const address of HOSTILE) {
    hart.context.setX(S0, address);
    hart.context.setX(S1, RAM + 0x8000n);
    hart.context.set('pc', RAM);
    hart.run(12);
    assert.equal(hart.context.x(A0), 77n);
  }
  hart.checkCanary();
});
