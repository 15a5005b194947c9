/** What every boot image becomes: pieces of a file and the guest-physical addresses they go to. */

/** A file that is read once, synchronously, straight to where it belongs. */
export interface BootFile {
  /** As the person named it; for messages. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Fills all of `target` from `offset` on. Preconditions: that much is there. @throws HostError `file-io`. */
  readInto(offset: number, target: Uint8Array): void;
}

/** Bytes [offset, offset + fileBytes) of the file go to `address`; zeros follow up to `memoryBytes`. */
export interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

/** Addresses are guest-physical. Segments do not overlap; `entry` lies in one of them. */
export interface Loadable {
  readonly what: 'Linux image' | 'ELF' | 'raw image';
  readonly entry: number;
  readonly segments: readonly Segment[];
}

/** The file's first `bytes` bytes, fewer when it is shorter. */
export function head(file: BootFile, bytes: number): Uint8Array {
  const target = new Uint8Array(Math.min(bytes, file.sizeBytes));
  file.readInto(0, target);
  return target;
}

/** First address behind all segments. */
export function loadEnd(image: Loadable): number {
  return Math.max(...image.segments.map(({ address, memoryBytes }) => address + memoryBytes));
}
