/** The table of a report, as text for a terminal and as Markdown. */
import type { MachineName, Report, RowReport } from './results.ts';
import { GROUPS, type Group } from './rows.ts';

const HEADINGS = ['row', 'unit', 'VMkernel', '±', 'QEMU', '±', 'ratio', 'native', 'of native'] as const;
/** Columns of words are aligned left, those of numbers right. */
const WORD_COLUMNS = 2;

/** The table, the means and what failed, for a terminal. */
export function formatText(report: Report): string {
  const rows = cellsOf(report);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < WORD_COLUMNS ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const lines = [line(HEADINGS), ...rows.map(line), '', ...meanLines(report), ...failureLines(report)];
  return `${lines.join('\n')}\n`;
}

/** The same in Markdown. */
export function formatMarkdown(report: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = HEADINGS.map((_, column) => (column < WORD_COLUMNS ? '---' : '---:'));
  const list = [...meanLines(report), ...failureLines(report)].map((text) => `- ${text}`);
  return `${[line(HEADINGS), line(rule), ...cellsOf(report).map(line), '', ...list].join('\n')}\n`;
}

/** Three significant digits, whole numbers from 100 on. */
export function formatNumber(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}

function cellsOf({ rows, failures }: Report): string[][] {
  const hasFailed = (row: string, machine: MachineName) =>
    failures.some((failure) => failure.row === row && failure.machine === machine);
  return rows.map((row) => {
    const value = (machine: MachineName) => {
      const summary = row.machines[machine];
      if (summary !== undefined) return formatNumber(summary.median);
      return hasFailed(row.name, machine) ? 'FAILED' : '–';
    };
    return [
      row.name,
      row.unit,
      value('vmkernel'),
      spreadOf(row, 'vmkernel'),
      value('qemu'),
      spreadOf(row, 'qemu'),
      row.ratio === undefined ? '–' : row.ratio.toFixed(2),
      value('native'),
      percent(partOfNative(row)),
    ];
  });
}

/** Nothing for a single value, which has no spread. */
function spreadOf({ machines }: RowReport, machine: MachineName): string {
  const summary = machines[machine];
  return summary === undefined || summary.values.length < 2 ? '' : percent(summary.spread);
}

/** How much of this machine's own speed we reach. */
function partOfNative({ machines: { vmkernel, native }, unit }: RowReport): number | undefined {
  if (vmkernel === undefined || native === undefined) return undefined;
  return unit.endsWith('/s') ? vmkernel.median / native.median : native.median / vmkernel.median;
}

function percent(part: number | undefined): string {
  if (part === undefined) return '–';
  const value = part * 100;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

function meanLines({ rows, means }: Report): string[] {
  return (Object.entries(GROUPS) as [Group, string][]).flatMap(([group, what]) => {
    const mean = means[group];
    if (mean === undefined) return [];
    const ratios = rows.flatMap((row) => (row.group === group ? (row.ratio ?? []) : []));
    const least = Math.min(...ratios).toFixed(2);
    const count = ratios.length === 1 ? '1 row' : `${ratios.length} rows`;
    return [`${group} (${what}): geometric mean ${mean.toFixed(2)}, least ${least}, ${count}`];
  });
}

function failureLines({ failures }: Report): string[] {
  return failures.map(({ row, machine, reason }) => `FAILED ${row} on ${machine}: ${reason}`);
}
