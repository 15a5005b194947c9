/** TCP from guests to the outside: each SYN becomes a connection of the host, and is answered when that one is. */

import type { TcpConnection } from '../stack/tcp/connection.ts';
import type { TcpSettings } from '../stack/tcp/owner.ts';
import type { SynRequest } from '../stack/tcp/syn-request.ts';
import type { Turns } from '../stack/turns.ts';
import { ipText } from '../stack/wire/address.ts';
import { UNREACHABLE } from '../stack/wire/icmp.ts';
import type { Outside, OutsideEndpoint, OutsideFailure, OutsideStream } from './outside.ts';
import { Pipe } from './pipe.ts';

/** Where a guest's connection leads; `refused`: the code of ICMP's "unreachable", or a reset. */
export type Decision = { readonly to: OutsideEndpoint } | { readonly refused: number | 'reset' };

export const FLOW_SETTINGS: Partial<TcpSettings> = {
  noDelay: true,
  sendBytes: 2 ** 20,
  receiveBytes: 2 ** 20,
  delayedAckMs: 20,
  timeWaitMs: 1000,
  // A guest that is gone without a word: its connections outside are ended.
  keepAlive: { idleMs: 7_200_000, everyMs: 75_000, probes: 9 },
};

const LIMIT = { flows: 8192, perGuest: 2048 } as const;

export class TcpFlows {
  readonly counts = { opened: 0, refused: 0, overLimit: 0 };
  readonly #turns: Turns;
  readonly #outside: Outside;
  readonly #decide: (request: SynRequest) => Decision;
  readonly #ofGuest = new Map<number, number>();
  #count = 0;

  constructor(turns: Turns, outside: Outside, decide: (request: SynRequest) => Decision) {
    this.#turns = turns;
    this.#outside = outside;
    this.#decide = decide;
  }

  get count(): number {
    return this.#count;
  }

  request(request: SynRequest): void {
    const guest = request.tuple.remote.address;
    const decision = this.#decide(request);
    if ('refused' in decision) {
      this.counts.refused++;
      return request.refuse(decision.refused);
    }
    if (this.#count >= LIMIT.flows || (this.#ofGuest.get(guest) ?? 0) >= LIMIT.perGuest) {
      this.counts.overLimit++;
      return request.refuse('silence');
    }
    this.#open(request, decision.to);
  }

  #open(request: SynRequest, to: OutsideEndpoint): void {
    const guest = request.tuple.remote.address;
    let connection: TcpConnection | undefined;
    let isAnswered = false;
    this.#count++;
    this.#ofGuest.set(guest, (this.#ofGuest.get(guest) ?? 0) + 1);
    this.counts.opened++;
    const over = () => this.#closed(guest);
    const stream: OutsideStream = this.#outside.connect(to, {
      connected: () => {
        isAnswered = true;
        connection = request.accept(pipe.guestEvents, FLOW_SETTINGS);
        if (connection !== undefined) return;
        stream.reset();
      },
      data: (bytes) => pipe.streamEvents.data(bytes),
      drained: () => pipe.streamEvents.drained(),
      ended: () => pipe.streamEvents.ended(),
      closed: (reason) => {
        if (connection !== undefined) return pipe.streamEvents.closed(reason);
        if (!isAnswered) request.refuse(refusalOf(reason));
        over();
      },
    });
    const pipe = new Pipe(this.#turns, () => connection, stream, over);
  }

  #closed(guest: number): void {
    this.#count--;
    const left = (this.#ofGuest.get(guest) ?? 1) - 1;
    if (left > 0) this.#ofGuest.set(guest, left);
    else this.#ofGuest.delete(guest);
  }
}

/** The host's failure, as the network would have told it. */
function refusalOf(reason: OutsideFailure | undefined): number | 'reset' | 'silence' {
  if (reason === 'unreachable') return UNREACHABLE.host;
  return reason === 'timed out' ? 'silence' : 'reset';
}

export function outsideEndpoint(address: number, port: number): OutsideEndpoint {
  return { address: ipText(address), port };
}
