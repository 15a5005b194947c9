/** Runs other programs of the machine and says clearly when they fail. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HostError } from '#lib';

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told each chunk the program writes to file descriptor 3. */
  readonly onStatus?: (text: string) => void;
  /** Ends the program, which has failed then. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end and gives its standard output. Throws HostError `command-failed`. */
export type Run = (
  command: string,
  commandArguments: readonly string[],
  options?: RunOptions,
) => Promise<string>;

/** `Run` on this machine. */
export const runProgram: Run = async (command, commandArguments, options = {}) => {
  const child = spawn(command, commandArguments, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    cwd: options.cwd,
    signal: options.signal,
    env: { ...process.env, LC_ALL: 'C', ...options.env },
  });
  const status = child.stdio[3] as Readable;
  status.on('data', (chunk: Buffer) => options.onStatus?.(chunk.toString()));
  const output = text(child.stdout as Readable);
  await ended(command, commandArguments, child);
  return output;
};

/** A program's standard output as a stream; failing ends the stream with HostError `command-failed`. */
export async function* streamProgram(
  command: string,
  commandArguments: readonly string[],
): AsyncGenerator<Uint8Array> {
  const child = spawn(command, commandArguments, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = ended(command, commandArguments, child);
  // Reported below; without this a failure while we still read would go unhandled.
  end.catch(() => undefined);
  try {
    yield* child.stdout;
  } finally {
    child.stdout.destroy();
  }
  await end;
}

function ended(command: string, commandArguments: readonly string[], child: ChildProcess): Promise<void> {
  const line = [command, ...commandArguments].join(' ');
  const complaints = text(child.stderr as Readable);
  const failure = (reason: string, cause?: Error) =>
    new HostError('command-failed', { command: line, reason }, { cause });
  return new Promise((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => {
      reject(failure(cause.code === 'ENOENT' ? `this machine has no ${command}` : cause.message, cause));
    });
    child.on('close', (status: number | null, signal: string | null) => {
      if (status === 0) return resolve();
      const silent = `it ended with ${signal ?? `status ${status}`}`;
      complaints.then((said) => reject(failure(said.trim() || silent)), reject);
    });
  });
}
