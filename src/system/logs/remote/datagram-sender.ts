/** Sends lines as datagrams: each once; nobody can say whether it came. Source: RFC 5426. */
import type { DatagramPort } from './network.ts';
import { retryMs, type Sender, type SenderOptions } from './sender.ts';

export interface DatagramSenderOptions extends SenderOptions {
  readonly open: (signal: AbortSignal) => Promise<DatagramPort>;
}

/** Refusals come back only after later datagrams: so long without one, it is reached again. */
const QUIET_MS = 60_000;

export class DatagramSender implements Sender {
  readonly #options: DatagramSenderOptions;
  readonly #abort = new AbortController();
  #state: 'idle' | 'opening' | 'sending' | 'waiting' | 'closed' = 'idle';
  #port: DatagramPort | undefined;
  #failures = 0;
  #cancelWait: (() => void) | undefined;
  #cancelQuiet: (() => void) | undefined;
  #run: Promise<void> = Promise.resolve();

  constructor(options: DatagramSenderOptions) {
    this.#options = options;
  }

  get state(): string {
    return this.#state;
  }

  wake(): void {
    if (this.#state === 'idle' && this.#options.queue.length > 0) this.#run = this.#send();
  }

  hurry(): void {
    if (this.#state !== 'waiting') return;
    this.#cancelWait?.();
    this.#state = 'idle';
    this.wake();
  }

  async close(milliseconds: number): Promise<void> {
    if (this.#state === 'closed') return;
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.after(milliseconds, resolve);
    });
    await Promise.race([this.#run, late]);
    cancel();
    this.#cancelWait?.();
    this.#cancelQuiet?.();
    this.#state = 'closed';
    this.#abort.abort();
    this.#port?.close();
    const { queue, news } = this.#options;
    if (queue.length > 0) news.lost(queue.length, 'it could not be reached');
  }

  async #send(): Promise<void> {
    const { queue, news } = this.#options;
    try {
      this.#state = 'opening';
      this.#port ??= await this.#options.open(this.#abort.signal);
    } catch (error) {
      this.#failed((error as Error).message);
      return;
    }
    if (this.#isClosed()) return this.#port.close();
    if (this.#failures > 0 && this.#cancelQuiet === undefined) {
      this.#failures = 0;
      news.reachable();
    }
    this.#state = 'sending';
    for (let frame = queue.shift(); frame !== undefined; frame = queue.shift()) {
      const problem = await this.#port.send(frame).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (this.#isClosed()) return;
      if (problem !== undefined) this.#refused(problem);
      news.room();
    }
    this.#state = 'idle';
  }

  /** It may have been closed while something was awaited. */
  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** The system reports the refusal of an earlier datagram; which one is unknown, so one is counted. */
  #refused(reason: string): void {
    if (this.#failures++ === 0) this.#options.news.unreachable(reason);
    this.#options.news.lost(1, reason);
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#options.after(QUIET_MS, () => {
      this.#failures = 0;
      this.#options.news.reachable();
    });
  }

  #failed(reason: string): void {
    if (this.#isClosed()) return;
    const { news, after, retryMsMax } = this.#options;
    if (this.#failures++ === 0) news.unreachable(reason);
    this.#state = 'waiting';
    this.#cancelWait = after(retryMs(this.#failures, retryMsMax()), () => {
      this.#state = 'idle';
      this.wake();
    });
  }
}
