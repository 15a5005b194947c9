/** Which of ESXi's esxcli commands are here, as the page docs/esxcli-coverage.md. */
import { absentReason } from './absent.ts';
import { ALL_COMMANDS } from './all-commands.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';

const HEAD = `# What of esxcli is here

Printed from the tables in \`src/management/esxcli\` by \`tools/esxcli-coverage.ts\`; do not edit it. A command that is
absent answers as an unknown one does: \`Error: Unknown command or namespace …\`, status 1.
`;

/** The paths of all of ESXi's commands, each as it is typed. */
export function allPaths(): string[] {
  return Object.entries(ALL_COMMANDS).flatMap(([namespace, words]) =>
    words.split(' ').map((word) => `${namespace} ${word}`),
  );
}

/** The page in Markdown. */
export function coveragePage(commands: readonly Command[] = COMMANDS): string {
  const here = new Set(commands.map(({ path }) => path.join(' ')));
  const all = allPaths();
  return [
    HEAD,
    table(['namespace', 'here', 'in ESXi'], summaryRows(all, here)),
    '## Here\n',
    table(['command', 'privilege', 'answer'], commandRows(commands, new Set(all))),
    '## Absent\n',
    table(['commands', 'number', 'why'], absentRows(all, here)),
  ].join('\n');
}

type Cells = readonly (string | number)[];

function summaryRows(all: readonly string[], here: ReadonlySet<string>): Cells[] {
  const tops = [...new Set(all.map((path) => path.split(' ', 1)[0] as string))];
  const rows = tops.map((top) => {
    const inside = all.filter((path) => path.split(' ', 1)[0] === top);
    return [top, inside.filter((path) => here.has(path)).length, inside.length];
  });
  return [...rows, ['all', all.filter((path) => here.has(path)).length, all.length]];
}

function commandRows(commands: readonly Command[], all: ReadonlySet<string>): Cells[] {
  return commands
    .map((row) => ({ ...row, name: row.path.join(' ') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, privilege, output }) => [
      `${name}${all.has(name) ? '' : ' (not in the reference list)'}`,
      privilege,
      output.kind,
    ]);
}

/** One line for each two first words and reason. */
function absentRows(all: readonly string[], here: ReadonlySet<string>): Cells[] {
  const groups = new Map<string, { name: string; reason: string; count: number }>();
  for (const path of all.filter((name) => !here.has(name))) {
    const words = path.split(' ');
    const name = words.slice(0, Math.min(2, words.length - 1)).join(' ');
    const reason = absentReason(words) ?? 'not yet';
    const key = `${name}: ${reason}`;
    groups.set(key, { name, reason, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].map(({ name, reason, count }) => [name, count, reason]);
}

/** A table in Markdown, its columns padded as the formatter wants them. */
function table(head: readonly string[], rows: readonly Cells[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + cells.map(line).join('');
}
