/** The command line of the benchmark. */
import { parseArgs } from 'node:util';
import { HostError } from '#lib';
import { ROWS, type Row, SUITES, type SuiteName } from './rows.ts';

export const ENGINES = ['jit', 'interpreter', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface BenchOptions {
  readonly suite: SuiteName;
  readonly rows: readonly Row[];
  /** At least 1. */
  readonly rounds: number;
  /** As vmk chooses it when undefined. */
  readonly engine: EngineName | undefined;
  readonly json: boolean;
  /** Whether the table goes into docs/benchmarks.md. */
  readonly write: boolean;
  readonly help: boolean;
}

const DEFAULT_SUITE: SuiteName = 'engine';

const OPTIONS = {
  rounds: { type: 'string' },
  rows: { type: 'string' },
  engine: { type: 'string' },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP = `npm run bench -- [SUITE] [OPTION…]

Measures VMkernel and Debian's qemu-system-riscv64 with the same kernel and programs, in turn.

Suites:
${Object.entries(SUITES)
  .map(([name, { what, rounds }]) => `  ${name.padEnd(12)} ${what}; ${rounds} rounds`)
  .join('\n')}
  again        the same guest booted twice in one host; "npm run bench -- again --help"
  kernel       worlds, forks, snapshots, idle VMs; "npm run bench -- kernel --help"
  sched        what CPU scheduling promises; "npm run bench -- sched --help"
  https        files over TLS against nginx; "npm run bench -- https --help"
  net          networks of two guests; "npm run bench -- net --help"

Options:
  --rounds N   how often all is measured
  --rows A,B   only these rows of the suite
  --engine E   ${ENGINES.join('|')} (as "vmk run" chooses)
  --json       the result as JSON in place of the table
  --write      put the table into docs/benchmarks.md
  --help       print this

Rows:
${ROWS.map(({ name, what }) => `  ${name.padEnd(15)} ${what}`).join('\n')}
`;

/** Throws HostError `usage`. */
export function parseOptions(given: readonly string[]): BenchOptions {
  const { values, positionals } = split(given);
  const suite = oneOf('suite', Object.keys(SUITES) as SuiteName[], positionals[0] ?? DEFAULT_SUITE);
  if (positionals.length > 1) throw usage(`unexpected argument "${positionals[1]}"`);
  return {
    suite,
    rows: rowsOf(suite, values.rows),
    rounds: values.rounds === undefined ? SUITES[suite].rounds : count(values.rounds),
    engine: values.engine === undefined ? undefined : oneOf('engine', ENGINES, values.engine),
    json: values.json,
    write: values.write,
    help: values.help,
  };
}

function split(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function rowsOf(suite: SuiteName, given: string | undefined): readonly Row[] {
  const inSuite: readonly string[] = SUITES[suite].rows;
  const names = given?.split(',').map((name) => oneOf(`row of suite ${suite}`, inSuite, name)) ?? inSuite;
  return ROWS.filter(({ name }) => names.includes(name));
}

function oneOf<T extends string>(what: string, words: readonly T[], given: string): T {
  const found = words.find((word) => word === given);
  if (found === undefined) throw usage(`there is no ${what} "${given}"; there is ${words.join(', ')}`);
  return found;
}

function count(given: string): number {
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  throw usage(`--rounds "${given}" is not in 1 … 999`);
}

function usage(reason: string, cause?: unknown): HostError {
  return new HostError('usage', { reason }, { cause });
}
