/** The command "vmk replay": a recorded run once more, held against its recording. */
import { readFileSync } from 'node:fs';
import { HostError, usageError } from '#lib';
import { readRecording } from '#vmm';
import { Progress } from '../progress.ts';
import type { RunConfig } from '../run-config.ts';
import { describeOptions, parseOptions, type Values } from './options.ts';
import { type RunContext, runOnTerminal } from './run.ts';
import { RUN_OPTIONS } from './run-options.ts';

const REPLAY_OPTIONS = {
  until: {
    value: 'STEP',
    help: 'end at this step (the end of the recording)',
    initial: undefined as bigint | undefined,
    take(given: string) {
      if (!/^\d{1,18}$/.test(given)) throw new RangeError('it is no number of steps');
      return BigInt(given);
    },
  },
  engine: RUN_OPTIONS.engine,
  stats: RUN_OPTIONS.stats,
  gdb: RUN_OPTIONS.gdb,
  'gdb-wait': RUN_OPTIONS['gdb-wait'],
  help: RUN_OPTIONS.help,
} as const;

type ReplayValues = Values<typeof REPLAY_OPTIONS>;

export function replayHelp(): string {
  return `vmk replay runs what "vmk run --record FILE" has recorded once more, and says where it differs.

Usage: vmk replay FILE [OPTION…]

Options (with their defaults):
${describeOptions(REPLAY_OPTIONS)}`;
}

/** Throws HostError `usage`. */
export function parseReplay(given: readonly string[]): { values: ReplayValues; path: string } {
  const at = given.findIndex((word, index) => !word.startsWith('-') && !takesValue(given[index - 1]));
  const values = parseOptions(REPLAY_OPTIONS, at < 0 ? given : given.toSpliced(at, 1));
  const path = given[at] ?? '';
  if (path === '' && !values.help) throw usageError('vmk replay needs a recording: vmk replay FILE');
  if (values['gdb-wait'] && values.gdb === undefined) throw usageError('--gdb-wait goes with --gdb');
  return { values, path };
}

function takesValue(word: string | undefined): boolean {
  const option = REPLAY_OPTIONS[word?.slice(2) as keyof typeof REPLAY_OPTIONS];
  return word?.startsWith('--') === true && option !== undefined && 'value' in option;
}

/** Resolves to the exit status. Throws HostError, of which `replay-differs` names the first difference. */
export function replay(path: string, values: ReplayValues, context: RunContext): Promise<number> {
  const { machine } = readRecording(path, read(path)).header;
  const config: RunConfig = {
    ...{ initrd: [], append: machine.append, memoryBytes: machine.ramBytes, disks: [] },
    ...{
      console: machine.console,
      deterministic: true,
      engine: values.engine,
      trace: [],
      stats: values.stats,
    },
    cpus: machine.harts,
    lab: {
      replay: { path, until: values.until },
      ...(values.gdb && { gdb: { ...values.gdb, wait: values['gdb-wait'] } }),
    },
  };
  return runOnTerminal(config, undefined, new Progress(context.process.stderr), context);
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const what = 'recording';
    if (code === 'ENOENT') throw new HostError('file-missing', { what, path }, { cause });
    throw new HostError('file-io', { action: 'read', what, path, reason: message }, { cause });
  }
}
