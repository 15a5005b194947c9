/**
 * What of a connection's data is lost, and what has to go out again. Source: RFC 6675 (with SACK), RFC 6582 (without),
 * RFC 5681 §3.2, RFC 6298 §5.4.
 */
import { Ranges } from './ranges.ts';
import { Resent } from './resent.ts';

/** How far the sender is. */
export interface Flow {
  readonly una: number;
  readonly nxt: number;
  readonly segmentBytes: number;
  readonly hasSack: boolean;
}

interface Episode {
  /** `timeout`: all that was under way counts as lost; `duplicates`: what the peer's answers say. */
  readonly kind: 'timeout' | 'duplicates';
  /** It is over when this is acknowledged. */
  readonly point: number;
}

const DUPLICATES = 3;

export class Recovery {
  readonly #flow: Flow;
  readonly #sacked = new Ranges();
  readonly #again = new Resent();
  #episode: Episode | undefined;
  #duplicates = 0;
  /** What is below, and was not acknowledged, was sent again in this episode. */
  #resent = 0;
  /** What is below, and was not acknowledged, is lost. */
  #lostBelow = 0;
  #shrunkMs = 0;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  get isActive(): boolean {
    return this.#episode !== undefined;
  }

  /** New acknowledgments let the congestion window grow; while duplicates are dealt with they do not. */
  get mayGrow(): boolean {
    return this.#episode === undefined || this.#episode.kind === 'timeout';
  }

  /** Nothing is known but what is acknowledged: all that is under way is in the network. */
  get isQuiet(): boolean {
    return this.#episode === undefined && this.#sacked.bytes === 0 && this.#duplicates === 0;
  }

  /** Takes the blocks that came with an acknowledgment up to `offset`; how many bytes they say anew. */
  sack(blocks: readonly (readonly [start: number, end: number])[], offset: number): number {
    let bytes = 0;
    for (const [start, end] of blocks) {
      if (start >= offset && start < end && end <= this.#flow.nxt) bytes += this.#sacked.add(start, end);
    }
    return bytes;
  }

  /** The flow's `una` has moved. */
  advanced(): void {
    const { una } = this.#flow;
    this.#sacked.dropBelow(una);
    this.#duplicates = 0;
    this.#resent = Math.max(this.#resent, una);
    if (this.#episode !== undefined && una >= this.#episode.point) this.#episode = undefined;
  }

  duplicated(): void {
    this.#duplicates++;
  }

  /** `begin`: something is lost; `shrink`: what was sent again is lost too, so the path carries still less. */
  judge(isNew: boolean, nowMs: number, roundTripMs: number): 'begin' | 'shrink' | undefined {
    const { una, nxt, segmentBytes, hasSack } = this.#flow;
    if (this.#episode !== undefined && hasSack && this.#isLostAgain(nowMs, roundTripMs)) return 'shrink';
    if (this.#episode?.kind === 'timeout') return undefined;
    const bySack = hasSack ? this.#sacked.lostBelow((DUPLICATES - 1) * segmentBytes, DUPLICATES) : 0;
    this.#lostBelow = Math.max(this.#lostBelow, bySack);
    if (this.#episode !== undefined) {
      // A partial acknowledgment: the next segment is lost too. Source: RFC 6582 §3.2 step 3, RFC 6675 §5.
      if (isNew) this.#lostBelow = Math.max(this.#lostBelow, una + segmentBytes);
      return undefined;
    }
    if (nxt === una || (this.#lostBelow <= una && this.#duplicates < DUPLICATES)) return undefined;
    this.#begin('duplicates');
    this.#lostBelow = Math.max(this.#lostBelow, una + segmentBytes);
    this.#shrunkMs = nowMs;
    return 'begin';
  }

  /** All that was under way is lost; what the peer reported may be gone too (RFC 2018 §8). */
  timedOut(): void {
    this.#sacked.clear();
    this.#duplicates = 0;
    this.#begin('timeout');
    this.#lostBelow = this.#flow.nxt;
  }

  /** Bytes that are in the network, as far as is known. Source: RFC 6675 §4, SetPipe. */
  pipe(): number {
    const { una, nxt, segmentBytes, hasSack } = this.#flow;
    let pipe = 0;
    this.#sacked.eachGap(una, nxt, (start, end) => {
      if (end > this.#lostBelow) pipe += end - Math.max(start, this.#lostBelow);
      const resentEnd = Math.min(end, this.#resent, this.#lostBelow);
      if (resentEnd > start) pipe += resentEnd - start;
    });
    if (this.#episode !== undefined) pipe -= Math.min(pipe, this.#again.lostBytes(this.#isHere));
    return hasSack ? pipe : pipe - Math.min(pipe, this.#duplicates * segmentBytes);
  }

  /** What to send again next. Source: RFC 6675 §4, NextSeg. */
  next(): { readonly offset: number; readonly length: number } | undefined {
    const { una, nxt, segmentBytes } = this.#flow;
    const again = this.#again.next(this.#isHere);
    if (again !== undefined) {
      const offset = Math.max(again.start, una);
      return { offset, length: again.end - offset };
    }
    const gap = this.#sacked.gapFrom(Math.max(una, this.#resent), Math.min(this.#lostBelow, nxt));
    return gap && { offset: gap.start, length: Math.min(gap.end - gap.start, segmentBytes) };
  }

  /** [offset, end) went out again. */
  resent(offset: number, end: number): void {
    this.#resent = Math.max(this.#resent, end);
    if (this.#flow.hasSack) this.#again.add(offset, end, this.#flow.nxt);
  }

  clear(): void {
    this.#sacked.clear();
    this.#again.clear();
  }

  #begin(kind: Episode['kind']): void {
    this.#again.clear();
    this.#episode = { kind, point: this.#flow.nxt };
    this.#resent = this.#flow.una;
  }

  /** What was sent again can be lost again; that counts once in a round trip. */
  #isLostAgain(nowMs: number, roundTripMs: number): boolean {
    const slack = DUPLICATES * this.#flow.segmentBytes;
    if (!this.#again.judge(this.#sacked.end, slack, this.#isHere)) return false;
    if (nowMs - this.#shrunkMs < roundTripMs) return false;
    this.#shrunkMs = nowMs;
    return true;
  }

  /** Whether the peer has it. */
  readonly #isHere = (start: number, end: number): boolean => {
    const { una } = this.#flow;
    return end <= una || this.#sacked.gapFrom(Math.max(start, una), end) === undefined;
  };
}
