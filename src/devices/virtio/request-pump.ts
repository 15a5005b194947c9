/** Requests that a device takes out of its queues and has done by stores: which are under way, which queues wait, whom to tell. */
import type { Chain } from './chain.ts';
import type { VirtioPort } from './device.ts';
import type { Virtqueue } from './queue.ts';

/** A request on its way. */
export interface PumpedRequest {
  readonly chain: Chain;
  /** Which queue it came by. */
  readonly queue: number;
  /** Of the whole chain. */
  readonly bytes: number;
}

/** What became of a look into a queue; `later`: what is next there has no turn now. */
export type Taken = 'one' | 'none' | 'later';

/** Requests beyond this stay in the ring until others are done; bounds the views and I/O that a guest can hold. */
const MAX_IN_FLIGHT_BYTES = 64 * 2 ** 20;

export class RequestPump<Request extends PumpedRequest> {
  readonly #take: (ring: Virtqueue, queue: number) => Taken;
  #port: VirtioPort | undefined;
  /** Requests at stores. One that comes back and is not here is from before a reset, and dropped. */
  readonly #inFlight = new Set<Request>();
  #inFlightBytes = 0;
  #isPumping = false;
  /** A store cannot go on: requests stay in the rings until it can. */
  #isStalled = false;
  /** Queues to look at when requests were too many. */
  readonly #waiting = new Set<number>();
  /** Queues that the driver is to be told of. */
  readonly #finished = new Set<number>();

  /** @param take - starts the next request of a queue; a store may complete it before that returns. */
  constructor(take: (ring: Virtqueue, queue: number) => Taken) {
    this.#take = take;
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** Starts requests until the rings are empty or enough are under way. */
  pump(queue: number): void {
    this.#waiting.add(queue);
    if (this.#isPumping) return;
    this.#isPumping = true;
    for (const index of [...this.#waiting]) {
      if (this.#isFull) break;
      this.#waiting.delete(index);
      this.#takeAll(index);
    }
    this.#isPumping = false;
    for (const index of this.#finished) this.#port?.queue(index).signal();
    this.#finished.clear();
  }

  /** There may be room, or a turn, again for those that waited. */
  pumpWaiting(): void {
    const [queue] = this.#waiting;
    if (queue !== undefined) this.pump(queue);
  }

  /** The store that could not go on can. */
  goOn(): void {
    this.#isStalled = false;
    this.pumpWaiting();
  }

  begin(request: Request): void {
    this.#inFlight.add(request);
    this.#inFlightBytes += request.bytes;
  }

  /** Those at stores now. */
  get underWay(): readonly Request[] {
    return [...this.#inFlight];
  }

  isUnderWay(request: Request): boolean {
    return this.#inFlight.has(request);
  }

  /** It is the next one again; what of it was done is done once more then. Preconditions: it was taken last. */
  putBack(request: Request): void {
    this.#isStalled = true;
    this.#leave(request);
    this.#waiting.add(request.queue);
    this.#port?.queue(request.queue).putBack([request.chain]);
  }

  /** It is done, and so many bytes of its chain were written. */
  finish(request: Request, written: number): void {
    this.#leave(request);
    const ring = this.#port?.queue(request.queue);
    ring?.push(request.chain, written);
    this.#finished.add(request.queue);
    if (this.#isPumping) return;
    ring?.signal();
    this.#finished.clear();
    this.pumpWaiting();
  }

  /** The driver broke a rule with this chain. */
  fail(chain: Chain, queue: number, reason: string): void {
    this.#port?.fail(reason);
    this.#port?.queue(queue).push(chain, 0);
  }

  /** As after a reset. */
  forget(): void {
    this.#inFlight.clear();
    this.#inFlightBytes = 0;
    this.#isStalled = false;
    this.#waiting.clear();
    this.#finished.clear();
  }

  get #isFull(): boolean {
    return this.#isStalled || this.#inFlightBytes >= MAX_IN_FLIGHT_BYTES;
  }

  #takeAll(queue: number): void {
    const ring = this.#port?.queue(queue);
    if (ring === undefined) return;
    for (;;) {
      const taken = this.#isFull ? 'later' : this.#take(ring, queue);
      if (taken === 'one') continue;
      if (taken === 'later') this.#waiting.add(queue);
      return;
    }
  }

  #leave(request: Request): void {
    this.#inFlight.delete(request);
    this.#inFlightBytes -= request.bytes;
  }
}
