/** Benchmarks of promises: rows that say what is promised, are measured one after the other, and fail when it is not kept. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { EXIT_STATUS, HostError } from '#lib';
import { DOCUMENT, writeBetween } from './document.ts';

export interface PromiseRow {
  readonly name: string;
  /** In words. */
  readonly promise: string;
  measure(): Promise<PromiseResult>;
}

export interface PromiseResult {
  readonly measured: string;
  /** Undefined: it is told, and nothing is promised. */
  readonly isKept: boolean | undefined;
  /** What has to be known to judge the figure, such as what else the machine had to do. */
  readonly aside: string;
}

export interface PromiseBench {
  /** As in "npm run bench -- NAME". */
  readonly name: string;
  /** What its part of the document is called in its marks. */
  readonly title: string;
  /** What it measures and how long that takes, for --help. */
  readonly about: string;
  /** The heading over what is to be known beside each figure. */
  readonly aside: string;
  /** Lines about the run, beside date and machine. */
  readonly facts: readonly string[];
  readonly rows: readonly PromiseRow[];
}

/** Measures all rows, or those that are asked for; returns the exit status. Throws HostError. */
export async function benchPromises(
  bench: PromiseBench,
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options.help) {
    process.stdout.write(helpOf(bench));
    return EXIT_STATUS.ok;
  }
  const done: { row: PromiseRow; result: PromiseResult }[] = [];
  for (const row of wantedRows(bench, options.rows)) {
    signal.throwIfAborted();
    const result = await row.measure();
    const verdict = result.isKept === false ? '   BROKEN' : '';
    say(`${row.name.padEnd(15)} ${result.measured}${verdict}   (${bench.aside}: ${result.aside})`);
    done.push({ row, result });
  }
  const table = [
    `| row | promise | measured | kept | ${bench.aside} |`,
    '| --- | ------- | -------- | ---- | --- |',
    ...done.map(({ row, result }) => {
      const kept = result.isKept === undefined ? '' : result.isKept ? 'yes' : 'no';
      return `| ${row.name} | ${row.promise} | ${result.measured} | ${kept} | ${result.aside} |`;
    }),
  ];
  process.stdout.write(`${table.join('\n')}\n`);
  if (options.write) {
    writeBetween(marksOf(bench), [...factsOf(bench), '', ...table]);
    say(`the table is in ${DOCUMENT}`);
  }
  return done.some(({ result }) => result.isKept === false) ? EXIT_STATUS.failure : EXIT_STATUS.ok;
}

function marksOf({ name, title }: PromiseBench) {
  return {
    begin: `<!-- begin of the last ${title} run, written by npm run bench -- ${name} --write -->`,
    end: `<!-- end of the last ${title} run -->`,
  };
}

function helpOf({ name, about, rows }: PromiseBench): string {
  return `npm run bench -- ${name} [OPTION…]

${about}

Options:
  --rows A,B     only these rows
  --write        put the table into docs/benchmarks.md
  --help         print this

Rows:
${rows.map((row) => `  ${row.name.padEnd(15)} ${row.promise}`).join('\n')}
`;
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

function wantedRows({ rows }: PromiseBench, names: string | undefined): readonly PromiseRow[] {
  const wanted = names?.split(',');
  const stranger = wanted?.find((name) => !rows.some((row) => row.name === name));
  if (stranger !== undefined) throw new HostError('usage', { reason: `there is no row "${stranger}"` });
  return rows.filter(({ name }) => wanted?.includes(name) ?? true);
}

function factsOf({ facts }: PromiseBench): string[] {
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} CPUs; Node ${process.version}`,
    ...facts.map((fact) => `- ${fact}`),
  ];
}
