/** A machine in exact steps on the person's terminal. */
import type { RunConfig, RunResult, Terminal } from '#management';
import { LabThread } from './lab-thread.ts';

/** Runs it to its end. @throws HostError for what cannot be started, recorded or replayed */
export async function runInLab(config: RunConfig, terminal: Terminal): Promise<RunResult> {
  const lab = new LabThread(config, {
    async output(bytes) {
      if (!terminal.write(bytes)) await terminal.drained();
    },
    line: (text) => void process.stderr.write(`vmk: ${text}\n`),
  });
  const stop = (): void => lab.tell({ kind: 'stop' });
  terminal.onInput((bytes) => lab.tell({ kind: 'input', bytes }));
  terminal.stop.addEventListener('abort', stop, { once: true });
  if (terminal.stop.aborted) stop();
  try {
    return (await lab.ended).result;
  } finally {
    terminal.stop.removeEventListener('abort', stop);
  }
}
