/**
 * Decides which disks of a datastore may take their next request, and when. The disks may be on several threads: each of them
 * has an arbiter of its own over the same memory. Time is handed in.
 */
import { type ClockMemory, clockBytes, type DiskAllocation, MClock, SLACK_NS } from './mclock.ts';

/** A request of more bytes counts as several. Source: ESXi's Disk.SchedCostUnit. */
const COST_UNIT_BYTES = 32_768;
const NS_PER_SECOND = 1e9;
/** Disks of one VM, where nobody shares a table. */
const OWN_ROWS = 64;

/** One disk's side. */
export interface DiskGate {
  /** Whether it may take a request now; if not, `ready` is called when it may. */
  mayTake(): boolean;
  /** There was no request after all: the next one need not wait. */
  giveBack(): void;
  /** A request of so many bytes was taken. */
  took(bytes: number): void;
  /** Called when it may take a request after `mayTake` said no. */
  ready: () => void;
  change(allocation: DiskAllocation): void;
  close(): void;
}

export interface ArbiterOptions {
  readonly nowNs: () => number;
  /** Absent: of this arbiter's own. */
  readonly memory?: ClockMemory;
  /** This thread; `ring` wakes another one, whose disks may take requests. */
  readonly thread?: number;
  readonly ring?: (thread: number) => void;
}

export class DiskArbiter {
  readonly #nowNs: () => number;
  readonly #clock: MClock;
  readonly #lock: TableLock;
  readonly #thread: number;
  readonly #ring: (thread: number) => void;
  readonly #gates = new Map<number, Gate>();
  /** Who may take one asks for the next at once. */
  #isPolling = false;

  constructor({ nowNs, memory, thread = 0, ring = () => {} }: ArbiterOptions) {
    const table = memory ?? { buffer: new ArrayBuffer(clockBytes(OWN_ROWS)), rows: OWN_ROWS };
    this.#nowNs = nowNs;
    this.#clock = new MClock(table);
    this.#lock = new TableLock(table);
    this.#thread = thread;
    this.#ring = ring;
  }

  /** A gate for a disk that is owed this; undefined when there are too many disks. */
  add(allocation: DiskAllocation): DiskGate | undefined {
    const row = this.#lock.within(() => {
      const taken = this.#clock.take();
      if (taken === undefined) return undefined;
      this.#clock.set(taken, allocation);
      this.#clock.put(taken, 'owner', this.#thread);
      return taken;
    });
    if (row === undefined) return undefined;
    const gate = new Gate(this, row, allocation);
    this.#gates.set(row, gate);
    return gate;
  }

  /** Units of work a second that the device is given; 0: as many as it takes. */
  set capacity(value: number) {
    this.#lock.within(() => (this.#clock.capacity = value));
  }

  /** Lets those take a request whose time has come. */
  poll(): void {
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.#lock.within(() => this.#grant());
    for (const gate of this.#gates.values()) if (gate.isStopped && this.#granted(gate.row) > 0) gate.go();
    this.#isPolling = false;
  }

  /** When `poll` has something to do; Infinity for never. */
  get nextNs(): number {
    let isWaiting = false;
    for (const { row, isStopped } of this.#gates.values()) {
      if (!isStopped) continue;
      if (this.#granted(row) > 0) return 0;
      isWaiting = true;
    }
    if (!isWaiting) return Number.POSITIVE_INFINITY;
    return Math.max(this.#clock.nextNs, this.#clock.deviceNs);
  }

  /** Whether a disk needs to ask at all. */
  isFree({ limit }: DiskAllocation): boolean {
    return limit === 'unlimited' && this.#clock.capacity === 0;
  }

  /** Takes one of the requests that were granted, or waits for one. */
  take(row: number): boolean {
    return this.#lock.within(() => {
      if (this.#granted(row) === 0) {
        if (this.#clock.get(row, 'waiting') === 0) this.#clock.add(row, this.#nowNs());
        this.#grant();
      }
      const granted = this.#granted(row);
      if (granted > 0) this.#clock.put(row, 'granted', granted - 1);
      return granted > 0;
    });
  }

  giveBack(row: number): void {
    this.#lock.within(() => this.#clock.put(row, 'granted', this.#granted(row) + 1));
  }

  took(row: number, bytes: number): void {
    const more = Math.ceil(bytes / COST_UNIT_BYTES) - 1;
    if (more <= 0) return;
    const nowNs = this.#nowNs();
    this.#lock.within(() => {
      this.#clock.charge(row, more, nowNs);
      this.#spend(more, nowNs);
    });
  }

  change(row: number, allocation: DiskAllocation): void {
    this.#lock.within(() => this.#clock.set(row, allocation));
    this.poll();
  }

  remove(row: number): void {
    this.#gates.delete(row);
    this.#lock.within(() => this.#clock.remove(row));
  }

  #granted(row: number): number {
    return this.#clock.get(row, 'granted');
  }

  /** Grants to whose time has come, here and on other threads. Preconditions: the table is locked. */
  #grant(): void {
    const nowNs = this.#nowNs();
    while (this.#clock.capacity === 0 || this.#clock.deviceNs <= nowNs) {
      const row = this.#clock.next(nowNs);
      if (row === undefined) break;
      this.#spend(1, nowNs);
      this.#clock.put(row, 'granted', this.#granted(row) + 1);
      const owner = this.#clock.get(row, 'owner');
      if (owner !== this.#thread) this.#ring(owner);
    }
  }

  #spend(cost: number, nowNs: number): void {
    const { capacity } = this.#clock;
    if (capacity === 0) return;
    const from = Math.max(this.#clock.deviceNs, nowNs - SLACK_NS);
    this.#clock.deviceNs = from + (cost / capacity) * NS_PER_SECOND;
  }
}

class Gate implements DiskGate {
  ready: () => void = () => {};
  /** It was told to wait. */
  isStopped = false;
  readonly row: number;
  readonly #arbiter: DiskArbiter;
  #allocation: DiskAllocation;

  constructor(arbiter: DiskArbiter, row: number, allocation: DiskAllocation) {
    this.#arbiter = arbiter;
    this.row = row;
    this.#allocation = allocation;
  }

  mayTake(): boolean {
    this.isStopped = !this.#arbiter.isFree(this.#allocation) && !this.#arbiter.take(this.row);
    return !this.isStopped;
  }

  giveBack(): void {
    if (!this.#arbiter.isFree(this.#allocation)) this.#arbiter.giveBack(this.row);
  }

  took(bytes: number): void {
    if (!this.#arbiter.isFree(this.#allocation)) this.#arbiter.took(this.row, bytes);
  }

  change(allocation: DiskAllocation): void {
    this.#allocation = allocation;
    this.#arbiter.change(this.row, allocation);
    // Who is free now waits for nothing any more.
    if (this.isStopped && this.#arbiter.isFree(allocation)) this.go();
  }

  close(): void {
    this.#arbiter.remove(this.row);
  }

  /** For the arbiter. */
  go(): void {
    this.isStopped = false;
    this.ready();
  }
}

/** A lock of threads, held for microseconds; one whose holder died is broken. */
class TableLock {
  readonly #word: Int32Array | undefined;

  constructor({ buffer, rows }: ClockMemory) {
    const at = clockBytes(rows) - 8;
    this.#word = buffer instanceof SharedArrayBuffer ? new Int32Array(buffer, at, 1) : undefined;
  }

  within<T>(action: () => T): T {
    const word = this.#word;
    if (word === undefined) return action();
    for (let tries = 0; Atomics.compareExchange(word, 0, 0, 1) !== 0; tries++) {
      if (Atomics.wait(word, 0, 1, LOOK_MS) === 'timed-out' && tries >= MOST_TRIES) break;
    }
    try {
      return action();
    } finally {
      Atomics.store(word, 0, 0);
      Atomics.notify(word, 0, 1);
    }
  }
}
const LOOK_MS = 10;
/** Five seconds: no thread that lives is kept from its processor for so long. */
const MOST_TRIES = 500;
