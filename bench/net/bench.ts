/** npm run bench -- net: networks of two guests, VMkernel and QEMU in turn, with the same kernel and program. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT_STATUS, HostError } from '#lib';
import { writeBetween } from '../document.ts';
import { median } from '../statistics.ts';
import { CROSS_COMPILER, QEMU, toolVersions } from '../toolchain.ts';
import { MACHINES, type MachineName, type Reading, runPair, writeBoot } from './machines.ts';
import { clientScript, NET_ROWS, type NetRow, serverScript } from './rows.ts';
import { startServer } from './server.ts';

const NET_HELP = `npm run bench -- net [OPTION…]

Measures TCP and echoes of a guest with the host (our NAT, QEMU's user networking) and with another guest (our switch,
QEMU's socket network), VMkernel and QEMU in turn, with the same kernel and program.

Options:
  --rounds N      how often each pair is started (3)
  --seconds N     how long TCP is measured in each row (3)
  --rows NAMES    only those, joined by commas: ${NET_ROWS.map(({ name }) => name).join(',')}
  --only MACHINE  vmkernel or qemu
  --write         put the table into docs/benchmarks.md
  --help          print this
`;

const MARKS = {
  begin: '<!-- begin of the last network run, written by npm run bench -- net --write -->',
  end: '<!-- end of the last network run -->',
};

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: readonly NetRow[];
  readonly machines: readonly MachineName[];
  readonly write: boolean;
}

/** Returns the exit status. Throws HostError. */
export async function benchNet(
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options === undefined) {
    process.stdout.write(NET_HELP);
    return EXIT_STATUS.ok;
  }
  const table = tableOf(await measure(options, say, signal), options.rows);
  process.stdout.write(`${table.join('\n')}\n`);
  const { rounds, seconds } = options;
  const facts = `Medians of ${rounds} starts of each pair in turn, ${seconds} s for each row of TCP; above 1 we are better.`;
  if (options.write) writeBetween(MARKS, [facts, '', ...table]);
  return EXIT_STATUS.ok;
}

function parse(given: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...given],
    options: {
      ...{ rounds: { ...text, default: '3' }, seconds: { ...text, default: '3' }, rows: text, only: text },
      ...{ write: flag, help: flag },
    },
  });
  if (values.help) return undefined;
  const names = values.rows?.split(',');
  const rows = NET_ROWS.filter(({ name }) => names?.includes(name) ?? true);
  const machines = MACHINES.filter((name) => values.only === undefined || values.only === name);
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (machines.length === 0 || rows.length < (names?.length ?? 1) || !(rounds >= 1) || !(seconds > 0)) {
    throw new HostError('usage', { reason: 'npm run bench -- net --help tells what can be given' });
  }
  return { rounds, seconds, rows, machines, write: values.write };
}

async function measure(
  { rounds, seconds, rows, machines }: Options,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Reading[]> {
  await toolVersions({ compiler: CROSS_COMPILER, qemu: QEMU });
  const folder = mkdtempSync(join(tmpdir(), 'vmkernel-bench-net-'));
  const server = await startServer();
  try {
    const scripts = { client: clientScript(rows, server.port, seconds), server: serverScript() };
    const boot = await writeBoot(folder, scripts, say);
    const readings: Reading[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const machine of machines) {
        say(`round ${round}: ${machine}`);
        readings.push(...(await runPair(machine, boot, signal)));
      }
    }
    return readings;
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tableOf(readings: readonly Reading[], rows: readonly NetRow[]): string[] {
  const of = (row: string, machine: MachineName): number => {
    const found = readings.filter((one) => one.row === row && one.machine === machine);
    return found.length === 0 ? Number.NaN : median(found.map(({ value }) => value));
  };
  const lines = rows.map(({ name, what, unit, goal }) => {
    const [ours, theirs] = [of(name, 'vmkernel'), of(name, 'qemu')];
    const ratio = unit === 'MB/s' ? ours / theirs : theirs / ours;
    const cells = [name, what, ...[ours, theirs].map((value) => `${value.toFixed(1)} ${unit}`)];
    return `| ${[...cells, ratio.toFixed(2), goal ?? '–'].join(' | ')} |`;
  });
  return [
    '| row | what | VMkernel | QEMU | ratio | goal |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ];
}
