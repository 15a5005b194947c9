/** The options of "vmk run": one row each, from which arguments are parsed and --help is printed. */
import { formatSize, parseSize } from '#lib';
import { CONSOLES, type DiskConfig, ENGINES, type RunForward, TRACES } from '../run-config.ts';
import type { Option } from './options.ts';
import { suggestion } from './suggest.ts';

const DEFAULT_MEMORY_BYTES = 512 * 2 ** 20;
const PAGE_BYTES = 4096;
const MAX_CPUS = 128;

const flag = (help: string): Option<boolean> => ({ help, initial: false, take: () => true });

const text = (value: string, help: string): Option<string | undefined> => ({
  value,
  help,
  initial: undefined,
  take: notEmpty,
});

const oneOf = <T extends string>(words: readonly T[], initial: T, help: string): Option<T> => ({
  value: words.join('|'),
  help: `${help} (${initial})`,
  initial,
  take: (word) => choose(words, word),
});

export const RUN_OPTIONS = {
  kernel: text('FILE', 'Linux Image or ELF kernel to boot (the default guest)'),
  initrd: {
    value: 'FILE',
    help: 'initial RAM disk; may be given again, they are joined',
    initial: [] as readonly string[],
    take: (path: string, before: readonly string[]) => [...before, notEmpty(path)],
  },
  append: {
    value: 'STRING',
    help: 'added to the kernel command line, in place of "quiet"',
    initial: undefined as string | undefined,
    take: (words: string) => words,
  },
  firmware: text('FILE', 'S-mode payload in place of a kernel, such as U-Boot'),
  memory: {
    value: 'SIZE',
    help: `memory of the machine, as 64M or 3G (${formatSize(DEFAULT_MEMORY_BYTES)})`,
    initial: DEFAULT_MEMORY_BYTES,
    take: memoryBytes,
  },
  cpus: { value: 'N', help: 'virtual CPUs (1)', initial: 1, take: cpuCount },
  disk: {
    value: 'FILE[,readonly]',
    help: 'raw image file as a disk; may be given again',
    initial: [] as readonly DiskConfig[],
    take: (given: string, before: readonly DiskConfig[]) => [...before, disk(given)],
  },
  net: flag('a network card: the guest reaches out by a NAT, the host is 10.0.2.2'),
  forward: {
    short: 'p',
    value: '[HOST:]PORT:GUEST',
    help: 'lets a port here lead to one of the guest; may be given again',
    initial: [] as readonly RunForward[],
    take: (given: string, before: readonly RunForward[]) => [...before, forward(given)],
  },
  console: oneOf(CONSOLES, 'serial', 'where the console is'),
  exec: {
    value: 'SCRIPT',
    help: 'run this shell script in the guest, print its output, switch off,\nand end with its status',
    initial: undefined as string | undefined,
    take: (script: string) => script,
  },
  deterministic: flag('guest time from retired instructions: every run is the same'),
  engine: oneOf(ENGINES, 'jit', 'how instructions are executed'),
  trace: {
    value: TRACES.join(','),
    help: 'tell of these on standard error, as a list',
    initial: [] as readonly (typeof TRACES)[number][],
    take: (words: string, before: readonly (typeof TRACES)[number][]) => [
      ...new Set([...before, ...words.split(',').map((word) => choose(TRACES, word))]),
    ],
  },
  stats: flag('sum up time, instructions and exits on standard error at the end'),
  profile: flag('show where time went, on standard error at the end'),
  'system-map': text('FILE', 'with --profile: symbols of the kernel (those beside it)'),
  json: flag('with --profile: one line of JSON in place of tables'),
  'check-code': flag('prove each piece of translated code to be safe before it runs'),
  'no-kept-code': flag('translate all code anew, and keep none for later runs'),
  record: text('FILE', 'record the run, to be replayed;\ndeterministic, and disks stay as they are'),
  gdb: {
    value: '[HOST:]PORT',
    help: 'let a gdb connect here (127.0.0.1); port 0 takes any',
    initial: undefined as GdbAddress | undefined,
    take: gdbAddress,
  },
  'gdb-wait': flag('with --gdb: wait for it before the first instruction'),
  help: flag('print this'),
} as const;

export interface GdbAddress {
  readonly host: string;
  readonly port: number;
}

const MAX_PORT = 65_535;

export function gdbAddress(given: string): GdbAddress {
  const [, host = '127.0.0.1', digits] = /^(?:(.+):)?(\d{1,5})$/.exec(given) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > MAX_PORT) throw new RangeError('it is no [HOST:]PORT such as 1234');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

/** `8080:80`, `0.0.0.0:8080:80`, `5353:53/udp`. */
function forward(given: string): RunForward {
  const [, address = '127.0.0.1', here, guest, protocol = 'tcp'] =
    /^(?:(\d+(?:\.\d+){3}):)?(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(given) ?? [];
  const [port, guestPort] = [Number(here), Number(guest)];
  if (here === undefined || port > MAX_PORT || guestPort > MAX_PORT || guestPort === 0)
    throw new RangeError('it is no [HOST:]PORT:GUEST[/udp] such as 8080:80');
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', address, port, guestPort };
}

function notEmpty(given: string): string {
  if (given === '') throw new RangeError('it is empty');
  return given;
}

function choose<T extends string>(words: readonly T[], given: string): T {
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  throw new RangeError(`it is none of ${words.join(', ')}${suggestion(given, words)}`);
}

function memoryBytes(given: string): number {
  const bytes = parseSize(given);
  if (bytes === undefined) throw new RangeError('it is no size such as 64M or 3G');
  if (bytes === 0 || bytes % PAGE_BYTES !== 0) throw new RangeError('it is not a multiple of 4 KiB above 0');
  return bytes;
}

function cpuCount(given: string): number {
  const count = Number(given);
  if (!/^\d+$/.test(given) || count < 1 || count > MAX_CPUS)
    throw new RangeError(`it is not in 1 … ${MAX_CPUS}`);
  return count;
}

function disk(given: string): DiskConfig {
  const readOnly = given.endsWith(',readonly');
  return { path: notEmpty(readOnly ? given.slice(0, -',readonly'.length) : given), readOnly };
}
