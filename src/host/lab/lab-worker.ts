/** The thread of a lab: runs what it is told to, and ends with one message that tells how it went. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { HostError } from '#lib';
import { Lab } from './lab.ts';
import { LabLine } from './lab-line.ts';
import type { FromLab, ToLab } from './messages.ts';

enableCompileCache();
const post = (message: FromLab): void => parentPort?.postMessage(message);
const line = new LabLine(post);

parentPort?.on('message', (message: ToLab) => {
  if (message.kind === 'start') void run(message);
  else line.take(message);
});

async function run({ config }: Extract<ToLab, { kind: 'start' }>): Promise<void> {
  let lab: Lab | undefined;
  try {
    lab = await Lab.open(config, line);
    const result = await lab.run();
    await lab.close();
    post({ kind: 'end', result });
  } catch (error) {
    await lab?.close();
    post({ kind: 'error', ...sent(error) });
  }
}

function sent(error: unknown): Omit<Extract<FromLab, { kind: 'error' }>, 'kind'> {
  if (error instanceof HostError) return { code: error.code, details: error.details, message: error.message };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
