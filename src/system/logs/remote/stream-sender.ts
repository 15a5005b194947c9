/**
 * Sends lines over one TCP or TLS connection at a time, and knows which of them were read.
 *
 * Syslog over TCP has no acknowledgement: what a broken connection had in its buffers is unknown. But who reads a
 * connection to its end and closes it without an error has read all of it. So after so many bytes, or so long, our side
 * is ended, the other side's end is awaited, and a new connection goes on. Until then lines are kept: when a connection
 * breaks they are sent again, after a line that says so. Source: RFC 6587 §3.1; RFC 9293 §3.10.4 (RST when data is unread).
 */
import type { Duplex } from 'node:stream';
import { retryMs, type Sender, type SenderOptions } from './sender.ts';

/** So much is sent at once. */
const WRITE_BYTES = 65_536;
/** At most so much is sent twice when a connection breaks. */
export const UNCONFIRMED_BYTES_MAX = 262_144;
/** And nothing that is older. */
export const UNCONFIRMED_MS_MAX = 60_000;

export interface StreamSenderOptions extends SenderOptions {
  /** A connection of which our side can be ended alone. */
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
  /** How long the other side may take to close. */
  readonly confirmMsMax: () => number;
}

type State = 'idle' | 'connecting' | 'sending' | 'confirming' | 'waiting' | 'closed';

export class StreamSender implements Sender {
  readonly #options: StreamSenderOptions;
  readonly #abort = new AbortController();
  readonly #closing = Promise.withResolvers<void>();
  #state: State = 'idle';
  #stream: Duplex | undefined;
  #isFull = false;
  #isEnding = false;
  /** Lines on the present connection that may not have been read. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #failures = 0;
  #confirms = true;
  #cancelAge: (() => void) | undefined;
  #cancelWait: (() => void) | undefined;

  constructor(options: StreamSenderOptions) {
    this.#options = options;
  }

  get state(): string {
    return this.#state;
  }

  wake(): void {
    if (this.#state === 'idle') void this.#connect();
    else if (this.#state === 'sending') this.#pump();
  }

  hurry(): void {
    if (this.#state !== 'waiting') return;
    this.#stopTimers();
    void this.#connect();
  }

  async close(milliseconds: number): Promise<void> {
    if (this.#state === 'closed') return;
    this.#isEnding = true;
    const cancel = this.#options.after(milliseconds, () =>
      this.#finish(this.#failures > 0 ? 'it could not be reached' : 'there was no time left'),
    );
    if (this.#state === 'waiting') this.hurry();
    else if (this.#state === 'idle' && this.#options.queue.length === 0) this.#finish('');
    else if (this.#state === 'idle') void this.#connect();
    else if (this.#state === 'sending') this.#pump();
    await this.#closing.promise;
    cancel();
  }

  async #connect(): Promise<void> {
    this.#state = 'connecting';
    try {
      const stream = await this.#options.connect(this.#abort.signal);
      if (this.#is('closed')) return void stream.destroy();
      this.#opened(stream);
    } catch (error) {
      if (!this.#is('closed')) this.#failed((error as Error).message);
    }
  }

  /** A state may have changed while something was awaited. */
  #is(state: State): boolean {
    return this.#state === state;
  }

  #opened(stream: Duplex): void {
    this.#stream = stream;
    this.#isFull = false;
    this.#state = 'sending';
    if (this.#failures > 0) this.#options.news.reachable();
    this.#failures = 0;
    const mine = (work: (reason: string) => void) => (error?: Error) => {
      if (this.#stream === stream) work(error?.message ?? 'the other side closed the connection');
    };
    stream.on(
      'error',
      mine((reason) => this.#failed(reason)),
    );
    stream.on(
      'close',
      mine((reason) => this.#failed(reason)),
    );
    stream.on(
      'end',
      mine((reason) => this.#ended(reason)),
    );
    stream.on(
      'drain',
      mine(() => {
        this.#isFull = false;
        this.#pump();
      }),
    );
    // What a receiver says is of no interest, but its end is.
    stream.resume();
    this.#pump();
  }

  #pump(): void {
    const { queue, news } = this.#options;
    while (this.#state === 'sending' && !this.#isFull && queue.length > 0 && this.#stream !== undefined) {
      const frames = this.#take();
      this.#isFull = !this.#stream.write(Buffer.concat(frames));
      this.#keep(frames);
      news.room();
    }
    if (this.#isEnding && this.#state === 'sending' && queue.length === 0) this.#confirm();
  }

  #take(): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let bytes = 0;
    while (bytes < WRITE_BYTES) {
      const frame = this.#options.queue.shift();
      if (frame === undefined) break;
      frames.push(frame);
      bytes += frame.length;
    }
    return frames;
  }

  #keep(frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      this.#kept.push(frame);
      this.#keptBytes += frame.length;
    }
    if (!this.#confirms) return this.#forgetOldest();
    this.#cancelAge ??= this.#options.after(UNCONFIRMED_MS_MAX, () => this.#confirm());
    if (this.#keptBytes >= UNCONFIRMED_BYTES_MAX) this.#confirm();
  }

  /** For a receiver that never closes: the newest lines are kept, which is all that can be done. */
  #forgetOldest(): void {
    while (this.#keptBytes > UNCONFIRMED_BYTES_MAX)
      this.#keptBytes -= (this.#kept.shift() as Uint8Array).length;
  }

  /** Ends our side and waits for the other's. */
  #confirm(): void {
    if (this.#state !== 'sending' || this.#stream === undefined) return;
    this.#state = 'confirming';
    this.#stopTimers();
    this.#stream.end();
    this.#cancelWait = this.#options.after(this.#options.confirmMsMax(), () => this.#neverClosed());
  }

  /** The other side has closed: after our own end it has read everything. */
  #ended(reason: string): void {
    if (this.#state !== 'confirming' || this.#stream?.writableFinished !== true) return this.#failed(reason);
    this.#forget();
    this.#goOn();
  }

  #neverClosed(): void {
    const { news } = this.#options;
    news.say('the receiver does not close its side of a connection; what it has read is unknown from now on');
    this.#confirms = false;
    // The system goes on delivering what is in the connection; nobody waits for it.
    const stream = this.#stream;
    stream?.on('end', () => stream.destroy());
    this.#forget();
    this.#goOn();
  }

  #goOn(): void {
    this.#stopTimers();
    if (this.#isEnding && this.#options.queue.length === 0) return this.#finish('');
    this.#state = 'idle';
    if (this.#options.queue.length > 0) void this.#connect();
  }

  /** The connection is gone, or never came; what was on it goes back in front. */
  #failed(reason: string): void {
    const { queue, news, after, retryMsMax } = this.#options;
    this.#stopTimers();
    this.#dropStream();
    if (this.#kept.length > 0) {
      news.say(`the connection broke (${reason}); ${this.#kept.length} messages are sent again`);
      queue.unshift([news.repeatNotice(this.#kept.length), ...this.#kept]);
      this.#kept = [];
      this.#keptBytes = 0;
    }
    if (this.#failures++ === 0) news.unreachable(reason);
    if (queue.length === 0 && queue.lost === 0) {
      if (this.#isEnding) return this.#finish('');
      this.#state = 'idle';
      return;
    }
    this.#state = 'waiting';
    // Who ends has no time for long pauses.
    const pause = retryMs(this.#isEnding ? 1 : this.#failures, retryMsMax());
    this.#cancelWait = after(pause, () => void this.#connect());
  }

  #finish(reason: string): void {
    const { queue, news } = this.#options;
    this.#stopTimers();
    this.#state = 'closed';
    this.#abort.abort();
    const left = this.#kept.length + queue.length;
    if (left > 0) news.lost(left, reason);
    this.#dropStream();
    this.#closing.resolve();
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
    this.#stream = undefined;
  }

  #dropStream(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.on('error', () => {});
    stream?.destroy();
  }

  #stopTimers(): void {
    this.#cancelAge?.();
    this.#cancelWait?.();
    this.#cancelAge = undefined;
    this.#cancelWait = undefined;
  }
}
