/** What a worker thread begins with that loads much: its module comes from the pack, if there is one, else from its file. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';
import { Pack } from './pack/pack.ts';
import { packPath, ROOT } from './pack/pack-file.ts';

/** So long after its start a thread has called most of what a start calls: from then on that is kept as V8 has compiled it. */
const KEEP_MS = 3000;

const [path = '', kind = ''] = process.argv.slice(2);
const [packFile, codeFile, coreFile] = [packPath('pack'), packPath(kind), packPath('core')];
const pack = packFile === undefined || codeFile === undefined ? undefined : Pack.open(packFile, codeFile);
if (pack?.has(path)) {
  const keep = (): void => pack.keepCode();
  setTimeout(keep, KEEP_MS).unref();
  if (workerData) {
    // For a thread that waits in its own way.
    if (pack.isCodeMissing) workerData.atRest = keep;
    workerData.engineSources = pack.engineSources;
    if (coreFile !== undefined) workerData.coreShelf = pack.shelf(coreFile);
  }
  await pack.load(path);
} else {
  await import(pathToFileURL(join(ROOT, path)).href);
}
