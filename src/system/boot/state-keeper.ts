/** Saves the state of /etc into the boot bank: hourly, at shutdown and when it is asked to. */
import { join } from 'node:path';
import { HostError } from '#lib';
import { type Bank, type BankHome, followingBank, STATE_FILE } from './banks.ts';
import type { RootFileSystem } from './booted-host.ts';
import { captureState, packState, STATE_FOLDER } from './state.ts';

export const SAVE_INTERVAL_MS = 3_600_000;

/** Calls back again and again until the answer is called. */
export type Repeat = (intervalMs: number, work: () => void) => () => void;

export interface StateKeeperOptions {
  readonly home: BankHome;
  readonly bank: Bank;
  readonly root: RootFileSystem;
  readonly repeat: Repeat;
  /** Told when an hourly save failed. */
  readonly report: (message: string) => void;
}

/** Owner: the boot sequence. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  #savedChanges: number | undefined;
  #stopRepeat: (() => void) | undefined;

  constructor(options: StateKeeperOptions) {
    this.#options = options;
  }

  /** Saves each hour from now on. */
  start(): void {
    this.#stopRepeat ??= this.#options.repeat(SAVE_INTERVAL_MS, () => {
      try {
        this.save();
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        this.#options.report(error.message);
      }
    });
  }

  /** Saves a last time. */
  stop(): void {
    this.#stopRepeat?.();
    this.#stopRepeat = undefined;
    this.save();
  }

  /**
   * Writes the state whole, where the next boot finds it: into the bank that was booted, and then into the other, when
   * that one waits or has the same image: what damages one does not cost users and settings.
   * Answers whether there was anything to write. Throws HostError `file-io`.
   */
  save({ force = false } = {}): boolean {
    const { home, bank, root } = this.#options;
    const changes = this.#changes();
    if (!force && changes === this.#savedChanges) return false;
    const bytes = packState(captureState(root.vfs, root.layers));
    const following = followingBank(home, bank);
    for (const name of following === undefined ? [bank.name] : [bank.name, following]) {
      const path = join(home.folder, name, STATE_FILE);
      try {
        home.disk.replace(path, bytes);
      } catch (cause) {
        const reason = (cause as Error).message;
        throw new HostError('file-io', { action: 'write', what: 'state', path, reason }, { cause });
      }
    }
    this.#savedChanges = changes;
    return true;
  }

  /** Grows with each change under /etc. */
  #changes(): number {
    const etc = this.#options.root.ramdisks.all.find(({ row }) => row.mountPoint === STATE_FOLDER);
    return etc?.fileSystem.changes ?? 0;
  }
}
