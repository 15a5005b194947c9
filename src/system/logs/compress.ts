/** Packs logs that are put away: gzip, quick rather than small, off the main thread. */
import { gzip } from 'node:zlib';
import type { Compress } from './rotating-file.ts';

const QUICK = 1;

export const gzipCompress: Compress = (bytes) =>
  new Promise((resolve, reject) => {
    gzip(bytes, { level: QUICK }, (error, packed) => (error ? reject(error) : resolve(packed)));
  });
