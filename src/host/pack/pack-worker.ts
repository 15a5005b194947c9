/** The thread that packs the program. */
import { workerData } from 'node:worker_threads';
import { makePack } from './make-pack.ts';
import { writePackFile } from './pack-file.ts';

const { index, texts } = makePack();
writePackFile(workerData as string, index, texts);
