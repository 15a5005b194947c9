/** `--stats`: what a run took, in a few lines. */
import { Exit, type ExitReason } from '#riscv/size';
import type { RunStats } from './messages.ts';

// biome-ignore format: a table reads in columns
const REASONS: Readonly<Record<ExitReason, string>> = {
  [Exit.Budget]:           'budget',
  [Exit.WaitForInterrupt]: 'wait for interrupt',
  [Exit.Device]:           'device',
  [Exit.Sbi]:              'SBI',
  [Exit.PageMiss]:         'page miss',
  [Exit.Fault]:            'fault',
  [Exit.Syscall]:          'system call',
  [Exit.Breakpoint]:       'breakpoint',
  [Exit.Pause]:            'pause',
};

/** How often a run returned, by why; what never happened is left out. */
export function exitCounts({ exits }: Pick<RunStats, 'exits'>): { name: string; count: number }[] {
  return Object.entries(REASONS)
    .map(([reason, name]) => ({ name, count: exits[Number(reason)] ?? 0 }))
    .filter(({ count }) => count > 0);
}

function codeLine({ translated, kept, others }: NonNullable<RunStats['code']>): string {
  const fromOthers = others > 0 ? `, ${others} from other pCPUs` : '';
  return `code   ${translated} regions translated, ${kept} from earlier runs${fromOthers}`;
}

/** Lines for the person, each ending with a newline. */
export function formatStats(stats: RunStats): string {
  const { engine, startMs, runMs, idleMs, steps, code, stateHash } = stats;
  const busyMs = Math.max(runMs - idleMs, 1);
  const mips = Number(steps) / busyMs / 1000;
  const reasons = exitCounts(stats).map(({ name, count }) => `${name} ${count}`);
  const lines = [
    `engine ${engine}: ${steps} steps, ${mips.toFixed(0)} million a second`,
    `time   ${startMs.toFixed(0)} ms to the first instruction, ${runMs.toFixed(0)} ms run, ${idleMs.toFixed(0)} ms of it idle`,
    `exits  ${reasons.join(', ')}`,
    ...(code ? [codeLine(code)] : []),
    ...(stateHash === undefined ? [] : [`state  ${stateHash}`]),
  ];
  return lines.map((line) => `vmk: ${line}\n`).join('');
}
