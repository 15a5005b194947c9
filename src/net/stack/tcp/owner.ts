/** What the owner of a TCP connection hears of it, and what it can wish. */
import type { KeepAliveSettings } from './keep-alive.ts';

export type TcpFailure = 'reset' | 'refused' | 'timed out' | 'unreachable' | 'aborted';

/** What the owner of a connection hears; it may call the connection from within. */
export interface TcpEvents {
  connected?(): void;
  /** There is something to `read`. */
  received?(): void;
  /** What was written went out, so that there is room again. */
  drained?(): void;
  /** The peer sends nothing after what is there to be read. */
  ended?(): void;
  /** It is over: both sides have ended (no reason), or it failed. The last event. */
  closed?(reason: TcpFailure | undefined): void;
}

export interface TcpSettings {
  readonly sendBytes: number;
  readonly receiveBytes: number;
  readonly delayedAckMs: number;
  /** Small segments do not wait for others to be acknowledged. */
  readonly noDelay: boolean;
  readonly timeWaitMs: number;
  readonly keepAlive: KeepAliveSettings | undefined;
}

export const DEFAULT_SETTINGS: TcpSettings = {
  sendBytes: 2 ** 20,
  receiveBytes: 2 ** 20,
  delayedAckMs: 40,
  noDelay: false,
  timeWaitMs: 60_000,
  keepAlive: undefined,
};

/** The shift with which a window of so many bytes can be said. Source: RFC 7323 §2.3. */
export function scaleFor(bytes: number): number {
  return Math.min(14, Math.max(0, 32 - Math.clz32(bytes) - 15));
}
