/** The main thread's side of a lab: starts it, carries console bytes both ways, tells how the run ended. */
import { Worker } from 'node:worker_threads';
import { HostError } from '#lib';
import type { RunConfig, RunResult, Terminal } from '#management';
import type { FromLab, ToLab } from './messages.ts';

/** Runs a machine in exact steps to its end. @throws HostError for what cannot be started, recorded or replayed */
export async function runInLab(config: RunConfig, terminal: Terminal): Promise<RunResult> {
  const worker = new Worker(new URL('./lab-worker.ts', import.meta.url));
  const tell = (message: ToLab): void => worker.postMessage(message);
  const stop = (): void => tell({ kind: 'stop' });
  const ended = Promise.withResolvers<RunResult>();
  let writing: Promise<void> = Promise.resolve();
  const show = async (bytes: Uint8Array): Promise<void> => {
    if (!terminal.write(bytes)) await terminal.drained();
    tell({ kind: 'shown', bytes: bytes.length });
  };
  worker.on('message', (message: FromLab) => {
    if (message.kind === 'output') writing = writing.then(() => show(message.bytes));
    else if (message.kind === 'line') process.stderr.write(`vmk: ${message.text}\n`);
    else if (message.kind === 'end') void writing.then(() => ended.resolve(message.result));
    else void writing.then(() => ended.reject(received(message)));
  });
  worker.on('error', (error) => ended.reject(error));
  worker.on('exit', () =>
    ended.reject(new HostError('host-limit', { what: 'a lab', reason: 'its thread died' })),
  );
  terminal.onInput((bytes) => tell({ kind: 'input', bytes }));
  terminal.stop.addEventListener('abort', stop, { once: true });
  tell({ kind: 'start', config });
  if (terminal.stop.aborted) stop();
  try {
    return await ended.promise;
  } finally {
    terminal.stop.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function received({ code, details, message }: Extract<FromLab, { kind: 'error' }>): Error {
  return code === undefined ? new Error(message) : new HostError(code, details ?? {});
}
