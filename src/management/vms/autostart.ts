/** Which VMs are switched on with the host, in which order, and what becomes of them when it ends. Source: vim25 HostAutoStartManager. */
import type { Logger } from '#lib';
import type { KeptFile } from './kept-file.ts';

export const STOP_ACTIONS = ['none', 'powerOff', 'suspend', 'guestShutdown'] as const;
export type StopAction = (typeof STOP_ACTIONS)[number];

export interface AutostartDefaults {
  readonly enabled: boolean;
  readonly startDelay: number;
  readonly stopDelay: number;
  readonly waitForHeartbeat: boolean;
  readonly stopAction: StopAction;
}

/** Delays are in seconds; -1 and `systemDefault` are what the defaults say. */
export interface AutostartRow {
  readonly vm: number;
  /** -1: after those that have a place. */
  readonly startOrder: number;
  readonly startDelay: number;
  readonly waitForHeartbeat: 'yes' | 'no' | 'systemDefault';
  readonly startAction: 'none' | 'powerOn';
  readonly stopDelay: number;
  readonly stopAction: StopAction | 'systemDefault';
}

export interface AutostartState {
  readonly defaults: AutostartDefaults;
  readonly rows: readonly AutostartRow[];
}

/** What it needs of a VM. */
export interface AutostartVm {
  readonly id: number;
  readonly name: string;
  readonly isOff: boolean;
  readonly hasHeartbeat: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  suspend(): Promise<void>;
  /** Asks the guest; false when there is none to ask. */
  askDown(): Promise<boolean>;
}

export interface AutostartParts {
  readonly file: KeptFile;
  readonly vms: () => readonly AutostartVm[];
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly logger: Logger;
}

const DEFAULTS: AutostartDefaults = {
  ...{ enabled: false, startDelay: 120, stopDelay: 120, waitForHeartbeat: false, stopAction: 'powerOff' },
};
const POLL_MS = 1000;

export class Autostart {
  readonly #parts: AutostartParts;
  #state: AutostartState;
  #isEnding = false;

  constructor(parts: AutostartParts) {
    this.#parts = parts;
    this.#state = this.#read();
  }

  get state(): AutostartState {
    return this.#state;
  }

  /** Changes what is given; a row takes the place of the one of its VM. */
  change(defaults: Partial<AutostartDefaults>, rows: readonly AutostartRow[]): void {
    const changed = new Set(rows.map(({ vm }) => vm));
    const kept = this.#state.rows.filter(({ vm }) => !changed.has(vm));
    const next = { defaults: { ...this.#state.defaults, ...defaults }, rows: [...kept, ...rows] };
    this.#parts.file.replace(`${JSON.stringify(next, undefined, 2)}\n`);
    this.#state = next;
  }

  /** Switches on what is to be on, one after another; what fails is said and left. */
  async powerOn(): Promise<void> {
    const { defaults } = this.#state;
    if (!defaults.enabled) return;
    const wanted = this.#ordered().filter(({ startAction }) => startAction === 'powerOn');
    for (const row of wanted) {
      const vm = this.#find(row.vm);
      if (this.#isEnding) return;
      if (vm === undefined || !vm.isOff) continue;
      const isOn = await this.#attempt(vm, 'start', () => vm.start());
      if (isOn && row !== wanted.at(-1)) await this.#pause(vm, row);
    }
  }

  /** What becomes of all that run, the last one first; the host's end waits for it. */
  async powerOff(): Promise<void> {
    this.#isEnding = true;
    const places = new Map(this.#ordered().map(({ vm }, place) => [vm, place]));
    const running = this.#parts.vms().filter(({ isOff }) => !isOff);
    running.sort((a, b) => (places.get(b.id) ?? -1) - (places.get(a.id) ?? -1));
    await Promise.all(running.map((vm) => this.#end(vm)));
    this.#isEnding = false;
  }

  #ordered(): AutostartRow[] {
    const place = ({ startOrder }: AutostartRow) => (startOrder < 0 ? Number.MAX_SAFE_INTEGER : startOrder);
    return [...this.#state.rows].sort((a, b) => place(a) - place(b));
  }

  async #pause(vm: AutostartVm, row: AutostartRow): Promise<void> {
    const { defaults } = this.#state;
    const seconds = row.startDelay < 0 ? defaults.startDelay : row.startDelay;
    const waits =
      row.waitForHeartbeat === 'systemDefault' ? defaults.waitForHeartbeat : row.waitForHeartbeat === 'yes';
    for (let left = seconds * 1000; left > 0 && !this.#isEnding; left -= POLL_MS) {
      if (waits && vm.hasHeartbeat) return;
      await this.#parts.sleep(Math.min(POLL_MS, left));
    }
  }

  async #end(vm: AutostartVm): Promise<void> {
    const { defaults } = this.#state;
    const row = this.#state.rows.find((each) => each.vm === vm.id);
    const own =
      row === undefined || row.stopAction === 'systemDefault' ? defaults.stopAction : row.stopAction;
    const seconds = row === undefined || row.stopDelay < 0 ? defaults.stopDelay : row.stopDelay;
    if (own === 'suspend' && (await this.#attempt(vm, 'suspend', () => vm.suspend()))) return;
    if (own === 'guestShutdown' && (await vm.askDown().catch(() => false))) {
      for (let left = seconds * 1000; left > 0 && !vm.isOff; left -= POLL_MS)
        await this.#parts.sleep(Math.min(POLL_MS, left));
    }
    if (!vm.isOff) await this.#attempt(vm, 'stop', () => vm.stop());
  }

  async #attempt(vm: AutostartVm, action: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#parts.logger.warning(`autostart cannot ${action} ${vm.name}: ${(error as Error).message}`);
      return false;
    }
  }

  #find(id: number): AutostartVm | undefined {
    return this.#parts.vms().find((vm) => vm.id === id);
  }

  /** A file that cannot be read starts nothing, and is said. */
  #read(): AutostartState {
    const text = this.#parts.file.read();
    if (text === undefined) return { defaults: DEFAULTS, rows: [] };
    try {
      const { defaults, rows } = JSON.parse(text) as AutostartState;
      return {
        defaults: { ...DEFAULTS, ...defaults },
        rows: rows.filter(({ vm }) => Number.isSafeInteger(vm)),
      };
    } catch (error) {
      this.#parts.logger.error(`autostart: its file cannot be read: ${(error as Error).message}`);
      return { defaults: DEFAULTS, rows: [] };
    }
  }
}
