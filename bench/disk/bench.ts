/** npm run bench -- disk: a guest's disk, VMkernel and QEMU in turn, with the same raw file, kernel and program. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { cacheFolder, defaultGuest, writeCpio, writeExecArchive } from '#guest';
import { EXIT_STATUS, formatSize, HostError, parseSize, SeededRandom } from '#lib';
import { writeBetween } from '../document.ts';
import { median } from '../statistics.ts';
import { CROSS_COMPILER, QEMU, toolVersions } from '../toolchain.ts';

export const DISK_HELP = `npm run bench -- disk [OPTION…]

Measures a guest's virtio disk past its page cache on VMkernel and on QEMU (cache=writeback), in turn, with the same raw
file in the host's page cache, and the CPU time that each used for it.

Options:
  --rounds N      how often each machine is started (3)
  --seconds N     how long each kind of request is sent (2)
  --warm N        and how long before that, unmeasured (2)
  --size SIZE     of the file (512M)
  --folder DIR    where the file is (the system's temporary folder)
  --rows NAMES    only those, joined by commas
  --only MACHINE  vmkernel or qemu
  --write         put the table into docs/benchmarks.md
  --help          print this
`;

const MARKS = {
  begin: '<!-- begin of the last disk run, written by npm run bench -- disk --write -->',
  end: '<!-- end of the last disk run -->',
};
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.js');
const MEMORY = '512M';
const SETTLE_SECONDS = 5;
const NONCE = 'bench';
/** Source: sysconf(_SC_CLK_TCK), which is 100 on every Linux. */
const TICKS_PER_SECOND = 100;
const MACHINES = ['vmkernel', 'qemu'] as const;
type MachineName = (typeof MACHINES)[number];

interface Reading {
  readonly machine: MachineName;
  readonly row: string;
  /** Requests per second. */
  readonly rate: number;
  readonly bytes: number;
  /** CPU time of the whole machine for one request. */
  readonly cpuUs: number;
}

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly sizeBytes: number;
  readonly folder: string;
  readonly rows: string;
  readonly machines: readonly MachineName[];
  readonly write: boolean;
}

/** Returns the exit status. Throws HostError. */
export async function benchDisk(
  given: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const options = parse(given);
  if (options === undefined) {
    process.stdout.write(DISK_HELP);
    return EXIT_STATUS.ok;
  }
  const readings = await measure(options, say, signal);
  const table = tableOf(readings);
  process.stdout.write(`${table.join('\n')}\n`);
  if (options.write) writeBetween(MARKS, [factsOf(options), '', ...table]);
  return EXIT_STATUS.ok;
}

function parse(given: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...given],
    options: {
      ...{
        rounds: { ...text, default: '3' },
        seconds: { ...text, default: '2' },
        warm: { ...text, default: '2' },
        size: { ...text, default: '512M' },
      },
      ...{ folder: { ...text, default: tmpdir() }, rows: { ...text, default: '' }, only: text },
      ...{ write: flag, help: flag },
    },
  });
  if (values.help) return undefined;
  const sizeBytes = parseSize(values.size);
  const machines = MACHINES.filter((name) => values.only === undefined || values.only === name);
  if (sizeBytes === undefined || machines.length === 0)
    throw new HostError('usage', { reason: 'see --help' });
  const { folder, rows, write } = values;
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmSeconds: Number(values.warm),
    sizeBytes,
    folder,
    rows,
    machines,
    write,
  };
}

async function measure(
  options: Options,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Reading[]> {
  await toolVersions({ compiler: CROSS_COMPILER, qemu: QEMU });
  const folder = mkdtempSync(join(options.folder, 'vmkernel-bench-disk-'));
  try {
    const disk = join(folder, 'disk.raw');
    writeImage(disk, options.sizeBytes);
    const boot = await bootFiles(folder, options, say);
    const readings: Reading[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      for (const machine of options.machines) {
        say(`round ${round}: ${machine}`);
        readings.push(...(await runMachine(machine, { ...boot, disk }, signal)));
      }
    }
    return readings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Written, so that it has no holes and is in the page cache. */
function writeImage(path: string, bytes: number): void {
  const chunk = new Uint8Array(2 ** 20);
  new SeededRandom(1).fill(chunk);
  writeFileSync(path, '');
  for (let at = 0; at < bytes; at += chunk.length) writeFileSync(path, chunk, { flag: 'a' });
}

interface Boot {
  readonly kernel: string;
  readonly initramfs: string;
}

/** The default guest, with the program and a script that runs it. */
async function bootFiles(folder: string, options: Options, say: (line: string) => void): Promise<Boot> {
  const guest = await defaultGuest(cacheFolder(), say);
  const program = join(folder, 'disk');
  const { command, flags } = CROSS_COMPILER;
  const source = join(import.meta.dirname, 'disk.c');
  await promisify(execFile)(command, [...flags, '-O2', '-Wall', '-static', '-s', source, '-o', program]);
  const { seconds, warmSeconds, rows } = options;
  const script = [
    'modprobe virtio_blk 2>/dev/null',
    // What every row goes through is compiled before the first one, which would have all of it on its account.
    `/disk /dev/vda 1 ${SETTLE_SECONDS} seq_read_1M >/dev/null`,
    `/disk /dev/vda ${seconds} ${warmSeconds} ${rows}`,
  ].join('\n');
  const archives = [
    readFileSync(guest.initramfsPath),
    writeCpio([{ kind: 'file', path: 'disk', permissions: 0o755, data: readFileSync(program) }]),
    writeExecArchive(script, NONCE),
  ];
  const initramfs = join(folder, 'initramfs');
  writeFileSync(initramfs, Buffer.concat(archives.map(padded)));
  return { kernel: guest.kernelPath, initramfs };
}

/** Archives follow each other at multiples of 4. */
function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, new Uint8Array(-bytes.length & 3)]);
}

function commandOf(
  machine: MachineName,
  { kernel, initramfs, disk }: Boot & { disk: string },
): [string, string[]] {
  // biome-ignore format: options with their values
  return machine === 'vmkernel'
    ? [process.execPath, [MAIN, 'run', '--memory', MEMORY, '--kernel', kernel, '--initrd', initramfs, '--disk', disk]]
    : [QEMU.command, [
        '-M', 'virt', '-m', MEMORY, '-nographic', '-bios', 'default', '-no-reboot',
        '-kernel', kernel, '-initrd', initramfs, '-append', 'console=ttyS0 quiet',
        '-drive', `file=${disk},format=raw,if=none,id=d,cache=writeback,discard=unmap`, '-device', 'virtio-blk-pci,drive=d',
      ]];
}

/** Starts a machine and takes its rows; `signal` ends it at once. */
async function runMachine(
  machine: MachineName,
  boot: Boot & { readonly disk: string },
  signal: AbortSignal,
): Promise<Reading[]> {
  const [file, words] = commandOf(machine, boot);
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'], signal, killSignal: 'SIGKILL' });
  const readings: Reading[] = [];
  let failure: string | undefined;
  let begunTicks = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, what, row = '', count, seconds, bytes] =
      /^@@ (\w+) (\S+)(?: (\d+) ([\d.]+) (\d+))?/.exec(line) ?? [];
    if (what === 'failed') failure = line;
    if (what === 'begin') begunTicks = cpuTicks(child.pid);
    if (what !== 'end') return;
    const cpuUs = ((cpuTicks(child.pid) - begunTicks) / TICKS_PER_SECOND / Number(count)) * 1e6;
    readings.push({ machine, row, rate: Number(count) / Number(seconds), bytes: Number(bytes), cpuUs });
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (failure !== undefined || readings.length === 0) {
    throw new HostError('command-failed', {
      command: machine,
      reason: failure ?? `it ended with status ${status}`,
    });
  }
  return readings;
}

/** User and system time of a process with all its threads. Source: proc(5). */
function cpuTicks(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function tableOf(readings: readonly Reading[]): string[] {
  const rows = [...new Set(readings.map(({ row }) => row))];
  const of = (row: string, machine: MachineName, value: (reading: Reading) => number) => {
    const found = readings.filter((reading) => reading.row === row && reading.machine === machine).map(value);
    return found.length === 0 ? Number.NaN : median(found);
  };
  const lines = rows.map((row) => {
    const bytes = readings.find((reading) => reading.row === row)?.bytes ?? 0;
    const isLarge = bytes > 4096;
    const rate = (machine: MachineName) => of(row, machine, (reading) => reading.rate);
    const shown = (machine: MachineName) =>
      isLarge ? `${((rate(machine) * bytes) / 2 ** 20).toFixed(0)} MiB/s` : `${rate(machine).toFixed(0)}/s`;
    const cpu = (machine: MachineName) => of(row, machine, (reading) => reading.cpuUs);
    const cells = [
      row,
      ...[shown('vmkernel'), shown('qemu'), (rate('vmkernel') / rate('qemu')).toFixed(2)],
      ...[cpu('vmkernel').toFixed(1), cpu('qemu').toFixed(1), (cpu('qemu') / cpu('vmkernel')).toFixed(2)],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| row | VMkernel | QEMU | ratio | CPU µs per request | QEMU | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ];
}

function factsOf({ rounds, seconds, warmSeconds, sizeBytes }: Options): string {
  return `Medians of ${rounds} starts of each machine in turn, ${seconds} s a row after ${warmSeconds} s of the same, and ${SETTLE_SECONDS} s of reading before the first, a raw file of ${formatSize(sizeBytes)} in the host's page cache; above 1 we are better.`;
}
