// --deterministic: the same guest prints the same bytes and ends in the same state, on every run and every engine.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cacheFolder, defaultGuest, writeExecArchive } from '#guest';
import { Assembler } from '../../src/riscv/isa/assembler.ts';
import { vmk } from './vmk.ts';

const folder = mkdtempSync(join(tmpdir(), 'vmk-deterministic-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const [zero, t0, t1, t2, s0, s1, a0, a1, a6, a7] = [0, 5, 6, 7, 8, 9, 10, 11, 16, 17];
const CSR = { sstatus: 0x100, sie: 0x104, stvec: 0x105, stimecmp: 0x14d, time: 0xc01 };
const TIMER_INTERRUPTS = 300;
const TICKS_BETWEEN = 7n;

/**
 * Computes and stores all the time; a timer interrupts it every few ticks, at whatever instruction that is, and the
 * handler prints a letter made from what it has interrupted. After some hundred it powers off.
 */
function interruptedGuest(): Uint8Array {
  const asm = new Assembler(0x8020_0000n);
  asm.jump('jal', { rd: t0 }, 'set');
  asm
    .emit('csrrs', { rd: t0, rs1: zero, csr: CSR.time })
    .emit('addi', { rd: t0, rs1: t0, imm: Number(TICKS_BETWEEN) });
  asm.emit('csrrw', { rd: zero, rs1: t0, csr: CSR.stimecmp });
  asm.emit('andi', { rd: t0, rs1: s1, imm: 15 }).emit('addi', { rd: t0, rs1: t0, imm: 0x41 });
  asm.li(t1, 0x1000_0000n).emit('sb', { rs1: t1, rs2: t0, imm: 0 });
  asm.emit('addi', { rd: s0, rs1: s0, imm: -1 }).jump('beq', { rs1: s0, rs2: zero }, 'off').emit('sret');
  asm.label('off').li(a0, 0n).li(a1, 0n).li(a6, 0n).li(a7, 0x53525354n).emit('ecall');
  asm.label('set').emit('csrrw', { rd: zero, rs1: t0, csr: CSR.stvec });
  asm
    .li(s0, BigInt(TIMER_INTERRUPTS))
    .li(t0, 1n << 5n)
    .emit('csrrw', { rd: zero, rs1: t0, csr: CSR.sie });
  asm.emit('csrrw', { rd: zero, rs1: zero, csr: CSR.stimecmp });
  asm.li(s1, 0x1234_5678_9abc_def1n).li(a0, 0x8030_0000n).li(a1, 0xff8n);
  asm.emit('csrrsi', { rd: zero, imm: 2, csr: CSR.sstatus });
  asm.label('loop');
  for (const [name, by] of [
    ['slli', 13],
    ['srli', 7],
    ['slli', 17],
  ] as const) {
    asm.emit(name, { rd: t2, rs1: s1, imm: by }).emit('xor', { rd: s1, rs1: s1, rs2: t2 });
  }
  asm.emit('and', { rd: t2, rs1: s1, rs2: a1 }).emit('add', { rd: t2, rs1: t2, rs2: a0 });
  asm.emit('sd', { rs1: t2, rs2: s1, imm: 0 }).jump('jal', { rd: zero }, 'loop');
  return asm.finish();
}

/** By run: regions of code that it took from earlier ones. */
const kept: number[] = [];

/** What two runs must have in common. */
async function run(...given: string[]): Promise<{ stdout: string; state: string; steps: string }> {
  // What is kept of translated code is of this test alone.
  const env = { XDG_CACHE_HOME: join(folder, 'cache') };
  const { status, stdout, stderr } = await vmk(['run', '--deterministic', '--stats', ...given], { env });
  assert.equal(status, 0, stderr);
  const state = /state +([0-9a-f]{16})/.exec(stderr)?.[1] ?? '';
  const steps = /: (\d+) steps/.exec(stderr)?.[1] ?? '';
  assert.ok(state !== '' && steps !== '', stderr);
  kept.push(Number(/(\d+) from earlier runs/.exec(stderr)?.[1] ?? 0));
  return { stdout, state, steps };
}

test('a guest that is interrupted all the time: every engine, twice', async () => {
  const firmware = join(folder, 'interrupted.bin');
  writeFileSync(firmware, interruptedGuest());
  const runs = [];
  for (const engine of ['reference', 'interpreter', 'interpreter', 'jit', 'jit']) {
    runs.push(await run('--engine', engine, '--memory', '16M', '--firmware', firmware));
  }
  const [first, ...others] = runs;
  assert.equal(first?.stdout.length, TIMER_INTERRUPTS);
  assert.ok(new Set(first?.stdout).size > 10, 'the letters tell where the guest was interrupted');
  for (const other of others) assert.deepEqual(other, first);
});

test('Linux: boots, works and powers off in the same way, on interpreter and JIT, twice, the second time in kept code', async () => {
  const guest = await defaultGuest(cacheFolder(), () => {});
  const script = join(folder, 'script.cpio');
  const text =
    'cat /proc/uptime /proc/interrupts; date; head -c 8 /dev/urandom | hexdump; seq 1 500 | sort -rn | md5sum; sleep 1; date';
  writeFileSync(script, writeExecArchive(text, 'nonce'));
  const kernel = [
    '--kernel',
    guest.kernelPath,
    '--initrd',
    guest.initramfsPath,
    '--initrd',
    script,
    '--memory',
    '128M',
  ];
  const runs = [];
  for (const engine of ['interpreter', 'interpreter', 'jit', 'jit']) {
    runs.push(await run('--engine', engine, ...kernel));
  }
  const [first, ...others] = runs;
  assert.ok((kept.at(-1) ?? 0) > 300, `${kept.join()} regions were kept`);
  assert.match(first?.stdout ?? '', /VMK-EXEC-END nonce 0/);
  for (const other of others) assert.deepEqual(other, first);
});
