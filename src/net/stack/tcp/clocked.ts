/** Timestamps of a connection: how long a segment took, and whether one is from before. Source: RFC 7323 §3–5. */

export interface Timestamp {
  readonly value: number;
  readonly echo: number;
}

export class Clocked {
  isOn = false;
  readonly #offset: number;
  /** The peer's, that goes back with the next segment. */
  #recent = 0;

  /** The first stamp is no time of this machine. Source: RFC 7323 §5.4. */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** The peer has sent one with its SYN, or not: then there are none. */
  agree(timestamp: Timestamp | undefined): void {
    this.isOn = timestamp !== undefined;
    this.#recent = timestamp?.value ?? 0;
  }

  /** What each segment has less room for. */
  get optionBytes(): number {
    return this.isOn ? 12 : 0;
  }

  stamp(nowMs: number): Timestamp {
    return { value: this.#now(nowMs), echo: this.#recent };
  }

  /** Whether the segment was sent before one that came already: protection against wrapped sequence numbers. */
  isOld(timestamp: Timestamp | undefined): boolean {
    return this.isOn && timestamp !== undefined && ((timestamp.value - this.#recent) | 0) < 0;
  }

  isLater(timestamp: Timestamp | undefined): boolean {
    return this.isOn && timestamp !== undefined && ((timestamp.value - this.#recent) | 0) > 0;
  }

  /** Only a segment that is next gives the stamp that is echoed. Source: RFC 7323 §4.3. */
  take(timestamp: Timestamp | undefined, isNext: boolean): void {
    if (this.isOn && timestamp !== undefined && isNext) this.#recent = timestamp.value;
  }

  /** Undefined when the segment does not say. */
  roundTripMs(timestamp: Timestamp | undefined, nowMs: number): number | undefined {
    if (!this.isOn || timestamp === undefined || timestamp.echo === 0) return undefined;
    const milliseconds = (this.#now(nowMs) - timestamp.echo) | 0;
    return milliseconds < 0 ? undefined : milliseconds;
  }

  #now(nowMs: number): number {
    return (Math.floor(nowMs) + this.#offset) >>> 0;
  }
}
