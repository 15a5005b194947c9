/** The drive of a CD: a disc may be taken out, and another one put in, while its machine runs. */
import type { BlockRequest } from '#devices';
import { HostError } from '#lib';
import { type DiskStore, FileDisk, type FileDiskOptions } from './file-disk.ts';
import { ImageFile } from './image-file.ts';
import { diskId } from './raw-file.ts';

export interface DiscDriveOptions extends FileDiskOptions {
  readonly path: string;
}

const CD_BLOCK_BYTES = 2048;

/** Discs are raw images that are only read; several drives may have one. */
export class DiscDrive extends FileDisk {
  readonly #disc: Disc;
  #changed: (isThere: boolean) => void = () => {};

  /** @throws HostError `file-…`, `disk-refused` */
  constructor({ path, ...options }: DiscDriveOptions) {
    const disc = new Disc(open(path));
    super({ path, readOnly: true, id: diskId(path), ...options }, disc);
    this.#disc = disc;
  }

  /** Another disc, or none; when it cannot be had, that of before stays. @throws HostError */
  change(path: string | undefined): void {
    const next = path === undefined ? undefined : open(path);
    // Whoever looks sees a drive without a disc between the two.
    this.#changed(false);
    this.#disc.put(next);
    if (next) this.#changed(true);
  }

  onMedium(listener: (isThere: boolean) => void): void {
    this.#changed = listener;
  }
}

class Disc implements DiskStore {
  #file: ImageFile | undefined;

  constructor(file: ImageFile) {
    this.#file = file;
  }

  get sizeBytes(): number {
    return this.#file?.sizeBytes ?? 0;
  }

  put(file: ImageFile | undefined): void {
    this.#file?.close();
    this.#file = file;
  }

  apply(request: BlockRequest): void {
    if (request.kind === 'flush') return;
    if (request.kind !== 'read') throw new Error('a disc is only read');
    if (this.#file === undefined) throw new Error('there is no disc');
    this.#file.read(request.buffers, request.offset);
  }

  resize(): void {
    throw new Error('a disc does not grow');
  }

  close(): void {
    this.put(undefined);
  }
}

function open(path: string): ImageFile {
  const file = ImageFile.open(path, { use: 'read', what: 'disc' });
  if (file.sizeBytes > 0 && file.sizeBytes % CD_BLOCK_BYTES === 0) return file;
  const { sizeBytes } = file;
  file.close();
  const reason = `its size of ${sizeBytes} bytes is no multiple of ${CD_BLOCK_BYTES}`;
  throw new HostError('disk-refused', { action: 'put in', path, reason });
}
