/** Tickets for consoles of VMs, by their ids: each is good once, and for a minute. */
import { OnceTokens } from '../model/once-tokens.ts';

const LIMITS = { tokenBytes: 16, lifeMs: 60_000, waitingMax: 1000 };

export type ConsoleTickets = OnceTokens<string>;

export const consoleTickets = (nowMs: () => number): ConsoleTickets => new OnceTokens({ nowMs, ...LIMITS });
