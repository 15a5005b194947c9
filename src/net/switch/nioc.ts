/**
 * Network I/O control on one uplink: kinds of traffic share its rate by reservation, limit and shares. A reservation is
 * served first; what is left, and what others do not use, goes by shares; nobody gets more than its limit.
 * Time is handed in, in milliseconds. Source: vim25 DVSNetworkResourcePool; vSphere Networking, "Network I/O Control".
 */

export const TRAFFIC_TYPES = [
  'management',
  'faultTolerance',
  'vmotion',
  'virtualMachine',
  'iSCSI',
  'nfs',
  'hbr',
  'vsan',
  'vdp',
] as const;
export type TrafficType = (typeof TRAFFIC_TYPES)[number];

export interface TrafficAllocation {
  readonly shares: number;
  readonly reservationMbps: number;
  /** Absent: none but the uplink's rate. */
  readonly limitMbps?: number;
}

/** Source: vSphere Networking, "Default shares": 50, virtual machines 100. */
export const DEFAULT_ALLOCATION: TrafficAllocation = { shares: 50, reservationMbps: 0 };
export const VM_ALLOCATION: TrafficAllocation = { shares: 100, reservationMbps: 0 };
/** Of the uplink's rate: what may be reserved in all. */
export const MOST_RESERVED = 0.75;

/** What of a kind may wait; more is lost. */
const MAX_WAITING_BYTES = 2 ** 19;
/** Rates are kept over so long. */
const WINDOW_MS = 10;
const LEAST_DEPTH = 65_600;

/** Bytes that a rate in Mbit/s makes in a millisecond. */
const bytesPerMs = (mbps: number): number => (mbps * 1e6) / 8 / 1000;

class Queue<Item> {
  allocation: TrafficAllocation;
  readonly items: { readonly item: Item; readonly bytes: number }[] = [];
  waitingBytes = 0;
  sentBytes = 0;
  droppedItems = 0;
  /** Bytes that its reservation entitles it to, and that its limit lets it send, now. */
  reserved = 0;
  allowed = 0;
  /** Virtual time: bytes sent over shares, of what was no reservation. */
  virtual = 0;

  constructor(allocation: TrafficAllocation) {
    this.allocation = allocation;
    this.allowed = LEAST_DEPTH;
  }

  fill(passedMs: number): void {
    const { reservationMbps, limitMbps } = this.allocation;
    const reservation = bytesPerMs(reservationMbps);
    // A reservation that is not used is lent, and does not come back.
    const most = this.items.length === 0 ? 0 : reservation * WINDOW_MS + LEAST_DEPTH;
    this.reserved = Math.min(most, this.reserved + reservation * passedMs);
    if (limitMbps === undefined) return;
    const limit = bytesPerMs(limitMbps);
    this.allowed = Math.min(Math.max(limit * WINDOW_MS, 1), this.allowed + limit * passedMs);
  }

  get mayItsLimit(): boolean {
    return this.allocation.limitMbps === undefined || this.allowed > 0;
  }
}

export interface TrafficStatistics {
  readonly type: TrafficType;
  readonly sentBytes: number;
  readonly waitingBytes: number;
  readonly dropped: number;
}

export class TrafficControl<Item> {
  readonly #queues: ReadonlyMap<TrafficType, Queue<Item>>;
  #rateMbps: number;
  #credit = 0;
  #lastMs: number;
  #virtual = 0;

  constructor(rateMbps: number, nowMs: number) {
    this.#rateMbps = rateMbps;
    this.#lastMs = nowMs;
    this.#queues = new Map(
      TRAFFIC_TYPES.map((type) => [
        type,
        new Queue<Item>(type === 'virtualMachine' ? VM_ALLOCATION : DEFAULT_ALLOCATION),
      ]),
    );
  }

  set rateMbps(rate: number) {
    this.#rateMbps = rate;
  }

  get rateMbps(): number {
    return this.#rateMbps;
  }

  allocation(type: TrafficType): TrafficAllocation {
    return this.#queue(type).allocation;
  }

  /** Why the allocation cannot be; undefined: it is taken. */
  setAllocation(type: TrafficType, allocation: TrafficAllocation): string | undefined {
    const { reservationMbps, limitMbps, shares } = allocation;
    if (!(shares >= 1 && shares <= 100)) return `${shares} is not a number of shares in 1 … 100`;
    if (limitMbps !== undefined && limitMbps < reservationMbps) return 'the limit is below the reservation';
    const others = [...this.#queues].filter(([other]) => other !== type);
    const reserved = others.reduce(
      (sum, [, queue]) => sum + queue.allocation.reservationMbps,
      reservationMbps,
    );
    if (reserved > MOST_RESERVED * this.#rateMbps) {
      return `${reserved} Mbit/s would be reserved, more than ${100 * MOST_RESERVED} % of ${this.#rateMbps}`;
    }
    this.#queue(type).allocation = allocation;
    return undefined;
  }

  /** Takes something to send; false when too much of its kind waits already. */
  add(type: TrafficType, item: Item, bytes: number): boolean {
    const queue = this.#queue(type);
    if (queue.waitingBytes + bytes > MAX_WAITING_BYTES) {
      queue.droppedItems++;
      return false;
    }
    // Who was idle has no claim on what others have got meanwhile.
    if (queue.items.length === 0) queue.virtual = Math.max(queue.virtual, this.#virtual);
    queue.items.push({ item, bytes });
    queue.waitingBytes += bytes;
    return true;
  }

  /** Sends what may be sent by now. Returns when (milliseconds) there may be more; Infinity: when something is added. */
  run(nowMs: number, send: (item: Item) => void): number {
    this.#fill(nowMs);
    let next = this.#next();
    while (this.#credit > 0 && next !== undefined) {
      this.#send(next, send);
      next = this.#next();
    }
    if (this.#queuesWaiting.length === 0) return Number.POSITIVE_INFINITY;
    return nowMs + Math.max(1, -this.#credit / bytesPerMs(this.#rateMbps));
  }

  get statistics(): readonly TrafficStatistics[] {
    return [...this.#queues].map(([type, { sentBytes, waitingBytes, droppedItems }]) => ({
      ...{ type, sentBytes, waitingBytes },
      dropped: droppedItems,
    }));
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    const rate = bytesPerMs(this.#rateMbps);
    this.#credit = Math.min(Math.max(rate * WINDOW_MS, 1), this.#credit + rate * passedMs);
    for (const queue of this.#queues.values()) queue.fill(passedMs);
  }

  /** First who has a reservation left, the most first; then who has got least for its shares. */
  #next(): Queue<Item> | undefined {
    const waiting = this.#queuesWaiting.filter((queue) => queue.mayItsLimit);
    const reserved = waiting.filter((queue) => queue.reserved > 0);
    if (reserved.length > 0) return reserved.reduce((a, b) => (b.reserved > a.reserved ? b : a));
    return waiting.reduce<Queue<Item> | undefined>(
      (a, b) => (a === undefined || b.virtual < a.virtual ? b : a),
      undefined,
    );
  }

  get #queuesWaiting(): Queue<Item>[] {
    return [...this.#queues.values()].filter((queue) => queue.items.length > 0);
  }

  #send(queue: Queue<Item>, send: (item: Item) => void): void {
    const { item, bytes } = queue.items.shift() as { item: Item; bytes: number };
    queue.waitingBytes -= bytes;
    queue.sentBytes += bytes;
    this.#credit -= bytes;
    if (queue.allocation.limitMbps !== undefined) queue.allowed -= bytes;
    if (queue.reserved > 0) queue.reserved -= bytes;
    else {
      this.#virtual = queue.virtual;
      queue.virtual += bytes / queue.allocation.shares;
    }
    send(item);
  }

  #queue(type: TrafficType): Queue<Item> {
    return this.#queues.get(type) as Queue<Item>;
  }
}
