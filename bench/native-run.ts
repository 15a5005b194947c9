/** The same programs on this machine itself: the limit. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Outcome } from './guest-run.ts';
import { parseGuestLine } from './protocol.ts';

const run = promisify(execFile);

/** Runs one row of the program; `msMax` is how long it may take, `signal` ends it at once. */
export async function runNative(
  program: string,
  row: string,
  msMax: number,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const { stdout } = await run(program, [row], { timeout: msMax, killSignal: 'SIGKILL', signal });
    for (const line of stdout.split('\n')) {
      const message = parseGuestLine(line);
      if (message?.kind === 'row' && message.row === row) return message.reading;
    }
    return { failure: 'its program printed no result' };
  } catch (error) {
    return { failure: error instanceof Error ? error.message.trim() : String(error) };
  }
}
