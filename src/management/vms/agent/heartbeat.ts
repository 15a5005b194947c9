/** How a guest does, in the colours of VIM: who watches hears of each, also of silence. */
import type { AgentClock } from './guest-agent.ts';

export type HeartbeatColour = 'gray' | 'green' | 'yellow' | 'red';

/** Without a beat for so long the guest is in trouble, for twice as long it is lost. */
const LATE_MS = 70_000;

export class Heartbeat {
  readonly #clock: AgentClock;
  readonly #changed: () => void;
  #lastMs: number | undefined;
  #told: HeartbeatColour = 'gray';
  #endWatch = () => {};

  constructor(clock: AgentClock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get colour(): HeartbeatColour {
    if (this.#lastMs === undefined) return 'gray';
    const lateMs = this.#clock.nowMs() - this.#lastMs;
    return lateMs < LATE_MS ? 'green' : lateMs < 2 * LATE_MS ? 'yellow' : 'red';
  }

  /** The guest has said something. */
  beat(): void {
    this.#lastMs = this.#clock.nowMs();
    if (this.#told !== 'green') this.#look();
  }

  /** There is nobody any more; who stops it tells so. */
  stop(): void {
    this.#endWatch();
    this.#lastMs = undefined;
    this.#told = 'gray';
  }

  #look(): void {
    const { colour } = this;
    if (colour !== this.#told) {
      this.#told = colour;
      this.#changed();
    }
    this.#endWatch();
    this.#endWatch = () => {};
    if (this.#lastMs === undefined || colour === 'red') return;
    const dueMs = this.#lastMs + (colour === 'green' ? LATE_MS : 2 * LATE_MS);
    this.#endWatch = this.#clock.after(dueMs - this.#clock.nowMs(), () => this.#look());
  }
}
