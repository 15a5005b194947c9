// Guests that do what no guest should: each ends with one clear line and status 3, soon, and vmk stays in one piece.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Assembler } from '../../src/riscv/isa/assembler.ts';
import { vmk } from './vmk.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmk-bad-guest-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const ENGINES = ['interpreter', 'jit'];
const ENTRY = 0x8020_0000n;
// Registers by their names in the calling convention.
const [zero, t0, t1, t2, s0, s1, a0, a1, a2, a6, a7] = [0, 5, 6, 7, 8, 9, 10, 11, 12, 16, 17];
const CSR = { sie: 0x104, stvec: 0x105, sepc: 0x141 };

type Guest = (asm: Assembler) => void;

/** Ends the guest: nothing can wake it. */
const halt: Guest = (asm) => void asm.emit('csrrw', { rd: zero, rs1: zero, csr: CSR.sie }).emit('wfi');

/** Sets a handler that goes on behind the instruction that trapped; 4 bytes each, for loads and stores. */
const skipFaults: Guest = (asm) => {
  asm.jump('jal', { rd: t0 }, 'set');
  asm.emit('csrrs', { rd: t0, rs1: zero, csr: CSR.sepc }).emit('addi', { rd: t0, rs1: t0, imm: 4 });
  asm.emit('csrrw', { rd: zero, rs1: t0, csr: CSR.sepc }).emit('sret');
  asm.label('set').emit('csrrw', { rd: zero, rs1: t0, csr: CSR.stvec });
};

/** s1 becomes the next of a sequence of numbers (xorshift64). */
const nextRandom: Guest = (asm) => {
  for (const [name, by] of [
    ['slli', 13],
    ['srli', 7],
    ['slli', 17],
  ] as const) {
    asm.emit(name, { rd: t1, rs1: s1, imm: by }).emit('xor', { rd: s1, rs1: s1, rs2: t1 });
  }
};

/** Writes random words all over [base, base + bytes), and reads each place back. */
function scribble(asm: Assembler, name: string, base: number, bytes: number, stride = 4): void {
  asm
    .li(s0, BigInt(base))
    .li(t2, BigInt(base + bytes))
    .label(name);
  nextRandom(asm);
  asm.emit('sw', { rs1: s0, rs2: s1, imm: 0 }).emit('lw', { rd: t1, rs1: s0, imm: 0 });
  asm.emit('sb', { rs1: s0, rs2: s1, imm: 1 }).emit('sd', { rs1: s0, rs2: s1, imm: 0 });
  asm.li(t1, BigInt(stride)).emit('add', { rd: s0, rs1: s0, rs2: t1 });
  asm.jump('bltu', { rs1: s0, rs2: t2 }, name);
}

function call(asm: Assembler, eid: number, fid: number, ...given: readonly bigint[]): void {
  given.forEach((value, i) => asm.li(a0 + i, value));
  asm.li(a6, BigInt(fid)).li(a7, BigInt(eid)).emit('ecall');
}

const MINUS = 2n ** 64n - 1n;
const SBI_EXTENSIONS = [0x10, 0x54494d45, 0x735049, 0x52464e43, 0x4442434e, 0x53555350, 0x504d55];

/** What a guest does, and the line it ends with. */
const GUESTS: Readonly<Record<string, { guest: Guest; line: RegExp }>> = {
  'jumps into nowhere': {
    guest: (asm) => void asm.li(t0, 0x4141_4140n).emit('jalr', { rd: zero, rs1: t0, imm: 0 }),
    line: /vm: hart 0 at pc 0x0 makes no progress.*instruction access fault, address 0x0/,
  },
  'faults in its own handler': {
    guest(asm) {
      asm.jump('jal', { rd: t0 }, 'set').label('set');
      asm.emit('csrrw', { rd: zero, rs1: t0, csr: CSR.stvec }).word(0);
    },
    line: /vm: hart 0 at pc 0x80200004 makes no progress.*illegal instruction|vm: hart 0 at pc 0x80200008 makes no progress.*illegal instruction/,
  },
  'stores to nowhere in its own handler': {
    guest(asm) {
      asm.jump('jal', { rd: t0 }, 'set').label('set');
      asm.emit('csrrw', { rd: zero, rs1: t0, csr: CSR.stvec }).li(t1, 0x2000_0000n);
      asm.emit('jalr', { rd: zero, rs1: t1, imm: 0 });
    },
    line: /vm: hart 0 at pc 0x20000000 makes no progress|vm: hart 0 at pc 0x8020\w+ makes no progress/,
  },
  'halts its only hart': {
    guest: halt,
    line: /vm: halted for ever: hart 0 at pc 0x80200008 waits, and no interrupt that it has enabled can come/,
  },
  'stops its only hart': {
    guest: (asm) => call(asm, 0x48534d, 1),
    line: /vm: halted for ever: all harts have stopped/,
  },
  'writes garbage to every device register': {
    guest(asm) {
      skipFaults(asm);
      asm.li(s1, 0x1234_5678_9abc_def1n);
      scribble(asm, 'rtc', 0x10_1000, 0x1000);
      scribble(asm, 'uart', 0x1000_0000, 0x100);
      scribble(asm, 'plic', 0x0c00_0000, 0x4000);
      scribble(asm, 'contexts', 0x0c20_0000, 0x3000);
      scribble(asm, 'pio', 0x0300_0000, 0x1_0000, 64);
      scribble(asm, 'config', 0x3000_0000, 0x2_0000);
      scribble(asm, 'bars', 0x4000_0000, 0x2_0000);
      scribble(asm, 'config-again', 0x3000_0000, 0x2_0000);
      scribble(asm, 'everything', 0x1000, 0x7fff_0000, 0x10_0004);
      halt(asm);
    },
    line: /vm: halted for ever/,
  },
  'calls the SBI with hostile arguments': {
    guest(asm) {
      asm.li(s0, 0n);
      for (const eid of [...SBI_EXTENSIONS, 0x43505043]) {
        for (const fid of [0, 1, 2, 3, 4, 7, 99]) {
          call(asm, eid, fid, MINUS, MINUS - 7n, MINUS, 2n ** 63n, 1n, MINUS);
          call(asm, eid, fid, 2n ** 40n, ENTRY, 0n, 0x7fff_ffff_ffff_f000n, 0n, 0n);
        }
      }
      halt(asm);
    },
    line: /vm: halted for ever/,
  },
  'turns on translation with tables in nowhere': {
    guest: (asm) =>
      void asm
        .li(t0, (9n << 60n) | 0xfff_ffff_ffffn)
        .emit('csrrw', { rd: zero, rs1: t0, csr: 0x180 })
        .emit('addi', {
          rd: a1,
          rs1: a2,
          imm: 1,
        }),
    line: /vm: hart 0 at pc 0x0 makes no progress.*access fault/,
  },
};

for (const [what, { guest, line }] of Object.entries(GUESTS)) {
  for (const engine of ENGINES) {
    test(`a guest that ${what} ends with a clear line (${engine})`, async () => {
      const asm = new Assembler(ENTRY);
      guest(asm);
      const path = join(folder, `${what.replaceAll(' ', '-')}-${engine}.bin`);
      writeFileSync(path, asm.finish());
      const disk = join(folder, 'disk.img');
      writeFileSync(disk, new Uint8Array(65_536));
      const { status, stderr } = await vmk([
        'run',
        '--firmware',
        path,
        '--engine',
        engine,
        '--memory',
        '16M',
        '--disk',
        disk,
      ]);
      const last = stderr.trimEnd().split('\n').at(-1) ?? '';
      assert.match(last, line);
      assert.equal(status, 3, stderr);
    });
  }
}

test('a guest that never stops is stopped by INT and TERM, with the status of the signal', async () => {
  const asm = new Assembler(ENTRY);
  // Says that it runs, then spins.
  asm
    .li(t0, 0x1000_0000n)
    .li(t1, 10n)
    .emit('sb', { rs1: t0, rs2: t1, imm: 0 })
    .label('spin')
    .jump('jal', { rd: zero }, 'spin');
  const path = join(folder, 'spin.bin');
  writeFileSync(path, asm.finish());
  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const { status } = await vmk(['run', '--firmware', path, '--memory', '16M'], {
      onOutput: (_text, kill) => kill(signal),
    });
    assert.equal(status, expected);
  }
});

test('a guest that resets for ever can be stopped, and does not grow', async () => {
  const asm = new Assembler(ENTRY);
  asm.li(t0, 0x1000_0000n).li(t1, 10n).emit('sb', { rs1: t0, rs2: t1, imm: 0 });
  call(asm, 0x53525354, 0, 1n, 0n);
  const path = join(folder, 'reset.bin');
  writeFileSync(path, asm.finish());
  const { status, stdout } = await vmk(['run', '--firmware', path, '--memory', '16M'], {
    onOutput: (text, kill) => text.length > 200 && kill('SIGTERM'),
  });
  assert.equal(status, 143);
  assert.match(stdout, /^\n{200}/);
});
