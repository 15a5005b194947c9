/** One-time tickets: who has one may make one request, once, within a short time. Source: vim25 SessionManager.AcquireGenericServiceTicket. */
import type { Clock, Random } from '#lib';
import { randomToken } from './sessions.ts';

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
export const TICKET_SECONDS = { least: 30, usual: 120, most: 300 } as const;
const MAX_TICKETS = 10_000;

/** The request that a ticket is for. */
export interface TicketRequest {
  readonly method: string;
  /** Path and query as they are asked for. */
  readonly path: string;
}

interface Ticket extends TicketRequest {
  readonly user: string;
  /** The session that asked for it: it ends with that. */
  readonly sessionKey: string;
  readonly expiresNanoseconds: bigint;
}

/** The tickets that are out. */
export class TicketTable {
  readonly #clock: Pick<Clock, 'nowNanoseconds'>;
  readonly #random: Random;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Pick<Clock, 'nowNanoseconds'>, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The secret; undefined when too many are out. The time is brought into 30 … 300 s. */
  issue(
    owner: { readonly user: string; readonly key: string },
    request: TicketRequest,
    seconds: number = TICKET_SECONDS.usual,
  ): string | undefined {
    this.#sweep();
    if (this.#tickets.size >= MAX_TICKETS) return undefined;
    const lifetime = Math.min(Math.max(Math.floor(seconds), TICKET_SECONDS.least), TICKET_SECONDS.most);
    const id = randomToken(this.#random);
    this.#tickets.set(id, {
      method: request.method.toUpperCase(),
      path: request.path,
      user: owner.user,
      sessionKey: owner.key,
      expiresNanoseconds: this.#clock.nowNanoseconds() + BigInt(lifetime) * NANOSECONDS_PER_SECOND,
    });
    return id;
  }

  /** The user that the ticket speaks for, and it is used up; undefined when it is not for this, or no more. */
  redeem(id: string, { method, path }: TicketRequest): string | undefined {
    this.#sweep();
    const ticket = this.#tickets.get(id);
    if (ticket === undefined || ticket.method !== method.toUpperCase() || ticket.path !== path)
      return undefined;
    this.#tickets.delete(id);
    return ticket.user;
  }

  /** The tickets of a session that ended. */
  revoke(sessionKey: string): void {
    for (const [id, ticket] of this.#tickets) if (ticket.sessionKey === sessionKey) this.#tickets.delete(id);
  }

  #sweep(): void {
    const now = this.#clock.nowNanoseconds();
    for (const [id, ticket] of this.#tickets) if (now >= ticket.expiresNanoseconds) this.#tickets.delete(id);
  }
}
