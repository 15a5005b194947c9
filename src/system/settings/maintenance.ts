/** Maintenance mode: entered when no VM is on, kept over a restart, and until it is left no VM is switched on. */
import { HostError, type Logger } from '#lib';
import type { After } from '../logs/remote/sender.ts';
import type { SettingsFiles } from './settings-files.ts';

export const MAINTENANCE_PATH = '/etc/vmware/maintenance-mode';

/** Rows `[from, event, to]`. */
// biome-ignore format: a table reads in columns
const TRANSITIONS = [
  ['normal',      'enter',  'entering'],
  ['entering',    'empty',  'maintenance'],
  ['entering',    'cancel', 'normal'],
  ['maintenance', 'exit',   'normal'],
] as const;

export type MaintenanceState = (typeof TRANSITIONS)[number][0];
type MaintenanceEvent = (typeof TRANSITIONS)[number][1];

/** What it needs of the VMs. */
export interface RunningVms {
  /** Names of those that are not off. */
  names(): readonly string[];
  /** Tells each time that one has gone off. Returns what ends it. */
  onStopped(listener: () => void): () => void;
}

export interface MaintenanceParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
  readonly vms: RunningVms;
  readonly after: After;
}

export class MaintenanceMode {
  readonly #parts: MaintenanceParts;
  readonly #listeners = new Set<(state: MaintenanceState) => void>();
  #state: MaintenanceState;
  #cancel: ((reason: string) => void) | undefined;

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
    this.#state = parts.files.read(MAINTENANCE_PATH)?.trim() === 'true' ? 'maintenance' : 'normal';
  }

  get state(): MaintenanceState {
    return this.#state;
  }

  /** Why a VM may not be switched on now; undefined when it may. */
  get objection(): string | undefined {
    if (this.#state === 'normal') return undefined;
    return this.#state === 'entering'
      ? 'the host is entering maintenance mode'
      : 'the host is in maintenance mode';
  }

  /** Resolves when the last VM is off. @throws HostError when it takes too long (0: never), is given up, or makes no sense */
  async enter(timeoutSeconds = 0): Promise<void> {
    if (this.#state !== 'normal') throw refused('enabled', `it is ${this.#state} already`);
    this.#apply('enter');
    const given = Promise.withResolvers<void>();
    const look = () => {
      if (this.#parts.vms.names().length === 0) given.resolve();
    };
    this.#cancel = (reason) => given.reject(refused('enabled', reason));
    const stopListening = this.#parts.vms.onStopped(look);
    const stopTimer =
      timeoutSeconds > 0
        ? this.#parts.after(timeoutSeconds * 1000, () => this.#cancel?.(this.#tooLong(timeoutSeconds)))
        : () => {};
    look();
    try {
      await given.promise;
      this.#parts.files.replace(MAINTENANCE_PATH, 'true\n');
      this.#apply('empty');
    } catch (error) {
      this.#apply('cancel');
      throw error;
    } finally {
      this.#cancel = undefined;
      stopListening();
      stopTimer();
    }
  }

  /** Leaves it, or gives entering it up. @throws HostError */
  exit(): void {
    if (this.#state === 'entering') return this.#cancel?.('it was given up');
    if (this.#state === 'normal') throw refused('disabled', 'it is disabled already');
    this.#parts.files.replace(MAINTENANCE_PATH, 'false\n');
    this.#apply('exit');
  }

  /** Returns what ends it. */
  onChange(listener: (state: MaintenanceState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tooLong(seconds: number): string {
    return `after ${seconds} s there are still VMs that are on: ${this.#parts.vms.names().join(', ')}`;
  }

  #apply(event: MaintenanceEvent): void {
    const row = TRANSITIONS.find(([from, on]) => from === this.#state && on === event);
    if (row === undefined) return;
    this.#state = row[2];
    this.#parts.logger.info(`maintenance mode: ${this.#state}`);
    for (const listener of this.#listeners) listener(this.#state);
  }
}

function refused(value: string, reason: string): HostError<'setting-refused'> {
  return new HostError('setting-refused', { what: 'maintenance mode', value, reason });
}
