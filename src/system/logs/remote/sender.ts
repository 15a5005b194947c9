/** What a sender takes lines from and tells its news to; the same for datagrams and connections. */
import type { SendQueue } from './send-queue.ts';

/** Calls once after a time. Returns what cancels it. */
export type After = (milliseconds: number, action: () => void) => () => void;

export interface SenderOptions {
  readonly queue: SendQueue;
  readonly after: After;
  /** The longest pause between two tries. */
  readonly retryMsMax: () => number;
  readonly news: SenderNews;
}

/** What happens on the way; the owner makes lines of it. */
export interface SenderNews {
  reachable(): void;
  unreachable(reason: string): void;
  /** A line to be sent before the repeats, since the last connection broke with these on the way. */
  repeatNotice(messages: number): Uint8Array;
  /** Messages that are gone. */
  lost(messages: number, reason: string): void;
  /** The queue is shorter than it was. */
  room(): void;
  say(text: string): void;
}

export interface Sender {
  /** There is something in the queue. */
  wake(): void;
  /** Tries now, when it waits for the next try. */
  hurry(): void;
  /** What it does now, for people. */
  readonly state: string;
  /** Sends what it still can in this time, then ends. */
  close(milliseconds: number): Promise<void>;
}

const RETRY_MS_MIN = 1_000;

/** The pause before the next try: 1 s, 2 s, 4 s, … */
export function retryMs(failures: number, most: number): number {
  return Math.min(most, RETRY_MS_MIN * 2 ** Math.min(20, Math.max(0, failures - 1)));
}

export const afterRealTime: After = (milliseconds, action) => {
  const timer = setTimeout(action, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
