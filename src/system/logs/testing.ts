/** For tests of the log service: a folder in memory that can be full, timers by hand, and a network of streams. */
import { type Duplex, duplexPair } from 'node:stream';
import { HostError } from '#lib';
import type { LogFolder } from './log-folder.ts';
import type { DatagramPort, SyslogNetwork } from './remote/network.ts';
import type { After } from './remote/sender.ts';

/** Files by name; what is above `bytesMax` together is refused. */
export class MemoryFolder implements LogFolder {
  readonly files = new Map<string, Uint8Array>();
  bytesMax = Number.POSITIVE_INFINITY;

  get bytes(): number {
    return [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
  }

  text(name: string): string {
    return new TextDecoder().decode(this.files.get(name));
  }

  sizeBytes(name: string): number {
    return this.files.get(name)?.length ?? 0;
  }

  read(name: string): Uint8Array {
    return this.files.get(name) ?? this.#refuse(name, 'no such file');
  }

  append(name: string, bytes: Uint8Array): void {
    if (this.bytes + bytes.length > this.bytesMax) this.#refuse(name, 'no space left');
    this.files.set(name, Buffer.concat([this.files.get(name) ?? new Uint8Array(), bytes]));
  }

  write(name: string, bytes: Uint8Array): void {
    if (this.bytes + bytes.length > this.bytesMax) this.#refuse(name, 'no space left');
    this.files.set(name, bytes);
  }

  rename(from: string, to: string): void {
    this.files.set(to, this.read(from));
    this.files.delete(from);
  }

  remove(name: string): void {
    this.files.delete(name);
  }

  list(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  #refuse(path: string, reason: string): never {
    throw new HostError('file-system', { action: 'write', path, reason });
  }
}

/** Timers that fire when time is moved. */
export class ManualTimers {
  #nowMs = 0;
  readonly #waiting = new Set<{ readonly atMs: number; readonly action: () => void }>();

  readonly after: After = (milliseconds, action) => {
    const timer = { atMs: this.#nowMs + milliseconds, action };
    this.#waiting.add(timer);
    return () => void this.#waiting.delete(timer);
  };

  get waiting(): number {
    return this.#waiting.size;
  }

  advance(milliseconds: number): void {
    const end = this.#nowMs + milliseconds;
    for (;;) {
      const next = [...this.#waiting].filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#nowMs = next.atMs;
      this.#waiting.delete(next);
      next.action();
    }
    this.#nowMs = end;
  }
}

/** One connection, from the receiver's side. */
export interface Received {
  readonly stream: Duplex;
  /** All that came. */
  text: string;
}

/** A receiver in the same process: it reads and closes as one likes. */
export class FakeNetwork implements SyslogNetwork {
  readonly connections: Received[] = [];
  readonly datagramsReceived: string[] = [];
  /** Why it cannot be reached; undefined when it can. */
  down: string | undefined;
  /** Closes its side after the sender's, as receivers do. */
  closesToo = true;

  resolve(host: string): Promise<string> {
    return Promise.resolve(/^[\d.:]+$/.test(host) ? host : '192.0.2.7');
  }

  connect(): Promise<Duplex> {
    if (this.down !== undefined) return Promise.reject(new Error(this.down));
    const [ours, theirs] = duplexPair({ allowHalfOpen: true });
    const received: Received = { stream: theirs, text: '' };
    theirs.on('data', (chunk: Buffer) => {
      received.text += chunk.toString();
    });
    theirs.on('end', () => {
      if (this.closesToo) setImmediate(() => theirs.end());
    });
    theirs.on('error', () => {});
    this.connections.push(received);
    return Promise.resolve(ours);
  }

  datagrams(): Promise<DatagramPort> {
    return Promise.resolve({
      send: (bytes) => {
        if (this.down !== undefined) return Promise.reject(new Error(this.down));
        this.datagramsReceived.push(Buffer.from(bytes).toString());
        return Promise.resolve();
      },
      close: () => {},
    });
  }

  get text(): string {
    return this.connections.map(({ text }) => text).join('');
  }
}

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}
