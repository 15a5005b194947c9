/** Saves the state of /etc into the boot bank: hourly, at shutdown and when it is asked to. */
import { join } from 'node:path';
import type { HostFiles } from '#kernel';
import { HostError, reasonOf } from '#lib';
import type { BankLog } from './bank-disk.ts';
import {
  BANKS,
  type Bank,
  type BankHome,
  type BankName,
  BOOT_CFG,
  followingBank,
  pendingBank,
  STATE_FILE,
} from './banks.ts';
import type { RootFileSystem } from './booted-host.ts';
import { captureState, packState, STATE_FOLDER } from './state.ts';
import { JOURNAL_FILE, journalHead, journalLine } from './state-journal.ts';

export const SAVE_INTERVAL_MS = 3_600_000;
/** A journal that is longer is worth a state written anew. */
const MAX_JOURNAL_BYTES = 2 ** 20;
/** The bank that is the copy of the booted one is on the disk so much later. */
const COPY_MS = 1000;

/** The journals of the state that was saved last. */
interface Journals {
  readonly state: Uint8Array;
  readonly banks: readonly BankName[];
  /** Which boot.cfg the banks had then. */
  readonly cfgs: string;
  /** Opened by the first line. */
  readonly logs: BankLog[];
  length: number;
  /** Something was appended since the last sync began. */
  isDirty: boolean;
  /** So many of the logs, from the first on, are waited for: the bank that boots next is among them. */
  readonly awaited: number;
  /** Something was appended to the others since they were synced. */
  isBehind: boolean;
}

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

/** What grows with each change under /etc. */
export function stateChanges({ ramdisks }: RootFileSystem): () => number {
  const etc = ramdisks.all.find(({ row }) => row.mountPoint === STATE_FOLDER);
  return () => etc?.fileSystem.changes ?? 0;
}

/** Owner: the boot sequence. */
export class StateKeeper {
  readonly #options: StateKeeperOptions;
  readonly #changes: () => number;
  #savedChanges: number | undefined;
  #journals: Journals | undefined;
  #saving: { running?: Promise<void> | undefined; next?: Promise<void> } = {};
  #stopRepeat: (() => void) | undefined;
  #stopCopies: (() => void) | undefined;

  constructor(options: StateKeeperOptions) {
    this.#options = options;
    this.#changes = stateChanges(options.root);
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
    this.#stopCopies?.();
    this.#stopCopies = undefined;
    this.save();
    this.#closeJournals();
  }

  /** The state as it is written into banks. */
  bundle(): Uint8Array {
    const { root } = this.#options;
    return packState(captureState(root.vfs, root.layers));
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
    const banks = following === undefined ? [bank.name] : [bank.name, following];
    this.#closeJournals();
    for (const name of banks) {
      const path = join(home.folder, name, STATE_FILE);
      try {
        home.disk.replace(path, bytes);
      } catch (cause) {
        const reason = (cause as Error).message;
        throw new HostError('file-io', { action: 'write', what: 'state', path, reason }, { cause });
      }
    }
    this.#savedChanges = changes;
    const awaited = pendingBank(home, bank) === undefined ? 1 : banks.length;
    const clean = { logs: [], length: 0, isDirty: false, isBehind: false };
    this.#journals = { state: bytes, banks, cfgs: this.#cfgs(), awaited, ...clean };
    return true;
  }

  /**
   * Appends to a file under /etc that is there, and saves that alone: a line in the journal of each bank that the state
   * was saved in last. It is there if the host is killed now; if the power is lost, after `saved`. Throws HostError.
   */
  append(files: HostFiles, path: string, text: string): void {
    const at = files.status(path).sizeBytes;
    files.append(path, text);
    const journals = this.#journals;
    // A bank that is another than it was may be one to save in, or none.
    if (journals === undefined || journals.length > MAX_JOURNAL_BYTES || journals.cfgs !== this.#cfgs()) {
      this.save({ force: true });
      return;
    }
    const line = Buffer.from(journalLine({ path, at, text }));
    try {
      this.#write(journals, line);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** What is half written ends a journal: the next one is another. */
  #failed(cause: unknown): HostError {
    this.#closeJournals();
    const reason = (cause as Error).message;
    return new HostError(
      'file-io',
      { action: 'write', what: 'state', path: JOURNAL_FILE, reason },
      { cause },
    );
  }

  /**
   * Resolves when all that was saved before is on the disk, in the bank that boots next; its copy in the other follows within
   * a second: whoever waits is spared half of the disk's work. Those who ask meanwhile are answered together. Rejects with HostError.
   */
  saved(): Promise<void> {
    const { running } = this.#saving;
    if (running === undefined) return this.#sync();
    // What runs may have begun before the last line was written.
    this.#saving.next ??= running.catch(() => {}).then(() => this.#sync());
    return this.#saving.next;
  }

  async #sync(): Promise<void> {
    const journals = this.#journals;
    if (!journals?.isDirty) {
      this.#saving = {};
      return;
    }
    journals.isDirty = false;
    const { awaited, logs } = journals;
    if (awaited < logs.length) this.#copyLater(journals);
    const synced = Promise.all(logs.slice(0, awaited).map((log) => log.sync())).then(() => {});
    this.#saving = { running: synced };
    try {
      await synced;
    } catch (cause) {
      // A state that was written whole since has it all.
      if (journals === this.#journals) throw this.#failed(cause);
    } finally {
      if (this.#saving.running === synced) this.#saving.running = undefined;
    }
  }

  /** The copies are synced within a second, once for all that is appended until then. */
  #copyLater(journals: Journals): void {
    journals.isBehind = true;
    this.#stopCopies ??= this.#options.repeat(COPY_MS, () => {
      const now = this.#journals;
      if (!now?.isBehind) return;
      now.isBehind = false;
      const failed = (error: unknown) => {
        // A state that was written whole since has it all.
        if (now === this.#journals) this.#options.report(`${JOURNAL_FILE}: ${reasonOf(error)}`);
      };
      for (const log of now.logs.slice(now.awaited)) log.sync().catch(failed);
    });
  }

  #write(journals: Journals, line: Buffer): void {
    const { home } = this.#options;
    journals.length += line.length;
    journals.isDirty = true;
    if (journals.logs.length > 0) {
      for (const log of journals.logs) log.append(line);
      return;
    }
    const first = Buffer.concat([Buffer.from(journalHead(journals.state)), line]);
    for (const name of journals.banks)
      journals.logs.push(home.disk.openLog(join(home.folder, name, JOURNAL_FILE), first));
  }

  #closeJournals(): void {
    for (const log of this.#journals?.logs ?? []) log.close();
    this.#journals = undefined;
  }

  /** Which boot.cfg each bank has. */
  #cfgs(): string {
    const { disk, folder } = this.#options.home;
    return BANKS.map((name) => disk.mark(join(folder, name, BOOT_CFG)) ?? '').join();
  }
}
