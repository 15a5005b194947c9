/** npm run bench -- vim: the VIM API of a host against govmomi's simulator, in turn, in one run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT_STATUS, HostError } from '#lib';
import { DOCUMENT, writeBetween } from '../document.ts';
import { median, spread } from '../statistics.ts';
import { create, rows, type Sizes } from './rows.ts';
import { type Server, startSimulator, startVmkernel } from './servers.ts';
import { SoapClient } from './soap-client.ts';

export const VIM_HELP = `npm run bench -- vim [OPTION…]

Measures the VIM API of a host and of govmomi's simulator in turn, over TLS on loopback, with the same client. Ours
makes files, and boots what is switched on; the simulator changes a value in its memory.
It needs golang-go and golang-github-vmware-govmomi-dev.

Options:
  --rounds N     how often each row is measured (3)
  --vms N        how many VMs there are (1000)
  --write        put the table into docs/benchmarks.md
  --help         print this
`;

const MARKS = {
  begin: '<!-- begin of the last VIM run, written by npm run bench -- vim --write -->',
  end: '<!-- end of the last VIM run -->',
};

interface Options {
  readonly rounds: number;
  readonly sizes: Sizes;
  readonly write: boolean;
  readonly help: boolean;
}

interface Result {
  readonly what: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** Returns the exit status. Throws HostError. */
export async function benchVim(
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options.help) {
    process.stdout.write(VIM_HELP);
    return EXIT_STATUS.ok;
  }
  const table = tableOf(await measure(options, say, signal));
  process.stdout.write(`${table.join('\n')}\n`);
  if (options.write) {
    writeBetween(MARKS, [...factsOf(options), '', ...table]);
    say(`the table is in ${DOCUMENT}`);
  }
  return EXIT_STATUS.ok;
}

function parse(given: readonly string[]): Options {
  const usage = (reason: string) => new HostError('usage', { reason });
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        rounds: { type: 'string', default: '3' },
        vms: { type: 'string', default: '1000' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    for (const [name, value] of [
      ['rounds', values.rounds],
      ['vms', values.vms],
    ] as const)
      if (!/^[1-9]\d{0,3}$/.test(value)) throw usage(`--${name} "${value}" is not in 1 … 9999`);
    const sizes = { vms: Number(values.vms), cycles: 200, changes: 10, sessions: 100 };
    return { ...values, rounds: Number(values.rounds), sizes };
  } catch (cause) {
    throw cause instanceof HostError ? cause : usage((cause as Error).message);
  }
}

async function measure(
  { rounds, sizes }: Options,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-bench-vim-'));
  const servers: Server[] = [];
  try {
    for (const start of [startVmkernel, startSimulator]) servers.push(await start(folder));
    const clients = servers.map(({ target }) => new SoapClient(target));
    for (const [place, client] of clients.entries()) {
      await client.login();
      say(`${servers[place]?.name}: ${sizes.vms} VMs are made`);
      for (let vm = 0; vm < sizes.vms; vm++) await create(client, `vm-${vm}`);
    }
    const results: Result[] = [];
    for (const row of rows(sizes)) {
      const { what, unit } = row;
      const times: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        for (const [place, client] of clients.entries()) {
          signal.throwIfAborted();
          times[place]?.push(await row.measure(client, (servers[place] as Server).target, sizes));
        }
      }
      const [ours, theirs] = times;
      results.push({ what, unit, ours, theirs });
      say(lineOf({ what, unit, ours, theirs }));
    }
    for (const client of clients) client.close();
    return results;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (values: readonly number[], unit: string) =>
  `${median(values).toFixed(1)} ${unit} ±${(spread(values) * 100).toFixed(0)} %`;

function lineOf({ what, unit, ours, theirs }: Result): string {
  const ratio = (median(theirs) / median(ours)).toFixed(2);
  return `| ${what} | ${shown(ours, unit)} | ${shown(theirs, unit)} | ${ratio} |`;
}

function tableOf(results: readonly Result[]): string[] {
  return [
    '| what | VMkernel | simulator | ratio (above 1 we are faster) |',
    '| --- | --- | --- | --- |',
    ...results.map(lineOf),
  ];
}

function factsOf({ rounds }: Options): string[] {
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} CPUs; Node ${process.version}; govmomi 0.24.2`,
    `- ${rounds} rounds, the servers in turn, each alone at work; the simulator looks for changes every 250 ms`,
  ];
}
