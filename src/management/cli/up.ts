/** "vmk up": a host in the foreground, until it is told to end. */
import { availableParallelism, totalmem } from 'node:os';
import { EXIT_STATUS, formatSize, HostError, parseSize } from '#lib';
import { homePaths } from '../home.ts';
import { Progress } from '../progress.ts';
import type { TerminalParts } from '../terminal.ts';
import { type BringUp, DEFAULT_HTTPS_PORT, type UpConfig, type UpReport } from '../up-config.ts';
import type { Option, Values } from './options.ts';

const MIB = 2 ** 20;
const LEAST_MEMORY = 256 * MIB;
const MOST_MEMORY = 4096 * MIB;
/** Of this machine's memory; VMs may have more than that together, so that theirs is shared, compressed and swapped. */
const DEFAULT_PART = 0.75;
/** What a host has unless it is told. */
const DEFAULT_MEMORY = Math.max(
  LEAST_MEMORY,
  Math.min(MOST_MEMORY, Math.floor((totalmem() * DEFAULT_PART) / MIB) * MIB),
);
const MOST_PCPUS = 64;
const MOST_PORT = 65_535;

export const UP_OPTIONS = {
  home: {
    value: 'DIR',
    help: 'where the host keeps its things ($VMK_HOME, else vmkernel in the folder for data of this user)',
    initial: undefined as string | undefined,
    take: (given: string) => given,
  },
  cpus: {
    value: 'N',
    help: 'worker threads that run machines (as many as the machine has processors)',
    initial: availableParallelism(),
    take(given: string) {
      const count = Number(given);
      if (!/^\d+$/.test(given) || count < 1 || count > MOST_PCPUS)
        throw new RangeError(`it is not in 1 … ${MOST_PCPUS}`);
      return count;
    },
  },
  memory: {
    value: 'SIZE',
    help: `machine memory for all VMs, taken as it is touched (${formatSize(DEFAULT_MEMORY)})`,
    initial: DEFAULT_MEMORY,
    take(given: string) {
      const bytes = parseSize(given);
      if (bytes === undefined || bytes % MIB !== 0) throw new RangeError('it is no size in MiB, such as 1G');
      if (bytes < LEAST_MEMORY || bytes > MOST_MEMORY) {
        throw new RangeError(`it is not in ${formatSize(LEAST_MEMORY)} … ${formatSize(MOST_MEMORY)}`);
      }
      return bytes;
    },
  },
  https: {
    value: '[ADDRESS:]PORT|off',
    help: `where the HTTPS port listens; port 0: one that is free (127.0.0.1:${DEFAULT_HTTPS_PORT})`,
    initial: { address: '127.0.0.1', port: DEFAULT_HTTPS_PORT } as UpConfig['https'],
    take: (given: string) => (given === 'off' ? undefined : listening(given)),
  },
  'password-file': {
    value: 'FILE',
    help: 'its first line is the password that root gets at the first start (one that is made up and shown)',
    initial: undefined as string | undefined,
    take: (given: string) => given,
  },
  'no-kept-code': {
    help: 'translate all code of guests anew, and keep none for later starts',
    initial: false,
    take: () => true,
  } as Option<boolean>,
  help: { help: 'print this', initial: false, take: () => true } as Option<boolean>,
};

/** What the command works with. */
export interface UpContext {
  readonly process: TerminalParts & {
    readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  };
  readonly bringUp: BringUp;
  /** Becomes the program anew, with nothing in memory left: does not return. */
  readonly restart: () => never;
}

/** `8443`, `0.0.0.0:8443` or `[::]:8443`. */
function listening(given: string): { address: string; port: number } {
  const [, bracketed, plain, digits = ''] = /^(?:\[([0-9a-fA-F:.]+)\]:|([^:[\]]+):)?(\d+)$/.exec(given) ?? [];
  const port = Number(digits);
  if (digits === '' || port > MOST_PORT) throw new RangeError('it is no port, such as 8443 or 0.0.0.0:8443');
  return { address: bracketed ?? plain ?? '127.0.0.1', port };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Brings a host up and waits for its end; resolves to the exit status. Throws HostError. */
export async function up(values: Values<typeof UP_OPTIONS>, context: UpContext): Promise<number> {
  const { stderr } = context.process;
  const progress = new Progress(stderr);
  const host = await context
    .bringUp(configOf(values), upReport(stderr, progress))
    .catch((error: unknown) => {
      if (!(error instanceof HostError && error.code === 'boot-failed')) throw error;
      // The bank is marked: the program that starts now takes the other one.
      stderr.write(`vmk: ${error.message}. ${error.hint}\n`);
      return context.restart();
    })
    .finally(() => progress.done());
  const stop = () => void host.shutDown('stop');
  for (const signal of SIGNALS) context.process.on(signal, stop);
  for (const line of host.lines) stderr.write(`vmk: ${line}\n`);
  const end = await host.ended;
  for (const signal of SIGNALS) context.process.off(signal, stop);
  stderr.write(`vmk: the host ${end === 'stop' ? 'has ended' : 'starts anew'}\n`);
  if (end === 'reboot') context.restart();
  return EXIT_STATUS.ok;
}

/** Shows what a host says while it comes up. */
export function upReport(stderr: { write(text: string): unknown }, progress: Progress): UpReport {
  return {
    activity: (text) => progress.report(text),
    notice(line) {
      progress.done();
      stderr.write(`vmk: ${line}\n`);
    },
  };
}

/** What the options say. */
export function configOf(values: Values<typeof UP_OPTIONS>): UpConfig {
  const { cpus: pcpus, memory: memoryBytes, https, 'password-file': passwordFile } = values;
  return {
    ...{ paths: homePaths(values.home), pcpus, memoryBytes, https, passwordFile },
    ...(values['no-kept-code'] && { keepsNoCode: true }),
  };
}
