/** Decides which of the disks of a thread may take their next request, and when. Time is handed in. */
import { type DiskAllocation, MClock } from './mclock.ts';

/** A request of more bytes counts as several. Source: ESXi's Disk.SchedCostUnit. */
const COST_UNIT_BYTES = 32_768;
const NS_PER_SECOND = 1e9;

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

export class DiskArbiter {
  readonly #nowNs: () => number;
  /** Units of work a second that the device is given; undefined: as many as it takes. */
  readonly #capacity: number | undefined;
  readonly #clock = new MClock<Gate>();
  readonly #gates = new Set<Gate>();
  #deviceNs = 0;
  /** Who may take one asks for the next at once. */
  #isPolling = false;

  constructor(nowNs: () => number, capacity?: number) {
    this.#nowNs = nowNs;
    this.#capacity = capacity;
  }

  /** A gate for a disk that is owed this. */
  add(allocation: DiskAllocation): DiskGate {
    const gate = new Gate(this, allocation);
    this.#gates.add(gate);
    this.#clock.set(gate, allocation);
    return gate;
  }

  /** Lets those take a request whose time has come. */
  poll(): void {
    if (this.#isPolling) return;
    this.#isPolling = true;
    const nowNs = this.#nowNs();
    while (this.#deviceNs <= nowNs) {
      const gate = this.#clock.next(nowNs);
      if (gate === undefined) break;
      this.#spend(1, nowNs);
      gate.grant();
    }
    this.#isPolling = false;
  }

  /** When `poll` has something to do; Infinity for never. */
  get nextNs(): number {
    if (this.#clock.isEmpty) return Number.POSITIVE_INFINITY;
    return Math.max(this.#clock.nextNs(this.#nowNs()), this.#deviceNs);
  }

  /** Whether a disk needs to ask at all. */
  isFree({ limit }: DiskAllocation): boolean {
    return limit === 'unlimited' && this.#capacity === undefined;
  }

  wait(gate: Gate): void {
    this.#clock.add(gate, 1, this.#nowNs());
    this.poll();
  }

  took(gate: Gate, bytes: number): void {
    const more = Math.ceil(bytes / COST_UNIT_BYTES) - 1;
    if (more <= 0) return;
    const nowNs = this.#nowNs();
    this.#clock.charge(gate, more, nowNs);
    this.#spend(more, nowNs);
  }

  change(gate: Gate, allocation: DiskAllocation): void {
    this.#clock.set(gate, allocation);
    this.poll();
  }

  remove(gate: Gate): void {
    this.#gates.delete(gate);
    this.#clock.remove(gate);
  }

  #spend(cost: number, nowNs: number): void {
    if (this.#capacity === undefined) return;
    this.#deviceNs = Math.max(this.#deviceNs, nowNs - SLACK_NS) + (cost / this.#capacity) * NS_PER_SECOND;
  }
}

/** How much a thread that looks late may catch up with. */
const SLACK_NS = 10e6;

class Gate implements DiskGate {
  ready: () => void = () => {};
  readonly #arbiter: DiskArbiter;
  #allocation: DiskAllocation;
  #isWaiting = false;
  #grants = 0;

  constructor(arbiter: DiskArbiter, allocation: DiskAllocation) {
    this.#arbiter = arbiter;
    this.#allocation = allocation;
  }

  mayTake(): boolean {
    if (this.#grants === 0 && this.#arbiter.isFree(this.#allocation)) return true;
    if (this.#grants === 0 && !this.#isWaiting) {
      this.#isWaiting = true;
      this.#arbiter.wait(this);
    }
    if (this.#grants === 0) return false;
    this.#grants--;
    return true;
  }

  giveBack(): void {
    if (!this.#arbiter.isFree(this.#allocation)) this.#grants++;
  }

  took(bytes: number): void {
    if (!this.#arbiter.isFree(this.#allocation)) this.#arbiter.took(this, bytes);
  }

  change(allocation: DiskAllocation): void {
    this.#allocation = allocation;
    this.#arbiter.change(this, allocation);
  }

  close(): void {
    this.#arbiter.remove(this);
  }

  /** For the arbiter. */
  grant(): void {
    this.#isWaiting = false;
    this.#grants++;
    this.ready();
  }
}
