/** What a disk holds, as a checksum: its size, and each MiB that is not all zeros with its number. */
import { createHash } from 'node:crypto';
import type { BlockStatus } from '#devices';
import { HostError } from '#lib';
import { openDisk } from '#storage';

const BLOCK_BYTES = 2 ** 20;

/** @throws HostError when it cannot be read */
export function diskSha256(path: string): { bytes: number; sha256: string } {
  const disk = openDisk({ path, readOnly: true });
  try {
    const { sizeBytes } = disk;
    const hash = createHash('sha256').update(`${sizeBytes}\n`);
    const block = Buffer.alloc(BLOCK_BYTES);
    const zeros = Buffer.alloc(BLOCK_BYTES);
    for (let offset = 0; offset < sizeBytes; offset += BLOCK_BYTES) {
      const part = block.subarray(0, Math.min(BLOCK_BYTES, sizeBytes - offset));
      let status: BlockStatus = 'ioerr';
      disk.submit({ kind: 'read', offset, buffers: [part] }, (answer) => (status = answer));
      if (status !== ('ok' as BlockStatus)) {
        const reason = `byte ${offset} cannot be read`;
        throw new HostError('file-io', { action: 'read', what: 'disk', path, reason });
      }
      if (part.compare(zeros, 0, part.length) === 0) continue;
      hash.update(`${offset}\n`).update(part);
    }
    return { bytes: sizeBytes, sha256: hash.digest('hex') };
  } finally {
    disk.close();
  }
}
