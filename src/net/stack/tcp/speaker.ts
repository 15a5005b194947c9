/** Makes the segments of a connection: numbers, window, options, all as the handshake has agreed. Source: RFC 9293 §3.1. */
import { FLAG, type TcpOptions } from '../wire/tcp.ts';
import type { Clocked } from './clocked.ts';
import type { Receiver } from './receiver.ts';
import type { Sender } from './sender.ts';
import type { FourTuple } from './syn-cookies.ts';

/** What a connection sends, in its own terms. */
export interface OutSegment {
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly window: number;
  readonly options: TcpOptions;
  readonly payloadBytes: number;
  /** A longer payload is cut into pieces of this. */
  readonly segmentBytes: number;
  copy(target: Uint8Array, at: number): void;
}

export interface SpeakerParts {
  readonly tuple: FourTuple;
  /** Our first sequence number. */
  readonly first: number;
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly clocked: Clocked;
  /** The scale that we offer for our window. */
  readonly offeredScale: number;
  readonly receiveBytes: number;
  readonly now: () => number;
  readonly maxSegmentBytes: () => number;
  readonly output: (tuple: FourTuple, segment: OutSegment) => void;
}

export class Speaker {
  /** The peer's first sequence number. */
  peerFirst = 0;
  /** Windows are scaled: both have said so. */
  hasScale = true;
  readonly #parts: SpeakerParts;

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
  }

  /** The SYN; as an answer it says only what the peer has offered too. */
  syn(isAnswer: boolean): void {
    const { first, sender, clocked, offeredScale, receiveBytes, now, maxSegmentBytes } = this.#parts;
    const options = {
      maxSegmentBytes: maxSegmentBytes(),
      ...((!isAnswer || this.hasScale) && { windowScale: offeredScale }),
      ...((!isAnswer || sender.hasSack) && { sackPermitted: true }),
      ...((!isAnswer || clocked.isOn) && { timestamp: clocked.stamp(now()) }),
    };
    const acknowledgment = isAnswer ? this.#acknowledgment() : 0;
    const flags = FLAG.syn | (isAnswer ? FLAG.ack : 0);
    this.#say({ sequence: first, acknowledgment, flags, window: Math.min(receiveBytes, 0xffff), options });
  }

  /** The bytes from `offset` of our stream on, and how far we are with the peer's. */
  send(offset: number, flags: number, payloadBytes = 0): void {
    const { first, sender, receiver, clocked, offeredScale, now } = this.#parts;
    const sack = payloadBytes === 0 && sender.hasSack && receiver.hasGap ? this.#sackBlocks() : [];
    const options: TcpOptions = {
      ...(clocked.isOn && { timestamp: clocked.stamp(now()) }),
      ...(sack.length > 0 && { sack }),
    };
    // The window comes first: announcing it says that what came is acknowledged.
    const window = receiver.announce(this.hasScale ? offeredScale : 0);
    const sequence = (first + offset) >>> 0;
    const acknowledgment = this.#acknowledgment();
    const copy = (target: Uint8Array, at: number) => sender.copy(offset, payloadBytes, target, at);
    this.#say({ sequence, acknowledgment, flags, window, options }, payloadBytes, copy);
  }

  /** An empty segment that the peer finds strange, so that it answers. */
  probe(): void {
    this.send(this.#parts.sender.una - 1, FLAG.ack);
  }

  reset(sequence: number): void {
    this.#say({ sequence, acknowledgment: 0, flags: FLAG.rst, window: 0, options: {} });
  }

  #say(
    segment: Omit<OutSegment, 'payloadBytes' | 'segmentBytes' | 'copy'>,
    payloadBytes = 0,
    copy: OutSegment['copy'] = () => {},
  ): void {
    const { output, tuple, sender } = this.#parts;
    output(tuple, { ...segment, payloadBytes, segmentBytes: sender.segmentBytes, copy });
  }

  #sackBlocks(): (readonly [number, number])[] {
    const { receiver, clocked } = this.#parts;
    const blocks = receiver.sackBlocks(clocked.isOn ? 3 : 4);
    return blocks.map(
      ([start, end]) => [(this.peerFirst + start) >>> 0, (this.peerFirst + end) >>> 0] as const,
    );
  }

  #acknowledgment(): number {
    return (this.peerFirst + this.#parts.receiver.nxt) >>> 0;
  }
}
