/** The file that a recording goes to: written in large pieces, flushed at its end; what was there before is replaced. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { HostError } from '#lib';
import type { RecordingSink } from '#vmm';

const PIECE_BYTES = 2 ** 16;

export class RecordingFile implements RecordingSink {
  readonly #path: string;
  readonly #fd: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** @throws HostError `file-io` */
  constructor(path: string) {
    this.#path = path;
    this.#fd = this.#try('create', () => openSync(path, 'w'));
  }

  /** @throws HostError `file-io` */
  write(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= PIECE_BYTES) this.flush();
  }

  /** Hands over what is gathered: of a host that dies, this much is there. */
  flush(): void {
    if (this.#bytes === 0) return;
    const piece = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    this.#try('write', () => {
      for (let done = 0; done < piece.length; ) done += writeSync(this.#fd, piece, done);
    });
  }

  close(): void {
    this.flush();
    this.#try('write', () => fsyncSync(this.#fd));
    closeSync(this.#fd);
  }

  #try<T>(action: string, work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new HostError('file-io', { action, what: 'recording', path: this.#path, reason }, { cause });
    }
  }
}
