/** A disk in a raw image file: byte n of the disk is byte n of the file. */
import { basename } from 'node:path';
import type { BlockRequest } from '#devices';
import { HostError } from '#lib';
import { type DiskStore, FileDisk, type FileDiskOptions } from './file-disk.ts';
import { ImageFile } from './image-file.ts';

/** How an image is opened. */
export interface RawFileOptions extends FileDiskOptions {
  readonly path: string;
  readonly readOnly: boolean;
}

const SECTOR_BYTES = 512;
const MAX_ID_BYTES = 20;

/** The file is locked while it is open: one may write it, or several may read it. */
export class RawFile extends FileDisk {
  /** Throws HostError: `file-missing`, `file-denied`, `file-not-regular`, `file-busy`, `file-io`, or `disk-size`. */
  constructor({ path, readOnly, ...options }: RawFileOptions) {
    const file = ImageFile.open(path, { use: readOnly ? 'read' : 'write', calls: options.calls });
    try {
      if (file.sizeBytes % SECTOR_BYTES !== 0)
        throw new HostError('disk-size', { path, size: file.sizeBytes });
      super({ path, readOnly, id: diskId(path), ...options }, rawStore(file));
    } catch (error) {
      file.close();
      throw error;
    }
  }
}

function rawStore(file: ImageFile): DiskStore {
  return {
    get sizeBytes() {
      return file.sizeBytes;
    },
    apply(request: BlockRequest) {
      switch (request.kind) {
        case 'read':
          return file.read(request.buffers, request.offset);
        case 'write':
          return file.write(request.buffers, request.offset);
        case 'flush':
          return file.flush();
        case 'discard':
          // A hint: where the file system cannot punch a hole, the space stays. Source: VIRTIO 1.3 §5.2.6.2.
          return file.discard(request.offset, request.length);
        case 'write-zeroes':
          return file.zero(request.offset, request.length, request.unmap === true);
      }
    },
    resize: (bytes) => file.resize(bytes),
    close: () => file.close(),
  };
}

/** The file's name as the serial that the guest reads: its end tells more than its beginning. */
export function diskId(path: string): string {
  return basename(path)
    .replace(/[^\x20-\x7e]/g, '_')
    .slice(-MAX_ID_BYTES);
}
