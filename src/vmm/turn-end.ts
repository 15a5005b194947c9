/** How turns end, of a machine whose harts take turns and of a hart that runs by itself; what the run loop knows between turns. */

/** How a turn ended. */
export type TurnEnd =
  /** The budget is used up, or it is time to look at the host's events. */
  | { readonly kind: 'ran' }
  /** Every hart waits: for the timer in `ticks` (10 MHz) or, without, for an input. */
  | { readonly kind: 'idle'; readonly ticks: number | undefined }
  | { readonly kind: 'powered-off'; readonly status: number }
  | { readonly kind: 'reset' }
  /** A page that the guest needs cannot be had now; the next turn tries again. */
  | { readonly kind: 'starved'; readonly reason: string }
  /** The guest cannot go on; the reason fits in one line. */
  | { readonly kind: 'fault'; readonly reason: string };

/** How a hart's turn ended, when it runs by itself. */
export type HartTurn =
  /** Its time is over, or somebody calls. */
  | 'ran'
  /** It waits for an interrupt. */
  | 'waits'
  /** It waits in a loop for another hart, as for a lock. */
  | 'spins'
  /** The SBI has stopped it. */
  | 'stopped'
  /** A page cannot be had now: it tries again later; see `starvedFor`. */
  | 'starved'
  /** It has met a device, and those are on another thread: `serve` there. */
  | 'device'
  /** The VM has ended; see `ended`. */
  | 'ended';

/** The run loop as plain data. */
export interface RunLoopStateV1 {
  /** The hart whose turn it is. */
  readonly next: number;
  /** Steps that it has before the next one has its turn. */
  readonly quantumLeft: number;
}
