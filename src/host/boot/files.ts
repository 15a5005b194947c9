/** Steps of the boot about files: home folder, boot bank, root file system, datastores. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostFiles, isErrno, Volumes } from '#kernel';
import { HostError, reasonOf } from '#lib';
import { DatastoreFolder, HostDirectory, HostLocks, nativeCalls } from '#storage';
import {
  type BaseFile,
  chooseBank,
  confirmBoot,
  firstImage,
  machineDisk,
  makeRoot,
  PACKAGE_BASE_FILES,
  StateKeeper,
} from '#system';
import { randomBytes, repeatRealTime } from '../real-world.ts';
import { hostUuid } from './host-uuid.ts';
import type { HostParts } from './parts.ts';

/** A datastore in a folder of the machine, as VIM calls what is neither VMFS nor NFS. Source: vim25 HostFileSystemVolumeFileSystemType. */
export const FOLDER_TYPE = 'OTHER';
const FIRST_DATASTORE = 'datastore1';
const OWNER_ONLY = 0o700;
/** A host whose heartbeat on a datastore was not seen to go on for so long is dead. */
const HEARTBEAT_MS = 1000;
const DEAD_MS = 10_000;
const LOCK_TRIES = 20;
const LOCK_POLL_MS = 50;

/** What the program brings that no other part has a table for. */
const BASE_FILES: readonly BaseFile[] = [
  ...PACKAGE_BASE_FILES,
  { path: '/etc/motd', mode: 0o644, text: '' },
  { path: '/etc/issue', mode: 0o644, text: '' },
  { path: '/etc/vmware/config', mode: 0o644, text: 'libdir = "/usr/lib/vmware"\n' },
];

/** Makes the home folder and locks it: one host at a time; one that is just ending is waited for. */
export async function takeHome(parts: HostParts): Promise<void> {
  const { paths } = parts.config;
  for (const folder of [paths.home, join(paths.home, 'run'), join(paths.volumes, FIRST_DATASTORE)]) {
    try {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new HostError('file-io', { action: 'make', what: 'folder', path: folder, reason }, { cause });
    }
  }
  const fd = openSync(paths.lock, 'w', 0o600);
  const native = nativeCalls();
  for (let tries = 0; tries < LOCK_TRIES; tries++) {
    if (native.lockFile(fd, 'exclusive')) {
      parts.lock = fd;
      return;
    }
    await setTimeout(LOCK_POLL_MS);
  }
  closeSync(fd);
  throw new HostError('host-running', { path: paths.home });
}

export function leaveHome({ lock }: HostParts): void {
  closeSync(lock);
}

export function openBank(parts: HostParts): void {
  const { config, version, clock, logger } = parts;
  parts.home = { disk: machineDisk(), folder: config.paths.home };
  const now = new Date(Number(clock.wallNanoseconds() / 1_000_000n));
  const { bank, notes } = chooseBank(parts.home, firstImage(version, now));
  parts.bank = bank;
  for (const note of notes) {
    logger.warning(note);
    parts.notice(`${note}; the host boots from ${bank.name}, with what was saved there`);
  }
  logger.info(`booting from ${bank.name}, build ${bank.cfg.build}`);
}

/** All the way up: the bank that was tried is a good one. */
export function confirmBank(parts: HostParts): void {
  parts.bank = confirmBoot(parts.home, parts.bank);
}

export function openRoot(parts: HostParts): void {
  const { clock, home, bank, logger } = parts;
  parts.root = makeRoot(bank, { clock, baseFiles: BASE_FILES });
  parts.files = new HostFiles(parts.root.vfs.view());
  const report = (message: string) => logger.error(`the state cannot be saved: ${message}`);
  parts.keeper = new StateKeeper({ home, bank, root: parts.root, repeat: repeatRealTime, report });
  parts.keeper.start();
}

export function saveRoot({ keeper }: HostParts): void {
  keeper.stop();
}

/**
 * Each folder of the home's volumes is a datastore: in the file system, and for the HTTPS port. It may be a link to a folder
 * that other hosts have as well.
 */
export async function openVolumes(parts: HostParts): Promise<void> {
  const { config, root, clock, logger } = parts;
  parts.volumes = new Volumes(root.vfs, clock);
  parts.datastores = new Map();
  for (const name of readdirSync(config.paths.volumes)) {
    const folder = realFolder(join(config.paths.volumes, name));
    if (folder === undefined) continue;
    const fileSystem = new HostDirectory({ folder, type: FOLDER_TYPE });
    const refused = parts.volumes.add({ name, uuid: uuidOf(folder), fileSystem });
    if (refused !== undefined && isErrno(refused)) {
      logger.error(`datastore ${name} cannot be mounted: ${refused.text}`);
      continue;
    }
    parts.datastores.set(name, await DatastoreFolder.open({ name, path: folder, randomBytes }));
    parts.locks.set(join(config.paths.volumes, name), locksOf(parts, folder));
  }
  parts.endLocks = repeatRealTime(HEARTBEAT_MS, () => beatAll(parts));
}

/** Undefined for what is no folder and no link to one. */
function realFolder(path: string): string | undefined {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? realpathSync(path) : undefined;
}

function locksOf({ config, startedMs }: HostParts, path: string): HostLocks {
  const { home } = config.paths;
  const host = { uuid: hostUuid(home), name: `${hostname()}, ${home}`, boot: `${process.pid}-${startedMs}` };
  return new HostLocks({ path, host, beatMs: HEARTBEAT_MS, deadMs: DEAD_MS });
}

/** Where a heartbeat cannot be written, others break this host's locks. */
function beatAll({ locks, logger }: HostParts): void {
  for (const [path, one] of locks) {
    one.beatLater().catch((error: unknown) => {
      logger.warning(`no heartbeat on ${path}: ${reasonOf(error)}`);
    });
  }
}

export async function closeVolumes({ datastores, locks, endLocks }: HostParts): Promise<void> {
  endLocks();
  for (const one of locks.values()) await one.close();
  for (const datastore of datastores.values()) await datastore.close();
}

/** In VMFS's form; the same at each start. */
function uuidOf(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}
