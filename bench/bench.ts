/** The course of a benchmark: build, then round after round each row on each machine in turn, and on this machine itself. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, defaultGuest, type Guest } from '#guest';
import { GuestRun, GuestTrouble, type Limits, type Outcome } from './guest-run.ts';
import { writeBenchArchive } from './image.ts';
import { type BootFiles, type Command, type GuestMachine, guestMachines, install } from './machines.ts';
import { runNative } from './native-run.ts';
import type { BenchOptions } from './options.ts';
import { type MachineName, type Report, Results } from './results.ts';
import { BOOT, BOOT_FIRST, type Row } from './rows.ts';
import { formatNumber } from './table.ts';
import { buildProgram, CROSS_COMPILER, NATIVE_COMPILER, QEMU, toolVersions } from './toolchain.ts';

const LIMITS: Limits = { bootMsMax: 120_000, rowMsMax: 90_000 };
/** A start is short and what it takes varies, so a round has several. */
const STARTS_PER_ROUND = 3;

export interface BenchRun {
  readonly report: Report;
  /** What was measured with, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Measures what the options ask for. `say` is told how it goes; `signal` ends it. Throws HostError. */
export async function runBench(
  options: BenchOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BenchRun> {
  const tools = await toolVersions({ cross: CROSS_COMPILER, native: NATIVE_COMPILER, qemu: QEMU });
  const guest = await defaultGuest(cacheFolder(), (activity) => say(activity));
  const programs = await buildPrograms(options.rows, tools, say);
  const results = new Results();
  const folder = await mkdtemp(join(tmpdir(), 'vmk-bench-'));
  try {
    const boot = { kernel: guest.kernelPath, initramfs: join(folder, 'bench.cpio') };
    await writeFile(boot.initramfs, writeBenchArchive(await readFile(programs.cross)));
    await install(installedIn(folder));
    for (let round = 1; round <= options.rounds; round++) {
      const told = label(say, `round ${round}/${options.rounds}`);
      await measureRound({ options, boot, programs, results, say: told, signal, folder }, round);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    report: results.report(options.rows),
    versions: {
      QEMU: tools.qemu,
      'guest kernel': kernelPackage(guest),
      compiler: tools.cross,
      'native compiler': tools.native,
    },
  };
}

function kernelPackage({ packages }: Guest): string {
  const found = Object.entries(packages).find(([name]) => name.startsWith('linux-image-'));
  return found?.join(' ') ?? 'unknown';
}

/** Every second time the other way round, so that what gets slower or faster in between favours nobody. */
function inTurn<T>(machines: readonly T[], time: number): readonly T[] {
  return time % 2 === 1 ? machines : machines.toReversed();
}

interface Bench {
  readonly options: BenchOptions;
  readonly boot: BootFiles;
  readonly programs: Readonly<Record<'cross' | 'native', string>>;
  readonly results: Results;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** For what it makes. */
  readonly folder: string;
}

async function buildPrograms(
  rows: readonly Row[],
  versions: Readonly<Record<'cross' | 'native', string>>,
  say: (line: string) => void,
): Promise<Record<'cross' | 'native', string>> {
  say('compiling the programs');
  const sources = rows.flatMap(({ source }) => source ?? []);
  const cache = join(cacheFolder(), 'bench');
  const [cross, native] = await Promise.all([
    buildProgram(CROSS_COMPILER, versions.cross, sources, cache),
    buildProgram(NATIVE_COMPILER, versions.native, sources, cache),
  ]);
  return { cross, native };
}

/** What installing leaves, of which each first start gets a copy. */
const installedIn = (folder: string): string => join(folder, 'installed');

async function measureRound(bench: Bench, round: number): Promise<void> {
  const { options, folder } = bench;
  const isStart = (row: Row): boolean => row === BOOT || row === BOOT_FIRST;
  const starts = options.rows.filter(isStart);
  const installed = installedIn(folder);
  const kept = join(folder, 'kept');
  for (let start = 1; start <= STARTS_PER_ROUND && starts.length > 0; start++) {
    await renew(installed, kept);
    await runStarts(bench, kept, starts, round + start);
  }
  await renew(installed, kept);
  await runRows(
    bench,
    kept,
    options.rows.filter((row) => !isStart(row)),
    round,
  );
}

/** Makes a folder as another is. */
async function renew(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true, preserveTimestamps: true });
}

/** The very first start of each machine, then another, which finds what that has kept. */
async function runStarts(bench: Bench, kept: string, rows: readonly Row[], time: number): Promise<void> {
  for (const row of rows.includes(BOOT) ? [BOOT_FIRST, BOOT] : [BOOT_FIRST]) {
    for (const [machine, start] of inTurn(machinesOf(bench, kept), time)) {
      const outcome = await startOnce(bench, start(bench.boot));
      if (rows.includes(row)) record(bench, row.name, machine, outcome);
    }
  }
}

async function startOnce({ signal }: Bench, command: Command): Promise<Outcome> {
  const outcome = await orFailure(async () => {
    const run = await GuestRun.start(command, LIMITS, signal);
    await run.close();
    return { value: run.bootSeconds, unit: 's', result: '' };
  });
  signal.throwIfAborted();
  return outcome;
}

async function orFailure<T>(work: () => Promise<T>): Promise<T | { readonly failure: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GuestTrouble) return { failure: error.message };
    throw error;
  }
}

/** Both machines are up, and one of them runs a row while the other waits: what slows this machine down for a while slows both. */
async function runRows(bench: Bench, kept: string, rows: readonly Row[], round: number): Promise<void> {
  const { programs, results, signal } = bench;
  const seats = machinesOf(bench, kept).map(([machine, start]) => ({
    machine,
    seat: new Seat(() => GuestRun.start(start(bench.boot), LIMITS, signal)),
  }));
  try {
    for (const [at, { name, native }] of rows.entries()) {
      for (const { machine, seat } of inTurn(seats, round + at)) {
        if (!results.hasFailed(name, machine)) record(bench, name, machine, await seat.run(name));
        signal.throwIfAborted();
      }
      if (!native || results.hasFailed(name, 'native')) continue;
      record(bench, name, 'native', await runNative(programs.native, name, LIMITS.rowMsMax, signal));
      signal.throwIfAborted();
    }
  } finally {
    for (const { seat } of seats) await seat.close();
  }
}

/** A machine that is started when a row needs it, and again after a row that brought it down. */
class Seat {
  readonly #start: () => Promise<GuestRun>;
  #run: GuestRun | undefined;
  /** Why it cannot be started; nor can it for the next row. */
  #failure: string | undefined;

  constructor(start: () => Promise<GuestRun>) {
    this.#start = start;
  }

  async run(row: string): Promise<Outcome> {
    if (this.#run === undefined || this.#run.hasEnded) {
      this.#run = undefined;
      const started = this.#failure === undefined ? await orFailure(this.#start) : { failure: this.#failure };
      if ('failure' in started) {
        this.#failure = started.failure;
        return started;
      }
      this.#run = started;
    }
    return await this.#run.run(row);
  }

  async close(): Promise<void> {
    await this.#run?.close();
  }
}

const machinesOf = ({ options }: Bench, kept: string) =>
  Object.entries(guestMachines(options.engine, kept)) as [GuestMachine, (boot: BootFiles) => Command][];

/** Puts an outcome into the results and tells it. */
function record({ results, say }: Bench, row: string, machine: MachineName, outcome: Outcome): void {
  results.add(row, machine, outcome);
  const told =
    'failure' in outcome ? `FAILED: ${outcome.failure}` : `${formatNumber(outcome.value)} ${outcome.unit}`;
  say(`${machine.padEnd(8)} ${row.padEnd(15)} ${told}`);
}

function label(say: (line: string) => void, prefix: string): (line: string) => void {
  return (line) => say(`${prefix}  ${line}`);
}
