/** Installs, updates and removes packages on a running host: checked whole, written into the other bank, live if they may. */
import type { HostFiles } from '#kernel';
import { HostError, usageError } from '#lib';
import { type Bank, type BankHome, otherBank, pendingBank, writeBank } from '../boot/banks.ts';
import { BootState } from '../boot/boot-cfg.ts';
import type { RootFileSystem } from '../boot/booted-host.ts';
import { captureState } from '../boot/state.ts';
import { ACCEPTANCE_LEVELS, type AcceptanceLevel, isAcceptanceLevel, isAtLeast } from './acceptance.ts';
import { readBundle } from './bundle.ts';
import type { Descriptor } from './descriptor.ts';
import { databaseLayer, type Image, type Installed, vibId } from './image.ts';
import { parseTrustedKeys, TRUSTED_KEYS_PATH, TRUSTED_KEYS_TEXT, type TrustedKey } from './signature.ts';
import { type Change, levelProblem, type Plan, planChange } from './transaction.ts';
import { readVib, signerOf } from './vib.ts';

export interface PackageManagerOptions {
  readonly home: BankHome;
  /** The bank that was booted. */
  readonly bank: Bank;
  readonly root: RootFileSystem;
  /** Files as root sees them. */
  readonly files: HostFiles;
  /** What the program itself is among packages: `baseDescriptor`. */
  readonly base: Descriptor;
  readonly now: () => Date;
  readonly inMaintenanceMode: () => boolean;
  /** Told when files of packages came or went while the host runs: services are read anew. */
  readonly onLiveChange: () => void;
  /** Told what was done: the log esxupdate.log. */
  readonly report: (message: string) => void;
}

/** How an installation is carried out. */
export interface InstallOptions {
  readonly dryRun?: boolean;
  /** Takes packages without checking who signed them, and their level. */
  readonly noSignatureCheck?: boolean;
  /** Leaves the running host as it is: the change comes with the next boot. */
  readonly noLiveInstall?: boolean;
}

export interface InstallResult {
  readonly message: string;
  readonly rebootRequired: boolean;
  readonly installed: readonly string[];
  readonly removed: readonly string[];
  readonly skipped: readonly string[];
}

export const ACCEPTANCE_PATH = '/etc/vmware/acceptance-level';
const DEFAULT_LEVEL: AcceptanceLevel = 'PartnerSupported';

/** Files of the base layer that packages work with. */
export const PACKAGE_BASE_FILES = [
  { path: ACCEPTANCE_PATH, mode: 0o644, text: `${DEFAULT_LEVEL}\n` },
  { path: TRUSTED_KEYS_PATH, mode: 0o644, text: TRUSTED_KEYS_TEXT },
] as const;

const MESSAGES = {
  dryRun: 'Dryrun only, host not changed.',
  nothing: 'Host is not changed.',
  live: 'Operation finished successfully.',
  reboot:
    'The update completed successfully, but the system needs to be rebooted for the changes to be effective.',
} as const;

/** The packages of one host. Throws HostError `package-refused`, `usage` or `file-io`; then nothing has changed. */
export class PackageManager {
  readonly #options: PackageManagerOptions;
  #live: Image;

  constructor(options: PackageManagerOptions) {
    this.#options = options;
    this.#live = options.bank.image;
  }

  /** What runs now. */
  get image(): Image {
    return this.#live;
  }

  /** What the next boot brings, when that is something else. */
  get rebootImage(): Image | undefined {
    const { home, bank } = this.#options;
    const waiting = pendingBank(home, bank)?.image;
    return waiting === undefined || sameIds(waiting, this.#live) ? undefined : waiting;
  }

  /** What the program itself is. */
  get base(): Descriptor {
    return this.#options.base;
  }

  find(name: string): Installed {
    const found = this.#live.packages.find(({ vib }) => vib.descriptor.name === name);
    if (found === undefined) throw usageError(`there is no package "${name}"`);
    return found;
  }

  /** Installs packages from files of the root file system: `/tmp/x.vib`. */
  install(paths: readonly string[], kind: 'install' | 'update', options: InstallOptions = {}): InstallResult {
    const packages = paths.map((path) => this.#open(path, this.#options.files.readBytes(path), options));
    return this.#apply({ kind, packages }, options);
  }

  remove(names: readonly string[], options: InstallOptions = {}): InstallResult {
    return this.#apply({ kind: 'remove', names }, options);
  }

  /** Installs an image profile from a bundle: exactly its packages, or (`update`) what is newer in it. */
  installProfile(
    path: string,
    profile: string,
    kind: 'replace' | 'update' | 'install',
    options: InstallOptions = {},
  ): InstallResult {
    const bundle = readBundle(this.#options.files.readBytes(path));
    if (typeof bundle === 'string') throw refused(path, bundle);
    if (bundle.name !== profile) throw refused(path, `it has no profile "${profile}", but "${bundle.name}"`);
    const packages = bundle.packages.map(({ name, bytes }) => this.#open(name, bytes, options));
    const { name, vendor } = bundle;
    return this.#apply(kind === 'replace' ? { kind, name, vendor, packages } : { kind, packages }, options);
  }

  /** Whose signature each package has by the keys that are trusted now, or why it has none that counts. */
  signatures(): readonly { readonly installed: Installed; readonly result: string }[] {
    const keys = this.#trustedKeys();
    return this.#live.packages.map((installed) => {
      const signer = signerOf(installed.vib, keys);
      return { installed, result: typeof signer === 'string' ? `Failed: ${signer}` : 'Succeeded' };
    });
  }

  get acceptanceLevel(): AcceptanceLevel {
    const text = this.#options.files.readTextIfThere(ACCEPTANCE_PATH)?.trim() ?? DEFAULT_LEVEL;
    // What cannot be read must not let in more.
    return isAcceptanceLevel(text) ? text : (ACCEPTANCE_LEVELS[0] as AcceptanceLevel);
  }

  set acceptanceLevel(level: AcceptanceLevel) {
    const problem = levelProblem(this.#live, level);
    if (problem !== undefined) throw usageError(problem);
    this.#options.files.write(ACCEPTANCE_PATH, `${level}\n`);
    this.#options.report(`Host acceptance level: ${level}`);
  }

  #open(path: string, bytes: Uint8Array, { noSignatureCheck = false }: InstallOptions): Installed {
    const vib = readVib(bytes);
    if (typeof vib === 'string') throw refused(path, vib);
    const installDate = this.#options.now().toISOString().slice(0, 10);
    if (noSignatureCheck) return { vib, installDate, signer: '' };
    const signer = signerOf(vib, this.#trustedKeys());
    if (typeof signer === 'string') throw refused(path, signer);
    const level = this.acceptanceLevel;
    if (!isAtLeast(vib.descriptor.acceptance, level)) {
      throw refused(path, `it is ${vib.descriptor.acceptance}, and the host accepts ${level} and better`);
    }
    return { vib, installDate, signer: signer.name };
  }

  #trustedKeys(): readonly TrustedKey[] {
    const { keys, problems } = parseTrustedKeys(this.#options.files.readTextIfThere(TRUSTED_KEYS_PATH) ?? '');
    for (const problem of problems) this.#options.report(`${TRUSTED_KEYS_PATH}: ${problem}`);
    return keys;
  }

  #apply(change: Change, { dryRun = false, noLiveInstall = false }: InstallOptions): InstallResult {
    const { home, bank, root, now } = this.#options;
    const waiting = pendingBank(home, bank);
    const base = waiting?.image ?? this.#live;
    const plan = planChange(base, change, this.#options.base);
    if (typeof plan === 'string') throw usageError(plan);
    const isLive = !noLiveInstall && sameIds(base, this.#live) && mayLive(plan);
    if (isLive) this.#checkMaintenance(plan);
    const result = (message: string, rebootRequired = !isLive): InstallResult => ({
      ...{ message, rebootRequired },
      installed: plan.installed.map(({ vib }) => vibId(vib)),
      removed: plan.removed.map(({ vib }) => vibId(vib)),
      skipped: plan.skipped,
    });
    if (plan.installed.length + plan.removed.length === 0) return result(MESSAGES.nothing, false);
    if (dryRun) return result(MESSAGES.dryRun);
    const image = { ...plan.image, created: now().toISOString() };
    writeBank(home, otherBank(bank.name), {
      image,
      state: captureState(root.vfs, root.layers),
      cfg: {
        ...{ title: bank.cfg.title, build: bank.cfg.build, bootstate: BootState.untried },
        updated: Math.max(bank.cfg.updated, waiting?.cfg.updated ?? 0) + 1,
      },
    });
    if (isLive) this.#goLive(plan, image);
    const { installed, removed } = result('');
    this.#options.report(`Installed: ${installed.join(', ')}; removed: ${removed.join(', ')}`);
    return result(isLive ? MESSAGES.live : MESSAGES.reboot);
  }

  #checkMaintenance({ installed, removed }: Plan): void {
    const needs = [...installed, ...removed].find(({ vib }) => vib.descriptor.maintenanceMode);
    if (needs === undefined || this.#options.inMaintenanceMode()) return;
    throw refused(needs.vib.descriptor.name, 'the host must be in maintenance mode for it');
  }

  #goLive({ installed, removed }: Plan, image: Image): void {
    const { layers } = this.#options.root;
    const gone = new Set([databaseLayer(image).name, ...removed.flatMap(layerNames)]);
    for (const layer of layers.layers) if (gone.has(layer.name)) layers.unmount(layer);
    for (const { vib } of installed) for (const { layer } of vib.payloads) layers.mount(layer);
    layers.mount(databaseLayer(image));
    this.#live = image;
    this.#options.onLiveChange();
  }
}

function mayLive({ installed, removed }: Plan): boolean {
  return (
    installed.every(({ vib }) => vib.descriptor.liveInstall) &&
    removed.every(({ vib }) => vib.descriptor.liveRemove)
  );
}

function layerNames({ vib }: Installed): readonly string[] {
  return vib.payloads.map(({ layer }) => layer.name);
}

function sameIds(a: Image, b: Image): boolean {
  const ids = ({ packages }: Image) => packages.map(({ vib }) => vibId(vib)).join(' ');
  return ids(a) === ids(b);
}

function refused(name: string, reason: string): HostError {
  return new HostError('package-refused', { package: name, reason });
}
