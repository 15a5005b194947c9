/** How many VMs of a pCPU may have their devices kept as soon as they are quiet: who comes in a crowd waits until it is over. */

const EACH_NS = 100e6;
/** As many at once, when there were none for long. */
const MOST = 4;

export class KeepBudget {
  #left = MOST;
  /** When the last one was added. */
  #addedNs = 0;

  /** Takes one, if there is any. */
  take(nowNs: number): boolean {
    const added = Math.floor((nowNs - this.#addedNs) / EACH_NS);
    if (added > 0) {
      this.#left = Math.min(MOST, this.#left + added);
      this.#addedNs += added * EACH_NS;
    }
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }
}
