/**
 * Who has a VM's folder, when several hosts share a datastore: each host writes a heartbeat there, and a folder that is used
 * has a lock that names its host. A lock is broken when the heartbeat of its host has stopped.
 *
 * Clocks are not compared: a host is dead when its heartbeat was not seen to change for `deadMs` by who looks at it. All
 * changes of locks are made under one more lock, of the system's, which nobody holds for long. It is what VMFS does with its
 * heartbeat regions; the locks of the disks' own files (flock) hold beside it.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostError, reasonOf } from '#lib';
import { type NativeCalls, nativeCalls } from '../native.ts';
import { SYSTEM_FOLDER } from './datastore-folder.ts';

/** A host, as others see it. */
export interface LockingHost {
  readonly uuid: string;
  /** For a person. */
  readonly name: string;
  /** Another one each time that it comes up: what it held before is not held any more. */
  readonly boot: string;
}

export interface HostLocksOptions {
  /** The datastore's folder. */
  readonly path: string;
  readonly host: LockingHost;
  /** How often `beat` is called. */
  readonly beatMs: number;
  /** A heartbeat that stood still for so long is that of a dead host. */
  readonly deadMs: number;
}

/** A lock, as it is told. */
export interface HeldLock {
  /** The folder of the VM. */
  readonly folder: string;
  readonly host: string;
  readonly isOurs: boolean;
}

interface Heartbeat extends LockingHost {
  /** Not in a lock. */
  readonly count: number;
}

/** Below the datastore's own folder, which nobody sees. */
const HEARTBEATS = 'hosts';
const LOCKS = 'locks';
const GUARD = 'guard';
const BEAT = '.hb';
const LOCK = '.lck';
const LOOK_MS = 20;

/** Owner: a host, for one datastore. */
export class HostLocks {
  readonly #options: HostLocksOptions;
  readonly #native: NativeCalls = nativeCalls();
  readonly #folder: string;
  readonly #locks: string;
  readonly #held = new Set<string>();
  /** Heartbeats of other hosts, and at which of ours each was seen to change last. */
  readonly #seen = new Map<string, { readonly mark: string; readonly at: number }>();
  #count = 0;
  #beating: Promise<void> | undefined;

  /** Writes the first heartbeat. @throws HostError `file-io` */
  constructor(options: HostLocksOptions) {
    this.#options = options;
    this.#folder = join(options.path, SYSTEM_FOLDER, HEARTBEATS);
    this.#locks = join(options.path, SYSTEM_FOLDER, LOCKS);
    for (const folder of [this.#folder, this.#locks]) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw failed('make', folder, cause);
      }
    }
    this.beat();
  }

  /** To be called every `beatMs`, this one or `beatLater`. @throws HostError `file-io` */
  beat(): void {
    replace(this.#beatPath, this.#nextBeat());
    this.#lookAtOthers();
  }

  /**
   * The same off the main thread: a file system that is writing down lets who replaces a file wait, for 30 ms and more. When
   * the one before is not done yet, others may have the threads: it is done at once. Rejects with HostError `file-io`.
   */
  async beatLater(): Promise<void> {
    if (this.#beating !== undefined) return this.beat();
    this.#beating = replaceLater(this.#beatPath, this.#nextBeat());
    try {
      await this.#beating;
    } finally {
      this.#beating = undefined;
    }
    this.#lookAtOthers();
  }

  get #beatPath(): string {
    return join(this.#folder, this.#options.host.uuid + BEAT);
  }

  #nextBeat(): Heartbeat {
    return { ...this.#options.host, count: ++this.#count };
  }

  /** Which other host has the folder of a VM now, for a person; of one that has just died it is known after `deadMs` only. */
  holderOf(folder: string): string | undefined {
    const path = this.#pathOf(folder);
    // Most have none: looking is a tenth of what an error costs.
    const holder = existsSync(path) ? readJson(path) : undefined;
    if (holder === undefined || this.#isOld(holder)) return undefined;
    const now = readJson(join(this.#folder, holder.uuid + BEAT));
    if (now === undefined || now.boot !== holder.boot) return undefined;
    const seen = this.#seen.get(holder.uuid);
    const { beatMs, deadMs } = this.#options;
    const isStill = seen?.mark === markOf(now) && (this.#count - seen.at) * beatMs > deadMs;
    return isStill ? undefined : holder.name;
  }

  #lookAtOthers(): void {
    const ours = this.#options.host.uuid + BEAT;
    for (const name of readdirSync(this.#folder)) {
      if (!name.endsWith(BEAT) || name === ours) continue;
      const found = readJson(join(this.#folder, name));
      if (found === undefined) continue;
      const mark = markOf(found);
      if (this.#seen.get(found.uuid)?.mark !== mark) this.#seen.set(found.uuid, { mark, at: this.#count });
    }
  }

  /** Takes the folder of a VM, by its name, for this host. @throws HostError `vm-locked` when another host has it, `file-io` */
  async take(folder: string): Promise<void> {
    const path = this.#pathOf(folder);
    for (;;) {
      const holder = await this.#guarded(() => {
        const found = readJson(path);
        if (found !== undefined && !this.#isOld(found)) return found;
        this.#write(path);
        return undefined;
      });
      if (holder === undefined) break;
      if (await this.#isAlive(holder)) {
        const path = join(this.#options.path, folder);
        throw new HostError('vm-locked', { path, host: holder.name });
      }
      await this.#guarded(() => {
        const found = readJson(path);
        // Somebody else may have broken it meanwhile.
        if (found?.uuid === holder.uuid && found.boot === holder.boot) rmSync(path, { force: true });
      });
    }
    this.#held.add(folder);
  }

  /** Gives a folder back; one that is not there any more is fine. */
  async release(folder: string): Promise<void> {
    if (!this.#held.delete(folder)) return;
    const path = this.#pathOf(folder);
    await this.#guarded(() => {
      const isTakenAgain = this.#held.has(folder);
      if (!isTakenAgain && this.#isOurs(readJson(path))) rmSync(path, { force: true });
    });
  }

  /** Locks of the folders of VMs, those of dead hosts too. */
  list(): HeldLock[] {
    const names = readdirSync(this.#locks).filter((name) => name.endsWith(LOCK));
    return names.flatMap((name) => {
      const holder = readJson(join(this.#locks, name));
      if (holder === undefined) return [];
      return [{ folder: name.slice(0, -LOCK.length), host: holder.name, isOurs: this.#isOurs(holder) }];
    });
  }

  /** Hosts that have written heartbeats here, dead ones too. */
  hosts(): LockingHost[] {
    const names = readdirSync(this.#folder).filter((name) => name.endsWith(BEAT));
    return names.flatMap((name) => readJson(join(this.#folder, name)) ?? []);
  }

  /** Ends the heartbeat: what is still held is free at once. Preconditions: nobody lets it beat any more. */
  async close(): Promise<void> {
    await this.#beating?.catch(() => {});
    rmSync(this.#beatPath, { force: true });
  }

  #pathOf(folder: string): string {
    return join(this.#locks, folder + LOCK);
  }

  #isOurs(holder: LockingHost | undefined): boolean {
    const { uuid, boot } = this.#options.host;
    return holder?.uuid === uuid && holder.boot === boot;
  }

  /** This host's, from before it came up. */
  #isOld(holder: LockingHost): boolean {
    return holder.uuid === this.#options.host.uuid;
  }

  /** Whether the heartbeat of a host goes on. */
  async #isAlive({ uuid, boot }: LockingHost): Promise<boolean> {
    const path = join(this.#folder, uuid + BEAT);
    const first = readJson(path);
    if (first === undefined || first.boot !== boot) return false;
    const { beatMs, deadMs } = this.#options;
    for (let waitedMs = 0; waitedMs < deadMs; waitedMs += beatMs) {
      await setTimeout(beatMs);
      const now = readJson(path);
      if (now === undefined || now.boot !== boot) return false;
      if (now.count !== first.count) return true;
    }
    return false;
  }

  #write(path: string): void {
    const { uuid, name, boot } = this.#options.host;
    replace(path, { uuid, name, boot } satisfies LockingHost);
  }

  /** Does something while no other host changes a lock of this datastore. */
  async #guarded<T>(action: () => T): Promise<T> {
    const path = join(this.#folder, GUARD);
    let fd: number;
    try {
      fd = openSync(path, 'a', 0o600);
    } catch (cause) {
      throw failed('open', path, cause);
    }
    try {
      while (!this.#native.lockFile(fd, 'exclusive')) await setTimeout(LOOK_MS);
      return action();
    } finally {
      closeSync(fd);
    }
  }
}

const markOf = ({ boot, count }: Heartbeat): string => `${boot} ${count}`;

/** Nothing for what is not there or not whole. */
function readJson(path: string): Heartbeat | undefined {
  try {
    const given = JSON.parse(readFileSync(path, 'utf8')) as Partial<Heartbeat>;
    const isHost = [given.uuid, given.name, given.boot].every((value) => typeof value === 'string');
    return isHost ? (given as Heartbeat) : undefined;
  } catch {
    return undefined;
  }
}

async function replaceLater(path: string, content: object): Promise<void> {
  const temporary = `${stagedFor(path)}~`;
  try {
    await writeFile(temporary, lineOf(content), { mode: 0o600 });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw failed('write', path, cause);
  }
}

const stagedFor = (path: string): string => join(path, '..', `.${basename(path)}~${process.pid}`);
const lineOf = (content: object): string => `${JSON.stringify(content)}\n`;

/** In one step. That it is there after a power cut is not needed: a lock is from before then. */
function replace(path: string, content: object): void {
  const temporary = stagedFor(path);
  try {
    writeFileSync(temporary, lineOf(content), { mode: 0o600 });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw failed('write', path, cause);
  }
}

function failed(action: string, path: string, cause: unknown): HostError {
  return new HostError('file-io', { action, what: 'lock', path, reason: reasonOf(cause) }, { cause });
}
