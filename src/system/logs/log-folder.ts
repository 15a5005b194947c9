/** What log files need of the place where they lie: a folder in the host's file system, or one on the machine. */

/** Names are single file names; everything throws HostError for what the place refuses. */
export interface LogFolder {
  /** 0 when there is no such file. */
  sizeBytes(name: string): number;
  read(name: string): Uint8Array;
  /** All of it, or nothing. */
  append(name: string, bytes: Uint8Array): void;
  /** In place of what is there. */
  write(name: string, bytes: Uint8Array): void;
  rename(from: string, to: string): void;
  /** Nothing happens when there is none. */
  remove(name: string): void;
  list(): readonly string[];
  /** Nothing of it is used any more. */
  close?(): void;
}
