/** Looks for equal pages of the VMs of a host: at rates that the settings bound, and in at most a small part of a core. */
import type { GuestMap } from './guest-map.ts';
import type { MachineMemory } from './machine-memory.ts';
import type { MemoryOptions } from './memory-options.ts';
import { ScanRates } from './scan-rate.ts';
import { PageSharing, saltOf } from './sharing.ts';

/**
 * Part of a core that it takes at most, and how much of it may be saved up: with what looking at the VMs costs besides (0.1 to 0.7 %,
 * as the machine is), and a batch of pages that began in time, the thread stays below 2 % of a core over ten seconds.
 */
const CORE_PART = 0.01;
const SAVED_MS = 20;
/** Pages of a VM that are looked at at once. */
const MAX_PAGES = 4096;

export interface ShareScanParts {
  readonly machine: MachineMemory;
  /** They may change while it works. */
  readonly options: MemoryOptions;
  /** Clock of all cores together. */
  readonly ghz: number;
  /** Milliseconds that go on while it works; absent: its part of a core is not bounded. */
  readonly clockMs?: () => number;
}

interface ScannedVm {
  readonly map: GuestMap;
  readonly salt?: string | undefined;
  readonly identity: string;
}

export class ShareScan {
  readonly #parts: ShareScanParts;
  readonly #sharing: PageSharing;
  readonly #rates = new ScanRates();
  readonly #vms = new Map<number, ScannedVm>();
  #salting: number;
  /** What it may take now; less than nothing: it took too much. */
  #leftMs = 0;
  /** With which VM it begins. */
  #next = 0;

  constructor(parts: ShareScanParts) {
    this.#parts = parts;
    this.#sharing = new PageSharing(parts.machine);
    this.#salting = parts.options.shareForceSalting;
  }

  /** Takes a VM in; the number is for `remove`. */
  add({ map, salt, identity }: ScannedVm): number {
    const number = this.#sharing.add({ map, salt: saltOf(this.#salting, salt, identity) });
    this.#vms.set(number, { map, salt, identity });
    return number;
  }

  remove(number: number): void {
    this.#sharing.remove(number);
    this.#vms.delete(number);
  }

  /** Looks at what is due after that time. @param factor - how many times as fast as usual */
  scan(elapsedMs: number, factor: number): void {
    const { options, ghz, clockMs = () => 0 } = this.#parts;
    if (options.shareForceSalting !== this.#salting) this.#saltAnew();
    this.#leftMs = Math.min(this.#leftMs + elapsedMs * CORE_PART, SAVED_MS);
    const sizes = new Map([...this.#vms].map(([number, { map }]) => [number, map.layout.ramPages]));
    const due = [...this.#rates.due(elapsedMs * factor, sizes, options, ghz)];
    for (let i = 0; i < due.length; i++) {
      const at = (this.#next + i) % due.length;
      // What it takes too long is made up for; who is not looked at now is the first one then.
      if (this.#leftMs < 0) {
        this.#next = at;
        return;
      }
      const [vm, pages] = due[at] as (typeof due)[number];
      if (pages === 0) continue;
      const beganMs = clockMs();
      this.#sharing.scan(vm, Math.min(pages, MAX_PAGES));
      this.#leftMs -= clockMs() - beganMs;
    }
  }

  /** Who may share with whom is set anew: that counts for pages that are looked at from now on. */
  #saltAnew(): void {
    this.#salting = this.#parts.options.shareForceSalting;
    for (const [number, { salt, identity }] of this.#vms) {
      this.#sharing.setSalt(number, saltOf(this.#salting, salt, identity));
    }
  }
}
