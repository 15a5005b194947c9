// What --trace prints: a line for each event of a kind that was asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Context } from '#riscv';
import { HART_BYTES, Hart, HartWords } from '#vmm';
import { makeTrace } from './trace.ts';

function make(...names: Parameters<typeof makeTrace>[0][number][]) {
  const lines: string[] = [];
  const trace = makeTrace(names, (line) => lines.push(line));
  const memory = new SharedArrayBuffer(HART_BYTES);
  const hart = new Hart(0, new Context(memory, 0), HartWords.of(memory, 0), { ticks: () => 0 });
  hart.context.set('pc', 0x8020_0000n);
  return { lines, trace, hart };
}

test('makeTrace: nothing asked for, no observer', () => {
  assert.equal(make().trace, undefined);
});

test('insn: address, word and instruction; stepwise', () => {
  const { lines, trace, hart } = make('insn');
  assert.equal(trace?.isStepwise, true);
  trace?.step?.(hart, 0x0015_0513);
  trace?.step?.(hart, undefined);
  assert.match(lines[0] ?? '', /^0 insn 0000000080200000 00150513 addi/);
  assert.match(lines[1] ?? '', /not mapped/);
});

test('trap and irq: told apart by scause', () => {
  for (const [names, expected] of [
    [['trap'], ['0 trap load page fault at 0x10 to 0x80200000, stval 0x99']],
    [['irq'], ['0 irq timer at 0x10 to 0x80200000']],
  ] as const) {
    const { lines, trace, hart } = make(...names);
    hart.context.set('sepc', 0x10n);
    hart.context.set('stval', 0x99n);
    hart.context.set('scause', 13n);
    trace?.trap?.(hart);
    hart.context.set('scause', (1n << 63n) | 5n);
    trace?.trap?.(hart);
    assert.deepEqual(lines, expected);
  }
});

test('mmio and sbi: need no single steps', () => {
  const { lines, trace, hart } = make('mmio', 'sbi');
  assert.equal(trace?.isStepwise, false);
  const access = { device: 'uart', address: 0x1000_0000, width: 1, isWrite: true, value: 0x41n };
  trace?.mmio?.(hart, access);
  trace?.mmio?.(hart, { ...access, device: undefined, isWrite: false, value: undefined });
  hart.context.setX(17, 0x10n);
  hart.context.setX(10, 5n);
  trace?.sbi?.(hart);
  assert.deepEqual(lines, [
    '0 mmio write8 0x10000000 (uart) <- 0x41',
    '0 mmio read8 0x10000000 (nothing there) -> access fault',
    '0 sbi BASE.get_spec_version(0x5, 0x0, 0x0, 0x0, 0x0, 0x0)',
  ]);
});
