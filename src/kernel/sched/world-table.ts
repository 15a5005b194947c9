/**
 * All worlds of a host as columns in shared memory: who each is, in which state, and what it has used. Every pCPU reads
 * and changes it directly; no lock.
 *
 * Protocol: a world changes hands only by `exchange` of its state (compare and exchange). Who made it `running` owns all
 * its other columns until it sets another state; a world that is not running is changed by whoever wakes or moves it.
 * Times are nanoseconds of the host's clock, as numbers (exact for 104 days).
 */

/** What a world does. */
export const WorldState = {
  /** The row is nobody's. */
  free: 0,
  /** Not started by its VM (HSM), or its VM is off. */
  stopped: 1,
  /** Waits for an interrupt or for its deadline. */
  waiting: 2,
  /** Could run. */
  ready: 3,
  /** Runs on `pcpu`. */
  running: 4,
  /** Has met a device; the pCPU of its VM's devices (`home`) does the access and makes it ready. */
  device: 5,
  /** Between two states, for as long as it takes to count. */
  changing: 6,
} as const;
export type WorldStateCode = (typeof WorldState)[keyof typeof WorldState];

/** Reasons for which a ready world is not picked, as bits of `held`. */
export const Hold = {
  /** Its VM is paused, or being switched on or off. */
  paused: 1,
  /** So much of its console output is unread that it shall not say more. */
  console: 2,
} as const;

/** Int32 columns. */
const INTS = [
  'state',
  'held', // bits of Hold
  'vm', // number of its VM
  'vcpu', // its number in the VM, from 0
  'vcpus', // how many the VM has
  'group', // scheduling group (resource pool or VM) that its use counts for
  'pcpu', // runs there, or ran there last
  'home', // pCPU that has its VM's devices
  'affinity', // bits of pCPUs that it may run on, as configured; -1 all
  'known', // bits of pCPUs that know its VM: it runs nowhere else
  'costop', // policy: 1 while it is ready, but stopped so that its siblings catch up
  'limited', // policy: 1 while it is ready, but its limit is used up
  'policyA', // policy: for its own use
  'policyB',
] as const;

/** Float64 columns. */
const FLOATS = [
  'sinceNs', // when it came into its present state
  'deadlineNs', // waiting: when its timer wants it; Infinity for never
  'wokenNs', // when it became ready after waiting last
  'steps', // steps it has run: retired instructions and traps
  'runNs', // time in each state, up to sinceNs
  'readyNs',
  'waitNs', // waiting, stopped, device
  'idleNs', // waiting: part of waitNs
  'costopNs', // part of the time in which it was ready
  'limitedNs', // part of the time in which it was ready
  'runs', // how often it was picked
  'moves', // how often it was picked by another pCPU than the last time
  'policyC', // policy: for its own use (virtual time)
  'policyD',
  'policyE',
] as const;

export type IntColumn = (typeof INTS)[number];
export type FloatColumn = (typeof FLOATS)[number];

/** Worlds that a host may have at once. */
export const MAX_WORLDS = 1024;
/** pCPUs that a host may have: bits of `affinity`. */
export const MAX_PCPUS = 31;

const BUSY_AT_BYTES = 64;
const FLOATS_AT_BYTES = BUSY_AT_BYTES + 8 * (MAX_PCPUS + 1);
export const WORLD_TABLE_BYTES = FLOATS_AT_BYTES + MAX_WORLDS * (INTS.length * 4 + FLOATS.length * 8);
/** Looks at a row that others change meanwhile; each change takes less than a look. */
const MAX_LOOKS = 1000;

/** Where the time of a world went, of one moment: `run + ready + wait` is all since it was made. */
export interface WorldTimes {
  readonly state: WorldStateCode;
  readonly run: number;
  readonly ready: number;
  readonly wait: number;
  /** Parts of `ready`. */
  readonly costop: number;
  readonly limited: number;
  /** Part of `wait`. */
  readonly idle: number;
}

/** The time that passes in a state counts for this column. */
const TIME_OF: Readonly<Record<WorldStateCode, FloatColumn | undefined>> = {
  [WorldState.free]: undefined,
  [WorldState.stopped]: 'waitNs',
  [WorldState.waiting]: 'waitNs',
  [WorldState.ready]: 'readyNs',
  [WorldState.running]: 'runNs',
  [WorldState.device]: 'waitNs',
  [WorldState.changing]: undefined,
};

type Columns = Readonly<Record<IntColumn, Int32Array>> & Readonly<Record<FloatColumn, Float64Array>>;

export class WorldTable {
  readonly buffer: SharedArrayBuffer;
  /** Columns by name; index is the world. */
  readonly columns: Columns;
  /** Rows up to here may be in use: scans end there. */
  readonly #used: Int32Array;
  /** Time that each pCPU has run worlds which it does not run now. */
  readonly #busyNs: Float64Array;

  /** @param buffer - of WORLD_TABLE_BYTES, zeroed at first; the same for every thread. */
  constructor(buffer = new SharedArrayBuffer(WORLD_TABLE_BYTES)) {
    this.buffer = buffer;
    this.#used = new Int32Array(buffer, 0, 1);
    this.#busyNs = new Float64Array(buffer, BUSY_AT_BYTES, MAX_PCPUS + 1);
    const intsAt = FLOATS_AT_BYTES + FLOATS.length * MAX_WORLDS * 8;
    const floats = FLOATS.map(
      (name, i) =>
        [name, new Float64Array(buffer, FLOATS_AT_BYTES + i * MAX_WORLDS * 8, MAX_WORLDS)] as const,
    );
    const ints = INTS.map(
      (name, i) => [name, new Int32Array(buffer, intsAt + i * MAX_WORLDS * 4, MAX_WORLDS)] as const,
    );
    this.columns = Object.fromEntries<Int32Array | Float64Array>([...floats, ...ints]) as unknown as Columns;
  }

  /** All rows below this number may be in use. */
  get end(): number {
    return Atomics.load(this.#used, 0);
  }

  state(world: number): WorldStateCode {
    return Atomics.load(this.columns.state, world) as WorldStateCode;
  }

  /** Takes a free row, all zero but its state, which is `stopped`; -1 when there is none. */
  add(nowNs: number): number {
    const { state } = this.columns;
    for (let world = 0; world < MAX_WORLDS; world++) {
      if (Atomics.load(state, world) !== WorldState.free) continue;
      if (Atomics.compareExchange(state, world, WorldState.free, WorldState.stopped) !== WorldState.free) {
        continue;
      }
      for (const name of INTS) if (name !== 'state') this.columns[name][world] = 0;
      for (const name of FLOATS) this.columns[name][world] = 0;
      this.columns.sinceNs[world] = nowNs;
      this.columns.deadlineNs[world] = Number.POSITIVE_INFINITY;
      this.#raiseEnd(world + 1);
      return world;
    }
    return -1;
  }

  /** Gives a row back. Preconditions: the world is stopped. */
  remove(world: number): void {
    Atomics.store(this.columns.state, world, WorldState.free);
  }

  /**
   * Changes a world's state if it is still the one seen, and counts the time it was in that.
   * @returns whether it was: else another pCPU was faster.
   */
  exchange(world: number, seen: WorldStateCode, wanted: WorldStateCode, nowNs: number): boolean {
    const { state, sinceNs } = this.columns;
    if (Atomics.compareExchange(state, world, seen, WorldState.changing) !== seen) return false;
    const passedNs = nowNs - (sinceNs[world] as number);
    this.#count(world, seen, passedNs);
    // Clocks of two threads may differ by a little: no time is counted twice.
    if (passedNs > 0) sinceNs[world] = nowNs;
    Atomics.store(state, world, wanted);
    return true;
  }

  /** Time in each state up to now, for who shows it. */
  times(world: number, nowNs: number): WorldTimes {
    const { columns } = this;
    const number = (name: FloatColumn): number => columns[name][world] as number;
    // Whoever changes the row meanwhile has counted a part of it only: what was read then is read again.
    for (let looks = 1; ; looks++) {
      const state = this.state(world);
      const sinceNs = number('sinceNs');
      const [runNs, readyNs, waitNs] = [number('runNs'), number('readyNs'), number('waitNs')];
      const [costopNs, limitedNs, idleNs] = [number('costopNs'), number('limitedNs'), number('idleNs')];
      const isOf = { costop: columns.costop[world] === 1, limited: columns.limited[world] === 1 };
      const isStill = state === this.state(world) && sinceNs === number('sinceNs');
      if ((!isStill || state === WorldState.changing) && looks < MAX_LOOKS) continue;
      // It may have come into its state a moment after `nowNs`: then what it had before counts too much, and this too little.
      const rest = nowNs - sinceNs;
      const add = (is: boolean): number => (is ? rest : 0);
      const isReady = state === WorldState.ready;
      return {
        state,
        run: runNs + add(TIME_OF[state] === 'runNs'),
        ready: readyNs + add(isReady),
        wait: waitNs + add(TIME_OF[state] === 'waitNs'),
        costop: costopNs + add(isReady && isOf.costop),
        limited: limitedNs + add(isReady && isOf.limited && !isOf.costop),
        idle: idleNs + add(state === WorldState.waiting),
      };
    }
  }

  /** Time up to now that each of so many pCPUs has run worlds. */
  busyNs(pcpus: number, nowNs: number): number[] {
    const { state, pcpu, sinceNs } = this.columns;
    const ended = this.#busyNs.subarray(0, pcpus);
    // Whoever ends a run meanwhile counts it there: then it is neither here nor there, and all are looked at again.
    for (let looks = 1; ; looks++) {
      const before = [...ended];
      const busy = [...before];
      for (let world = 0; world < this.end; world++) {
        const on = pcpu[world] as number;
        if (Atomics.load(state, world) !== WorldState.running || on >= pcpus) continue;
        busy[on] = (busy[on] as number) + Math.max(0, nowNs - (sinceNs[world] as number));
      }
      if (looks === MAX_LOOKS || before.every((ns, i) => ns === ended[i])) return busy;
    }
  }

  #count(world: number, left: WorldStateCode, ns: number): void {
    const column = TIME_OF[left];
    if (column === undefined || ns <= 0) return;
    this.columns[column][world] = (this.columns[column][world] as number) + ns;
    if (left === WorldState.running) {
      const on = this.columns.pcpu[world] as number;
      this.#busyNs[on] = (this.#busyNs[on] as number) + ns;
    }
    if (left === WorldState.waiting) this.#add('idleNs', world, ns);
    if (left !== WorldState.ready) return;
    if (this.columns.costop[world] === 1) this.#add('costopNs', world, ns);
    else if (this.columns.limited[world] === 1) this.#add('limitedNs', world, ns);
  }

  #add(column: FloatColumn, world: number, ns: number): void {
    this.columns[column][world] = (this.columns[column][world] as number) + ns;
  }

  #raiseEnd(end: number): void {
    for (let seen = this.end; seen < end; seen = this.end) {
      Atomics.compareExchange(this.#used, 0, seen, end);
    }
  }
}
