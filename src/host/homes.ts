/** The VMs whose home a pCPU is: each is looked at when something may have come for it, and not at every chance. */

/** A VM at its home, as this list needs it. */
export interface AttendedHome {
  /** Does what is due beside the harts. */
  attend(nowNs: number): void;
  /** Whether nothing was used for so long that nothing comes by itself. */
  isQuiet(nowNs: number): boolean;
  /** It is quiet now. */
  rest?(nowNs: number): void;
  /** When a device wants to be polled; Infinity for never. */
  alarmNs(nowNs: number): number;
  /** How it has ended, when it has. */
  readonly ended: unknown;
}

export class Homes<Home extends AttendedHome> implements Iterable<Home> {
  readonly #all = new Set<Home>();
  /** Those that were used just now: looked at each time until they are quiet. */
  readonly #used = new Set<Home>();
  #bell: number | undefined;
  /** No alarm of a VM comes before. */
  #alarmNs = 0;

  [Symbol.iterator](): IterableIterator<Home> {
    return this.#all.values();
  }

  add(home: Home): void {
    this.#all.add(home);
    this.#used.add(home);
  }

  /** False when it was not there. */
  delete(home: Home): boolean {
    this.#used.delete(home);
    return this.#all.delete(home);
  }

  /** Harts or devices of it were used. */
  use(home: Home): void {
    this.#used.add(home);
  }

  /**
   * Attends those that may have something: all when the bell has rung since the last time or an alarm is due.
   * @param bell - read before the call; whoever leaves something for a VM rings it.
   * @returns whether one has ended
   */
  attend(nowNs: number, bell: number): boolean {
    const isAll = bell !== this.#bell || nowNs >= this.#alarmNs;
    this.#bell = bell;
    if (isAll) this.#alarmNs = Number.POSITIVE_INFINITY;
    let hasEnded = false;
    for (const home of isAll ? this.#all : this.#used) {
      home.attend(nowNs);
      if (home.ended !== undefined) hasEnded = true;
      if (home.isQuiet(nowNs)) {
        this.#used.delete(home);
        home.rest?.(nowNs);
      } else this.#used.add(home);
      this.#alarmNs = Math.min(this.#alarmNs, home.alarmNs(nowNs));
    }
    return hasEnded;
  }

  /** When `attend` is wanted without anybody ringing; Infinity for never. */
  get alarmNs(): number {
    return this.#alarmNs;
  }
}
