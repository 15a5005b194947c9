/** The rows of the benchmark, one each, in the order in which they run and are printed. */

/** What a row is about; geometric means are taken over the rows of a group. */
export const GROUPS = {
  compute: 'programs that compute',
  system: 'calls into the kernel, faults, forks, switches',
  code: 'new and changed code',
  board: 'start and console',
} as const;
export type Group = keyof typeof GROUPS;

export interface Row {
  readonly name: string;
  readonly group: Group;
  /** The file of bench/guest that registers it; absent for what is measured from outside. */
  readonly source?: string;
  readonly what: string;
  /**
   * How results compare: as bits, or, between machines of different instruction sets, as doubles of which the last
   * digits may differ, since compilers fuse multiplications and additions as the machine can.
   */
  readonly result: 'bits' | 'double';
  /** Whether it can be measured on this machine itself. */
  readonly native: boolean;
}

type Extra = Partial<Pick<Row, 'result' | 'native'>>;

const rowsOf =
  (group: Group) =>
  (name: string, source: string | undefined, what: string, extra: Extra = {}): Row => ({
    name,
    group,
    ...(source !== undefined && { source }),
    what,
    result: 'bits',
    native: true,
    ...extra,
  });

const compute = rowsOf('compute');
const system = rowsOf('system');
const code = rowsOf('code');
const board = rowsOf('board');

/** Time from the start of the program to the guest's first line, which has no program of its own: as on any start but the first. */
export const BOOT = board('boot', undefined, 'start to the first user-space line', { native: false });
/** The same, and nothing of earlier starts is there: the program is as installing it leaves it. */
export const BOOT_FIRST = board('boot_first', undefined, 'the same for the very first time', {
  native: false,
});

// biome-ignore format: a table reads in columns
export const ROWS: readonly Row[] = [
  BOOT,
  BOOT_FIRST,
  compute('integer_mix',    'mix.c',      'list, matrix, state machine, CRC'),
  compute('fib',            'fib.c',      'calls and returns'),
  compute('bytecode',       'bytecode.c', 'an interpreter with indirect jumps'),
  compute('sha256',         'sha256.c',   'SHA-256'),
  compute('crc32',          'crc32.c',    'CRC-32 by table'),
  compute('sort',           'sort.c',     'quicksort of int64'),
  compute('chase_16K',      'chase.c',    'dependent loads in 16 KiB'),
  compute('chase_1M',       'chase.c',    'dependent loads in 1 MiB'),
  compute('chase_64M',      'chase.c',    'dependent loads in 64 MiB'),
  compute('memcpy_16K',     'copy.c',     'memcpy of 16 KiB'),
  compute('memcpy_16M',     'copy.c',     'memcpy of 16 MiB'),
  compute('memset_16K',     'copy.c',     'memset of 16 KiB'),
  compute('memset_16M',     'copy.c',     'memset of 16 MiB'),
  compute('stream_copy',    'stream.c',   'a[i] = b[i], doubles',           { result: 'double' }),
  compute('stream_triad',   'stream.c',   'a[i] = b[i] + s c[i], doubles',  { result: 'double' }),
  compute('nbody',          'nbody.c',    'five bodies, doubles',           { result: 'double' }),
  compute('spectral',       'spectral.c', 'spectral norm, doubles',         { result: 'double' }),
  compute('matrix',         'matrix.c',   'matrix product, doubles',        { result: 'double' }),
  compute('integer_loop',   'loops.c',    'a loop of multiplies and shifts'),
  compute('memory_walk',    'loops.c',    'a walk over 4 MiB'),
  compute('float_loop',     'loops.c',    'a loop of doubles',              { result: 'double' }),
  system('getppid',         'calls.c',    'the shortest system call'),
  system('clock_gettime',   'calls.c',    'the clock through the vDSO'),
  system('read_zero_512',   'calls.c',    'read of 512 B from /dev/zero'),
  system('pipe_pingpong',   'pingpong.c', 'a byte to and fro between two processes'),
  system('context_switch',  'switch.c',   'two processes that yield'),
  system('page_touch',      'paging.c',   'first touch of a page'),
  system('mprotect_pair',   'paging.c',   'a page read-only and back'),
  system('fork_exit_wait',  'fork.c',     'a process'),
  system('fork_exec_wait',  'fork.c',     'a process with a program'),
  code('cold_first',        'cold.c',     'one of 10,000 functions, first call'),
  code('cold_again',        'cold.c',     'the same, second call'),
  code('rewrite',           'rewrite.c',  'write a function and call it'),
  board('console',          'console.c',  'console output',                 { native: false }),
];

/** A choice of rows under a name. */
export interface Suite {
  readonly what: string;
  readonly rounds: number;
  readonly rows: readonly string[];
}

const QUICK = ['boot', 'boot_first', 'integer_loop', 'memory_walk', 'float_loop'];

export const SUITES = {
  engine: {
    what: 'everything',
    rounds: 3,
    rows: ROWS.map(({ name }) => name),
  },
  quick: { what: 'boot and three loops, in less than a minute', rounds: 3, rows: QUICK },
} as const satisfies Readonly<Record<string, Suite>>;

export type SuiteName = keyof typeof SUITES;
