/** npm run bench -- https: GET and PUT of a file over TLS, VMkernel and nginx in turn. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { EXIT_STATUS, formatSize, HostError, parseSize, SeededRandom } from '#lib';
import { DOCUMENT, writeBetween } from '../document.ts';
import { median, spread } from '../statistics.ts';
import type { Report } from './server.ts';
import { makePair, type Running, startNginx, startVmkernel } from './servers.ts';
import { type Direction, transfer } from './transfer.ts';

export const HTTPS_HELP = `npm run bench -- https [OPTION…]

Measures GET and PUT of one file over TLS 1.3 (AES-128-GCM) with curl, VMkernel and Debian's nginx in turn, on loopback.
It needs nginx (nginx-light), curl and openssl.

Options:
  --rounds N     how often each transfer is done (5)
  --size SIZE    of the file (1G)
  --folder DIR   where the files lie that both serve (the system's temporary folder)
  --write        put the table into docs/benchmarks.md
  --help         print this
`;

const MARKS = {
  begin: '<!-- begin of the last HTTPS run, written by npm run bench -- https --write -->',
  end: '<!-- end of the last HTTPS run -->',
};
const DIRECTIONS: readonly Direction[] = ['GET', 'PUT'];
const CHUNK_BYTES = 2 ** 20;
const SERVERS = ['VMkernel', 'nginx'] as const;
type ServerName = (typeof SERVERS)[number];

interface Reading {
  readonly server: ServerName;
  readonly direction: Direction;
  readonly gibPerSecond: number;
  /** Of VMkernel only. */
  readonly report: Report | undefined;
}

/** Returns the exit status. Throws HostError. */
export async function benchHttps(
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options.help) {
    process.stdout.write(HTTPS_HELP);
    return EXIT_STATUS.ok;
  }
  const readings = await measure(options, say, signal);
  const table = tableOf(readings);
  process.stdout.write(`${table.join('\n')}\n`);
  if (options.write) {
    writeBetween(MARKS, [...factsOf(options), '', ...table]);
    say(`the table is in ${DOCUMENT}`);
  }
  return EXIT_STATUS.ok;
}

interface Options {
  readonly rounds: number;
  readonly bytes: number;
  readonly folder: string;
  readonly write: boolean;
  readonly help: boolean;
}

function parse(given: readonly string[]): Options {
  const usage = (reason: string) => new HostError('usage', { reason });
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        rounds: { type: 'string', default: '5' },
        size: { type: 'string', default: '1G' },
        folder: { type: 'string', default: tmpdir() },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const bytes = parseSize(values.size);
    if (!/^[1-9]\d?$/.test(values.rounds)) throw usage(`--rounds "${values.rounds}" is not in 1 … 99`);
    if (bytes === undefined) throw usage(`--size "${values.size}" is not a size`);
    return { ...values, rounds: Number(values.rounds), bytes };
  } catch (cause) {
    throw cause instanceof HostError ? cause : usage((cause as Error).message);
  }
}

async function measure(
  { rounds, bytes, folder: above }: Options,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Reading[]> {
  const folder = mkdtempSync(join(above, 'vmk-bench-https-'));
  const running: Running[] = [];
  try {
    const files = join(folder, 'files');
    mkdirSync(files);
    const pair = makePair(folder);
    const place = { folder, files, ...pair };
    const source = join(files, 'source');
    await writeNoise(source, bytes);
    running.push(await startVmkernel(place), await startNginx(place));
    const readings: Reading[] = [];
    for (let round = 0; round <= rounds; round++) {
      for (const direction of DIRECTIONS) {
        // Every second round the other way round, so that what gets slower or faster in between favours nobody.
        for (const name of round % 2 === 0 ? SERVERS : SERVERS.toReversed()) {
          const server = running[SERVERS.indexOf(name)] as Running;
          // Nobody pays for what the one before has left to be written.
          execFileSync('sync');
          await server.ask('reset');
          const file = direction === 'GET' ? 'source' : 'put';
          const what = { direction, name: file, source, bytes, certificate: pair.certificate };
          const gibPerSecond = await transfer(server, what, signal);
          const report = await server.ask('report');
          say(`${label(round, rounds)}  ${direction} ${name.padEnd(8)} ${gibPerSecond.toFixed(2)} GiB/s`);
          if (round > 0) readings.push({ server: name, direction, gibPerSecond, report });
        }
      }
    }
    return readings;
  } finally {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function label(round: number, rounds: number): string {
  return round === 0 ? 'warm-up   ' : `round ${round}/${rounds} `;
}

/** Chunks of noise, each a little different. */
async function writeNoise(path: string, bytes: number): Promise<void> {
  const random = new SeededRandom(1);
  const noise = new Uint8Array(CHUNK_BYTES);
  random.fill(noise);
  await pipeline(function* () {
    for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
      random.fill(noise.subarray(0, 64));
      yield Buffer.from(noise.subarray(0, Math.min(left, CHUNK_BYTES)));
    }
  }, createWriteStream(path));
}

function tableOf(readings: readonly Reading[]): string[] {
  const lines = [
    '| row | VMkernel, GiB/s | ± | nginx, GiB/s | ± | ratio | event loop, 99 %, ms | longest, ms |',
    '| --- | --------------: | -: | -----------: | -: | ----: | -------------------: | ----------: |',
  ];
  for (const direction of DIRECTIONS) {
    const of = (server: ServerName) =>
      readings.filter((reading) => reading.server === server && reading.direction === direction);
    const speeds = (server: ServerName) => of(server).map(({ gibPerSecond }) => gibPerSecond);
    const [ours, theirs] = [speeds('VMkernel'), speeds('nginx')];
    const reports = of('VMkernel').flatMap(({ report }) => report ?? []);
    const cells = [
      direction,
      ...[ours, theirs].flatMap((values) => [median(values).toFixed(2), percent(spread(values))]),
      (median(ours) / median(theirs)).toFixed(2),
      median(reports.map(({ loopDelayMsP99 }) => loopDelayMsP99)).toFixed(1),
      Math.max(...reports.map(({ loopDelayMsMax }) => loopDelayMsMax)).toFixed(0),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

function factsOf({ rounds, bytes, folder }: Options): string[] {
  const version = (command: string, given: string) =>
    execFileSync('sh', ['-c', `${command} ${given} 2>&1 | head -n 1`], { encoding: 'utf8' }).trim();
  const type = execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim();
  return [
    `- date: ${new Date().toISOString().slice(0, 10)}`,
    `- ${rounds} rounds of ${formatSize(bytes)} on ${type}, TLS 1.3 with AES-128-GCM, client and server on loopback`,
    `- machine: ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} CPUs; Node ${process.version}`,
    `- ${version('nginx', '-v')}, ${version('curl', '--version').split(' (')[0]}`,
  ];
}
