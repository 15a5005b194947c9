/**
 * The sending half of a TCP connection: what goes out when, and what goes out again. Offsets count from the SYN, which
 * is 0, so the first byte is 1; they do not wrap.
 * Source: RFC 9293 §3.8, RFC 5681, RFC 6298, RFC 6675 (SACK), RFC 6582 (without), RFC 3042.
 */
import type { Alarm, Alarms } from '../alarms.ts';
import { Cubic } from './cubic.ts';
import { HyStart } from './hystart.ts';
import { Recovery } from './recovery.ts';
import { RoundTrip } from './rtt.ts';
import { SendQueue } from './send-queue.ts';

export interface SenderHost {
  /** Sends the bytes [offset, offset + length); SYN at 0, FIN after the last. */
  transmit(offset: number, length: number, isFin: boolean): void;
  /** Sends what the peer has to answer: an empty segment before what it expects. */
  probe(): void;
  /** The peer has not taken anything for too long. */
  gaveUp(): void;
}

/** What an acknowledgment says, in offsets. */
export interface Acknowledgment {
  readonly offset: number;
  readonly windowBytes: number;
  readonly sack: readonly (readonly [start: number, end: number])[];
  /** It carries nothing else, and could be one that a gap has caused. */
  readonly isPure: boolean;
  /** When the segment was sent that it answers; undefined when it does not say. */
  readonly roundTripMs: number | undefined;
}

/** A burst of a connection goes out as one frame up to this; the NIC or the switch cuts it where it must be cut. */
const MAX_BURST_BYTES = 64_000;
const MAX_TRIES = 10;

export class Sender {
  /** First byte that is not acknowledged. */
  una = 0;
  /** First that was never sent. */
  nxt = 0;
  segmentBytes: number;
  noDelay: boolean;
  hasSack = false;
  readonly roundTrip = new RoundTrip();
  readonly congestion: Cubic;
  readonly counts = { retransmitted: 0, timeouts: 0, recoveries: 0, probes: 0 };
  readonly #host: SenderHost;
  readonly #alarms: Alarms;
  readonly #queue = new SendQueue(1);
  readonly #recovery: Recovery = new Recovery(this);
  readonly #hyStart = new HyStart();
  readonly #timer: Alarm;
  /** What the peer lets us send beyond `una`. */
  #windowBytes = 0;
  #maxWindowBytes = 0;
  #finOffset: number | undefined;
  #tries = 0;
  #timed: { readonly offset: number; readonly atMs: number } | undefined;
  #lastSentMs: number;

  constructor(host: SenderHost, alarms: Alarms, options: { segmentBytes: number; noDelay: boolean }) {
    this.#host = host;
    this.#alarms = alarms;
    this.segmentBytes = options.segmentBytes;
    this.noDelay = options.noDelay;
    this.congestion = new Cubic(options.segmentBytes);
    this.#timer = alarms.alarm(() => this.#timedOut());
    this.#lastSentMs = alarms.now();
  }

  get queuedBytes(): number {
    return this.#queue.bytes;
  }

  get flightBytes(): number {
    return this.nxt - this.una;
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** FIN and all before it are acknowledged. */
  get isFinAcknowledged(): boolean {
    return this.#finOffset !== undefined && this.una > this.#finOffset;
  }

  get isFinSent(): boolean {
    return this.#finOffset !== undefined && this.nxt > this.#finOffset;
  }

  get isEnded(): boolean {
    return this.#finOffset !== undefined;
  }

  copy(offset: number, length: number, target: Uint8Array, at: number): void {
    this.#queue.copy(offset, length, target, at);
  }

  write(bytes: Uint8Array): void {
    this.#queue.append(bytes);
  }

  /** Nothing follows what was written. */
  end(): void {
    this.#finOffset ??= this.#queue.end;
  }

  /** The SYN goes out: the handshake's only segment of ours. */
  sendSyn(): void {
    this.nxt = 1;
    this.#host.transmit(0, 0, false);
    this.#armTimer();
  }

  /** The handshake gave what the peer takes. */
  open(segmentBytes: number, hasSack: boolean, windowBytes: number): void {
    this.nxt = 1;
    this.una = 1;
    this.#tries = 0;
    this.hasSack = hasSack;
    this.setSegmentBytes(segmentBytes);
    this.congestion.windowBytes = 10 * segmentBytes;
    this.#setWindow(windowBytes);
    this.#timer.clear();
  }

  setSegmentBytes(bytes: number): void {
    this.segmentBytes = bytes;
    this.congestion.setSegmentBytes(bytes);
  }

  sampleRoundTrip(milliseconds: number): void {
    this.roundTrip.sample(milliseconds);
  }

  /** The path does not take segments of this length: what is under way was lost. Source: RFC 1191 §6.5. */
  pathNarrowed(segmentBytes: number): void {
    if (segmentBytes >= this.segmentBytes) return;
    this.setSegmentBytes(segmentBytes);
    if (this.flightBytes > 0) this.#beginLoss();
    this.pump();
  }

  /** Takes an acknowledgment in [una, nxt]; whether it was of something new. */
  acknowledged(ack: Acknowledgment): boolean {
    const nowMs = this.#alarms.now();
    const isWindowSame = ack.windowBytes === this.#windowBytes;
    this.#setWindow(ack.windowBytes);
    const isNew = ack.offset > this.una;
    const wasLimited = this.flightBytes + this.segmentBytes * 2 >= this.congestion.windowBytes;
    const newlySacked = this.#recovery.sack(ack.sack, ack.offset);
    if (isNew) this.#advance(ack, nowMs, wasLimited);
    else if (this.flightBytes > 0 && ((ack.isPure && isWindowSame) || newlySacked > 0))
      this.#recovery.duplicated();
    this.#judgeLoss(isNew, nowMs);
    return isNew;
  }

  #advance(ack: Acknowledgment, nowMs: number, wasLimited: boolean): void {
    const bytes = ack.offset - this.una;
    this.una = ack.offset;
    this.#queue.release(ack.offset);
    this.#tries = 0;
    const { mayGrow } = this.#recovery;
    this.#recovery.advanced();
    this.roundTrip.progressed();
    this.#sampleFrom(ack, nowMs);
    if (mayGrow && wasLimited) {
      const roundTripMs = this.roundTrip.smoothedMs ?? 0;
      this.congestion.acknowledged(bytes, nowMs, roundTripMs, this.#hyStart.growth);
    }
    // Source: RFC 6298 §5.2–5.3.
    this.#timer.clear();
    if (this.flightBytes > 0) this.#armTimer();
  }

  /** Timestamps tell of every segment; otherwise one at a time that was not sent twice. Source: RFC 6298 §3. */
  #sampleFrom(ack: Acknowledgment, nowMs: number): void {
    if (ack.roundTripMs !== undefined) {
      this.roundTrip.sample(ack.roundTripMs);
      if (!this.congestion.isSlowStart) return;
      if (this.#hyStart.sample(ack.roundTripMs, this.una, this.nxt)) this.congestion.leaveSlowStart();
    } else if (this.#timed !== undefined && ack.offset > this.#timed.offset) {
      this.roundTrip.sample(nowMs - this.#timed.atMs);
      this.#timed = undefined;
    }
  }

  #judgeLoss(isNew: boolean, nowMs: number): void {
    const judged = this.#recovery.judge(isNew, nowMs, this.roundTrip.smoothedMs ?? 0);
    if (judged === undefined) return;
    this.congestion.lost(nowMs);
    if (judged === 'shrink') return;
    this.#timed = undefined;
    this.counts.recoveries++;
    this.#resendOne();
  }

  /** Sends all that may be sent now. */
  pump(): void {
    if (this.una === 0) return;
    if (this.flightBytes === 0 && this.#alarms.now() - this.#lastSentMs > this.roundTrip.timeoutMs)
      this.congestion.idled();
    let pipe = this.#recovery.isQuiet ? this.flightBytes : this.#recovery.pipe();
    while (this.#recovery.isActive && pipe + this.segmentBytes <= this.congestion.windowBytes) {
      const sent = this.#resendOne();
      if (sent === 0) break;
      pipe += sent;
    }
    for (;;) {
      const length = this.#sendable(this.congestion.windowBytes - pipe);
      if (length === undefined) break;
      this.#sendNew(length);
      pipe += length;
    }
    if (this.flightBytes === 0 && this.#hasMore()) this.#armProbe();
  }

  #hasMore(): boolean {
    return this.nxt < this.#queue.end || (this.#finOffset !== undefined && this.nxt <= this.#finOffset);
  }

  /** How many new bytes go out as one burst; 0: only a FIN; undefined: nothing. */
  #sendable(room: number): number | undefined {
    const available = this.#queue.end - this.nxt;
    if (available <= 0) return this.#finOffset === this.nxt && this.#mayFin() ? 0 : undefined;
    const window = this.una + this.#windowBytes - this.nxt;
    const limit = Math.min(available, window, MAX_BURST_BYTES);
    const segment = this.segmentBytes;
    // A congestion window that is not full may be filled; a part of a segment waits until there is room for all.
    const length = Math.min(limit, room < segment ? 0 : room);
    if (length <= 0) return undefined;
    if (length >= segment) return length === available ? length : length - (length % segment);
    if (length < available) return this.#isWorthIt(length) ? length : undefined;
    const isLast = this.#finOffset !== undefined;
    // Nagle: a small segment waits while another is under way. Source: RFC 9293 §3.7.4.
    return this.noDelay || isLast || this.flightBytes === 0 ? length : undefined;
  }

  /** Less than a segment, and more waits: only when the peer's window was never much larger. Source: RFC 9293 §3.8.6.2.1. */
  #isWorthIt(length: number): boolean {
    return length >= this.#maxWindowBytes / 2 && this.#maxWindowBytes > 0;
  }

  #mayFin(): boolean {
    return this.nxt - this.una <= Math.max(this.#windowBytes, 1);
  }

  #sendNew(length: number): void {
    const isFin = this.#finOffset === this.nxt + length;
    const offset = this.nxt;
    const nowMs = this.#alarms.now();
    this.nxt += length + (isFin ? 1 : 0);
    this.#timed ??= { offset, atMs: nowMs };
    this.#lastSentMs = nowMs;
    this.#host.transmit(offset, length, isFin);
    if (!this.#timer.isSet) this.#armTimer();
  }

  /** Sends the next lost segment again; how many bytes. */
  #resendOne(): number {
    const next = this.#recovery.next();
    if (next === undefined) return 0;
    this.#resend(next.offset, next.length);
    return next.length;
  }

  #resend(offset: number, length: number): void {
    const data = Math.min(length, this.#queue.end - offset);
    const isFin =
      this.#finOffset !== undefined && offset + data === this.#finOffset && this.nxt > this.#finOffset;
    this.#recovery.resent(offset, offset + data + (isFin ? 1 : 0));
    this.#timed = undefined;
    this.#lastSentMs = this.#alarms.now();
    this.counts.retransmitted++;
    this.#host.transmit(offset, data, isFin);
    if (offset === this.una || !this.#timer.isSet) this.#armTimer();
  }

  #beginLoss(): void {
    this.#timed = undefined;
    this.#recovery.timedOut();
  }

  #timedOut(): void {
    if (this.flightBytes === 0) return this.#probeWindow();
    if (++this.#tries > MAX_TRIES) return this.#host.gaveUp();
    this.counts.timeouts++;
    this.roundTrip.expired();
    if (this.una === 0) {
      this.#host.transmit(0, 0, false);
      return this.#armTimer();
    }
    this.congestion.timedOut(Math.min(this.flightBytes, this.congestion.windowBytes));
    this.#beginLoss();
    this.#resendOne();
    this.#armTimer();
  }

  /** The peer's window is closed, or too small to be worth it. Source: RFC 9293 §3.8.6.1. */
  #probeWindow(): void {
    if (!this.#hasMore()) return;
    // A peer that answers keeps us waiting as long as it wants (RFC 1122 §4.2.2.17); one that does not is gone.
    if (++this.#tries > MAX_TRIES) return this.#host.gaveUp();
    this.counts.probes++;
    this.roundTrip.expired();
    const small = Math.min(this.#windowBytes, this.#queue.end - this.nxt, this.segmentBytes);
    if (small > 0) return this.#sendNew(small);
    this.#host.probe();
    this.#armTimer();
  }

  /** The peer has answered a probe: it is there. */
  heard(): void {
    if (this.flightBytes === 0) this.#tries = 0;
  }

  #armProbe(): void {
    if (!this.#timer.isSet) this.#armTimer();
  }

  #armTimer(): void {
    this.#timer.set(this.#alarms.now() + this.roundTrip.timeoutMs);
  }

  #setWindow(bytes: number): void {
    this.#windowBytes = bytes;
    this.#maxWindowBytes = Math.max(this.#maxWindowBytes, bytes);
  }

  stop(): void {
    this.#timer.clear();
    this.#queue.clear();
    this.#recovery.clear();
  }
}
