/** The two boot banks of a home: which one to boot, and how it is told that it came up. Source: ESXi's boot banks and bootstate. */
import { join } from 'node:path';
import { HostError } from '#lib';
import { type BankFile, type Image, imageFiles, readImage } from '../packages/image.ts';
import { sha256 } from '../packages/vib.ts';
import { type BankDisk, isStaged } from './bank-disk.ts';
import { type BootCfg, BootState, type BootStateCode, formatBootCfg, parseBootCfg } from './boot-cfg.ts';
import { EMPTY_STATE, packState, type SavedState, unpackState } from './state.ts';
import { JOURNAL_FILE, withJournal } from './state-journal.ts';

export const BANKS = ['bootbank', 'altbootbank'] as const;
export type BankName = (typeof BANKS)[number];

export const BOOT_CFG = 'boot.cfg';
export const STATE_FILE = 'state.tgz';
const DATABASE = /^imgdb-([0-9a-f]{8})\.tgz$/;

/** A home's banks on a disk. */
export interface BankHome {
  readonly disk: BankDisk;
  readonly folder: string;
}

/** A bank that was read whole, and found good. */
export interface Bank {
  readonly name: BankName;
  readonly cfg: BootCfg;
  readonly image: Image;
  readonly state: SavedState;
}

/** What was chosen to boot from. */
export interface ChosenBank {
  readonly bank: Bank;
  /** What was found on the way: why the other one was not taken. For the log. */
  readonly notes: readonly string[];
}

/** What is in both banks of a new home. */
export interface FirstImage {
  readonly image: Image;
  readonly title: string;
  readonly build: string;
}

/**
 * The bank to boot from: the newest that is whole, and that has not failed to come up.
 *
 * A new home gets both banks first. One that was never tried is marked as tried: it must be confirmed. One that is
 * still so marked did not come up, and is bad from now on. Throws HostError `boot-bank` when there is none.
 */
export function chooseBank(home: BankHome, first: FirstImage): ChosenBank {
  if (BANKS.every((name) => isEmpty(home, name))) initialise(home, first);
  const notes: string[] = [];
  const banks = BANKS.flatMap((name) => {
    const bank = readBank(home, name);
    if (typeof bank !== 'string') return [bank];
    notes.push(`${name}: ${bank}`);
    return [];
  });
  for (const bank of banks.toSorted((a, b) => b.cfg.updated - a.cfg.updated)) {
    const { bootstate } = bank.cfg;
    if (bootstate === BootState.tried) {
      notes.push(`${bank.name}: it was tried and did not come up`);
      setBootState(home, bank, BootState.bad);
    } else if (bootstate !== BootState.bad) {
      const marked = bootstate === BootState.untried ? setBootState(home, bank, BootState.tried) : bank;
      return { bank: marked, notes };
    } else {
      notes.push(`${bank.name}: it is marked as bad`);
    }
  }
  throw new HostError('boot-bank', { home: home.folder, reason: `no bank is good: ${notes.join('; ')}` });
}

/** The bank came up: from now on it is the one to boot. */
export function confirmBoot(home: BankHome, bank: Bank): Bank {
  return bank.cfg.bootstate === BootState.good ? bank : setBootState(home, bank, BootState.good);
}

/** What was in the way of the boot was not the bank's: it is tried again at the next one. */
export function postponeTrial(home: BankHome, bank: Bank): void {
  setBootState(home, bank, BootState.untried);
}

/** The bank that is not `name`. */
export function otherBank(name: BankName): BankName {
  return name === 'bootbank' ? 'altbootbank' : 'bootbank';
}

/** The image that waits in the other bank for the next boot; undefined when none does. */
export function pendingBank(home: BankHome, booted: Bank): Bank | undefined {
  const other = readBank(home, otherBank(booted.name));
  if (typeof other === 'string' || other.cfg.bootstate !== BootState.untried) return undefined;
  return other.cfg.updated > booted.cfg.updated ? other : undefined;
}

/**
 * The bank beside the booted one, when each save goes there too: it waits for the next boot, or has the same image.
 *
 * While a bank is only being tried, the other one stays as it is: it is what a trial that fails goes back to.
 */
export function followingBank(home: BankHome, booted: Bank): BankName | undefined {
  const waiting = pendingBank(home, booted);
  if (waiting !== undefined) return waiting.name;
  const name = otherBank(booted.name);
  const [own, other] = [readCfg(home, booted.name), readCfg(home, name)];
  const isConfirmed = own?.bootstate === BootState.good;
  return isConfirmed && other?.modules.join() === own.modules.join() ? name : undefined;
}

/** Undefined when there is none that can be read. */
function readCfg({ disk, folder }: BankHome, name: BankName): BootCfg | undefined {
  const text = disk.read(join(folder, name, BOOT_CFG));
  if (text === undefined) return undefined;
  try {
    return parseBootCfg(new TextDecoder().decode(text));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** What goes into a bank. */
export interface BankContent {
  readonly image: Image;
  readonly state: SavedState;
  readonly cfg: Pick<BootCfg, 'title' | 'build' | 'updated' | 'bootstate'>;
}

/**
 * Writes a bank whole. It becomes what it is to be in one step, when its boot.cfg is replaced: until then it is what
 * it was, for no file that the old one names is touched, except the state.
 */
export function writeBank(home: BankHome, name: BankName, { image, state, cfg }: BankContent): void {
  const { payloads, database } = imageFiles(image);
  const modules = [...payloads.map((file) => file.name), database.name, STATE_FILE];
  const text = formatBootCfg({ ...BOOT_DEFAULTS, ...cfg, modules });
  try {
    home.disk.makeFolder(join(home.folder, name));
    for (const file of [...payloads, database]) writeOnce(home, name, file);
    home.disk.replace(join(home.folder, name, STATE_FILE), packState(state));
    home.disk.replace(join(home.folder, name, BOOT_CFG), new TextEncoder().encode(text));
  } catch (cause) {
    const old = readBank(home, name);
    if (typeof old !== 'string') tidy(home, name, old.cfg.modules);
    const reason = (cause as Error).message;
    throw new HostError('file-io', { action: 'write', what: 'boot bank', path: name, reason }, { cause });
  }
  tidy(home, name, modules);
}

/** A file of this name has this content, if it is whole. */
function writeOnce({ disk, folder }: BankHome, bank: BankName, { name, bytes }: BankFile): void {
  const path = join(folder, bank, name);
  const old = disk.read(path);
  if (old === undefined || sha256(old) !== sha256(bytes)) disk.replace(path, bytes);
}

const BOOT_DEFAULTS = { timeout: 5, prefix: '', kernel: 'vmkernel', kernelopt: '', others: [] } as const;

/** Reads a bank; a text says why it is not good. */
export function readBank({ disk, folder }: BankHome, name: BankName): Bank | string {
  const read = (file: string) => disk.read(join(folder, name, file));
  const text = read(BOOT_CFG);
  if (text === undefined) return 'it has no boot.cfg';
  try {
    const cfg = parseBootCfg(new TextDecoder().decode(text));
    const missing = cfg.modules.find((module) => read(module) === undefined);
    if (missing !== undefined) return `${missing} is missing`;
    const database = cfg.modules.find((module) => DATABASE.test(module)) ?? '';
    const bytes = read(database);
    if (bytes === undefined || !sha256(bytes).startsWith(DATABASE.exec(database)?.[1] ?? 'none')) {
      return 'its image database is missing or damaged';
    }
    const image = readImage(bytes, (module) => (cfg.modules.includes(module) ? read(module) : undefined));
    if (typeof image === 'string') return image;
    const state = cfg.modules.includes(STATE_FILE)
      ? stateOf(read(STATE_FILE) as Uint8Array, read(JOURNAL_FILE))
      : EMPTY_STATE;
    return { name, cfg, image, state };
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}

function stateOf(bytes: Uint8Array, journal: Uint8Array | undefined): SavedState {
  return withJournal(unpackState(bytes), bytes, journal);
}

function initialise(home: BankHome, { image, title, build }: FirstImage): void {
  home.disk.makeFolder(home.folder);
  const state = EMPTY_STATE;
  const { good: bootstate } = BootState;
  // The one that is booted comes last: an interrupted beginning leaves a bank that boots, or none.
  writeBank(home, 'altbootbank', { image, state, cfg: { title, build, bootstate, updated: 0 } });
  writeBank(home, 'bootbank', { image, state, cfg: { title, build, bootstate, updated: 1 } });
}

/** Nothing was ever kept in it: what is there is left over from a beginning that was interrupted. */
function isEmpty({ disk, folder }: BankHome, name: BankName): boolean {
  if (!disk.list(join(folder, name)).every(isLeftOver)) return false;
  const state = disk.read(join(folder, name, STATE_FILE));
  return state === undefined || sha256(state) === sha256(packState(EMPTY_STATE));
}

/** What an interrupted beginning can leave: without boot.cfg there is nothing that anybody chose. */
function isLeftOver(name: string): boolean {
  return isStaged(name) || name.endsWith('.v00') || DATABASE.test(name) || name === STATE_FILE;
}

function setBootState(home: BankHome, bank: Bank, bootstate: BootStateCode): Bank {
  const cfg = { ...bank.cfg, bootstate };
  const path = join(home.folder, bank.name, BOOT_CFG);
  home.disk.replace(path, new TextEncoder().encode(formatBootCfg(cfg)));
  return { ...bank, cfg };
}

/** Takes away what no boot.cfg names any more. */
function tidy({ disk, folder }: BankHome, name: BankName, modules: readonly string[]): void {
  const kept = new Set([BOOT_CFG, ...modules]);
  for (const file of disk.list(join(folder, name))) {
    if (!kept.has(file) && isLeftOver(file)) disk.remove(join(folder, name, file));
  }
}
