/** Sees to it that there is a pack for the next start: a thread makes one, where there is none of these files. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { isFresh, type PackIndex, packPath, readPackFile } from './pack-file.ts';

/** What cannot be packed is loaded as ever. */
export async function keepPack(): Promise<void> {
  const path = packPath('pack');
  if (path === undefined) return;
  const index = readPackFile(path)?.index as PackIndex | undefined;
  if (index?.modules.every(isFresh) === true) return;
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), {
    // Taking types off is what Node does all the time, but as a function it is new.
    execArgv: ['--no-warnings'],
    workerData: path,
  });
  worker.on('error', () => {});
  await once(worker, 'exit');
}
