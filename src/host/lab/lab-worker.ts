/** The thread of a lab: runs what it is told to, and ends with one message that tells how it went. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { sentError } from '../sent-error.ts';
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
    const end = await lab.run();
    await lab.close();
    post({ kind: 'end', end });
  } catch (error) {
    await lab?.close();
    post({ kind: 'error', error: sentError(error) });
  }
}
