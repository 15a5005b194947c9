/** npm run bench -- sched: what CPU scheduling promises, measured with guests that compute. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { EXIT_STATUS, HostError } from '#lib';
import { DOCUMENT, writeBetween } from '../document.ts';
import { SCHED_ROWS, type SchedResult, type SchedRow } from './rows.ts';

export const SCHED_HELP = `npm run bench -- sched [OPTION…]

Measures what CPU scheduling promises: shares, pools, limits, reservations, wake-ups. It fails when a promise is broken.
Nothing else should load the machine meanwhile: about a minute.

Options:
  --rows A,B     only these rows
  --write        put the table into docs/benchmarks.md
  --help         print this

Rows:
${SCHED_ROWS.map(({ name, promise }) => `  ${name.padEnd(15)} ${promise}`).join('\n')}
`;

const MARKS = {
  begin: '<!-- begin of the last scheduling run, written by npm run bench -- sched --write -->',
  end: '<!-- end of the last scheduling run -->',
};

/** Returns the exit status. Throws HostError. */
export async function benchSched(
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options.help) {
    process.stdout.write(SCHED_HELP);
    return EXIT_STATUS.ok;
  }
  const done: { row: SchedRow; result: SchedResult }[] = [];
  for (const row of rowsOf(options.rows)) {
    signal.throwIfAborted();
    const result = await row.measure();
    say(
      `${row.name.padEnd(15)} ${result.measured}${result.isKept ? '' : '   BROKEN'}   (CPU time ${result.gotPart.toFixed(2)} of run time)`,
    );
    done.push({ row, result });
  }
  const table = [
    '| row | promise | measured | kept | CPU time ÷ run time |',
    '| --- | ------- | -------- | ---- | ------------------: |',
    ...done.map(
      ({ row, result }) =>
        `| ${row.name} | ${row.promise} | ${result.measured} | ${result.isKept ? 'yes' : 'no'} | ${result.gotPart.toFixed(2)} |`,
    ),
  ];
  process.stdout.write(`${table.join('\n')}\n`);
  if (options.write) {
    writeBetween(MARKS, [...facts(), '', ...table]);
    say(`the table is in ${DOCUMENT}`);
  }
  return done.every(({ result }) => result.isKept) ? EXIT_STATUS.ok : EXIT_STATUS.failure;
}

function parse(given: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        rows: { type: 'string' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (cause) {
    throw new HostError('usage', { reason: (cause as Error).message }, { cause });
  }
}

function rowsOf(names: string | undefined): readonly SchedRow[] {
  const wanted = names?.split(',');
  const stranger = wanted?.find((name) => !SCHED_ROWS.some((row) => row.name === name));
  if (stranger !== undefined) throw new HostError('usage', { reason: `there is no row "${stranger}"` });
  return SCHED_ROWS.filter(({ name }) => wanted?.includes(name) ?? true);
}

function facts(): string[] {
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} CPUs; Node ${process.version}`,
    '- each row on a host of its own with one pCPU, where it does not say otherwise; guests are loops in S-mode',
  ];
}
