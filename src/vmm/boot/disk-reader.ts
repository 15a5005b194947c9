/** A disk as far as looking into it takes. */

export interface DiskReader {
  readonly sizeBytes: number;
  /** Preconditions: within the disk. */
  read(offset: number, length: number): Uint8Array;
}

/** Undefined outside of the disk. */
export function at(disk: DiskReader, offset: number, length: number): Uint8Array | undefined {
  const isWithin = Number.isSafeInteger(offset) && offset >= 0 && offset + length <= disk.sizeBytes;
  return isWithin ? disk.read(offset, length) : undefined;
}
