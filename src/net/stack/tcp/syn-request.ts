/** A peer asks for a connection to somebody in whose name we may answer: accepted or refused, now or later. */
import type { TcpSegment } from '../wire/tcp.ts';
import type { TcpConnection } from './connection.ts';
import type { TcpEvents, TcpSettings } from './owner.ts';
import type { FourTuple } from './syn-cookies.ts';

interface Answers {
  isOpen(): boolean;
  settle(): void;
  accept(events: TcpEvents, options: Partial<TcpSettings>): TcpConnection;
  reset(): void;
  unreachable(code: number): void;
}

export class SynRequest {
  /** `local` is whom the peer wants. */
  readonly tuple: FourTuple;
  readonly syn: TcpSegment;
  readonly #answers: Answers;

  constructor(tuple: FourTuple, syn: TcpSegment, answers: Answers) {
    this.tuple = tuple;
    this.syn = syn;
    this.#answers = answers;
  }

  /** Undefined when the request is gone. */
  accept(events: TcpEvents, options: Partial<TcpSettings> = {}): TcpConnection | undefined {
    if (!this.#answers.isOpen()) return undefined;
    this.#answers.settle();
    return this.#answers.accept(events, options);
  }

  /** `reset`: nobody listens there; a number: the code of ICMP's "unreachable"; `silence`: the peer may try again. */
  refuse(how: 'reset' | 'silence' | number): void {
    if (!this.#answers.isOpen()) return;
    this.#answers.settle();
    if (how === 'reset') this.#answers.reset();
    else if (how !== 'silence') this.#answers.unreachable(how);
  }
}
