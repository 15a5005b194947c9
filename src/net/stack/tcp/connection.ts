/** A TCP connection: its states, its handshake, and what it does with a segment. Source: RFC 9293 §3.10. */
import { assert } from '#lib';
import type { Alarm, Alarms } from '../alarms.ts';
import { FLAG, type TcpOptions, type TcpSegment } from '../wire/tcp.ts';
import { Clocked } from './clocked.ts';
import { KeepAlive } from './keep-alive.ts';
import { scaleFor, type TcpEvents, type TcpFailure, type TcpSettings } from './owner.ts';
import { Receiver } from './receiver.ts';
import { Sender } from './sender.ts';
import { type OutSegment, Speaker } from './speaker.ts';
import { isSynchronized, nextState, type TcpEvent, type TcpState } from './states.ts';
import type { FourTuple, Resumed } from './syn-cookies.ts';

export interface ConnectionHost {
  readonly alarms: Alarms;
  output(tuple: FourTuple, segment: OutSegment): void;
  /** Bytes of a segment without options that the path takes. */
  maxSegmentTo(address: number): number;
  /** Whether an answer to a strange segment may go out: not too many do. Source: RFC 5961 §7. */
  mayChallenge(): boolean;
  changed(connection: TcpConnection, from: TcpState): void;
}

const DEFAULT_SEGMENT_BYTES = 536;

export class TcpConnection {
  readonly tuple: FourTuple;
  events: TcpEvents;
  state: TcpState = 'closed';
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly #host: ConnectionHost;
  readonly #options: TcpSettings;
  readonly #alarms: Alarms;
  readonly #clocked: Clocked;
  readonly #keepAlive: KeepAlive;
  readonly #waited: Alarm;
  readonly #iss: number;
  #sendScale = 0;
  readonly #speaker: Speaker;
  /** Sequence and acknowledgment of the segment that the window was last taken from, as offsets. */
  #windowFrom = { sequence: 0, acknowledgment: 0 };
  #isWriterWaiting = false;
  #isEndTold = false;
  #isOver = false;

  constructor(
    host: ConnectionHost,
    tuple: FourTuple,
    options: TcpSettings,
    start: { sequence: number; timestampOffset: number; events: TcpEvents },
  ) {
    this.#host = host;
    this.#alarms = host.alarms;
    this.tuple = tuple;
    this.#options = options;
    this.events = start.events;
    this.#iss = start.sequence;
    this.#clocked = new Clocked(start.timestampOffset);
    const segmentBytes = host.maxSegmentTo(tuple.remote.address);
    this.sender = new Sender(
      {
        transmit: (offset, length, isFin) => this.#transmit(offset, length, isFin),
        probe: () => this.#speaker.probe(),
        gaveUp: () => this.#fail('timed out'),
      },
      host.alarms,
      { segmentBytes, noDelay: options.noDelay },
    );
    this.receiver = new Receiver(
      host.alarms,
      { capacityBytes: options.receiveBytes, delayedAckMs: options.delayedAckMs },
      segmentBytes,
      () => this.#sendAck(),
    );
    this.#speaker = new Speaker({
      tuple,
      first: start.sequence,
      sender: this.sender,
      receiver: this.receiver,
      clocked: this.#clocked,
      offeredScale: scaleFor(options.receiveBytes),
      receiveBytes: options.receiveBytes,
      now: host.alarms.now,
      maxSegmentBytes: () => host.maxSegmentTo(tuple.remote.address),
      output: (to, segment) => host.output(to, segment),
    });
    this.#keepAlive = new KeepAlive(host.alarms, options.keepAlive, {
      // Data that is under way asks as well, and more often.
      probe: () => this.sender.flightBytes === 0 && this.#speaker.probe(),
      gaveUp: () => this.#fail('timed out'),
    });
    this.#waited = host.alarms.alarm(() => this.#step('waited'));
  }

  /** Asks the peer for the connection. */
  open(): void {
    this.#enter('syn-sent');
    this.sender.sendSyn();
  }

  /** Answers a peer that asks. */
  accept(syn: TcpSegment): void {
    this.#takeSyn(syn);
    this.#enter('syn-received');
    this.sender.sendSyn();
  }

  /** Goes on after a handshake that left nothing here. */
  resume({ peerSequence, options, windowBytes }: Resumed): void {
    this.#speaker.peerFirst = peerSequence;
    this.receiver.synchronize();
    this.#takeOptions(options);
    this.#enter('syn-received');
    this.#established(windowBytes * 2 ** this.#sendScale);
  }

  /** The oldest bytes that were not read; undefined when there are none. */
  read(): Uint8Array | undefined {
    const chunk = this.receiver.read();
    const isDue = chunk !== undefined && isSynchronized(this.state) && this.receiver.isWindowUpdateDue;
    if (isDue) this.#alarms.turns.run(() => this.#sendAck());
    return chunk;
  }

  /** Takes all of `bytes`, without copying; whether there is room for more: if not, `drained` tells when. */
  write(bytes: Uint8Array): boolean {
    if (this.#isOver || this.sender.isEnded) return false;
    this.sender.write(bytes);
    this.#alarms.turns.run(() => this.sender.pump());
    this.#isWriterWaiting = this.sender.queuedBytes >= this.#options.sendBytes;
    return !this.#isWriterWaiting;
  }

  /** Nothing follows what was written; the peer may go on. */
  end(): void {
    if (this.#isOver || this.sender.isEnded) return;
    this.sender.end();
    this.#alarms.turns.run(() => this.sender.pump());
  }

  /** Ends it here and now; the peer is told. */
  abort(): void {
    this.#alarms.turns.run(() => this.#abort());
  }

  #abort(): void {
    if (this.state === 'closed') return;
    if (this.state !== 'syn-sent' && this.state !== 'time-wait')
      this.#speaker.send(this.sender.nxt, FLAG.rst | FLAG.ack);
    this.#fail('aborted');
  }

  /** The path does not lead there: ends one that is beginning. Source: RFC 5927 §4.1. */
  unreachable(): void {
    if (this.state === 'syn-sent') this.#fail('unreachable');
  }

  /** The path has a smaller MTU than was thought. */
  pathNarrowed(): void {
    this.sender.pathNarrowed(this.#host.maxSegmentTo(this.tuple.remote.address) - this.#clocked.optionBytes);
  }

  /** Whether a sequence number is of something that is under way; errors about others are lies. Source: RFC 5927 §4. */
  isUnderWay(sequence: number): boolean {
    const offset = this.#sendOffset(sequence);
    return offset >= this.sender.una && offset < this.sender.nxt;
  }

  /** Whether a SYN is of a new connection with the same ports. Source: RFC 9293 §3.10.7.4, RFC 6191. */
  mayBeReplacedBy(syn: TcpSegment): boolean {
    if (this.state !== 'time-wait') return false;
    return (
      this.#receiveOffset(syn.sequence) > this.receiver.nxt || this.#clocked.isLater(syn.options.timestamp)
    );
  }

  receive(segment: TcpSegment): void {
    if (this.state === 'closed') return;
    if (this.state === 'syn-sent') this.#receiveSynSent(segment);
    else this.#receiveSynchronized(this.#isCrossedAnswer(segment) ? withoutSyn(segment) : segment);
    this.#afterwards();
  }

  /** The answer to our SYN, which crossed the peer's: its SYN is known already. Source: RFC 9293 §3.5, figure 8. */
  #isCrossedAnswer({ flags, sequence }: TcpSegment): boolean {
    const isAnswer = (flags & (FLAG.syn | FLAG.ack)) === (FLAG.syn | FLAG.ack);
    return isAnswer && this.state === 'syn-received' && this.#receiveOffset(sequence) === 0;
  }

  /** Source: RFC 9293 §3.10.7.3. */
  #receiveSynSent(segment: TcpSegment): void {
    const { flags } = segment;
    const hasAck = (flags & FLAG.ack) !== 0;
    if (hasAck && this.#sendOffset(segment.acknowledgment) !== 1) {
      if ((flags & FLAG.rst) === 0) this.#speaker.reset(segment.acknowledgment);
      return;
    }
    if ((flags & FLAG.rst) !== 0) return hasAck ? this.#fail('refused') : undefined;
    if ((flags & FLAG.syn) === 0) return;
    this.#takeSyn(segment);
    if (hasAck) {
      // The window of a SYN is not scaled. Source: RFC 7323 §2.2.
      this.#established(segment.window);
      this.receiver.isAckDue = true;
      return;
    }
    this.#step('syn came');
    this.#transmit(0, 0, false);
  }

  /** Source: RFC 9293 §3.10.7.4. */
  #receiveSynchronized(segment: TcpSegment): void {
    const { flags, payload } = segment;
    const start = this.#receiveOffset(segment.sequence);
    const length = payload.length + (flags & FLAG.syn ? 1 : 0) + (flags & FLAG.fin ? 1 : 0);
    const isReset = (flags & FLAG.rst) !== 0;
    if (!isReset && this.#clocked.isOld(segment.options.timestamp))
      return this.#challenge(payload.length > 0);
    const isShut = start === this.receiver.nxt && !this.receiver.isAcceptable(start, length);
    if (!isShut && !this.receiver.isAcceptable(start, length)) return this.#unacceptable(segment, start);
    if (isReset) return start === this.receiver.nxt ? this.#fail('reset') : this.#challenge(false);
    if ((flags & FLAG.syn) !== 0) return this.#challenge(false);
    if ((flags & FLAG.ack) === 0) return;
    this.#clocked.take(segment.options.timestamp, start <= this.receiver.nxt);
    if (!this.#takeAck(segment, start) || this.#isOver) return;
    this.#heard();
    // Our window is shut: the acknowledgment counts, the rest comes again.
    if (isShut && length > 0) this.receiver.isAckDue = true;
    else this.#takeText(segment, start);
  }

  /** Answered, so that the peer learns where we are; a SYN again means that our answer was lost. */
  #unacceptable({ flags, payload }: TcpSegment, start: number): void {
    if ((flags & FLAG.rst) !== 0) return;
    if (this.state === 'syn-received' && (flags & FLAG.syn) !== 0 && start === 0)
      return this.#transmit(0, 0, false);
    if (this.state === 'time-wait') this.#waited.set(this.#alarms.now() + this.#options.timeWaitMs);
    this.#heard();
    this.#challenge(payload.length > 0 || (flags & FLAG.fin) !== 0);
  }

  /** Whether the segment is to be read on. */
  #takeAck(segment: TcpSegment, start: number): boolean {
    const { sender } = this;
    const offset = this.#sendOffset(segment.acknowledgment);
    const windowBytes = segment.window * 2 ** this.#sendScale;
    if (this.state === 'syn-received') {
      if (offset !== 1) {
        this.#speaker.reset(segment.acknowledgment);
        return false;
      }
      this.#established(windowBytes);
    }
    if (offset > sender.nxt || offset < sender.una - 2 ** 30) {
      this.#challenge(false);
      return false;
    }
    if (offset < sender.una) return true;
    const { sequence, acknowledgment } = this.#windowFrom;
    const isNewer = start > sequence || (start === sequence && offset >= acknowledgment);
    if (isNewer) this.#windowFrom = { sequence: start, acknowledgment: offset };
    sender.acknowledged({
      offset,
      windowBytes: isNewer ? windowBytes : sender.windowBytes,
      sack: this.#sackOffsets(segment),
      isPure: segment.payload.length === 0 && (segment.flags & FLAG.fin) === 0,
      roundTripMs: this.#clocked.roundTripMs(segment.options.timestamp, this.#alarms.now()),
    });
    if (sender.isFinAcknowledged && nextState(this.state, 'fin acknowledged') !== undefined)
      this.#step('fin acknowledged');
    return true;
  }

  #takeText({ payload, flags }: TcpSegment, start: number): void {
    const mayCome =
      this.state === 'established' || this.state === 'fin-wait-1' || this.state === 'fin-wait-2';
    const isFin = (flags & FLAG.fin) !== 0;
    if (!mayCome || (payload.length === 0 && !isFin)) return;
    this.receiver.take(start, payload, isFin);
    if (this.receiver.isFinished) this.#step('fin came');
  }

  #sackOffsets({ options }: TcpSegment): (readonly [number, number])[] {
    if (options.sack === undefined || !this.sender.hasSack) return [];
    return options.sack.map(([left, right]) => [this.#sendOffset(left), this.#sendOffset(right)] as const);
  }

  /** Tells the owner what is new, sends what may go, acknowledges what is due. */
  #afterwards(): void {
    if (this.#isOver) return;
    if (this.receiver.readableBytes > 0) this.events.received?.();
    if (this.receiver.isFinished && !this.#isEndTold) {
      this.#isEndTold = true;
      this.events.ended?.();
    }
    if (this.#isWriterWaiting && this.sender.queuedBytes <= this.#options.sendBytes / 2) {
      this.#isWriterWaiting = false;
      this.events.drained?.();
    }
    if (isSynchronized(this.state)) this.sender.pump();
    if (this.receiver.isAckDue && isSynchronized(this.state)) this.#sendAck();
  }

  #takeSyn(syn: TcpSegment): void {
    this.#speaker.peerFirst = syn.sequence;
    this.receiver.synchronize();
    this.#takeOptions(syn.options);
  }

  #takeOptions(options: TcpOptions): void {
    this.#speaker.hasScale = options.windowScale !== undefined;
    this.#sendScale = options.windowScale ?? 0;
    this.#clocked.agree(options.timestamp);
    const own = this.#host.maxSegmentTo(this.tuple.remote.address);
    const peer = Math.max(options.maxSegmentBytes ?? DEFAULT_SEGMENT_BYTES, 64);
    this.sender.setSegmentBytes(Math.min(own, peer) - this.#clocked.optionBytes);
    this.sender.hasSack = options.sackPermitted === true;
    this.receiver.segmentBytes = this.sender.segmentBytes;
  }

  #established(windowBytes: number): void {
    this.#step('handshake done');
    this.sender.open(this.sender.segmentBytes, this.sender.hasSack, windowBytes);
    this.#heard();
    this.events.connected?.();
  }

  #transmit(offset: number, length: number, isFin: boolean): void {
    if (offset === 0) return this.#speaker.syn(this.state === 'syn-received');
    const isLast = offset + length === this.sender.nxt || isFin;
    const flags = FLAG.ack | (isFin ? FLAG.fin : 0) | (length > 0 && isLast ? FLAG.psh : 0);
    this.#speaker.send(offset, flags, length);
    if (isFin && nextState(this.state, 'fin sent') !== undefined) this.#step('fin sent');
  }

  #sendAck(): void {
    if (this.state !== 'closed') this.#speaker.send(this.sender.nxt, FLAG.ack);
  }

  #challenge(isDue: boolean): void {
    if (isDue || this.#host.mayChallenge()) this.#sendAck();
  }

  #heard(): void {
    this.sender.heard();
    this.#keepAlive.heard();
  }

  #step(event: TcpEvent): void {
    const next = nextState(this.state, event);
    assert(next !== undefined, `TCP: "${event}" comes in state ${this.state}`);
    this.#enter(next);
  }

  #enter(state: TcpState): void {
    const from = this.state;
    this.state = state;
    if (state === 'time-wait') this.#waited.set(this.#alarms.now() + this.#options.timeWaitMs);
    this.#host.changed(this, from);
    if (state === 'time-wait' || state === 'closed') this.#finish(undefined);
  }

  #fail(reason: TcpFailure): void {
    if (this.state === 'closed') return;
    const from = this.state;
    this.state = 'closed';
    this.#host.changed(this, from);
    this.#finish(reason);
  }

  /** Nothing happens any more, but what came may still be read. */
  #finish(reason: TcpFailure | undefined): void {
    if (this.state === 'closed') this.#waited.clear();
    this.#keepAlive.stop();
    if (this.#isOver) return;
    if (reason === undefined && this.receiver.isFinished && !this.#isEndTold) {
      this.#isEndTold = true;
      if (this.receiver.readableBytes > 0) this.events.received?.();
      this.events.ended?.();
    }
    this.#isOver = true;
    if (this.receiver.isAckDue && this.state === 'time-wait') this.#sendAck();
    this.sender.stop();
    this.receiver.stop();
    this.events.closed?.(reason);
  }

  #sendOffset(sequence: number): number {
    return this.sender.una + ((sequence - (this.#iss + this.sender.una)) | 0);
  }

  #receiveOffset(sequence: number): number {
    return this.receiver.nxt + ((sequence - (this.#speaker.peerFirst + this.receiver.nxt)) | 0);
  }
}

function withoutSyn(segment: TcpSegment): TcpSegment {
  return { ...segment, sequence: (segment.sequence + 1) >>> 0, flags: segment.flags & ~FLAG.syn };
}
