/** What "monitor" knows in gdb: one row a command. */
import { bytesToHex } from '#lib';
import type { Machine } from '../machine.ts';
import type { Checkpoint } from '../record/checkpoints.ts';
import type { Timeline } from '../record/timeline.ts';

export interface MonitorView {
  readonly machine: Machine;
  readonly timeline: Timeline;
  readonly checkpoints: readonly Checkpoint[];
  /** Makes the next motion go to a step; what to say of it. */
  seek(step: bigint): string;
}

interface Command {
  readonly given: string;
  readonly summary: string;
  run(view: MonitorView, words: readonly string[]): string;
}

const MAX_BYTES = 4096;

const COMMANDS: Readonly<Record<string, Command>> = {
  help: { given: '', summary: 'print this', run: () => help() },
  step: {
    given: '',
    summary: 'the step at which the machine is',
    run: ({ timeline }) => `step ${timeline.step}, turn ${timeline.now.turn}\n`,
  },
  hash: {
    given: '',
    summary: 'a hash of all that the guest can notice',
    run: ({ machine }) => `${machine.stateHash()}\n`,
  },
  seek: {
    given: 'STEP',
    summary: 'the next "continue" goes to a step of the run, also a later one',
    run: (view, [step = '']) =>
      /^\d+$/.test(step) ? view.seek(BigInt(step)) : 'seek needs a number of steps\n',
  },
  checkpoints: {
    given: '',
    summary: 'steps that going back begins at',
    run: ({ checkpoints }) => `${checkpoints.map(({ step }) => step).join(' ')}\n`,
  },
  physical: {
    given: 'ADDRESS BYTES',
    summary: 'memory by guest-physical address',
    run({ machine }, [address = '', bytes = '']) {
      const [at, length] = [Number(address), Number(bytes)];
      const isGood = Number.isSafeInteger(at) && at >= 0 && length >= 1 && length <= MAX_BYTES;
      const views = isGood && machine.map.views(at, length, false);
      return views ? `${views.map(bytesToHex).join('')}\n` : 'that is not RAM, or too much at once\n';
    },
  },
};

/** The answer to a command, with its newline. */
export function runMonitor(text: string, view: MonitorView): string {
  const [name = 'help', ...words] = text.trim().split(/\s+/);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command?.run(view, words) ?? `there is no command "${name}"; "monitor help" tells them\n`;
}

function help(): string {
  return Object.entries(COMMANDS)
    .map(([name, { given, summary }]) => `monitor ${`${name} ${given}`.padEnd(24)} ${summary}\n`)
    .join('');
}
