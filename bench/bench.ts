/** The course of a benchmark: build, then round after round each machine in turn, then this machine itself. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, defaultGuest, type Guest } from '#guest';
import { type GuestRun, type Limits, type Outcome, runGuest } from './guest-run.ts';
import { writeBenchArchive } from './image.ts';
import { type BootFiles, type Command, type GuestMachine, guestMachines, install } from './machines.ts';
import { runNative } from './native-run.ts';
import type { BenchOptions } from './options.ts';
import { type Report, Results } from './results.ts';
import { BOOT, BOOT_FIRST, type Row } from './rows.ts';
import { formatNumber } from './table.ts';
import { buildProgram, CROSS_COMPILER, NATIVE_COMPILER, QEMU, toolVersions } from './toolchain.ts';

const LIMITS: Limits = { bootMsMax: 120_000, rowMsMax: 90_000 };

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
  for (let round = 1; round <= options.rounds; round++) {
    const bench = {
      options,
      guest,
      programs,
      results,
      say: label(say, `round ${round}/${options.rounds}`),
      signal,
    };
    const kept = await mkdtemp(join(tmpdir(), 'vmk-bench-kept-'));
    try {
      if (startsOf(options).length > 0) await install(kept);
      for (const [machine, start] of inTurn(Object.entries(guestMachines(options.engine, kept)), round)) {
        await runOnGuest(bench, machine as GuestMachine, start);
      }
    } finally {
      await rm(kept, { recursive: true, force: true });
    }
    await runOnThisMachine(bench);
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

/** Rows that are starts. */
const startsOf = ({ rows }: BenchOptions): Row[] => rows.filter((row) => row === BOOT || row === BOOT_FIRST);

/** Every second round the other way round, so that what gets slower or faster in between favours nobody. */
function inTurn<T>(machines: readonly T[], round: number): readonly T[] {
  return round % 2 === 1 ? machines : machines.toReversed();
}

interface Bench {
  readonly options: BenchOptions;
  readonly guest: Guest;
  readonly programs: Readonly<Record<'cross' | 'native', string>>;
  readonly results: Results;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
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

/** One round of a machine. It is started again for the rows after one that brought it down. */
async function runOnGuest(
  bench: Bench,
  machine: GuestMachine,
  start: (boot: BootFiles) => Command,
): Promise<void> {
  const { options, results } = bench;
  const record = recorder(bench, machine);
  let rows = options.rows
    .filter(({ name, source }) => source !== undefined && !results.hasFailed(name, machine))
    .map(({ name }) => name);
  if (startsOf(options).length > 0) {
    const alone = await startOnce(bench, start, [], record);
    if (options.rows.includes(BOOT_FIRST)) record(BOOT_FIRST.name, bootOutcome(alone));
  }
  const first = await startOnce(bench, start, rows, record);
  if (options.rows.includes(BOOT)) record(BOOT.name, bootOutcome(first));
  for (let run = first; ; run = await startOnce(bench, start, rows, record)) {
    const left = rows.filter((row) => !run.outcomes.has(row));
    if (left.length === 0) return;
    // Without a row to blame the next start would end in the same way.
    if (left.length === rows.length) {
      for (const row of left) record(row, { failure: run.trouble ?? 'it did not run' });
      return;
    }
    rows = left;
  }
}

async function startOnce(
  { guest, programs, signal }: Bench,
  start: (boot: BootFiles) => Command,
  rows: readonly string[],
  record: (row: string, outcome: Outcome) => void,
): Promise<GuestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'vmk-bench-'));
  try {
    const initramfs = join(folder, 'bench.cpio');
    await writeFile(initramfs, writeBenchArchive(await readFile(programs.cross), rows));
    const command = start({ kernel: guest.kernelPath, initramfs });
    const run = await runGuest(command, rows.length, LIMITS, record, signal);
    signal.throwIfAborted();
    return run;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOnThisMachine(bench: Bench): Promise<void> {
  const record = recorder(bench, 'native');
  for (const { name, native } of bench.options.rows) {
    if (!native || bench.results.hasFailed(name, 'native')) continue;
    record(name, await runNative(bench.programs.native, name, LIMITS.rowMsMax, bench.signal));
    bench.signal.throwIfAborted();
  }
}

function bootOutcome({ bootSeconds, trouble }: GuestRun): Outcome {
  if (bootSeconds === undefined) return { failure: trouble ?? 'the first line never came' };
  return { value: bootSeconds, unit: 's', result: '' };
}

/** Puts outcomes into the results and tells them. */
function recorder({ results, say }: Bench, machine: GuestMachine | 'native') {
  return (row: string, outcome: Outcome) => {
    results.add(row, machine, outcome);
    const told =
      'failure' in outcome ? `FAILED: ${outcome.failure}` : `${formatNumber(outcome.value)} ${outcome.unit}`;
    say(`${machine.padEnd(8)} ${row.padEnd(15)} ${told}`);
  };
}

function label(say: (line: string) => void, prefix: string): (line: string) => void {
  return (line) => say(`${prefix}  ${line}`);
}
