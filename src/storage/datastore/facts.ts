/** What is told of a file on a datastore: kind, size, time, and a tag that changes with its content. */
import type { BigIntStats } from 'node:fs';

export interface FileFacts {
  readonly kind: 'file' | 'folder';
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Another one when the content is another one: inode, size, and time to the nanosecond. */
  readonly tag: string;
}

export interface FileEntry extends FileFacts {
  readonly name: string;
}

/** Undefined for links, pipes, devices and sockets, which a datastore does not have. */
export function factsOf(stats: BigIntStats): FileFacts | undefined {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : undefined;
  if (kind === undefined) return undefined;
  return {
    kind,
    sizeBytes: kind === 'file' ? Number(stats.size) : 0,
    modifiedMs: Number(stats.mtimeNs / 1_000_000n),
    tag: [stats.ino, stats.size, stats.mtimeNs].map((value) => value.toString(36)).join('-'),
  };
}
