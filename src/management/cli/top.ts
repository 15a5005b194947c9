/** "vmk top": what uses the host, live in the terminal, as CSV or as JSON. */
import { setTimeout } from 'node:timers/promises';
import { EXIT_STATUS, usageError } from '#lib';
import { CsvWriter, jsonOf } from '../top/batch.ts';
import { LiveTop } from '../top/live.ts';
import { rowsBetween } from '../top/rows.ts';
import type { TopSample } from '../top/sample.ts';
import type { ClientContext } from './group.ts';
import { describeOptions, type Option, parseOptions } from './options.ts';

const LEAST_SECONDS = 0.2;
const MOST_SECONDS = 3600;
const DEFAULT_SECONDS = 5;
const MOST_LOOKS = 1_000_000;

export const TOP_OPTIONS = {
  batch: {
    help: 'write CSV to standard output, as "esxtop -b" does; also -b',
    initial: false,
    take: () => true,
  },
  json: { help: 'write JSON to standard output, an object a line', initial: false, take: () => true },
  count: {
    value: 'N',
    help: 'looks in batch mode or JSON (without end; JSON: 1); also -n',
    initial: undefined,
    take(given) {
      const count = Number(given);
      if (!/^\d+$/.test(given) || count < 1 || count > MOST_LOOKS) {
        throw new RangeError(`it is not in 1 … ${MOST_LOOKS}`);
      }
      return count;
    },
  },
  delay: {
    value: 'S',
    help: `seconds between two looks (${DEFAULT_SECONDS}); also -d`,
    initial: DEFAULT_SECONDS,
    take(given) {
      const seconds = Number(given);
      if (!/^\d*\.?\d+$/.test(given) || seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
        throw new RangeError(`it is not in ${LEAST_SECONDS} … ${MOST_SECONDS}`);
      }
      return seconds;
    },
  },
  home: { value: 'DIR', help: 'the home folder of the host', initial: undefined, take: (given) => given },
  help: { help: 'print this; also -h', initial: false, take: () => true },
} satisfies {
  batch: Option<boolean>;
  json: Option<boolean>;
  count: Option<number | undefined>;
  delay: Option<number>;
  home: Option<string | undefined>;
  help: Option<boolean>;
};

/** esxtop's short options. */
const SHORT: Readonly<Record<string, string>> = {
  '-b': '--batch',
  '-n': '--count',
  '-d': '--delay',
  '-h': '--help',
};

/** Runs "vmk top …"; resolves to the exit status. @throws HostError */
export async function top(given: readonly string[], context: ClientContext): Promise<number> {
  const values = parseOptions(
    TOP_OPTIONS,
    given.map((argument) => SHORT[argument] ?? argument),
  );
  const { process } = context;
  if (values.help) {
    process.stdout.write(topHelp());
    return EXIT_STATUS.ok;
  }
  if (values.batch && values.json) throw usageError('--batch is CSV, --json is JSON: give one of them');
  const client = context.connect(values.home);
  const sample = () => client.call<TopSample>('top.sample');
  if (values.batch || values.json) {
    const write = values.json ? jsonLines() : csvLines();
    const count = values.count ?? (values.json ? 1 : Infinity);
    const over = new AbortController();
    // Nobody reads any more, as when "head" has enough.
    process.stdout.on('error', () => over.abort());
    const look = { delayMs: values.delay * 1000, count, signal: over.signal };
    return lookOn(sample, look, (rows) => process.stdout.write(write(rows)));
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw usageError('top needs a terminal; --batch and --json do not');
  }
  return new LiveTop(process, sample, values.delay * 1000).run();
}

type Rows = ReturnType<typeof rowsBetween>;

function jsonLines(): (rows: Rows) => string {
  return (rows) => `${JSON.stringify(jsonOf(rows))}\n`;
}

function csvLines(): (rows: Rows) => string {
  const writer = new CsvWriter();
  return (rows) => writer.lines(rows);
}

/** One look more than asked for: the first is what the second is compared with. */
async function lookOn(
  sample: () => Promise<TopSample>,
  { delayMs, count, signal }: { delayMs: number; count: number; signal: AbortSignal },
  write: (rows: Rows) => unknown,
): Promise<number> {
  let before = await sample();
  for (let look = 0; look < count && !signal.aborted; look++) {
    await setTimeout(delayMs);
    const after = await sample();
    write(rowsBetween(before, after));
    before = after;
  }
  return EXIT_STATUS.ok;
}

function topHelp(): string {
  return `vmk top shows what uses the host: CPU, memory and disks of each VM, as esxtop does.

Usage: vmk top [OPTION…]

Options:
${describeOptions(TOP_OPTIONS)}
Keys: c CPU, m memory, d disks; U R N and others sort; e shows worlds; s sets the interval; h shows all keys; q leaves.

The CPU screen, in percent of the time that passed since the last look; a VM's is the sum of its worlds:
  %USED   computed, and what the host did for it     %RDY    wanted to run and waited for a pCPU
  %RUN    ran on a pCPU                              %MLMTD  part of %RDY: a limit was used up
  %WAIT   waited, mostly for work                    %CSTP   stood still so that a sibling catches up
  %IDLE   part of %WAIT: had nothing to do           %VMWAIT part of %WAIT: waited for the host
%RUN + %RDY + %CSTP + %WAIT is 100 for each world. A VM with much %RDY wants more than it gets: look at its shares; with
much %MLMTD, at its limit.

Examples:
  vmk top                            live
  vmk top -b -n 60 -d 5 > top.csv    five minutes, for a spreadsheet
  vmk top --json --delay 1           one look at one second
`;
}
