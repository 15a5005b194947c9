/** A screen as lines: header, one line for messages, and the table, cut to the size of the terminal. */
import { CPU_COLUMNS, DISK_COLUMNS, MEMORY_COLUMNS, sortRows, type TopColumn } from './columns.ts';
import { cpuLines, diskLines, hostLine, memoryLines } from './header.ts';
import type { CpuRow, TopRows } from './rows.ts';

export type ScreenName = 'cpu' | 'memory' | 'disk';

/** What is shown, and how. */
export interface View {
  readonly screen: ScreenName;
  /** The key of the column that it is sorted by. */
  readonly sort: string;
  /** CPU: worlds below their groups. */
  readonly isExpanded: boolean;
  /** The line above the table. */
  readonly message: string;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A line, and whether it is the table's title. */
export interface ScreenLine {
  readonly text: string;
  readonly isTitle: boolean;
}

/** The lines of a screen, at most as many and as long as `size` says. */
export function drawScreen(rows: TopRows, view: View, size: Size): ScreenLine[] {
  const [header, table] = SCREENS[view.screen](rows, view, size.columns);
  const [title = '', ...body] = table;
  const line = (text: string, isTitle = false) => ({ text: text.slice(0, size.columns), isTitle });
  return [
    ...[hostLine(rows), ...header, view.message].map((text) => line(text)),
    line(title, true),
    ...body.map((text) => line(text)),
  ].slice(0, size.rows);
}

type Drawn = readonly [header: string[], table: string[]];

const SCREENS: Readonly<Record<ScreenName, (rows: TopRows, view: View, width: number) => Drawn>> = {
  cpu: (rows, view, width) => [cpuLines(rows), drawTable(CPU_COLUMNS, cpuRows(rows, view), width)],
  memory: (rows, view, width) => [
    memoryLines(rows),
    drawTable(MEMORY_COLUMNS, sortRows(MEMORY_COLUMNS, rows.memory, view.sort), width),
  ],
  disk: (rows, view, width) => [
    diskLines(rows),
    drawTable(DISK_COLUMNS, sortRows(DISK_COLUMNS, rows.disks, view.sort), width),
  ],
};

function cpuRows({ groups, worlds }: TopRows, { sort, isExpanded }: View): readonly CpuRow[] {
  const sorted = sortRows(CPU_COLUMNS, groups, sort);
  if (!isExpanded) return sorted;
  return sorted.flatMap((group) => [
    group,
    ...sortRows(
      CPU_COLUMNS,
      worlds.filter(({ gid }) => gid === group.gid),
      sort,
    ).map((world) => ({ ...world, name: ` ${world.name}` })),
  ]);
}

/** Titles, then a line for each row; columns that do not fit are left out, the least important first. */
export function drawTable<R>(columns: readonly TopColumn<R>[], rows: readonly R[], width: number): string[] {
  const fitting = fit(columns, width);
  const draw = (texts: readonly string[]) =>
    texts
      .map((text, i) => cell(text, fitting[i]?.width ?? 0))
      .join(' ')
      .trimEnd();
  return [
    draw(fitting.map(({ title }) => title)),
    ...rows.map((row) => draw(fitting.map((column) => shown(column.value(row), column.digits)))),
  ];
}

function fit<R>(columns: readonly TopColumn<R>[], width: number): readonly TopColumn<R>[] {
  let left = columns;
  const needs = () => left.reduce((sum, column) => sum + Math.abs(column.width) + 1, -1);
  while (needs() > width && left.length > 1) {
    const worst = left.reduce((a, b) => (b.rank >= a.rank ? b : a));
    left = left.filter((column) => column !== worst);
  }
  return left;
}

/** Widths below 0 are those of texts, to the left. */
function cell(text: string, width: number): string {
  return width < 0 ? text.slice(0, -width).padEnd(-width) : text.padStart(width);
}

function shown(value: number | string | undefined, digits: number): string {
  if (value === undefined) return '-';
  // A name that somebody chose must not steer the terminal.
  if (typeof value === 'string') return value.replace(/\p{Cc}/gu, '?');
  return value.toFixed(digits);
}
