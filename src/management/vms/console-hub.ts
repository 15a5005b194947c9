/** A VM's console as people see it: what it said last, whoever watches now, and what they type. */
import type { Duplex } from 'node:stream';
import { withoutQueries } from './terminal-queries.ts';

/** What is kept for who comes later. */
const SCROLLBACK_BYTES = 65_536;
/** A watcher this far behind is left: a slow terminal must not hold up a machine. */
const MAX_BEHIND_BYTES = 2 ** 22;

export class ConsoleHub {
  readonly #type: (bytes: Uint8Array) => void;
  readonly #watchers = new Set<Duplex>();
  #scrollback: Uint8Array[] = [];
  #scrollbackBytes = 0;

  /** @param type - takes what a watcher types. */
  constructor(type: (bytes: Uint8Array) => void) {
    this.#type = type;
  }

  /** What the console said last, at most 64 KiB. */
  get scrollback(): Uint8Array {
    return Buffer.concat(this.#scrollback);
  }

  /** Types, as somebody who watches would. */
  type(bytes: Uint8Array): void {
    this.#type(bytes);
  }

  /** The machine said something; the bytes are ours from now on. */
  output(bytes: Uint8Array): void {
    this.#keep(bytes);
    for (const watcher of this.#watchers) {
      watcher.write(bytes);
      if (watcher.writableLength > MAX_BEHIND_BYTES) this.#leave(watcher);
    }
  }

  /** Shows `stream` what was said last and all that comes, and takes what comes from it as typed. */
  join(stream: Duplex): void {
    if (this.#scrollbackBytes > 0) stream.write(withoutQueries(this.scrollback));
    this.#watchers.add(stream);
    stream.on('data', (bytes: Uint8Array) => this.#type(bytes));
    stream.on('error', () => this.#leave(stream));
    stream.on('end', () => this.#leave(stream));
    stream.on('close', () => this.#watchers.delete(stream));
  }

  /** The machine is gone: whoever watches sees the end. */
  close(): void {
    for (const watcher of this.#watchers) watcher.end();
    this.#watchers.clear();
  }

  #keep(bytes: Uint8Array): void {
    this.#scrollback.push(bytes.subarray(-SCROLLBACK_BYTES));
    this.#scrollbackBytes += Math.min(bytes.length, SCROLLBACK_BYTES);
    while (this.#scrollbackBytes - (this.#scrollback[0]?.length ?? 0) >= SCROLLBACK_BYTES) {
      this.#scrollbackBytes -= this.#scrollback.shift()?.length ?? 0;
    }
  }

  #leave(watcher: Duplex): void {
    this.#watchers.delete(watcher);
    watcher.destroy();
  }
}
