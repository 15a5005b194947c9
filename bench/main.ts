/** npm run bench: the benchmark from its arguments to its exit status. */
import { constants } from 'node:os';
import { EXIT_STATUS, HostError } from '#lib';
import { benchAgain } from './again.ts';
import { runBench } from './bench.ts';
import { benchDisk } from './disk/bench.ts';
import { DOCUMENT, describeRun, writeDocument } from './document.ts';
import { benchHttps } from './https/bench.ts';
import { KERNEL_BENCH } from './kernel/bench.ts';
import { benchNet } from './net/bench.ts';
import { type BenchOptions, HELP, parseOptions } from './options.ts';
import { benchPromises } from './promises.ts';
import { SCHED_BENCH } from './sched/bench.ts';
import { formatText } from './table.ts';
import { benchVim } from './vim/bench.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stop.abort(signal));
  try {
    if (given[0] === 'again') return await benchAgain(given.slice(1), say);
    const promises = [SCHED_BENCH, KERNEL_BENCH].find(({ name }) => name === given[0]);
    if (promises) return await benchPromises(promises, given.slice(1), say, stop.signal);
    if (given[0] === 'disk') return await benchDisk(given.slice(1), say, stop.signal);
    if (given[0] === 'https') return await benchHttps(given.slice(1), say, stop.signal);
    if (given[0] === 'net') return await benchNet(given.slice(1), say, stop.signal);
    if (given[0] === 'vim') return await benchVim(given.slice(1), say, stop.signal);
    const options = parseOptions(given);
    if (options.help) {
      process.stdout.write(HELP);
      return EXIT_STATUS.ok;
    }
    if (given.length === 0) say(HELP);
    return await measure(options, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return 128 + constants.signals[stop.signal.reason as NodeJS.Signals];
    if (!(error instanceof HostError)) throw error;
    say([error.message, error.hint].filter((part) => part !== '').join('. '));
    return error.exitStatus;
  }
}

/** Fails when a row does: a wrong result or a crash is no speed. */
async function measure(options: BenchOptions, signal: AbortSignal): Promise<number> {
  const run = await runBench(options, say, signal);
  const { report } = run;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ run: describeRun(run, options), ...report }, undefined, 2)}\n`);
  } else {
    process.stdout.write(formatText(report));
  }
  if (options.write) {
    writeDocument(run, options);
    say(`the table is in ${DOCUMENT}`);
  }
  return report.failures.length === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failure;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
