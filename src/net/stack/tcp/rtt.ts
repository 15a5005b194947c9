/** How long an acknowledgment may take: the retransmission timeout. Source: RFC 6298 §2, §5. */

/**
 * RFC 6298 §2.4 asks for a second at least; all systems in use wait less, and Linux, which is the usual peer, 200 ms.
 * It must be above a peer's delayed acknowledgment (40 … 200 ms).
 */
const MIN_MS = 200;
const MAX_MS = 60_000;
const FIRST_MS = 1000;

export class RoundTrip {
  #smoothedMs: number | undefined;
  #variationMs = 0;
  #timeoutMs = FIRST_MS;
  #backoff = 0;

  /** Undefined before the first sample. */
  get smoothedMs(): number | undefined {
    return this.#smoothedMs;
  }

  get timeoutMs(): number {
    return Math.min(this.#timeoutMs * 2 ** this.#backoff, MAX_MS);
  }

  sample(milliseconds: number): void {
    const measured = Math.max(0, milliseconds);
    if (this.#smoothedMs === undefined) {
      this.#smoothedMs = measured;
      this.#variationMs = measured / 2;
    } else {
      this.#variationMs = 0.75 * this.#variationMs + 0.25 * Math.abs(this.#smoothedMs - measured);
      this.#smoothedMs = 0.875 * this.#smoothedMs + 0.125 * measured;
    }
    this.#backoff = 0;
    this.#timeoutMs = Math.min(
      Math.max(this.#smoothedMs + Math.max(1, 4 * this.#variationMs), MIN_MS),
      MAX_MS,
    );
  }

  /** It took longer. */
  expired(): void {
    this.#backoff = Math.min(this.#backoff + 1, 16);
  }

  /** The peer took new data. */
  progressed(): void {
    this.#backoff = 0;
  }
}
