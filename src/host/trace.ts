/** `--trace`: what a run does, one line an event, each kind switched on by its name. */
import { hex } from '#lib';
import type { RunConfig } from '#management';
import { type Context, decode, disassemble } from '#riscv';
import { causeName, type Hart, type MmioAccess, type RunObserver, sbiCallName } from '#vmm/run';

type TraceName = RunConfig['trace'][number];

const INTERRUPT_BIT = 1n << 63n;
const INTERRUPTS: Readonly<Record<number, string>> = { 1: 'software', 5: 'timer', 9: 'external' };
const A0 = 10;
const ARGUMENTS = 6;

/** The observer that writes lines for the named kinds; undefined when none is named. */
export function makeTrace(
  names: readonly TraceName[],
  line: (text: string) => void,
): RunObserver | undefined {
  if (names.length === 0) return undefined;
  const has = (name: TraceName): boolean => names.includes(name);
  return {
    isStepwise: has('insn') || has('trap') || has('irq'),
    ...(has('insn') && { step: (hart: Hart, word: number | undefined) => line(instruction(hart, word)) }),
    ...(has('sbi') && { sbi: (hart: Hart) => line(sbi(hart)) }),
    ...(has('mmio') && { mmio: (hart: Hart, access: MmioAccess) => line(mmio(hart, access)) }),
    trap: ({ id, context }) => {
      const isInterrupt = (context.get('scause') & INTERRUPT_BIT) !== 0n;
      if (has(isInterrupt ? 'irq' : 'trap')) line(`${id} ${trap(context, isInterrupt)}`);
    },
  };
}

function instruction({ id, context }: Hart, word: number | undefined): string {
  const pc = context.get('pc').toString(16).padStart(16, '0');
  if (word === undefined) return `${id} insn ${pc} (not mapped)`;
  const { length } = decode(word);
  const digits = word
    .toString(16)
    .padStart(2 * length, '0')
    .padEnd(8);
  return `${id} insn ${pc} ${digits} ${disassemble(word, context.get('pc'))}`;
}

function trap(context: Context, isInterrupt: boolean): string {
  const cause = Number(context.get('scause') & ~INTERRUPT_BIT);
  const at = `at ${hex(context.get('sepc'))} to ${hex(context.get('pc'))}`;
  if (isInterrupt) return `irq ${INTERRUPTS[cause] ?? cause} ${at}`;
  return `trap ${causeName(cause)} ${at}, stval ${hex(context.get('stval'))}`;
}

function sbi(hart: Hart): string {
  const values = Array.from({ length: ARGUMENTS }, (_, i) => hex(hart.context.x(A0 + i)));
  return `${hart.id} sbi ${sbiCallName(hart)}(${values.join(', ')})`;
}

function mmio({ id }: Hart, { device, address, width, isWrite, value }: MmioAccess): string {
  const where = `${hex(address)} (${device ?? 'nothing there'})`;
  const what = value === undefined ? 'access fault' : hex(value);
  return `${id} mmio ${isWrite ? 'write' : 'read'}${8 * width} ${where} ${isWrite ? '<-' : '->'} ${what}`;
}
