/** Files in which a host keeps what it must know at its next start. */

/** A small one, written whole. `replace` returns when the new text is safe. */
export interface KeptFile {
  read(): string | undefined;
  replace(text: string): void;
}

/** One that grows. */
export interface KeptLog extends KeptFile {
  /** What is appended stays if the host is killed; if the power is lost, after `saved`. Preconditions: there is a file. */
  append(text: string): void;
  /** Resolves when all that was written before is safe. Rejects with HostError. */
  saved(): Promise<void>;
}
