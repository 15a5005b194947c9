/** Joins a guest's connection with one of the host: bytes, ends and resets go across, and neither side is faster than the other. */
import type { TcpConnection } from '../stack/tcp/connection.ts';
import type { TcpEvents } from '../stack/tcp/owner.ts';
import type { Turns } from '../stack/turns.ts';
import type { OutsideStream, OutsideStreamEvents } from './outside.ts';

export class Pipe {
  readonly #connection: () => TcpConnection | undefined;
  readonly #stream: OutsideStream;
  readonly #turns: Turns;
  readonly #over: () => void;
  #isStreamFull = false;
  #hasGuestEnded = false;
  #hasStreamEnded = false;
  #isGuestOver = false;
  #isStreamOver = false;

  /** `over` is called once, when both are gone. */
  constructor(
    turns: Turns,
    connection: () => TcpConnection | undefined,
    stream: OutsideStream,
    over: () => void,
  ) {
    this.#turns = turns;
    this.#connection = connection;
    this.#stream = stream;
    this.#over = over;
  }

  readonly guestEvents: TcpEvents = {
    received: () => this.#pump(),
    ended: () => {
      this.#hasGuestEnded = true;
      this.#pump();
    },
    drained: () => this.#stream.resume(),
    closed: (reason) => {
      this.#isGuestOver = true;
      if (reason !== undefined && !this.#isStreamOver) this.#stream.reset();
      // What came before the end still goes out.
      else this.#pump();
      this.#judge();
    },
  };

  /** What the host's side tells comes in turn with what the guest sends. */
  readonly streamEvents: OutsideStreamEvents = {
    data: (bytes) => this.#turns.run(() => this.#fromHost(bytes)),
    drained: () =>
      this.#turns.run(() => {
        this.#isStreamFull = false;
        this.#pump();
      }),
    ended: () =>
      this.#turns.run(() => {
        this.#hasStreamEnded = true;
        this.#connection()?.end();
      }),
    closed: (reason) => this.#turns.run(() => this.#streamClosed(reason !== undefined)),
  };

  #fromHost(bytes: Uint8Array): void {
    if (this.#connection()?.write(bytes) === false) this.#stream.pause();
  }

  #streamClosed(hasFailed: boolean): void {
    this.#isStreamOver = true;
    // The other side is gone before it has ended, or before it took everything.
    const isCut = hasFailed || !this.#hasStreamEnded || !this.#hasGuestEnded;
    if (!this.#isGuestOver && isCut) this.#connection()?.abort();
    this.#judge();
  }

  /** Passes on what the guest has sent, as long as the host takes it: what is not read shuts the guest's window. */
  #pump(): void {
    if (this.#isStreamOver) return;
    const connection = this.#connection();
    while (!this.#isStreamFull) {
      const bytes = connection?.read();
      if (bytes === undefined) break;
      if (!this.#stream.write(bytes)) this.#isStreamFull = true;
    }
    if (!this.#hasGuestEnded || this.#isStreamFull || (connection?.receiver.readableBytes ?? 0) > 0) return;
    this.#stream.end();
  }

  #judge(): void {
    if (this.#isGuestOver && this.#isStreamOver) this.#over();
  }
}
